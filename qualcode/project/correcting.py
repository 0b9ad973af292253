"""Correcting what was recognised: said once, kept over every re-reading."""

from __future__ import annotations

from dataclasses import replace

from qualcode.analysis.corrections import Corrections
from qualcode.project.adding import Added, Adder
from qualcode.project.metadata import check_facts
from qualcode.project.named import find_document
from qualcode.project.settings import load_settings
from qualcode.store.corrections_file import load_corrections
from qualcode.store.paths import ProjectPaths


def correct_document(paths: ProjectPaths, doc_id: str, more: Corrections) -> Added:
    """Adds corrections to those of a document, and freezes it anew; codings move along.

    Raises:
        QualcodeError: NO_DOCUMENT.
    """
    found = find_document(paths, doc_id)
    check_facts(dict(more.facts))
    before, _ = load_corrections(paths.corrections(found))
    adder = Adder(paths, load_settings(paths), action="correct", target=found)
    return adder.read_again(found, _together(before, more))


def _together(before: Corrections, more: Corrections) -> Corrections:
    return replace(
        before,
        facts=tuple({**dict(before.facts), **dict(more.facts)}.items()),
        speakers=tuple({**dict(before.speakers), **dict(more.speakers)}.items()),
        voices=tuple({**dict(before.voices), **dict(more.voices)}.items()),
        unit_speakers=tuple({**dict(before.unit_speakers), **dict(more.unit_speakers)}.items()),
        splits=(*before.splits, *(s for s in more.splits if s not in before.splits)),
        joins=(*before.joins, *(ref for ref in more.joins if ref not in before.joins)),
    )
