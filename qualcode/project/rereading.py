"""Reading codings again whose code, or whose words, are not what they were when they were made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from qualcode.analysis.stale import StaleCoding, find_stale
from qualcode.core.codebook import codes_by_id, meaning_of, resolve
from qualcode.core.model import Coding
from qualcode.core.problems import Problem
from qualcode.project.coding import Desk, Given
from qualcode.project.coding_views import Which, case_at, documents_meant, known_filters
from qualcode.project.memos import Passage, keep_note, note_beside
from qualcode.project.named import coder_id
from qualcode.project.reviewing import undo_last
from qualcode.project.study import Study
from qualcode.project.who import coder_name

_SAID = {"keep": "kept", "recode": "changed", "uncode": "removed"}


@dataclass(slots=True)
class Rereading:
    """Stale codings of one coder, one at a time; what was decided is on disk at once."""

    study: Study
    coder: str
    queue: tuple[StaleCoding, ...]
    at: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    _done: list[tuple[str, str]] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Codings that wait."""
        return len(self.queue) - self.at

    def current(self) -> StaleCoding | None:
        """The coding whose turn it is; None at the end."""
        return self.queue[self.at] if self.at < len(self.queue) else None

    def keep(self, coding: Coding, *, memo: str = "") -> None:
        """Leaves the coding, which holds from now on for its words and the code as they are."""
        desk = Desk.of(self.study, self.coder)
        meaning = meaning_of(codes_by_id(desk.codebook)[coding.code_id])
        said = replace(coding, meaning=meaning, codebook_version=desk.codebook.version, was="")
        held = {one.id for one in desk.held(coding.doc_id)}
        if coding.id in held:
            desk.put(coding, said)
        self._commit(desk, "keep", coding, memo)

    def change(self, coding: Coding, code_id: str, *, memo: str = "") -> None:
        """Puts another code in the place of the coding's; errors as `Desk.code`."""
        desk = Desk.of(self.study, self.coder)
        document = self.study.document(coding.doc_id)
        given = Given(
            code_id,
            strength=coding.strength,
            confidence=coding.confidence,
            # why another code was suggested is no reason for this one
            because=memo or ("" if coding.origin == "suggestion" else coding.evidence),
            origin=coding.origin,
        )
        made = desk.code(document, coding.span, given)
        if made.id != coding.id:
            self._off(desk, coding)
        self._commit(desk, "recode", coding, memo)

    def remove(self, coding: Coding, *, memo: str = "") -> None:
        """Takes the coding off."""
        desk = Desk.of(self.study, self.coder)
        self._off(desk, coding)
        self._commit(desk, "uncode", coding, memo)

    def skip(self, coding: Coding, *, memo: str = "") -> None:
        """Leaves the coding among those that wait; a memo is kept all the same."""
        self._step("skipped", self.keep_memo(coding, memo) if memo else "")

    def keep_memo(self, coding: Coding, memo: str) -> str:
        """Keeps a memo on the code of a coding, without a decision; the id of the step."""
        passage = Passage(self.coder, coding.quote, _target(coding))
        return keep_note(self.study.paths, f"code:{coding.code_id}", memo, passage)

    def undo(self) -> tuple[str, Problem | None]:
        """Takes back the last step of this session; see `reviewing.Session.undo`."""
        if not self._done:
            return "", None
        kind, decision = self._done[-1]
        what, wrong = undo_last(self.study, decision) if decision else ("skip", None)
        if wrong is None:
            self._done.pop()
            self.counts[kind] -= 1
            self.at -= 1
        return what, wrong

    def _off(self, desk: Desk, coding: Coding) -> None:
        held = {one.id: one for one in desk.held(coding.doc_id)}
        if coding.id in held:
            desk.uncode(held[coding.id])

    def _commit(self, desk: Desk, action: str, coding: Coding, memo: str) -> None:
        """Carries a decision out; what was typed with it becomes a memo on the code."""
        if memo:
            given = next((one.code_id for one in (*desk.added, *desk.changed)), coding.code_id)
            passage = Passage(self.coder, coding.quote, _target(coding))
            note_beside(desk.change, f"code:{given}", memo, passage)
        decision = desk.commit(action, target=_target(coding), because=memo)
        self._step(_SAID[action], decision.id if decision else "")

    def _step(self, kind: str, decision_id: str) -> None:
        self._done.append((kind, decision_id))
        self.counts[kind] += 1
        self.at += 1


def _target(coding: Coding) -> str:
    return f"{coding.doc_id} {coding.id}"


def open_rereading(study: Study, which: Which, *, limit: int | None = None) -> Rereading:
    """The stale codings of one coder that are meant, by code, then document and place.

    Raises:
        QualcodeError: NO_DOCUMENT, UNKNOWN_FILTER, BAD_CODING, or what is wrong with the
            codebook.
    """
    coder = coder_id(which.coder) or coder_name(study.paths)
    book, _ = study.cases()
    codebook = study.usable_codebook()
    which = known_filters(study, which, codebook)
    codings = [
        coding
        for document in documents_meant(study, which, book)
        for coding in study.codings(document.id)
        if coding.coder == coder
        and which.code in ("", coding.code_id, resolve(codebook, coding.code_id))
        and which.case in ("", case_at(document, coding.span.start))
    ]
    return Rereading(study, coder, find_stale(codebook, codings)[:limit])
