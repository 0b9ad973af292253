from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.core.model import Coding, Span
from qualcode.project.adding import Adder
from qualcode.project.settings import Settings, load_settings, make_project
from qualcode.store.coding_files import coding_path, codings_data, load_codings
from qualcode.store.document_files import document_ids, load_document
from qualcode.store.files import write_file
from qualcode.store.paths import ProjectPaths
from tests.conftest import Qualcode
from tests.factory import write

NOTES = """\
INT01  Nurse, tier 2    14/3/2025   10.15-11.05, her office

1. What gets in the way
- they send someone different each time
- says 'we start again' at every meeting
[OC: tired]

2. What helps
- away day helped
"""


TALK = "INT: How is it?\nR: Well, it changes.\nINT: Why?\nR: They leave. And new ones come.\n"


@pytest.fixture
def paths(tmp_path: Path) -> ProjectPaths:
    return make_project(tmp_path / "study", question="Why?", method="eca", language="en")


def add(paths: ProjectPaths, *given: Path, **options: object) -> list[str]:
    adder = Adder(paths, load_settings(paths), **options)  # type: ignore[arg-type]
    return [added.status for added in adder.add_all(given)]


def files(folder: Path) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def code(paths: ProjectPaths, doc_id: str, quote: str) -> None:
    text = load_document(paths, doc_id).text
    start = text.index(quote)
    coding = Coding("k1", doc_id, Span(start, start + len(quote)), quote, "silos", "ad")
    write_file(coding_path(paths, doc_id, "ad"), codings_data([coding]) or b"")


def test_a_document_saved_and_loaded_is_the_same(paths: ProjectPaths, tmp_path: Path) -> None:
    source = write(tmp_path, "int-01.md", NOTES)
    (added,) = Adder(paths, Settings()).add_all([source])

    assert load_document(paths, "int-01") == added.document
    assert paths.source("int-01.md").read_bytes() == source.read_bytes()


def test_adding_a_file_again_changes_nothing(paths: ProjectPaths, tmp_path: Path) -> None:
    source = write(tmp_path, "int-01.md", NOTES)
    first = add(paths, source)
    before = files(paths.root)
    again = add(paths, source)

    assert (first, again) == (["new"], ["unchanged"])
    assert files(paths.root) == before


def test_an_edited_source_is_frozen_anew_and_its_codings_move(
    paths: ProjectPaths, tmp_path: Path
) -> None:
    source = write(tmp_path, "int-01.md", NOTES)
    add(paths, source)
    code(paths, "int-01", "away day helped")
    write(tmp_path, "int-01.md", NOTES.replace("1. What", "- one more line\n\n1. What"))
    status = add(paths, source)
    codings, _ = load_codings(paths, "int-01")
    text = load_document(paths, "int-01").text

    assert status == ["frozen anew"]
    assert [text[c.span.start : c.span.end] for c in codings] == ["away day helped"]
    assert [p.read_text("utf-8") for p in (paths.root / "history").rglob("*.md")] == [NOTES]


def test_another_document_of_the_same_name_replaces_nothing(
    paths: ProjectPaths, tmp_path: Path
) -> None:
    first = write(tmp_path, "north/notes.md", NOTES)
    second = write(tmp_path, "south/notes.md", NOTES.replace("INT01", "INT02").upper())
    add(paths, first)
    added = list(Adder(paths, Settings()).add_all([second]))

    assert [p.number for p in added[0].problems] == ["Q217"]
    assert document_ids(paths) == ("notes", "notes-2")
    assert add(paths, second) == ["unchanged"]
    write(tmp_path, "south/notes.md", NOTES.replace("INT01", "INT02").upper() + "- MORE\n")
    assert add(paths, second) == ["frozen anew"]
    assert document_ids(paths) == ("notes", "notes-2")
    assert add(paths, first) == ["unchanged"]


def test_a_coding_without_a_place_is_reported_and_kept(paths: ProjectPaths, tmp_path: Path) -> None:
    source = write(tmp_path, "int-01.md", NOTES)
    add(paths, source)
    code(paths, "int-01", "away day helped")
    write(tmp_path, "int-01.md", NOTES.replace("- away day helped\n", "- nothing at all\n"))
    (added,) = Adder(paths, Settings()).add_all([source])

    assert [p.number for p in added.problems] == ["Q402"]
    assert load_codings(paths, "int-01") == ((), ())
    assert "away day helped" in paths.unplaced("int-01").read_text("utf-8")


def test_words_changed_a_little_keep_their_coding(paths: ProjectPaths, tmp_path: Path) -> None:
    source = write(tmp_path, "int-01.md", NOTES)
    add(paths, source)
    code(paths, "int-01", "they send someone different each time")
    write(tmp_path, "int-01.md", NOTES.replace("someone different", "somebody different"))
    add(paths, source)
    codings, _ = load_codings(paths, "int-01")

    assert [c.quote for c in codings] == ["they send somebody different each time"]


def test_the_same_text_under_two_names_is_pointed_out(paths: ProjectPaths, tmp_path: Path) -> None:
    one, two = write(tmp_path, "a.md", NOTES), write(tmp_path, "b.md", NOTES)
    added = list(Adder(paths, Settings()).add_all([one, two]))

    assert [p.number for p in added[1].problems] == ["Q211"]
    assert document_ids(paths) == ("a", "b")


