"""Measures what is saved where little has changed, and what sharing work out costs.

python -m benchmarks.incremental                     runs again, workers, a large study
python -m benchmarks.incremental --only runs         one part alone
python -m benchmarks.incremental --large 1000        the large study with fewer documents
python -m benchmarks.incremental --markdown          the table in Markdown

Each figure stands beside its base, measured in the same run: the first `qualcode run`, one
worker, bare Python. The large study is written by `scripts/make_big_study.py`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from benchmarks._processes import QUALCODE, Used, used_by
from benchmarks._report import Report, markdown, plain
from benchmarks._talk import codebook_of_20, codebook_yaml, write_study
from qualcode.analysis.hits import search_table
from qualcode.core.model import Code, Codebook
from qualcode.project.codebooks import usable_codebook
from qualcode.project.searching import Asked, search
from qualcode.project.shipped import shipped_codebooks
from qualcode.project.study import open_study
from scripts.make_big_study import make_big_study

DOCUMENTS, WORDS = 1_000, 1_000
CODES = 50
WORKED_WORDS = 1_200_000
NO_CHANGE, ONE_DOCUMENT, ONE_CODE, EFFICIENCY = 0.08, 0.15, 0.45, 0.85


def runs() -> Report:
    """Processor time of a second run, as a share of the first."""
    title = f"Running again: {DOCUMENTS:,} documents of {WORDS} words, {CODES} codes"
    report = Report(f"{title} (processor time)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_study(folder / "notes", DOCUMENTS, n_words=WORDS)
        book = codebook_of_50()
        _write_codebook(folder, book)
        first = _run(folder)
        report.add("first run", f"{first.cpu:.1f} s", "", "the base")
        _share(report, "nothing changed", _run(folder), first, NO_CHANGE)
        changed = sorted((folder / "notes").iterdir())[DOCUMENTS // 2]
        changed.write_bytes(changed.read_bytes() + b"\n- nobody told us who decides\n")
        _share(report, "one document changed", _run(folder), first, ONE_DOCUMENT)
        first_code, *others = book.codes
        cues = (*first_code.cues, "nobody told us")
        _write_codebook(folder, replace(book, codes=(replace(first_code, cues=cues), *others)))
        _share(report, f"one code of {CODES} changed", _run(folder), first, ONE_CODE)
        kept = (folder / ".results.cache.sqlite").stat().st_size
        size = sum(path.stat().st_size for path in (folder / "notes").iterdir())
        report.add("what is kept on the disk", f"{kept / size:.1f}", "times the sources")
    return report


def codebook_of_50() -> Codebook:
    """Fifty codes of the codebooks that ship, the longer lists of cues parted in two."""
    codes: dict[str, Code] = {}
    books = [usable_codebook(name).codebook for name in shipped_codebooks()]
    for part in range(8):
        for code in chain.from_iterable(book.codes for book in books):
            cues = code.cues[part * 15 : part * 15 + 15]
            if cues and len(codes) < CODES:
                code_id = f"{code.id}-{part}"
                codes.setdefault(
                    code_id, Code(code_id, code_id, "D.", cues=cues, valence=code.valence)
                )
    return replace(codebook_of_20(), codes=tuple(codes.values()), pairs=())


def _write_codebook(folder: Path, book: Codebook) -> None:
    (folder / "codes.yaml").write_text(codebook_yaml(book), encoding="utf-8")


def _run(folder: Path, *options: str, out: str = "results") -> Used:
    told = ["run", "notes", "--codebook", "codes.yaml", "--out", out, "--json", *options]
    used = used_by([*QUALCODE, *told], cwd=folder)
    if used.status:
        raise SystemExit(f"qualcode run ended with status {used.status}")
    return used


def _share(report: Report, measure: str, used: Used, base: Used, goal: float) -> None:
    share = used.cpu / base.cpu
    report.add(measure, f"{share:.3f}", "of the first run", f"{used.cpu:.2f} s; goal {goal:.2f}")
    if share > goal:
        report.failures.append(f"{measure}: {share:.3f} of the first run, goal {goal:.2f}")


def workers() -> Report:
    """What sharing the work between two processes costs, and whether the bytes are the same."""
    report = Report("qualcode run --workers 2, beside one (20 codes)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_study(folder / "notes", WORKED_WORDS // 3_000)
        _write_codebook(folder, codebook_of_20())
        one = _run(folder, out="one")
        two = _run(folder, "--workers", "2", out="two")
        efficiency = one.cpu / two.cpu
        report.add("one worker", f"{one.cpu:.1f} s", f"{one.seconds:.1f} s by the clock")
        report.add("two workers", f"{two.cpu:.1f} s", f"{two.seconds:.1f} s by the clock")
        report.add("efficiency", f"{efficiency:.2f}", "processor time", f"goal {EFFICIENCY:.2f}")
        report.add("by the clock", f"{one.seconds / two.seconds:.2f}", "times as fast", "of 2.00")
        if efficiency < EFFICIENCY:
            report.failures.append(f"two workers: {efficiency:.2f}, goal {EFFICIENCY:.2f}")
        if _bytes(folder / "one") != _bytes(folder / "two"):
            report.failures.append("two workers wrote other bytes than one")
    return report


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def large(n_documents: int) -> Report:
    """What commands cost in a study with a hundred codings to a document."""
    n_codings = n_documents * 100
    report = Report(f"A study of {n_documents:,} documents and {n_codings:,} codings")
    with tempfile.TemporaryDirectory() as name:
        study = Path(name, "study")
        told = make_big_study(study, n_documents=n_documents, codings_each=100)
        base = used_by([sys.executable, "-c", "pass"], cwd=study)
        report.add("python -c pass", f"{base.seconds * 1000:.0f} ms", "by the clock", "the base")
        quote = ["code", told.doc_id, f'"{told.words}"', told.code_id]
        another = [*quote[:-1], "code-01"]
        search, table = ["search", told.everywhere], ["table", "codes"]
        pairs = ["table", "pairs", "--style", "full"]
        for measure, arguments, goal in (
            ("status, first time", ["status"], 0.0),
            ("status", ["status"], 2.0),
            ("one coding added", quote, 0.3),
            ("status after it", ["status"], 2.0),
            ("table of codes, first time", table, 0.0),
            ("the same table again", table, 5.0),
            ("another coding added", another, 0.3),
            ("the table after it", table, 5.0),
            ("table of pairs, first time", pairs, 0.0),
            ("a third coding added", [*quote[:-1], "code-02"], 0.3),
            ("the table of pairs after it", pairs, 5.0),
            ("search, first time", search, 0.0),
            ("search, the whole command", search, 0.0),
        ):
            _time(report, measure, used_by([*QUALCODE, *arguments], cwd=study), goal)
        for measure, word in (
            ("a word that is everywhere", told.everywhere),
            ("a rare one", told.rare),
        ):
            seconds = _search(study, word)
            report.add(f"search itself, {measure}", f"{seconds:.2f} s", "", "goal 0.2 s")
            if seconds > 0.2:
                report.failures.append(f"search, {measure}: {seconds:.2f} s, goal 0.2 s")
    return report


def _search(folder: Path, word: str) -> float:
    """Seconds of the fastest of several searches with their snippets, without start-up."""
    study, times = open_study(folder), []
    for _ in range(5):
        start = time.perf_counter()
        search_table(search(study, Asked(word)), word)
        times.append(time.perf_counter() - start)
    return min(times)


def _time(report: Report, measure: str, used: Used, goal: float) -> None:
    aim = f"goal {goal:g} s" if goal else ""
    report.add(measure, f"{used.seconds:.2f} s", f"{used.peak:.0f} MB at the peak", aim)
    if used.status > 1:
        report.failures.append(f"{measure}: ended with status {used.status}")
    if goal and used.seconds > goal:
        report.failures.append(f"{measure}: {used.seconds:.2f} s, goal {goal:g} s")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    parser.add_argument("--large", type=int, default=10_000, help="documents of the large study")
    parts: dict[str, Callable[[], Report]] = {
        "runs": runs,
        "workers": workers,
        "large": lambda: large(options.large),
    }
    parser.add_argument("--only", nargs="+", choices=parts, default=tuple(parts), metavar="PART")
    options = parser.parse_args(arguments)
    reports = [parts[part]() for part in parts if part in options.only]
    print(markdown(reports) if options.markdown else plain(reports))


if __name__ == "__main__":
    main()
