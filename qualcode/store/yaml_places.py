"""Splicing text into YAML where it belongs, told by the places of its values.

PyYAML says where each value begins and ends; nothing but what changes is written anew. Columns
are counted from the last line feed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

Value = str | tuple[str, ...]


class Raw(str):
    """Words that are YAML as they stand, such as `{says: ..., codes: [...]}`."""

    __slots__ = ()


ON_ONE_LINE = frozenset({"lenses", "split_into"})
"""Keys whose lists, of short names, are written on one line."""
FLAGS = frozenset({"in_vivo"})
_COMMENT = re.compile(r"#[^\r\n]*")
_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")


def _is_flow(node: yaml.Node) -> bool:
    """Whether a list or mapping is written in brackets or braces."""
    return bool(getattr(node, "flow_style", False))


@dataclass(frozen=True, slots=True)
class Part:
    """One key of a mapping: where the key begins, and where its value stands; half-open."""

    name: str
    key: int
    start: int
    end: int
    node: yaml.Node
    is_alias: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list of mappings, such as a code: its keys in their order."""

    id: str
    node: yaml.Node
    parts: tuple[Part, ...]

    @property
    def is_inline(self) -> bool:
        """Whether it is written in braces."""
        return _is_flow(self.node)

    def part(self, key: str) -> Part | None:
        """The key of that name, or None."""
        return next((part for part in self.parts if part.name == key), None)


