"""Searching the documents and memos of a study."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from qualcode.analysis.cases import CaseBook, cases_of_respondents, join_cases
from qualcode.analysis.freeze import NOT_CODED
from qualcode.analysis.hits import Found, Hit
from qualcode.analysis.query import as_fts5, parse_query
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import resolve
from qualcode.core.hints import did_you_mean
from qualcode.core.memos import Memo
from qualcode.core.model import KINDS, Codebook, Coding, Document, Kind, Span, Voice
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.text import content_hash, short_key, where_in_original
from qualcode.project.named import find_document
from qualcode.project.study import Study
from qualcode.store.cache import CLOSES, OPENS, Entry, File, Index, Match, Row, with_index
from qualcode.store.coding_files import coding_files, numbered_codings
from qualcode.store.document_files import load_document
from qualcode.store.memo_files import load_memo, memo_ids, memo_path
from qualcode.store.paths import ProjectPaths

DOCUMENT, MEMO = "document", "memo"
VOICES = (*get_args(Voice), MEMO)
COUNTED = 10_000
"""Passages that are counted; beyond them it is said that there are more."""
RowFound = tuple[int, str, str]
"""Id of a row, name of its text, id of its speaker."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and what narrows it; `case_attribute` is written "role=nurse"."""

    query: str
    code: str = ""
    case_attribute: str = ""
    voice: str = ""
    kind: str = ""
    document: str = ""
    limit: int = 20


def search(study: Study, asked: Asked) -> Found:
    """What fits the query, by document and place; memos come after documents.

    Raises:
        QualcodeError: BAD_QUERY with its column, BAD_FILTER, UNKNOWN_WORD, NO_DOCUMENT, or what
            is wrong with the codebook or the cases where they are asked for.
    """
    expression = as_fts5(parse_query(asked.query))
    _known_word("voice", asked.voice, VOICES)
    _known_word("kind", asked.kind, (*KINDS, MEMO))
    if asked.document:
        asked = replace(asked, document=find_document(study.paths, asked.document))
    return with_index(study.paths, _Search(study, asked, expression).run)


def _known_word(key: str, word: str, known: tuple[str, ...]) -> None:
    if word and word not in known:
        hint, allowed = did_you_mean(word, known), ", ".join(known)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key=f"--{key}", found=word, allowed=allowed, hint=hint)
        )


@dataclass(slots=True)
class _Search:
    study: Study
    asked: Asked
    expression: str
    problems: list[Problem] = field(default_factory=list)

    def run(self, index: Index) -> Found:
        self.problems.clear()
        index.refresh(_files(self.study.paths), self._load)
        most = max(COUNTED, self.asked.limit)
        narrowed = bool(self.asked.code or self.asked.case_attribute)
        limit = -1 if narrowed else most + 1
        rows = self._kept(index, list(index.find(self.expression, limit=limit, **self._wanted())))
        has_more = not narrowed and len(rows) > most
        rows = rows[:most] if has_more else rows
        first = [row_id for row_id, *_ in rows[: self.asked.limit]]
        matches = index.matches(self.expression, first)
        hits = tuple(_hit(matches[row_id], index) for row_id in first)
        texts = {name for _, name, _ in rows}
        return Found(hits, len(rows), len(texts), tuple(self.problems), has_more)

    def _wanted(self) -> dict[str, str]:
        asked = self.asked
        wanted = {"voice": asked.voice, "kind": asked.kind}
        if asked.document:
            wanted["name"] = f"{DOCUMENT}/{asked.document}"
        return {key: value for key, value in wanted.items() if value}

    def _load(self, file: File) -> Entry | None:
        source, _, text_id = file.name.partition("/")
        paths = self.study.paths
        try:
            if source == MEMO:
                return _memo_entry(load_memo(paths, text_id))
            parts = paths.parts(text_id).read_bytes(), paths.facts(text_id).read_bytes()
            return _document_entry(load_document(paths, text_id), *map(content_hash, parts))
        except QualcodeError as error:
            self.problems.extend(error.problems)
        except OSError as error:
            reason = (error.strerror or "unknown").lower()
            path = str(paths.facts(text_id))
            self.problems.append(problem(P.DAMAGED_DOCUMENT, path=path, reason=reason))
        return None

    def _kept(self, index: Index, rows: list[RowFound]) -> list[RowFound]:
        """The rows that are said by the cases and stand in the codings that are asked for."""
        if self.asked.case_attribute:
            spoken = _AttributeFilter.of(self.study, self.asked.case_attribute, index)
            rows = [row for row in rows if spoken.keeps(row[1], row[2])]
        if not self.asked.code:
            return rows
        coded = coded_spans(self.study, self.asked.code)
        spans = {f"{DOCUMENT}/{doc_id}": found for doc_id, found in coded.items()}
        rows = [row for row in rows if row[1] in spans]
        matches = index.matches(self.expression, [row_id for row_id, *_ in rows])
        return [row for row in rows if _is_inside(matches[row[0]].row, spans[row[1]])]


