"""Names and initials: who of a list of people is meant, without silent guesses."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

# Ranks written in capitals are titles only as such: "DI Reyes", but "Di Reyes" is a person.
TITLE = (
    r"(?:(?:DI|DS|DC|DCI|DCS|DSU|DSupt|PC|PS|PCSO|CC|ACC|DCC|HHJ|Mr|Mrs|Ms|Miss|Mx|Mme|Dr|Prof|Professor"
    r"|Rev|Revd|Reverend|Fr|Cllr|Councillor|Sir|Dame|Lord|Lady|Hon|Judge|Sgt|Sergeant|Insp"
    r"|Inspector|Supt|Superintendent|Det|Detective|Capt|Captain|Col|Colonel|Maj|Major|Lt|Cdr"
    r"|Doctor|Nurse|Sister|Deputy|Senator|Rabbi|Imam|Canon|Ald|Alderman)\.?\s+)"
)
_TITLES = re.compile(rf"^{TITLE}+(?=\S)")
_POST_NOMINALS = re.compile(
    r"(?:,?\s+(?:OBE|MBE|CBE|KBE|QC|KC|JP|MP|MEP|MSP|BA|BSc|MSc|PhD|MD|DPhil|FRCP|RN|QPM|DL"
    r"|Jr|Sr)\.?)+$"
)
# fmt: off
_PARTICLES = frozenset({
    "al", "bin", "bint", "da", "das", "de", "del", "den", "der", "di", "dos", "du", "el", "la",
    "le", "san", "st", "ten", "ter", "van", "von", "y", "zu",
})
# fmt: on
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-](?=\w))*", re.UNICODE)
_CAPITALS = re.compile(r"[A-Z]{2,4}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be meant: `initials` only where the document itself gives them."""

    id: str
    name: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Who is meant by some words: nobody known, one person, or several that fit as well."""

    outcome: Literal["none", "one", "several"]
    ids: tuple[str, ...] = ()


NOBODY = Found("none")


def plain_name(name: str) -> str:
    """The name without titles, letters after it, dots and doubled spaces.

    >>> plain_name("DI C. Reyes")
    'C Reyes'
    """
    words = _TITLES.sub("", " ".join(name.split()))
    return " ".join(_POST_NOMINALS.sub("", words).replace(".", " ").split())


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, titles aside; particles ("de", "van") count as words."""
    return tuple(_WORD.findall(plain_name(name)))


def initials(name: str) -> str:
    """The initials of a name in capitals; titles and particles are passed over.

    A name that is written as initials gives these. Nothing that looks like a name gives "".

    >>> initials("DI Farah Siddiqui"), initials("M O'Neil"), initials("RL")
    ('FS', 'MO', 'RL')
    """
    words = name_words(name)
    if len(words) == 1 and _CAPITALS.fullmatch(words[0]):
        return words[0]
    return "".join(word[0].upper() for word in words if word not in _PARTICLES)


def all_initials(name: str) -> tuple[str, ...]:
    """Every way in which minutes shorten this name to two letters or more, the usual one first.

    With and without particles, with the parts of a hyphened name, without middle names.

    >>> all_initials("Chris de Almeida")
    ('CA', 'CDA')
    """
    words = name_words(name)
    parts = [part for word in words for part in word.split("-")]
    core = [word for word in words if word not in _PARTICLES] or list(words)
    ways = [
        initials(name),
        "".join(word[0] for word in words),
        "".join(part[0] for part in parts),
        "".join(word[0] for word in (core[:1] + core[-1:])),
    ]
    return tuple(dict.fromkeys(way.upper() for way in ways if len(way) > 1))


def name_forms(person: Person) -> tuple[str, ...]:
    """Every form under which a document may speak of this person."""
    words = name_words(person.name)
    if not words:
        return (person.name,) if person.name else ()
    forms = [plain_name(person.name), " ".join(words)]
    if len(words) > 1:
        forms += [words[-1], f"{words[0][0]} {words[-1]}", f"{words[0]} {words[-1]}"]
        if words[-2] in _PARTICLES:
            forms.append(f"{words[-2]} {words[-1]}")
        if len(words[0]) > 2:
            forms.append(words[0])
    forms += [person.initials] if person.initials else all_initials(person.name)
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))


@dataclass(frozen=True, slots=True)
class People:
    """The people of one document, found by any form of their names."""

    people: tuple[Person, ...]
    by_form: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, people: Iterable[Person]) -> People:
        """The index of these people; initials that a document gives go before worked-out ones."""
        held = tuple(people)
        given = {person.initials: person.id for person in held if person.initials}
        by_form: dict[str, list[str]] = {}
        for person in held:
            for form in name_forms(person):
                ids = by_form.setdefault(form, [])
                if given.get(form, person.id) == person.id and person.id not in ids:
                    ids.append(person.id)
        return cls(held, {form: tuple(ids) for form, ids in by_form.items() if ids})

    def find(self, words: str) -> Found:
        """Who is meant by a name, a surname, a first name or initials.

        >>> People.of([Person("MO", "M O'Neil"), Person("AK", "A Khan")]).find("DI O'Neil").ids
        ('MO',)
        """
        wanted = " ".join(words.replace("’", "'").split()).strip(" .,:;")
        for form in (wanted, plain_name(wanted)):
            ids = self.by_form.get(form) or self.by_form.get(form.replace("'", "’"))
            if ids:
                return Found("one" if len(ids) == 1 else "several", ids)
        return NOBODY


def speaker_ids(names: Sequence[str], given: Sequence[str] = ()) -> tuple[str, ...]:
    """A short id for each name, all different: initials where they are unique, else the name.

    Args:
        names: in the order of the document, all different.
        given: the initials that the document gives for each name, or "".

    >>> speaker_ids(["Alice Khan", "Adam Khan", "Sue"])
    ('alice-khan', 'adam-khan', 'sue')
    """
    short = [
        (given[at] if at < len(given) else "") or initials(name) for at, name in enumerate(names)
    ]
    often = Counter(short)
    ids: dict[str, None] = {}
    for name, letters in zip(names, short, strict=True):
        unique = len(letters) > 1 and often[letters] == 1
        wanted = letters if unique else slug(name) or "person"
        number = count(2)
        free = wanted
        while free in ids:
            free = f"{wanted}-{next(number)}"
        ids[free] = None
    return tuple(ids)


def slug(words: str) -> str:
    """The words in lower-case ASCII with hyphens between, or "".

    >>> slug("Nicolò Ribaudo")
    'nicolo-ribaudo'
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def same_person(one: str, other: str) -> bool:
    """Whether two spellings can be one person: same surname, first names that do not clash.

    "F Siddiqui" and "DI Farah Siddiqui" can; "Farah" and "Fatima Siddiqui" cannot. A single
    word is one person only with itself.

    >>> same_person("F Siddiqui", "DI Farah Siddiqui")
    True
    """
    mine, yours = (tuple(word.casefold() for word in name_words(n)) for n in (one, other))
    if not mine or not yours or mine[-1] != yours[-1]:
        return False
    if len(mine) == 1 or len(yours) == 1:
        return mine == yours
    first, second = mine[0], yours[0]
    shorter, longer = sorted((first, second), key=len)
    return first == second or (len(shorter) == 1 and longer.startswith(shorter))
