"""Credits that a text carries over: "she went on", "another said", "the same head teacher"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qualcode.analysis.quoting.leads import WINDOW, sentence_before
from qualcode.analysis.quoting.people import (
    Mention,
    find_mentions,
    is_object,
    is_role,
    singular,
)

_TAIL = re.compile(r"\s*(?:,|;|\bin\b|\bfrom\b|\bat\b).*$", re.DOTALL)
_NUMBER = re.compile(r"\d")


@dataclass(slots=True)
class Heard:
    """The quotation before, with its credit ("" unknown) and place, and the latest of each role."""

    credit: str = ""
    part: int = -9
    at: int = 0
    by_role: dict[str, str] = field(default_factory=dict)

    def add(self, credit: str, part: int, at: int) -> None:
        """The next quotation, which ends in `part` at offset `at`."""
        self.credit, self.part, self.at = credit, part, at
        if credit:
            self.by_role[credit.casefold()] = credit
            self.by_role[_TAIL.sub("", credit).casefold()] = credit


def role_of(credit: str) -> str:
    """The role in a credit, without site or number, or "".

    >>> role_of("Head teacher, Site A"), role_of("Interviewee 7, police"), role_of("P4")
    ('Head teacher', 'Police', '')
    """
    for piece in credit.split(","):
        plain = re.sub(r"\s+(?:in|from|at)\s.*$", "", piece.strip())
        if plain and not _NUMBER.search(plain) and is_role(plain.split()[-1]):
            return plain[:1].upper() + plain[1:]
    return ""


def carry(
    mention: Mention, heard: Heard, masked: Sequence[str], place: tuple[int, int]
) -> tuple[str, bool]:
    """The credit that a mention stands for ("" unknown), and whether it is carried over."""
    if mention.sort == "nobody":
        return "", False
    if mention.sort == "pronoun":
        singular_one = mention.earlier != "they"
        return _of_pronoun(heard, masked, place, is_one=singular_one), True
    if mention.sort == "other":
        return _of_another(heard, masked, place), True
    if mention.earlier == "same":
        return heard.by_role.get(mention.credit.casefold(), mention.credit), True
    return mention.credit, mention.earlier == "another"


_SENTENCE = re.compile(r"[.!?]\s")
# "Margaret opens", "Ruth was": somebody may be named there, so a pronoun may mean them.
_NAMED = re.compile(
    r"(?:^|[.!?]\s)\W{0,12}(?!The|This|That|It|He|She|There|Here)([A-Z][a-z]+(?<!s))\s"
    r"(?:[a-z]+(?<!s)s|was|is|had|has)\b"
)


def _is_someone_unnamed(between: str, people: Sequence[Mention]) -> bool:
    return any(
        not any(m.start <= found.start(1) < m.end for m in people)
        for found in _NAMED.finditer(between)
    )


def _of_pronoun(
    heard: Heard, masked: Sequence[str], place: tuple[int, int], *, is_one: bool
) -> str:
    """One person, mentioned since the quotation before or quoted there; else nobody.

    From the part above, a pronoun is carried over by the first sentence only.
    """
    part, at = place
    is_first = at <= WINDOW and not _SENTENCE.search(masked[part][:at])
    near = heard.part == part or (heard.part == part - 1 and is_first)
    between = _between(heard, masked, place)
    people = [m for m in find_mentions(between) if m.sort != "pronoun"]
    if any(m.sort in ("other", "nobody") for m in people) or _is_someone_unnamed(between, people):
        return ""
    if is_one and any(m.plural for m in people if not is_object(m)):
        return ""
    if is_one and near and any(m.plural for m in find_mentions(heard.credit)):
        return ""
    names = {m.credit.casefold(): m.credit for m in people}
    if near and heard.credit:
        names.pop(heard.credit.casefold(), None)
        names = {n: c for n, c in names.items() if n not in heard.credit.casefold()}
        if not names:
            return heard.credit
    if near and not heard.credit and not names:
        return ""
    return next(iter(names.values())) if len(names) == 1 else ""


def _of_another(heard: Heard, masked: Sequence[str], place: tuple[int, int]) -> str:
    people = find_mentions(_between(heard, masked, place))
    several = [m for m in people if m.sort == "person" and m.plural]
    if several and " and " not in several[-1].credit:
        *rest, last = several[-1].credit.split()
        if rest and rest[0].lower() in ("several", "some", "many", "most", "two", "three", "four"):
            rest = rest[1:]
        role = " ".join([*rest, singular(last)])
        return role[:1].upper() + role[1:]
    return role_of(heard.credit) if _is_near(heard, place) else ""


def _is_near(heard: Heard, place: tuple[int, int]) -> bool:
    return place[0] - 1 <= heard.part <= place[0]


def _between(heard: Heard, masked: Sequence[str], place: tuple[int, int]) -> str:
    """What is said between the quotation before, or else the part above, and this place."""
    part, at = place
    if heard.part == part and heard.at <= at:
        return masked[part][max(heard.at, at - WINDOW) : at]
    here = masked[part][max(0, at - WINDOW) : at]
    if heard.part == part - 1:
        return f"{masked[part - 1][max(heard.at, len(masked[part - 1]) - WINDOW) :]}. {here}"
    if here.strip() or part == 0:
        return here
    above = masked[part - 1][-WINDOW:].rstrip()
    start, _ = sentence_before(above[:-1])
    return above[start:] if start < len(above) - 1 else above
