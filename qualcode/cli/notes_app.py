"""Protocol, memos, search, status and check; each loads what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.codebook_life_app import Because
from qualcode.cli.coding_app import OnlyDocument
from qualcode.cli.study_app import Document, Json, Plain
from qualcode.cli.style import Style

protocol_app = typer.Typer(
    help="What is asked of each document, and what was answered.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
memo_app = typer.Typer(
    help="Write and find memos on anything.", no_args_is_help=True, rich_markup_mode=None
)
Memo = Annotated[str, typer.Argument(help="The id of a memo, or how it begins.")]


@protocol_app.command("show")
def protocol_show(
    document: Annotated[str, typer.Argument(help="Show its answers; else the items.")] = "",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Show the items of the protocol, or the answers of one document."""
    from qualcode.cli.notes import protocol_show_command

    protocol_show_command(document, Style.of(plain, json))


@protocol_app.command("answer")
def protocol_answer(
    document: Document,
    item: Annotated[str, typer.Option(help="The item that is answered.")] = "",
    text: Annotated[str, typer.Option(help="The answer; without it you are asked.")] = "",
) -> None:
    """Answer the protocol for a document: one item, or each that is open in turn."""
    from qualcode.cli.notes import protocol_answer_command

    protocol_answer_command(document, item=item, text=text)


@protocol_app.command("check")
def protocol_check(plain: Plain = False, json: Json = False) -> None:
    """List the items that are not answered yet, by document."""
    from qualcode.cli.notes import protocol_check_command

    protocol_check_command(Style.of(plain, json))


@protocol_app.command("add")
def protocol_add(
    item: Annotated[str, typer.Argument(help="A short name for it, such as tone.")],
    question: Annotated[str, typer.Option(help="What is asked.")],
    kind: Annotated[
        list[str] | None, typer.Option(help="Ask only documents of this kind (repeat for several).")
    ] = None,
    because: Because = "",
) -> None:
    """Ask one thing more of every document; the version before is kept."""
    from qualcode.cli.notes import protocol_add_command

    protocol_add_command(item, question=question, kinds=kind or (), because=because)


@memo_app.command("add")
def memo_add(
    about: Annotated[str, typer.Argument(help='A code, document, coding, pair, case; "study".')],
    text: Annotated[str, typer.Argument(help="The memo; without it your editor opens.")] = "",
    kind: Annotated[str, typer.Option(help="memo, question, reflexive or surprise.")] = "memo",
) -> None:
    """Write a memo about something."""
    from qualcode.cli.notes import memo_add_command

    memo_add_command(about, text, kind=kind)


@memo_app.command("list")
def memo_list(
    about: Annotated[str, typer.Option(help="Only memos about this.")] = "",
    kind: Annotated[str, typer.Option(help="Only memo, question, reflexive or surprise.")] = "",
    open_only: Annotated[bool, typer.Option("--open", help="Only open questions.")] = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """List memos; `--kind reflexive` is the reflexive log."""
    from qualcode.cli.notes import memo_list_command

    memo_list_command(about=about, kind=kind, is_open=open_only, style=Style.of(plain, json))


@memo_app.command("show")
def memo_show(memo: Memo, json: Json = False) -> None:
    """Print one memo."""
    from qualcode.cli.notes import memo_show_command

    memo_show_command(memo, as_json=json)


@memo_app.command("close")
def memo_close(
    memo: Memo, because: Annotated[str, typer.Option(help="The answer, or why it is settled.")]
) -> None:
    """Close an open question."""
    from qualcode.cli.notes import memo_close_command

    memo_close_command(memo, because=because)


def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", AND OR NOT, NEAR/5, begin*.')],
    code: Annotated[str, typer.Option(help="Only inside codings of this code.")] = "",
    case_attribute: Annotated[str, typer.Option(help="Only such cases: role=nurse.")] = "",
    voice: Annotated[
        str, typer.Option(help="Only verbatim, paraphrase, observer, heading or memo.")
    ] = "",
    kind: Annotated[str, typer.Option(help="Only documents of this kind, or memo.")] = "",
    document: OnlyDocument = "",
    limit: Annotated[int, typer.Option(min=1, help="How many passages to show.")] = 20,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Find words in documents and memos, with the passage and its place."""
    from qualcode.cli.search import search_command
    from qualcode.project.searching import Asked

    asked = Asked(query, code, case_attribute, voice, kind, document, limit)
    search_command(asked, Style.of(plain, json))


def status(plain: Plain = False, json: Json = False) -> None:
    """Say where the study stands and what to do next."""
    from qualcode.cli.status import status_command

    status_command(Style.of(plain, json))


def midpoint(plain: Plain = False, json: Json = False) -> None:
    """Review what has emerged so far: what was read, codes, open questions, gaps."""
    from qualcode.cli.status import midpoint_command

    midpoint_command(Style.of(plain, json))


def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Repair what can be repaired without a guess.")
    ] = False,
    json: Json = False,
) -> None:
    """Verify the whole project: texts, originals, codings, references, journal."""
    from qualcode.cli.notes import check_command

    check_command(repair=repair, as_json=json)


COMMANDS = (search, status, midpoint, check)
GROUPS = (("protocol", protocol_app), ("memo", memo_app))
