"""How fast files are read, laid out and frozen, and how much memory adding them needs."""

from __future__ import annotations

import io
import os
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks._files import FORMATS, notes_txt
from benchmarks._processes import QUALCODE, used_by
from benchmarks._report import Reading, Report

SIZE = 1_000_000
"""Characters of talk in each file."""
LARGE = 4_000_000
"""Characters of the file that shows whether time grows in step with length."""
ROUNDS = 3
NOTE_SIZE = 20_000
"""Characters of each file that is added: some four thousand words of notes."""
FEW, MANY = 50, 500
FLAT = 1.3
"""The most by which memory may grow from `FEW` to `MANY` files."""


def speed(reading: Reading) -> Report:
    """Megabytes of talk per second for the whole way, and as a multiple of decoding alone."""
    report = Report("Speed of the whole way: read, lay out, freeze (MB of words per second)")
    with tempfile.TemporaryDirectory() as folder:
        for name, (suffix, make) in FORMATS.items():
            path = Path(folder, f"{name.replace(' ', '-').replace(',', '')}{suffix}")
            path.write_bytes(make(SIZE))
            decoded = best(partial(decode, path))
            whole = best(partial(reading.read, path))
            document, problems = reading.read(path)
            if document is None:
                report.failures.append(f"{path.name}: not read ({problems[0]})")
                continue
            n = len(document.text)
            report.add(
                *(name, f"{n / whole / 1e6:.2f} MB/s", f"{path.stat().st_size / 1e6:.1f} MB file"),
                f"{whole / decoded:.0f} times as long as reading and decoding; {document.kind}",
            )
            if not 0.8 < n / SIZE < 1.6:
                report.failures.append(f"{path.name}: {n} characters frozen of about {SIZE}")
        _growth(Path(folder), reading, report)
    return report


def _growth(folder: Path, reading: Reading, report: Report) -> None:
    """Time per character of a long file against one of a quarter of its length."""
    for name in ("text, interview notes", "text, minutes", "text, transcript"):
        suffix, make = FORMATS[name]
        times: list[float] = []
        for size in (SIZE, LARGE):
            path = folder / f"grows-{size}{suffix}"
            path.write_bytes(make(size))
            times.append(best(partial(reading.read, path), rounds=2) / size)
        report.add(
            *(f"Time per character, {LARGE // SIZE} times the length: {name}",),
            *(f"{times[1] / times[0]:.2f}", "1.00 = linear"),
        )


def best(call: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Seconds of the fastest of several calls."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def decode(path: Path) -> int:
    """Reads the file and decodes its bytes, those of a zip after unpacking; their number."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return len(data.decode("utf-8", errors="replace"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(archive.read(one).decode(errors="replace")) for one in archive.namelist())


def memory() -> Report:
    """Peak memory of `qualcode add` in a process of its own, on few and on many files."""
    report = Report(f"Adding files of {NOTE_SIZE // 1000} kB to a project (qualcode add)")
    if os.name == "nt":
        report.skipped.append("peak memory: this system does not tell that of a finished process")
        return report
    peaks: list[float] = []
    for n in (FEW, MANY):
        with tempfile.TemporaryDirectory() as folder:
            seconds, peak, status = _add(Path(folder), n)
        if status:
            report.failures.append(f"qualcode add of {n} files ended with status {status}")
        peaks.append(peak)
        report.add(
            f"{n} files", f"{peak:.0f} MB", "peak memory", f"{n / seconds:.0f} files per second"
        )
    ratio = peaks[1] / peaks[0]
    report.add(
        *("Memory, many to few files", f"{ratio:.2f}", f"{MANY} to {FEW}"),
        f"{'within' if ratio < FLAT else 'ABOVE'} the limit of {FLAT}",
    )
    if ratio >= FLAT:
        report.failures.append(
            f"qualcode add: memory grows {ratio:.2f} times from {FEW} to {MANY} files"
        )
    return report


def _add(folder: Path, n: int) -> tuple[float, float, int]:
    """Seconds, megabytes at the peak, and the status of one `qualcode add`."""
    sources = folder / "fieldwork"
    sources.mkdir()
    for number in range(n):
        (sources / f"int-{number:04}.txt").write_bytes(notes_txt(NOTE_SIZE, seed=number))
    study = folder / "study"
    used_by([*QUALCODE, "init", str(study), "--question", "What helps?"], cwd=folder)
    used = used_by([*QUALCODE, "add", str(sources)], cwd=study)
    return used.seconds, used.peak, used.status
