"""Minutes that note speech with the speaker's name before it ("WH: I agree")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualcode.analysis.layouts.minutes.names import is_person, spells
from qualcode.analysis.layouts.minutes.voices import Voices, resolve
from qualcode.core.model import Form, Speaker, Voice

_TURN = re.compile(
    r"(?P<who>[A-Z]{2,4}|(?:[Tt]he\s+)?[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3})\s?:\s+(?=\S)"
)
_NOT_SOMEBODY = frozenset(
    re.findall(
        r"\S+",
        "NB PS AOB FYI TBC TBA TBD RE CC URL FAQ OK PR EDIT NOTE TODO WHO WHAT WHEN DATE TIME ITEM"
        " AIM AIMS PROS CONS",
    )
)
_FIRST_PERSON = re.compile(r"(?<![\w'’])(?:I|I['’](?:m|ve|d|ll)|my|me)(?![\w'’])")
_DEFINED = re.compile(
    r"(?P<name>[^\W\d_][\w'’-]+(?:\s(?:de|da|van|von|der)){0,2}(?:\s[A-Z][\w'’-]+){1,3})"
    r"\s\((?P<short>[A-Z]{2,4})\)"
)
# Found much quicker than a name is; most texts with brackets hold no initials.
_SHORT = re.compile(r"\([A-Z]{2,4}\)")


@dataclass(frozen=True, slots=True)
class Turns:
    """Who stands before a colon in this document, and whether it records speech word for word.

    `by_label` gives the speaker's id for every label that is somebody.
    """

    by_label: Mapping[str, str]
    speakers: tuple[Speaker, ...]
    is_record: bool

    @property
    def voice(self) -> Voice:
        return "verbatim" if self.is_record else "paraphrase"

    @property
    def form(self) -> Form:
        return "turn" if self.is_record else "item"

    def split(self, words: str) -> tuple[str, str, str] | None:
        """Label, words and speaker of a paragraph that begins with somebody's name, or None."""
        match = _TURN.match(words) if ":" in words else None
        speaker = self.by_label.get(match["who"]) if match else None
        if match is None or speaker is None:
            return None
        rest = words[match.end() :]
        if not self.is_record and is_person(rest) and not match["who"].isupper():
            # "Chair: Karen" says who holds an office.
            return None
        return f"{match['who']}: ", rest, speaker


def find_turns(texts: Iterable[str], *, voices: Voices) -> Turns:
    """The turns of a document: labels that are known people, or initials that come back or
    stand behind a name somewhere ("Shu-yu Guo (SYG)").

    Where at least half of the paragraphs are turns and a third of the turns speak in the
    first person, the minutes record speech and are verbatim; else turns are paraphrase.
    """
    held = list(texts)
    labels: Counter[str] = Counter()
    first_person = 0
    for words in held:
        if ":" in words and (match := _TURN.match(words)):
            labels[match["who"]] += 1
            first_person += bool(_FIRST_PERSON.search(words))
    names = _definitions(held)
    by_label: dict[str, str] = {}
    unknown: list[str] = []
    for label, times in labels.items():
        found = resolve(label, voices)
        if found.outcome == "one":
            by_label[label] = found.ids[0]
        elif found.outcome == "none" and _is_somebody(label) and (times > 1 or label in names):
            by_label[label] = label
            unknown.append(label)
    turns = sum(labels[label] for label in by_label)
    is_record = turns >= 5 and first_person * 3 >= turns
    is_record = is_record and turns * 2 >= sum(len(words.split()) > 5 for words in held)
    speakers = tuple(Speaker(label, names.get(label, label)) for label in unknown)
    return Turns(by_label, speakers, is_record)


def _is_somebody(label: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2,4}", label)) and label not in _NOT_SOMEBODY


def _definitions(texts: Iterable[str]) -> dict[str, str]:
    """Names by the initials that the document gives in brackets behind them."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _DEFINED.finditer(text) if _SHORT.search(text) else ():
            if spells(match["short"], match["name"]):
                found.setdefault(match["short"], match["name"])
    return found
