"""What suggests codes in a run, and what its suggestions for each code depend on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from qualcode.core.codebook import is_in_use
from qualcode.core.model import Codebook
from qualcode.core.protocols import Split, Suggest
from qualcode.core.text import content_hash, short_key
from qualcode.plugins.registry import load_segmenter, load_suggester
from qualcode.project.settings import Settings
from qualcode.project.versions import stats_below

CUES, LEARNING = "cues", "hybrid"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run works with, and all that another process needs in order to do the same.

    `settings` are those of a project; None for a plain folder. `decided` stands for
    everybody's codings and reviews; "" where nobody has decided anything. Where somebody
    `has_coded`, codings are counted and not suggestions.
    """

    folder: Path
    codebook: Codebook
    settings: Settings | None = None
    decided: str = ""
    has_coded: bool = False

    @property
    def pipeline(self) -> str:
        """The name or folder of a spaCy pipeline, or ""."""
        return self.settings.pipeline if self.settings else ""


@dataclass(frozen=True, slots=True)
class Coder:
    """Everything that codes one document, made ready once.

    `keys` has a word for every code in use: while it is the same, so are the suggestions of
    that code on the same text. `suggest_for` gives what suggests these codes, and perhaps
    others.
    """

    split: Split
    keys: Mapping[str, str]
    suggest_for: Callable[[frozenset[str]], Suggest]


def coder_for(setup: Setup) -> Coder:
    """The suggester that the project names, where it counts; else by cues.

    Raises:
        QualcodeError: NO_PLUGIN, and what is wrong with codings, reviews or the encoder.
    """
    split = load_segmenter("sentences")(setup.codebook.language)
    if setup.settings is not None and _may_learn(setup.settings, setup.decided):
        from qualcode.plugins.suggesters.cues import Suggesting
        from qualcode.project.learning import make_ready
        from qualcode.project.study import Study
        from qualcode.store.paths import ProjectPaths

        study = Study(ProjectPaths(setup.folder), setup.settings)
        suggest = make_ready(study, setup.codebook, counted=True).suggest
        if not isinstance(suggest, Suggesting):
            key = _learnt_key(setup, setup.settings)
            return Coder(split, dict.fromkeys(_ids(setup.codebook), key), lambda _: suggest)
    by_cues = lru_cache(maxsize=8)(partial(_by_cues, setup))
    return Coder(split, _cue_keys(setup), by_cues)


def _may_learn(settings: Settings, decided: str) -> bool:
    """Whether anything but cues may suggest: before anybody decided there is nothing to learn."""
    return settings.suggester != CUES and (settings.suggester != LEARNING or bool(decided))


def _by_cues(setup: Setup, code_ids: frozenset[str]) -> Suggest:
    """Suggests these codes alone; the cues of one code say nothing of another."""
    codes = tuple(code for code in setup.codebook.codes if code.id in code_ids)
    return load_suggester(CUES, pipeline=setup.pipeline)(replace(setup.codebook, codes=codes))


def _ids(codebook: Codebook) -> list[str]:
    return [code.id for code in codebook.codes if is_in_use(code)]


def _cue_keys(setup: Setup) -> dict[str, str]:
    """For each code what its cues depend on: its rules, and the lenses that all codes share."""
    codebook = setup.codebook
    shared = [CUES, codebook.language, *_pipeline_key(setup.pipeline)]
    shared.extend(json.dumps([lens.id, lens.cues]) for lens in codebook.lenses)
    return {
        code.id: short_key(*shared, json.dumps([code.id, code.cues, code.valence, code.lenses]))
        for code in codebook.codes
        if is_in_use(code)
    }


def _pipeline_key(pipeline: str) -> list[str]:
    """A pipeline in a folder can change under its name; one that is installed cannot."""
    return [pipeline, *(stats for _, stats in stats_below(Path(pipeline)))] if pipeline else []


def _learnt_key(setup: Setup, settings: Settings) -> str:
    """What has learnt depends on all that it learnt from, and on the whole codebook."""
    codebook = json.dumps(asdict(setup.codebook))
    folders = _pipeline_key(settings.pipeline)
    if settings.encoder:  # its folder is one of the project's
        folders += (stats for _, stats in stats_below(setup.folder / settings.encoder))
    taught = _documents_key(setup.folder)
    return short_key(setup.decided, codebook, repr(settings), *taught, *folders)


def _documents_key(folder: Path) -> list[str]:
    """The documents on which somebody decided: their words and their role teach, too."""
    from qualcode.store.paths import ProjectPaths

    paths = ProjectPaths(folder)
    decided = {path.name.split(".")[0] for path in (*paths.all_codings(), *paths.all_reviews())}
    parts = (paths.text, paths.parts, paths.facts)
    files = (path_of(doc_id) for doc_id in sorted(decided) for path_of in parts)
    return [content_hash(path.read_bytes()) if path.is_file() else "" for path in files]
