"""The layout of policies and any other document: headings, paragraphs, bullets, rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.analysis.freeze import Layout, Piece
from qualcode.analysis.layouts.blocklines import Block
from qualcode.analysis.layouts.blocks import read_blocks
from qualcode.analysis.layouts.heads import date_of, title_of
from qualcode.core.model import Extract, Form

LONGEST_HEADING = 12
_HEAD_LINES = 12


def lay_out_prose(extract: Extract, *, name: str) -> Layout:
    """A document in its own words: paragraphs by their printed number, else in order."""
    blocks, ruled = read_blocks(extract.lines)
    heads = [block.text for block in blocks[:_HEAD_LINES]]
    first = [block.text for block in blocks[:3] if _can_be_title(block)]
    return Layout(
        pieces=tuple(_pieces(blocks)),
        title=title_of(extract.facts, first),
        date=date_of(extract.facts, heads, name),
        dropped=(("ruled line", ruled),) if ruled else (),
    )


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    counts: dict[Form, int] = {}
    topic = ""
    forms = [_form(blocks, at) for at in range(len(blocks))]
    taken = {block.number for block, form in zip(blocks, forms, strict=True) if form == "paragraph"}
    for block, form in zip(blocks, forms, strict=True):
        printed = block.number if form == "paragraph" else ""
        counts[form] = counts.get(form, 0) + (not printed)
        while form == "paragraph" and not printed and str(counts[form]) in taken:
            counts[form] += 1
        if form == "heading":
            topic = block.text
        yield Piece(
            lines=block.lines,
            form=form,
            ref=f"{form} {printed or counts[form]}",
            label=block.label,
            voice="heading"
            if form == "heading"
            else "observer"
            if form == "comment"
            else "verbatim",
            topic=topic if form != "heading" else "",
            gap=block.gap,
        )


def _can_be_title(block: Block) -> bool:
    return block.sort == "heading" or (
        block.sort == "text"
        and len(block.text.split()) <= LONGEST_HEADING
        and not block.text.endswith((".", "?", "!", ":", ";", ","))
    )


def _form(blocks: Sequence[Block], at: int) -> Form:
    block = blocks[at]
    if block.sort in ("heading", "comment", "bullet"):
        return block.sort
    if block.sort == "number" and _heads(blocks, at):
        return "heading"
    return "paragraph"


def _heads(blocks: Sequence[Block], at: int) -> bool:
    """Whether a number stands before a heading ("3. Representation") and not a paragraph."""
    block = blocks[at]
    text = block.text
    if len(text.split()) > LONGEST_HEADING or text.endswith((".", ";", ",", "?", "!")):
        return False
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if below is None or below.sort == "heading":
        return False
    if below.sort == "number":
        return below.number.startswith(f"{block.number}.")
    return below.sort == "text" and below.gap
