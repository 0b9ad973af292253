"""Quotations without marks: blocks that a sentence leads in to, extracts with several speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.analysis.quoting.brackets import credit_alone, credit_at_end
from qualcode.analysis.quoting.leads import sentence_before, speaker_before
from qualcode.analysis.quoting.marks import Part, Stretch
from qualcode.analysis.quoting.people import is_role, words_of_text
from qualcode.analysis.quoting.words import SAID

_LABEL = re.compile(r"([A-Z][\w.,'’/() -]{0,38}?):\s+(\S.*)", re.DOTALL)
_RESEARCHER = frozenset({"researcher", "interviewer", "evaluator", "int", "observer"})
_PERSONAL = re.compile(r"\b(?:I|I['’]\w+|we|We|you|us|our|my|me|they)\b")
# "All participants agree to:" leads in to a list of duties and not to speech.
_LISTS = re.compile(r"\b(?:to|are|is|includes?|following|must|should|will|need)\W*$")
_MARKS = "\"“'‘"


def find_blocks(parts: Sequence[Part], stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches with those beside them that have no marks, in order, none in another."""
    blocks = [*_extracts(parts)]
    taken = {i for block in blocks for i in range(block.first, block.last + 1)}
    marked = {i for s in stretches for i in range(s.first, s.last + 1) if s.first != s.last}
    for index in range(len(parts)):
        if index in taken or index in marked:
            continue
        block = _block(parts, index)
        if block is not None:
            blocks.append(block)
            taken.add(index)
    left = [s for s in stretches if not taken & {s.first, s.last}]
    return sorted([*left, *blocks], key=lambda s: (s.first, s.opening))


def _block(parts: Sequence[Part], index: int) -> Stretch | None:
    part = parts[index]
    text = part.text
    start = 2 if text.startswith("> ") else 0
    if text[start : start + 1] in _MARKS or len(text.split(None, 6)) < 4 or credit_alone(text):
        return None
    if part.form == "bullet" or text.rstrip()[-1:] in ":–—":
        return None
    announced = part.follows and _announces(parts[index - 1].text, text)
    if not announced:
        ending = credit_at_end(text)
        if ending is None or text[: ending[0]].rstrip()[-1:] not in (".", "?", "!"):
            return None
        if part.form != "paragraph" or not _PERSONAL.search(text[:2000]) or len(text) < 30:
            return None
    return Stretch(index, index, 0, start, len(text), len(text), marked=False)


def _announces(text: str, block: str) -> bool:
    """Whether a sentence says that somebody speaks in the paragraph below it."""
    if text.rstrip()[-1:] not in (":", "–", "—", "-"):
        return False
    _, sentence = sentence_before(text[-500:])
    led = speaker_before(sentence)
    if led is None or (led.mention.sort == "name" and sentence[led.mention.end :].strip() == ":"):
        return False
    if _LISTS.search(sentence[-60:]):
        return False
    said = any(w.low in SAID for w in words_of_text(sentence) if w.start >= led.mention.end)
    return said or sentence.lstrip()[:3].lower() == "as " or bool(_PERSONAL.search(block[:2000]))


def _extracts(parts: Sequence[Part]) -> Iterator[Stretch]:
    index = 0
    while index < len(parts):
        last = index
        labels: list[str] = []
        spoken = False
        while last < len(parts) and (last == index or parts[last].follows):
            found = _LABEL.match(parts[last].text[:400])
            if found is None or len(found.group(1).split()) > 4:
                break
            labels.append(found.group(1))
            words = parts[last].text
            spoken = spoken or (len(words.split(None, 6)) > 4 and words.rstrip()[-1:] in ".?!…)’”")
            last += 1
        if len(set(labels)) > 1 and spoken and _are_people(labels):
            end = len(parts[last - 1].text)
            yield Stretch(index, last - 1, 0, 0, end, end, marked=False, labels=_named(labels))
        index = max(last, index + 1)


def _are_people(labels: Sequence[str]) -> bool:
    roles = sum(is_role(label.split()[-1]) or _asks(label) for label in labels)
    return roles * 2 >= len(labels) or (roles > 0 and len(set(labels)) < len(labels))


def _asks(label: str) -> bool:
    return label.lower() in _RESEARCHER


def _named(labels: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(label for label in labels if not _asks(label)))
