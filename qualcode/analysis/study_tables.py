"""A study as tables: its documents, the parts of one document, its cases, its inventory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.described import read_as, remarks
from qualcode.analysis.freeze import Layout, Piece
from qualcode.analysis.layouts.minutes.actions import find_actions, find_decisions
from qualcode.analysis.pair_tables import counted
from qualcode.core.model import KINDS, Decision, Document, Kind, Line, Segment
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import count_words, where_in_original


def study_documents(documents: Sequence[Document]) -> Table:
    """One row per document, by id."""
    columns = (
        Column("document", "Document"),
        Column("kind", "Kind"),
        Column("role", "Role"),
        Column("date", "Date"),
        Column("read_as", "Read as"),
        Column("note", "Note"),
        Column("because", "Kind recognised because"),
    )
    rows = tuple(
        (
            (document.id,),
            (document.kind,),
            (document.role,),
            (document.date or "-",),
            (read_as(document),),
            (remarks(document) or "-",),
            ("; ".join(document.kind_reasons) or "-",),
        )
        for document in documents
    )
    return Table("documents", "Documents", columns, rows, (counted(len(rows), "document") + ".",))


def document_parts(document: Document, segments: Iterable[Segment]) -> Table:
    """One row per segment: its unit, voice, speaker, place in the original, and words."""
    names = {speaker.id: speaker for speaker in document.speakers}
    rows: list[tuple[Cell, ...]] = []
    for segment in segments:
        speaker = names.get(segment.unit.speaker_id or "")
        if segment.voice == "observer":
            speaker = None
        name = speaker.name if speaker else "-"
        if speaker is not None and speaker.is_researcher:
            name += " (researcher)"
        rows.append(
            (
                (segment.unit.ref,),
                (segment.voice,),
                (name,),
                (where_in_original(document.marks, segment.span.start) or "-",),
                (segment.unit.topic or "-",),
                (document.text[segment.span.start : segment.span.end],),
            )
        )
    columns = (
        Column("unit", "Unit"),
        Column("voice", "Voice"),
        Column("speaker", "Speaker"),
        Column("where", "In the original"),
        Column("topic", "Topic"),
        Column("text", "Words"),
    )
    title = document.title or document.id
    caption = f"{document.id}: {document.kind}, role {document.role}"
    if title != document.id:
        caption = f"{caption}. {title}"
    notes = (
        f"{counted(len(rows), 'segment')}; {read_as(document)}.",
        f"Kind: {document.kind}, because {'; '.join(document.kind_reasons) or 'it was told'}.",
        f"Note: {remarks(document) or 'nothing left out'}.",
    )
    return Table("segments", caption, columns, tuple(rows), notes)


def case_table(book: CaseBook, documents: Sequence[Document]) -> Table:
    """One row per case: its attributes, where it is heard, and at which meetings it was."""
    heard: dict[str, list[str]] = defaultdict(list)
    met: dict[str, int] = defaultdict(int)
    unknown: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        for speaker in document.speakers:
            if speaker.is_researcher:
                continue
            (heard[speaker.case_id] if speaker.case_id else unknown[speaker.name]).append(
                document.id
            )
        for one in document.attendance:
            if one.case_id and one.status != "apologies":
                met[one.case_id] += 1
    columns = (
        Column("case", "Case"),
        Column("attributes", "Attributes"),
        Column("heard", "Named or heard in"),
        Column("meetings", "Meetings attended", "meetings"),
    )
    rows = tuple(
        (
            (case.id,),
            tuple(f"{a.key}: {a.value}" for a in case.attributes) or ("-",),
            (", ".join(heard[case.id]) or "-",),
            (str(met[case.id]),),
        )
        for case in book.cases
    )
    notes = [counted(len(rows), "case") + "."]
    if unknown:
        names = "; ".join(f"{name} ({', '.join(ids)})" for name, ids in sorted(unknown.items()))
        notes.append(f"No case: {names}.")
    return Table("cases", "Cases", columns, rows, tuple(notes))


def inventory_table(
    documents: Sequence[Document], words: Mapping[str, int], heard: Mapping[str, tuple[str, ...]]
) -> Table:
    """What was collected, by kind: how many, when, how much, from whom, in which role.

    `words` gives the length of each document, `heard` the keys of whoever speaks in it.
    """
    by_kind: dict[Kind, list[Document]] = defaultdict(list)
    for document in documents:
        by_kind[document.kind].append(document)
    columns = (
        Column("kind", "Kind"),
        Column("documents", "Documents", "documents"),
        Column("role", "Role"),
        Column("dates", "Dates"),
        Column("words", "Words", "words"),
        Column("sites", "Sites and phases"),
        Column("people", "People heard", "people"),
    )
    rows = tuple(_inventory_row(by_kind[kind], words, heard) for kind in KINDS if by_kind[kind])
    total = sum(words.values())
    notes = (f"{counted(len(documents), 'document')}, {counted(total, 'word')}.",)
    return Table("inventory", "Inventory", columns, rows, notes)


def _inventory_row(
    held: Sequence[Document], words: Mapping[str, int], heard: Mapping[str, tuple[str, ...]]
) -> tuple[Cell, ...]:
    dates = sorted(document.date for document in held if document.date)
    when = f"{dates[0]} to {dates[-1]}" if len(dates) > 1 else "".join(dates) or "-"
    undated = len(held) - len(dates)
    places = {
        a.value for document in held for a in document.attributes if a.key in ("site", "phase")
    }
    people = {key for document in held for key in heard[document.id]}
    return (
        (held[0].kind,),
        (str(len(held)),),
        (", ".join(sorted({document.role for document in held})),),
        (when, f"{undated} without a date") if undated else (when,),
        (f"{sum(words[document.id] for document in held):,}",),
        (", ".join(sorted(places)) or "-",),
        (str(len(people)),),
    )


def log_table(steps: Sequence[Sequence[Decision]]) -> Table:
    """One row per step: its decisions count as one.

    What stood before and after, and why, have columns only where some step says so.
    """
    told = {
        "before": ("Before", [_said(step, "before") for step in steps]),
        "after": ("After", [_said(step, "after") for step in steps]),
        "because": ("Why", [_said(step, "because") for step in steps]),
    }
    shown = {key: both for key, both in told.items() if any(both[1])}
    columns = (
        Column("at", "When (UTC)"),
        Column("coder", "Coder"),
        Column("action", "What"),
        Column("target", "On what"),
        Column("files", "Files changed", "files"),
        *(Column(key, title) for key, (title, _) in shown.items()),
    )
    rows = tuple(
        (
            (step[0].at[:16].replace("T", " "),),
            (step[0].coder,),
            (step[0].action,),
            (step[0].target or "-",),
            (str(sum(len(decision.files) for decision in step)),),
            *((words[place] or "-",) for _, words in shown.values()),
        )
        for place, step in enumerate(steps)
    )
    return Table("log", "What was done", columns, rows, (counted(len(rows), "step") + ".",))


def _said(step: Sequence[Decision], key: str) -> str:
    return next((words for decision in step if (words := getattr(decision, key))), "")


def decision_table(documents: Iterable[Document]) -> Table:
    """One row per decision that the minutes mark as one."""
    columns = (
        Column("document", "Document"),
        Column("unit", "Unit"),
        Column("topic", "Item"),
        Column("what", "Decision"),
    )
    rows = tuple(
        ((document.id,), (found.ref,), (found.topic or "-",), (found.what,))
        for document in documents
        for found in find_decisions(_as_layout(document))
    )
    return Table("decisions", "Decisions", columns, rows, (counted(len(rows), "decision") + ".",))


def action_table(documents: Iterable[Document]) -> Table:
    """One row per action: who is to do what by when, as the minutes say it."""
    columns = (
        Column("document", "Document"),
        Column("unit", "Unit"),
        Column("who", "Who"),
        Column("what", "What"),
        Column("when", "By when"),
    )
    rows = tuple(
        (
            (document.id,),
            (found.ref,),
            (", ".join(found.who) or "-",),
            (found.what,),
            (found.by_when or "-",),
        )
        for document in documents
        for found in find_actions(_as_layout(document))
    )
    return Table("actions", "Actions", columns, rows, (counted(len(rows), "action") + ".",))


def _as_layout(document: Document) -> Layout:
    """A frozen document as the pieces that it was made of; labels are left out."""
    return Layout(
        pieces=tuple(
            Piece(
                (Line(document.text[unit.span.start : unit.span.end], 0),),
                unit.form,
                unit.ref,
                topic=unit.topic,
            )
            for unit in document.units
        ),
        speakers=document.speakers,
    )


def words_of(document: Document) -> int:
    """Words of the frozen text."""
    return count_words(document.text)
