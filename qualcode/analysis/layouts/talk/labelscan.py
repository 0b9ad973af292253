"""One pass over the lines of a transcript: what may be labels, and how often each stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from qualcode.analysis.layouts.talk.openings import Opening, opens_nothing, read_opening
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
    spellings: Counter[str] = field(default_factory=Counter)
    positions: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The most usual spelling."""
        return self.spellings.most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Scan:
    lines: Sequence[Line]
    openings: tuple[Opening | None, ...]
    after_gap: tuple[bool, ...]
    n_paragraphs: int
    is_captions: bool


def scan_lines(lines: Sequence[Line], *, captions: bool = False) -> Scan:
    """Every line with how it opens; empty lines and lone times part paragraphs."""
    openings: list[Opening | None] = []
    gaps: list[bool] = []
    gap, below_time, time, paragraphs = True, False, None, 0
    for line in lines:
        words = line.text.strip()
        is_open = bool(words) and not opens_nothing(words)
        opening = read_opening(words, below_time=below_time) if is_open else None
        if opening is not None and below_time and opening.style in ("bare", "timed"):
            opening = opening._replace(style="timed", time=opening.time or time)
        openings.append(opening)
        gaps.append(gap or captions)
        paragraphs += gaps[-1] and bool(words)
        if opening is not None and not opening.name and not opening.rest:
            gap, below_time, time = True, True, opening.time
        elif words:
            gap, below_time = line.style == "heading", False
        else:
            gap = True
    _demote_lone_times(openings, lines)
    return Scan(lines, tuple(openings), tuple(gaps), max(1, paragraphs), captions)


def _demote_lone_times(openings: list[Opening | None], lines: Sequence[Line]) -> None:
    """A line with a time and few words is a name only where words follow it.

    Captions as text ("[00:05] Yes" above "[00:07] So ...") have a time on every line.
    """
    follows = False
    for at in range(len(openings) - 1, -1, -1):
        opening = openings[at]
        if opening is None:
            follows = follows or bool(lines[at].text.strip())
            continue
        if (
            opening.style in ("timed", "bare")
            and not opening.rest
            and not opening.sure
            and not follows
        ):
            has_time = opening.plain != lines[at].text.strip()
            openings[at] = (
                Opening("", opening.plain, opening.plain, time=opening.time) if has_time else None
            )
        follows = opening.time is None or bool(opening.rest and opening.name)


def settle_asides(openings: tuple[Opening | None, ...]) -> tuple[Opening | None, ...]:
    """Brackets behind a name belong to it, unless they say how something was said."""
    asides: dict[str, Counter[str]] = {}
    for opening in openings:
        if opening is not None and opening.aside and opening.name:
            asides.setdefault(key_of(opening.name), Counter())[opening.aside] += 1
    if not asides:
        return openings
    settled: list[Opening | None] = []
    for opening in openings:
        found = asides.get(key_of(opening.name)) if opening is not None and opening.name else None
        if opening is None or found is None:
            settled.append(opening)
            continue
        own = [a for a, _ in found.most_common() if _is_part_of_name(a, found)]
        # One bracket tells the same person apart everywhere; several tell several people apart.
        usual = own[0] if len(own) == 1 else opening.aside if opening.aside in own else ""
        name = f"{opening.name} ({usual})" if usual else opening.name
        rest = opening.rest
        if opening.aside and opening.aside != usual:
            rest = f"({opening.aside}) {rest}".strip()
        settled.append(opening._replace(name=name, rest=rest, aside=""))
    return tuple(settled)


def _is_part_of_name(aside: str, found: Counter[str]) -> bool:
    if _STAGE.match(aside.strip()):
        return False
    return aside.strip()[:1].isupper() or (len(found) == 1 and found[aside] > 1)


def tally_labels(scan: Scan) -> dict[tuple[str, str], Tally]:
    """What is known of every label, by family and key."""
    tallies: dict[tuple[str, str], Tally] = {}
    for at, opening in enumerate(scan.openings):
        if opening is None or not opening.name or opening.style is None:
            continue
        tally = tallies.setdefault((FAMILIES[opening.style], key_of(opening.name)), Tally())
        tally.count += 1
        tally.sure += opening.sure
        tally.spellings[opening.name] += 1
        tally.positions.append(at)
    return tallies


class CommonWords:
    """The words that the file also writes in lower case; looked for when first asked."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._words: frozenset[str] | None = None

    def __contains__(self, name: str) -> bool:
        if self._words is None:
            self._words = frozenset(
                word for line in self._lines for word in _LOWER_WORD.findall(line.text)
            )
        return name.casefold() in self._words