def _is_inside(row: Row, spans: list[Span]) -> bool:
    """Whether a word that fits stands inside one of the spans."""
    _, matches = unmark(row.text)
    return any(
        row.start + match.start < span.end and span.start < row.start + match.end
        for match in matches
        for span in spans
    )


@dataclass(slots=True)
class _AttributeFilter:
    book: CaseBook
    key: str
    value: str
    index: Index
    _speakers: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, study: Study, asked: str, index: Index) -> _AttributeFilter:
        key, sign, value = (part.strip() for part in asked.partition("="))
        if not (key and sign and value):
            raise QualcodeError(
                problem(
                    P.BAD_FILTER,
                    option="--case-attribute",
                    found=asked,
                    hint="",
                    example='"role=nurse"',
                )
            )
        book, _ = study.cases()
        return cls(book, key.casefold(), value.casefold(), index)

    def keeps(self, name: str, speaker: str) -> bool:
        """Whether a case with the attribute speaks."""
        if not speaker:
            return False
        if name not in self._speakers:
            self._speakers[name] = frozenset(self._of_text(name))
        return speaker in self._speakers[name]

    def _of_text(self, name: str) -> Iterator[str]:
        kind, speakers, attributes = self.index.people(name)
        doc_id = name.partition("/")[2]
        document = Document(
            id=doc_id,
            text="",
            kind=cast("Kind", kind),
            role="context",
            source_name=doc_id,
            source_hash="",
            text_hash="",
            reader="",
            speakers=speakers,
            attributes=attributes,
        )
        joined, _ = join_cases(document, self.book)
        respondents = {case.id: case for case in cases_of_respondents(joined)}
        for speaker in joined.speakers:
            cases = (self.book.by_id.get(speaker.case_id or ""), respondents.get(speaker.id))
            held = [a for case in cases if case for a in case.attributes]
            if any((a.key.casefold(), a.value.casefold()) == (self.key, self.value) for a in held):
                yield speaker.id


def coded_spans(study: Study, code: str) -> dict[str, list[Span]]:
    """Spans of all codings of a code, of those merged into it, and of those below it.

    Raises:
        QualcodeError: BAD_FILTER where the codebook has no such code.
    """
    codebook = study.codebook().codebook
    ids = {one.id for one in codebook.codes}
    if code not in ids:
        hint = did_you_mean(code, sorted(ids))
        raise QualcodeError(
            problem(
                P.BAD_FILTER, option="--code", found=code, hint=hint, example="the id of a code"
            )
        )
    wanted = _codes_under(codebook, resolve(codebook, code))
    spans: dict[str, list[Span]] = {}
    for path, doc_id, coder in coding_files(study.paths):
        data = path.read_bytes()
        if any(one.encode() in data for one in wanted):
            for _, found in numbered_codings(path, doc_id, coder):
                if isinstance(found, Coding) and found.code_id in wanted:
                    spans.setdefault(doc_id, []).append(found.span)
    return spans


