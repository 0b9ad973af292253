"""What stands where in one document, looked up by offset: units, voices, questions."""

from __future__ import annotations

from bisect import bisect_right

from qualcode.core.model import Document, Kind, Span, Unit, Voice

WITH_QUESTIONS: tuple[Kind, ...] = ("interview notes", "transcript", "questionnaire")
"""Kinds in which somebody is asked; the items of minutes are an agenda and no questions."""


class Places:
    """The units and passages of one document, with those that a researcher speaks set apart."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._units = document.units
        self._starts = [unit.span.start for unit in document.units]
        self._passages = document.passages
        self._passage_starts = [passage.span.start for passage in document.passages]
        self._researchers = {s.id for s in document.speakers if s.is_researcher}
        self._asked = self._questions()
        # the same words are often coded several times
        self._known: dict[Span, tuple[int, Voice]] = {}

    def _questions(self) -> list[str]:
        """The question that each unit answers: the guide's, else the researcher's last turn."""
        asked = ""
        found = []
        for unit in self._units:
            if unit.speaker_id in self._researchers:
                asked = self._document.text[unit.span.start : unit.span.end]
            found.append(unit.topic or asked)
        return found

    def place_of(self, span: Span) -> tuple[int, Voice]:
        """Both the position of the unit to which a span belongs, and whose words they are."""
        found = self._known.get(span)
        if found is None:
            found = self._known[span] = (self.position_of(span), self.voice_of(span))
        return found

    def position_of(self, span: Span) -> int:
        """The position of the unit to which a span belongs; -1 where no unit stands there.

        It is the unit in which the span begins. A span that begins with a researcher's turn
        and goes on into an answer belongs to the answer: that is what it is evidence of.
        """
        first = self._position(span.start)
        for position in range(max(first, 0), len(self._units)):
            unit = self._units[position]
            if unit.span.start >= span.end:
                break
            if unit.speaker_id not in self._researchers and self._has_words(unit.span, span):
                return position
        return first

    def unit(self, position: int) -> Unit | None:
        """The unit at a position, None for -1."""
        return self._units[position] if position >= 0 else None

    def voice_of(self, span: Span) -> Voice:
        """Whose words they are; where voices meet, or none is known, it is a paraphrase.

        The marks around a quotation are nobody's words.
        """
        position = max(0, bisect_right(self._passage_starts, span.start) - 1)
        voices: set[Voice] = set()
        for passage in self._passages[position:]:
            if passage.span.start >= span.end:
                break
            if self._has_words(passage.span, span):
                voices.add(passage.voice)
        return voices.pop() if len(voices) == 1 else "paraphrase"

    def question(self, position: int) -> str:
        """The question that a unit answers, or "" where nobody asks in this kind of document."""
        if position < 0 or self._document.kind not in WITH_QUESTIONS:
            return ""
        return self._asked[position]

    def _position(self, offset: int) -> int:
        """The unit in which an offset stands, else the one before it."""
        return bisect_right(self._starts, offset) - 1

    def _has_words(self, part: Span, span: Span) -> bool:
        shared = self._document.text[max(part.start, span.start) : min(part.end, span.end)]
        return any(map(str.isalnum, shared))
