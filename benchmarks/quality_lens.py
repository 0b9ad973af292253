"""Part 7 of the quality benchmark: at which levels a passage speaks.

The sentences were written for this toolkit, with their lenses, by the rule below. Those of
odd number were for tuning. Of those of even number, 1 to 189 were in sight when the first
words were chosen, so their figures are too good; 190 and up, a quarter of them traps without
any lens, were written afterwards, and looked at only in figures: theirs are to be trusted.

The rule, written before the sentences. A passage speaks at the level of

- individual, where it says something of particular people as people: what one of them wants,
  feels, knows, has lived through or does of their own accord, how long they stay, how two of
  them get on; somebody who only speaks or acts for an agency or an occupation is no such
  person;
- profession, where it says something of an occupation as a whole, or of its members as its
  members: training, values, language, standing, ways of seeing and working; a job title alone
  is not enough;
- organisation, where it says something of an agency, employer or board as a body: structure,
  rules, money, targets, grades, systems, premises, inspection, what it commits to; the name of
  an agency alone is not enough;
- several, where what is said at one would still be said without the other;
- none, where it says nothing at any: the room, what a family lives through or needs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks._quality import SEED, Result, interval
from qualcode.analysis.lenses import LensCues, LensModel, ReviewedLenses, fit_lenses
from qualcode.core.model import Codebook
from qualcode.plugins.language import word_forms
from qualcode.plugins.registry import load_encoder
from qualcode.store.codebook_file import read_codebook

PART = "7 lens"
SENTENCES = Path(__file__).with_name("lenses.jsonl")
CODEBOOK = Path(__file__).parents[1] / "codebooks" / "collaboration.yaml"
LENSES = ("individual", "profession", "organisation")
FIRST_AFTERWARDS = 190
FOLDS = 10
OWN = "own-"
LEARNED_FROM = (20, 40, 80)
Row = dict[str, Any]
Read = Callable[[Row], Sequence[str]]


def run() -> list[Result]:
    """Every figure of this part."""
    held, rules = reported(), _reader(fit_lenses(_known()))
    later = _afterwards(held)
    seen = [row for row in held if row["n"] < FIRST_AFTERWARDS]
    coded = [row for row in held if row["code"]]
    by_rules = _reader(fit_lenses(_known()), with_code=True)
    return [
        *_figures("lens cues of the codebook alone", later, _by_cues),
        *_figures("rules alone", later, rules),
        *_figures("lens cues of the codebook alone, first 189", seen, _by_cues),
        *_figures("rules alone, first 189", seen, rules),
        *_figures("rules alone, all", held, rules),
        *_learned("{} reviewed", held, _known()),
        *_learned("a lens without rules or cues, {} reviewed", held, _unknown()),
        *_figures("the code's own lenses, sentences with a code", coded, _of_code),
        *_figures("rules and the code's own, sentences with a code", coded, by_rules),
    ]


def _learned(measure: str, rows: Sequence[Row], known: LensCues) -> Iterator[Result]:
    for n in LEARNED_FROM:
        said = measure.format(n)
        got = {row["n"]: one for row, one in zip(rows, crossed(rows, known, n), strict=True)}

        def read(row: Row, got: dict[int, Sequence[str]] = got) -> Sequence[str]:
            return got[row["n"]]

        if known.lenses[0].id in LENSES:
            yield from _figures(said, _afterwards(rows), read)
        yield from _figures(f"{said}, all", rows, read)


def _afterwards(rows: Sequence[Row]) -> list[Row]:
    """Those written when the words had been chosen."""
    return [row for row in rows if row["n"] >= FIRST_AFTERWARDS]


def sentences() -> list[Row]:
    """All sentences, in order."""
    return [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def reported() -> list[Row]:
    """Those that are reported: of even number."""
    return [row for row in sentences() if row["n"] % 2 == 0]


@lru_cache(maxsize=1)
def _codebook() -> Codebook:
    codebook = read_codebook(CODEBOOK).codebook
    if codebook is None:
        raise ValueError(f"{CODEBOOK} cannot be read")
    return codebook


@lru_cache(maxsize=1)
def _known() -> LensCues:
    return LensCues.of(_codebook().lenses, word_forms("en"))


def _unknown() -> LensCues:
    """The same lenses as if they were a project's own: without cues, and by other names."""
    lenses = [replace(lens, name="own", cues=()) for lens in _codebook().lenses]
    renamed = [replace(lens, id=f"{OWN}{lens.id}") for lens in lenses]
    return LensCues.of(renamed, word_forms("en"))


def _by_cues(row: Row) -> Sequence[str]:
    return tuple(_known().cues(row["text"]))


def _of_code(row: Row) -> Sequence[str]:
    return next(code.lenses for code in _codebook().codes if code.id == row["code"])


def _reader(model: LensModel, *, with_code: bool = False) -> Read:
    def read(row: Row) -> Sequence[str]:
        own = _of_code(row) if with_code else ()
        return model.look(row["text"]).offer(own).lenses

    return read


def crossed(rows: Sequence[Row], known: LensCues, n: int) -> list[Sequence[str]]:
    """The lenses of each row by a model that learned from n rows of other folds."""
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    own = OWN if known.lenses[0].id.startswith(OWN) else ""
    found: list[Sequence[str]] = [()] * len(rows)
    for k in range(FOLDS):
        seen = [rows[at] for place, at in enumerate(order) if place % FOLDS != k]
        some = random.Random(SEED + k).sample(seen, n)
        taught = [ReviewedLenses(r["text"], tuple(own + one for one in r["lenses"])) for r in some]
        read = _reader(fit_lenses(known, taught, load_encoder("static")))
        for at in order[k::FOLDS]:
            found[at] = [one.removeprefix(OWN) for one in read(rows[at])]
    return found


def _figures(way: str, rows: Sequence[Row], read: Read) -> Iterator[Result]:
    found = [read(row) for row in rows]
    for lens in LENSES:
        pairs = [(lens in row["lenses"], lens in got) for row, got in zip(rows, found, strict=True)]

        def score(places: Sequence[int], pairs: list[tuple[bool, bool]] = pairs) -> float:
            return f1([pairs[n] for n in places])

        low, high = interval(score, [str(row["n"]) for row in rows])
        remark = f"precision {_share(pairs, 1):.2f}, recall {_share(pairs, 0):.2f}"
        yield Result(PART, f"{lens} F1, {way}", f1(pairs), low, high, len(rows), remark)


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """F1 of what was said (second) beside what is so (first); 0.0 where neither is ever."""
    both = sum(so and said for so, said in pairs)
    return 2 * both / max(1, sum(so + said for so, said in pairs))


def _share(pairs: Sequence[tuple[bool, bool]], of: int) -> float:
    held = [so and said for so, said in pairs if (so, said)[of]]
    return sum(held) / len(held) if held else 0.0


if __name__ == "__main__":
    for one in run():
        print(
            f"{one.measure:62} {one.value:.2f} ({one.low:.2f} to {one.high:.2f}) "
            f"n={one.n} {one.remark}"
        )
