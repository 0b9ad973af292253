"""The tables besides the pairs; each command loads what it needs when it is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.asked import Asked
from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style, refuse_both
from qualcode.cli.tables_app import Because, Coder, Draft, Force, Format, Out, table_app

if TYPE_CHECKING:
    from qualcode.core.table import Table
    from qualcode.project.study import Study
    from qualcode.project.tables import Ask

    Tables = Table | tuple[Table, ...]

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


_NOT_ASKED = dict.fromkeys(("Study", "Ask", "Tables"))
"""What the functions below get and give beside what is asked on the command line."""


def _table(name: str) -> Callable[[Callable[..., Tables]], Callable[..., Tables]]:
    """Makes `table NAME` of a function; the options of every table stand behind its own."""
    shared = inspect.signature(_asked, eval_str=True).parameters

    def made(view: Callable[..., Tables]) -> Callable[..., Tables]:
        def command(**given: Any) -> None:
            from qualcode.cli.tables_more import show

            asked = _asked(**{key: given.pop(key) for key in shared})
            show(name, asked, partial(view, **given), repr(sorted(given.items())))

        signature = inspect.signature(view, eval_str=True, locals=_NOT_ASKED)
        _, _, *own = signature.parameters.values()
        told: Any = command
        told.__signature__ = inspect.Signature([*own, *shared.values()])
        table_app.command(name, help=view.__doc__)(command)
        return view

    return made


@_table("codes")
def codes(study: Study, ask: Ask) -> Tables:
    """How often each code was given: documents, participants, segments, first seen."""
    from qualcode.project.tables import view_codes_table

    return view_codes_table(study, ask)


@_table("quotations")
def quotations(
    study: Study,
    ask: Ask,
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
) -> Tables:
    """Quotations of each code with credit and voice; one per person unless asked."""
    from qualcode.analysis.tables.quotations import Choice
    from qualcode.project.tables import view_quotations_table

    choice = Choice(each, per_person)
    return view_quotations_table(study, ask, choice, extremes=extremes, where=where or ())


@_table("triangulation")
def triangulation(study: Study, ask: Ask) -> Tables:
    """Codes by kind of source: documents n of N, and segments."""
    from qualcode.project.tables import view_triangulation

    return view_triangulation(study, ask)


@_table("convergence")
def convergence(study: Study, ask: Ask) -> Tables:
    """Whether the kinds of source agree on each code: agreement, partial, silence, dissonance."""
    from qualcode.project.tables import view_convergence

    return view_convergence(study, ask)


@_table("attribute")
def attribute(
    study: Study,
    ask: Ask,
    by: Annotated[str, typer.Option(help="An attribute of people or documents.")] = "kind",
    unit: Unit = "participant",
) -> Tables:
    """Codes by an attribute of whoever is heard: role, sector, tier, site, ..."""
    from qualcode.project.tables import view_attribute

    return view_attribute(study, ask, by, unit)


@_table("document")
def document(study: Study, ask: Ask, unit: Unit = "segment") -> Tables:
    """Codes by document."""
    from qualcode.project.tables import view_by_document

    return view_by_document(study, ask, unit)


@_table("co-occurrence")
def co_occurrence(
    study: Study,
    ask: Ask,
    turn: Annotated[bool, typer.Option("--turn", help="In the same turn.")] = False,
    within: Annotated[
        int | None, typer.Option(min=1, help="At most so many turns (bullets, items) apart.")
    ] = None,
) -> Tables:
    """Codes that stand together: on the same words, in the same turn, or close by."""
    if turn and within is not None:
        refuse_both("--turn", "--within")
    from qualcode.project.tables import view_together

    return view_together(study, ask, within=within, in_turn=turn)


@_table("cases")
def cases(study: Study, ask: Ask, by: By = "") -> Tables:
    """Each code in every site, sector or tier side by side, with what differs."""
    from qualcode.project.tables import view_sides

    return view_sides(study, ask, by)


@_table("cfir")
def cfir(study: Study, ask: Ask, by: By = "") -> Tables:
    """A rating from -2 to +2 for each code and group, proposed by a rule that is shown."""
    from qualcode.project.tables import view_cfir

    return view_cfir(study, ask, by)


@_table("framework")
def framework(
    study: Study,
    ask: Ask,
    by: Annotated[str, typer.Option(help="Rows by an attribute; left out: by person.")] = "",
    write: Annotated[
        tuple[str, str, str] | None,
        typer.Option(metavar="CASE CODE SUMMARY", help="Write the summary of one cell."),
    ] = None,
    because: Because = "",
) -> Tables:
    """Cases by codes with your summaries and references; says which have gone stale."""
    from qualcode.project.framework import view_framework

    if write is not None:
        from qualcode.cli.tables_more import write_framework

        write_framework(study, ask, write, by=by, because=because)
    return view_framework(study, ask, by=by)


@_table("coverage")
def coverage(
    study: Study,
    ask: Ask,
    by: Annotated[
        list[str] | None, typer.Option(help="kind, tier, role, ... (repeat for several).")
    ] = None,
) -> Tables:
    """Thin cells: which kinds, roles and tiers hardly carry a category."""
    from qualcode.project.tables import view_coverage

    return view_coverage(study, ask, by or ())


@_table("attendance")
def attendance(
    study: Study,
    _ask: Ask,
    delegates: Annotated[
        bool, typer.Option("--delegates", help="The delegates of each organisation alone.")
    ] = False,
) -> Tables:
    """Who was at which meeting, and whom each organisation sent, in order."""
    from qualcode.project.views import view_attendance

    both = view_attendance(study.paths)
    return both[1:] if delegates else both


@_table("talk")
def talk(
    study: Study,
    _ask: Ask,
    by: Annotated[str, typer.Option(help="An attribute of people.")] = "profession",
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Kinds of documents (repeat for several); left out: transcripts."),
    ] = None,
    groups: Annotated[bool, typer.Option("--groups", help="The table by attribute alone.")] = False,
) -> Tables:
    """Talk time: turns and words by speaker and by attribute."""
    from qualcode.project.tables import view_talk

    both = view_talk(study, by, kind or ())
    return both[1:] if groups else both


@_table("compatibility")
def compatibility(
    study: Study,
    ask: Ask,
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
) -> Tables:
    """Which profession or organisation speaks well or badly of which, and where that differs."""
    from qualcode.project.tables import view_compatibility

    both = view_compatibility(study, ask, by, also or ())
    return both[1:] if asymmetry else both


@_table("sample")
def sample(
    study: Study,
    ask: Ask,
    by: Annotated[
        list[str] | None, typer.Option(help="An attribute to describe (repeat for several).")
    ] = None,
    safe: Annotated[
        bool, typer.Option("--safe", help="Do not print numbers of fewer than 3 people.")
    ] = False,
) -> Tables:
    """The sample: kinds, roles and attributes, with small cells marked."""
    from qualcode.project.tables import view_sample_table

    return view_sample_table(study, ask, by=by or (), safe=safe)


@_table("saturation")
def saturation(
    study: Study,
    ask: Ask,
    first_seen: Annotated[
        bool, typer.Option("--first-seen", help="Where each code was first seen alone.")
    ] = False,
) -> Tables:
    """New codes per document in the order read, and where each code was first seen."""
    from qualcode.analysis.sampling.saturation import Rule
    from qualcode.project.emerging import view_saturation

    where, steps = view_saturation(study, Rule(), coder=ask.coder, draft=ask.draft)
    return (where,) if first_seen else (steps, where)


@_table("audit")
def audit(study: Study, _ask: Ask) -> Tables:
    """The audit trail: when, who, what changed, why, how many codings it touched."""
    from qualcode.project.auditing import view_audit

    return view_audit(study)
