"""Laying out a source of any kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from qualcode.analysis.freeze import Layout, add_counts
from qualcode.analysis.furniture import drop_page_furniture
from qualcode.analysis.layouts.told import is_about_folder, told_kind
from qualcode.core.model import ROLES, Extract, Kind, Line
from qualcode.core.problems import P, problem


class _LayOut(Protocol):
    def __call__(self, extract: Extract, *, name: str) -> Layout: ...


def _layout_of(kind: Kind) -> _LayOut:
    """How a document of this kind is laid out; loaded when the first one comes."""
    if kind == "interview notes":
        from qualcode.analysis.layouts.notes import lay_out_notes as found
    elif kind == "transcript":
        from qualcode.analysis.layouts.talk.transcript import lay_out_transcript as found
    elif kind == "minutes":
        from qualcode.analysis.layouts.minutes.minutes import lay_out_minutes as found
    elif kind == "field notes":
        from qualcode.analysis.layouts.fieldnotes import lay_out_field_notes as found
    elif kind == "questionnaire":
        from qualcode.analysis.layouts.survey.survey import lay_out_survey as found
    else:
        from qualcode.analysis.layouts.prose import lay_out_prose as found
    return found


def lay_out(extract: Extract, *, kind: Kind, name: str) -> Layout:
    """The pieces of one source in order, as documents of that kind are laid out.

    Running headers and footers are left out and counted in `dropped`. UNKNOWN_KIND is among
    the problems where the kind is "other" and nobody said so.

    >>> from qualcode.core.model import Line
    >>> extract = Extract("text", lines=(Line("INT: Why?", 1), Line("R: It works.", 2)))
    >>> [piece.label for piece in lay_out(extract, kind="transcript", name="a.txt").pieces]
    ['INT: ', 'R: ']
    """
    layout = _laid_out(extract, kind=kind, name=name)
    if kind == "other" and _should_be_told(extract, name):
        return replace(layout, problems=(*layout.problems, problem(P.UNKNOWN_KIND, path=name)))
    return layout


def _laid_out(extract: Extract, *, kind: Kind, name: str) -> Layout:
    chosen = _layout_of("other" if kind == "questionnaire" and not extract.rows else kind)
    extract = _with_lines(extract, kind)
    if not extract.lines:
        return chosen(extract, name=name)
    lines, dropped = drop_page_furniture(extract.lines)
    layout = chosen(replace(extract, lines=lines), name=name)
    return replace(layout, dropped=add_counts(dropped, layout.dropped))


def _should_be_told(extract: Extract, name: str) -> bool:
    """Whether nobody chose that this document gives context only."""
    has_role = any(
        key.casefold() == "role" and value.strip().casefold() in ROLES
        for key, value in extract.facts
    )
    return not is_about_folder(name) and not has_role and told_kind(extract.facts) is None


def _with_lines(extract: Extract, kind: Kind) -> Extract:
    """The extract with its captions or rows as lines, for the layouts that know only lines."""
    if extract.lines or kind in ("transcript", "questionnaire"):
        return extract
    lines = [
        Line(f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text, cue.line or 0)
        for cue in extract.cues
    ]
    lines.extend(
        Line("\t".join(" ".join(cell.split()) for cell in row.cells), row.number, style="cell")
        for row in extract.rows
    )
    return replace(extract, lines=tuple(lines), cues=(), rows=())
