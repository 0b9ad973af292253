"""`qualcode review`: suggestions one at a time, decided on with single keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.analysis.find_span import shorten
from qualcode.cli.coding import coding_line
from qualcode.cli.keys import END, Keys
from qualcode.cli.render import print_json
from qualcode.cli.style import Style
from qualcode.cli.talk import Look, Talk, say
from qualcode.core.code_words import nearest_codes
from qualcode.core.model import Code, Codebook, Suggestion, Valence
from qualcode.core.problems import P, QualcodeError
from qualcode.project.coding import Given, check_lenses, usable_code
from qualcode.project.coding_views import Which
from qualcode.project.review_draft import (
    Draft,
    Shown,
    narrowed,
    with_code,
    with_lenses,
    with_valence,
)
from qualcode.project.reviewing import Session, new_code, open_session
from qualcode.project.study import open_study

HELP = {
    "a": "accept",
    "r": "reject: not offered again",
    "e": "examined, leave the segment uncoded",
    "c": "change code",
    "s": "change span (type words)",
    "v": "valence: o, c, m or n",
    "l": "lenses",
    "n": "new code",
    "m": "memo: kept with the decision and in memos/",
    "k": "skip for now",
    "u": "undo the last step",
    "q": "quit; go on later",
}
VALENCE_KEYS: dict[str, Valence] = {
    "o": "obstacle",
    "c": "catalyst",
    "m": "mixed",
    "n": "neutral",
}


_AGAIN = "Type it again, or press Enter to leave the code as it is."


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    which: Which
    min_score: float = 0.0
    limit: int | None = None


def review_command(asked: Asked, style: Style) -> None:
    """Goes through the suggestions that wait, or lists them as JSON."""
    study = open_study(Path.cwd())
    session = open_session(study, asked.which, min_score=asked.min_score, limit=asked.limit)
    if style is Style.JSON:
        print_json({"suggestions": [_as_json(one) for one in session.queue]})
        return
    if not session.queue:
        say("Nothing waits for review.")
        return
    waiting = len(session.queue)
    wait = "1 suggestion waits" if waiting == 1 else f"{waiting:,} suggestions wait"
    talk = Talk(Keys.here(), Look.of(style))
    talk.say(f"{wait} for review. Press ? for help, q to quit.")
    try:
        Dialogue(session, talk).run()
    except KeyboardInterrupt:
        talk.say("")
    finally:
        session.finish()
    talk.say(summary(session.counts, session.left))


def summary(counts: Mapping[str, int], left: int) -> str:
    """What was done in a review and what is left, in a line."""
    done = ", ".join(f"{kind} {n}" for kind, n in counts.items() if n) or "nothing decided"
    return f"{done[:1].upper()}{done[1:]}. {left} left in this review."


def _as_json(one: Suggestion) -> dict[str, object]:
    return {
        "document": one.doc_id,
        "start": one.span.start,
        "end": one.span.end,
        "code": one.code_id,
        "valence": one.valence,
        "lenses": list(one.lenses),
        "score": round(one.score, 4),
        "why": one.why,
    }


@dataclass(frozen=True, slots=True)
class Turn:
    """The suggestion whose turn it is, and what accepting it would do now."""

    shown: Shown
    draft: Draft


class Dialogue:
    """The review as a conversation: shows, asks, does, until nothing is left."""

    def __init__(self, session: Session, talk: Talk) -> None:
        self._session = session
        self._talk = talk
        self._does: dict[str, Callable[[Turn], Draft | None]] = {
            "a": self._accept,
            "r": self._reject,
            "e": self._leave,
            "k": self._skip,
            "u": self._undo,
            "c": self._change_code,
            "s": self._change_span,
            "v": self._change_valence,
            "l": self._change_lenses,
            "n": self._new_code,
            "m": self._memo,
            "?": self._help,
        }

    def run(self) -> None:
        """Goes on until nothing is left or the person quits."""
        while (shown := self._session.current()) is not None:
            self._show(shown)
            draft: Draft | None = shown.draft
            while draft is not None:
                key = self._talk.key("Decide (? for help): ")
                if key in ("q", END):
                    self._keep_memo(Turn(shown, draft))
                    self._talk.say("quit")
                    return
                if key not in self._does:
                    self._talk.say(f'"{key}" is no key here; ? shows them.' if key.strip() else "")
                    continue
                try:
                    draft = self._does[key](Turn(shown, draft))
                except QualcodeError as error:
                    self._talk.tell(error.problems)

    def _show(self, shown: Shown) -> None:
        one, talk = shown.suggestion, self._talk
        place = ", ".join(part for part in (shown.unit, shown.speaker, shown.where) if part)
        talk.say("")
        total = len(self._session.queue)
        number = total - self._session.left + 1
        talk.say(f"Suggestion {number} of {total}. {one.doc_id}: {place}")
        if shown.before:
            talk.say_dim(shown.before, label="  before:  ")
        talk.say_bold(" ".join(shown.quote.split()), label="  passage: ")
        if shown.behind:
            talk.say_dim(shown.behind, label="  after:   ")
        name = f" ({shown.code_name})" if shown.code_name != one.code_id else ""
        lenses = f", lens {' / '.join(one.lenses)}" if one.lenses else ""
        talk.say_bold(one.code_id, f"{name}, {one.valence}{lenses}", label="  code:    ")
        talk.say(_evidence(shown), label="  because: ")

    def _accept(self, turn: Turn) -> None:
        done = self._session.accept(turn.shown, turn.draft)
        for coding in (*done.added, *done.changed):
            self._talk.say(f"accepted: {coding_line(coding)}")
        if not done.added and not done.changed:
            self._talk.say("accepted: it was coded so already")

    def _reject(self, turn: Turn) -> None:
        self._session.reject(turn.shown, memo=turn.draft.memo)
        self._talk.say("rejected")

    def _leave(self, turn: Turn) -> None:
        is_bare = self._session.leave_uncoded(turn.shown, memo=turn.draft.memo)
        self._talk.say("examined and left uncoded" if is_bare else "examined: no other code")

    def _skip(self, turn: Turn) -> None:
        self._session.skip(turn.shown, memo=turn.draft.memo)
        self._talk.say("skipped; the memo was kept" if turn.draft.memo else "skipped")

    def _keep_memo(self, turn: Turn) -> None:
        """Loses nothing that was typed and not decided with."""
        if turn.draft.memo:
            self._session.keep_memo(turn.shown, turn.draft.memo)
            self._talk.say("memo kept")

    def _undo(self, turn: Turn) -> Draft | None:
        what, wrong = self._session.undo()
        if wrong is not None:
            self._talk.tell([wrong])
            return turn.draft
        if not what:
            self._talk.say("There is no step of this review to undo.")
            return turn.draft
        self._talk.say(f"undone: {what}")
        return None

    def _until_usable(self, turn: Turn, prompt: str, take: Callable[[str], Draft | None]) -> Draft:
        """Asks until what is typed can be used, so that no slip lets the old draft be accepted."""
        while typed := self._talk.line(prompt):
            try:
                draft = take(typed)
            except QualcodeError as error:
                self._talk.tell(error.problems)
                continue
            if draft is not None:
                return draft
        self._talk.say("unchanged")
        return turn.draft

    def _change_code(self, turn: Turn) -> Draft:
        def take(typed: str) -> Draft:
            code = known_code(self._session.study.usable_codebook(), typed)
            return self._tell(with_code(turn.shown, turn.draft, code))

        return self._until_usable(turn, "Code: ", take)

    def _change_span(self, turn: Turn) -> Draft:
        def take(typed: str) -> Draft | None:
            span = narrowed(turn.shown, typed)
            if span is None:
                self._talk.say(
                    f'"{shorten(typed)}" does not stand here, or stands in the document twice. '
                    "Type other words, or press Enter to leave the passage as it is."
                )
                return None
            words = turn.shown.document.text[span.start : span.end]
            self._talk.say(f'Passage: "{shorten(words)}"')
            return replace(turn.draft, span=span)

        return self._until_usable(turn, "Words of the passage: ", take)

    def _change_valence(self, turn: Turn) -> Draft:
        known = ", ".join(f"{key} {valence}" for key, valence in VALENCE_KEYS.items())
        typed = self._talk.choice(f"Valence: {known}: ")
        valence = VALENCE_KEYS.get(typed[:1])
        if valence is not None and valence.startswith(typed):
            return self._tell(with_valence(turn.draft, valence))
        if typed.strip() and typed != END:
            self._talk.say(f'"{typed}" is no valence; there are {known}.')
        self._talk.say("unchanged")
        return turn.draft

    def _change_lenses(self, turn: Turn) -> Draft:
        codebook = self._session.study.usable_codebook()
        known = ", ".join(lens.id for lens in codebook.lenses) or "none"

        def take(typed: str) -> Draft:
            words = "" if typed == "-" else typed.replace(",", " ").replace("/", " ")
            lenses = tuple(words.split())
            check_lenses(codebook, Given("", lenses=lenses))
            return self._tell(with_lenses(turn.draft, lenses))

        return self._until_usable(turn, f'Lenses ({known}; "-" for none): ', take)

    def _new_code(self, turn: Turn) -> Draft:
        def take(typed: str) -> Draft:
            code = new_code(self._session.study, typed, origin=f"{turn.shown.document.id}")
            self._talk.say(f'New code "{code.id}"; a makes it and the coding.')
            return self._tell(replace(with_code(turn.shown, turn.draft, code), new_code=code))

        return self._until_usable(turn, "Name of the new code: ", take)

    def _memo(self, turn: Turn) -> Draft:
        memo = self._talk.line("Memo: ")
        if not memo:
            self._talk.say("unchanged")
            return turn.draft
        self._talk.say("It is kept with what you decide.")
        return replace(turn.draft, memo=memo)

    def _help(self, turn: Turn) -> Draft:
        self._talk.say("")
        for key, does in HELP.items():
            self._talk.say(does, label=f"  {key} ")
        return turn.draft

    def _tell(self, draft: Draft) -> Draft:
        lenses = f", lens {' / '.join(draft.lenses)}" if draft.lenses else ""
        self._talk.say(f"Now: {draft.code_id}, {draft.valence}{lenses}")
        return draft


def known_code(codebook: Codebook, asked: str) -> Code:
    """The code that was typed.

    Raises:
        QualcodeError: as `usable_code`; what to do about an unknown code fits a prompt.
    """
    try:
        return usable_code(codebook, asked)
    except QualcodeError as error:
        if error.problem.number != P.NOT_IN_CODEBOOK.number:
            raise
        remedy = f"{nearest_codes(codebook, asked)}{_AGAIN}"
        raise QualcodeError(replace(error.problem, remedy=remedy)) from None


def _evidence(shown: Shown) -> str:
    """Matched words, the definition, the nearest quotations: in one line."""
    one = shown.suggestion
    caution = " (not a probability)" if shown.measure == "evidence" else ""
    parts = [one.why, f"{shown.measure} {one.score:.2f}{caution}"]
    if shown.definition:
        parts.append(f"means: {shorten(shown.definition, 160)}")
    if shown.accepted:
        parts.append(f'like "{shorten(shown.accepted)}" (accepted)')
    if shown.rejected:
        parts.append(f'like "{shorten(shown.rejected)}" (rejected)')
    return "; ".join(parts)
