"""Measures what commands cost: each figure beside its base, measured in the same run.

python -m benchmarks.speed                  everything, up to 100 MB of text
python -m benchmarks.speed --full           memory with 500 MB too; takes an hour
python -m benchmarks.speed --only cues run  some parts alone
python -m benchmarks.speed --markdown       the table in Markdown

The bases are bare Python, bare spaCy tokenisation, and flashtext, a coder by dictionary,
where it is installed (pip install flashtext). The texts are written by `_talk.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path

from threadpoolctl import threadpool_limits

from benchmarks._processes import QUALCODE, Used, used_by
from benchmarks._report import Report, markdown, plain, shared_root
from benchmarks._talk import UNWRAPPED, codebook_of_20, codebook_yaml, plain_phrases, write_study
from benchmarks._transcripts import meetings, write_meeting
from qualcode.analysis.matching import Matcher
from qualcode.analysis.segment import segment_document
from qualcode.core.cues import parse_cue
from qualcode.plugins.language import word_forms
from qualcode.plugins.registry import load_segmenter
from qualcode.project.coding import Desk, Given
from qualcode.project.coding_views import Which
from qualcode.project.ingest import Ingester
from qualcode.project.learning import make_ready
from qualcode.project.sources import find_sources
from qualcode.project.study import open_study
from qualcode.project.waiting import find_waiting
from qualcode.store.paths import ProjectPaths

ROUNDS = 3
CUES = 500
GROWTH = (100, 1_000, 10_000)
SOME, MORE, REVIEWS = 24, 160, 200
"""Documents of a project, those that are added to it, and suggestions that are decided on."""
SHORT = 300
"""Words of each document where their number grows."""
MEGABYTE_WORDS = 168_000
"""Words in a megabyte of these texts."""
_BARE = (
    "import sys; print(sum(len(open(p, encoding='utf-8').read().split()) for p in sys.argv[1:]))"
)


def start_up() -> Report:
    """Commands that a researcher waits for, as multiples of Python that does nothing."""
    report = Report("Start-up (processor time, as a multiple of `python -c pass`)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_study(folder / "notes", 8)
        used_by([*QUALCODE, "init", "study", "--question", "What helps?"], cwd=folder)
        used_by([*QUALCODE, "add", str(folder / "notes")], cwd=folder / "study")
        base = _least([sys.executable, "-c", "pass"], folder / "study")
        report.add("python -c pass", f"{base * 1000:.1f} ms", "", "the base")
        completion = {"COMP_WORDS": "qualcode sta", "COMP_CWORD": "1"}
        for measure, arguments, goal in (
            ("qualcode --version", ["--version"], 1.5),
            ("completion of a command", [], 1.5),
            ("qualcode --help", ["--help"], 12.0),
            ("qualcode status, 8 documents", ["status"], 12.0),
        ):
            asked = {} if arguments else {"_QUALCODE_COMPLETE": "complete_bash", **completion}
            ratio = _least([*_ENTRY, *arguments], folder / "study", **asked) / base
            report.add(measure, f"{ratio:.1f}", "times", f"goal {goal:g}")
            if ratio > goal:
                report.failures.append(f"{measure}: {ratio:.1f} times bare Python, goal {goal:g}")
    return report


_ENTRY = [sys.executable, "-c", "from qualcode.__main__ import main; main()"]


def _least(command: Sequence[str], cwd: Path, **environment: str) -> float:
    return min(used_by(command, cwd=cwd, environment=environment).cpu for _ in range(20))


def cues() -> Report:
    """Words per second of the search for cues, beside tokenising the same segments."""
    import spacy

    report = Report(f"Cue pass, {CUES} plain cues (million words per second, one core)")
    texts = _segments()
    words = sum(len(text.split()) for text in texts)
    nlp = spacy.blank("en")
    phrases = plain_phrases(CUES)
    matcher = Matcher(map(parse_cue, phrases), word_forms("en"))
    tokenised = _rounds(lambda: [len(nlp.make_doc(text)) for text in texts])
    found = _rounds(lambda: [len(matcher.find(text)) for text in texts])
    for at, when in ((0, "first time"), (-1, "again")):
        base, ours = words / tokenised[at] / 1e6, words / found[at] / 1e6
        report.add(f"bare spaCy tokenisation, {when}", f"{base:.2f}", "", "the base")
        report.add(f"cue pass, {when}", f"{ours:.2f}", f"{ours / base:.2f} times", "goal 1.30")
        if ours < 1.3 * base:
            report.failures.append(f"cue pass, {when}: {ours / base:.2f} times tokenisation")
    n_hits = sum(len(matcher.find(text)) for text in texts)
    report.add("words to a hit", f"{words / max(1, n_hits):.0f}", f"{words:,} words")
    _flashtext(report, phrases, texts, words)
    return report


def _segments() -> list[str]:
    """The segments of a study of some 90,000 words."""
    split, ingester = load_segmenter("sentences")("en"), Ingester()
    texts: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        write_study(Path(name, "notes"), 30)
        for found in find_sources(Path(name, "notes")):
            document = ingester.ingest(found).document
            if document is not None:
                spans = [segment.span for segment in segment_document(document, split=split)]
                texts.extend(document.text[span.start : span.end] for span in spans)
    return texts


def _rounds(call: Callable[[], object]) -> list[float]:
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return times


def _flashtext(report: Report, phrases: Sequence[str], texts: Sequence[str], words: int) -> None:
    try:
        from flashtext import KeywordProcessor  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        report.skipped.append("flashtext, which is not installed")
        return
    processor = KeywordProcessor()
    processor.add_keywords_from_list(list(phrases))
    seconds = min(_rounds(lambda: [processor.extract_keywords(text) for text in texts]))
    report.add("flashtext, no inflections", f"{words / seconds / 1e6:.2f}", "", "a peer")


def run() -> Report:
    """Words per second of `qualcode run`, and how its cost grows with the documents."""
    report = Report("qualcode run, 20 codes with 18 cues each (words per second of one core)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = write_study(folder / "notes", 320)
        used, few = _least_run(folder, "notes"), _run_few(folder)
        rate = (words - few[0]) / (used.cpu - few[1].cpu)
        report.add("with start-up", f"{words / used.cpu:,.0f}", f"{words:,} words", "320 documents")
        report.add("without start-up", f"{rate:,.0f}", "", "goal 250,000")
        if rate < 250_000:
            report.failures.append(f"qualcode run: {rate:,.0f} words per second, goal 250,000")
        words = write_study(folder / "unwrapped", 320, width=UNWRAPPED)
        long = (words - few[0]) / (_least_run(folder, "unwrapped").cpu - few[1].cpu)
        report.add("paragraphs in one line each", f"{long:,.0f}", "", "without start-up")
        names = [str(path) for path in sorted((folder / "notes").iterdir())]
        bare = used_by([sys.executable, "-c", _BARE, *names], cwd=folder)
        report.add("bare Python, read and split", f"{words / bare.cpu:,.0f}", "", "the base")
        costs: list[float] = []
        for n in GROWTH:
            write_study(folder / f"grows-{n}", n, n_words=SHORT)
            costs.append(_run(folder, f"grows-{n}", out=f"grown-{n}").cpu / n * 1000)
            report.add(f"{n:,} documents of {SHORT} words", f"{costs[-1]:.1f} ms", "a document")
        report.add("10,000 to 1,000 documents", f"{costs[2] / costs[1]:.2f}", "1.00 = linear")
    return report


def real() -> Report:
    """Words per second of `qualcode run` on real talk, in which cues are rarer."""
    report = Report("qualcode run on real plain text, the same 20 codes (without start-up)")
    for name, write in REAL.items():
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            sources = folder / "sources"
            sources.mkdir()
            write(shared_root() / "data", sources)
            words = sum(len(one.read_text("utf-8").split()) for one in sources.iterdir())
            if not words:
                report.skipped.append(f"{name}: the data are not here")
                continue
            few = _run_few(folder)
            rate = (words - few[0]) / (_least_run(folder, "sources").cpu - few[1].cpu)
            listed = (folder / "sources-results-0" / "suggestions.csv").read_bytes().count(b"\n")
        report.add(name, f"{rate:,.0f}", f"{words:,} words", f"{words // listed} words to a hit")
    return report


def _meetings(data: Path, folder: Path) -> None:
    path = data / "qmsum_topics" / "dev.jsonl"
    for meeting, said in meetings(path) if path.is_file() else ():
        write_meeting(folder, meeting["id"], said)


def _copied(pattern: str, suffix: str) -> Callable[[Path, Path], None]:
    """What copies the files of a pattern, as plain text with this ending."""

    def copy(data: Path, folder: Path) -> None:
        for n, path in enumerate(sorted(data.glob(pattern))):
            text = path.read_text("utf-8", errors="replace")
            (folder / f"{n:03}-{path.stem}{suffix}").write_text(text, encoding="utf-8")

    return copy


REAL: dict[str, Callable[[Path, Path], None]] = {
    "50 meetings, a line for each turn": _meetings,
    "interviews as they were typed": _copied("*/transcripts/*.txt", ".txt"),
    "minutes in Markdown": _copied("minutes/**/*.md", ".md"),
}


def _least_run(folder: Path, sources: str) -> Used:
    """The first run of a folder, made several times: the one that took least."""
    runs = (_run(folder, sources, out=f"{sources}-results-{n}") for n in range(ROUNDS))
    return min(runs, key=attrgetter("cpu"))


def _run(folder: Path, sources: str, *, out: str = "results") -> Used:
    codebook = folder / "twenty.yaml"
    codebook.write_text(codebook_yaml(codebook_of_20()), encoding="utf-8")
    told = ["run", sources, "--codebook", str(codebook), "--out", out, "--json"]
    used = used_by([*QUALCODE, *told], cwd=folder)
    if used.status > 1:  # 1: a real file may hold nothing to code
        raise SystemExit(f"qualcode run of {sources} ended with status {used.status}")
    return used


def _run_few(folder: Path) -> tuple[int, Used]:
    words = write_study(folder / "few", 4)
    return words, _least_run(folder, "few")


def encoder() -> Report:
    """Words per second of `qualcode run` in a project with the static embedding."""
    report = Report("qualcode run, 20 codes, suggester hybrid (words per second of one core)")
    with tempfile.TemporaryDirectory() as name:
        base = _project_rate(Path(name), 0)
    report.add("nobody has reviewed: cues alone", f"{base:,.0f}", "", "the base; no start-up")
    with tempfile.TemporaryDirectory() as name:
        rate = _project_rate(Path(name), REVIEWS)
        with threadpool_limits(1):
            alone, tokenised = _suggester_rate(Path(name, "study"))
    of = f"{rate / base:.2f} times"
    report.add(f"{REVIEWS} reviewed: static embedding", f"{rate:,.0f}", of, "goal 80,000")
    report.add("bare spaCy tokenisation", f"{tokenised:,.0f}", "", "the base of the next")
    of = f"{alone / tokenised:.2f} times"
    report.add("its suggester alone, cues and all", f"{alone:,.0f}", of, "goal 100,000")
    if alone < 100_000:
        report.failures.append(f"the whole suggester: {alone:,.0f} words per second, goal 100,000")
    if rate < 80_000:
        report.failures.append(f"run with the static embedding: {rate:,.0f}, goal 80,000")
    return report


def _project_rate(folder: Path, n_reviews: int) -> float:
    """Words per second of what more documents cost: start and learning are in both runs."""
    study = folder / "study"
    used_by([*QUALCODE, "init", str(study), "--question", "What helps?"], cwd=folder)
    codebook = codebook_yaml(codebook_of_20())
    (study / "codebook.yaml").write_text(codebook, encoding="utf-8")
    write_study(folder / "some", SOME)
    used_by([*QUALCODE, "add", str(folder / "some")], cwd=study)
    _review(study, n_reviews)
    few = _run_project(study)
    words = write_study(folder / "more", MORE, first=SOME)
    used_by([*QUALCODE, "add", str(folder / "more")], cwd=study)
    return words / (_run_project(study).cpu - few.cpu)


def _suggester_rate(folder: Path) -> tuple[float, float]:
    """Words per second of what a study has learnt to suggest, and of spaCy, on its documents."""
    import spacy

    study, split = open_study(folder), load_segmenter("sentences")("en")
    tokenise = spacy.blank("en")
    suggest = make_ready(study, study.usable_codebook(), counted=True).suggest
    documents = [study.document(doc_id) for doc_id in study.document_ids()]
    work = [(one, tuple(segment_document(one, split=split))) for one in documents]
    for document, segments in work[:SOME]:  # words are learnt once, as start-up is in a run
        list(suggest(document, segments))
    words = sum(len(one.text.split()) for one, _ in work[SOME:])
    ours = time.process_time()
    for document, segments in work[SOME:]:
        list(suggest(document, segments))
    theirs = time.process_time()
    for document, _ in work[SOME:]:
        tokenise(document.text)
    return words / (theirs - ours), words / (time.process_time() - theirs)


def _run_project(study: Path) -> Used:
    """What a run needs that knows nothing of an earlier one."""
    ProjectPaths(study).runs.unlink(missing_ok=True)
    told = ["run", ".", "--codebook", "codebook.yaml", "--out", "results", "--json"]
    used = used_by([*QUALCODE, *told], cwd=study)
    if used.status:
        raise SystemExit(f"qualcode run of a project ended with status {used.status}")
    return used


def _review(folder: Path, n: int) -> None:
    """Accepts so many suggestions, spread over all documents."""
    if not n:
        return
    study = open_study(folder)
    waiting = find_waiting(study, Which())
    desk = Desk.of(study, waiting.coder)
    for one in waiting.found[:: len(waiting.found) // n][:n]:
        given = Given(one.code_id, one.valence, lenses=one.lenses, origin="suggestion")
        desk.code(study.document(one.doc_id), one.span, given)
    desk.commit("code")


def memory(sizes: Sequence[int]) -> Report:
    """Peak memory of `qualcode run` on so many megabytes of text, in many files and in one."""
    report = Report("Peak memory of qualcode run")
    if os.name == "nt":
        report.skipped.append("peak memory: this system does not tell that of a finished process")
        return report
    peaks: list[float] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            n = size * MEGABYTE_WORDS // 3_000
            write_study(folder / "notes", n)
            peaks.append(_run(folder, "notes").peak)
        report.add(f"{size} MB in {n:,} files", f"{peaks[-1]:.0f} MB")
    ratio = peaks[-1] / peaks[0]
    report.add(f"{sizes[-1]} MB to {sizes[0]} MB", f"{ratio:.2f}", "times", "goal 1.50")
    if ratio > 1.5:
        report.failures.append(f"memory grows {ratio:.2f} times to {sizes[-1]} MB, goal 1.50")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_study(folder / "notes", 1, n_words=10 * MEGABYTE_WORDS)
        report.add("10 MB in one file", f"{_run(folder, 'notes').peak:.0f} MB")
    return report


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    parser.add_argument("--full", action="store_true", help="measure memory with 500 MB too")
    parts: dict[str, Callable[[], Report]] = {
        "start": start_up,
        "cues": cues,
        "run": run,
        "real": real,
        "encoder": encoder,
        "memory": lambda: memory((10, 100, 500) if options.full else (10, 100)),
    }
    parser.add_argument("--only", nargs="+", choices=parts, default=tuple(parts), metavar="PART")
    options = parser.parse_args()
    reports = [parts[part]() for part in parts if part in options.only]
    print(markdown(reports) if options.markdown else plain(reports))


if __name__ == "__main__":
    main()
