"""A findings section to fill in: headings, claims to be written, lead-ins, quotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.pages.values import CodePage, Shown

CLAIM = "[claim to be written]"


@dataclass(frozen=True, slots=True)
class Passage:
    """One quotation with the words that lead up to it."""

    lead_in: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Section:
    """One heading, its level from 1, the claim to be written, what it rests on, quotations."""

    level: int
    heading: str
    claim: str
    rests_on: str
    passages: tuple[Passage, ...]


def scaffold_sections(
    pages: Sequence[CodePage], exemplars: Mapping[str, Sequence[Shown]]
) -> Iterator[Section]:
    """A section for every category or theme and every code, in the hierarchy of the codebook.

    Codes without evidence have none, unless there are codes below them.
    """
    spoken = {page.number for page in pages if exemplars.get(page.code.id)}
    for page in pages:
        below = any(number.startswith(f"{page.number}.") for number in spoken)
        if page.number not in spoken and not below:
            continue
        quotes = exemplars.get(page.code.id, ())
        yield Section(
            level=page.number.count(".") + 1,
            heading=page.code.name,
            claim=CLAIM,
            rests_on="; ".join(page.counts),
            passages=tuple(Passage(lead_in(one, at), one) for at, one in enumerate(quotes)),
        )


def lead_in(one: Shown, place: int) -> str:
    """Words that lead up to a quotation: who speaks, and whether these are their own words.

    They say nothing of what the quotation means; that is the author's.
    """
    who = one.credit.split(";")[0]
    who = who[:1].lower() + who[1:]
    if who.startswith(one.kind):
        beginning, article = "in", "the" if one.kind in _MANY else _article(who)
    else:
        beginning, article = "in the words of" if one.is_verbatim else "as noted of", _article(who)
    words = f"{beginning} {article} {who}:"
    return f"And {words}" if place else words[:1].upper() + words[1:]


_MANY = ("minutes", "field notes", "interview notes")


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"


def scaffold_markdown(title: str, notes: Sequence[str], sections: Sequence[Section]) -> str:
    """The sections as Markdown; a quotation is a block quotation with its credit."""
    lines = [f"# {title}", "", *(f"{note}\n" for note in notes)]
    for section in sections:
        lines += [f"{'#' * (section.level + 1)} {section.heading}", "", section.claim, ""]
        lines += [f"<!-- {section.rests_on} -->", ""]
        for passage in section.passages:
            lines += [passage.lead_in, "", f"> {quotation(passage.shown)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def quotation(one: Shown) -> str:
    """The quotation with its credit and place; marks only around somebody's own words."""
    words = f"“{one.quote}”" if one.is_verbatim else one.quote
    ask = "; ask before printing" if one.must_ask else ""
    return f"{words} ({one.credit}) [{one.doc_id}, {one.place}{ask}]"
