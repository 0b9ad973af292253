"""How codes came into the codebook: found in the material, brought to it, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from qualcode.core.codebook import codes_by_id, meaning_of, resolve
from qualcode.core.model import Code, Codebook, Coding
from qualcode.core.problems import QualcodeError
from qualcode.project.codebook_life import BY_HAND
from qualcode.project.codebook_report import BEGUN, Version, versions
from qualcode.project.codebooks import usable_codebook
from qualcode.project.deciding import steps
from qualcode.project.shipped import shipped_codebooks
from qualcode.project.study import Study
from qualcode.store.codebook_history import read_version, version_path

_KEPT_AFTER = "codebook kept after "
_IMPORTS = ("codebook import", "import units", "import codings")

How = Literal["arose", "brought", "unknown"]


@dataclass(frozen=True, slots=True)
class Birth:
    """How a code came about; `doc_id` is the document in which it arose, "" where not known.

    It `arose` where a command made it once there were documents. It was `brought` where it
    stood in the codebook before anything was coded, or ships with qualcode. Of what was
    written into the file by hand, or taken in, later than that, nobody can tell.
    """

    how: How
    at: str = ""
    doc_id: str = ""


def code_births(study: Study, codebook: Codebook, codings: Sequence[Coding]) -> dict[str, Birth]:
    """The birth of every code of the codebook, by its id."""
    brought_by = _first_versions(study)
    first_document = _first_change(study, "documents/")
    first_coding = _first_change(study, "codings/")
    shipped = _shipped_meanings()
    known = set(study.document_ids())
    used = _first_uses(codebook, codings)
    births = {}
    for code in codebook.codes:
        version = brought_by.get(code.id)
        at = version.at if version else ""
        if version and _is_made(version) and first_document and first_document < at:
            doc_id = _told(code, known) or used.get(code.id, "")
            births[code.id] = Birth("arose", at, doc_id)
        elif (
            (code.definition and meaning_of(code) in shipped.get(code.id, ()))
            or not codings
            or (at and first_coding and at < first_coding)
        ):
            births[code.id] = Birth("brought", at)
        else:
            births[code.id] = Birth("unknown", at)
    return births


def _first_versions(study: Study) -> dict[str, Version]:
    """The version that first had each code."""
    found: dict[str, Version] = {}
    for version in _told_apart(versions(study)):
        number = version.number
        if number is None or not version_path(study.paths, number).is_file():
            continue
        try:
            codes = read_version(study.paths, number).codebook.codes
        except QualcodeError:
            continue
        for code in codes:
            found.setdefault(code.id, version)
    return found


def _told_apart(found: Sequence[Version]) -> Iterable[Version]:
    """The versions; of two that one command kept, the first is what stood there by hand."""
    for one, after in pairwise((*found, Version(None))):
        is_same = (one.at, one.coder, one.action) == (after.at, after.coder, after.action)
        yield Version(one.number, BY_HAND, one.at, one.coder) if is_same else one


def _is_made(version: Version) -> bool:
    action = version.action.removeprefix(_KEPT_AFTER)
    return bool(version.at) and action not in (BEGUN, BY_HAND, *_IMPORTS)


def _first_change(study: Study, folder: str) -> str:
    """When the first file came into a folder of the study, as the journal knows it; else ""."""
    return min(
        (
            decision.at
            for step in steps(study.paths)
            for decision in step.decisions
            if any(file.path.startswith(folder) for file in decision.files)
        ),
        default="",
    )


def _shipped_meanings() -> Mapping[str, frozenset[str]]:
    """The meanings of every code that ships with qualcode, by its id."""
    found: dict[str, set[str]] = {}
    for name in shipped_codebooks():
        for code in usable_codebook(name).codebook.codes:
            found.setdefault(code.id, set()).add(meaning_of(code))
    return {code_id: frozenset(meanings) for code_id, meanings in found.items()}


def _told(code: Code, doc_ids: Iterable[str]) -> str:
    """The document that its origin names."""
    named = code.origin.split(",")[0].strip()
    return named if named in doc_ids else ""


def _first_uses(codebook: Codebook, codings: Iterable[Coding]) -> dict[str, str]:
    """The document in which each code was first used; not where several share that moment."""
    known = codes_by_id(codebook)
    first: dict[str, tuple[str, set[str]]] = {}
    for coding in codings:
        code_id = resolve(codebook, coding.code_id) if coding.code_id in known else ""
        at, doc_ids = first.get(code_id, ("~", set()))
        if coding.at and coding.at <= at:
            first[code_id] = (coding.at, {coding.doc_id} | (doc_ids if coding.at == at else set()))
    return {code_id: min(ids) for code_id, (_, ids) in first.items() if len(ids) == 1}
