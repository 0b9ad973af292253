"""The reports on method and the check of a draft; each loads what it needs when it is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.report_app import Page
from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style
from qualcode.cli.tables_app import Force, Format, Out


def methods(
    out: Page = None,
    force: Force = False,
) -> None:
    """Write the methods section from what the project knows; AUTHOR marks what it does not."""
    from qualcode.cli.methods import methods_command

    methods_command(out, force=force)


def _checklist(name: str, n_items: int) -> Callable[..., None]:
    """The command that fills a checklist."""

    def command(
        format: Format = "",
        out: Out = None,
        force: Force = False,
        plain: Plain = False,
        json: Json = False,
    ) -> None:
        from qualcode.cli.methods import checklist_command
        from qualcode.cli.tables import Options

        options = Options(format=format, out=out, force=force, style=Style.of(plain, json))
        checklist_command(name, options)

    command.__name__ = name
    command.__doc__ = (
        f"Fill the {name.upper()} checklist ({n_items} items) with what the project knows."
    )
    return command


def check_draft(
    draft: Annotated[Path, typer.Argument(help="A draft: .docx, .md, .txt, .odt, ...")],
    format: Format = "",
    out: Out = None,
    force: Force = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Compare a draft with the project: quotations, numbers, rows, names, quantifiers."""
    from qualcode.cli.methods import check_draft_command
    from qualcode.cli.tables import Options

    options = Options(format=format, out=out, force=force, style=Style.of(plain, json))
    check_draft_command(draft, options)


COMMANDS = (check_draft,)
REPORTS = (methods, _checklist("coreq", 32), _checklist("srqr", 21))
