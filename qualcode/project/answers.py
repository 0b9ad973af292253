"""Answers that take long, kept for as long as nothing in the study changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from qualcode.core.compact import pack, unpack
from qualcode.core.text import short_key
from qualcode.project.deciding import coder_name
from qualcode.project.reuse import has_models_of_its_own
from qualcode.project.study import Study
from qualcode.project.versions import engine_version, stats_below, stats_of
from qualcode.store.kept import open_kept

T = TypeVar("T")
ANSWER = "answer"
MOST = 50
"""Answers that are kept; then all are forgotten."""


def kept_answer(study: Study, question: str, kind: type[T], find: Callable[[], T]) -> T:
    """What `find` gives; where nothing has changed since it was last asked, what it gave then.

    Args:
        question: says what is asked; everything else comes from the study.
        kind: the class of the answer, as `core.compact` takes it.
    """
    place, key = short_key(question), _state(study)
    with open_kept(study.paths.answers, engine_version(), lasting=True) as kept:
        held = kept.get(ANSWER, place, key)
    if held is not None:
        return unpack(kind, held)
    found = find()
    if not has_models_of_its_own(study.paths.root):
        with open_kept(study.paths.answers, engine_version(), lasting=True) as kept:
            places = kept.keys(ANSWER)
            kept.forget(places if len(places) >= MOST else (), ())
            kept.put(ANSWER, place, key, pack(found))
    return found


def _state(study: Study) -> str:
    """What stands for everything that an answer may come from."""
    paths = study.paths
    own = map(stats_of, (paths.settings, paths.codebook, paths.pairs, paths.cases))
    inside = (
        f"{folder}/{name} {stats}"
        for folder in ("documents", "codings", "reviews", "memos")
        for name, stats in stats_below(paths.root / folder)
    )
    return short_key(coder_name(paths), *own, *inside)
