"""Quotations of a draft looked up in the data: found word for word, or how they differ."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from qualcode.analysis.draft.paper import Finding, Paragraph
from qualcode.core.model import Document, Span, Unit

LEAST_WORDS = 4
"""Shorter stretches in quotation marks are terms, not quotations."""
NEAR_ENOUGH = 65.0
"""Similarity in percent from which on a passage is what the draft may mean."""
_TRIED = 3
_NOWHERE = Span(0, 0)
_MARGIN = 3
_MARKED = re.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|‘((?:[^‘’]|’\w)+)’(?!\w)"
    # Straight single marks; between two letters the sign is an apostrophe.
    r"|(?<!\w)'(?=[^\W\d]|\[)((?:[^'\"“”]|(?<=\w)'(?=\w))+)'(?!\w)"
)
_CUT = re.compile(r"\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.\.\.|…")
_INSERTED = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CREDIT = re.compile(r"^[.,;]?\s*[—–-]*\s*\(([^()]{3,120})\)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of the draft: its words, the words in brackets behind it, and where it is.

    `span` is that of the words and their marks in the paragraph.
    """

    words: str
    credit: str
    line: int
    span: Span = _NOWHERE

    @property
    def pieces(self) -> tuple[tuple[str, ...], ...]:
        """The words between the cuts and insertions that the author marked, in lower case."""
        parts = (part for cut in _CUT.split(self.words) for part in _INSERTED.split(cut))
        return tuple(found for part in parts if (found := words_of(part)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands in the data, and the words that stand there and next to it.

    `pieces` are the stretches that it quotes: more than one where the author marked a cut.
    """

    document: Document
    span: Span
    words: tuple[str, ...]
    pieces: tuple[Span, ...]

    @property
    def unit(self) -> Unit | None:
        """The unit in which it begins; None where it begins in none."""
        start = self.span.start
        units = self.document.units
        return next((one for one in units if one.span.start <= start < one.span.end), None)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, apostrophes straight."""
    return tuple(found.group().lower().replace("’", "'") for found in _WORD.finditer(text))


def find_quoted(paragraph: Paragraph) -> Iterator[Quoted]:
    """Every quotation of a paragraph that is long enough to be looked up."""
    text = paragraph.text
    if paragraph.is_quotation:
        words, _, credit = text.partition("(")
        found = [(words.strip(' “”"—–-'), credit.rstrip(") .;"), Span(0, len(words)))]
    else:
        found = [
            (_inner(one), _behind(text[one.end() :]), Span(*one.span()))
            for one in _MARKED.finditer(text)
        ]
    for words, credit, span in found:
        if len(words_of(words)) >= LEAST_WORDS:
            yield Quoted(words, credit, paragraph.line_at(span.start), span)


def _inner(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group is not None)


def _behind(rest: str) -> str:
    credit = _CREDIT.match(rest)
    return credit.group(1) if credit else ""


class Sources:
    """The texts of a study, in which quotations are looked up by their words."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self._words: list[tuple[str, ...]] = []
        self._spans: list[tuple[tuple[int, int], ...]] = []
        self._pairs: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for number, document in enumerate(self._documents):
            found = list(_WORD.finditer(document.text))
            words = tuple(one.group().lower().replace("’", "'") for one in found)
            self._words.append(words)
            self._spans.append(tuple(one.span() for one in found))
            for pair in itertools.pairwise(words):
                self._pairs[pair].add(number)

    def small_words(self) -> frozenset[str]:
        """The words that the texts somewhere write with a small letter."""
        texts = (document.text for document in self._documents)
        return frozenset(
            one.group() for text in texts for one in _WORD.finditer(text) if one.group().islower()
        )

    def find(self, pieces: Sequence[tuple[str, ...]]) -> Place | None:
        """The place where all the pieces stand, in this order, word for word."""
        for number in self._likely(pieces):
            at, stretches = 0, []
            for piece in pieces:
                found = _index(self._words[number], piece, at)
                if found is None:
                    break
                at = found + len(piece)
                stretches.append((found, at))
            else:
                return self._place(number, stretches)
        return None

    def nearest(self, pieces: Sequence[tuple[str, ...]]) -> tuple[Place, float] | None:
        """The passage most like the pieces, and how like it is in percent."""
        wanted = " ".join(word for piece in pieces for word in piece)
        best: tuple[float, int, int, int] | None = None
        for number in self._likely(pieces)[:_TRIED]:
            text = " ".join(self._words[number])
            found = fuzz.partial_ratio_alignment(wanted, text)
            if found is not None and (best is None or found.score > best[0]):
                start = text.count(" ", 0, found.dest_start)
                end = text.count(" ", 0, found.dest_end) + 1
                best = (found.score, number, start, end)
        if best is None:
            return None
        score, number, start, end = best
        words = self._words[number]
        start, end = max(0, start - _MARGIN), min(end + _MARGIN, len(words))
        said = wanted.split(" ")
        begin, stop = self._matched(number, said, words[start:end], start)
        return replace(self._place(number, [(begin, stop)]), words=words[start:end]), score

    def _matched(
        self, number: int, said: Sequence[str], held: Sequence[str], start: int
    ) -> tuple[int, int]:
        """Where the words begin and end that are the same, in the unit that has most of them.

        A word that is the same by chance may stand in the unit before.
        """
        blocks = SequenceMatcher(None, said, held, autojunk=False).get_matching_blocks()
        same = [start + at for _, first, n in blocks for at in range(first, first + n)]
        if not same:
            return start, start + len(held)
        units = self._documents[number].units
        spans = self._spans[number]

        def home(at: int) -> int:
            offset = spans[at][0]
            inside = (i for i, u in enumerate(units) if u.span.start <= offset < u.span.end)
            return next(inside, -1)

        homes = {at: home(at) for at in same}
        (most, _), *_ = Counter(homes.values()).most_common(1)
        kept = [at for at in same if homes[at] == most]
        return kept[0], kept[-1] + 1

    def _likely(self, pieces: Sequence[tuple[str, ...]]) -> list[int]:
        """Documents by how many pairs of neighbouring words they share with the pieces."""
        shared: Counter[int] = Counter()
        for piece in pieces:
            for pair in itertools.pairwise(piece):
                shared.update(self._pairs.get(pair, ()))
        return sorted(shared, key=lambda number: (-shared[number], number))

    def _place(self, number: int, stretches: Sequence[tuple[int, int]]) -> Place:
        spans, start, end = self._spans[number], stretches[0][0], stretches[-1][1]
        pieces = tuple(Span(spans[a][0], spans[b - 1][1]) for a, b in stretches)
        whole = Span(pieces[0].start, pieces[-1].end)
        return Place(self._documents[number], whole, self._words[number][start:end], pieces)


def _index(words: Sequence[str], piece: Sequence[str], start: int) -> int | None:
    first = piece[0]
    for at in range(start, len(words) - len(piece) + 1):
        if words[at] == first and tuple(words[at : at + len(piece)]) == tuple(piece):
            return at
    return None


def check_quotation(quoted: Quoted, sources: Sources) -> tuple[tuple[Finding, ...], Place | None]:
    """What is wrong with a quotation, and where it stands in the data."""
    pieces = quoted.pieces
    place = sources.find(pieces)
    if place is not None:
        return tuple(_voice(quoted, place)), place
    near = sources.nearest(pieces)
    if near is None or near[1] < NEAR_ENOUGH:
        return (_finding(quoted, "no document says this or anything near it"),), None
    place = near[0]
    said = tuple(word for piece in pieces for word in piece)
    differs = "; ".join(differences(said, place.words))
    return (_finding(quoted, f"{where(place)} differs: {differs}"),), place


def differences(said: Sequence[str], held: Sequence[str]) -> Iterator[str]:
    """How the draft's words differ from those of the data, in the order of the draft."""
    for step, a, b, c, d in SequenceMatcher(None, said, held, autojunk=False).get_opcodes():
        at_start, at_end = a == 0 and c == 0, b == len(said) and d == len(held)
        if at_start:
            c = max(c, d - (b - a))  # what stands before the passage is no part of it
        elif at_end:
            d = min(d, c + (b - a))
        mine, theirs = " ".join(said[a:b]), " ".join(held[c:d])
        if step == "replace":
            yield f'"{mine}" for "{theirs}"'
        elif step == "insert" and theirs:
            yield f'left out without [...] "{theirs}"'
        elif step == "delete":
            yield f'"{mine}" added'


def where(place: Place) -> str:
    """Document and unit of a place, in words."""
    unit = place.unit
    return f"{place.document.id}, {unit.ref}" if unit and unit.ref else place.document.id


def _voice(quoted: Quoted, place: Place) -> Iterator[Finding]:
    voices = {
        passage.voice
        for passage in place.document.passages
        for piece in place.pieces
        if passage.span.start < piece.end and passage.span.end > piece.start
    }
    if "paraphrase" in voices and place.document.kind == "interview notes":
        held = "the notes have it as a paraphrase, which does not stand in quotation marks"
        yield _finding(quoted, f"{where(place)}: {held}")
    elif "observer" in voices:
        yield _finding(quoted, f"{where(place)}: these are the observer's own words")


def _finding(quoted: Quoted, held: str) -> Finding:
    return Finding(quoted.line, "quotation", f'"{quoted.words}"', held)
