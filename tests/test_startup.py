from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from qualcode.cli import app, direct
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


def started(*arguments: str, folder: Path) -> list[str]:
    """What a command printed, and behind it which of the heavy modules it loaded."""
    words = ", ".join(map(repr, arguments))
    heavy = (*HEAVY, "typer", "importlib.metadata", "qualcode.core.model")
    heavy = tuple(name for name in heavy if name != "rich")  # it draws the table
    code = PROBE.format(arguments=words, heavy=heavy)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        cwd=folder,
    )
    return done.stdout.splitlines()


def test_status_from_what_was_kept_loads_nothing_heavy_and_says_the_same(tmp_path: Path) -> None:
    started("init", "study", "--question", "Why?", folder=tmp_path)
    write(tmp_path, "int-01.md", "- we are in silos\n")
    started("add", "../int-01.md", folder=tmp_path / "study")
    first = started("status", folder=tmp_path / "study")
    again = started("status", folder=tmp_path / "study")

    assert again[-1] == "LOADED"
    assert again[:-1] == first[:-1]
    assert "yaml" in first[-1]


def test_commands_called_without_a_parser_take_nothing_but_how_they_print() -> None:
    commands = get_command(app.app).commands  # type: ignore[attr-defined]
    options = {
        name: {p.name for p in commands[name].params if isinstance(p, typer.core.TyperOption)}
        for name in direct.MODULES
    }

    assert options == {name: {"plain", "json"} for name in direct.MODULES}
    assert not direct.is_direct(["status", "--help"])


def test_both_ways_to_print_are_refused_without_a_parser_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qualcode", "status", "--plain", "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "--json" in done.stderr


def test_linear_algebra_takes_one_thread_unless_the_user_says_otherwise() -> None:
    code = PROBE.format(arguments='"--help"', heavy=()) + (
        'import os\nprint(os.environ["OPENBLAS_NUM_THREADS"], os.environ["OMP_NUM_THREADS"])\n'
    )
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**environment, "OMP_NUM_THREADS": "3"},
    )

    assert done.stdout.splitlines()[-1] == "1 3"
