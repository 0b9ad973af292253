"""Tables as LaTeX with booktabs: a document that compiles, its table ready to copy out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.core.table import Cell, Table
from qualcode.plugins.exporters.numbers import number_columns
from qualcode.plugins.exporters.shares import is_crowded, is_wide, shares

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "[": "{[}",  # behind \\ a bracket would be read as a length
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONG = 24
"""Lines of cells from which on a table runs over pages."""


def escape(text: str) -> str:
    """The text with everything that LaTeX would take as a command made plain.

    >>> escape("5 % of A_B & C")
    '5 \\\\% of A\\\\_B \\\\& C'
    """
    plain = _CONTROL.sub("", text).replace("\n", " ")
    made_plain = "".join(_SPECIAL.get(sign, sign) for sign in plain)
    return re.sub("-(?=-)", "-{}", made_plain)  # two hyphens would become a dash


@dataclass(frozen=True, slots=True)
class LatexExporter:
    """A whole document for xelatex or lualatex; a long table runs over pages."""

    name: str = "latex"
    version: str = "1"
    suffix: str = ".tex"

    def __call__(self, table: Table, /) -> bytes:
        paper = "a4paper,landscape" if is_wide(table) else "a4paper"
        lines = [
            "% Compile with xelatex or lualatex.",
            r"\documentclass[10pt]{article}",
            rf"\usepackage[{paper},margin=20mm]{{geometry}}",
            r"\usepackage{fontspec}",
            r"\usepackage{array,booktabs,longtable}",
            r"\begin{document}",
            "% The table begins here; copy it from this line to the one that says it ends.",
            *(_long_table(table) if _is_long(table) else _short_table(table)),
            "% The table ends here.",
            r"\end{document}",
        ]
        return ("\n".join(lines) + "\n").encode()


def _is_long(table: Table) -> bool:
    return sum(max((len(cell) for cell in row), default=1) for row in table.rows) > _LONG


def _short_table(table: Table) -> Iterator[str]:
    yield rf"\begin{{table}}[htbp]{_type(table)}"
    yield rf"\caption{{{escape(table.caption)}}}"
    yield rf"\begin{{tabular}}{{@{{}}{_columns(table)}@{{}}}}"
    yield r"\toprule"
    yield _row([(column.title,) for column in table.columns])
    yield r"\midrule"
    yield from _rows(table)
    yield r"\bottomrule"
    yield r"\end{tabular}"
    yield from _notes(table)
    yield r"\end{table}"


def _long_table(table: Table) -> Iterator[str]:
    head = _row([(column.title,) for column in table.columns])
    yield rf"\begingroup{_type(table)}"
    yield rf"\begin{{longtable}}{{@{{}}{_columns(table)}@{{}}}}"
    yield rf"\caption{{{escape(table.caption)}}}\\"
    yield rf"\toprule {head} \midrule \endfirsthead"
    yield rf"\toprule {head} \midrule \endhead"
    yield r"\midrule \endfoot"
    yield r"\bottomrule \endlastfoot"
    yield from _rows(table)
    yield r"\end{longtable}"
    yield from _notes(table)
    yield r"\endgroup"


def _type(table: Table) -> str:
    return r"\scriptsize\setlength{\tabcolsep}{2pt}" if is_crowded(table) else r"\small"


def _columns(table: Table) -> str:
    """Widths in shares of the line, less the room between columns; numbers to the right."""
    n = len(table.columns)
    kinds = zip(shares(table), number_columns(table), strict=True)
    return "".join(
        rf">{{\{'raggedleft' if is_number else 'raggedright'}\arraybackslash}}"
        rf"p{{\dimexpr {share:.3f}\linewidth-{2 * (n - 1) / n:.3f}\tabcolsep\relax}}"
        for share, is_number in kinds
    )


def _row(cells: Sequence[Cell]) -> str:
    return " & ".join(r"\newline ".join(escape(line) for line in cell) for cell in cells) + r" \\"


def _rows(table: Table) -> Iterator[str]:
    """The rows, a little apart where their cells have several lines."""
    apart = any(len(cell) > 1 for row in table.rows for cell in row)
    for place, row in enumerate(table.rows):
        if place and apart:
            yield r"\addlinespace"
        yield _row(row)


def _notes(table: Table) -> Iterator[str]:
    if table.notes:
        yield r"\par\medskip\footnotesize\raggedright"
        yield " \\par\n".join(escape(note) for note in table.notes) + r" \par"


exporter = LatexExporter()
