"""Documents on disk: frozen text, facts in YAML, and parts as one JSON object to a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import yaml

from qualcode.core.model import (
    Attendance,
    Attribute,
    Document,
    Kind,
    Mark,
    Passage,
    Role,
    Span,
    Speaker,
    Unit,
)
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.text import content_hash
from qualcode.store.files import json_values
from qualcode.store.listing import names_in
from qualcode.store.paths import ProjectPaths


def document_ids(paths: ProjectPaths) -> tuple[str, ...]:
    """Ids of the documents of a project, in alphabetical order."""
    names = names_in(paths.documents)
    facts = (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return tuple(sorted(name for name in facts if not name.endswith(".corrections")))


def document_files(paths: ProjectPaths, document: Document) -> dict[Path, bytes]:
    """The files of a document and their bytes: frozen text, parts, facts."""
    facts = yaml.safe_dump(_facts(document), sort_keys=False, allow_unicode=True, width=100)
    return {
        paths.text(document.id): document.text.encode(),
        paths.parts(document.id): "".join(_part_lines(document)).encode(),
        paths.facts(document.id): facts.encode(),
    }


def load_facts(paths: ProjectPaths, doc_id: str) -> Document:
    """A document without its text, units, passages and marks.

    Raises:
        QualcodeError: NO_DOCUMENT or DAMAGED_DOCUMENT.
    """
    path = paths.facts(doc_id)
    if not path.is_file():
        raise QualcodeError(problem(P.NO_DOCUMENT, path=str(paths.root), document=doc_id, hint=""))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _from_facts(doc_id, yaml.load(path.read_text("utf-8"), Loader=loader))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path, error) from None


def load_document(paths: ProjectPaths, doc_id: str) -> Document:
    """The whole document.

    Raises:
        QualcodeError: NO_DOCUMENT, DAMAGED_DOCUMENT, or TEXT_CHANGED where the frozen text is
            not what was frozen.
    """
    document = load_facts(paths, doc_id)
    path = paths.parts(doc_id)
    try:
        text = paths.text(doc_id).read_bytes().decode()
        parts = _read_parts(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(path, error) from None
    if content_hash(text) != document.text_hash:
        raise QualcodeError(problem(P.TEXT_CHANGED, path=str(paths.text(doc_id))))
    return replace(document, text=text, **parts)


def _damaged(path: Path, error: Exception) -> QualcodeError:
    reason = " ".join(str(error).split())[:80]
    return QualcodeError(problem(P.DAMAGED_DOCUMENT, path=str(path), reason=reason))


def _facts(document: Document) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "source": document.source_name,
        "source_sha256": document.source_hash,
        "text_sha256": document.text_hash,
        "reader": document.reader,
        "kind": document.kind,
        "because": list(document.kind_reasons),
        "role": document.role,
        "date": document.date,
        "title": document.title,
        "speakers": [_speaker(speaker) for speaker in document.speakers],
        "attendance": [_attendance(one) for one in document.attendance],
        "attributes": [[a.key, a.value] for a in document.attributes],
        "dropped": dict(document.dropped),
    }
    return {key: value for key, value in facts.items() if value}


def _speaker(speaker: Speaker) -> dict[str, Any]:
    found: dict[str, Any] = {"id": speaker.id, "name": speaker.name}
    if speaker.case_id is not None:
        found["case"] = speaker.case_id
    if speaker.is_researcher:
        found["researcher"] = True
    if speaker.is_told:
        found["told"] = True
    return found


def _attendance(one: Attendance) -> dict[str, Any]:
    found = {
        "name": one.name,
        "status": one.status,
        "organisation": one.organisation,
        "role": one.role,
        "case": one.case_id,
    }
    return {key: value for key, value in found.items() if value}


def _from_facts(doc_id: str, facts: dict[str, Any]) -> Document:
    return Document(
        id=doc_id,
        text="",
        kind=cast("Kind", _words(facts["kind"])),
        role=cast("Role", _words(facts["role"])),
        source_name=_words(facts["source"]),
        source_hash=_words(facts["source_sha256"]),
        text_hash=_words(facts["text_sha256"]),
        reader=_words(facts["reader"]),
        date=str(facts.get("date", "")),
        title=str(facts.get("title", "")),
        speakers=tuple(
            Speaker(
                _words(s["id"]),
                _words(s["name"]),
                _words_or_none(s.get("case")),
                is_researcher=bool(s.get("researcher")),
                is_told=bool(s.get("told")),
            )
            for s in facts.get("speakers", ())
        ),
        attendance=tuple(
            Attendance(
                _words(a["name"]),
                a["status"],
                _words(a.get("organisation")),
                _words(a.get("role")),
                _words_or_none(a.get("case")),
            )
            for a in facts.get("attendance", ())
        ),
        attributes=tuple(Attribute(str(k), str(v)) for k, v in facts.get("attributes", ())),
        kind_reasons=tuple(map(_words, facts.get("because", ()))),
        dropped=tuple(sorted((_words(k), n) for k, n in facts.get("dropped", {}).items())),
    )


def _words(told: object) -> str:
    """What stands in the file as words: a person may have written a name as a bare number."""
    if isinstance(told, list | dict):
        raise TypeError(f"{told} stands where words belong")
    return "" if told is None else str(told)


def _words_or_none(told: object) -> str | None:
    return None if told is None else _words(told)


def _part_lines(document: Document) -> Iterator[str]:
    for unit in document.units:
        part: dict[str, Any] = {
            "unit": unit.ref,
            "form": unit.form,
            "span": [unit.span.start, unit.span.end],
        }
        if unit.speaker_id is not None:
            part["speaker"] = unit.speaker_id
        if unit.topic:
            part["topic"] = unit.topic
        yield _json_line(part)
    for passage in document.passages:
        span = [passage.span.start, passage.span.end]
        yield _json_line({"voice": passage.voice, "span": span})
    for mark in document.marks:
        place = {"line": mark.line, "page": mark.page, "time": mark.time}
        yield _json_line(
            {"mark": mark.offset, **{key: v for key, v in place.items() if v is not None}}
        )


def _json_line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _read_parts(path: Path) -> dict[str, Any]:
    units: list[Unit] = []
    passages: list[Passage] = []
    marks: list[Mark] = []
    for part in json_values(list(filter(None, path.read_text("utf-8").split("\n")))):
        if isinstance(part, ValueError):
            raise part
        if "unit" in part:
            units.append(
                Unit(
                    Span(*part["span"]),
                    part["form"],
                    part["unit"],
                    part.get("speaker"),
                    part.get("topic", ""),
                )
            )
        elif "voice" in part:
            passages.append(Passage(Span(*part["span"]), part["voice"]))
        else:
            marks.append(Mark(part["mark"], part.get("line"), part.get("page"), part.get("time")))
    return {"units": tuple(units), "passages": tuple(passages), "marks": tuple(marks)}
