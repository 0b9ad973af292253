"""One pass over the lines of a transcript: what may be labels, and how often each stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qualcode.analysis.layouts.talk.openings import Opening, opens_nothing, read_words
from qualcode.analysis.layouts.talk.roles import key_of
from qualcode.core.model import Line

FAMILIES = {
    "colon": "label",
    "timed": "label",
    "bold": "bold",
    "bracket": "bracket",
    "tab": "tab",
    "letter": "letter",
    "bare": "bare",
}
_STAGE = re.compile(
    r"laugh|whisper|sigh|paus|cry|cries|tear|smil|shout|quiet|loud|to\s|overlap|interrupt|inaudible"
    r"|unclear|off\b|on\s(?:the\s)?phone|continu|cont\b|cont'd|aside|nod|simult|sings|reading",
    re.IGNORECASE,
)
_LOWER_WORD = re.compile(r"(?<![\w'’])[^\W\d_A-Z]+")


@dataclass(slots=True)
class Tally:
    """What is known of one label over the whole file."""

    count: int = 0
    sure: int = 0
    spellings: dict[str, int] = field(default_factory=dict)
    positions: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The most usual spelling."""
        return max(self.spellings, key=self.spellings.__getitem__)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a look at all lines found.

    Attributes:
        openings: how those lines open, by position in order, that may begin with a name or time.
        begins: where paragraphs begin: lines behind an empty line, a heading or a lone time.
    """

    lines: Sequence[Line]
    openings: Mapping[int, Opening]
    begins: frozenset[int]

    @property
    def n_paragraphs(self) -> int:
        return max(1, len(self.begins))


def scan_lines(lines: Sequence[Line], *, captions: bool = False) -> Scan:
    """The lines that open with something; empty lines and lone times part paragraphs."""
    texts = [line.text.strip() for line in lines]
    begins = {
        at for at, text in enumerate(texts) if text and (captions or not at or not texts[at - 1])
    }
    begins.update(at for at, line in enumerate(lines, start=1) if line.style == "heading")
    openings: dict[int, Opening] = {}
    lone = -1
    for at in _may_open(texts):
        # Only the first line below a time that stands alone is named by it.
        time = openings[lone].time if lone >= 0 and not any(texts[lone + 1 : at]) else None
        opening = read_words(texts[at], below_time=time is not None)
        lone = -1
        if opening is None:
            continue
        if time is not None and opening.style in ("bare", "timed"):
            opening = opening._replace(style="timed", time=opening.time or time)
        openings[at] = opening
        if not opening.name and not opening.rest:
            lone = at
            begins.add(at + 1)
    _demote_lone_times(openings, texts)
    filled = frozenset(at for at in begins if at < len(texts) and texts[at])
    return Scan(lines, openings, filled)


def _may_open(texts: Sequence[str]) -> list[int]:
    """The positions of the lines that are looked at more closely; most are plainly words alone."""
    return [at for at, text in enumerate(texts) if text and not opens_nothing(text)]


def _demote_lone_times(openings: dict[int, Opening], texts: Sequence[str]) -> None:
    """A line with a time and few words is a name only where words follow it.

    Captions as text ("[00:05] Yes" above "[00:07] So ...") have a time on every line.
    """
    follows, below = False, len(texts)
    for at, opening in reversed(list(openings.items())):
        follows = follows or any(texts[at + 1 : below])
        if (
            opening.style in ("timed", "bare")
            and not opening.rest
            and not opening.sure
            and not follows
        ):
            if opening.plain != texts[at]:
                openings[at] = Opening("", opening.plain, opening.plain, time=opening.time)
            else:
                del openings[at]
        follows, below = opening.time is None or bool(opening.rest and opening.name), at


def settle_asides(openings: Mapping[int, Opening]) -> dict[int, Opening]:
    """Brackets behind a name belong to it, unless they say how something was said."""
    asides: dict[str, Counter[str]] = {}
    for opening in openings.values():
        if opening.aside and opening.name:
            asides.setdefault(key_of(opening.name), Counter())[opening.aside] += 1
    settled = dict(openings)
    for at, opening in openings.items() if asides else ():
        found = asides.get(key_of(opening.name)) if opening.name else None
        if found is not None:
            settled[at] = _settled(opening, found)
    return settled


def _settled(opening: Opening, found: Counter[str]) -> Opening:
    own = [a for a, _ in found.most_common() if _is_part_of_name(a, found)]
    # One bracket tells the same person apart everywhere; several tell several people apart.
    usual = own[0] if len(own) == 1 else opening.aside if opening.aside in own else ""
    name = f"{opening.name} ({usual})" if usual else opening.name
    rest = opening.rest
    if opening.aside and opening.aside != usual:
        rest = f"({opening.aside}) {rest}".strip()
    return opening._replace(name=name, rest=rest, aside="")


def _is_part_of_name(aside: str, found: Counter[str]) -> bool:
    if _STAGE.match(aside.strip()):
        return False
    return aside.strip()[:1].isupper() or (len(found) == 1 and found[aside] > 1)


def tally_labels(scan: Scan) -> dict[tuple[str, str], Tally]:
    """What is known of every label, by family and key."""
    tallies: dict[tuple[str, str], Tally] = {}
    for at, opening in scan.openings.items():
        if not opening.name or opening.style is None:
            continue
        label = FAMILIES[opening.style], key_of(opening.name)
        tally = tallies.get(label) or tallies.setdefault(label, Tally())
        tally.count += 1
        tally.sure += opening.sure
        tally.spellings[opening.name] = tally.spellings.get(opening.name, 0) + 1
        tally.positions.append(at)
    return tallies


class CommonWords:
    """The words that the file also writes in lower case, asked for one by one."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    @cached_property
    def _text(self) -> str:
        return "\n".join(line.text for line in self._lines)

    def __contains__(self, name: str) -> bool:
        word = name.casefold()
        at = self._text.find(word)
        while at >= 0:
            found = _LOWER_WORD.match(self._text, at)
            if found is not None and found.group() == word:
                return True
            at = self._text.find(word, at + 1)
        return False
