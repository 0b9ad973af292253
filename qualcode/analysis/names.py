"""Names of people in texts, found as whole words, so that a page need not print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qualcode.analysis.cases import TITLE, TITLES, CaseBook, plain_name
from qualcode.core.model import Case, CodedSegment, Document, Span

SOMEBODY = "[name]"
"""Stands for a full name that is no case's, or that of several."""
MOST_INITIALS = 3
_LONGEST = 100
"""Letters of a name with its title at most."""
_HONORIFIC = rf"(?:{TITLES})\.?\s+"


@dataclass(frozen=True, slots=True)
class Names:
    """Full names and what stands for each: "[P07]" for a case, "[name]" for anybody else.

    Initials stay: in a text they are told from other words by nobody but its reader.
    """

    ways: Mapping[str, tuple[str, ...]]
    told: Mapping[str, str]

    @classmethod
    def of(
        cls, book: CaseBook, documents: Iterable[Document] = (), *, texts: Iterable[str] = ()
    ) -> Names:
        """The names of all cases, and of whoever the minutes among the documents list.

        With texts, first or last names alone are among them where one person has them and
        no text has them as a word in small letters ("dean").
        """
        told: dict[str, str] = {}
        ways: dict[str, dict[str, None]] = {}
        for name, case_id in _named(book, documents):
            for way, plain in _ways(name):
                ways.setdefault(_WORD.findall(name)[-1].casefold(), {})[way] = None
                instead = f"[{case_id}]" if case_id else SOMEBODY
                told[plain] = instead if told.get(plain, instead) == instead else SOMEBODY
        for word, case_id in _single(book, texts):
            ways.setdefault(word.casefold(), {})[re.escape(word)] = None
            told[plain_name(word)] = f"[{case_id}]"
        return cls({last: tuple(held) for last, held in ways.items()}, told)

    def found(self, text: str) -> Iterator[tuple[Span, str]]:
        """Where full names stand, in order, and what stands for each."""
        last: tuple[Span, str] | None = None
        for word in _WORD.finditer(text) if self.ways else ():
            ways, end = self.ways.get(word.group().casefold()), word.end()
            if not ways or text[end : end + 1].isalnum():
                continue
            match = _ending(ways).search(text, max(0, end - _LONGEST), end)
            if match is None:
                continue
            span = Span(*match.span())
            if last is not None and last[0].end <= span.start:
                yield last
            last = span, self.told.get(plain_name(match.group()), SOMEBODY)
        if last is not None:
            yield last

    def hides(self, text: str) -> bool:
        """Whether a full name stands in the text."""
        return any(True for _ in self.found(text))

    def hidden(self, text: str) -> str:
        """The text without full names.

        >>> names = Names.of(CaseBook.of([Case("P07", "Ruth Bellamy", aliases=("RB",))]))
        >>> names.hidden("RB, or Mrs Bellamy, or R. Bellamy: Ruth Bellamy's way")
        "RB, or [P07], or [P07]: [P07]'s way"
        """
        return without_names(text, Span(0, len(text)), tuple(self.found(text)))


@lru_cache(maxsize=4096)
def _ending(ways: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the longest of these names that ends where the search does."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})\Z")


def told_by_case(coded: CodedSegment, names: Names) -> CodedSegment:
    """A coded segment whose quotation has no full names."""
    quote = names.hidden(coded.quote)
    return coded if quote == coded.quote else replace(coded, quote=quote)


def without_names(text: str, span: Span, found: Sequence[tuple[Span, str]]) -> str:
    """A stretch of a text without the names found in it; one cut in two is told where it begins."""
    parts: list[str] = []
    at = span.start
    for name, instead in found:
        if name.end <= span.start or name.start >= span.end:
            continue
        parts.append(text[at : max(at, name.start)])
        if name.start >= span.start:
            parts.append(instead)
        at = min(name.end, span.end)
    return "".join((*parts, text[at : span.end]))


