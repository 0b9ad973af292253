"""A run that is done only where something has changed since the last one.

This module loads little: where nothing has changed, nothing else is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.core.compact import pack, unpack
from qualcode.core.problems import P, Problem
from qualcode.core.table import Table
from qualcode.core.text import short_key
from qualcode.project.run_how import ONCE, How, kept_path
from qualcode.project.shipped import shipped_codebooks
from qualcode.project.sources import METADATA_FILES, find_sources, is_project
from qualcode.project.versions import engine_version, stats_below, stats_of
from qualcode.store.kept import open_kept
from qualcode.store.paths import SETTINGS, ProjectPaths

if TYPE_CHECKING:
    from qualcode.project.run_result import RunResult

RUN = "run"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run; `codebook` is a path or the name of one that ships.

    `kind` is that of every source of which nothing else says it.
    """

    folder: Path
    codebook: str
    out: Path
    sheet: Path | None = None
    force: bool = False
    how: How = ONCE
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said of a run when it is over; `values` is everything in numbers, as JSON.

    `reread` and `recoded` count documents that had to be read anew and coded anew, `gone` those
    that an earlier run had and that are no longer there; `what` is what was counted ("412
    suggestions").
    """

    pairs: Table
    values: str
    what: str
    documents: int
    words: int
    segments: int
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]
    reread: int
    recoded: int
    gone: int = 0
    is_new: bool = True

    @property
    def is_clean(self) -> bool:
        """Whether nothing worse than a note was met."""
        return all(found.severity == "note" for found in self.problems)


def run_or_reuse(order: Order, *, progress: Callable[[int, int, str], None] | None) -> Shown:
    """What a run gives; where nothing has changed since the last one, what that one gave.

    Raises:
        QualcodeError: as `batch.run`.
    """
    place = kept_path(order.folder, order.out)
    version = engine_version()
    before = _inputs(order)
    notes: tuple[Problem, ...] = ()
    if stats_of(place):
        with open_kept(place, version, lasting=True) as kept:
            key = short_key(before, _outputs(order.out))
            held = None if order.how.rehash else kept.get(RUN, "", key)
        notes = kept.notes
        if held is not None:
            return replace(unpack(Shown, held), is_new=False, reread=0, recoded=0, gone=0)
    shown = _run(order, progress)
    with open_kept(place, version, lasting=True) as kept:
        if _is_lasting(shown, order.folder):
            kept.put(RUN, "", short_key(before, _outputs(order.out)), pack(_lasting(shown)))
    more = (note for note in (*notes, *kept.notes) if note not in shown.problems)
    return replace(shown, problems=(*shown.problems, *dict.fromkeys(more)))


def _run(order: Order, progress: Callable[[int, int, str], None] | None) -> Shown:
    from qualcode.project.batch import run

    result = run(
        order.folder,
        codebook=order.codebook,
        out=order.out,
        force=order.force,
        sheet=order.sheet,
        kind=order.kind,
        how=order.how,
        progress=progress,
    )
    return shown_of(result)


def _is_lasting(shown: Shown, folder: Path) -> bool:
    """Whether the same would come out again: a document that failed may do better next time."""
    failed = any(found.number == P.DOCUMENT_FAILED.number for found in shown.problems)
    return not failed and not has_models_of_its_own(folder)


def _lasting(shown: Shown) -> Shown:
    """What holds the next time too: by then what was damaged has been made again."""
    held = (found for found in shown.problems if found.number != P.CACHE_REBUILT.number)
    return replace(shown, problems=tuple(held))


def has_models_of_its_own(folder: Path) -> bool:
    """Whether a project works with a model in a folder, which may change unseen."""
    from qualcode.project.settings import load_settings

    if not is_project(folder):
        return False
    settings = load_settings(ProjectPaths(folder))
    # the folder of an encoder is one of the project's, that of a pipeline is where one stands
    folders = (settings.pipeline, settings.encoder and folder / settings.encoder)
    return any(name and Path(name).is_dir() for name in folders)


def shown_of(result: RunResult) -> Shown:
    """What is said of the result of a run."""
    import json

    from qualcode.analysis.pair_values import run_values

    rollup, documents = result.rollup, result.documents
    what = f"{rollup.suggestions:,} suggestions"
    return Shown(
        pairs=result.pairs,
        values=json.dumps(run_values(result.rollup)),
        what=what if rollup.is_draft else f"{rollup.codings:,} codings",
        documents=len(documents),
        words=sum(document.words for document in documents),
        segments=sum(document.segments for document in documents),
        skipped=result.skipped,
        problems=result.problems,
        reread=result.reread,
        recoded=result.recoded,
        gone=result.gone,
    )


def _inputs(order: Order) -> str:
    """What stands for everything that a run reads, without reading it."""
    folder = order.folder
    named = order.codebook
    paths = (Path(named), shipped_codebooks().get(named, Path(named)), order.sheet or Path(named))
    own = (folder / name for name in (*_STUDY_FILES, *METADATA_FILES))
    stats = [f"{path} {stats_of(path)}" for path in (*paths, *own)]
    places = (str(folder.absolute()), str(order.out.absolute()))
    return short_key(*places, order.kind, *stats, *_sources(order))


_STUDY_FILES = (SETTINGS, "codebook.yaml", "pairs.yaml", "cases.yaml")


def _sources(order: Order) -> Iterator[str]:
    folder = order.folder
    if not is_project(folder):
        if folder.is_dir():
            for found in find_sources(folder, leave_out=order.out):
                yield f"{found.name} {stats_of(found.path)}"
        return
    for name in ("documents", "codings", "reviews"):
        for inside, stats in stats_below(folder / name):
            yield f"{name}/{inside} {stats}"
    # a codebook that was changed has one more earlier version
    yield from (path.name for path in sorted((folder / "history").glob("codebook-*")))


def _outputs(out: Path) -> str:
    """What stands for the results as they are now."""
    return short_key(*(f"{name} {stats}" for name, stats in stats_below(out)))
