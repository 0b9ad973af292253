"""Part 4 of the quality benchmark: which way a passage points.

The rules were tuned on one half of the documents of each set, by a hash of their ids; the
other half is reported. Some twenty rows of each set, from both halves, were read before the
first rule was written. The weights that ship come from sentences of our own; what is learned
is learned and tested over documents inside the reported half.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score, f1_score
from sklearn.pipeline import make_pipeline

from benchmarks._quality import SEED, Result, interval, is_reported, read_rows
from qualcode.analysis.valence import (
    SHIPPED,
    CodeReader,
    Reading,
    ReviewedValence,
    ValenceModel,
    fit_leanings,
    fit_valence,
)

PART = "4 valence"
NEGATION = Path(__file__).with_name("negation.jsonl")
SIDES = ("obstacle", "catalyst")
FOLDS = 5
LEARNED_FROM = (50, 100, 200, None)
# the questions as they were asked, by the name that the rows give them
QUESTIONS = {
    "challenges": "What are the most important challenges?",
    "dev_impl": "Are additional courses needed? Include any barriers to development.",
    "preventing": "What is preventing you from including it?",
    "technical": "Do you face any technical barriers?",
    "Q11": "What were the main benefits?",
    "Q12": "What are the main drawbacks?",
}
Row = dict[str, Any]
Guess = Callable[[Row], str]


def run() -> list[Result]:
    """Every figure of this part; the sets that are not there are left out."""
    return [*_nhs(), *_gwusec(), *_niblse(), *_negation()]


def leaning(reading: Reading) -> str:
    """The side to which a reading leans, where one of the two must be named."""
    return "obstacle" if reading.hinders > reading.helps else "catalyst"


def _topic(row: Row) -> str:
    asked: str = row["question"]
    return QUESTIONS.get(asked, asked)


def _macro(gold: Sequence[str], found: Sequence[str]) -> float:
    return float(f1_score(gold, found, labels=SIDES, average="macro", zero_division=0))


def _kappa(gold: Sequence[str], found: Sequence[str]) -> float:
    return float(cohen_kappa_score(gold, found)) if len({*gold, *found}) > 1 else 1.0


def _result(
    measure: str,
    rows: Sequence[Row],
    found: Sequence[str],
    score: Callable[[Sequence[str], Sequence[str]], float],
    remark: str = "",
) -> Result:
    gold = [row["valence"] for row in rows]

    def of(places: Sequence[int]) -> float:
        return score([gold[n] for n in places], [found[n] for n in places])

    low, high = interval(of, [row["doc"] for row in rows])
    return Result(PART, measure, score(gold, found), low, high, len(rows), remark)


def _sided(name: str) -> list[Row]:
    return [
        row
        for row in read_rows(name)
        if is_reported(row["doc"])
        and row.get("valence") in SIDES
        and row.get("coder", "primary") == "primary"
    ]


def _nhs() -> list[Result]:
    rows = _sided("nhs_patient_feedback")
    if not rows:
        return []
    ways = {
        "shipped, text alone": [leaning(SHIPPED(row["text"])) for row in rows],
        "shipped, with the question": [leaning(SHIPPED(row["text"], _topic(row))) for row in rows],
    }
    found = [_result(f"NHS macro-F1, {way}", rows, got, _macro) for way, got in ways.items()]
    named = _named([SHIPPED(row["text"], _topic(row)) for row in rows])
    found.append(_result("NHS praise read as an obstacle", rows, named, _alarms, "less is better"))
    for n in LEARNED_FROM:
        said = f"{n} reviewed" if n else "4/5 of the documents reviewed"
        base = _crossed(rows, _baseline, n)
        found.append(_result(f"NHS macro-F1, {said}", rows, _crossed(rows, _learned, n), _macro))
        found.append(
            _result(f"NHS macro-F1, {said}, baseline", rows, base, _macro, "TF-IDF + logistic")
        )
    return [*found, *_by_code(rows)]


def _by_code(rows: Sequence[Row]) -> list[Result]:
    """The same for each coding, without and with what its code's other codings say."""
    codings = [{**row, "code": code} for row in rows for code in row["codes"]]
    return [
        _result(f"NHS macro-F1 by coding, {n} codings, {way}", codings, got, _macro)
        for n in (50, 200)
        for way, fit in (("passages alone", _learned), ("codes too", _leaning))
        for got in (_crossed(codings, fit, n),)
    ]


def _leaning(rows: Sequence[Row]) -> Guess:
    given = [(row["code"], _reviewed(row)) for row in rows]
    model = fit_valence([one for _, one in given])
    reader = CodeReader(model, fit_leanings(model, given))

    def guess(row: Row) -> str:
        text, topic = row["text"], _topic(row)
        return leaning(reader.of(row["code"], model(text, topic), text, topic))

    return guess


