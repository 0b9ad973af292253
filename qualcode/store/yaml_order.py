"""Entries of a YAML list put into another order or taken out, with their comments."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.store.yaml_places import Entry, Places, find_comments


def arranged(text: str, section: str, ids: Sequence[str]) -> str:
    """The text with the entries of a section in this order; those not named are taken out.

    Comments right above an entry go with it. Those of an entry that is taken out stay, on
    lines of their own.
    """
    places = Places(text)
    entries = places.entries(section)
    held = list(entries.values())
    if not held:
        return text
    if places.is_flow(section):
        spans = {entry.id: places.extent(entry) for entry in held}
        new = ", ".join(text[slice(*spans[one])] for one in ids)
        first, last = spans[held[0].id][0], spans[held[-1].id][1]
        return text[:first] + new + text[last:]
    return _arranged_lines(text, places, held, ids)


def _arranged_lines(text: str, places: Places, held: Sequence[Entry], ids: Sequence[str]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    whole = text if text.endswith("\n") else text + newline
    heads: list[int] = []
    behind = 0
    for entry in held:
        start, end = places.extent(entry)
        heads.append(_with_comments_above(whole, start, behind))
        behind = end
    tail = len(whole) if behind == len(text) else behind
    blocks = {
        entry.id: whole[head:end]
        for entry, head, end in zip(held, heads, [*heads[1:], tail], strict=True)
    }
    left = ""
    pieces: dict[str, str] = {}
    for entry in held:
        if entry.id in ids:
            pieces[entry.id], left = left + blocks[entry.id], ""
        else:
            left += _comments_of(blocks[entry.id], newline)
    changed = whole[: heads[0]] + "".join(pieces[one] for one in ids) + left + whole[tail:]
    return changed if text.endswith("\n") else changed.removesuffix(newline)


def _with_comments_above(text: str, start: int, least: int) -> int:
    """Where the comments right above a line begin; never before `least`."""
    while start > least:
        above = text.rfind("\n", 0, start - 1) + 1
        if above < least or not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start


def _comments_of(block: str, newline: str) -> str:
    """The comments of an entry as lines of their own, indented as its first line."""
    line = block[: block.find("\n")]
    indent = line[: len(line) - len(line.lstrip())]
    words = (block[start:end].rstrip() for start, end in find_comments(block))
    return "".join(f"{indent}{comment}{newline}" for comment in words)
