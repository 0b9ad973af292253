from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.core.methods import PROFILES, profile
from qualcode.core.protocol import Item
from qualcode.project.deciding import undo
from qualcode.project.protocol import add_item
from qualcode.project.settings import METHODS
from qualcode.project.study import Study
from qualcode.store.journal import load_journal
from qualcode.store.protocol_file import load_answers, load_protocol
from tests.factory import write
from tests.notes_command import code, make_study, run_notes

OWN = """\
# what we ask
format: 1
version: 1
items:
  - id: date  # always
    question: When?
  - {id: frame, question: How framed?, kinds: [interview notes]}
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    study = make_study(tmp_path)
    monkeypatch.chdir(study.paths.root)
    return study


def answers(doc_id: str) -> dict[str, tuple[str, str]]:
    rows = json.loads(run_notes("protocol", "show", doc_id, "--json").out)["answers"]
    return {row["item"]: (row["answer"], row["coder"]) for row in rows}


def test_what_the_document_says_is_filled_in_and_marked(study: Study) -> None:
    found = answers("int-01")

    assert found["date"] == ("2025-03-14", "the document itself")
    assert found["who"] == ("INT01", "the document itself")
    assert found["topic"] == ("What gets in the way; What helps", "the document itself")
    assert found["frame"] == ("-", "-")


def test_an_answer_is_kept_with_coder_date_and_version(study: Study) -> None:
    outcome = run_notes(
        "protocol", "answer", "INT-01", "--item", "frame", "--text", "a staff matter"
    )
    (answer,), problems = load_answers(study.paths, "int-01")

    assert outcome.status == 0, outcome.err
    assert (answer.item, answer.text, answer.coder, answer.version, problems) == (
        *("frame", "a staff matter", "ad", 1),
        (),
    )
    assert answers("int-01")["frame"] == ("a staff matter", "ad")


def test_answering_again_replaces_only_ones_own_answer(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    for coder, text in (("ad", "first"), ("bf", "other"), ("ad", "second")):
        monkeypatch.setenv("QUALCODE_CODER", coder)
        run_notes("protocol", "answer", "talk", "--item", "frame", "--text", text)
    kept, _ = load_answers(study.paths, "talk")
    last = load_journal(study.paths)[-1]

    assert [(a.coder, a.text) for a in kept] == [("ad", "second"), ("bf", "other")]
    assert (last.before, last.after) == ("first", "second")


def test_at_the_terminal_each_open_item_is_asked(study: Study) -> None:
    outcome = run_notes(
        "protocol", "answer", "int-01", typed="\n\nher office\n\nas a staff matter\n"
    )
    kept, _ = load_answers(study.paths, "int-01")

    assert "frame: How is the matter framed" in outcome.out
    assert [(a.item, a.text) for a in kept] == [
        ("date", "2025-03-14"),
        ("who", "INT01"),
        ("where", "her office"),
        ("topic", "What gets in the way; What helps"),
        ("frame", "as a staff matter"),
    ]


def test_the_check_lists_what_is_unanswered_by_document(study: Study) -> None:
    run_notes("protocol", "answer", "int-01", "--item", "frame", "--text", "x")
    value = json.loads(run_notes("protocol", "check", "--json").out)

    assert [(r["document"], r["unanswered"]) for r in value["unanswered"]] == [
        ("int-01", "where"),
        ("talk", "date, where, topic, frame"),
    ]
    assert value["notes"][0].startswith("5 items unanswered in 2 of 2 documents.")


def test_an_added_item_makes_a_version_and_keeps_the_one_before(study: Study) -> None:
    write(study.paths.root, "protocol.yaml", OWN)
    add_item(study, Item("tone", "In which tone?", ("minutes",)), because="it varies")
    text = (study.paths.root / "protocol.yaml").read_text("utf-8")
    kept = sorted(path.name for path in (study.paths.root / "history").glob("protocol-*"))

    assert text == OWN.replace("version: 1", "version: 2") + (
        "  - id: tone\n    question: In which tone?\n    kinds:\n    - minutes\n"
    )
    assert kept == ["protocol-001.yaml", "protocol-002.yaml"]
    assert (study.paths.root / "history" / "protocol-001.yaml").read_text("utf-8") == OWN


def test_an_item_added_to_a_list_on_one_line_is_kept_too(study: Study) -> None:
    flow = "format: 1\nversion: 4\nitems: [{id: date, question: When?}]\n"
    write(study.paths.root, "protocol.yaml", flow)
    add_item(study, Item("tone", "Which tone?"))
    protocol = load_protocol(study.paths)

    assert protocol.version == 5
    assert [item.id for item in protocol.items] == ["date", "tone"]


def test_an_edit_by_hand_becomes_a_version(study: Study) -> None:
    write(study.paths.root, "protocol.yaml", OWN)
    run_notes("protocol", "answer", "int-01", "--item", "frame", "--text", "x")
    write(study.paths.root, "protocol.yaml", OWN.replace("When?", "On which day?"))
    run_notes("protocol", "answer", "int-01", "--item", "date", "--text", "y")
    kept, _ = load_answers(study.paths, "int-01")

    assert [(a.item, a.version) for a in kept] == [("date", 2), ("frame", 1)]
    assert load_protocol(study.paths).version == 2


def test_adding_an_item_can_be_undone(study: Study) -> None:
    write(study.paths.root, "protocol.yaml", OWN)
    run_notes("protocol", "add", "tone", "--question", "Which tone?")
    undo(study.paths)

    assert (study.paths.root / "protocol.yaml").read_text("utf-8") == OWN


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("answer", "talk", "--item", "fram", "--text", "x"),
            'Q136 the protocol asks nothing called "fram" of talk. Did you mean "frame"?',
        ),
        (("answer", "talk", "--item", "frame", "--text", " "), "Q135"),
        (("answer", "tolk", "--item", "frame", "--text", "x"), "Q111"),
        (("add", "frame", "--question", "x"), 'Q137 the protocol has an item "frame" already.'),
        (("add", "My Item", "--question", "x"), "Q312"),
        (("add", "tone", "--question", "x", "--kind", "minuts"), "Q317"),
    ],
)
def test_what_cannot_be_is_told(study: Study, arguments: tuple[str, ...], told: str) -> None:
    assert told in run_notes("protocol", *arguments).err


def test_an_item_is_asked_only_of_its_kinds(study: Study) -> None:
    write(study.paths.root, "protocol.yaml", OWN)

    assert list(answers("talk")) == ["date"]
    assert list(answers("int-01")) == ["date", "frame"]


def test_a_protocol_with_faults_is_told_by_line(study: Study) -> None:
    write(study.paths.root, "protocol.yaml", OWN.replace("How framed?, kinds", "x, kindz"))

    assert 'protocol.yaml:7:30: Q302 "kindz" is not a key' in run_notes("protocol", "show").err


def test_every_method_has_a_profile_and_reflexive_hides_what_is_at_odds_with_it() -> None:
    hidden = {p.id: sorted(p.leaves_out) for p in PROFILES}

    assert tuple(hidden) == METHODS
    assert hidden == {
        "eca": [],
        "reflexive": ["agreement", "saturation"],
        "framework": [],
        "codebook": [],
    }


def test_an_unknown_method_is_treated_as_content_analysis() -> None:
    assert profile("other").id == "eca"


def test_the_midpoint_says_what_has_emerged(study: Study) -> None:
    code(
        study,
        "int-01",
        ("away day", "trust", "catalyst"),
        ("someone different", "silos", "obstacle"),
    )
    code(study, "talk", ("They leave", "silos", "obstacle"), ("it changes", "silos", "catalyst"))
    run_notes("memo", "add", "silos", "Whose turnover?", "--kind", "question")
    value = json.loads(run_notes("midpoint", "--json").out)

    assert [(r["kind"], r["documents"], r["coded"]) for r in value["read"]] == [
        ("interview notes", 1, 1),
        ("transcript", 1, 1),
    ]
    assert [(r["code"], r["codings"], r["sides"], r["mark"]) for r in value["codes"]] == [
        ("silos", 3, "2 : 1 : 0", "contested"),
        ("trust", 1, "0 : 1 : 0", "thin"),
    ]
    assert {r["born"] for r in value["codes"]} == {"not known"}
    assert [r["title"] for r in value["questions"]] == ["Whose turnover?"]
    assert {r["item"]: r["documents"] for r in value["unanswered"]}["frame"] == 2
