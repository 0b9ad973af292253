"""Tables and the report as HTML pages that need nothing but themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.core.table import Table

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render(template: str, **values: Any) -> bytes:
    """A page from one of the templates; every value is escaped."""
    return b"".join(render_parts(template, **values))


def render_parts(template: str, **values: Any) -> Iterator[bytes]:
    """The page part by part, so that a long one never stands in memory whole."""
    parts = _environment().get_template(template).stream(**values)
    parts.enable_buffering(size=100)
    return (part.encode() for part in parts)


@dataclass(frozen=True, slots=True)
class HtmlExporter:
    """One page with one table, to look at, print, or paste into a word processor."""

    name: str = "html"
    version: str = "1"
    suffix: str = ".html"

    def __call__(self, table: Table, /) -> bytes:
        return render("table.html", table=table)


exporter = HtmlExporter()
