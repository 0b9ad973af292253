"""`qualcode review --stale`: codings to be read again, decided on with single keys."""

from __future__ import annotations

from pathlib import Path

from qualcode.analysis.find_span import unit_ref
from qualcode.analysis.review_context import context_of
from qualcode.analysis.stale import StaleCoding
from qualcode.cli.exit import tell
from qualcode.cli.keys import END, Keys
from qualcode.cli.render import print_json
from qualcode.cli.review import Asked, Look, say, summary
from qualcode.cli.style import Style
from qualcode.core.codebook import codes_by_id
from qualcode.core.problems import QualcodeError
from qualcode.project.rereading import Rereading, open_rereading
from qualcode.project.study import open_study

HELP = """
  k keep: it holds under the new meaning too        c change code
  x remove the coding                               m memo: why, kept with the decision
  s skip for now    u undo the last step            q quit; go on later"""


def reread_command(asked: Asked, style: Style) -> None:
    """Goes through the stale codings, or lists them as JSON."""
    study = open_study(Path.cwd())
    session = open_rereading(study, asked.which, limit=asked.limit)
    if style is Style.JSON:
        print_json(
            {
                "stale": [
                    {
                        "id": one.coding.id,
                        "document": one.coding.doc_id,
                        "start": one.coding.span.start,
                        "end": one.coding.span.end,
                        "code": one.coding.code_id,
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
    say(f"{wait} to be read again. Press ? for help, q to quit.")
    try:
        _run(session, Keys.here(), Look.of(style))
    except KeyboardInterrupt:
        say("")
    say(summary(session.counts, session.left))


def _run(session: Rereading, keys: Keys, look: Look) -> None:
    memo, shown = "", None
    while (one := session.current()) is not None:
        if one is not shown:
            _show(session, one, look)
            memo, shown = "", one
        key = keys.key("Decide (? for help): ")
        if key in ("q", END):
            say("quit")
            return
        try:
            if key == "m":
                memo = keys.line("Memo: ")
            elif key == "u":
                _undo(session)
                shown = None
            else:
                _decide(session, one, key, memo, keys)
        except QualcodeError as error:
            tell(error.problems)


def _decide(session: Rereading, one: StaleCoding, key: str, memo: str, keys: Keys) -> None:
    if key == "k" and one.kind == "split":
        say("Its code was split: choose one of its parts with c, or remove the coding with x.")
    elif key == "k":
        session.keep(one.coding, memo=memo)
        say("kept")
    elif key == "c":
        code_id = keys.line("Code: ")
        if code_id:
            session.change(one.coding, code_id, memo=memo)
            say(f"changed to {code_id}")
        else:
            say("unchanged")
    elif key == "x":
        session.remove(one.coding, memo=memo)
        say("removed")
    elif key == "s":
        session.skip()
        say("skipped")
    elif key == "?":
        say(HELP)
    elif key.strip():
        say(f'"{key}" is no key here; ? shows them.')


def _undo(session: Rereading) -> None:
    what, wrong = session.undo()
    if wrong is not None:
        tell([wrong])
    else:
        say(f"undone: {what}" if what else "There is no step of this review to undo.")


def _show(session: Rereading, one: StaleCoding, look: Look) -> None:
    coding = one.coding
    document = session.study.document(coding.doc_id)
    code = codes_by_id(session.study.usable_codebook()).get(coding.code_id)
    before, behind = context_of(document, coding.span)
    say(f"\n{session.left} left. {coding.doc_id}: {unit_ref(document, coding.span.start)}")
    if before:
        say(look.dim(f"  before:  {before}"))
    say(f"  passage: {look.bold(' '.join(coding.quote.split()))}")
    if behind:
        say(look.dim(f"  behind:  {behind}"))
    say(f"  code:    {look.bold(coding.code_id)}, {coding.valence}")
    say(f"  because: {one.why}")
    if code is not None and code.definition:
        say(f"  means now: {code.definition}")
