"""The commands on a project; each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.style import Style

Plain = Annotated[
    bool, typer.Option("--plain", help="Print without boxes and colours, for screen readers.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Document = Annotated[str, typer.Argument(help="The id of a document.")]
Kind = Annotated[
    str, typer.Option(help="What it is: interview notes, transcript, minutes, field notes, ...")
]
Role = Annotated[str, typer.Option(help="What it is for: emergent, applied or context.")]
Date = Annotated[str, typer.Option(help="When: 2025-03-13.")]
Site = Annotated[str, typer.Option(help="Where: the site that it belongs to.")]
Phase = Annotated[str, typer.Option(help="Phase or wave of the study.")]
Yes = Annotated[
    bool, typer.Option("--yes", help="Many steps at once, or somebody else's, without a question.")
]
Steps = Annotated[int, typer.Option("-n", min=1, help="How many steps.")]
Participants = Annotated[str, typer.Option(help="Who took part: ids of cases, parted by ;.")]


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    question: Annotated[str, typer.Option("--question", "-q", help="The research question.")] = "",
    method: Annotated[
        str, typer.Option(help="eca, reflexive, framework or codebook; eca if left out.")
    ] = "",
    language: Annotated[str, typer.Option(help="Language of the documents.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="Even inside another project.")] = False,
) -> None:
    """Make a new project folder."""
    from qualcode.cli.study import init_command

    init_command(folder, question=question, method=method, language=language, force=force)


def _told(**facts: str) -> dict[str, str]:
    """The facts that were told; an option left out says nothing."""
    return {key: value for key, value in facts.items() if value}


def add(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to add.")],
    kind: Kind = "",
    role: Role = "",
    date: Date = "",
    site: Site = "",
    phase: Phase = "",
    participants: Participants = "",
    sheet: Annotated[
        Path | None, typer.Option(help="A sheet (CSV, Excel) with a row of facts per file.")
    ] = None,
    replaces: Annotated[
        bool, typer.Option("--replaces", help="The file is the document of that name, rewritten.")
    ] = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Add sources to the project; one line says what each was read as."""
    from qualcode.cli.study import Adding, add_command

    facts = _told(
        kind=kind, role=role, date=date, site=site, phase=phase, participants=participants
    )
    adding = Adding(facts=facts, sheet=sheet, replaces=replaces)
    add_command(paths, adding, Style.of(plain, json))


def documents(plain: Plain = False, json: Json = False) -> None:
    """List the documents of the project, with what they were recognised as and why."""
    from qualcode.cli.study import documents_command

    documents_command(Style.of(plain, json))


def show(document: Document, plain: Plain = False, json: Json = False) -> None:
    """Show a document in segments, with voice, speaker and place in the original."""
    from qualcode.cli.study import show_command

    show_command(document, Style.of(plain, json))


def cases(
    take: Annotated[
        Path | None, typer.Option("--import", help="Add the cases of a sheet or a cases.yaml.")
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Names that are no case yet; needs a pipeline.")
    ] = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """List the cases, where they are heard, and names that fit no case or several."""
    from qualcode.cli.study import cases_command, import_cases_command, suggest_cases_command

    if suggest:
        suggest_cases_command(Style.of(plain, json))
    elif take is not None:
        import_cases_command(take)
    else:
        cases_command(Style.of(plain, json))


def inventory(plain: Plain = False, json: Json = False) -> None:
    """Say what was collected: kinds, dates, words, sites, people."""
    from qualcode.cli.study import inventory_command

    inventory_command(Style.of(plain, json))


def attendance(plain: Plain = False, json: Json = False) -> None:
    """Say who was at which meeting, and how the delegates of an organisation changed."""
    from qualcode.cli.study import attendance_command

    attendance_command(Style.of(plain, json))


def actions(plain: Plain = False, json: Json = False) -> None:
    """List the decisions and actions of all minutes: who, what, by when."""
    from qualcode.cli.study import actions_command

    actions_command(Style.of(plain, json))


def correct(
    document: Document,
    kind: Kind = "",
    role: Role = "",
    date: Date = "",
    site: Site = "",
    phase: Phase = "",
    participants: Participants = "",
    speaker: Annotated[
        list[str] | None,
        typer.Option(
            help='Who a speaker is: "Speaker 1=P03", "SB=researcher" (repeat for several).'
        ),
    ] = None,
    voice: Annotated[
        list[str] | None,
        typer.Option(help='The voice of a unit: "bullet 3.2=verbatim" (repeat for several).'),
    ] = None,
    turn: Annotated[
        list[str] | None,
        typer.Option(help='Who speaks in a unit: "turn 7=Dean Okafor" (repeat for several).'),
    ] = None,
    split: Annotated[
        list[str] | None,
        typer.Option(help='A unit that is two: "turn 7=Well, the board" (repeat for several).'),
    ] = None,
    join: Annotated[
        list[str] | None,
        typer.Option(help='A unit that belongs to the one before: "turn 8" (repeat for several).'),
    ] = None,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Correct what was recognised; corrections stay when the source is added again."""
    from qualcode.cli.study import Told, correct_command

    facts = _told(
        kind=kind, role=role, date=date, site=site, phase=phase, participants=participants
    )
    told = Told(
        facts=facts,
        speakers=speaker or (),
        voices=voice or (),
        turns=turn or (),
        splits=split or (),
        joins=join or (),
    )
    correct_command(document, told, Style.of(plain, json))


def quotations(plain: Plain = False, json: Json = False) -> None:
    """List quotations inside reports and field notes, and whom the text credits."""
    from qualcode.cli.study import quotations_command

    quotations_command(Style.of(plain, json))


def log(
    n: Annotated[int, typer.Option("-n", min=1, help="How many of the last steps.")] = 20,
    coder: Annotated[str, typer.Option(help="Only what this coder did.")] = "",
    action: Annotated[str, typer.Option(help="Only steps that begin so: codebook, add.")] = "",
    target: Annotated[str, typer.Option(help="Only steps on something with this name.")] = "",
    since: Annotated[str, typer.Option(help="Only steps since this date: 2025-03-13.")] = "",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """List what was done: when, by whom, what, from what to what, why."""
    from qualcode.cli.study import log_command
    from qualcode.project.views import LogFilter

    chosen = LogFilter(coder=coder, action=action, target=target, since=since)
    log_command(n, chosen, Style.of(plain, json))


def undo(
    n: Steps = 1,
    yes: Yes = False,
) -> None:
    """Take back the last step: its files get the bytes that they had."""
    from qualcode.cli.undoing import undo_command

    undo_command(n, yes=yes)


def redo(
    n: Steps = 1,
    yes: Yes = False,
) -> None:
    """Take back the last undo; not possible once something else was changed."""
    from qualcode.cli.undoing import redo_command

    redo_command(n, yes=yes)


COMMANDS = (
    init,
    add,
    documents,
    show,
    cases,
    inventory,
    attendance,
    actions,
    quotations,
    correct,
    log,
    undo,
    redo,
)
