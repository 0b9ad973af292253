"""Quotations in prose, and to whom the text credits them: in brackets, leading in, carried over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from qualcode.analysis.pair_tables import counted
from qualcode.analysis.quoting.blocks import find_blocks
from qualcode.analysis.quoting.brackets import (
    AGAIN,
    credit_after,
    credit_alone,
    credit_at_end,
)
from qualcode.analysis.quoting.carried import Heard, carry
from qualcode.analysis.quoting.leads import (
    WINDOW,
    Led,
    sentence_before,
    speaker_after,
    speaker_before,
)
from qualcode.analysis.quoting.marks import Part, Stretch, find_stretches, parts_of
from qualcode.analysis.quoting.people import find_mentions
from qualcode.core.model import Document, Span
from qualcode.core.table import Column, Table

How = Literal["brackets", "lead-in", "carried over", "unknown"]

LONGEST_SCARE_QUOTE = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words and their credit; `span` leaves out the quotation marks.

    `credit` is as the text says it, or "". `unit` is the unit in which the words begin.
    `asides` are the researcher's turns inside the span: nobody quoted says them.
    """

    span: Span
    credit: str
    how: How
    unit: str
    asides: tuple[Span, ...] = ()


def find_quotations(document: Document) -> tuple[Quotation, ...]:
    """Every quotation of a document in prose, in order; none overlaps another.

    One to three words without a credit, titles of works, headings and lists of contents are
    no quotations. A credit in brackets wins over the sentence that leads in. A pronoun is
    carried over from the same unit or the one before, where it can be one person only.

    >>> from qualcode.core.model import Unit
    >>> text = "One nurse said: 'we meet and nothing changes'."
    >>> unit = Unit(Span(0, len(text)), "paragraph", "paragraph 1")
    >>> found = find_quotations(
    ...     Document("r", text, "other", "context", "", "", "", "", units=(unit,))
    ... )
    >>> found[0].credit, found[0].how
    ('Nurse', 'lead-in')
    """
    parts = parts_of(document)
    stretches = find_blocks(parts, find_stretches(parts))
    return tuple(_credited(document.text, parts, stretches))


@dataclass(slots=True)
class _Reading:
    """What has been read so far; `masked` are the parts without brackets and quotations."""

    parts: Sequence[Part]
    masked: Sequence[str]
    heard: Heard = field(default_factory=Heard)
    leads: dict[int, tuple[Led, tuple[int, int]]] = field(default_factory=dict)
    """Who leads in to the quotation that is a whole part, by part."""


def _credited(
    text: str, parts: Sequence[Part], stretches: Sequence[Stretch]
) -> Iterator[Quotation]:
    reading = _Reading(parts, _masked(parts, stretches))
    for at, stretch in enumerate(stretches):
        following = stretches[at + 1] if at + 1 < len(stretches) else None
        stretch, credit, how, direct = _credit(reading, stretch, following)
        span = _span(text, parts, stretch)
        quoted = text[span.start : span.end]
        if span.start >= span.end or (stretch.marked and _is_no_speech(quoted, how, direct)):
            continue
        reading.heard.add(credit, stretch.last, stretch.closing)
        unit = parts[stretch.first].ref
        yield Quotation(span, credit, how, unit, tuple(_asides(quoted, span.start)))


def _credit(
    reading: _Reading, stretch: Stretch, following: Stretch | None
) -> tuple[Stretch, str, How, bool]:
    stretch, credit = _bracketed(reading, stretch, following)
    if credit and AGAIN.match(credit):
        held = reading.heard.credit
        return stretch, held, "carried over" if held else "unknown", True
    if credit:
        return stretch, credit, "brackets", True
    if stretch.labels:
        return stretch, stretch.labels, "lead-in", True
    led, place = _led(reading, stretch, following)
    if led is None:
        return stretch, "", "unknown", False
    credit, carried = carry(led.mention, reading.heard, reading.masked, place)
    how: How = "unknown" if not credit else "carried over" if carried else "lead-in"
    return stretch, credit, how, led.direct


def _bracketed(
    reading: _Reading, stretch: Stretch, following: Stretch | None
) -> tuple[Stretch, str]:
    """The credit in brackets, and the stretch without it where it stands inside."""
    parts = reading.parts
    text = parts[stretch.last].text
    from_here = stretch.start if stretch.first == stretch.last else 0
    if not stretch.marked or stretch.closing == len(text) or stretch.end - from_here > 12:
        inside = credit_at_end(text[max(from_here, stretch.end - 140) : stretch.end])
        if inside is not None:
            end = max(from_here, stretch.end - 140) + inside[0]
            return replace(stretch, end=end), inside[1]
    stop = len(text)
    if following is not None and following.first == stretch.last:
        stop = following.opening
    rest = text[stretch.closing : stop]
    quoted = text[max(from_here, stretch.end - 200) : stretch.end]
    credit = (
        credit_after(rest[:400], quoted=quoted)
        if len(rest) < 400
        else credit_after(rest[:400] + "\n", quoted=quoted)
    )
    if credit:
        return stretch, credit
    below = stretch.last + 1
    if not rest.strip(" .,;") and below < len(parts) and parts[below].follows and stop == len(text):
        return stretch, credit_alone(parts[below].text)
    return stretch, ""


