"""Codes that no interview question elicited: what came up by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.likeness import Stem, terms_of
from qualcode.analysis.matching import Matcher, WordForms
from qualcode.core.cues import CueError, CueRule, parse_cue
from qualcode.core.model import Code, Codebook


@dataclass(frozen=True, slots=True)
class Unasked:
    """How far the questions asked for a code.

    `asked` of the `under` segments that stand under a question stand under one that mentions
    the code; `elsewhere` stand where nobody asks (meetings, field notes). `words` are those
    that the questions and the code share.
    """

    code: Code
    asked: int
    under: int
    elsewhere: int
    words: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def came_unasked(self) -> bool:
        """Whether it was said under questions, and no question mentioned it."""
        return self.under > 0 and self.asked == 0


def find_unasked(
    codebook: Codebook, incidents: Sequence[Incident], stem: Stem, forms: WordForms
) -> tuple[Unasked, ...]:
    """For every code that is given: which of its segments a question asked for.

    A question mentions a code when it holds one of its cues or a word of its name, in any form.
    Codes that came up unasked come first, those with most segments before the others.
    """
    held: defaultdict[str, dict[tuple[str, int, int], Incident]] = defaultdict(dict)
    for one in sorted(incidents, key=lambda incident: incident.order):
        if one.coded.role != "context" and one.coded.voice != "observer":
            held[one.coded.code_id].setdefault(one.place, one)
    mentions = _Mentions(codebook, stem, forms)
    found = [
        _unasked(code, tuple(held[code.id].values()), mentions)
        for code in codebook.codes
        if held.get(code.id)
    ]
    return tuple(sorted(found, key=lambda one: (not one.came_unasked, -one.under, one.code.id)))


def _unasked(code: Code, held: Sequence[Incident], mentions: _Mentions) -> Unasked:
    asked = 0
    words: set[str] = set()
    questions: set[str] = set()
    under = [one for one in held if one.question]
    for one in under:
        shared = mentions.find(one.question).get(code.id)
        if shared:
            asked += 1
            words |= shared
            questions.add(one.question)
    return Unasked(
        code,
        asked,
        len(under),
        len(held) - len(under),
        tuple(sorted(words)),
        tuple(sorted(questions)),
    )


class _Mentions:
    """Which codes a question mentions, and by which words; each question is read once."""

    def __init__(self, codebook: Codebook, stem: Stem, forms: WordForms) -> None:
        self._stem = stem
        self._names = {code.id: frozenset(terms_of(code.name, stem)) for code in codebook.codes}
        self._owners: list[str] = []
        rules: list[CueRule] = []
        for code in codebook.codes:
            for cue in code.cues:
                try:
                    rules.append(parse_cue(cue))
                except CueError:
                    continue
                self._owners.append(code.id)
        self._matcher = Matcher(rules, forms)
        self._known: dict[str, dict[str, set[str]]] = {}

    def find(self, question: str) -> dict[str, set[str]]:
        """The words that mention each code, under the id of the code."""
        if question not in self._known:
            self._known[question] = self._read(question)
        return self._known[question]

    def _read(self, question: str) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for hit in self._matcher.find(question):
            found[self._owners[hit.rule]].add(question[hit.start : hit.end].lower())
        terms = terms_of(question, self._stem)
        for code_id, name in self._names.items():
            if shared := name.intersection(terms):
                found[code_id] |= shared
        return dict(found)
