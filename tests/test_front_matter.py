"""What the front matter of a source says and cannot be read is told in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.problems import Problem
from qualcode.project.ingest import Ingester, Told
from qualcode.project.sources import Found

BODY = "She said that it was late.\n"


def said_of(folder: Path, front: str, told: Told | None = None) -> list[str]:
    """The sentences about front matter that a source of interview notes is met with."""
    path = folder / "a.md"
    path.write_text(f"---\n{front}\n---\n{BODY}", "utf-8")
    problems: tuple[Problem, ...] = Ingester().ingest(Found(path, "a.md", "a"), told).problems
    return [str(one) for one in problems if one.number == "Q208"]


@pytest.mark.parametrize("date", ["31.2.2025", "2025-13-45", "March 2025"])
def test_a_date_that_is_none_is_named(tmp_path: Path, date: str) -> None:
    assert said_of(tmp_path, f"kind: interview\ndate: {date}") == [
        f'a.md: Q208 the front matter says date "{date}", which is no full date. '
        "It was passed over. Write it as 2025-03-13."
    ]


def test_a_misspelt_key_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    assert said_of(tmp_path, "kind: interview\nparticpants: P03") == [
        'a.md: Q208 the front matter says "particpants", which is no known key. '
        'It was passed over. Did you mean "participants"?'
    ]


def test_a_kind_that_is_none_is_named(tmp_path: Path) -> None:
    assert said_of(tmp_path, "kind: minuets") == [
        'a.md: Q208 the front matter says kind "minuets", which is none of interview notes, '
        "transcript, minutes, field notes, questionnaire, policy, other. "
        'It was passed over. Did you mean "minutes"?'
    ]


@pytest.mark.parametrize(
    "front",
    [
        "date: 2025-03-13",
        "date: 13 March 2025",
        "place: Leeds",
        "author: A. Smith",
        "language: de",
        "Participants: P03",
        "participants: P03\nparticipant: 3",
    ],
)
def test_what_can_be_read_or_is_nobodys_business_is_not_named(tmp_path: Path, front: str) -> None:
    assert said_of(tmp_path, f"kind: interview\n{front}") == []


def test_a_wrong_date_is_not_named_where_a_sheet_tells_the_date(tmp_path: Path) -> None:
    told = Told(facts={"date": "2025-03-13"})

    assert said_of(tmp_path, "kind: interview\ndate: 2025-13-45", told) == []