def _led(
    reading: _Reading, stretch: Stretch, following: Stretch | None
) -> tuple[Led | None, tuple[int, int]]:
    """Who is said to speak, and where: the part, and the offset of the mention in it."""
    masked = reading.masked[stretch.first]
    shift = max(0, stretch.opening - WINDOW)
    before = masked[shift : stretch.opening]
    start, sentence = sentence_before(before)
    if sentence.strip():
        led = speaker_before(sentence)
        if led is not None:
            return led, (stretch.first, shift + start + led.mention.start)
    after = reading.masked[stretch.last]
    stop = len(after)
    if following is not None and following.first == stretch.last:
        stop = following.opening
    quoted = reading.parts[stretch.last].text[max(0, stretch.end - 5) : stretch.end]
    led = speaker_after(after[stretch.closing : min(stop, stretch.closing + 250)], quoted=quoted)
    if led is not None:
        return led, (stretch.last, stretch.closing)
    if before.strip() or shift:
        return None, (0, 0)
    return _led_from_above(reading, stretch)


def _led_from_above(reading: _Reading, stretch: Stretch) -> tuple[Led | None, tuple[int, int]]:
    """The sentence that the part above breaks off with; several people lead in several parts."""
    above = stretch.first - 1
    led_above = reading.leads.get(above)
    if above < 0 or not reading.parts[stretch.first].follows:
        return None, (0, 0)
    if led_above is not None and led_above[0].mention.plural and not _rest(reading, above):
        reading.leads[stretch.last] = led_above
        return led_above
    shift = max(0, len(reading.masked[above]) - WINDOW)
    start, sentence = sentence_before(reading.masked[above][shift:])
    led = speaker_before(sentence) if sentence.strip() else None
    if led is not None:
        place = (above, shift + start + led.mention.start)
        reading.leads[stretch.last] = (led, place)
        return led, place
    return None, (0, 0)


def _rest(reading: _Reading, index: int) -> str:
    return reading.masked[index].strip(" .,;")


_BRACKETS = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")


def _masked(parts: Sequence[Part], stretches: Sequence[Stretch]) -> list[str]:
    """The parts with blanks for what is quoted or in brackets; a full stop inside stays."""
    held: dict[int, list[tuple[int, int]]] = {}
    for stretch in stretches:
        for index in range(stretch.first, stretch.last + 1):
            start = stretch.opening if index == stretch.first else 0
            end = stretch.closing if index == stretch.last else len(parts[index].text)
            held.setdefault(index, []).append((start, end))
    masked = []
    for index, part in enumerate(parts):
        pieces, at = [], 0
        for start, end in held.get(index, ()):
            words = part.text[start:end].rstrip("'’”\" ")
            stop = "." if words[-1:] in (".", "?", "!") and end - start > 1 else ""
            pieces += [part.text[at:start], " " * (end - start - len(stop)), stop]
            at = end
        pieces.append(part.text[at:])
        plain = "".join(pieces)
        masked.append(_BRACKETS.sub(lambda found: " " * len(found.group()), plain))
    return masked


def _span(text: str, parts: Sequence[Part], stretch: Stretch) -> Span:
    start = parts[stretch.first].at + stretch.start
    end = parts[stretch.last].at + stretch.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


def _is_no_speech(quoted: str, how: How, direct: bool) -> bool:
    """Whether a few words are marked for what they are ('buy-in'), or name a work."""
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", quoted[:400])
    if len(words) <= LONGEST_SCARE_QUOTE and not (how != "unknown" and direct):
        return True
    if how == "brackets" or quoted[-1:] in (".", "?", "!", ",", "…"):
        return not words
    large = [word for word in words if word.lower() not in _SMALL]
    return len(large) > 1 and all(not word[0].islower() for word in large)


_ASIDE = re.compile(
    r"""\[\s?(?:researcher|interviewer|evaluator|int|q)\s?:[^\[\]]{0,600}\]
      | \(\s?(?:researcher|interviewer|evaluator|int|q)\s?:[^()]{0,600}\)
      | \b(?:Researcher|Interviewer|Evaluator|INT|Int)\s?:\s?[^\n]{0,2000}?
        (?=\n|$|\s[A-Z][\w\ -]{0,30}:\s)""",
    re.VERBOSE | re.IGNORECASE,
)


def _asides(quoted: str, at: int) -> Iterator[Span]:
    for found in _ASIDE.finditer(quoted):
        yield Span(at + found.start(), at + found.end())


def credit_at(quotations: Sequence[Quotation], span: Span) -> Quotation | None:
    """The quotation that a span lies in or overlaps most, the first of equals; or None.

    `quotations` are in order, as `find_quotations` gives them.
    """
    first = bisect_right(quotations, span.start, key=lambda quotation: quotation.span.end)
    best, most = None, 0
    for quotation in quotations[first:]:
        if quotation.span.start >= span.end:
            break
        shared = min(quotation.span.end, span.end) - max(quotation.span.start, span.start)
        if shared > most:
            best, most = quotation, shared
    return best


def names_a_role(credit: str) -> bool:
    """Whether a credit speaks of a role and of nobody by name, so that it may be printed.

    >>> names_a_role("Voluntary sector manager"), names_a_role("Dean Okafor")
    (True, False)
    """
    mentions = find_mentions(credit)
    return bool(mentions) and all(mention.sort == "person" for mention in mentions)


def quotation_table(documents: Iterable[Document]) -> Table:
    """One row per quotation, with its credit and where the text gives it."""
    columns = (
        Column("document", "Document"),
        Column("unit", "Unit"),
        Column("quotation", "Quotation"),
        Column("credit", "Credit"),
        Column("how", "How credited"),
    )
    rows = tuple(
        (
            (document.id,),
            (found.unit,),
            (" ".join(document.text[found.span.start : found.span.end].split()),),
            (found.credit or "-",),
            (found.how,),
        )
        for document in documents
        for found in find_quotations(document)
    )
    without = sum(row[3] == ("-",) for row in rows)
    note = f"{counted(len(rows), 'quotation')}, {without:,} without a credit"
    note += ": to be credited before publication." if without else "."
    return Table("quotations", "Quotations and their credits", columns, rows, (note,))
