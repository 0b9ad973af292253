"""Plugins by name: found through entry points, imported only when they are named."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.protocols import Engine, Exporter, Reader, Segmenter, Suggester

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from qualcode.analysis.meaning import Encoder

GROUPS = ("readers", "segmenters", "suggesters", "exporters", "encoders", "engines")


@lru_cache(maxsize=1)
def _all_known() -> dict[str, dict[str, EntryPoint]]:
    """The plugins of every group; all packages that are installed are gone through once."""
    from importlib.metadata import entry_points  # it loads long, and few commands need it

    found = entry_points()
    groups = {group: found.select(group=f"qualcode.{group}") for group in GROUPS}
    return {
        group: {point.name: point for point in sorted(points, key=lambda p: (p.name, p.value))}
        for group, points in groups.items()
    }


def _known(group: str) -> dict[str, EntryPoint]:
    return _all_known()[group]


def plugin_names(group: str) -> tuple[str, ...]:
    """Names of the plugins of a group, in alphabetical order."""
    return tuple(_known(group))


def _load(group: str, name: str) -> Any:
    known = _known(group)
    if name not in known:
        raise QualcodeError(
            problem(P.NO_PLUGIN, group=group.removesuffix("s"), name=name, known=", ".join(known))
        )
    try:
        return known[name].load()
    except Exception as error:  # a plugin may raise anything when it is imported
        raise QualcodeError(
            problem(P.PLUGIN_FAILED, group=group.removesuffix("s"), name=name, reason=error)
        ) from error


def load_readers() -> tuple[Reader, ...]:
    """All readers, by name; one that cannot be imported raises QualcodeError."""
    readers: tuple[Reader, ...] = tuple(_load("readers", name) for name in _known("readers"))
    return readers


def load_segmenter(name: str) -> Segmenter:
    """The segmenter of that name."""
    segmenter: Segmenter = _load("segmenters", name)
    return segmenter


def load_suggester(name: str, *, pipeline: str = "") -> Suggester:
    """The suggester of that name; one that can read with a spaCy pipeline does so."""
    suggester: Suggester = _load("suggesters", name)
    reads = getattr(suggester, "with_pipeline", None)
    return reads(pipeline) if pipeline and reads else suggester


def load_exporter(name: str) -> Exporter:
    """The exporter of that name."""
    exporter: Exporter = _load("exporters", name)
    return exporter


def load_engine(name: str, *, workers: int = 1) -> Engine:
    """The engine of that name; one that can share work out does so among so many workers."""
    engine: Engine = _load("engines", name)
    shares = getattr(engine, "with_workers", None)
    return shares(workers) if shares else engine


def load_encoder(name: str) -> Encoder:
    """The encoder of that name, or the sentence transformer in the folder of that name.

    Raises:
        QualcodeError: NO_ENCODER, NO_ONNX, BAD_ENCODER, and as every plugin. One that fails
            later raises BAD_ENCODER when it is called.
    """
    from qualcode.plugins.encoders.guarded import guarded
    from qualcode.plugins.encoders.onnx import MODEL, open_encoder

    if name in _known("encoders"):
        return guarded(_load("encoders", name))
    folder = Path(name)
    if not (folder / MODEL).is_file():
        raise QualcodeError(
            problem(P.NO_ENCODER, name=name, known=", ".join(_known("encoders")), file=MODEL)
        )
    return guarded(open_encoder(folder))
