"""Answers that take long, kept for as long as nothing in the study changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from qualcode.core.compact import pack, unpack
from qualcode.core.problems import Problem
from qualcode.core.text import short_key
from qualcode.project.versions import engine_version, stats_below, stats_of
from qualcode.project.who import coder_name
from qualcode.store.kept import open_kept
from qualcode.store.paths import ProjectPaths

if TYPE_CHECKING:
    from qualcode.project.study import Study

T = TypeVar("T")
ANSWER = "answer"
MOST = 50
"""Answers that are kept; then all are forgotten."""


def kept_answer(
    paths: ProjectPaths, question: str, kind: type[T], find: Callable[[], T], *, day: str = ""
) -> tuple[T, tuple[Problem, ...]]:
    """What `find` gives; where nothing has changed since it was last asked, what it gave then.

    Behind it stands what is to be said of the file in which it is kept.

    Args:
        question: says what is asked; everything else comes from the study.
        kind: the class of the answer, as `core.compact` takes it.
        day: the day for which it holds, where it is not the same on every day.
    """
    place, key = short_key(question), short_key(day, _state(paths))
    with open_kept(paths.answers, engine_version(), lasting=True) as kept:
        held = kept.get(ANSWER, place, key)
    notes = kept.notes
    if held is not None:
        return unpack(kind, held), notes
    found = find()
    # imported here, so that an answer that was kept is there at once
    from qualcode.project.reuse import has_models_of_its_own

    if not has_models_of_its_own(paths.root):
        with open_kept(paths.answers, engine_version(), lasting=True) as kept:
            places = kept.keys(ANSWER)
            kept.forget(places if len(places) >= MOST else (), ())
            kept.put(ANSWER, place, key, pack(found))
    return found, notes


def kept_view(
    paths: ProjectPaths, question: str, kind: type[T], view: Callable[[Study], T], *, day: str = ""
) -> tuple[T, tuple[Problem, ...]]:
    """What `view` makes of a study, or made when nothing in it had changed; as `kept_answer`.

    What is to be said of other files in which results are kept stands behind it too.
    """
    notes: list[Problem] = []

    def find() -> T:
        # imported here, so that an answer that was kept is there at once
        from qualcode.project.settings import load_settings
        from qualcode.project.study import Study

        study = Study(paths, load_settings(paths))
        found = view(study)
        notes.extend(study.notes)
        return found

    found, more = kept_answer(paths, question, kind, find, day=day)
    return found, (*more, *notes)


_FOLDERS = (
    *("barometer", "codings", "documents", "journal", "memos"),
    *("proposals", "protocol", "reviews", "sources"),
)


def _state(paths: ProjectPaths) -> str:
    """What stands for everything that an answer may come from."""
    own = (f"{path.name} {stats_of(path)}" for path in sorted(paths.root.glob("*.yaml")))
    inside = (
        f"{folder}/{name} {stats}"
        for folder in _FOLDERS
        for name, stats in stats_below(paths.root / folder)
    )
    # a codebook or a protocol that was changed has one more earlier version
    history = sorted((paths.root / "history").glob("*.yaml"))
    versions = (f"{path.name} {stats_of(path)}" for path in history)
    # a folder that was moved keeps its files as they are, and problems name where they were
    return short_key(str(paths.root), coder_name(paths), *own, *inside, *versions)
