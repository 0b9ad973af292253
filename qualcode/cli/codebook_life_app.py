"""The commands on the codebook of a project; each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style

Code = Annotated[str, typer.Argument(help="The id or the name of a code.")]
Because = Annotated[str, typer.Option(help="Why; kept in the journal.")]
Definition = Annotated[str | None, typer.Option(help="What the code means.")]
Valence = Annotated[str | None, typer.Option(help="obstacle, catalyst or either.")]
Lens = Annotated[
    list[str] | None, typer.Option(help="A level at which it is seen (repeat for several).")
]
Include = Annotated[list[str] | None, typer.Option(help="What belongs to it (repeat for several).")]
Exclude = Annotated[list[str] | None, typer.Option(help="What does not (repeat for several).")]
Example = Annotated[list[str] | None, typer.Option(help="A quotation (repeat for several).")]
Cue = Annotated[list[str] | None, typer.Option(help="Words that point to it (repeat for several).")]
Origin = Annotated[str | None, typer.Option(help="Where it was born: a document, a memo.")]
Above = Annotated[str, typer.Option(help="The code above it.")]
KindOfCode = Annotated[str | None, typer.Option(help="code, category or theme.")]


def add(
    name: Annotated[str, typer.Argument(help="The name of the new code.")],
    id: Annotated[str, typer.Option(help="Its id; made from the name if left out.")] = "",
    definition: Definition = None,
    include: Include = None,
    exclude: Exclude = None,
    example: Example = None,
    cue: Cue = None,
    valence: Valence = None,
    lens: Lens = None,
    parent: Above = "",
    kind: KindOfCode = None,
    in_vivo: Annotated[
        bool, typer.Option("--in-vivo", help="The name is a participant's own words.")
    ] = False,
    origin: Origin = None,
    from_group: Annotated[
        int, typer.Option("--from-group", help="Begin from a group that `emerge` found.")
    ] = 0,
    because: Because = "",
) -> None:
    """Add a code to the codebook of the project."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.core.codebook_changes import Said
    from qualcode.project import codebook_life

    said = Said(
        definition=definition,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        examples=tuple(example or ()),
        cues=tuple(cue or ()),
        valence=valence,
        lenses=tuple(lens) if lens else None,
        kind=kind,
        in_vivo=in_vivo or None,
        origin=origin,
    )
    new = codebook_life.NewCode(name, id, parent, said, from_group)
    change_command(lambda study: codebook_life.add(study, new, because=because))


def define(
    code: Code,
    definition: Definition = None,
    include: Include = None,
    exclude: Exclude = None,
    example: Example = None,
    cue: Cue = None,
    valence: Valence = None,
    lens: Lens = None,
    kind: KindOfCode = None,
    because: Because = "",
) -> None:
    """Say what a code means; its codings wait to be read again where the meaning changes."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.core.codebook_changes import Said
    from qualcode.project import codebook_life

    said = Said(
        definition=definition,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        examples=tuple(example or ()),
        cues=tuple(cue or ()),
        valence=valence,
        lenses=tuple(lens) if lens else None,
        kind=kind,
    )
    change_command(lambda study: codebook_life.define(study, code, said, because=because))


def rename(
    code: Code,
    name: Annotated[str, typer.Argument(help="Its new name; the id stays.")],
    because: Because = "",
) -> None:
    """Give a code another name; its codings stay."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.project import codebook_life

    change_command(lambda study: codebook_life.rename(study, code, name, because=because))


def move(
    code: Code,
    under: Above = "",
    top: Annotated[bool, typer.Option("--top", help="Nothing above it.")] = False,
    because: Because = "",
) -> None:
    """Put a code under another one, or at the top."""
    if bool(under) == top:
        raise typer.BadParameter("Give either --under CODE or --top.")
    from qualcode.cli.codebook_life import change_command
    from qualcode.project import codebook_life

    change_command(
        lambda study: codebook_life.move(study, code, under=under or None, because=because)
    )


def merge(
    codes: Annotated[list[str], typer.Argument(help="The codes that go.")],
    into: Annotated[str, typer.Option(help="The code that stays.")],
    because: Because = "",
) -> None:
    """Merge codes into another; their codings count as its codings from now on."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.project import codebook_life

    change_command(lambda study: codebook_life.merge(study, codes, into=into, because=because))


def split(
    code: Code,
    into: Annotated[str, typer.Option(help="Names of the new codes: one,another.")],
    because: Because,
) -> None:
    """Split a code into new ones; its codings wait to be read again."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.project import codebook_life

    parts = into.split(",")
    change_command(lambda study: codebook_life.split(study, code, into=parts, because=because))


def retire(code: Code, because: Because) -> None:
    """Take a code out of use; it stays in the codebook, and so do its codings."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.project import codebook_life

    change_command(lambda study: codebook_life.retire(study, code, because=because))


def restore(code: Code, because: Because = "") -> None:
    """Take a retired, merged or split code into use again."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.project import codebook_life

    change_command(lambda study: codebook_life.restore(study, code, because=because))


def diff(
    first: Annotated[str, typer.Argument(help="A version: v3.")] = "",
    second: Annotated[str, typer.Argument(help="A later one: v7; the codebook now.")] = "",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Tell what became of the codebook between two versions."""
    from qualcode.cli.codebook_life import diff_command

    diff_command(first, second, Style.of(plain, json))


def history(plain: Plain = False, json: Json = False) -> None:
    """List the versions of the codebook: when, who, what, why."""
    from qualcode.cli.codebook_life import history_command

    history_command(Style.of(plain, json))


def import_codes(
    codebook: Annotated[
        str, typer.Argument(help="A codebook file, or the name of one that ships.")
    ],
) -> None:
    """Add the codes of another codebook that are not there yet."""
    from qualcode.cli.codebook_life import change_command
    from qualcode.project import codebook_life

    change_command(lambda study: codebook_life.import_codebook(study, codebook))


def export(
    format: Annotated[
        str,
        typer.Option(
            help="markdown, yaml, csv, tsv, xlsx, json, docx, html or latex; markdown, or what "
            "the ending of --out says."
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A new file; printed if left out.")
    ] = None,
) -> None:
    """Print the codebook to hand on, or write it to a file."""
    from qualcode.cli.codebook_life import export_command

    export_command(format, out)


def stale(plain: Plain = False, json: Json = False) -> None:
    """List the codings to be read again, since their code was defined anew or split."""
    from qualcode.cli.codebook_life import stale_command

    stale_command(Style.of(plain, json))


import_codes.__name__ = "import"  # the word of the command is no name that Python allows

COMMANDS = (
    add,
    define,
    rename,
    move,
    merge,
    split,
    retire,
    restore,
    diff,
    history,
    import_codes,
    export,
)
"""To be registered under `qualcode codebook`."""
COMMANDS_TOP = (stale,)
"""To be registered under `qualcode`."""
