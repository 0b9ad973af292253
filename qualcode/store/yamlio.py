"""YAML with places: every value knows its line and column, every scalar its own words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from qualcode.core.problems import P, QualcodeError, problem

MOST_NODES = 1_000_000
_PAGES = {
    "cases.yaml": "cases",
    "framework.yaml": "tables",
    "pairs.yaml": "pairs",
    "protocol.yaml": "protocol",
    "qualcode.yaml": "sources",
}
"""The pages of docs/ that describe the files; docs/codebook.md says how YAML is written."""
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file where it stands; line and column count from 1.

    Exactly one of `text` (None for null), `items` and `entries` is meant, as `kind` says.
    A scalar is kept as written: `no` and `1984` stay words, whatever YAML makes of them.
    `column` is that of the first character of the words, behind a quotation mark.
    """

    kind: str
    line: int
    column: int
    text: str | None = None
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    @property
    def found(self) -> str:
        """What it is, in plain words."""
        if self.kind == "list":
            return "a list"
        if self.kind == "mapping":
            return "a mapping"
        return "empty" if self.text is None else f'"{self.text}"'


@dataclass(slots=True)
class _Budget:
    left: int = MOST_NODES
    open: set[int] = field(default_factory=set)


def read_yaml(path: Path) -> Node:
    """The one document of a YAML file.

    Raises:
        QualcodeError: BAD_YAML with the line, where it is not YAML in UTF-8, repeats a key, or
            unfolds into more than a million values.
    """
    try:
        return parse_yaml(path.read_text(encoding="utf-8-sig"), name=str(path))
    except UnicodeDecodeError as error:
        raise bad_yaml(path, f"byte {error.start} is not UTF-8") from None


def bad_yaml(
    path: Path | str, reason: str, *, line: int | None = None, column: int | None = None
) -> QualcodeError:
    """BAD_YAML, with the page that describes the file."""
    page = _PAGES.get(Path(path).name, "codebook")
    return QualcodeError(
        problem(P.BAD_YAML, path=str(path), line=line, column=column, reason=reason, page=page)
    )


def text_of_bytes(data: bytes, path: Path) -> str:
    """The text of a file in UTF-8, without its mark (BAD_YAML where it is none)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
        raise bad_yaml(path, reason) from None


def parse_yaml(text: str, *, name: str = "") -> Node:
    """The one document of a YAML text; errors as in `read_yaml`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
        if root is None:
            return Node("scalar", 1, 1)
        return _convert(root, _Budget(), name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise bad_yaml(name, _plain_reason(error), line=line, column=column) from None
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise bad_yaml(name, reason) from None
    except RecursionError:
        reason = "it is nested too deeply"
        raise bad_yaml(name, reason) from None


def _plain_reason(error: yaml.MarkedYAMLError) -> str:
    what = error.problem or "it cannot be read"
    hints = {
        "found character '\\t'": "a tab stands where spaces must",
        "mapping values are not allowed": 'a ":" stands where none is expected; '
        "put the text in quotation marks",
        "found undefined alias": 'a word begins with "*"; put it in quotation marks',
        "while scanning an alias": 'a word begins with "*"; put it in quotation marks',
        "could not determine a constructor": 'a word begins with "!"; put it in quotation marks',
        "did not find expected alphabetic": 'a word begins with "*", "&" or "!"; '
        "put it in quotation marks",
    }
    for sign, hint in hints.items():
        if sign in what or sign in (error.context or ""):
            return hint
    return what


def _convert(node: yaml.Node, budget: _Budget, name: str) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    budget.left -= 1
    if budget.left < 0 or id(node) in budget.open:
        reason = "its aliases (*) unfold without end"
        raise bad_yaml(name, reason, line=line)
    if isinstance(node, yaml.ScalarNode):
        quoted = 1 if node.style in ("'", '"') else 0
        text = None if node.tag == _NULL else str(node.value)
        return Node("scalar", line, column + quoted, text=text)
    budget.open.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_convert(item, budget, name) for item in node.value)
        converted = Node("list", line, column, items=items)
    else:
        entries = tuple(
            (_convert(key, budget, name), _convert(value, budget, name))
            for key, value in node.value
        )
        _refuse_repeats(entries, name)
        converted = Node("mapping", line, column, entries=entries)
    budget.open.discard(id(node))
    return converted


def _refuse_repeats(entries: tuple[tuple[Node, Node], ...], name: str) -> None:
    first: dict[str | None, int] = {}
    for key, _ in entries:
        if key.text in first:
            reason = f'"{key.text}" is given twice (first at line {first[key.text]})'
            raise bad_yaml(name, reason, line=key.line, column=key.column)
        first[key.text] = key.line
