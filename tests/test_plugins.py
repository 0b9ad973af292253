from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from qualcode.core.problems import QualcodeError
from qualcode.core.protocols import Source
from qualcode.plugins import registry
from qualcode.project.batch import run
from tests.factory import write


class BrokenReader:
    name = "broken"
    version = "1"
    suffixes = (".xyz",)

    def __call__(self, source: Source) -> object:
        raise ZeroDivisionError("oh")


broken = BrokenReader()


def announce(monkeypatch: pytest.MonkeyPatch, group: str, value: str) -> None:
    known = dict(registry._known(group))
    known["third"] = EntryPoint("third", value, f"qualcode.{group}")
    monkeypatch.setattr(registry, "_known", lambda asked: known if asked == group else {})


def test_an_unknown_plugin_is_named_with_the_known_ones() -> None:
    with pytest.raises(QualcodeError) as raised:
        registry.load_exporter("papyrus")

    assert str(raised.value) == (
        'Q702 no exporter is called "papyrus". '
        "Use one of csv, docx, excel, html, json, latex, markdown, parquet, plain, tsv, xlsx."
    )


def test_a_plugin_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    announce(monkeypatch, "exporters", "no.such.module:exporter")
    with pytest.raises(QualcodeError) as raised:
        registry.load_exporter("third")

    assert str(raised.value) == (
        "Q701 the exporter \"third\" failed (No module named 'no'). "
        "Skipped. Report this to whoever made that plugin."
    )


def test_a_reader_that_raises_costs_its_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "study/a.xyz", "x")
    write(
        tmp_path,
        "study/b.txt",
        "Interview notes: P01\n\n- They keep sending someone different each time.\n",
    )
    readers = (*registry.load_readers(), broken)
    monkeypatch.setattr("qualcode.project.ingest.load_readers", lambda: readers)
    result = run(tmp_path / "study", codebook="collaboration", out=tmp_path / "out")

    assert [str(found) for found in result.problems] == [
        'a.xyz: Q701 the reader "broken" failed (ZeroDivisionError: oh). '
        "Skipped. Report this to whoever made that plugin."
    ]
    assert [document.id for document in result.documents] == ["b"]
