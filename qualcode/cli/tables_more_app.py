"""The tables besides the pairs; each command loads what it needs when it is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from qualcode.cli.asked import Asked
from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style, refuse_both
from qualcode.cli.tables_app import Coder, Draft, Force, Format, Out, table_app

__all__ = ["table_app"]

Codes = Annotated[
    list[str] | None,
    typer.Option("--code", help="Only this code, and the codes below it (repeat for several)."),
]
By = Annotated[
    str,
    typer.Option(help="An attribute of people or documents, or kind; left out: site or the like."),
]
Unit = Annotated[str, typer.Option(help="Count by segment, turn, document or participant.")]


def _asked(
    code: Codes = None,
    format: Format = "",
    out: Out = None,
    force: Force = False,
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> Asked:
    style = Style.of(plain, json)
    return Asked(tuple(code or ()), coder, draft, format, out, force, style)


def _table(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes `table NAME` of a function; the options of every table stand behind its own."""
    shared = inspect.signature(_asked, eval_str=True).parameters

    def made(view: Callable[..., None]) -> Callable[..., None]:
        def command(**given: Any) -> None:
            asked = _asked(**{key: given.pop(key) for key in shared})
            view(asked, **given)

        _, *own = inspect.signature(view, eval_str=True).parameters.values()
        told: Any = command
        told.__signature__ = inspect.Signature([*own, *shared.values()])
        table_app.command(name, help=view.__doc__)(command)
        return view

    return made


@_table("codes")
def codes(asked: Asked) -> None:
    """How often each code was given: documents, participants, segments, first seen."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_codes_table

    show(asked, view_codes_table)


@_table("quotations")
def quotations(
    asked: Asked,
    each: Annotated[
        int, typer.Option(min=0, help="Quotations for each code at most; 0: every one.")
    ] = 2,
    per_person: Annotated[
        int, typer.Option(min=0, help="Of one person at most; 0: as many as there are.")
    ] = 1,
    extremes: Annotated[
        bool, typer.Option("--extremes", help="The edges of each code in place of exemplars.")
    ] = False,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE",
            help="tier=strategic, case=P03, document=, valence= (repeat for several).",
        ),
    ] = None,
) -> None:
    """Quotations of each code with credit and voice; one per person unless asked."""
    from qualcode.analysis.tables.quotations import Choice
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_quotations_table

    choice = Choice(each, per_person)
    show(
        asked,
        lambda study, ask: view_quotations_table(
            study, ask, choice, extremes=extremes, where=where or ()
        ),
    )


@_table("triangulation")
def triangulation(asked: Asked) -> None:
    """Codes by kind of source: documents n of N, and segments."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_triangulation

    show(asked, view_triangulation)


@_table("convergence")
def convergence(asked: Asked) -> None:
    """Whether the kinds of source agree on each code: agreement, partial, silence, dissonance."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_convergence

    show(asked, view_convergence)


@_table("attribute")
def attribute(
    asked: Asked,
    by: Annotated[str, typer.Option(help="An attribute of people or documents.")] = "kind",
    unit: Unit = "participant",
) -> None:
    """Codes by an attribute of whoever is heard: role, sector, tier, site, ..."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_attribute

    show(asked, lambda study, ask: view_attribute(study, ask, by, unit))


@_table("document")
def document(asked: Asked, unit: Unit = "segment") -> None:
    """Codes by document."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_by_document

    show(asked, lambda study, ask: view_by_document(study, ask, unit))


@_table("co-occurrence")
def co_occurrence(
    asked: Asked,
    turn: Annotated[bool, typer.Option("--turn", help="In the same turn.")] = False,
    within: Annotated[
        int | None, typer.Option(min=1, help="At most so many turns (bullets, items) apart.")
    ] = None,
) -> None:
    """Codes that stand together: on the same words, in the same turn, or close by."""
    if turn and within is not None:
        refuse_both("--turn", "--within")
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_together

    show(asked, lambda study, ask: view_together(study, ask, within=within, in_turn=turn))


@_table("cases")
def cases(asked: Asked, by: By = "") -> None:
    """Each code in every site, sector or tier side by side, with what differs."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_sides

    show(asked, lambda study, ask: view_sides(study, ask, by))