@dataclass(slots=True)
class Places:
    """A YAML text, and the edits that wait to be spliced into it."""

    text: str
    _edits: list[tuple[int, int, str]] = field(default_factory=list)
    _root: dict[str, Part] = field(default_factory=dict)
    _comments: list[tuple[int, int]] = field(default_factory=list)
    _newline: str = "\n"

    def __post_init__(self) -> None:
        root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        self._root = {part.name: part for part in self._parts(root)}
        self._comments = find_comments(self.text)
        self._newline = "\r\n" if "\r\n" in self.text else "\n"

    def edited(self) -> str:
        """The text with every edit in its place; edits of one place in the order made."""
        pieces, at = [], 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[0]):
            pieces += [self.text[at:start], new]
            at = max(at, end)
        return "".join([*pieces, self.text[at:]])

    def entries(self, section: str) -> dict[str, Entry]:
        """The entries of a list of mappings under their ids, in order."""
        part = self._root.get(section)
        nodes = part.node.value if part and isinstance(part.node, yaml.SequenceNode) else []
        found = {}
        for node in nodes:
            parts = self._parts(node)
            name = next((str(one.node.value).strip() for one in parts if one.name == "id"), "")
            found[name] = Entry(name, node, parts)
        return found

    def is_flow(self, section: str) -> bool:
        """Whether a section is a list in brackets."""
        part = self._root.get(section)
        return part is not None and _is_flow(part.node)

    def extent(self, entry: Entry) -> tuple[int, int]:
        """Where an entry stands: its braces in a list in brackets, else its lines from the dash."""
        start, end = entry.node.start_mark.index, self._end(entry.node)
        dash = self.text.rfind("-", 0, start)
        between = self.text[dash + 1 : start] if dash >= 0 else "-"
        if between.strip() and not between.lstrip().startswith("#"):
            return start, end
        return self._line_start(dash), self._line_after(end, indent=self._column(dash) + 1)

    def put(self, entry: Entry, key: str, value: Value, *, order: Sequence[str]) -> None:
        """Sets a key; a new one goes behind the last of those that come before it in `order`."""
        part = entry.part(key)
        if part is not None:
            if not self._append(part, value):
                self._replace(entry, part, value)
            return
        before = order[: order.index(key)]
        behind = max((one for one in entry.parts if one.name in before), key=lambda one: one.key)
        if entry.is_inline:
            self._edit(behind.end, behind.end, f", {key}: {_inline(key, value)}")
            return
        column = self._column(entry.parts[0].key)
        at = self._line_after(behind.end, indent=column + 1)
        self._insert_lines(at, _field_lines(key, value, " " * column))

    def remove(self, entry: Entry, key: str) -> None:
        """Takes out a key with its value; comments in it stay, on lines of their own."""
        part = entry.part(key)
        if part is None:
            return
        position = entry.parts.index(part)
        shares_line = self.text[self._line_start(part.key) : part.key].strip()
        if not entry.is_inline and not shares_line:
            start, end = self._line_start(part.key), self._line_after(part.end)
        elif position == 0:
            start, end = part.key, entry.parts[1].key
        else:
            start, end = entry.parts[position - 1].end, part.end
        self._keep_comments(entry.parts[0].key if entry.is_inline else part.key, start, end)
        self._edit(start, end, "")

    def add(self, section: str, behind: str, entries: Sequence[Mapping[str, Value]]) -> None:
        """Adds entries to a section, behind the one of that id, or behind all (no such id)."""
        if not entries:
            return
        part, known = self._root.get(section), self.entries(section)
        if part is None:
            lines = [f"{section}:", *(line for one in entries for line in _entry_lines(one, "  "))]
            self._insert_lines(len(self.text), lines)
            return
        if not known:
            self._fill(part, entries)
            return
        last = known.get(behind) or list(known.values())[-1]
        end = self._end(last.node)
        if _is_flow(part.node):
            self._edit(end, end, "".join(f", {_inline_entry(one)}" for one in entries))
            return
        dash = self._column(part.start)
        lines = [line for one in entries for line in _entry_lines(one, " " * dash)]
        self._insert_lines(self._line_after(end, indent=dash + 1), lines)

    def _fill(self, part: Part, entries: Sequence[Mapping[str, Value]]) -> None:
        """Puts entries into a section that is there and empty, as `codes: []`."""
        colon = self.text.index(":", part.key + len(part.name)) + 1
        end = max(colon, part.end)
        self._keep_comments(part.key, colon, end)
        self._edit(colon, end, "")
        lines = [line for one in entries for line in _entry_lines(one, "  ")]
        self._insert_lines(self._line_after(end), lines)

    def _append(self, part: Part, value: Value) -> bool:
        """Whether the value is the list that is there and more, which was then added to it."""
        if part.is_alias or not isinstance(part.node, yaml.SequenceNode) or not part.node.value:
            return False
        there = tuple(str(item.value).strip() for item in part.node.value)
        if value[: len(there)] != there:
            return False
        more, end = value[len(there) :], self._end(part.node.value[-1])
        if _is_flow(part.node):
            self._edit(end, end, "".join(f", {word(item, inline=True)}" for item in more))
            return True
        column = self._column(part.start)
        at = self._line_after(end, indent=max(column, self._column(part.key) + 1))
        self._insert_lines(at, [f"{' ' * column}- {word(item)}" for item in more])
        return True

    def _replace(self, entry: Entry, part: Part, value: Value) -> None:
        self._keep_comments(
            entry.parts[0].key if entry.is_inline else part.key, part.start, part.end
        )
        is_block_list = isinstance(part.node, yaml.SequenceNode) and not _is_flow(part.node)
        if is_block_list and not part.is_alias:
            column = " " * self._column(part.start)
            new = f"{self._newline}{column}".join(f"- {word(item)}" for item in value)
        elif isinstance(value, tuple) or entry.is_inline:
            new = _inline(part.name, value)
        else:
            new = _plain(part.name, value)
        space = " " if self.text[part.start - 1 : part.start] == ":" else ""
        self._edit(part.start, part.end, space + new)

    def _keep_comments(self, offset: int, start: int, end: int) -> None:
        """Moves the comments of a stretch to lines above the one of `offset`, as indented."""
        at = self._line_start(offset)
        line = self.text[at:offset]
        indent = line[: len(line) - len(line.lstrip(" "))]
        for first, last in self._comments:
            if start <= first < end:
                comment = self.text[first:last].rstrip()
                self._edit(at, at, f"{indent}{comment}{self._newline}")

    def _parts(self, node: yaml.Node | None) -> tuple[Part, ...]:
        parts = []
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            after_key = key.end_mark.index
            start, end = value.start_mark.index, self._end(value)
            is_alias = start < after_key  # the words of an alias stand further up
            if is_alias:
                alias = _ALIAS.search(self.text, after_key)
                start, end = alias.span() if alias else (after_key, after_key)
            parts.append(
                Part(str(key.value), key.start_mark.index, start, end, value, is_alias=is_alias)
            )
        return tuple(parts)

    def _end(self, node: yaml.Node) -> int:
        """Where a value ends: behind its last word, where it goes over lines."""
        end: int = node.end_mark.index
        if isinstance(node, yaml.CollectionNode) and not _is_flow(node) and node.value:
            last = node.value[-1]
            if not isinstance(last, tuple):
                return self._end(last)
            key, value = last
            # an alias ends where its own words do, further up: the line of its key will do
            behind: int = key.end_mark.index
            return max(behind, self._end(value) if _follows(key, value) else 0)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return len(self.text[:end].rstrip()) if end > 0 else end
        return end

    def _column(self, offset: int) -> int:
        return offset - self._line_start(offset)

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_after(self, offset: int, *, indent: int | None = None) -> int:
        """Where the next line begins; with `indent`, behind comments indented as much or more."""
        at = self.text.find("\n", offset) + 1
        while at and indent is not None:
            end = self.text.find("\n", at)
            line = self.text[at : end if end >= 0 else len(self.text)]
            words = line.lstrip(" ")
            if not words.startswith("#") or len(line) - len(words) < indent:
                break
            at = end + 1
        return at or len(self.text)

    def _insert_lines(self, at: int, lines: Sequence[str]) -> None:
        new = "".join(line + self._newline for line in lines)
        if at == len(self.text) and not self.text.endswith("\n"):
            new = self._newline + new.removesuffix(self._newline)
        self._edit(at, at, new)

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, end, new))


