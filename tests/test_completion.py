from __future__ import annotations

import subprocess
import sys

import pytest

from qualcode.cli.completion import TABLE, completion
from scripts.completions import completion_files


def by_bash(typed: str) -> str | None:
    words = typed.split(" ")
    return completion(
        {
            "_QUALCODE_COMPLETE": "complete_bash",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(words) - 1),
        }
    )


def test_the_table_is_that_of_the_commands() -> None:
    told = {str(path): text for path, text in completion_files().items()}

    with open(TABLE, encoding="utf-8", newline="") as file:  # noqa: PTH123
        assert told == {TABLE: file.read()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("qualcode statu", "status\n"),
        ("qualcode codebook che", "check\n"),
        ("qualcode run --she", "--sheet\n"),
        ("qualcode run fold", ""),
        ("qualcode nothing", ""),
    ],
)
def test_commands_and_options_are_completed(typed: str, expected: str) -> None:
    assert by_bash(typed) == expected


@pytest.mark.parametrize("typed", ["qualcode run --out re", 'qualcode show "a b'])
def test_values_of_options_and_quotes_are_left_to_the_commands(typed: str) -> None:
    assert by_bash(typed) is None


def test_zsh_is_given_the_help_with_each_name() -> None:
    asked = {"_QUALCODE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "qualcode statu"}

    assert completion(asked) == (
        '_arguments \'*: :(("status":"Say where the study stands and what to do..."))\'\n'
    )


def test_completing_loads_no_command() -> None:
    code = (
        "import os, sys; os.environ.update(_QUALCODE_COMPLETE='complete_bash',"
        " COMP_WORDS='qualcode statu', COMP_CWORD='1')\n"
        "from qualcode.__main__ import main; main(); print('typer' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "status\nFalse\n"