def test_bad_files_never_stop_the_batch(paths: ProjectPaths, tmp_path: Path) -> None:
    folder = tmp_path / "field"
    write(folder, "a.md", NOTES)
    write(folder, "b.pdf", b"%PDF-1.4 broken")
    write(folder, "c.txt", b"")
    write(folder, "d.txt", TALK)
    status = add(paths, folder, tmp_path / "missing.txt")

    assert status == ["new", "skipped", "skipped", "new", "skipped"]


def test_show_prints_voice_speaker_and_line(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES))
    monkeypatch.chdir(paths.root)
    rows = json.loads(qualcode("show", "INT-01", "--json").out)["segments"]

    assert [(r["unit"], r["voice"], r["speaker"], r["where"]) for r in rows] == [
        ("bullet 1.1", "paraphrase", "INT01", "line 4"),
        ("bullet 1.2", "paraphrase", "INT01", "line 5"),
        ("comment 1", "observer", "-", "line 6"),
        ("bullet 2.1", "paraphrase", "INT01", "line 9"),
    ]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("show", "int-1"), 'Q111 the project has no document "int-1". Did you mean "int-01"?'),
        (("init", "."), "Q109 the file exists already."),
    ],
)
def test_wrong_names_are_told(
    paths: ProjectPaths,
    tmp_path: Path,
    qualcode: Qualcode,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    message: str,
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES))
    monkeypatch.chdir(paths.root)

    assert message in qualcode(*command).err


def test_a_command_outside_a_project_says_so(qualcode: Qualcode) -> None:
    outcome = qualcode("documents")

    assert "Q110 there is no project here or in any folder above." in outcome.err
    assert outcome.status == 2


def test_a_frozen_text_changed_by_hand_is_noticed(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES))
    paths.text("int-01").write_text("other", "utf-8")
    monkeypatch.chdir(paths.root)

    assert "Q113 the frozen text was changed by hand." in qualcode("show", "int-01").err


def test_damaged_facts_are_one_sentence(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES))
    paths.facts("int-01").write_text("kind: [", "utf-8")
    monkeypatch.chdir(paths.root)

    assert "Q112 what is known of the document cannot be read" in qualcode("documents").err


def test_a_line_that_is_no_coding_is_named(paths: ProjectPaths) -> None:
    write(paths.root, "codings/int-01.ad.jsonl", '{"id": "k"}\nnot json\n')
    _, problems = load_codings(paths, "int-01")

    assert [(p.number, p.line) for p in problems] == [("Q401", 1), ("Q401", 2)]


def test_a_run_in_a_project_counts_its_documents_with_their_corrections(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES), write(tmp_path, "talk.txt", TALK))
    monkeypatch.chdir(paths.root)
    qualcode("correct", "talk", "--role", "context")
    outcome = qualcode("run", "--codebook", "collaboration", "--json")
    result = json.loads(outcome.out)

    assert outcome.status == 0, outcome.err
    assert (result["documents"], result["context"]) == (2, ["talk"])


def test_a_run_without_folder_or_codebook_asks_for_it(tmp_path: Path, qualcode: Qualcode) -> None:
    write(tmp_path, "field/int-01.md", NOTES)
    outcomes = [qualcode("run"), qualcode("run", "field")]

    assert "Q110 there is no project here" in outcomes[0].err
    assert outcomes[1].err.startswith("Name a codebook: --codebook FILE")
    assert [outcome.status for outcome in outcomes] == [2, 2]


def test_a_run_counts_codings_and_no_suggestion_once_somebody_has_coded(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES))
    text = load_document(paths, "int-01").text
    start = text.index("they send")
    quote = text[start : start + 20]
    span = Span(start, start + 20)
    coding = Coding("k1", "int-01", span, quote, "changing-delegates", "ad", "obstacle")
    write_file(coding_path(paths, "int-01", "ad"), codings_data([coding]) or b"")
    monkeypatch.chdir(paths.root)
    outcome = qualcode("run", "--codebook", "collaboration", "--json")
    result = json.loads(outcome.out)

    assert (result["draft"], result["codings"], result["suggestions"]) == (False, 1, 0)
    assert [row["segments"] for row in result["rows"]] == [1, 0, 0, 0, 0, 0, 0, 0]
    assert result["notes"][-1] == "1 coded passage, all made or accepted by a person."


def test_a_study_coded_with_codes_without_cues_has_its_table(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES))
    monkeypatch.chdir(paths.root)
    coded = qualcode("code", "int-01", "away day helped", "--in-vivo", "--valence", "catalyst")
    outcome = qualcode("run", "--json")
    (row,) = json.loads(outcome.out)["rows"]

    assert coded.status == 0, coded.err
    assert [pole["segments"] for pole in row["catalysts"]] == [1]


def test_bytes_that_are_no_text_in_a_projects_files_are_told(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES))
    write(paths.root, "codings/int-01.ad.jsonl", b"\xd0\xff\n")
    monkeypatch.chdir(paths.root)

    for command in ("status", "codings", "run"):
        assert "Q204 the file cannot be opened (it is not utf-8)" in qualcode(command).err


def test_what_could_not_be_read_stands_below_the_table(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "int-01.md", NOTES), write(tmp_path, "talk.txt", TALK))
    paths.text("talk").write_text("other", "utf-8")
    monkeypatch.chdir(paths.root)
    result = json.loads(qualcode("run", "-c", "collaboration", "--json").out)

    assert result["notes"][-1] == (
        "NOT COUNTED, because they could not be read: documents/talk.txt."
    )
