"""The layout of notes taken in an interview: guide questions, bullets, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.analysis.freeze import Layout, Piece
from qualcode.analysis.layouts.blocklines import Block
from qualcode.analysis.layouts.blocks import read_blocks
from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.heads import date_of, interviewee_of, title_of
from qualcode.core.model import Extract, Form, Speaker, Voice, with_text

_HEAD_WORDS = re.compile(
    r"\b(?:INT|IV|ID|PP|P|R)[ _-]?\d{1,3}\b|\b(?:recorded|recording|recorder|notes?\s(?:typed|taken"
    r"|written|made)|typed\sup|written\sup|interview(?:ee|er|ed)?|participant|respondent|observer"
    r"|non-participant|duration|consent|present|venue|tier)\b|\d{1,2}[.:]\d{2}\s*(?:-|–|to)\s*\d",
    re.IGNORECASE,
)
_KEY = re.compile(r"[A-Z][\w ]{1,30}:\s")
LONGEST_QUESTION = 15
LONGEST_HEAD = 60
LONGEST_RUN = 6
"""Lines without an empty one between them that can be the head of a document."""


def lay_out_notes(extract: Extract, *, name: str) -> Layout:
    """Notes of one interview: every bullet a unit, under the question that it answers.

    The interviewee is the one speaker; observer's comments belong to nobody.
    """
    blocks, ruled = read_blocks(extract.lines)
    blocks = mark_headings(blocks)
    blocks, n_head = divide_head(blocks, count_head(blocks))
    heads = [line.text for block in blocks[:n_head] for line in block.lines]
    who = interviewee_of(extract.facts, heads, name)
    return Layout(
        pieces=tuple(_pieces(blocks, n_head, find_questions(blocks, n_head), who)),
        title=title_of(extract.facts, heads),
        date=date_of(extract.facts, heads, name),
        speakers=(Speaker(id=who, name=who),),
        dropped=(("ruled line", ruled),) if ruled else (),
    )


def count_head(blocks: Sequence[Block]) -> int:
    """How many blocks stand at the head and say what the notes are."""
    count, words = 0, 0
    for at, block in enumerate(blocks[:12]):
        if block.sort == "heading" and at == 0:
            if not _is_title(blocks):
                return 0
        elif block.sort == "heading" and at == 1 and blocks[0].sort == "heading":
            if not (len(blocks) > 2 and _is_head_text(blocks[2]) and blocks[2].sort == "text"):
                break
        elif block.sort != "text" or not _belongs_to_head(blocks, at):
            break
        words += len(block.text.split())
        if words > LONGEST_HEAD and count:
            break
        count += 1
    return count


def divide_head(blocks: Sequence[Block], n_head: int) -> tuple[tuple[Block, ...], int]:
    """The blocks with every line of the head as one of its own, and how many those are."""
    lines = [
        block._replace(
            lines=(line,), label=block.label if at == 0 else "", gap=block.gap and at == 0
        )
        for block in blocks[:n_head]
        for at, line in enumerate(block.lines)
    ]
    return (*lines, *blocks[n_head:]), len(lines)


def _is_title(blocks: Sequence[Block]) -> bool:
    """Whether the heading that comes first names the whole document."""
    others = sum(1 for block in blocks[1:] if block.sort == "heading")
    if len(blocks) > 1 and blocks[1].sort in ("heading", "number"):
        return True
    if len(blocks) > 1 and blocks[1].sort == "text" and (others or _is_head_text(blocks[1])):
        return True
    return not others or _is_head_text(blocks[0])


def _belongs_to_head(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    if _is_head_text(block):
        return True
    if at == 0:
        return len(block.text.split()) <= 12 and len(blocks) > 1 and block.text[-1:] not in ".?!"
    return not block.gap and blocks[at - 1].sort == "text" and _is_short_run(blocks)


def _is_short_run(blocks: Sequence[Block]) -> bool:
    """Whether the lines that stand together at the top are few, and something parts them."""
    for at, block in enumerate(blocks[1 : LONGEST_RUN + 1], start=1):
        if block.gap or block.sort in ("heading", "number", "bullet"):
            return at <= LONGEST_RUN
    return False


def _is_head_text(block: Block) -> bool:
    text = block.text
    if len(text.split()) > LONGEST_HEAD:
        return False
    return bool(find_date(text) or _HEAD_WORDS.search(text) or _KEY.match(text))


def mark_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with lines such as "Barriers:" above bullets as headings, where they recur."""
    found = [at for at, block in enumerate(blocks) if _heads_bullets(blocks, at)]
    if len(found) < 2:
        return tuple(blocks)
    marked = list(blocks)
    for at in found:
        line = blocks[at].lines[-1]
        lines = (*blocks[at].lines[:-1], with_text(line, line.text.rstrip(": ")))
        marked[at] = blocks[at]._replace(sort="heading", lines=lines)
    return tuple(marked)


