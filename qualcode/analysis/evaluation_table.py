"""What to expect of suggestions, as a table with what it means below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.evaluation import (
    ENOUGH_USES,
    Between,
    Score,
    Trial,
    reading_of,
    score_of,
    spread_of,
    whole_score,
)
from qualcode.core.codebook import is_in_use
from qualcode.core.model import Code, Codebook
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import counted

PERCENT_FROM = 20
"""Cases from which on a share is given in percent."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried: passages left out, the codebook, and how coders agree where two read.

    `only_offered` says that every passage was decided on because something was offered there;
    `every` asks for the codes with few uses too.
    """

    trials: Sequence[Trial]
    codebook: Codebook
    between: Between | None = None
    only_offered: bool = False
    every: bool = False


def evaluation_table(tried: Tried, *, notes: Sequence[str] = ()) -> Table:
    """One row per code that was given or offered; `notes` come first.

    The codes whose suggestions can be relied on stand first (by F1); those with few uses come
    last, the most used first, and only where they are asked for or there are no others.
    """
    used = [(code, score_of(tried.trials, code.id)) for code in tried.codebook.codes]
    met = [(c, s) for c, s in used if is_in_use(c) and (s.uses or s.offered)]
    met.sort(key=lambda one: (not one[1].is_judged, -_reliable(one[1]), -one[1].uses, one[0].id))
    judged = [(code, score) for code, score in met if score.is_judged]
    shown = judged if judged and not tried.every else met
    columns = [
        Column("code", "Code"),
        Column("uses", "Uses", "passages"),
        Column("offered", "Offered", "passages"),
        Column("right", "Right", "passages"),
        Column("precision", "Precision"),
        Column("recall", "Recall"),
        Column("f1", "F1"),
    ]
    if tried.between is not None:
        measure = "kappa" if len(tried.between.coders) == 2 else "alpha"
        columns += [Column("coders_f1", "Coders F1"), Column(measure, f"Coders {measure}")]
    columns.append(Column("remark", "Remark"))
    rows = tuple(_row(code, score, tried.between) for code, score in shown)
    few = [(code.id, score.uses) for code, score in met if not score.is_judged]
    told = [*notes, *_told(tried, judged), *_few(few, are_shown=shown is met)]
    if tried.between is not None:
        told += _agreement(tried.between)
    return Table("evaluation", "What to expect of suggestions", tuple(columns), rows, tuple(told))


def _row(code: Code, score: Score, between: Between | None) -> tuple[Cell, ...]:
    figures = (score.precision, score.recall, score.f1)
    shown = figures if score.is_judged else (None, None, None)
    cells = [(code.id,), *((str(n),) for n in (score.uses, score.offered, score.right))]
    cells += [(_figure(one),) for one in shown]
    if between is not None:
        cells += [(_figure(one),) for one in between.by_code.get(code.id, (None, None))]
    return (*cells, (_remark(score),))


def _remark(score: Score) -> str:
    if not score.is_judged:
        return "too few"
    return "of little use" if score.is_of_little_use else "-"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _reliable(score: Score) -> float:
    """How far suggestions of a code can be relied on, where anything is known of that."""
    return (score.f1 or 0.0) if score.is_judged else 0.0


def _few(few: Sequence[tuple[str, int]], *, are_shown: bool) -> Iterator[str]:
    """The codes of which nothing is said, in a line."""
    if not few:
        return
    codes = counted(len(few), "code")
    has = "has" if len(few) == 1 else "have"
    said = f"{codes} {has} fewer than {ENOUGH_USES} uses: nothing is said of them"
    if are_shown:
        yield f"{said}."
        return
    named = ", ".join(f"{code_id} {uses}" for code_id, uses in few[:_NAMED])
    more = f" and {len(few) - _NAMED} more" if len(few) > _NAMED else ""
    yield f"{said} ({named}{more}; --all lists them)."


def _told(tried: Tried, judged: Sequence[tuple[Code, Score]]) -> Iterator[str]:
    whole = whole_score(tried.trials)
    low, high = spread_of(tried.trials)
    yield (
        f"All codes together: precision {_figure(whole.precision)}, recall "
        f"{_figure(whole.recall)}, F1 {_figure(whole.f1)} (95 % of resamples of the documents: "
        f"{low:.2f} to {high:.2f})."
    )
    yield (
        f"What it saves: {_share(whole.right, whole.uses, 'codings')} would only have to be "
        f"accepted, and {whole.offered - whole.right:,} wrong suggestions to be rejected."
    )
    yield _reading(tried)
    useless = sum(score.is_of_little_use for _, score in judged)
    yield (
        "Of little use: fewer than one suggestion in four is right, or one use in ten is found "
        f"({counted(useless, 'code')})."
    )


def _reading(tried: Tried) -> str:
    """What reading only the offers would mean, where these passages can say that."""
    if tried.only_offered:
        return _NOT_KNOWN.format(
            why="each was decided on in a review, because something was offered there",
            todo="Code a document from its first to its last passage by hand",
        )
    if all(trial.accepted for trial in tried.trials):
        return _NOT_KNOWN.format(
            why="each has a code",
            todo="Leave passages uncoded in a review (key e), or take in units without a code",
        )
    reading = reading_of(tried.trials)
    return (
        f"Who reads only the passages with a suggestion reads "
        f"{_share(reading.with_offer, reading.passages, 'passages')} and meets "
        f"{_share(reading.held, reading.uses, 'codings')}; the other "
        f"{reading.passages - reading.with_offer:,} passages need not be read, if that is enough."
    )


_NOT_KNOWN = (
    "How much suggestions miss in the whole study cannot be known from these passages, for {why}: "
    "recall holds for such passages alone. {todo}, and ask again."
)


def _agreement(between: Between) -> Iterator[str]:
    yield (
        f"{' and '.join(between.coders)} both read {between.passages:,} of these passages: "
        f"alpha {_figure(between.alpha)} on whole sets of codes (Krippendorff, MASI), F1 "
        f"{_figure(between.f1)} with each other; what is suggested there agrees with them by "
        f"F1 {_figure(between.machine)}."
    )


def _share(part: int, whole: int, what: str) -> str:
    said = f"{part:,} of {whole:,} {what}"
    return f"{said} ({100 * part / whole:.0f} %)" if whole >= PERCENT_FROM else said
