"""Reviewing suggestions: one at a time, each decision a step of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qualcode.analysis.find_span import unit_ref
from qualcode.analysis.review_context import context_of, nearest_quote, speaker_at
from qualcode.analysis.review_queue import (
    Review,
    Verdict,
    uncoded_key,
    words_key,
)
from qualcode.core.codebook import codes_by_id
from qualcode.core.model import Code, Document, Span, Suggestion
from qualcode.core.problems import P, Problem, problem
from qualcode.core.text import where_in_original
from qualcode.project.coding import Coded, Desk, Given
from qualcode.project.coding_views import Which
from qualcode.project.deciding import steps, undo
from qualcode.project.in_vivo import id_from
from qualcode.project.memos import Passage, keep_note, note_beside
from qualcode.project.review_draft import Draft, Shown
from qualcode.project.study import Study
from qualcode.project.waiting import Waiting, find_waiting
from qualcode.store.review_files import (
    load_reviews,
    load_skipped,
    review_path,
    reviews_data,
    save_skipped,
)

LEARN_AFTER = 5
"""Decisions of a review after which suggestions are learnt anew, where that is a twentieth."""
# what a reason says where it names quotations itself
_LIKE, _REJECTED = 'like "', ", rejected"


@dataclass(frozen=True, slots=True)
class _Done:
    """One step of this session: what it closed, its decision, and the quotations it added to."""

    kind: str
    closed: tuple[int, ...]
    decision: str = ""
    skip: str = ""
    quotes: list[str] | None = None


@dataclass(slots=True)
class Session:
    """A review in progress; what was decided is on disk at once."""

    study: Study
    coder: str
    queue: tuple[Suggestion, ...]
    waiting: Waiting
    counts: Counter[str] = field(default_factory=Counter)
    _closed: set[int] = field(default_factory=set)
    _done: list[_Done] = field(default_factory=list)
    _skipped: list[str] = field(default_factory=list)
    _news: list[str] = field(default_factory=list)
    _document: Document | None = None

    @property
    def left(self) -> int:
        """Suggestions that wait to be decided on in this session."""
        return len(self.queue) - len(self._closed)

    def _at(self) -> int | None:
        return next((n for n in range(len(self.queue)) if n not in self._closed), None)

    def current(self) -> Shown | None:
        """The suggestion whose turn it is; None at the end.

        What was decided so far is learnt first, once it is enough to make a difference.
        """
        if len(self._news) >= max(LEARN_AFTER, self.waiting.n_reviewed // 20):
            self._learn()
        at = self._at()
        if at is None:
            return None
        one = self.queue[at]
        if self._document is None or self._document.id != one.doc_id:
            book, _ = self.study.cases()
            self._document = self.study.document(one.doc_id, book)
        return self._shown(one, self._document)

    def _learn(self) -> None:
        """Weighs what is still open again; what was decided stays where undo finds it."""
        open_ones = [one for _, one in self._open()]
        self.waiting.learn(self._news)
        self._news.clear()
        again = self.waiting.in_turn(self.waiting.again(open_ones))
        before = sorted(self._closed)
        fresh = _skipped_last(self.study, self.coder, again)[: len(open_ones)]
        self.queue = (*(self.queue[n] for n in before), *fresh)
        places = {n: place for place, n in enumerate(before)}
        self._closed = set(places.values())
        self._done = [replace(d, closed=tuple(places[n] for n in d.closed)) for d in self._done]

    def _shown(self, one: Suggestion, document: Document) -> Shown:
        code = codes_by_id(self.study.codebook().codebook).get(one.code_id)
        quote = document.text[one.span.start : one.span.end]
        before, behind = context_of(document, one.span)
        accepted = self.waiting.accepted.get(one.code_id, ())
        rejected = self.waiting.rejected.get(one.code_id, ())
        return Shown(
            suggestion=one,
            document=document,
            draft=Draft(one.code_id, one.span, one.valence, one.lenses),
            unit=unit_ref(document, one.span.start),
            speaker=speaker_at(document, one.span.start),
            where=where_in_original(document.marks, one.span.start),
            before=before,
            quote=quote,
            behind=behind,
            code_name=code.name if code else one.code_id,
            definition=code.definition if code else "",
            accepted="" if _LIKE in one.why else nearest_quote(quote, accepted),
            rejected="" if _REJECTED in one.why else nearest_quote(quote, rejected),
            measure=self.waiting.ready.measure(one.code_id),
        )

    def accept(self, shown: Shown, draft: Draft) -> Coded:
        """Makes a coding of the suggestion as the draft has it.

        Where another code was put in its place, the suggestion itself counts as rejected.

        Raises:
            QualcodeError: as `Desk.code`; nothing has changed then.
        """
        one = shown.suggestion
        desk = Desk.of(self.study, self.coder)
        if draft.new_code is not None:
            desk.add_code(draft.new_code)
        is_other = draft.code_id != one.code_id
        why = f'in place of "{one.code_id}", which was offered' if is_other else one.why
        evidence = f"{why}; {draft.memo}" if draft.memo else why
        given = Given(
            draft.code_id, draft.valence, lenses=draft.lenses, because=evidence, origin="suggestion"
        )
        coding = desk.code(shown.document, draft.span, given)
        verdict: Verdict = "accepted" if coding.code_id == one.code_id else "rejected"
        decision = self._record(desk, shown, verdict, draft.memo)
        closed = {n for n, s in self._open() if s == one}
        closed |= {
            n
            for n, s in self._open()
            if s.doc_id == coding.doc_id and s.code_id == coding.code_id and _meet(s, coding.span)
        }
        quotes = self.waiting.accepted.setdefault(coding.code_id, [])
        quotes.append(coding.quote)
        self._close(_Done("accepted", tuple(sorted(closed)), decision, quotes=quotes))
        return Coded.by(desk)

    def reject(self, shown: Shown, *, memo: str = "") -> None:
        """Says no to the suggestion; it is not offered again."""
        decision = self._record(Desk.of(self.study, self.coder), shown, "rejected", memo)
        closed = tuple(n for n, s in self._open() if s == shown.suggestion)
        quotes = self.waiting.rejected.setdefault(shown.suggestion.code_id, [])
        quotes.append(shown.quote)
        self._close(_Done("rejected", closed, decision, quotes=quotes))

    def leave_uncoded(self, shown: Shown, *, memo: str = "") -> bool:
        """Marks the segment as examined on purpose; whether it stays without any code."""
        decision = self._record(Desk.of(self.study, self.coder), shown, "uncoded", memo)
        one = shown.suggestion
        same = (n for n, s in self._open() if (s.doc_id, s.span) == (one.doc_id, one.span))
        given = self.study.codings(one.doc_id)
        is_bare = not any(c.coder == self.coder and _meet(one, c.span) for c in given)
        kind = "left uncoded" if is_bare else "given no other code"
        self._close(_Done(kind, tuple(same), decision))
        return is_bare

    def skip(self, shown: Shown, *, memo: str = "") -> None:
        """Puts the suggestion off; the next review shows it last. A memo is kept all the same."""
        name = skip_name(shown.suggestion)
        closed = tuple(n for n, s in self._open() if s == shown.suggestion)
        self._skipped.append(name)
        decision = self.keep_memo(shown, memo) if memo else ""
        self._close(_Done("skipped", closed, decision, skip=name))

    def keep_memo(self, shown: Shown, memo: str) -> str:
        """Keeps a memo on the code that is suggested, without a verdict; the id of the step."""
        one = shown.suggestion
        place = f"{one.doc_id} {one.span.start}-{one.span.end}"
        passage = Passage(self.coder, shown.quote, place)
        return keep_note(self.study.paths, f"code:{one.code_id}", memo, passage)

    def undo(self) -> tuple[str, Problem | None]:
        """Takes back the last step of this session; what it was, or why it cannot be.

        Both are nothing where there is no step left.

        Raises:
            QualcodeError: CHANGED_SINCE or LOST_HISTORY.
        """
        if not self._done:
            return "", None
        last = self._done[-1]
        what = "skip"
        if last.decision:
            what, wrong = undo_last(self.study, last.decision)
            if wrong is not None:
                return "", wrong
        if last.skip:
            self._skipped.remove(last.skip)
        if last.quotes:
            last.quotes.pop()
        self._done.pop()
        self._closed.difference_update(last.closed)
        self._hear(last)
        self.counts[last.kind] -= 1
        return what, None

    def finish(self) -> None:
        """Remembers what was skipped, for the next review."""
        before = load_skipped(self.study.paths, self.coder)
        names = dict.fromkeys([*before, *self._skipped])
        waiting = {skip_name(s) for s in self.queue}
        decided = waiting - {skip_name(s) for _, s in self._open()} - set(self._skipped)
        kept = [name for name in names if name not in decided]
        save_skipped(self.study.paths, self.coder, kept)

    def _open(self) -> list[tuple[int, Suggestion]]:
        return [(n, s) for n, s in enumerate(self.queue) if n not in self._closed]

    def _close(self, done: _Done) -> None:
        self._closed.update(done.closed)
        self._hear(done)
        self._done.append(done)
        self.counts[done.kind] += 1

    def _hear(self, done: _Done) -> None:
        """Remembers where a verdict came or went, for learning."""
        if done.kind != "skipped" and done.closed:
            self._news.append(self.queue[done.closed[0]].doc_id)

    def _record(self, desk: Desk, shown: Shown, verdict: Verdict, memo: str) -> str:
        """Writes the verdict together with what the desk holds; the id of the decision."""
        one = shown.suggestion
        path = review_path(self.study.paths, one.doc_id, self.coder)
        desk.change.read(path)
        uncoded = verdict == "uncoded"
        review = Review(
            doc_id=one.doc_id,
            coder=self.coder,
            key=uncoded_key(shown.quote) if uncoded else one.key,
            span=one.span,
            code_id="" if uncoded else one.code_id,
            verdict=verdict,
            words=words_key(shown.quote),
            at=desk.at,
            instead=_given(desk) if verdict == "rejected" else "",
        )
        held = [r for r in load_reviews(self.study.paths, one.doc_id) if r.coder == self.coder]
        same = (review.key, review.span)
        others = [r for r in held if (r.key, r.span) != same]
        desk.change.write(path, reviews_data([*others, review]))
        actions = {"accepted": "accept", "rejected": "reject", "uncoded": "leave uncoded"}
        action = "give another code" if review.instead else actions[verdict]
        place = f"{one.doc_id} {one.span.start}-{one.span.end}"
        if memo:
            passage = Passage(desk.coder, shown.quote, place)
            note_beside(desk.change, _about(desk, review), memo, passage)
        target = f"{place} {review.code_id}".strip()
        decision = desk.commit(action, target=target, because=memo)
        return decision.id if decision else ""


def _about(desk: Desk, review: Review) -> str:
    """What a memo on a verdict is about: the code that was given or refused, else the text."""
    given = _given(desk) or review.code_id
    return f"code:{given}" if given else f"document:{review.doc_id}"


def _given(desk: Desk) -> str:
    """The code that the desk gives; "" where it gives none."""
    return next((one.code_id for one in (*desk.added, *desk.changed)), "")


def undo_last(study: Study, decision_id: str) -> tuple[str, Problem | None]:
    """Takes back the last step of the study where it is this one; what it was, or why not.

    Raises:
        QualcodeError: CHANGED_SINCE or LOST_HISTORY.
    """
    held = steps(study.paths)
    if held and held[-1].id == decision_id:
        return undo(study.paths).decisions[0].action, None
    other = held[-1].decisions[0] if held else None
    return "", problem(
        P.NOT_LAST_STEP,
        action=other.action if other else "nothing",
        coder=other.coder if other else "nobody",
    )


def _meet(one: Suggestion, span: Span) -> bool:
    return one.span.start < span.end and span.start < one.span.end


def skip_name(one: Suggestion) -> str:
    """What stands for a suggestion among those that were skipped."""
    return f"{one.doc_id} {one.span.start} {one.key}"


def open_session(
    study: Study, which: Which, *, min_score: float = 0.0, limit: int | None = None
) -> Session:
    """A review of what waits: the best of each code in turn, what was skipped before last.

    Documents whose role is context are never offered. Every suggestion of one coder's own is
    left out that was decided on, or whose code that coder has given to the same words.

    Raises:
        QualcodeError: as `find_waiting`.
    """
    waiting = find_waiting(study, which, min_score=min_score)
    queue = _skipped_last(study, waiting.coder, waiting.in_turn(waiting.found))[:limit]
    return Session(study, waiting.coder, queue, waiting)


def _skipped_last(
    study: Study, coder: str, ordered: Sequence[Suggestion]
) -> tuple[Suggestion, ...]:
    skipped = frozenset(load_skipped(study.paths, coder))
    return tuple(sorted(ordered, key=lambda one: skip_name(one) in skipped))


def new_code(study: Study, name: str, *, origin: str) -> Code:
    """A code of that name that is not yet in the codebook, with a free id."""
    taken = codes_by_id(study.codebook().codebook)
    base = id_from(name)
    free = [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))]
    return Code(id=next(i for i in free if i not in taken), name=name.strip(), origin=origin)
