"""Finding the sources of a folder."""

from __future__ import annotations

from pathlib import Path

from qualcode.project.sources import find_sources
from tests.factory import write


def test_sources_of_subfolders_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a.txt", "a/.hidden/d.txt", "codebook.yaml"):
        write(tmp_path, name, "x")
    found = find_sources(tmp_path)

    assert [one.name for one in found] == ["a.txt", "a/c.txt", "b.txt"]
    assert [one.path for one in found] == [tmp_path / one for one in ("a.txt", "a/c.txt", "b.txt")]


def test_a_name_that_is_taken_gets_its_folder_or_its_ending(tmp_path: Path) -> None:
    for name in ("int-01.txt", "int-01.md", "second/INT-01.txt", "v1.2 notes.txt"):
        write(tmp_path, name, "x")
    ids = {one.name: one.doc_id for one in find_sources(tmp_path)}

    assert ids == {
        "int-01.md": "int-01",
        "int-01.txt": "int-01-txt",
        "second/INT-01.txt": "second-INT-01",
        "v1.2 notes.txt": "v1-2-notes",
    }
