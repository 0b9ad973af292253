"""Looking back on a codebook: its versions, and what became of it between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.pair_tables import counted
from qualcode.analysis.stale import StaleCoding
from qualcode.core.codebook import codes_by_id, resolve
from qualcode.core.codebook_diff import CodeChange, compare_codebooks, other_changes
from qualcode.core.model import Codebook, Decision
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Column, Table
from qualcode.core.text import content_hash, spoken_date
from qualcode.project.codebook_life import BY_HAND, count_codings, note_hand_edit
from qualcode.project.deciding import steps
from qualcode.project.study import Study
from qualcode.store.codebook_history import (
    is_kept,
    kept_versions,
    read_version,
    version_path,
)

_VERSION = re.compile(r"[vV]?(\d+)")
BEGUN = "codebook as it began"
NOT_KEPT = "edited by hand, not kept as a version yet"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the codebook; `number` is None for the codebook as it is, where not kept.

    `at` is ISO 8601 in UTC, or "" where the journal does not know.
    """

    number: int | None
    action: str = BEGUN
    at: str = ""
    coder: str = ""
    target: str = ""
    because: str = ""

    @property
    def words(self) -> str:
        """The version with its date, as one says it."""
        if self.number is None:
            return f"now ({NOT_KEPT})"
        when = f" ({spoken_date(self.at[:10])})" if self.at else ""
        return f"version {self.number}{when}"


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change with the version that brought it, and how many codings it touches.

    `origin` is what the code says of where it was born; "" for other changes.
    """

    change: CodeChange
    version: Version
    codings: int
    origin: str = ""


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """What became of the codebook from one version to another; `other` are sentences.

    `called` is what the method of the study calls a codebook.
    """

    first: Version
    second: Version
    changes: tuple[ToldChange, ...]
    other: tuple[str, ...]
    called: str = "codebook"


def versions(study: Study) -> tuple[Version, ...]:
    """The versions that are kept, in order, with the decisions that made them."""
    made: dict[tuple[str, str | None], Decision] = {}
    for step in steps(study.paths):
        for decision in step.decisions:
            for file in decision.files:
                made[file.path, file.after] = decision
    found: list[Version] = []
    for number in kept_versions(study.paths):
        path = version_path(study.paths, number)
        name = path.relative_to(study.paths.root).as_posix()
        made_by = made.get((name, content_hash(path.read_bytes())))
        found.append(_version(number, made_by, first=not found))
    return tuple(found)


def _version(number: int, decision: Decision | None, *, first: bool) -> Version:
    if decision is None:
        return Version(number, action=BEGUN if first else "not in the journal")
    if first:
        return Version(number, at=decision.at, coder=decision.coder)
    return Version(
        number,
        decision.action,
        decision.at,
        decision.coder,
        decision.target,
        decision.because,
    )


def view_history(study: Study) -> Table:
    """The versions of the codebook; one edited by hand since is kept first.

    Raises:
        QualcodeError: what is wrong with the codebook, where it was edited by hand.
    """
    note_hand_edit(study)
    columns = (
        Column("version", "Version"),
        Column("at", "When (UTC)"),
        Column("coder", "Coder"),
        Column("action", "What"),
        Column("codes", "On what"),
        Column("why", "Why"),
    )
    found = versions(study) or (Version(1),)
    rows = tuple(
        (
            (f"v{one.number}",),
            (one.at[:16].replace("T", " ") or "-",),
            (one.coder or "-",),
            (one.action,),
            (one.target or "-",),
            (one.because or "-",),
        )
        for one in found
    )
    return Table(
        "versions",
        f"Versions of the {study.method.word('codebook')}",
        columns,
        rows,
        (counted(len(rows), "version") + ".",),
    )


def report_changes(study: Study, first: str = "", second: str = "") -> CodebookReport:
    """What became of the codebook from `first` to `second`: "v3", "3", or "now".

    Without `second`, to the codebook as it is. Without both, what was edited by hand since the
    last version or, where nothing was, what the last version changed.

    Raises:
        QualcodeError: NO_VERSION, EARLIER_LOST, or what is wrong with the codebook.
    """
    known = versions(study)
    now = known[-1] if known and is_kept(study.paths) else Version(None, BY_HAND)
    if not known:
        now = Version(1)
    timeline = known if now in known else (*known, now)
    end = _position(timeline, second) if second else len(timeline) - 1
    start = _position(timeline, first) if first else max(end - 1, 0)
    codebooks = [
        _codebook_at(study, one) for one in timeline[min(start, end) : max(start, end) + 1]
    ]
    if start > end:
        codebooks.reverse()
    span = timeline[start : end + 1] if start <= end else timeline[end : start + 1][::-1]
    before, after = codebooks[0], codebooks[-1]
    counts = count_codings(study)
    brought = _who_brought(span, codebooks)
    codes = codes_by_id(after)
    changes = tuple(
        ToldChange(
            change,
            brought.get((change.kind, change.code_id), span[-1]),
            counts[change.code_id],
            codes[change.code_id].origin if change.kind == "born" else "",
        )
        for change in compare_codebooks(before, after)
    )
    other = other_changes(before, after, study.method)
    return CodebookReport(span[0], span[-1], changes, other, study.method.word("codebook"))


def _position(timeline: Sequence[Version], word: str) -> int:
    if word.strip().lower() in ("now", "last"):
        return len(timeline) - 1
    found = _VERSION.fullmatch(word.strip())
    number = int(found.group(1)) if found else None
    for position, version in enumerate(timeline):
        if number is not None and version.number == number:
            return position
    known = ", ".join(f"v{one.number}" for one in timeline if one.number is not None)
    named = f"v{number}" if found else word
    raise QualcodeError(problem(P.NO_VERSION, version=named, known=f"{known}, now".lstrip(", ")))


def _codebook_at(study: Study, version: Version) -> Codebook:
    if version.number is None or not version_path(study.paths, version.number).is_file():
        return study.usable_codebook()
    return read_version(study.paths, version.number).codebook


def _who_brought(
    span: Sequence[Version], codebooks: Sequence[Codebook]
) -> dict[tuple[str, str], Version]:
    """The last version that changed this about that code."""
    found: dict[tuple[str, str], Version] = {}
    for position in range(1, len(span)):
        for change in compare_codebooks(codebooks[position - 1], codebooks[position]):
            found[change.kind, change.code_id] = span[position]
    return found


def changes_table(report: CodebookReport) -> Table:
    """One row per change, for a spreadsheet or a script."""
    columns = (
        Column("change", "Change"),
        Column("code", "Code"),
        Column("name", "Name"),
        Column("before", "Before"),
        Column("after", "After"),
        Column("codings", "Codings", "codings"),
        Column("version", "Version"),
        Column("at", "When (UTC)"),
        Column("coder", "Coder"),
        Column("origin", "Origin"),
        Column("why", "Why"),
    )
    rows = tuple(tuple((cell,) for cell in _cells(told)) for told in report.changes)
    caption = f"From {report.first.words} to {report.second.words}"
    return Table("changes", caption, columns, rows, report.other)


def _cells(told: ToldChange) -> tuple[str, ...]:
    change, version = told.change, told.version
    return (
        change.kind,
        change.code_id,
        change.name,
        change.before,
        change.after,
        str(told.codings),
        f"v{version.number}" if version.number is not None else "now",
        version.at,
        version.coder,
        told.origin,
        version.because,
    )


def report_lines(report: CodebookReport) -> Iterator[str]:
    """The report as lines to read, one paragraph per change."""
    yield f"The {report.called} from {report.first.words} to {report.second.words}."
    if not report.changes and not report.other:
        yield "Nothing changed."
    kind = ""
    for told in report.changes:
        if told.change.kind != kind:
            kind = told.change.kind
            yield ""
            yield _TITLES.get(kind, f"Changed: {kind}")
        yield from _change_lines(told)
    if report.other:
        yield ""
        yield "Besides"
        yield from (f"- {sentence}" for sentence in report.other)


_TITLES = {
    "born": "Born",
    "defined anew": "Defined anew",
    "renamed": "Renamed",
    "merged": "Merged",
    "split": "Split",
    "moved": "Moved",
    "retired": "Retired",
    "restored": "Restored",
    "removed": "Removed from the file by hand",
}


def _change_lines(told: ToldChange) -> Iterator[str]:
    change, version = told.change, told.version
    facts = [change_in_words(change), f"{version.words[0].upper()}{version.words[1:]}"]
    if version.coder:
        facts[-1] += f", by {version.coder}"
    if told.origin:
        facts.append(f"From: {told.origin.rstrip('.')}")
    if version.because and change.kind != "retired":
        facts.append(f"Why: {version.because.rstrip('.')}")
    if told.codings:
        touched = "" if change.kind == "born" else " touched"
        facts.append(f"{counted(told.codings, 'coding')}{touched}")
    yield f"- {'. '.join(facts)}."
    if change.kind == "born":
        yield f"  Definition: {change.after or '(none yet)'}"
    elif change.kind in ("defined anew", "removed"):
        yield f"  Before: {change.before or '(no definition)'}"
        if change.kind == "defined anew":
            yield f"  Now: {change.after or '(no definition)'}"


def change_in_words(change: CodeChange) -> str:
    """What happened to which code, without the wordings of definitions."""
    name = f"{change.name} ({change.code_id})"
    match change.kind:
        case "renamed":
            return f"{name}, called {change.before} before"
        case "merged" | "split":
            return f"{name} into {change.after}"
        case "moved":
            return f"{name} from {change.before} to {change.after}"
        case "retired":
            return f"{name}: {change.after.rstrip('.')}"
        case "restored":
            return f"{name}, which had been {change.before.rstrip('.')}"
        case "cues" | "examples":
            parts = [f"new: {change.after}"] if change.after else []
            parts += [f"gone: {change.before}"] if change.before else []
            return f"{name}, {'; '.join(parts)}"
        case "valence" | "lenses" | "kind" | "origin":
            return f"{name} from {change.before or 'none'} to {change.after or 'none'}"
        case _:
            return name


def _code_now(code_id: str, codebook: Codebook, names: Mapping[str, str]) -> tuple[str, ...]:
    """The code that a coding counts with, and, where it was merged, the one that was given."""
    now = resolve(codebook, code_id)
    given = (f"coded as {code_id}, merged since",) if now != code_id else ()
    return (f"{names[now]} ({now})", *given)


def stale_table(found: Sequence[StaleCoding], codebook: Codebook) -> Table:
    """One row per coding to be read again, by code."""
    names = {code.id: code.name for code in codebook.codes}
    columns = (
        Column("code", "Code"),
        Column("coding", "Coding"),
        Column("document", "Document"),
        Column("quote", "Quotation"),
        Column("coder", "Coder"),
        Column("why", "Why"),
    )
    rows = tuple(
        (
            _code_now(one.coding.code_id, codebook, names),
            (one.coding.id,),
            (one.coding.doc_id,),
            (one.coding.quote,),
            (one.coding.coder,),
            (one.why,),
        )
        for one in found
    )
    notes = [f"{counted(len(rows), 'coding')} to be read again."]
    if rows:
        notes.append("Read them again with `qualcode review --stale`.")
    return Table("stale", "Codings to be read again", columns, rows, tuple(notes))
