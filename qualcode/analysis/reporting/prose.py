"""The methods section as sentences, each of which rests on a fact of the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from qualcode.analysis.pair_tables import counted, counted_kind
from qualcode.analysis.reporting.facts import StudyFacts
from qualcode.core.model import Role
from qualcode.core.text import spoken_date

AUTHOR = "AUTHOR"
"""Begins whatever the study does not know and only its author can say."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of the methods section, under its heading."""

    heading: str
    sentences: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether any of it is known."""
        return any(not one.startswith(f"[{AUTHOR}") for one in self.sentences)


Sentences = Callable[[StudyFacts], Iterator[str]]


def author(what: str) -> str:
    """A place for the author to fill.

    >>> author("say who interviewed")
    '[AUTHOR: say who interviewed.]'
    """
    return f"[{AUTHOR}: {what}.]"


def listed(parts: Iterable[str]) -> str:
    """Parts as an English list.

    >>> listed(["two interviews", "one meeting", "a report"])
    'two interviews, one meeting and a report'
    """
    held = list(parts)
    return " and ".join([", ".join(held[:-1]), held[-1]]) if len(held) > 1 else "".join(held)


def methods_parts(facts: StudyFacts) -> tuple[Part, ...]:
    """The methods section; a paragraph for each thing that a reader looks for, in order."""
    return tuple(Part(heading, tuple(said(facts))) for heading, said in _PARTS)


def _design(facts: StudyFacts) -> Iterator[str]:
    if facts.question:
        yield f'The study asked: "{facts.question}"'
    else:
        yield author("state the research question (`question` in qualcode.yaml)")
    yield f"The material was analysed by {facts.method.name}."
    yield author("say why this method suits the question, and cite it")


def _material(facts: StudyFacts) -> Iterator[str]:
    material = facts.material
    if not material.total:
        yield author("describe the material; the project holds no documents yet")
        return
    kinds = listed(counted_kind(n, kind) for kind, _, n in material.documents)
    yield (
        f"The material consists of {counted(material.total, 'document')} "
        f"({kinds}; about {material.words:,} words)."
    )
    if material.first:
        span = (
            f"from {spoken_date(material.first)} to {spoken_date(material.last)}"
            if material.first != material.last
            else f"of {spoken_date(material.first)}"
        )
        undated = f"; {counted(material.undated, 'document')} without a date"
        yield f"Dated documents are {span}{undated if material.undated else ''}."
    notes = material.of_kind("interview notes")
    if notes:
        interviews = counted(notes, "interview")
        yield f"{_begin(interviews)} {_was(notes)} taken as notes and not recorded."
    yield from _roles(facts)
    yield author("say how, where and by whom the material was collected, and how it was sampled")


def _roles(facts: StudyFacts) -> Iterator[str]:
    told: dict[Role, str] = {
        "emergent": "Codes were allowed to emerge from {}.",
        "applied": "The codebook that had emerged was then applied to {}.",
        "context": "For context only, and in no count, were read {}.",
    }
    for role, sentence in told.items():
        kinds = facts.material.of_role(role)
        if kinds:
            yield sentence.format(listed(counted_kind(n, kind) for kind, n in kinds))


def _people(facts: StudyFacts) -> Iterator[str]:
    people = facts.people
    if not people.heard:
        yield author("describe the participants; nobody is known by name or role yet")
        return
    yield f"{_begin(counted(people.heard, 'participant'))} {_was(people.heard)} heard."
    if people.traits:
        traits = listed(
            f"{name} ({counted(values, 'value')}, known for {n})"
            for name, values, n in people.traits
        )
        yield f"They are described by {traits}."
    if people.repeated:
        yield f"{people.repeated} of them {_was(people.repeated)} heard more than once."
    yield author(
        "say how participants were approached, who declined and why, and what consent covers"
    )


def _coding(facts: StudyFacts) -> Iterator[str]:
    work, people = facts.work, facts.people
    if not work.codings:
        yield author("describe the coding; nothing is coded yet")
        return
    who = "One coder" if len(people.coders) == 1 else _begin(f"{len(people.coders)} coders")
    yield (
        f"{who} made {counted(work.codings, 'coding')} on {counted(work.segments, 'segment')} "
        f"of {counted(work.documents, 'document')}."
    )
    if people.double:
        yield (
            f"{_begin(counted(people.double, 'document'))} {_was(people.double)} coded by two or "
            "more coders."
        )
    if facts.agreement and not facts.method.hides("agreement"):
        yield facts.agreement
    if work.accepted or work.rejected:
        yield (
            "The software offered passages whose words match the codes; a person accepted "
            f"{work.accepted:,} and rejected {work.rejected:,} of these suggestions and made "
            f"{counted(work.by_hand, 'coding')} without one."
        )
    else:
        yield "No suggestion of the software was used."
    if work.imported:
        taken = counted(work.imported, "coding")
        yield f"{_begin(taken)} {_was(work.imported)} taken in from a table."
    if work.stale:
        yield (
            f"{_begin(counted(work.stale, 'coding'))} made under an earlier definition "
            f"{_was(work.stale)} not yet read again."
        )


def _codebook(facts: StudyFacts) -> Iterator[str]:
    scheme = facts.scheme
    if not scheme.codes:
        yield author("describe the codebook; it has no code yet")
        return
    words = facts.method
    yield (
        f"The {words.word('codebook')} ({scheme.edition}) has {counted(scheme.codes, 'code')} in "
        f"use, {scheme.defined} of them defined."
    )
    if scheme.raised:
        group = counted(scheme.raised, words.word("category"), words.word("categories"))
        yield f"Above them {'stands' if scheme.raised == 1 else 'stand'} {group}."
    if scheme.born_in:
        born = listed(f"{n} in {kind}" for kind, n in scheme.born_in)
        yield f"By the document in which a code was first used, they arose: {born}."
    if scheme.in_vivo:
        yield f"{_begin(counted(scheme.in_vivo, 'code'))} kept the participants' own words."
    changes = [
        f"{counted(n, 'code')} {_was(n)} {verb}"
        for n, verb in (
            (scheme.merged, "merged into another"),
            (scheme.split, "split"),
            (scheme.retired, "retired"),
        )
        if n
    ]
    if changes:
        yield f"As reading went on, {listed(changes)}."
    if scheme.versions:
        yield (
            f"All {counted(scheme.versions, 'version')} of it are kept."
            if (scheme.versions > 1)
            else "Its first version is kept."
        )


def _comparison(facts: StudyFacts) -> Iterator[str]:
    scheme, words = facts.scheme, facts.method
    if scheme.rows:
        lenses = f", observed through the lenses {listed(scheme.lenses)}" if scheme.lenses else ""
        yield (
            f"Obstacles and catalysts were paired in {counted(scheme.rows, 'row')} with "
            f"{counted(scheme.catalysts, 'catalyst')}{lenses}; {scheme.contested} "
            f"{_was(scheme.contested)} contested, with evidence both ways."
        )
    if facts.saturation and not words.hides("saturation"):
        yield facts.saturation
    else:
        yield author("say how sampling and analysis were brought to an end")


def _rigour(facts: StudyFacts) -> Iterator[str]:
    record, work = facts.record, facts.work
    if work.decisions:
        yield (
            f"Every decision is kept in a journal with its author, date and reason "
            f"({counted(work.decisions, 'decision')}); a quotation can be traced to its place in "
            "the source."
        )
    if record.all_memos:
        kinds = listed(f"{n} {_memo_word(kind, n)}" for kind, n in record.memos)
        yield f"Beside the codings were written {kinds}."
    if record.protocol_items:
        yield (
            f"A protocol of {counted(record.protocol_items, 'item')} was put to the documents; "
            f"{counted(record.unanswered, 'answer')} "
            f"{'is' if record.unanswered == 1 else 'are'} missing."
        )
    yield author("say whether participants saw their quotations or the findings")


def _data(facts: StudyFacts) -> Iterator[str]:
    yield (
        f"Coding and tables were done with {facts.software}, which works on this computer alone "
        "and sends nothing anywhere."
    )
    yield author("say where the data are kept, who can read them, and for how long")


_PARTS: tuple[tuple[str, Sentences], ...] = (
    ("Question and design", _design),
    ("Material", _material),
    ("Participants", _people),
    ("Coding", _coding),
    ("Codebook", _codebook),
    ("Comparison and tables", _comparison),
    ("Rigour", _rigour),
    ("Software and data", _data),
)

_MEMOS = {
    "memo": "memo",
    "question": "question",
    "reflexive": "reflexive memo",
    "surprise": "surprise",
}


def _memo_word(kind: str, n: int) -> str:
    word = _MEMOS.get(kind, kind)
    return word if n == 1 else f"{word}s"


def _was(n: int) -> str:
    return "was" if n == 1 else "were"


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]
