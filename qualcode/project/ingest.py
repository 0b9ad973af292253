"""Taking sources in: from the files of a folder to frozen documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode.analysis.corrections import Corrections, correct
from qualcode.analysis.freeze import NOT_CODED, add_counts, freeze
from qualcode.analysis.kinds import recognise_kind
from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.told import told_kind
from qualcode.core.hints import did_you_mean
from qualcode.core.model import (
    DEFAULT_ROLES,
    KINDS,
    ROLES,
    Attribute,
    Document,
    Extract,
    Kind,
    Role,
)
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.protocols import Reader, Source
from qualcode.core.text import content_hash
from qualcode.plugins.registry import load_readers
from qualcode.project.sources import Found
from qualcode.store.corrections_file import FACTS

_MISSPELT = 0.8
"""How like a known key another is that was meant to be it; "place" is no "phase"."""


@dataclass(frozen=True, slots=True)
class Told:
    """What people say of one file, beside what it says of itself.

    `patterns` follow from its name or hold for a whole folder, and give way to its front
    matter; `facts` come from a metadata sheet or the command line; corrections win over
    everything.
    """

    patterns: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=Corrections)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file: a document, or None, and the problems met."""

    found: Found
    document: Document | None
    problems: tuple[Problem, ...]


class Ingester:
    """Readers made ready once, then asked for one file after the other."""

    def __init__(self) -> None:
        readers = load_readers()
        self._by_suffix: Mapping[str, Reader] = {
            suffix: reader for reader in readers for suffix in reader.suffixes
        }

    @property
    def suffixes(self) -> str:
        """The endings that can be read, for a message."""
        return ", ".join(sorted(self._by_suffix))

    def ingest(self, found: Found, told: Told | None = None) -> Ingested:
        """The document of one file; whatever goes wrong becomes a problem of that file."""
        try:
            document, problems = self._read(found, told or Told())
        except QualcodeError as error:
            return Ingested(found, None, error.problems)
        return Ingested(found, document, problems)

    def _read(self, found: Found, told: Told) -> tuple[Document, tuple[Problem, ...]]:
        data = _bytes_of(found)
        extract, source_hash = self.extract(found, data), content_hash(data)
        del data  # a recording's transcript can be large, and what follows is larger
        facts, own = _facts(extract, told), _own(extract, told)
        extract = replace(extract, facts=tuple(facts.items()))
        recognition = recognise_kind(extract, name=found.name)
        layout = lay_out(extract, kind=recognition.kind, name=found.name)
        layout, useless = correct(layout, told.corrections, path=found.name)
        frozen = freeze(layout.pieces)
        if not any(unit.form not in NOT_CODED for unit in frozen.units):
            reason = "it has headings and header lines alone"
            raise QualcodeError(problem(P.NO_TEXT, path=found.name, reason=reason))
        role, role_problems = _role(facts, recognition.kind, found)
        document = Document(
            id=found.doc_id,
            text=frozen.text,
            kind=recognition.kind,
            role=role,
            source_name=found.name,
            source_hash=source_hash,
            text_hash=content_hash(frozen.text),
            reader=extract.reader,
            date=layout.date,
            title=layout.title,
            speakers=layout.speakers,
            units=frozen.units,
            passages=frozen.passages,
            marks=frozen.marks,
            attendance=layout.attendance,
            attributes=(*layout.attributes, *_attributes(facts)),
            kind_reasons=recognition.reasons,
            dropped=add_counts(extract.dropped, layout.dropped),
        )
        unread = (*role_problems, *_unread(own, found))
        return document, (*extract.problems, *layout.problems, *useless, *unread)

    def extract(self, found: Found, data: bytes) -> Extract:
        """What the reader for this ending takes out of a file.

        Raises:
            QualcodeError: NO_READER, EMPTY_FILE, and what the reader says.
        """
        suffix = found.path.suffix.lower()
        reader = self._by_suffix.get(suffix)
        if reader is None:
            shown = suffix or "nameless"
            raise QualcodeError(problem(P.NO_READER, path=found.name, suffix=shown))
        if not data:
            raise QualcodeError(problem(P.EMPTY_FILE, path=found.name))
        try:
            extract = reader(Source(found.name, data))
        except QualcodeError:
            raise
        except Exception as error:  # a reader may be anybody's: its fault costs its file only
            reason = f"{type(error).__name__}: {error}"
            raise QualcodeError(
                problem(
                    P.PLUGIN_FAILED,
                    path=found.name,
                    group="reader",
                    name=reader.name,
                    reason=reason,
                )
            ) from error
        return replace(extract, reader=f"{reader.name} {reader.version}")


