from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factory import write

HEAVY = ("spacy", "numpy", "sklearn", "pandas", "pydantic", "rich", "yaml", "jinja2", "simplemma")
PROBE = """
import sys
sys.argv = ["qualcode", {arguments}]
from qualcode.__main__ import main
try:
    main()
except SystemExit:
    pass
print("LOADED", *sorted(set({heavy}) & set(sys.modules)))
"""


@pytest.mark.parametrize(
    "arguments", ['"--version"', '"--help"', '"run", "--help"', '"codebook", "--help"']
)
def test_help_and_version_load_nothing_heavy(arguments: str) -> None:
    code = PROBE.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert done.stdout.splitlines()[-1] == "LOADED"


def test_checking_a_codebook_does_not_load_spacy() -> None:
    code = PROBE.format(arguments='"codebook", "check", "blank"', heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert done.stdout.splitlines()[-1] == "LOADED yaml"


def test_version_alone_loads_no_command() -> None:
    code = "import sys; sys.argv = ['qualcode', '--version']\n"
    code += "from qualcode.__main__ import main; main(); print('typer' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert done.stdout.splitlines()[-1] == "False"


def test_a_run_that_is_up_to_date_loads_nothing_heavy(tmp_path: Path) -> None:
    write(tmp_path, "notes/int-01.md", "- we are in silos\n")
    run = f'"run", {str(tmp_path / "notes")!r}, "-c", "collaboration", "--plain"'
    code = PROBE.format(arguments=f'{run}, "-o", {str(tmp_path / "out")!r}', heavy=HEAVY)
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )

    assert "Everything is up to date (1 document); nothing was written." in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED"
