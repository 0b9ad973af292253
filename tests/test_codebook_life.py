from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.core.codebook import codes_by_id
from qualcode.core.codebook_changes import Said, rename_code
from qualcode.core.model import Codebook
from qualcode.core.problems import QualcodeError
from qualcode.project import codebook_life as life
from qualcode.project.codebook_report import versions, view_history
from qualcode.project.deciding import steps, undo
from qualcode.project.study import Study
from qualcode.store.coding_files import coding_path
from qualcode.store.yaml_places import find_comments
from tests.codebook_study import Run, a_study, code, kept, run_command
from tests.factory import write
from tests.test_codebook_edit import BOOK, NAMES, TEXTS


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return a_study(tmp_path / "study")


@pytest.fixture
def run(study: Study, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command in the project."""
    monkeypatch.chdir(study.paths.root)
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    return run_command


def test_a_change_is_kept_as_a_version_beside_the_codebook_as_it_began(
    study: Study, run: Run
) -> None:
    status, out, _ = run(
        "add", "Away days", "--definition", "Days out.", "--lens", "work", "--because", "int-01"
    )
    found = kept(study)

    assert status == 0
    assert out == (
        "Added: Away days (away-days): Days out.\n"
        "Kept as version 2. `qualcode undo` takes it back.\n"
    )
    assert sorted(found) == ["codebook-001.yaml", "codebook-002.yaml", "now"]
    assert found["codebook-001.yaml"] == BOOK.encode()
    assert found["codebook-002.yaml"] == found["now"]
    assert b"- id: away-days\n  name: Away days\n  definition: Days out.\n" in found["now"]


def test_the_journal_holds_codes_wordings_and_reason(study: Study) -> None:
    life.rename(study, "trust", "Reliance", because="they say so")
    (step,) = steps(study.paths)
    decision = step.decisions[0]

    assert (decision.action, decision.target) == ("codebook rename", "trust")
    assert (decision.before, decision.after) == ("Trust", "Reliance")
    assert decision.because == "they say so"


def test_what_changes_nothing_is_no_version(study: Study, run: Run) -> None:
    status, out, _ = run("rename", "trust", "Trust")

    assert (status, out) == (0, "Nothing changed: the codebook says so already.\n")
    assert sorted(kept(study)) == ["now"]


def test_every_command_changes_the_codebook(study: Study, run: Run) -> None:
    code(study, "trust", "k1", "k2")
    commands = [
        ("restore", "silos"),
        ("define", "trust", "--definition", "To rely.", "--cue", "rely on", "--lens", "person"),
        (
            "define",
            "faces",
            "--include",
            "a",
            "--exclude",
            "b",
            "--example",
            "c",
            "--kind",
            "theme",
        ),
        ("rename", "faces", "Turnover"),
        ("move", "faces", "--under", "trust"),
        ("move", "faces", "--top"),
        ("merge", "faces", "--into", "silos"),
        ("split", "trust", "--into", "Belief,Habit", "--because", "two ideas"),
        ("retire", "habit", "--because", "never seen"),
    ]
    said = [run(*command) for command in commands]
    codes = codes_by_id(study.usable_codebook())

    assert [status for status, _, _ in said] == [0] * len(commands)
    assert codes["faces"].name == "Turnover"
    assert codes["faces"].merged_into == "silos"
    assert codes["trust"].split_into == ("belief", "habit")
    assert codes["habit"].retired == "never seen"
    assert "Codings: 2 wait to be read again (`qualcode stale`).\n" in said[7][1]
    assert len(kept(study)) == 11


def test_a_cue_that_cannot_be_read_is_refused_and_nothing_changes(study: Study, run: Run) -> None:
    before = kept(study)
    status, _, err = run("define", "trust", "--cue", "(rely")

    assert status == 1
    assert 'Q307 the cue "(rely" cannot be read' in err
    assert kept(study) == before


def test_move_wants_one_of_two_options(run: Run) -> None:
    status, _, err = run("move", "trust")

    assert status == 2
    assert "Give either --under CODE or --top." in err


def test_a_split_without_a_reason_is_refused(study: Study, run: Run) -> None:
    status, _, err = run("split", "trust", "--into", "A,B", "--because", " ")

    assert (status, sorted(kept(study))) == (1, ["now"])
    assert 'Q338 no reason was given for what happens to the code "trust"' in err


def test_undo_gives_back_codebook_and_history(study: Study) -> None:
    before = kept(study)
    life.merge(study, ["faces"], into="trust")
    undo(study.paths)

    assert kept(study) == before


def test_two_commands_at_once_never_share_a_version(study: Study) -> None:
    def change_meanwhile(codebook: Codebook) -> Codebook:
        life.rename(study, "trust", "Faith")
        return rename_code(codebook, "trust", "Reliance")

    with pytest.raises(QualcodeError, match="Q108"):
        life.change_codebook(study, "codebook rename", change_meanwhile)

    assert len(kept(study)) == 3
    assert b"name: Faith" in study.paths.codebook.read_bytes()


def test_codes_of_another_codebook_are_taken_over(study: Study, run: Run) -> None:
    run("restore", "silos")
    other = write(
        study.paths.root,
        "other.yaml",
        "format: 1\nname: O\nlenses: [{id: place, name: Place}]\n"
        "codes: [{id: rooms, name: Rooms, lenses: [place], cues: [room]}]\n",
    )
    status, out, _ = run("import", str(other))
    codebook = study.usable_codebook()

    assert status == 0, out
    assert codebook.codes[-1].cues == ("room",)
    assert [lens.id for lens in codebook.lenses] == ["person", "work", "place"]
    assert versions(study)[-1].because == "taken over from other.yaml"


def test_a_codebook_that_clashes_is_refused_whole(study: Study, run: Run) -> None:
    text = "format: 1\nname: O\ncodes: [{id: rooms, name: Rooms}, {id: faces, name: F}]\n"
    before = kept(study)
    status, _, err = run("import", str(write(study.paths.root, "other.yaml", text)))

    assert status == 1
    assert 'Q340 the code "faces" cannot be taken over' in err
    assert kept(study) == before


def test_the_codebook_is_exported_as_document_sheet_and_file(study: Study, run: Run) -> None:
    out = study.paths.root / "book.csv"
    run("export", "--out", str(out))
    code(study, "trust", "k1")
    rows = out.read_text("utf-8").splitlines()

    assert (
        "### Trust\n\n`trust`; catalyst.\n\n- Cues: `trust*`\n- Found: 1 coding\n"
        in (run("export")[1])
    )
    assert run("export", "--format", "yaml")[1] == BOOK
    assert rows[0].startswith("id,level,name,definition,include,exclude")
    assert "trust,2,Trust,,,,,trust*,catalyst,,,code,no,,in use,0,0,0,,," in rows
    assert "Q317" in run("export", "--format", "word")[2]
    assert "Q109" in run("export", "--format", "yaml", "--out", str(out))[2]


def test_stale_codings_are_listed_by_code_until_they_are_read_again(study: Study, run: Run) -> None:
    code(study, "trust", "k1", "k2")
    code(study, "faces", "k3")
    run("define", "trust", "--definition", "To rely.")
    listed = json.loads(run("stale", "--json")[1])["stale"]
    marked = life.reread(study, ["k2"], because="fits")

    assert [(row["code"], row["coding"], row["quote"]) for row in listed] == [
        ("Trust (trust)", "k1", "they"),
        ("Trust (trust)", "k2", "they"),
    ]
    assert [(one.id, one.codebook_version) for one in marked] == [("k2", 2)]
    assert [one.coding.id for one in life.stale_codings(study)] == ["k1"]
    assert [one.id for one in study.codings("int-01")] == ["k3", "k1", "k2"]


def test_where_nothing_is_stale_one_sentence_says_so(study: Study, run: Run) -> None:
    code(study, "trust", "k1")

    assert run("stale") == (0, "No coding waits to be read again.\n", "")


def test_a_stale_coding_of_a_merged_code_stands_with_the_code_in_its_place(
    study: Study, run: Run
) -> None:
    code(study, "trust", "k1")
    run("define", "trust", "--definition", "To rely.")
    run("merge", "trust", "--into", "faces")
    (row,) = json.loads(run("stale", "--json")[1])["stale"]

    assert row["code"] == ["New faces (faces)", "coded as trust, merged since"]


def test_reading_again_is_undone_by_bytes(study: Study, run: Run) -> None:
    code(study, "trust", "k1")
    before = coding_path(study.paths, "int-01", "ad").read_bytes()
    run("define", "trust", "--definition", "To rely.")
    life.reread(study, ["k1"])
    after = coding_path(study.paths, "int-01", "ad").read_bytes()
    undo(study.paths)

    assert after != before
    assert coding_path(study.paths, "int-01", "ad").read_bytes() == before


def test_a_coding_of_a_split_code_needs_another_code(study: Study) -> None:
    code(study, "trust", "k1")
    life.split(study, "trust", into=["Belief", "Habit"], because="two ideas")
    with pytest.raises(QualcodeError) as told:
        life.reread(study, ["k1", "k9"])

    assert [str(found) for found in told.value.problems] == [
        'Q344 there is no coding "k9". Give ids that `qualcode stale --json` lists.',
        'Q343 the coding k1 stands on "trust", which was split into "belief", "habit". '
        "Code the passage with one of these instead.",
    ]


LIFE = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("add", "define", "rename", "move", "merge", "split", "retire", "restore"),
                "history",
            ]
        ),
        st.integers(0, 9),
        st.integers(0, 9),
        NAMES,
        TEXTS,
    ),
    max_size=6,
)


def live(study: Study, step: tuple[str, int, int, str, str]) -> None:
    """One command of a researcher."""
    verb, first, second, name, text = step
    ids = [one.id for one in study.usable_codebook().codes]
    word, other = ids[first % len(ids)], ids[second % len(ids)]
    said = Said(definition=text, include=(name,))
    match verb:
        case "add":
            life.add(study, life.NewCode(name, said=said), because=text)
        case "define":
            life.define(study, word, said)
        case "rename":
            life.rename(study, word, name)
        case "move":
            life.move(study, word, under=other if first % 2 else None)
        case "merge":
            life.merge(study, [word], into=other)
        case "split":
            life.split(study, word, into=[name, f"{name} b"], because=text)
        case "retire":
            life.retire(study, word, because=text)
        case "restore":
            life.restore(study, word)
        case _:
            view_history(study)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LIFE)
def test_undoing_every_command_restores_codebook_and_history(
    tmp_path_factory: pytest.TempPathFactory, sequence: list[tuple[str, int, int, str, str]]
) -> None:
    study = a_study(tmp_path_factory.mktemp("life"))
    states = [kept(study)]
    for step in sequence:
        try:
            live(study, step)
        except QualcodeError:
            continue
        if kept(study) != states[-1]:
            states.append(kept(study))
    last = study.paths.codebook.read_text("utf-8")
    for expected in reversed(states[:-1]):
        undo(study.paths)
        assert kept(study) == expected

    assert steps(study.paths) == ()
    assert kept(study) == {"now": BOOK.encode()}
    assert sorted(last[a:b] for a, b in find_comments(last)) == sorted(
        BOOK[a:b] for a, b in find_comments(BOOK)
    )
