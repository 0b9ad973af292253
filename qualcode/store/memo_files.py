"""Memos on disk: Markdown with YAML front matter, one file each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

import yaml

from qualcode.core.memos import MEMO_KINDS, STUDY, Memo
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.store.fields import Field, Fields, Reading, known_entries, text_of
from qualcode.store.paths import ProjectPaths
from qualcode.store.yamlio import parse_yaml

MEMO_FIELDS: Fields = {
    "about": Field("text", "study, or a kind and an id, such as code:silos.", required=True),
    "kind": Field("word", "What sort of memo it is.", words=MEMO_KINDS),
    "coder": Field("text", "Who wrote it."),
    "at": Field("text", "When, in UTC."),
    "closed": Field("text", "When the question found its answer."),
    "because": Field("text", "The answer, or why it no longer matters."),
}
_FRONT = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_WORD = re.compile(r"[a-z0-9]+")
SLUG_WORDS = 6


def memo_path(paths: ProjectPaths, memo_id: str) -> Path:
    """The file of one memo."""
    return paths.root / "memos" / f"{memo_id}.md"


def memo_ids(paths: ProjectPaths) -> tuple[str, ...]:
    """Ids of all memos, the oldest first."""
    folder = paths.root / "memos"
    return tuple(sorted(path.stem for path in folder.glob("*.md"))) if folder.is_dir() else ()


def load_memos(paths: ProjectPaths) -> tuple[tuple[Memo, ...], tuple[Problem, ...]]:
    """Every memo that can be read, the oldest first, and what is wrong with the others."""
    memos: list[Memo] = []
    problems: list[Problem] = []
    for memo_id in memo_ids(paths):
        try:
            memos.append(load_memo(paths, memo_id))
        except QualcodeError as error:
            problems.extend(error.problems)
    return tuple(sorted(memos, key=lambda memo: (memo.at, memo.id))), tuple(problems)


def load_memo(paths: ProjectPaths, memo_id: str) -> Memo:
    """One memo.

    Raises:
        QualcodeError: with everything wrong with its front matter.
    """
    path = memo_path(paths, memo_id)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:80]
        raise QualcodeError(problem(P.BAD_MEMO, path=str(path), reason=reason)) from None
    front = _FRONT.match(text)
    if front is None:
        reason = 'it does not begin with front matter between two lines of "---"'
        raise QualcodeError(problem(P.BAD_MEMO, path=str(path), line=1, reason=reason))
    reading = Reading(str(path))
    # the empty line stands for the first "---", so that problems name the right line
    node = parse_yaml("\n" + front.group(1), name=str(path))
    found = known_entries(node, MEMO_FIELDS, reading, owner="the memo")
    if reading.problems:
        raise QualcodeError(*reading.problems)
    return Memo(
        id=memo_id,
        body=text[front.end() :].strip("\n"),
        about=text_of(found, "about", STUDY),
        coder=text_of(found, "coder"),
        at=text_of(found, "at"),
        kind=text_of(found, "kind", "memo"),
        closed=text_of(found, "closed"),
        because=text_of(found, "because"),
    )


def memo_data(memo: Memo) -> bytes:
    """The file of a memo."""
    front = {
        "about": memo.about,
        "kind": memo.kind,
        "coder": memo.coder,
        "at": memo.at,
        "closed": memo.closed,
        "because": memo.because,
    }
    kept = {key: value for key, value in front.items() if value}
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n{memo.body}\n".encode()


def new_memo_id(body: str, date: str, taken: Collection[str]) -> str:
    """An id that no memo has: the date (2026-03-01) and the first words of the text.

    >>> new_memo_id("New faces, again!", "2026-03-01", ["2026-03-01-new-faces-again"])
    '2026-03-01-new-faces-again-2'
    """
    plain = unicodedata.normalize("NFKD", body.lower()).encode("ascii", "ignore").decode()
    slug = "-".join(_WORD.findall(plain[:400])[:SLUG_WORDS])[:60].strip("-") or "memo"
    wished = f"{date}-{slug}"
    number, found = 1, wished
    while found in taken:
        number += 1
        found = f"{wished}-{number}"
    return found
