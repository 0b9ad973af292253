"""The settings of a project, and making a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from qualcode.core.methods import ECA, PROFILES, MethodProfile, profile
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.project.shipped import shipped_codebooks
from qualcode.store.corrections_file import FACTS
from qualcode.store.fields import (
    Field,
    Fields,
    Reading,
    items_of,
    known_entries,
    text_of,
)
from qualcode.store.files import write_new
from qualcode.store.paths import SETTINGS, ProjectPaths, find_project
from qualcode.store.yamlio import read_yaml

FORMAT = 1
METHODS = tuple(one.id for one in PROFILES)
LEARN_FROM = ("all", "own")

SETTINGS_FIELDS: Fields = {
    "format": Field("number", "Format of the project; 1.", required=True),
    "question": Field("text", "The research question; printed in every report."),
    "method": Field("word", "The method profile.", words=METHODS),
    "language": Field("word", "Language of the documents, as a two-letter code."),
    "pipeline": Field("text", "A trained spaCy pipeline: its name, or its folder."),
    "encoder": Field("text", "What compares meaning: static, none, or the folder of a model."),
    "suggester": Field("word", "What suggests codes: hybrid, cues, or that of a plugin."),
    "learn_from": Field(
        "word", "Whose decisions teach it: all, or each coder's own.", words=LEARN_FROM
    ),
    "outcome": Field("text", "What obstacles hinder and catalysts help, as tables name it."),
    "patterns": Field("entries", "What the name of a file says of it."),
}
PATTERN_FIELDS: Fields = {
    "match": Field("text", "A pattern of file names, such as INT*.", required=True),
    **{name: Field("text", f"The {name} of every document whose name fits.") for name in FACTS},
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says of itself. `patterns`: file-name pattern and the facts it gives."""

    question: str = ""
    method: str = "eca"
    language: str = "en"
    encoder: str = "static"
    pipeline: str = ""
    suggester: str = "hybrid"
    learn_from: str = "all"
    outcome: str = ""
    patterns: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


def load_settings(paths: ProjectPaths) -> Settings:
    """The settings of a project.

    Raises:
        QualcodeError: with everything wrong with the file, where anything is.
    """
    reading = Reading(str(paths.settings))
    found = known_entries(read_yaml(paths.settings), SETTINGS_FIELDS, reading, owner="the settings")
    patterns = [
        known_entries(node, PATTERN_FIELDS, reading, owner="this pattern")
        for node in items_of(found, "patterns")
    ]
    if reading.problems:
        raise QualcodeError(*reading.problems)
    return Settings(
        question=text_of(found, "question"),
        method=text_of(found, "method", "eca"),
        language=text_of(found, "language", "en"),
        encoder=text_of(found, "encoder") or "static",
        pipeline=_pipeline(paths, text_of(found, "pipeline")),
        suggester=text_of(found, "suggester") or "hybrid",
        learn_from=text_of(found, "learn_from") or "all",
        outcome=text_of(found, "outcome"),
        patterns=tuple(
            (
                text_of(pattern, "match"),
                tuple((name, text_of(pattern, name)) for name in FACTS if name in pattern),
            )
            for pattern in patterns
        ),
    )


def _pipeline(paths: ProjectPaths, name: str) -> str:
    """The folder of a pipeline where there is one of that name in the project, else its name."""
    inside = paths.root / name
    return str(inside) if name and inside.is_dir() else name


def method_of(folder: Path) -> MethodProfile:
    """The method of the project in a folder; the plain words for a folder that is none.

    Raises:
        QualcodeError: what is wrong with the settings.
    """
    paths = ProjectPaths(folder)
    return profile(load_settings(paths).method) if paths.settings.is_file() else ECA


def facts_by_pattern(settings: Settings, name: str) -> Mapping[str, str]:
    """What the name of a file says of it; later patterns win. Case does not matter."""
    facts: dict[str, str] = {}
    names = (name.casefold(), Path(name).name.casefold())
    for pattern, given in settings.patterns:
        if any(fnmatchcase(one, pattern.casefold()) for one in names):
            facts.update(given)
    return facts


def refuse_inside(root: Path) -> None:
    """Raises QualcodeError, INSIDE_PROJECT, for a new project below one that there is."""
    try:
        outer = find_project(root.absolute().parent)
    except QualcodeError:
        return
    raise QualcodeError(problem(P.INSIDE_PROJECT, path=str(root), outer=outer.root))


def make_project(root: Path, *, question: str, method: str, language: str) -> ProjectPaths:
    """A new project folder with settings, an empty codebook and a place for everything.

    Raises:
        QualcodeError: FILE_EXISTS where there is one already, UNKNOWN_METHOD.
    """
    if method not in METHODS:
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="method", found=method, allowed=", ".join(METHODS), hint="")
        )
    paths = ProjectPaths(root)
    given = {"question": question, "method": method, "language": language}
    text = yaml.safe_dump({"format": FORMAT, **given}, sort_keys=False, allow_unicode=True)
    write_new(root / SETTINGS, text.encode())
    if not paths.codebook.exists():
        write_new(paths.codebook, shipped_codebooks()["blank"].read_bytes())
    if not paths.cases.exists():
        write_new(paths.cases, b"format: 1\ncases: []\n")
    if not (root / ".gitignore").exists():
        write_new(root / ".gitignore", b".qualcode/\nresults/\n")
    for folder in (paths.sources, paths.documents):
        folder.mkdir(parents=True, exist_ok=True)
    return paths
