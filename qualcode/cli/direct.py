"""Commands that take nothing but how they print, called without a parser of command lines.

Loading the parser takes longer than most of them; whatever else is typed still goes to it.
"""

from __future__ import annotations

MODULES = {
    "actions": "study",
    "attendance": "study",
    "coverage": "coding",
    "documents": "study",
    "inventory": "study",
    "midpoint": "status",
    "quotations": "study",
    "stale": "codebook_life",
    "status": "status",
}
"""Where the function of each command stands that prints in the style asked for."""
PLAIN, JSON = "--plain", "--json"


def is_direct(arguments: list[str]) -> bool:
    """Whether this is such a command with nothing else to be understood."""
    return bool(arguments) and arguments[0] in MODULES and {PLAIN, JSON}.issuperset(arguments[1:])


def run_directly(arguments: list[str]) -> None:
    """Runs the command; ends as every command does."""
    from importlib import import_module

    from qualcode.cli.exit import told_plainly
    from qualcode.cli.style import Style

    name, *options = arguments
    with told_plainly():
        style = Style.of(PLAIN in options, JSON in options)
        command = getattr(import_module(f"qualcode.cli.{MODULES[name]}"), f"{name}_command")
        command(style)
