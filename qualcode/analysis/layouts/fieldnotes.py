"""The layout of field notes: timed entries, paragraphs, and the observer's comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.analysis.freeze import Layout, Piece
from qualcode.analysis.layouts.blocklines import Block
from qualcode.analysis.layouts.blocks import read_blocks
from qualcode.analysis.layouts.heads import date_of, title_of
from qualcode.analysis.layouts.notes import count_head, divide_head, mark_headings
from qualcode.core.model import Extract, Form, Voice

_FORMS: dict[str, Form] = {
    "heading": "heading",
    "comment": "comment",
    "timed": "entry",
    "bullet": "bullet",
}


def lay_out_field_notes(extract: Extract, *, name: str) -> Layout:
    """Field notes: every entry a unit, named by its clock time; nobody is a speaker."""
    blocks, ruled = read_blocks(extract.lines, with_times=True)
    blocks = mark_headings(blocks)
    blocks, n_head = divide_head(blocks, count_head(blocks))
    heads = [line.text for block in blocks[:n_head] for line in block.lines]
    return Layout(
        pieces=tuple(_pieces(blocks, n_head)),
        title=title_of(extract.facts, heads),
        date=date_of(extract.facts, heads, name),
        dropped=(("ruled line", ruled),) if ruled else (),
    )


def _pieces(blocks: Sequence[Block], n_head: int) -> Iterator[Piece]:
    counts: dict[Form, int] = {}
    topic = ""
    for at, block in enumerate(blocks):
        form: Form = "header" if at < n_head else _FORMS.get(block.sort, "paragraph")
        form = "comment" if form == "paragraph" and block.is_aside else form
        counts[form] = counts.get(form, 0) + 1
        if form == "heading":
            topic = block.text
        yield Piece(
            lines=block.lines,
            form=form,
            ref=f"{form} {block.time or counts[form]}",
            label=block.label,
            voice=_voice(form),
            topic=topic if form not in ("heading", "header") else "",
            gap=block.gap,
        )


def _voice(form: Form) -> Voice:
    if form in ("header", "heading"):
        return "heading"
    return "observer" if form == "comment" else "paraphrase"