def _codes_under(codebook: Codebook, code_id: str) -> frozenset[str]:
    """The code, what was merged into it, and all that stands below these."""
    found = {code_id}
    while True:
        more = {
            code.id
            for code in codebook.codes
            if code.parent in found or resolve(codebook, code.id) in found
        }
        if more <= found:
            return frozenset(found)
        found |= more


def _files(paths: ProjectPaths) -> Iterator[File]:
    """Every document and memo as it lies on the disk; nothing is read."""
    held: dict[str, list[int]] = {}
    with contextlib.suppress(FileNotFoundError), os.scandir(paths.documents) as entries:
        for entry in entries:
            doc_id, dot, ending = entry.name.rpartition(".")
            if ending == "jsonl":
                doc_id = doc_id.removesuffix(".parts")
            elif not dot or doc_id.endswith(".corrections"):
                continue
            stat = entry.stat()
            seen = held.setdefault(doc_id, [0, 0])
            # the files of a document come in any order: a sum stands for all of them
            seen[0] += hash((ending[0] == "t", stat.st_size, stat.st_mtime_ns, stat.st_ino))
            seen[1] += ending == "yaml"
    for doc_id, (stats, has_facts) in held.items():
        if has_facts:
            yield File(f"{DOCUMENT}/{doc_id}", str(stats))
    for memo_id in memo_ids(paths):
        stat = memo_path(paths, memo_id).stat()
        stats = hash((stat.st_size, stat.st_mtime_ns, stat.st_ino))
        yield File(f"{MEMO}/{memo_id}", str(stats))


def _document_entry(document: Document, *hashes: str) -> Entry:
    rows = [
        Row(
            start=one.span.start,
            unit=one.unit.ref,
            voice=one.voice,
            speaker=(one.unit.speaker_id or "") if one.voice != "observer" else "",
            place=where_in_original(document.marks, one.span.start),
            text=document.text[one.span.start : one.span.end],
        )
        for one in segment_document(document, split=lambda words: [Span(0, len(words))])
    ]
    rows += [
        Row(
            start=unit.span.start,
            unit=unit.ref,
            voice="heading",
            speaker="",
            place=where_in_original(document.marks, unit.span.start),
            text=document.text[unit.span.start : unit.span.end],
        )
        for unit in document.units
        if unit.form in NOT_CODED
    ]
    key = short_key(document.text_hash, *hashes)
    return Entry(key, document.kind, tuple(rows), document.speakers, document.attributes)


def _memo_entry(memo: Memo) -> Entry:
    row = Row(start=0, unit=memo.kind, voice="memo", speaker="", place=memo.about, text=memo.body)
    key = short_key(content_hash(memo.body), memo.kind, memo.about)
    return Entry(key, MEMO, (row,))


def unmark(text: str) -> tuple[str, tuple[Span, ...]]:
    """The words of a row, and the places in them that fit.

    >>> unmark("a \ue000new\ue001 face")
    ('a new face', (Span(start=2, end=5),))
    """
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for piece in text.split(OPENS):
        found, sign, rest = piece.partition(CLOSES)
        if sign:
            spans.append(Span(length, length + len(found)))
        parts.append(found + rest)
        length += len(parts[-1])
    return "".join(parts), tuple(spans)


def _hit(match: Match, index: Index) -> Hit:
    source, _, text_id = match.name.partition("/")
    row = match.row
    text, matches = unmark(row.text)
    speaker = next((s for s in index.people(match.name)[1] if s.id == row.speaker), None)
    name = speaker.name if speaker else ""
    if speaker is not None and speaker.is_researcher:
        name += " (researcher)"
    span = Span(row.start, row.start + len(text))
    return Hit(
        *(source, text_id, match.kind, row.unit, row.place, row.voice, name),
        span=span,
        text=text,
        matches=matches,
    )