def find_comments(text: str) -> list[tuple[int, int]]:
    """Where the comments of a YAML text stand, in order; half-open offsets.

    >>> [TEXT[a:b] for TEXT in ["a: '# no'  # yes"] for a, b in find_comments(TEXT)]
    ['# yes']
    """
    found, at = [], 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        start, end = token.start_mark.index, token.end_mark.index
        found += [match.span() for match in _COMMENT.finditer(text, at, max(at, start))]
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = text.find("\n", start)
            found += [match.span() for match in _COMMENT.finditer(text, start, header)]
        at = max(at, end)
    return found


def word(text: str, *, inline: bool = False) -> str:
    """A text as YAML on one line, in quotation marks only where it needs them.

    >>> word("not our remit: theirs"), word("stick to it, always"), word("a, b", inline=True)
    ("'not our remit: theirs'", 'stick to it, always', "'a, b'")
    """
    if isinstance(text, Raw):
        return text
    style = '"' if "\n" in text else None
    dumped: str = yaml.safe_dump(
        [text],
        default_flow_style=inline,
        default_style=style,
        allow_unicode=True,
        width=float("inf"),
    )
    words = dumped.strip("\n")
    return words[1:-1] if inline else words.removeprefix("- ")


def _follows(key: yaml.Node, value: yaml.Node) -> bool:
    return bool(value.start_mark.index >= key.end_mark.index)


def _plain(key: str, value: Value) -> str:
    text = "".join(value) if isinstance(value, tuple) else value
    return text if key in FLAGS else word(text)


def _inline(key: str, value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(word(item, inline=True) for item in value)}]"
    return value if key in FLAGS else word(value, inline=True)


def _field_lines(key: str, value: Value, indent: str) -> list[str]:
    if not isinstance(value, tuple):
        return [f"{indent}{key}: {_plain(key, value)}"]
    if key in ON_ONE_LINE:
        return [f"{indent}{key}: {_inline(key, value)}"]
    return [f"{indent}{key}:", *(f"{indent}  - {word(item)}" for item in value)]


def _entry_lines(entry: Mapping[str, Value], indent: str) -> list[str]:
    lines = [
        line for key, value in entry.items() for line in _field_lines(key, value, f"{indent}  ")
    ]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def _inline_entry(entry: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"{key}: {_inline(key, value)}" for key, value in entry.items()) + "}"
