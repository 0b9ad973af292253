"""Completes commands and options in a shell from a table, so that no command is loaded.

The table is made from the commands by `python -m scripts.check_docs --update`.
"""

from __future__ import annotations

import os

# pathlib would cost more than all the rest.
TABLE = os.path.join(os.path.dirname(__file__), "completions.txt")  # noqa: PTH118, PTH120


def completion(asked: dict[str, str]) -> str | None:
    """What the shell prints, or None where the commands themselves have to answer.

    Args:
        asked: the environment in which a shell asks.
    """
    shell = asked.get("_QUALCODE_COMPLETE", "")
    words = _words(asked, shell)
    if words is None:
        return None
    found = _find(words[:-1], words[-1])
    if found is None:
        return None
    if shell == "complete_bash":
        return "".join(f"{value}\n" for value, _ in found)
    return _for_zsh(found)


def _words(asked: dict[str, str], shell: str) -> list[str] | None:
    """The words typed so far, the unfinished one last; None where quotes have to be read."""
    typed = asked.get("COMP_WORDS" if shell == "complete_bash" else "_TYPER_COMPLETE_ARGS", "")
    if any(mark in typed for mark in "\"'\\#") or not typed.strip():
        return None
    words = typed.split()
    if shell == "complete_bash":
        at = asked.get("COMP_CWORD", "")
        if not at.isdecimal() or int(at) == 0:
            return None
        return [*words[: int(at)], words[int(at)] if int(at) < len(words) else ""]
    if shell == "complete_zsh":
        return words if len(words) > 1 and not typed.endswith(" ") else [*words, ""]
    return None


def _find(before: list[str], unfinished: str) -> list[tuple[str, str]] | None:
    """Names and their help that fit; None behind an option, whose values commands know."""
    if any(word.startswith("-") for word in before):
        return None
    with open(TABLE, encoding="utf-8") as file:  # noqa: PTH123
        table = "\n" + file.read()
    path = "qualcode"
    for word in before[1:]:
        if f"\n{path} {word}\t" not in table:
            break
        path += f" {word}"
    is_option = unfinished.startswith("-")
    begins = f"{path}\t{unfinished}"
    return [
        (value, told)
        for _, value, told in (
            line.split("\t") for line in table.split("\n") if line.startswith(begins)
        )
        if value and value.startswith("-") == is_option
    ]


def _for_zsh(found: list[tuple[str, str]]) -> str:
    if not found:
        return "_files\n"
    items = [
        f'"{_escaped(value)}"' + (f':"{_escaped(told)}"' if told else "") for value, told in found
    ]
    return "_arguments '*: :((" + "\n".join(items) + "))'\n"


def _escaped(text: str) -> str:
    for mark, instead in (('"', '""'), ("'", "''"), ("$", "\\$"), ("`", "\\`"), (":", "\\\\:")):
        text = text.replace(mark, instead)
    return text
