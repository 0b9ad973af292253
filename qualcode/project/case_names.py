"""People and organisations named in the documents who are no case yet."""

from __future__ import annotations

from collections import Counter

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Column, Table
from qualcode.plugins.pipeline import PassageReader
from qualcode.project.study import Study

_COLUMNS = (
    Column("name", "Name"),
    Column("kind", "What"),
    Column("mentions", "Mentions", "mentions"),
    Column("documents", "Documents"),
)


def suggest_cases(study: Study) -> Table:
    """Names that the study's pipeline finds and that no case has, in the most documents first.

    Raises:
        QualcodeError: NO_NAMES, NO_PIPELINE, BAD_PIPELINE, and what is wrong with the cases.
    """
    pipeline = study.settings.pipeline
    if not pipeline:
        raise QualcodeError(problem(P.NO_NAMES, found="qualcode.yaml names none"))
    reader = PassageReader(study.settings.language, pipeline)
    if not reader.finds_names():
        raise QualcodeError(problem(P.NO_NAMES, found=f'"{pipeline}" finds none'))
    book, _ = study.cases()
    mentions: Counter[tuple[str, str]] = Counter()
    documents: dict[tuple[str, str], list[str]] = {}
    for document in study.documents():
        for unit in document.units:
            for found in reader.names(document.text[unit.span.start : unit.span.end]):
                if not book.knows(found[0]):
                    mentions[found] += 1
                    documents.setdefault(found, []).append(document.id)
    where = {found: tuple(dict.fromkeys(ids)) for found, ids in documents.items()}
    ordered = sorted(where, key=lambda found: (-len(where[found]), -mentions[found], found))
    return Table(
        "case-names",
        "Names that are no case yet",
        _COLUMNS,
        tuple(((f[0],), (f[1],), (str(mentions[f]),), (", ".join(where[f]),)) for f in ordered),
        (f"Found by the pipeline {pipeline}, which misses some names and takes others for names.",),
    )
