"""Names of people of the study as they may slip into a draft."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from qualcode.analysis.cases import CaseBook
from qualcode.core.model import Document

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Cllr|Sir|Dame|DI|DS|DCI|DC|PC|Sgt|Supt)\b\.?"
_TITLED = re.compile(rf"^(?:{_TITLE}\s*)+")
_INITIALS = re.compile(r"[A-Z]{2,3}")
_NO_NAME = re.compile(r"[A-Z]{0,3}\d*|.{1,2}")
_SURNAME = re.compile(r"[A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*")
# What is credited to an author, as "Hale (2014)", is a source and nobody in the study.
_CITED = r"(?!\s*[(,]?\s*\(?(?:19|20)\d\d\b|\s+et\s+al\b|\s+(?:and|&)\s+[A-Z]\w+\s*[(,])"
_ROLE_WORDS = frozenset(
    {"chair", "interviewer", "interviewee", "facilitator", "moderator", "speaker"}
    | {"participant", "respondent", "researcher", "observer", "secretary", "clerk"}
)


@dataclass(frozen=True, slots=True)
class Names:
    """Names by which people of the study can be known: in full, by surname, by initials."""

    full: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Each place of a name in a text and the name as it stands there, in order."""
        pattern = _pattern(self)
        if pattern is not None:
            yield from ((found.start(), found.group()) for found in pattern.finditer(text))


@lru_cache(maxsize=4)
def _pattern(names: Names) -> re.Pattern[str] | None:
    """The longest form first, so that each place is found once."""
    forms = [_any(names.full), _any(names.initials)]
    surname = _any(names.surnames)
    if surname:
        called = rf"(?:{_TITLE}\s+(?:[A-Z]\.?\s*)?|(?:[A-Z]\.\s*)+|[A-Z]\s+)"
        forms.insert(1, rf"{called}(?:{surname})|(?:{surname}){_CITED}")
    held = "|".join(form for form in forms if form)
    return re.compile(rf"(?<!\w)(?:{held})(?!\w)") if held else None


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda one: (-len(one), one)))


def names_of(documents: Iterable[Document], book: CaseBook, ordinary: Collection[str]) -> Names:
    """The names of everybody in the study but its researchers; roles are left out.

    Args:
        ordinary: words that the texts write small; none of them is a surname by itself.
    """
    given = {name for case in book.cases for name in (case.name, *case.aliases)}
    for document in documents:
        given.update(one.name for one in document.speakers if not one.is_researcher)
        given.update(one.name for one in document.attendance)
    full = {name for name in given if _is_name(name)}
    surnames = {found for name in full if (found := _surname(name))}
    aliases = {alias for case in book.cases for alias in case.aliases}
    return Names(
        full=tuple(sorted(full)),
        surnames=tuple(sorted(one for one in surnames if one.casefold() not in ordinary)),
        initials=tuple(sorted(one for one in aliases if _INITIALS.fullmatch(one))),
    )


def _is_name(name: str) -> bool:
    is_role = bool(_ROLE_WORDS & set(name.casefold().split()))
    return name[:1].isupper() and not is_role and not _NO_NAME.fullmatch(name)


def _surname(name: str) -> str:
    """The last word of a name of two words or more, or of one with a title; else ""."""
    bare = _TITLED.sub("", name)
    words = bare.split()
    is_alone = len(words) < 2 and bare == name
    return words[-1] if words and not is_alone and _SURNAME.fullmatch(words[-1]) else ""
