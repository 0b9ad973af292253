"""`qualcode review --stale`: codings to be read again, decided on with single keys."""

from __future__ import annotations

from pathlib import Path

from qualcode.analysis.find_span import unit_ref
from qualcode.analysis.review_context import context_of
from qualcode.analysis.stale import StaleCoding
from qualcode.cli.keys import END, Keys
from qualcode.cli.render import print_json
from qualcode.cli.review import Asked, known_code, summary
from qualcode.cli.style import Style
from qualcode.cli.talk import Look, Talk, say
from qualcode.core.codebook import codes_by_id, resolve
from qualcode.core.problems import QualcodeError
from qualcode.project.rereading import Rereading, open_rereading
from qualcode.project.study import open_study

HELP = {
    "k": "keep: it holds under the new meaning too",
    "c": "change code",
    "x": "remove the coding",
    "m": "memo: kept with the decision and in memos/",
    "s": "skip for now",
    "u": "undo the last step",
    "q": "quit; go on later",
}


def reread_command(asked: Asked, style: Style) -> None:
    """Goes through the stale codings, or lists them as JSON."""
    study = open_study(Path.cwd())
    session = open_rereading(study, asked.which, limit=asked.limit)
    if style is Style.JSON:
        codebook = study.usable_codebook()
        print_json(
            {
                "stale": [
                    {
                        "id": one.coding.id,
                        "document": one.coding.doc_id,
                        "start": one.coding.span.start,
                        "end": one.coding.span.end,
                        "code": one.coding.code_id,
                        "now": resolve(codebook, one.coding.code_id),
                        "quote": one.coding.quote,
                        "why": one.why,
                    }
                    for one in session.queue
                ]
            }
        )
        return
    if not session.queue:
        say("No coding waits to be read again.")
        return
    waiting = len(session.queue)
    wait = "1 coding waits" if waiting == 1 else f"{waiting:,} codings wait"
    talk = Talk(Keys.here(), Look.of(style))
    talk.say(f"{wait} to be read again. Press ? for help, q to quit.")
    try:
        _run(session, talk)
    except KeyboardInterrupt:
        talk.say("")
    talk.say(summary(session.counts, session.left))


def _run(session: Rereading, talk: Talk) -> None:
    memo, shown = "", None
    while (one := session.current()) is not None:
        if one is not shown:
            _show(session, one, talk)
            memo, shown = "", one
        key = talk.key("Decide (? for help): ")
        if key in ("q", END):
            if memo:
                session.keep_memo(one.coding, memo)
                talk.say("memo kept")
            talk.say("quit")
            return
        try:
            if key == "m":
                memo = talk.line("Memo: ") or memo
            elif key == "u":
                _undo(session, talk)
                shown = None
            else:
                _decide(session, one, key, memo, talk)
        except QualcodeError as error:
            talk.tell(error.problems)


def _decide(session: Rereading, one: StaleCoding, key: str, memo: str, talk: Talk) -> None:
    if key == "k" and one.kind == "split":
        talk.say("Its code was split: choose one of its parts with c, or remove the coding with x.")
    elif key == "k":
        session.keep(one.coding, memo=memo)
        talk.say("kept")
    elif key == "c":
        _change_code(session, one, memo, talk)
    elif key == "x":
        session.remove(one.coding, memo=memo)
        talk.say("removed")
    elif key == "s":
        session.skip(one.coding, memo=memo)
        talk.say("skipped; the memo was kept" if memo else "skipped")
    elif key == "?":
        talk.say("")
        for named, does in HELP.items():
            talk.say(does, label=f"  {named} ")
    elif key.strip():
        talk.say(f'"{key}" is no key here; ? shows them.')


def _change_code(session: Rereading, one: StaleCoding, memo: str, talk: Talk) -> None:
    """Asks until a code is named that can be given, or nothing is typed."""
    while code_id := talk.line("Code: "):
        try:
            known_code(session.study.usable_codebook(), code_id)
            session.change(one.coding, code_id, memo=memo)
        except QualcodeError as error:
            talk.tell(error.problems)
            continue
        talk.say(f"changed to {code_id}")
        return
    talk.say("unchanged")


def _undo(session: Rereading, talk: Talk) -> None:
    what, wrong = session.undo()
    if wrong is not None:
        talk.tell([wrong])
    else:
        talk.say(f"undone: {what}" if what else "There is no step of this review to undo.")


def _show(session: Rereading, one: StaleCoding, talk: Talk) -> None:
    coding = one.coding
    document = session.study.document(coding.doc_id)
    codebook = session.study.usable_codebook()
    code = codes_by_id(codebook).get(resolve(codebook, coding.code_id))
    now = code.id if code is not None else coding.code_id
    was = f" (coded as {coding.code_id}, merged since)" if now != coding.code_id else ""
    before, behind = context_of(document, coding.span)
    talk.say("")
    talk.say(f"{session.left} left. {coding.doc_id}: {unit_ref(document, coding.span.start)}")
    if before:
        talk.say_dim(before, label="  before:  ")
    talk.say_bold(" ".join(coding.quote.split()), label="  passage: ")
    if behind:
        talk.say_dim(behind, label="  after:   ")
    talk.say_bold(now, f"{was}, {coding.valence}", label="  code:    ")
    talk.say(one.why, label="  because: ")
    if code is not None and code.definition:
        talk.say(code.definition, label="  means now: ")