def _plain(facts: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {key.casefold(): value for key, value in facts}


def _facts(extract: Extract, told: Told) -> dict[str, str]:
    """What is known of a source; the kind of a pattern stands where it says none of itself."""
    own, patterns = _plain(extract.facts), dict(told.patterns)
    if "kind" in patterns:
        says_kind = told_kind(own.items()) is not None
        (patterns if says_kind else own).pop("kind", None)
    return {**patterns, **own, **told.facts, **dict(told.corrections.facts)}


def _own(extract: Extract, told: Told) -> dict[str, str]:
    """What a source says of itself and nobody says otherwise."""
    otherwise = {**told.facts, **dict(told.corrections.facts)}
    return {key: value for key, value in _plain(extract.facts).items() if key not in otherwise}


def _attributes(facts: Mapping[str, str]) -> Iterator[Attribute]:
    """What is told of a document and compared: its site, its phase, who took part."""
    for key in ("site", "phase", "participants"):
        if facts.get(key):
            yield Attribute(key, facts[key])


def extract_file(path: Path) -> Extract:
    """What a reader takes out of one file that is no source of the study, such as a draft.

    Raises:
        QualcodeError: NO_READER, EMPTY_FILE, UNREADABLE_FILE, and what its reader says.
    """
    found = Found(path, path.name, "")
    return Ingester().extract(found, _bytes_of(found))


def _bytes_of(found: Found) -> bytes:
    try:
        return found.path.read_bytes()
    except OSError as error:
        raise QualcodeError(
            problem(
                P.UNREADABLE_FILE,
                path=found.name,
                reason=(error.strerror or "unknown").lower(),
                todo="Skipped. Check that you may open it, then run again.",
            )
        ) from None


def _role(facts: Mapping[str, str], kind: Kind, found: Found) -> tuple[Role, tuple[Problem, ...]]:
    said = facts.get("role", "").strip().lower()
    for role in ROLES:
        if said == role:
            return role, ()
    if not said:
        return DEFAULT_ROLES[kind], ()
    what = f'role "{said}", which is none of {", ".join(ROLES)}'
    return DEFAULT_ROLES[kind], (_passed_over(found, what, did_you_mean(said, ROLES)),)


def _passed_over(found: Found, what: str, hint: str) -> Problem:
    todo = hint.strip() or "Correct it."
    return problem(P.BAD_FRONT_MATTER, path=found.name, what=what, todo=todo)


def _unread(own: Mapping[str, str], found: Found) -> Iterator[Problem]:
    """What a source says of itself that cannot be read: its date, its kind, a key misspelt.

    Other keys are nobody's business here; only what is almost a known key is named.
    """
    if own.get("date") and not find_date(own["date"]):
        what = f'date "{own["date"]}", which is no full date'
        yield _passed_over(found, what, "Write it as 2025-03-13.")
    kind = own.get("kind", "")
    if kind and told_kind([("kind", kind)]) is None:
        what = f'kind "{kind}", which is none of {", ".join(KINDS)}'
        yield _passed_over(found, what, did_you_mean(kind.casefold(), KINDS))
    missing = [key for key in FACTS if key not in own]
    for key in own:
        hint = "" if key in FACTS else did_you_mean(key, missing, alike=_MISSPELT)
        if hint:
            yield _passed_over(found, f'"{key}", which is no known key', hint)
