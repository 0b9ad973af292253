"""`qualcode search`."""

from __future__ import annotations

import sys
from pathlib import Path

from qualcode.analysis.hits import Hit, search_table, snippet
from qualcode.cli.render import print_json
from qualcode.cli.showing import end, show
from qualcode.cli.style import Style
from qualcode.core.problems import P, QualcodeError
from qualcode.project.searching import Asked, search
from qualcode.project.study import open_study


def search_command(asked: Asked, style: Style) -> None:
    """Prints the passages that fit a query; points at the place where it makes no sense."""
    study = open_study(Path.cwd())
    try:
        found = search(study, asked)
    except QualcodeError as error:
        column = error.problem.column
        if error.problem.number == P.BAD_QUERY.number and column and "\n" not in asked.query:
            sys.stderr.write(f"{asked.query[:200]}\n{' ' * (min(column, 201) - 1)}^\n")
        raise
    if style is not Style.JSON:
        show([search_table(found, asked.query)], found.problems, style)
    hits = [_hit_value(hit) for hit in found.hits]
    print_json({"passages": found.n_hits, "more": found.has_more, "hits": hits})
    end(found.problems)


def _hit_value(hit: Hit) -> dict[str, object]:
    return {
        "source": hit.source,
        "id": hit.id,
        "kind": hit.kind,
        "unit": hit.unit,
        "where": hit.place,
        "voice": hit.voice,
        "speaker": hit.speaker,
        "span": [hit.span.start, hit.span.end],
        "snippet": snippet(hit),
        "text": hit.text,
    }