@lru_cache(maxsize=1024)
def any_name(case: Case) -> re.Pattern[str] | None:
    """Finds a case by any name: initials, its id, and first or last name alone as well."""
    ways = {way: None for name in (case.name, *case.aliases) for way, _ in _ways(name)}
    short = [case.id] if any(map(str.isdigit, case.id)) or case.id != case.id.lower() else []
    short += [one for one in (case.name, *case.aliases) if len(one.split()) == 1]
    for one in (case.name, *(alias for alias in case.aliases if len(alias.split()) > 1)):
        bare = re.sub(rf"\b{_HONORIFIC}", "", one, flags=re.IGNORECASE)
        short += [
            word for word in bare.split() if len(word) >= MOST_INITIALS and word[:1].isupper()
        ]
    return whole_words({**ways, **{re.escape(one): None for one in short}})


@lru_cache(maxsize=1024)
def words_of_names(case: Case) -> frozenset[str]:
    """Every word of the names and the id of a case, in small letters: one is in each mention."""
    return words_in(" ".join((case.id, case.name, *case.aliases)))


def words_in(text: str) -> frozenset[str]:
    """The words and numbers of a text, in small letters."""
    return frozenset(_TOKEN.findall(text.casefold()))


def whole_words(ways: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of these patterns where it is no part of a word; None without any."""
    held = sorted(ways, key=lambda way: (-len(way), way))
    return re.compile(rf"(?<!\w)(?:{'|'.join(held)})(?!\w)") if held else None


def _named(book: CaseBook, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Every name with its case's id, "" where it is nobody's."""
    for case in book.cases:
        for name in (case.name, *case.aliases):
            yield name, case.id
    for document in documents:
        for one in document.attendance:
            if len(one.name.split()) > 1 and not book.knows(one.name):
                yield one.name, one.case_id or ""


_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+")
_PERSONAL = frozenset({"role", "profession", "job title", "gender", "age"})


def small_words(book: CaseBook, texts: Iterable[str]) -> tuple[str, ...]:
    """What texts can say of first and last names in a study, for `Names.of` in their place.

    These are words in small letters: those that could be such a name, and one of the others.
    """
    names = {word.lower() for word in _held(book)}
    small = _small(texts) if names else set()
    return tuple(sorted((small & names) | set(sorted(small)[:1])))


def _small(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text) if word.islower()}


def _single(book: CaseBook, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """First and last names that mean one person, with the id of the case."""
    held = _held(book)
    small = _small(texts) if held else ()
    for word, case_ids in sorted(held.items()) if small else ():
        if len(case_ids) == 1 and word.lower() not in small:
            yield word, min(case_ids)


def _held(book: CaseBook) -> dict[str, set[str]]:
    """First and last names of people, with the ids of their cases."""
    held: dict[str, set[str]] = {}
    for case in book.cases:
        is_person = any(one.key.casefold() in _PERSONAL for one in case.attributes)
        words = TITLE.sub("", case.name).split() if is_person else []
        for word in words if len(words) > 1 else ():
            if len(word) >= MOST_INITIALS and word[:1].isupper() and word.isalpha():
                held.setdefault(word, set()).add(case.id)
    return held


def _ways(name: str) -> Iterator[tuple[str, str]]:
    """The patterns of a full name with what `plain_name` makes of them; none for initials."""
    bare = re.sub(rf"^\s*{_HONORIFIC}", "", name, flags=re.IGNORECASE).strip()
    words = [word for word in bare.replace(".", " ").split() if word]
    if not words or any(map(str.isdigit, bare)):
        return
    parts = [re.escape(word).replace("'", "['’]") for word in words]
    if len(words) > 1:
        initial = rf"{re.escape(words[0][0])}\.?\s+{parts[-1]}"
        whole = r"\.?\s+".join(parts)
        yield rf"(?i:(?:{_HONORIFIC})?{whole})", plain_name(" ".join(words))
        yield rf"(?i:(?:{_HONORIFIC})?{initial})", plain_name(f"{words[0][0]} {words[-1]}")
    elif bare == name.strip():
        if not (len(bare) <= MOST_INITIALS and bare.isupper()):
            yield rf"(?:{parts[0]}|{parts[0].upper()})", plain_name(bare)
        return
    yield rf"(?i:{_HONORIFIC}{parts[-1]})", plain_name(words[-1])