def _heads_bullets(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    if block.sort != "text" or not block.gap or at + 1 >= len(blocks):
        return False
    if blocks[at + 1].sort != "bullet" or not block.text.endswith(":"):
        return False
    words = block.text.split()
    return len(words) <= 6 and not words[0].islower()


def find_questions(blocks: Sequence[Block], first: int) -> frozenset[int]:
    """Which of the numbered blocks are guide questions: something stands below them.

    Where most numbered lines have nothing below, the numbers count the notes themselves, and
    every one of them can be coded.
    """
    numbered = [
        at
        for at in range(first, len(blocks))
        if blocks[at].sort == "number" and "." not in blocks[at].number
    ]
    answered = {at for at in numbered if _is_answered(blocks, at)}
    likely = {at for at in answered if _is_question(blocks[at])}
    if not likely or len(likely) < 0.5 * len(numbered):
        return frozenset()
    open_ones = {
        at
        for at in numbered
        if at not in answered and blocks[at].indent < 3 and _is_question(blocks[at])
    }
    return frozenset(likely | open_ones)


def _is_answered(blocks: Sequence[Block], at: int) -> bool:
    if at + 1 >= len(blocks):
        return False
    below = blocks[at + 1]
    return blocks[at].indent < 3 and (
        below.sort in ("bullet", "text", "comment") or below.indent > blocks[at].indent
    )


def _is_question(block: Block) -> bool:
    text = block.text
    # "Q4" says by itself that it is a question, however long.
    asked = block.label[:1] in ("Q", "q")
    return asked or text.endswith(("?", ":")) or len(text.split()) <= LONGEST_QUESTION


def _pieces(
    blocks: Sequence[Block], n_head: int, questions: frozenset[int], who: str
) -> Iterator[Piece]:
    counts = {"header": 0, "heading": 0, "bullet": 0, "paragraph": 0, "comment": 0}
    topic, question, under = "", "", 0
    for at, block in enumerate(blocks):
        form = _form(block, is_head=at < n_head, is_question=at in questions)
        counts[form] += 1
        ref = f"{form} {counts[form]}"
        if form == "heading":
            topic, question, under = block.text, block.number, 0
        elif form == "bullet" and question:
            under += 1
            counts[form] -= 1
            ref = f"bullet {question}.{under}"
        yield Piece(
            lines=block.lines,
            form=form,
            ref=ref,
            label=block.label,
            voice=_voice(form),
            speaker_id=None if form == "comment" else who,
            topic=topic if form not in ("heading", "header") else "",
            gap=form == "heading" or (block.gap and form != "bullet") or at == n_head,
        )


def _form(block: Block, *, is_head: bool, is_question: bool) -> Form:
    if is_head:
        return "header"
    if block.sort == "heading" or is_question:
        return "heading"
    if block.is_aside:
        return "comment"
    return "bullet" if block.sort in ("bullet", "number") else "paragraph"


def _voice(form: Form) -> Voice:
    if form in ("header", "heading"):
        return "heading"
    return "observer" if form == "comment" else "paraphrase"
