"""Part 6 of the quality benchmark: how fast suggesting and re-fitting are, on one core.

Speeds are in words per second on the comments of NHS, joined to documents of a thousand words
or so, beside bare spaCy tokenisation of the same documents in the same run. The cues are 500
words and pairs of words that 5 to 40 of these comments have.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from benchmarks._quality import Result
from benchmarks._quality_sets import Coded, load_set
from qualcode.core.learning import Material
from qualcode.core.model import Codebook, Document, Segment, Span, Unit
from qualcode.core.protocols import Suggest
from qualcode.plugins.registry import load_encoder, load_suggester
from qualcode.plugins.suggesters.hybrid import suggester

PART = "6 speed"
CUES = 500
UNITS = 60
"""Units of one document."""
REVIEWED = (100, 500, 1000, 3000)
ROUNDS = 5
SELDOM, OFTEN = 5, 40
Work = list[tuple[Document, list[Segment]]]


def run() -> list[Result]:
    """Every figure of this part; nothing where the data are not there."""
    coded = load_set("NHS")
    return [*_speeds(coded), *_fits(coded), *_memory()] if coded else []


def _speeds(coded: Coded) -> Iterator[Result]:
    import spacy

    work = _documents(coded)
    words = sum(len(document.text.split()) for document, _ in work)
    tokenise = spacy.blank("en").tokenizer
    book = _with_cues(coded)
    bare = words / _fastest(lambda: [len(tokenise(d.text)) for d, _ in work])
    yield _speed("bare spaCy tokenisation", bare, words, 1.0)
    cues = load_suggester("cues")(book)
    found = words / _fastest(lambda: _all(cues, work))
    yield _speed(f"cue pass, {CUES} cues", found, words, found / bare)
    for label, n, codebook in (
        ("200 reviewed", 200, _one_sided(coded.codebook)),
        ("1000 reviewed", 1000, _one_sided(coded.codebook)),
        ("1000 reviewed, valence read from each passage", 1000, coded.codebook),
        (f"1000 reviewed, {CUES} cues", 1000, _one_sided(book)),
    ):
        model = suggester.learn(codebook, _material(coded, n))
        found = words / _fastest(lambda model=model: _all(model, work))  # type: ignore[misc]
        yield _speed(f"whole suggester, {label}", found, words, found / bare)


def _one_sided(codebook: Codebook) -> Codebook:
    """The codebook with a valence for each code, so that none is read from the passages."""
    return replace(codebook, codes=tuple(replace(c, valence="obstacle") for c in codebook.codes))


def _speed(measure: str, value: float, words: int, ratio: float) -> Result:
    remark = f"{ratio:.2f} times bare tokenisation"
    return Result(PART, f"{measure} (words/s)", value, value, value, words, remark)


def _fits(coded: Coded) -> Iterator[Result]:
    for n in REVIEWED:
        material = _material(coded, n)
        seconds = _fastest(lambda m=material: suggester.learn(coded.codebook, m))  # type: ignore[misc]
        yield Result(PART, f"re-fit on {n} reviewed units (s)", seconds, seconds, seconds, n)


_PEAK = """
import resource
from benchmarks import _quality_speed as speed
from benchmarks._quality_sets import load_set
coded = load_set("NHS")
work = speed._documents(coded)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
model = speed.suggester.learn(coded.codebook, speed._material(coded, 1000))
speed._all(model, work)
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _memory() -> Iterator[Result]:
    """What fitting and suggesting add to the peak of a process of its own."""
    if sys.platform == "win32":
        return
    # from a small process: a child's peak begins at the size of its parent
    aside = "import subprocess, sys; subprocess.run(sys.argv[1:], check=True)"
    run = [sys.executable, "-c", aside, sys.executable, "-c", _PEAK]
    told = subprocess.run(run, check=True, capture_output=True, text=True)
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    before, peak = (float(one) / unit for one in told.stdout.split())
    added = peak - before
    remark = f"fit on 1000 units and all suggestions; {before:.0f} MB before, data included"
    yield Result(PART, "memory added at the peak (MB)", added, added, added, 1000, remark)


def _documents(coded: Coded) -> Work:
    """The units as segments of documents, in their order."""
    work: Work = []
    for first in range(0, len(coded.texts), UNITS):
        texts = coded.texts[first : first + UNITS]
        starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
        name = f"d{first}"
        document = Document(name, "\n".join(texts), "questionnaire", "applied", "", "", "", "")
        segments = []
        for n, text in enumerate(texts):
            span = Span(starts[n], starts[n] + len(text))
            unit = Unit(span, "answer", f"answer {n}", topic=coded.topics[first + n])
            segments.append(Segment(name, span, unit, "verbatim"))
        work.append((document, segments))
    return work


def _with_cues(coded: Coded) -> Codebook:
    """The codebook with long words, and pairs that end in one, as cues, dealt out to its codes."""
    counts: Counter[str] = Counter()
    for text in coded.texts:
        words = [w for w in text.lower().split() if w.isalpha()]
        counts.update(w for w in words if len(w) > 5)
        counts.update(f"{a} {b}" for a, b in pairwise(words) if len(b) > 5)
    common = [(-n, cue) for cue, n in counts.items() if SELDOM <= n <= OFTEN]
    cues = [cue for _, cue in sorted(common)[:CUES]]
    codes = coded.codebook.codes
    dealt = (replace(c, cues=tuple(cues[n :: len(codes)])) for n, c in enumerate(codes))
    return replace(coded.codebook, codes=tuple(dealt))


def _material(coded: Coded, n: int) -> Material:
    """The first units of the set as reviewed."""
    return Material(coded.reviewed(range(n)), load_encoder("static"))


def _all(suggest: Suggest, work: Work) -> int:
    return sum(1 for document, segments in work for _ in suggest(document, segments))


def _fastest(call: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest round: other work on the machine does not count."""
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)
