"""Measures how good suggestions, valence and proposed codes are: one table beside baselines.

python -m benchmarks.quality                       everything (some minutes)
python -m benchmarks.quality --markdown            the table in Markdown
python -m benchmarks.quality --only codes coders   some parts: codes spans coders valence
                                                   emergence speed lens

Data are looked for in the folder `shared` beside the checkout, or in `QUALCODE_SHARED`; parts
without their data are left out. Figures have 95 % intervals from drawing documents anew;
seeds are fixed. Numbers of threads are held to one.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from threadpoolctl import threadpool_limits

from benchmarks._quality import Result

PARTS = {
    "codes": "_quality_codes",
    "spans": "_quality_spans",
    "coders": "_quality_coders",
    "valence": "quality_valence",
    "emergence": "quality_emerge",
    "speed": "_quality_speed",
    "lens": "quality_lens",
}
HEAD = ("Measure", "Value", "95 % interval", "Of", "Remark")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def measure(parts: Iterable[str]) -> list[Result]:
    """The figures of these parts, in the order of `PARTS`."""
    wanted = set(parts)
    found: list[Result] = []
    for part, module in PARTS.items():
        if part in wanted:
            run: Callable[[], list[Result]] = import_module(f"benchmarks.{module}").run
            found.extend(run())
    return found


def cells(result: Result) -> tuple[str, str, str, str, str]:
    """One row of the table; large figures have no decimals, and an exact one no interval.

    >>> cells(Result("1 codes", "micro-F1", 0.5, 0.4, 0.6, 10))
    ('micro-F1', '0.500', '0.400 to 0.600', '10', '')
    """
    interval = "" if result.low == result.high else f"{_plain(result.low)} to {_plain(result.high)}"
    return result.measure, _plain(result.value), interval, str(result.n), result.remark


def _plain(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 100 else f"{value:,.0f}"


def table(results: Sequence[Result]) -> str:
    """The table in columns of even width."""
    rows = [HEAD, *map(cells, results)]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    lines, part = [_aligned(HEAD, widths)], ""
    for result in results:
        if result.part != part:
            part = result.part
            lines += ["", part]
        lines.append(_aligned(cells(result), widths))
    return "\n".join(lines)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    measure, value, interval, of, remark = row
    return (
        f"{measure:{widths[0]}}  {value:>{widths[1]}}  {interval:{widths[2]}}  "
        f"{of:>{widths[3]}}  {remark}"
    ).rstrip()


def markdown(results: Sequence[Result]) -> str:
    """The same table in Markdown."""
    lines, part = [f"| {' | '.join(HEAD)} |", "|---|---:|---|---:|---|"], ""
    for result in results:
        if result.part != part:
            part = result.part
            lines.append(f"| **{part}** | | | | |")
        lines.append(
            f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells(result))} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    options = parser.parse_args()
    for name in _THREADS:
        os.environ[name] = "1"  # for what is started from here
    with threadpool_limits(1):
        results = measure(options.only)
    print(markdown(results) if options.markdown else table(results))


if __name__ == "__main__":
    main()
