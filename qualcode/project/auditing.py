"""The audit trail of a study: every step of the journal with the codings that it touched."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from qualcode.analysis.consent import consent_at
from qualcode.analysis.find_span import shorten
from qualcode.analysis.names import Names
from qualcode.analysis.pages.memos import HELD_BACK
from qualcode.analysis.tables.audit import Audited, audit_table
from qualcode.core.model import Decision, FileChange, Span
from qualcode.core.problems import QualcodeError
from qualcode.core.table import Table
from qualcode.project.deciding import Step, all_steps, undone_ids
from qualcode.project.printable import kept_in
from qualcode.project.study import Study
from qualcode.store.document_files import load_facts
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import file_hash, read_blob

_CODINGS = re.compile(r"codings/[^/]+\.jsonl")
_ID = re.compile(r"[\w-]+")
_CODEBOOK = "codebook.yaml"

IsSecret = Callable[[str, Span, str], bool]
"""Whether words at a place of a document are not to be quoted."""


@dataclass(slots=True)
class _Standing:
    """The codings as they stood after the steps read so far, and how many had each code.

    `files` gives, for each file of codings, its lines by id of the coding.
    """

    files: dict[str, dict[str, str]] = field(default_factory=dict)
    by_code: Counter[str] = field(default_factory=Counter)

    def change(self, path: str, after: dict[str, str]) -> int:
        """Brings one file forward; gives the number of codings made, changed or removed."""
        before = self.files.get(path, {})
        self.files[path] = after
        changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
        self.by_code.subtract(_code(before[key]) for key in changed if key in before)
        self.by_code.update(_code(after[key]) for key in changed if key in after)
        return len(changed)


def _code(line: str) -> str:
    return str(json.loads(line).get("code", ""))


def view_audit(study: Study) -> Table:
    """When, who, what changed, why, and how many codings each step touched.

    The table may be printed: words of whoever is not to be quoted, and full names, are not in it.
    """
    book, _ = study.cases()
    doc_ids, kept = kept_in(study, book)
    names = Names.of(book, (load_facts(study.paths, doc_id) for doc_id in study.document_ids()))

    def is_secret(doc_id: str, span: Span, words: str) -> bool:
        return doc_id in doc_ids and "no" in (
            consent_at(kept(doc_id).held, span),
            kept(doc_id).consent_to(words),
        )

    def printable(words: str) -> str:
        secret = any(kept(doc_id).consent_to(words) == "no" for doc_id in doc_ids)
        return HELD_BACK if secret else names.hidden(words)

    steps = audited_steps(study.paths, is_secret=is_secret if doc_ids else None)
    return audit_table(
        tuple(
            replace(one, change=printable(one.change), because=printable(one.because))
            for one in steps
        )
    )


def audited_steps(paths: ProjectPaths, *, is_secret: IsSecret | None = None) -> Iterator[Audited]:
    """Every step in the order of time, as the journal has it.

    With `is_secret`, quotations of which it is true are left out.
    """
    steps = all_steps(paths)
    undone = undone_ids(steps)
    codings = _Standing()
    for step in steps:
        under = _under_its_codes(step.decisions, codings.by_code)
        touched = sum(
            codings.change(change.path, _lines(paths, change))
            for decision in step.decisions
            for change in decision.files
            if _CODINGS.fullmatch(change.path)
        )
        secrets = _secrets(paths, step, is_secret) if is_secret else ()
        first = step.decisions[0]
        yield Audited(
            at=first.at,
            coder=first.coder,
            action=first.action,
            target=first.target,
            change=_without(_change(step), secrets),
            because=next((d.because for d in step.decisions if d.because), ""),
            touched=touched or under,
            is_undone=step.id in undone and first.undoes is None,
        )


def _change(step: Step) -> str:
    """What stood before and after, where a decision says so."""
    before, after = (
        next((words for one in step.decisions if (words := getattr(one, key))), "")
        for key in ("before", "after")
    )
    return f"{before} → {after}" if before and after else before or after


def _secrets(paths: ProjectPaths, step: Step, is_secret: IsSecret) -> Iterator[str]:
    """The quotations of a step that are to be left out, as its decisions write them."""
    for decision in step.decisions:
        for change in decision.files:
            if not _CODINGS.fullmatch(change.path):
                continue
            doc_id = change.path.removeprefix("codings/").rsplit(".", 2)[0]
            sides = (change, replace(change, after=change.before))
            for line in {line for side in sides for line in _lines(paths, side).values()}:
                coding = json.loads(line)
                span, quote = Span(*coding.get("span", (0, 0))), str(coding.get("quote", ""))
                if is_secret(doc_id, span, quote):
                    yield shorten(quote)


def _without(words: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        words = words.replace(f'"{secret}"', HELD_BACK)
    return words


def _lines(paths: ProjectPaths, change: FileChange) -> dict[str, str]:
    """The codings of a file after a change; none where its bytes are no longer kept."""
    if change.after is None:
        return {}
    path = paths.root / change.path
    data = path.read_bytes() if path.is_file() else b""
    if file_hash(data) != change.after:
        try:
            data = read_blob(paths, change.after)
        except QualcodeError:
            return {}
    found = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines()):
        try:
            found[str(json.loads(line).get("id", number))] = line
        except (ValueError, AttributeError):
            continue
    return found


def _under_its_codes(decisions: tuple[Decision, ...], standing: Counter[str]) -> int:
    """Codings that stood under the codes of a change of the codebook."""
    named = {
        word
        for decision in decisions
        if any(change.path == _CODEBOOK for change in decision.files)
        for word in _ID.findall(decision.target)
    }
    return sum(standing[word] for word in named)
