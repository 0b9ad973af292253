"""The codebook to hand on, in every format, with what was found and when codes were born."""

from __future__ import annotations

from dataclasses import replace

from qualcode.analysis.codebook_table import (
    CodeFacts,
    CodeFound,
    CodeLife,
    born_lines,
    codebook_data,
    codebook_table,
    count_codes,
)
from qualcode.analysis.pair_tables import counted
from qualcode.core.codebook import meaning_of, resolve
from qualcode.core.hints import did_you_mean
from qualcode.core.model import Codebook
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.plugins.exporters.codebook_markdown import codebook_markdown
from qualcode.plugins.exporters.markdown import escape
from qualcode.plugins.registry import load_exporter
from qualcode.project.codebook_life import count_codings
from qualcode.project.codebook_report import versions
from qualcode.project.comparing import gather
from qualcode.project.study import Study
from qualcode.store.codebook_history import read_version, version_path

AS_DATA = ("csv", "tsv", "xlsx", "json")
TO_READ = ("docx", "html", "latex")
FORMATS = ("markdown", "yaml", *AS_DATA, *TO_READ)


def export_codebook(study: Study, format: str) -> bytes:
    """The codebook to hand on: a document or table to read, its own YAML, or data.

    Raises:
        QualcodeError: UNKNOWN_WORD, or what is wrong with the codebook.
    """
    if format not in FORMATS:
        hint = did_you_mean(format, FORMATS)
        allowed = ", ".join(FORMATS)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="format", found=format, allowed=allowed, hint=hint)
        )
    codebook = study.usable_codebook()
    if format == "yaml":
        return study.paths.codebook.read_bytes()
    if format == "markdown":
        counts = {one: counted(n, "coding") for one, n in count_codings(study).items()}
        return codebook_markdown(codebook, counts, study.method, _births(study, codebook))
    make = codebook_data if format in AS_DATA else codebook_table
    return load_exporter(format)(make(codebook, code_facts(study, codebook), study.method))


def _births(study: Study, codebook: Codebook) -> dict[str, str]:
    """When each code was born, in words, where a version of the codebook tells it."""
    lives = code_lives(study, codebook)
    return {
        code.id: escape("; ".join(born_lines(code, lives[code.id])))
        for code in codebook.codes
        if code.id in lives
    }


def code_facts(study: Study, codebook: Codebook) -> CodeFacts:
    """What was found with each code, and its life through the versions of the codebook."""
    lives = code_lives(study, codebook)
    try:
        coded = gather(study, what="count")
    except QualcodeError as error:
        if error.problem.number != P.NOTHING_CODED.number:
            raise
        return CodeFacts(lives=lives)
    found = count_codes(coded.incidents)
    codings = count_codings(study)
    totals: dict[str, int] = {}
    for code_id, n in codings.items():
        totals[resolve(codebook, code_id)] = totals.get(resolve(codebook, code_id), 0) + n
    found = {
        code_id: replace(found.get(code_id, CodeFound()), codings=n)
        for code_id, n in totals.items()
    }
    counted_documents = sum(document.role != "context" for document in coded.documents)
    return CodeFacts(found, lives, counted_documents)


def code_lives(study: Study, codebook: Codebook) -> dict[str, CodeLife]:
    """For each code the version that brought it, and the one that brought its meaning."""
    lives: dict[str, CodeLife] = {}
    meanings: dict[str, str] = {}
    for version in versions(study):
        if version.number is None or not version_path(study.paths, version.number).is_file():
            continue
        for code in read_version(study.paths, version.number).codebook.codes:
            if code.id not in lives:
                lives[code.id] = CodeLife(version.number, version.at, version.because)
            if meanings.get(code.id) != meaning_of(code):
                meanings[code.id] = meaning_of(code)
                lives[code.id] = replace(lives[code.id], meaning=version.number)
    for code in codebook.codes:
        if code.id in lives and meanings[code.id] != meaning_of(code):
            lives[code.id] = replace(lives[code.id], meaning=codebook.version)
    return lives
