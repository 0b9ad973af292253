"""The generator of large studies, and commands on a small one of its making."""

from __future__ import annotations

from pathlib import Path

from qualcode.project.checking import check_project
from qualcode.project.searching import Asked, search
from qualcode.project.status import view_status
from qualcode.project.study import open_study
from scripts.make_big_study import make_big_study


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_numbers_give_the_same_study(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_big_study(tmp_path / name, n_documents=3, codings_each=10)

    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert len(list((tmp_path / "one" / "codings").iterdir())) == 6


def test_a_generated_study_counts_as_many_as_were_asked_for(tmp_path: Path) -> None:
    told = make_big_study(tmp_path / "study", n_documents=4, codings_each=10)
    study = open_study(tmp_path / "study")
    table, problems = view_status(study)
    rows = {row[0][0]: (row[1][0], row[3][0]) for row in table.rows}
    found = search(study, Asked(told.everywhere, limit=5))

    assert problems == ()
    assert rows["Codings"] == ("40", "in 4 documents")
    assert (len(found.hits), found.n_hits, found.n_texts) == (5, 160, 4)


def test_nothing_is_wrong_with_a_generated_study(tmp_path: Path) -> None:
    make_big_study(tmp_path / "study", n_documents=2, codings_each=10)
    checked = check_project(tmp_path / "study")

    assert checked.problems == ()
    assert (checked.n_documents, checked.n_codings) == (2, 20)