def _reviewed(row: Row) -> ReviewedValence:
    return ReviewedValence(row["text"], row["valence"], _topic(row))


def _learned(rows: Sequence[Row]) -> Guess:
    model: ValenceModel = fit_valence([_reviewed(row) for row in rows])
    return lambda row: leaning(model(row["text"], _topic(row)))


def _baseline(rows: Sequence[Row]) -> Guess:
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=10, max_iter=1000, class_weight="balanced"),
    )
    model.fit([_asked(row) for row in rows], [row["valence"] for row in rows])
    return lambda row: str(model.predict([_asked(row)])[0])


def _asked(row: Row) -> str:
    """The text behind the name of its question, so that the baseline knows as much."""
    return f"question_{row['question'].replace(' ', '_')} {row['text']}"


def _crossed(
    rows: Sequence[Row], fit: Callable[[Sequence[Row]], Guess], n: int | None
) -> list[str]:
    """What is said of each row by a model that saw none of the rows of its fold's documents."""
    docs = sorted({row["doc"] for row in rows})
    random.Random(SEED).shuffle(docs)
    fold = {doc: at % FOLDS for at, doc in enumerate(docs)}
    found = [""] * len(rows)
    for k in range(FOLDS):
        seen = [row for row in rows if fold[row["doc"]] != k]
        guess = fit(random.Random(SEED + k).sample(seen, n) if n else seen)
        for at, row in enumerate(rows):
            if fold[row["doc"]] == k:
                found[at] = guess(row)
    return found


def _gwusec() -> list[Result]:
    """Benefits and drawbacks: both halves, for one has 25 answers; half was counted in tuning."""
    rows = [
        row
        for row in read_rows("gwusec_proctoring")
        if row.get("valence") in SIDES and row["coder"] == "primary"
    ]
    if not rows:
        return []
    alone = [leaning(SHIPPED(row["text"])) for row in rows]
    asked = [leaning(SHIPPED(row["text"], _topic(row))) for row in rows]
    remark = "both halves: too few for one"
    return [
        _result("GWUSEC macro-F1, text alone", rows, alone, _macro, remark),
        _result("GWUSEC kappa, text alone", rows, alone, _kappa, "a sentiment lexicon: 0.27"),
        _result("GWUSEC macro-F1, with the question", rows, asked, _macro, "it names the side"),
    ]


def _niblse() -> list[Result]:
    rows = _sided("niblse_barriers")
    if not rows:
        return []
    alone = [SHIPPED(row["text"]) for row in rows]
    asked = [SHIPPED(row["text"], _topic(row)) for row in rows]
    lexicon = "a sentiment lexicon: 0.31"
    return [
        _result("NIBLSE obstacle recall, text alone", rows, _named(alone), _recall, lexicon),
        _result(
            "NIBLSE obstacle recall, with the question",
            rows,
            _named(asked),
            _recall,
            "it names the side",
        ),
        _result(
            "NIBLSE obstacle recall, text alone, one side must be named",
            rows,
            [leaning(one) for one in alone],
            _recall,
        ),
    ]


def _named(readings: Sequence[Reading]) -> list[str]:
    """Mixed names an obstacle too."""
    return ["obstacle" if one.valence == "mixed" else one.valence for one in readings]


def _recall(gold: Sequence[str], found: Sequence[str]) -> float:
    held = [one == "obstacle" for side, one in zip(gold, found, strict=True) if side == "obstacle"]
    return sum(held) / len(held) if held else 0.0


def _alarms(gold: Sequence[str], found: Sequence[str]) -> float:
    """Share of the catalysts in which an obstacle is read, beside a catalyst or alone."""
    held = [one == "obstacle" for side, one in zip(gold, found, strict=True) if side == "catalyst"]
    return sum(held) / len(held) if held else 0.0


def _right(gold: Sequence[str], found: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(gold, found, strict=True)) / len(gold)


def _negation() -> list[Result]:
    lines = NEGATION.read_text(encoding="utf-8").splitlines()
    rows = [{**json.loads(line), "doc": str(n)} for n, line in enumerate(lines)]
    found: list[Result] = []
    for unseen, said in ((False, "seen while tuning"), (True, "unseen")):
        held = [row for row in rows if row["unseen"] == unseen]
        traps = [row for row in held if row["trap"]]
        for name, some in ((said, held), (f"{said}, traps alone", traps)):
            got: list[str] = [SHIPPED(row["text"]).valence for row in some]
            found.append(_result(f"negation set right, {name}", some, got, _right, "four classes"))
    return found


if __name__ == "__main__":
    for one in run():
        print(
            f"{one.measure:62} {one.value:.2f} ({one.low:.2f} to {one.high:.2f}) "
            f"n={one.n} {one.remark}"
        )