@_table("cfir")
def cfir(asked: Asked, by: By = "") -> None:
    """A rating from -2 to +2 for each code and group, proposed by a rule that is shown."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_cfir

    show(asked, lambda study, ask: view_cfir(study, ask, by))


@_table("framework")
def framework(
    asked: Asked,
    by: Annotated[str, typer.Option(help="Rows by an attribute; left out: by person.")] = "",
    write: Annotated[
        tuple[str, str, str] | None,
        typer.Option(metavar="CASE CODE SUMMARY", help="Write the summary of one cell."),
    ] = None,
    because: Annotated[str, typer.Option("--because", "-b", help="Why.")] = "",
) -> None:
    """Cases by codes with your summaries and references; says which have gone stale."""
    from qualcode.cli.tables_more import show, write_framework
    from qualcode.project.framework import view_framework

    if write is not None:
        write_framework(asked, write, by=by, because=because)
        return
    show(asked, lambda study, ask: view_framework(study, ask, by=by))


@_table("coverage")
def coverage(
    asked: Asked,
    by: Annotated[
        list[str] | None, typer.Option(help="kind, tier, role, ... (repeat for several).")
    ] = None,
) -> None:
    """Thin cells: which kinds, roles and tiers hardly carry a category."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_coverage

    show(asked, lambda study, ask: view_coverage(study, ask, by or ()))


@_table("attendance")
def attendance(
    asked: Asked,
    delegates: Annotated[
        bool, typer.Option("--delegates", help="The delegates of each organisation alone.")
    ] = False,
) -> None:
    """Who was at which meeting, and whom each organisation sent, in order."""
    from qualcode.cli.tables_more import show
    from qualcode.project.views import view_attendance

    show(asked, lambda study, _: view_attendance(study.paths), second=delegates)


@_table("talk")
def talk(
    asked: Asked,
    by: Annotated[str, typer.Option(help="An attribute of people.")] = "profession",
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Kinds of documents (repeat for several); left out: transcripts."),
    ] = None,
    groups: Annotated[bool, typer.Option("--groups", help="The table by attribute alone.")] = False,
) -> None:
    """Talk time: turns and words by speaker and by attribute."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_talk

    show(asked, lambda study, _: view_talk(study, by, kind or ()), second=groups)


@_table("compatibility")
def compatibility(
    asked: Asked,
    by: Annotated[str, typer.Option(help="profession, organisation, ...")] = "organisation",
    also: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VALUE=NAME,NAME", help="Other names of a value (repeat for several)."
        ),
    ] = None,
    asymmetry: Annotated[
        bool, typer.Option("--asymmetry", help="The table of asymmetries alone.")
    ] = False,
) -> None:
    """Which profession or organisation speaks well or badly of which, and where that differs."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_compatibility

    show(
        asked,
        lambda study, ask: view_compatibility(study, ask, by, also or ()),
        second=asymmetry,
    )


@_table("sample")
def sample(
    asked: Asked,
    by: Annotated[
        list[str] | None, typer.Option(help="An attribute to describe (repeat for several).")
    ] = None,
    safe: Annotated[
        bool, typer.Option("--safe", help="Do not print numbers of fewer than 3 people.")
    ] = False,
) -> None:
    """The sample: kinds, roles and attributes, with small cells marked."""
    from qualcode.cli.tables_more import show
    from qualcode.project.tables import view_sample_table

    show(asked, lambda study, ask: view_sample_table(study, ask, by=by or (), safe=safe))


@_table("saturation")
def saturation(
    asked: Asked,
    first_seen: Annotated[
        bool, typer.Option("--first-seen", help="Where each code was first seen alone.")
    ] = False,
) -> None:
    """New codes per document in the order read, and where each code was first seen."""
    from qualcode.cli.tables_more import show_saturation

    show_saturation(asked, first_seen=first_seen)


@_table("audit")
def audit(asked: Asked) -> None:
    """The audit trail: when, who, what changed, why, how many codings it touched."""
    from qualcode.cli.tables_more import show
    from qualcode.project.auditing import view_audit

    show(asked, lambda study, _: view_audit(study))
