"""A table of coded units: which column is what, and what each row says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.hints import did_you_mean
from qualcode.core.problems import P, Problem, QualcodeError, problem

TEXT_NAMES = ("text", "unit", "quote", "segment", "answer", "comment", "response")
CODE_NAMES = ("codes", "code")
DOCUMENT_NAMES = ("document", "doc")
VALENCE_NAMES = ("valence",)
QUESTION_NAMES = ("question",)
SPEAKER_NAMES = ("speaker",)
MARKED = frozenset({"1", "1.0", "x", "yes", "y", "true", "✓", "✔"})
NOT_MARKED = frozenset({"", "0", "0.0", "no", "n", "false", "-"})
_PARTED = re.compile(r"[;|\n]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of units, by their headings in lower case; "" for none.

    Each of `codes` holds the codes of a unit in words, or marks (1, x, yes) for the one code
    that is its heading.
    """

    text: str = ""
    codes: tuple[str, ...] = ()
    document: str = ""
    valence: str = ""
    question: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """One row: its number in the file, the words of the unit, and what is said of them."""

    number: int
    text: str
    codes: tuple[str, ...]
    document: str
    valence: str = ""
    question: str = ""
    speaker: str = ""


Rows = Sequence[tuple[int, Mapping[str, str]]]
"""The number of each row, and its cells by heading in lower case."""


def choose_columns(headings: Sequence[str], rows: Rows, asked: Columns) -> Columns:
    """The columns that are meant: those asked for, else those with the usual headings.

    Where no column of codes is asked for and none is called so, every column that holds
    marks alone is one code.

    Raises:
        QualcodeError: NO_COLUMN.
    """
    known = [heading.casefold() for heading in headings]
    text, document, valence, question, speaker, *codes = (
        _asked(name, known)
        for name in (
            *(asked.text, asked.document, asked.valence, asked.question, asked.speaker),
            *asked.codes,
        )
    )
    free = [n for n in known if n not in (text, document, valence, question, speaker, *codes)]
    text = text or _usual(TEXT_NAMES, free)
    if not text:
        raise _no_column(TEXT_NAMES[0], known, "--text")
    others = (
        document or _usual(DOCUMENT_NAMES, free),
        valence or _usual(VALENCE_NAMES, free),
        question or _usual(QUESTION_NAMES, free),
        speaker or _usual(SPEAKER_NAMES, free),
    )
    free = [name for name in free if name not in (text, *others)]
    usual = _usual(CODE_NAMES, free)
    codes = codes or ([usual] if usual else [name for name in free if _is_marks(name, rows)])
    if not codes:
        raise _no_column("codes", known, "--codes")
    return Columns(text, tuple(codes), *others)


def unused(headings: Sequence[str], columns: Columns) -> tuple[str, ...]:
    """The headings of the columns that nothing is taken from, as they are written."""
    used = (columns.text, columns.document, columns.valence, columns.question, columns.speaker)
    read = {*used, *columns.codes}
    return tuple(one for one in headings if one and one.casefold() not in read)


def _usual(names: Sequence[str], free: Sequence[str]) -> str:
    return next((name for name in names if name in free), "")


def _asked(name: str, known: Sequence[str]) -> str:
    wanted = name.strip().casefold()
    if wanted and wanted not in known:
        raise _no_column(name, known, "")
    return wanted


def _no_column(name: str, known: Sequence[str], option: str) -> QualcodeError:
    todo = f"Name the column with {option}." if option else "Write it as it is headed."
    hint = did_you_mean(name.casefold(), known)
    return QualcodeError(
        problem(P.NO_COLUMN, heading=name, known=", ".join(known), todo=f"{hint}{todo}")
    )


def _is_marks(name: str, rows: Rows) -> bool:
    cells = {cells.get(name, "").strip().casefold() for _, cells in rows}
    return cells <= MARKED | NOT_MARKED and bool(cells & MARKED)


def read_units(
    rows: Rows, columns: Columns, *, separator: str = "", headings: Sequence[str] = ()
) -> Iterator[CodedUnit]:
    """The units of the rows that hold words or codes.

    Args:
        separator: what parts several codes in one cell; else ";", "|" and line breaks do.
        headings: the headings as they are written, which name codes better than lower case.
    """
    written = {heading.casefold(): heading for heading in headings}
    marks = {name for name in columns.codes if _is_marks(name, rows)}
    for number, cells in rows:
        text = cells.get(columns.text, "").strip()
        codes: list[str] = []
        for name in columns.codes:
            cell = cells.get(name, "").strip()
            if name not in marks:
                codes += _parts(cell, separator)
            elif cell.casefold() in MARKED:
                codes.append(written.get(name, name))
        if not text and not codes:
            continue
        yield CodedUnit(
            number=number,
            text=text,
            codes=tuple(dict.fromkeys(codes)),
            document=cells.get(columns.document, "").strip(),
            valence=cells.get(columns.valence, "").strip(),
            question=cells.get(columns.question, "").strip(),
            speaker=cells.get(columns.speaker, "").strip(),
        )


def _parts(cell: str, separator: str) -> Iterator[str]:
    parts = cell.split(separator) if separator else _PARTED.split(cell)
    return (word for part in parts if (word := " ".join(part.split())))


def same_units(units: Iterable[CodedUnit]) -> tuple[tuple[CodedUnit, ...], ...]:
    """The rows of each unit, in the order of the first: those with the same words.

    The same words of another document, to another question or by another speaker are another
    unit. Capitals make no difference to the name of a document.
    """
    held: defaultdict[tuple[str, ...], list[CodedUnit]] = defaultdict(list)
    for unit in units:
        document = unit.document.casefold()
        key = (document, unit.speaker, *(" ".join(s.split()) for s in (unit.question, unit.text)))
        held[key].append(unit)
    return tuple(map(tuple, held.values()))


def unknown_codes(counts: Mapping[str, int]) -> Problem:
    """The problem of codes that the codebook lacks, with how many units have each."""
    most = sorted(counts, key=lambda name: (-counts[name], name))
    shown = [f'"{name}" ({counts[name]})' for name in most[:8]]
    more = [f"and {len(most) - 8} more"] if len(most) > 8 else []
    return problem(P.UNKNOWN_CODES, n=len(counts), codes=", ".join([*shown, *more]))
