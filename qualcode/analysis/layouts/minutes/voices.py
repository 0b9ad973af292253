"""Who is heard in an item of minutes: the person to whom it is attributed, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from qualcode.analysis.layouts.people import NOBODY, TITLE, Found, People

# Verbs by which minutes say that somebody spoke or took a position.
SAID = (
    r"(?:said|says|saying|reported|reports|noted|notes|observed|observes|remarked|remarks|explained"
    r"|explains|asked|asks|replied|replies|answered|answers|responded|responds|stated|states"
    r"|suggested|suggests|proposed|proposes|argued|argues|felt|feels|thought|thinks|believed"
    r"|believes|considered|considers|commented|comments|confirmed|confirms|advised|advises"
    r"|informed|informs|told|tells|reminded|reminds|updated|updates|presented|presents"
    r"|introduced|introduces|outlined|outlines|described|describes|summarised|summarized"
    r"|summarises|highlighted|highlights|emphasi[sz]ed|stressed|stresses|added|adds|agreed|agrees"
    r"|disagreed|disagrees|raised|raises|mentioned|mentions|queried|queries|questioned|requested"
    r"|requests|recommended|recommends|offered|offers|hoped|hopes|wished|wishes|expressed"
    r"|expresses|maintained|insisted|insists|warned|warns|pointed\s+out|points\s+out|clarified"
    r"|clarifies|thanked|thanks|welcomed|welcomes|urged|urges|objected|objects|volunteered"
    r"|volunteers|spoke|speaks|apologi[sz]ed|apologi[sz]es|announced|announces|circulated|tabled"
    r"|shared|shares|gave|gives|declared|declares|complained|complains|wondered|wonders|supported"
    r"|supports|opposed|opposes|referred|refers|led|leads|invited|invites|assured|assures|admitted"
    r"|admits|acknowledged|acknowledges|demonstrated|discussed|discusses|reiterated|concluded"
    r"|concludes|accepted|accepts|brought|wrote|written)"
)
_HELPERS = (
    r"(?:(?:had|has|have|then|also|again|further|later|always|still|briefly|duly|however|therefore"
    r"|himself|herself|rightly|strongly|firmly|clearly|kindly|first|earlier|since|in\s+turn"
    r"|meanwhile|in\s+response|did|not|would|could|might|only|just|never|already)\s+){0,3}"
)
_ASIDE = r"(?:,[^,.;:()]{1,70},|\s*\([^()]{1,60}\))?"
_PRONOUN = re.compile(rf"(?:^|(?<=[.!?;]\s))(?:He|She|They|he|she|they)\s+{_HELPERS}{SAID}\b")
# At the start of a sentence, whoever else is said to speak makes it an item of several voices.
_OTHERS = re.compile(
    rf"(?:^|(?<=[.!?;]\s))(?:[\w'’.-]+\s+){{0,4}}?(?P<who>[\w'’-]+)(?:\s+{_HELPERS}){SAID}\b"
)
_NO_SUBJECT = frozenset(
    re.findall(
        r"\S+",
        "was were is are been be being as the a an of by and or but to in at on for with from it"
        " this that these those its his her their our not also then which further previously"
        " newly he she they who above below joint draft proposed",
    )
)
_END = re.compile(r"[.!?;]\s+(?=[A-Z\"“‘'])")
_DASH = re.compile(r"\s[-–—]\s")
# What stands before somebody to whom words are credited: "was raised by", "an update from".
_BEHIND = re.compile(r"(?:by|from|to)\s+")
_CREDITS = re.compile(
    rf"(?:\b{SAID}\s+by|\baccording\s+to|\b(?:update|report|presentation|statement"
    r"|question|proposal|suggestion|comment|request|point)s?\s+(?:from|by))\s+$"
)
_LONGEST_CREDIT = _LONGEST_TITLES = 100
_CHAIR = r"(?:[Tt]he\s+)?(?:[Vv]ice[- ]|[Dd]eputy[- ]|[Aa]cting\s+)?[Cc]hair(?:man|woman|person)?"


@dataclass(frozen=True)  # without slots, for what is made when it is first asked for
class Voices:
    """What is needed to attribute the items of one document.

    `chairs` and `deputies` are the ids of those who held these offices at the meeting.
    """

    people: People
    chairs: tuple[str, ...]
    deputies: tuple[str, ...]

    @classmethod
    def of(cls, people: People, *, roles: Iterable[tuple[str, str]]) -> Voices:
        """The voices of these people, with the role of each by id."""
        chairs, deputies = [], []
        for person_id, role in roles:
            if re.search(r"\b(?:vice|deputy)[- ]?chair", role, re.IGNORECASE):
                deputies.append(person_id)
            elif re.search(r"\bchair", role, re.IGNORECASE):
                chairs.append(person_id)
        return cls(people, tuple(chairs), tuple(deputies))

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """What is in the words wherever one of these people, or the chair, is; quick to find."""
        beginnings = {form[:2].rstrip("'’") for form in self.people.by_form}
        return re.compile("|".join(["hair", *map(re.escape, sorted(beginnings))]))

    @cached_property
    def _group(self) -> str:
        forms = self.people.by_form
        name = f"{_CHAIR}|{_any_of(forms)}" if forms else _CHAIR
        # "Amir K." may be written with its full stop.
        one = rf"(?:{TITLE}{{0,2}}(?:{name}))(?![\w-])(?:(?<=\s[A-Z])\.)?"
        return rf"(?<![\w'’-])(?P<who>{one}(?:(?:,\s+|,?\s+(?:and|&)\s+|\s*/\s*){one})*)"

    @cached_property
    def named(self) -> re.Pattern[str]:
        """These people, one or several."""
        return re.compile(self._group)

    @cached_property
    def said(self) -> re.Pattern[str]:
        """These people with the verb that says that they spoke."""
        return re.compile(rf"{self._group}{_ASIDE}\s+{_HELPERS}{SAID}\b(?!\s+by\b)")

    @cached_property
    def _dashed(self) -> re.Pattern[str]:
        verb = rf"{_HELPERS}{SAID}\b(?!\s+by\b)"
        return re.compile(rf"(?P<opening>{self._group}{_ASIDE})\s+[-–—]\s+(?={verb})")

    def dashed(self, words: str) -> re.Match[str] | None:
        """Where words begin with people and a dash before the verb: "Jo Brand - thanked all"."""
        return self._dashed.match(words) if _DASH.search(words) else None

    def credited(self, words: str) -> Iterator[re.Match[str]]:
        """These people where they stand behind what they said: "an update from JB"."""
        for behind in _BEHIND.finditer(words):
            at = behind.end()
            named = self.named.match(words, at)
            if named and _CREDITS.search(words, max(0, at - _LONGEST_CREDIT), at):
                yield named


def _any_of(forms: Iterable[str]) -> str:
    """A pattern for any of these names, the longest first, with either kind of apostrophe.

    Grouped by their first letters, so that a long list costs little at each word.
    """
    groups: dict[str, list[str]] = {}
    for form in sorted(set(forms), key=lambda form: (-len(form), form)):
        rest = re.escape(form[1:]).replace("'", "['’]").replace("’", "['’]")
        groups.setdefault(form[0], []).append(rest.replace("['['’]]", "['’]"))
    return "|".join(f"{re.escape(at)}(?:{'|'.join(groups[at])})" for at in sorted(groups))


def find_speaker(words: str, voices: Voices) -> str | None:
    """The id of the one person to whom these words of the minutes are attributed, or None.

    The first sentence must name the person. None where nobody is named (the passive: "Concern
    was expressed"), where several people or somebody unknown speak, where a sentence begins
    with another person, and where a name fits more than one.
    """
    # Whoever is not named here is not named in the first sentence, nor is anybody else.
    if voices.hint.search(words, 0, _first_sentence(words) + _LONGEST_TITLES) is None:
        return None
    # "Jo Brand (chair) - thanked all" is read as if the dash were not there.
    if dashed := voices.dashed(words):
        words = f"{dashed['opening']} {words[dashed.end() :]}"
    sayers: list[str | None] = []
    spans: list[tuple[int, int]] = []
    for match in chain(voices.said.finditer(words), voices.credited(words)):
        sayers += resolve_group(match["who"], voices)
        spans.append(match.span("who"))
    if not sayers:
        sayers += _by_pronoun(words, voices)
    elif min(spans)[0] >= _first_sentence(words):
        return None
    if len(set(sayers)) != 1 or _somebody_else(words, spans):
        return None
    return None if _others_act(words, sayers[0], voices) else sayers[0]


def _first_sentence(words: str) -> int:
    """Where the first sentence of more than two words ends."""
    for match in _END.finditer(words):
        if words.count(" ", 0, match.end()) > 2:
            return match.end()
    return len(words)


def _others_act(words: str, speaker: str | None, voices: Voices) -> bool:
    """Whether a sentence begins with another known person, whatever that person does."""
    starts = {0, *(match.end() for match in _END.finditer(words))}
    return any(
        match.start() in starts and speaker not in resolve_group(match["who"], voices)
        for match in voices.named.finditer(words)
    )


def resolve_group(words: str, voices: Voices) -> list[str | None]:
    """The ids of "HP and CF"; None for each name that fits nobody or several."""
    found: list[str | None] = []
    for name in re.split(r",\s+(?:and\s+)?|\s+(?:and|&)\s+|\s*/\s*", words):
        matched = resolve(name, voices)
        found.append(matched.ids[0] if matched.outcome == "one" else None)
    return found


def resolve(name: str, voices: Voices) -> Found:
    """Who is meant by a name, initials, or "The Chair"."""
    if match := re.fullmatch(_CHAIR, name.strip()):
        is_deputy = re.search(r"vice|deputy", match.group(), re.IGNORECASE)
        held = voices.deputies if is_deputy else voices.chairs
        if not held:
            return NOBODY
        return Found("one" if len(held) == 1 else "several", held)
    return voices.people.find(name)


def _by_pronoun(words: str, voices: Voices) -> list[str | None]:
    """The person meant in "TH was welcomed. He explained that ...".

    Only where the item begins with a person and nobody else is named before the pronoun.
    """
    pronoun = _PRONOUN.search(words) if voices.named.match(words) else None
    named = list(voices.named.finditer(words, 0, pronoun.start())) if pronoun else []
    if not named or named[0].start() > 0:
        return []
    ids = {person for match in named for person in resolve_group(match["who"], voices)}
    return list(ids) if len(ids) == 1 else []


def _somebody_else(words: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a sentence begins with somebody speaking who is none of the known people."""
    return any(
        match["who"].casefold() not in _NO_SUBJECT
        and not any(start <= match.start("who") < end for start, end in spans)
        for match in _OTHERS.finditer(words)
    )
