"""The methods section as sentences, each of which rests on a fact of the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from qualcode.analysis.pair_tables import counted, counted_kind
from qualcode.analysis.reporting.facts import StudyFacts
from qualcode.core.model import Kind, Role
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
        "emergent": "New codes could arise from {}.",
        "applied": "The codebook was then applied to {}, which could add no code to it.",
        "context": "For context only, and in no count, {} {} read.",
    }
    for role, sentence in told.items():
        kinds = facts.material.of_role(role)
        if kinds:
            all_of_them = listed(counted_kind(n, kind) for kind, n in kinds)
            yield sentence.format(all_of_them, _was(sum(n for _, n in kinds)))


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
    if people.again:
        more = f", {people.repeated} of these in more than one interview" if people.repeated else ""
        yield f"{people.again} of them {_was(people.again)} heard in more than one document{more}."
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
    yield from _counted(facts)
    if people.double:
        yield (
            f"{_begin(counted(people.double, 'document'))} {_was(people.double)} coded by two or "
            "more coders."
        )
    if facts.agreement and not facts.method.hides("agreement"):
        yield facts.agreement
    if work.decided or work.begun:
        yield (
            "The software offered passages whose words match the codes; of these suggestions a "
            f"person accepted {work.accepted:,}, gave another code in place of {work.changed:,}, "
            f"and rejected {work.rejected:,}; "
            f"{counted(work.by_hand, 'coding')} {_was(work.by_hand)} made without one."
        )
    else:
        yield "No suggestion of the software was used."
    if work.imported:
        taken = counted(work.imported, "coding")
        yield f"{_begin(taken)} {_was(work.imported)} taken in from a table."
    if work.stale:
        yield (
            f"{_begin(counted(work.stale, 'coding'))}, whose code or words changed later, "
            f"{_was(work.stale)} not yet read again."
        )


def _counted(facts: StudyFacts) -> Iterator[str]:
    """How many of the codings stand behind the tables, and why the others do not."""
    work = facts.work
    if not work.counted:
        return
    left = work.codings - work.counted
    passages = counted(work.passages, "coded passage")
    yield (
        f"The tables rest on {f'{work.counted:,} of these codings' if left else 'all of them'}, "
        f"{passages} (the same code and valence on the same words, whoever gave it)"
        + (
            f"; {left:,} {'is' if left == 1 else 'are'} not counted: the observer's comments, "
            "interviewers' turns, documents for context and unknown codes."
            if left
            else "."
        )
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
    yield from _origins(facts)
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


def _origins(facts: StudyFacts) -> Iterator[str]:
    """Which codes were brought to the material, and which arose from it."""
    scheme = facts.scheme
    if scheme.brought:
        yield f"{scheme.brought} of them {_was(scheme.brought)} brought to the material."
    if scheme.arose:
        born = listed(f"{n} in {KIND_NAMES[kind]}" for kind, n in scheme.born_in)
        yield f"{scheme.arose} of them arose as coding went on{f' ({born})' if born else ''}."
    if scheme.unplaced:
        n = counted(scheme.unplaced, "code")
        yield f"{_begin(n)} {_was(scheme.unplaced)} written into it by hand or taken in."
        yield author("say whether they came from the material or were brought to it")


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
    if work.steps:
        judged = (
            f", and each of {counted(work.decided, 'decision')} on suggestions with its coder and "
            "date"
            if work.decided
            else ""
        )
        yield (
            f"Every step is kept in a journal with its coder and date, and its reason where one "
            f"was given ({counted(work.steps, 'step')}){judged}; a quotation can be traced to its "
            "place in the source."
        )
    if record.all_memos:
        kinds = listed(f"{n} {_memo_word(kind, n)}" for kind, n in record.memos)
        yield f"Beside the codings, {kinds} {_was(record.all_memos)} written."
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

KIND_NAMES: Mapping[Kind, str] = {
    "interview notes": "interview notes",
    "transcript": "transcripts",
    "minutes": "minutes",
    "field notes": "field notes",
    "questionnaire": "questionnaires",
    "policy": "policies",
    "other": "other documents",
}
"""What documents of a kind are called, however many there are."""

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
