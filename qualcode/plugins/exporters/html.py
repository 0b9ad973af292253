"""Tables and the report as HTML pages that need nothing but themselves."""

from __future__ import annotations

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
    return _environment().get_template(template).render(**values).encode()


@dataclass(frozen=True, slots=True)
class HtmlExporter:
    """One page with one table, to look at, print, or paste into a word processor."""

    name: str = "html"
    version: str = "1"
    suffix: str = ".html"

    def __call__(self, table: Table, /) -> bytes:
        return render("table.html", table=table)


exporter = HtmlExporter()
