"""A small coded study to report on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.analysis.pages.values import Report
from qualcode.project.memos import add_memo
from qualcode.project.report import gather_report, make_report
from qualcode.project.study import Study, open_study
from tests.coding_study import a_study, run

PAIRS = "pairs:\n  - {id: p1, obstacle: new-faces, catalysts: [away-days], condition: Early on.}\n"


def a_coded_study(folder: Path) -> Study:
    """Two interviews with five codings, a pair, and memos, made by whoever works here."""
    made = a_study(folder)
    os.chdir(made.paths.root)
    text = made.paths.codebook.read_text("utf-8").replace("pairs: []\n", PAIRS)
    made.paths.codebook.write_text(text, "utf-8")
    run("code", "int-01", "someone different each time", "new-faces")
    run("code", "int-01", "away day helped", "away-days")
    run("code", "int-01", "no trust in the", "trust", "--valence", "obstacle")
    run("code", "int-02", "someone different came", "new-faces", "trust")
    add_memo(made, "code:new-faces", "Nobody <stays>.", kind="surprise")
    add_memo(made, "code:new-faces", "They come and go.")
    return made


@pytest.fixture
def coded_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study of its own for one test, with the coder "ad" at work inside its folder."""
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    monkeypatch.chdir(tmp_path)
    return a_coded_study(tmp_path)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """The report of that study, to be looked at only."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("report")
        patch.setenv("QUALCODE_CODER", "ad")
        patch.chdir(folder)
        yield gather_report(a_coded_study(folder))


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    """That report as a page."""
    return make_report(report, "html").decode()


def page_without_charts(study: Study, *, draft: bool = False) -> str:
    """The report of a study as a page, but for the charts, which take longest."""
    found = gather_report(open_study(study.paths.root), draft=draft)
    return make_report(replace(found, charts=()), "html").decode()
