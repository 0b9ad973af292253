"""A study as tidy tables for R and pandas: one row per thing, ids to join them by.

Names of people are left out: whoever is heard is told by the id of the case.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.codebook_table import CodeFacts, codebook_data
from qualcode.analysis.coded import CodedMaker
from qualcode.analysis.places import Places
from qualcode.core.codebook import resolve
from qualcode.core.model import Attribute, Codebook, CodedSegment, Coding, Document, Segment
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import count_words

ATTRIBUTE = "attribute_"
"""Begins the key of every column that holds an attribute."""

_DOCUMENT = Column("document", "Id of the document")
_SPAN = (
    Column("start", "Where it begins in the frozen text, counted from 0", "characters"),
    Column("end", "Where it ends; the character at this place is not in it", "characters"),
)
_VOICE = Column("voice", "Whose words: verbatim, paraphrase, observer or heading")
_CASE = Column("case", "Id of the case that is heard there, where known")


@dataclass(frozen=True, slots=True)
class TidyStudy:
    """All that the tables are made of; documents with their segments and codings, by id."""

    codebook: Codebook
    facts: CodeFacts
    book: CaseBook
    documents: Sequence[tuple[Document, Sequence[Segment], Sequence[Coding]]]


def tidy_tables(study: TidyStudy) -> tuple[Table, ...]:
    """Documents, segments, cases, codes, codings, pairs, and the dictionary of their columns."""
    tables = (
        _documents(study),
        _segments(study),
        _cases(study),
        _codes(study),
        _codings(study),
        _pairs(study.codebook),
    )
    return (*tables, dictionary(tables))


def segment_id(segment: Segment) -> str:
    """What a segment is called in the tables: its document and place."""
    return f"{segment.doc_id}:{segment.span.start}-{segment.span.end}"


def _documents(study: TidyStudy) -> Table:
    own = [_own(document) for document, _, _ in study.documents]
    keys = _keys(own)
    columns = (
        _DOCUMENT,
        Column("kind", "Kind of document"),
        Column("role", "emergent, applied or context; context is never counted"),
        Column("date", "Date, as ISO 8601; empty where it is not known"),
        Column("title", "Title"),
        Column("source", "Name of the original file"),
        Column("words", "Words of the frozen text", "words"),
        Column("segments", "Segments", "segments"),
        Column("codings", "Codings of all coders", "codings"),
        *_attribute_columns(keys),
    )
    rows = tuple(
        (
            (document.id,),
            (document.kind,),
            (document.role,),
            (document.date,),
            (document.title,),
            (document.source_name,),
            (str(count_words(document.text)),),
            (str(len(segments)),),
            (str(len(codings)),),
            *_attributes(attributes, keys),
        )
        for (document, segments, codings), attributes in zip(study.documents, own, strict=True)
    )
    return Table("documents", "One row per document", columns, rows)


def _own(document: Document) -> tuple[Attribute, ...]:
    """The attributes of a document itself: "R01/Tier" is that of a respondent."""
    return tuple(one for one in document.attributes if "/" not in one.key)


def _segments(study: TidyStudy) -> Table:
    columns = (
        Column("segment", "Id of the segment: document and place"),
        _DOCUMENT,
        Column("unit", "The unit of the document in which it stands"),
        Column("form", "Form of the unit: turn, bullet, item, answer and so on"),
        *_SPAN,
        Column("words", "Words", "words"),
        _VOICE,
        _CASE,
        Column("researcher", "yes where the researcher speaks"),
        Column("topic", "The question or heading under which it stands"),
        Column("codings", "Codings that overlap with it", "codings"),
        Column("text", "Its words"),
    )
    rows = tuple(
        _segment_row(document, segment, codings)
        for document, segments, codings in study.documents
        for segment in segments
    )
    return Table("segments", "One row per segment offered for coding", columns, rows)


def _segment_row(
    document: Document, segment: Segment, codings: Sequence[Coding]
) -> tuple[Cell, ...]:
    span, unit = segment.span, segment.unit
    words = document.text[span.start : span.end]
    speaker = next((one for one in document.speakers if one.id == unit.speaker_id), None)
    is_asking = speaker is not None and speaker.is_researcher
    is_heard = speaker is not None and not is_asking and segment.voice != "observer"
    n = sum(one.span.start < span.end and one.span.end > span.start for one in codings)
    return (
        (segment_id(segment),),
        (document.id,),
        (unit.ref,),
        (unit.form,),
        (str(span.start),),
        (str(span.end),),
        (str(count_words(words)),),
        (segment.voice,),
        ((speaker.case_id or "") if speaker is not None and is_heard else "",),
        ("yes" if is_asking else "no",),
        (unit.topic,),
        (str(n),),
        (words,),
    )


def _cases(study: TidyStudy) -> Table:
    keys = _keys(case.attributes for case in study.book.cases)
    columns = (Column("case", "Id of the case"), *_attribute_columns(keys))
    rows = tuple(((case.id,), *_attributes(case.attributes, keys)) for case in study.book.cases)
    return Table("cases", "One row per case", columns, rows)


def _codes(study: TidyStudy) -> Table:
    """The codes with lists in one cell, parted by " | ", and their heirs after a merge."""
    table = codebook_data(study.codebook, study.facts)
    heirs = [resolve(study.codebook, code.id) for code in study.codebook.codes]
    rows = tuple(
        (*((" | ".join(cell),) for cell in row), (heir if heir != row[0][0] else "",))
        for row, heir in zip(table.rows, heirs, strict=True)
    )
    first = Column("code", "Id of the code")
    heir_column = Column("merged_into", "The code that stands in its place, where it was merged")
    columns = (
        first,
        *(replace(one, key="parent") if one.key == "parent" else one for one in table.columns[1:]),
        heir_column,
    )
    return Table("codes", "One row per code of the codebook", columns, rows)


def _codings(study: TidyStudy) -> Table:
    columns = (
        Column("coding", "Id of the coding"),
        _DOCUMENT,
        Column("segment", "The segment in which it begins; empty outside of all segments"),
        *_SPAN,
        Column("code", "The code that counts: the one given, or its heir after a merge"),
        Column("code_given", "The code as it was given"),
        Column("valence", "obstacle, catalyst, mixed or neutral"),
        Column("strength", "From -2 to 2, where the coder gave it", "scale"),
        Column("lenses", "Lenses, parted by |, in the coder's order"),
        Column("confidence", "The coder's own word: sure, likely or unsure"),
        Column("coder", "Who coded"),
        Column("at", "When, in UTC"),
        Column("origin", "How the coding came: manual, review and so on"),
        Column("codebook_version", "Version of the codebook at that time", "version"),
        _VOICE,
        _CASE,
        Column("consent", "Whether the words may be printed: yes, ask (first) or no"),
        Column("counted", "no in context documents and for the observer's and researcher's words"),
        Column("where", "Place in the original"),
        Column("quote", "Its words"),
    )
    return Table("codings", "One row per coding", columns, tuple(_coding_rows(study)))


def _coding_rows(study: TidyStudy) -> Iterator[tuple[Cell, ...]]:
    for document, segments, codings in study.documents:
        places, maker = Places(document), CodedMaker(document, study.book)
        starts = [segment.span.start for segment in segments]
        for coding in sorted(codings, key=lambda one: (one.span, one.code_id, one.coder, one.id)):
            at = bisect_right(starts, coding.span.start) - 1
            inside = at >= 0 and segments[at].span.end > coding.span.start
            segment = segment_id(segments[at]) if inside else ""
            unit = places.unit(places.position_of(coding.span))
            coded = maker.coded(coding, unit, places.voice_of(coding.span))
            yield _coding_row(study.codebook, coding, coded, segment)


def _coding_row(
    codebook: Codebook, coding: Coding, coded: CodedSegment, segment: str
) -> tuple[Cell, ...]:
    is_counted = coded.role != "context" and coded.voice != "observer"
    return (
        (coding.id,),
        (coding.doc_id,),
        (segment,),
        (str(coding.span.start),),
        (str(coding.span.end),),
        (resolve(codebook, coding.code_id),),
        (coding.code_id,),
        (coding.valence,),
        ("" if coding.strength is None else str(coding.strength),),
        (" | ".join(coding.lenses),),
        (coding.confidence,),
        (coding.coder,),
        (coding.at,),
        (coding.origin,),
        (str(coding.codebook_version),),
        (coded.voice,),
        (coded.case_id or "",),
        (coded.consent or "yes",),
        ("yes" if is_counted else "no",),
        (coded.where,),
        (coding.quote,),
    )


def _pairs(codebook: Codebook) -> Table:
    columns = (
        Column("pair", "Id of the pair"),
        Column("number", "Number of its row", "rows"),
        Column("side", "obstacle or catalyst"),
        Column("place", "First, second ... catalyst of the pair; 1 for the obstacle", "places"),
        Column("says", "The analyst's wording"),
        Column("code", "A code that grounds it"),
        Column("lenses", "Lenses, parted by |, in the analyst's order"),
        Column("condition", "When and for whom"),
    )
    rows = []
    for pair in codebook.pairs:
        sides = [("obstacle", 1, pair.obstacle)] if pair.obstacle else []
        sides += [("catalyst", n, pole) for n, pole in enumerate(pair.catalysts, start=1)]
        for side, place, pole in sides:
            for code_id in pole.code_ids or ("",):
                cells = (pair.id, str(pair.number), side, str(place), pole.says, code_id)
                more = (" | ".join(pair.lenses), pair.condition)
                rows.append(tuple((cell,) for cell in (*cells, *more)))
    return Table("pairs", "One row per pair, side and code", columns, tuple(rows))


def _keys(attributes: Iterable[tuple[Attribute, ...]]) -> tuple[tuple[str, ...], ...]:
    """The spellings of each attribute, those first that are met first; attributes by name.

    Spellings that differ in capitals, blanks and underscores are one attribute.
    """
    found: dict[str, dict[str, None]] = {}
    for held in attributes:
        for one in held:
            found.setdefault(_plain(one.key), {})[one.key] = None
    return tuple(tuple(found[plain]) for plain in sorted(found))


def _plain(key: str) -> str:
    return key.strip().replace(" ", "_").casefold()


def _attribute_columns(keys: Sequence[Sequence[str]]) -> Iterator[Column]:
    for first, *others in keys:
        also = f"; also spelt {', '.join(others)}" if others else ""
        yield Column(ATTRIBUTE + first.replace(" ", "_"), f"Attribute {first}{also}")


def _attributes(held: tuple[Attribute, ...], keys: Sequence[Sequence[str]]) -> Iterator[Cell]:
    for spellings in keys:
        values = dict.fromkeys(one.value for one in held if one.key in spellings)
        yield (" | ".join(values),)


def dictionary(tables: Iterable[Table]) -> Table:
    """What every column of these tables means, one row per column."""
    columns = (
        Column("table", "Table"),
        Column("column", "Column"),
        Column("unit", "Unit"),
        Column("meaning", "What it says"),
    )
    rows = tuple(
        ((table.name,), (column.key,), (column.unit,), (column.title,))
        for table in tables
        for column in table.columns
    )
    return Table("dictionary", "The columns of every table", columns, rows)
