"""Measures how well and how fast sources are read: one table, and where it falls short.

python -m benchmarks.ingest                      everything
python -m benchmarks.ingest --markdown           the table in Markdown
python -m benchmarks.ingest --only speed memory  some parts alone

Data are looked for in the folder `shared` beside the checkout, or in `QUALCODE_SHARED`;
parts without their data are skipped and named.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from benchmarks._minutes import carpentries, tc39
from benchmarks._pdfs import pdf_pairs
from benchmarks._report import Reading, Report, markdown, plain, shared_root
from benchmarks._speed import memory, speed
from benchmarks._transcripts import talk, transcripts

PARTS = ("transcripts", "pdf", "tc39", "carpentries", "talk", "speed", "memory")


def measure(parts: tuple[str, ...] = PARTS) -> list[Report]:
    """The reports of these parts, in this order."""
    reading, root = Reading(), shared_root()
    calls: dict[str, Callable[[], Report]] = {
        "transcripts": lambda: transcripts(root, reading),
        "pdf": lambda: pdf_pairs(root, reading),
        "tc39": lambda: tc39(root, reading),
        "carpentries": lambda: carpentries(root, reading),
        "talk": lambda: talk(root, reading),
        "speed": lambda: speed(reading),
        "memory": memory,
    }
    return [calls[part]() for part in PARTS if part in parts]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    options = parser.parse_args()
    reports = measure(tuple(options.only))
    print(markdown(reports) if options.markdown else plain(reports))


if __name__ == "__main__":
    main()
