"""Talk time: who takes how many turns and words, by speaker and by attribute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.analysis.cases import participant_key
from qualcode.analysis.layouts.talk.roles import is_unknown
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.words import of
from qualcode.core.model import Document, Kind
from qualcode.core.table import Column, Table
from qualcode.core.text import count_words

SHOWN: tuple[Kind, ...] = ("transcript",)
"""Kinds in which everybody's words stand as they were said."""
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Talker:
    """Somebody who speaks: turns and words over all documents; `doc_ids` says in which."""

    key: str
    name: str
    is_researcher: bool
    turns: int
    words: int
    doc_ids: tuple[str, ...]

    @property
    def is_nobody(self) -> bool:
        """Whether the label stands for anybody ("Unknown Speaker"), and no case is behind it."""
        return ":" in self.key and is_unknown(self.name)


def talkers_of(documents: Iterable[Document], kinds: Sequence[Kind] = SHOWN) -> tuple[Talker, ...]:
    """Everybody who speaks in documents of these kinds, most words first.

    Words of the researcher's own comments inside a turn are not the speaker's. A person who is
    a case is one over all documents.
    """
    found: dict[str, Talker] = {}
    for document in documents:
        if document.kind not in kinds or document.role == "context":
            continue
        speakers = {speaker.id: speaker for speaker in document.speakers}
        aside = [p.span for p in document.passages if p.voice == "observer"]
        for unit in document.units:
            speaker = speakers.get(unit.speaker_id or "")
            if speaker is None:
                continue
            key = participant_key(document, speaker) or f"{document.id}:{speaker.id}"
            own = found.get(key, Talker(key, speaker.name, speaker.is_researcher, 0, 0, ()))
            start, end = unit.span.start, unit.span.end
            said = count_words(document.text[start:end]) - sum(
                count_words(document.text[max(one.start, start) : min(one.end, end)])
                for one in aside
                if one.start < end and start < one.end
            )
            found[key] = Talker(
                key,
                own.name,
                own.is_researcher,
                own.turns + 1,
                own.words + said,
                own.doc_ids if document.id in own.doc_ids else (*own.doc_ids, document.id),
            )
    return tuple(sorted(found.values(), key=lambda one: (-one.words, one.key)))


def talk_tables(
    talkers: Sequence[Talker], traits: dict[str, str], *, by: str, kinds: Sequence[Kind] = SHOWN
) -> tuple[Table, Table]:
    """Talk time by speaker, then by an attribute; `traits` gives its value by speaker's key."""
    aside = sum(one.turns for one in talkers if one.is_nobody)
    talkers = [one for one in talkers if not one.is_nobody]
    turns, words = (sum(one.turns for one in talkers), sum(one.words for one in talkers))
    rows = tuple(
        (
            (_shown(one),),
            (_value(one, traits),),
            (of(one.turns, turns),),
            (of(one.words, words),),
            (f"{one.words / one.turns:.0f}",),
            (str(len(one.doc_ids)),),
        )
        for one in talkers
    )
    columns = (
        Column("speaker", "Speaker"),
        Column("value", by.capitalize()),
        *_MEASURES,
        Column("documents", "Documents", "documents"),
    )
    notes = (
        f"{counted(words, 'word')} in {counted(turns, 'turn')} of {', '.join(kinds)}; observers' "
        "comments are not counted. A speaker who is a case has its id; others the name or label "
        "of the document: look before you print.",
        *((f"{counted(aside, 'turn')} of speakers who are not known left out.",) if aside else ()),
    )
    first = Table("talk_time", "Talk time by speaker", columns, rows, notes)
    return first, _by_attribute(talkers, traits, by)


_MEASURES = (
    Column("turns", "Turns (n of N)", "turns"),
    Column("words", "Words (n of N)", "words"),
    Column("per_turn", "Words a turn", "words"),
)


def _by_attribute(talkers: Sequence[Talker], traits: dict[str, str], by: str) -> Table:
    heard = [one for one in talkers if not one.is_researcher]
    turns, words = (sum(one.turns for one in heard), sum(one.words for one in heard))
    groups = sorted({_value(one, traits) for one in heard}, key=lambda g: (g == NOT_KNOWN, g))
    rows = []
    for group in groups:
        own = [one for one in heard if _value(one, traits) == group]
        n_turns, n_words = sum(one.turns for one in own), sum(one.words for one in own)
        rows.append(
            (
                (group,),
                (of(len(own), len(heard)),),
                (of(n_turns, turns),),
                (of(n_words, words),),
                (f"{n_words / n_turns:.0f}",),
            )
        )
    columns = (
        Column("value", by.capitalize()),
        Column("people", "Speakers (n of N)", "people"),
        *_MEASURES,
    )
    notes = (
        "Researchers left out. A group dominates where its share of words is well above its "
        "share of speakers.",
    )
    return Table("talk_groups", f"Talk time by {by}", columns, tuple(rows), notes)


def _shown(one: Talker) -> str:
    name = one.name if ":" in one.key else one.key
    return f"{name} (researcher)" if one.is_researcher else name


def _value(one: Talker, traits: dict[str, str]) -> str:
    return "-" if one.is_researcher else traits.get(one.key) or NOT_KNOWN
