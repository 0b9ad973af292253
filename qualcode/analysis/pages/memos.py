"""Memos as a report may print them: without the words of people who are not to be quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from qualcode.analysis.cases import strictest
from qualcode.analysis.consent import Held, consent_at
from qualcode.core.memos import Memo
from qualcode.core.model import Consent, Span

HELD_BACK = "[words of somebody who is not to be quoted]"
ASK = "[ask before printing]"
_PLACE = re.compile(r"\[(\S+) (\d+)-(\d+)\]")
_ENOUGH = 4
"""Words from which on the same words are taken for a quotation."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The stretches of a document that may not be printed freely, with their words."""

    held: tuple[Held, ...]
    words: tuple[tuple[str, Consent], ...]

    @classmethod
    def of(cls, text: str, held: Iterable[Held]) -> Kept:
        """The stretches with their words on one line, in small letters."""
        stretches = tuple(held)
        words = ((_plain(text[span.start : span.end]), said) for span, said in stretches)
        return cls(stretches, tuple(dict.fromkeys(words)))

    def consent_to(self, words: str) -> Consent:
        """What words allow that hold a stretch, or are part of one; from four words on."""
        said = _plain(words)
        return strictest(consent for one, consent in self.words if _is_said(said, one))


def printable_memo(memo: Memo, kept: Callable[[str], Kept], doc_ids: Iterable[str]) -> Memo:
    """The memo without passages that may not be printed, those to be asked for marked.

    A passage is known by its place ("[int-04 1535-1703]") or by its words.
    """
    known = tuple(doc_ids)
    lines: list[str] = []
    for passage in _passages(memo.body):
        said = _consent("\n".join(passage), kept, known)
        lines.extend([HELD_BACK] if said == "no" else [*passage, *([ASK] if said else [])])
    return replace(memo, body="\n".join(lines))


def _passages(body: str) -> Iterator[list[str]]:
    """The lines of a memo, those of one quotation together."""
    for is_quoted, found in groupby(body.splitlines(), key=lambda line: line.startswith(">")):
        lines = list(found)
        yield from [lines] if is_quoted else ([line] for line in lines)


def _consent(passage: str, kept: Callable[[str], Kept], doc_ids: tuple[str, ...]) -> Consent:
    found: list[Consent] = []
    for doc_id, start, end in _PLACE.findall(passage):
        if doc_id in doc_ids:
            found.append(consent_at(kept(doc_id).held, Span(int(start), int(end))))
    words = _PLACE.sub("", passage)
    return strictest((*found, *(kept(doc_id).consent_to(words) for doc_id in doc_ids)))


def _is_said(words: str, held: str) -> bool:
    inner, outer = (words, held) if len(words) < len(held) else (held, words)
    return inner.count(" ") >= _ENOUGH - 1 and inner in outer


def _plain(words: str) -> str:
    lines = (line.lstrip("> ") for line in words.splitlines())
    return " ".join(" ".join(lines).split()).casefold()
