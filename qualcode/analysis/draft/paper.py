"""A draft as paragraphs and sentences, and what can be found wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from qualcode.core.model import Line, Span

Check = Literal["consent", "quotation", "credit", "number", "row", "name", "quantifier"]

_END = re.compile(
    r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])"
    r"|;\s+|,\s+(?:and|but|while|whereas)\s+|,\s+(?=[A-Z])"
)
_BLOCK = re.compile(r"^\s*>\s?")
_MARKUP = re.compile(r"[*_`]+(?=\w)|(?<=\w)[*_`]+|(?<=[.!?,;])[*_]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one clause of it, and the line on which it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a draft; `starts` gives the offset and number of each of its lines.

    `is_quotation` marks a block quotation (`>` in Markdown, the style "Quote" in Word).
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    is_quotation: bool = False

    def line_at(self, offset: int) -> int:
        """The line of the draft on which an offset of the paragraph stands."""
        return max(line for start, line in self.starts if start <= offset)

    def without(self, spans: Iterable[Span]) -> Paragraph:
        """The paragraph with blanks in the place of these stretches, all else where it was."""
        text = self.text
        for span in spans:
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        return replace(self, text=text)

    def clauses(self) -> Iterator[Sentence]:
        """Its sentences, parted where a new clause begins, in order."""
        begin = 0
        for found in (*_END.finditer(self.text), None):
            end = found.start() if found else len(self.text)
            if self.text[begin:end].strip():
                yield Sentence(self.text[begin:end], self.line_at(begin))
            begin = found.end() if found else end


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the draft that the study says otherwise.

    `line` is that of the paragraph; `said` what the draft says, `held` what the study holds.
    """

    line: int
    check: Check
    said: str
    held: str


def paragraphs_of(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """The paragraphs of a draft: lines up to an empty one, block quotations by themselves."""
    held: list[tuple[str, int]] = []
    quoting = False
    for line in lines:
        block = bool(_BLOCK.match(line.text)) or line.style.casefold().startswith("quote")
        words = _MARKUP.sub("", _BLOCK.sub("", line.text)).strip()
        alone = bool(line.style) or words.startswith(("#", "|", "- ", "* "))
        if held and (not words or alone or block != quoting):
            yield _joined(held, quoting)
            held = []
        if words:
            quoting = block
            held.append((words.lstrip("#").strip(), line.number))
        if alone and held:
            yield _joined(held, quoting)
            held = []
    if held:
        yield _joined(held, quoting)


def _joined(held: list[tuple[str, int]], quoting: bool) -> Paragraph:
    starts, offset = [], 0
    for words, number in held:
        starts.append((offset, number))
        offset += len(words) + 1
    return Paragraph(" ".join(words for words, _ in held), tuple(starts), quoting)
