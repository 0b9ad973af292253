from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.core.model import Coding, Span, Valence
from qualcode.project.adding import Adder
from qualcode.project.settings import load_settings, make_project
from qualcode.project.study import Study, open_study
from qualcode.store.coding_files import coding_path, codings_data
from qualcode.store.files import write_file
from tests.command import run_qualcode
from tests.factory import write

CODEBOOK = """\
format: 1
name: Mine
lenses:
  - {id: person, name: Person}
  - {id: firm, name: Firm}
codes:
  - {id: change, name: Changing people, definition: People on the board change., valence: obstacle,
     lenses: [person], cues: [someone different]}
  - {id: rank, name: Rank, definition: Seniors outrank juniors., valence: obstacle}
  - {id: same, name: The same people, definition: The same people on the board., valence: catalyst}
  - {id: food, name: Lunch, definition: Lunch is served., valence: catalyst}
pairs: []
"""
NOTES = """\
INT0{n}  Nurse    1{n}/3/2025   10.15-11.05, her office

1. What gets in the way
- someone different is sent each time
- lunch with the others
- the same faces again
"""
OWN_PAIRS = "pairs:\n  - {id: p1, obstacle: change, catalysts: [same], lenses: [firm, person]}\n"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Three interviews in notes; nothing is coded."""
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    paths = make_project(tmp_path / "study", question="Why?", method="eca", language="en")
    paths.codebook.write_text(CODEBOOK, "utf-8")
    given = [write(tmp_path, f"int-0{n}.md", NOTES.format(n=n)) for n in (1, 2, 3)]
    list(Adder(paths, load_settings(paths)).add_all(given))
    monkeypatch.chdir(paths.root)
    return open_study(paths.root)


def code(study: Study, doc_id: str, *given: tuple[str, str, Valence]) -> None:
    text = study.document(doc_id).text
    held = []
    for n, (quote, code_id, valence) in enumerate(given):
        start = text.index(quote)
        span = Span(start, start + len(quote))
        held.append(Coding(f"{doc_id}{n}", doc_id, span, quote, code_id, "ad", valence))
    write_file(coding_path(study.paths, doc_id, "ad"), codings_data(held) or b"")


def code_all(study: Study) -> None:
    for n in (1, 2, 3):
        code(
            study,
            f"int-0{n}",
            ("someone different is sent each time", "change", "obstacle"),
            ("lunch with the others", "food", "catalyst"),
            ("the same faces again", "same", "catalyst"),
        )


def bytes_of(study: Study) -> dict[str, bytes]:
    root = study.paths.root
    files = [*root.glob("*.yaml"), *root.glob("proposals/*")]
    return {path.name: path.read_bytes() for path in sorted(files)}


def keys(*arguments: str) -> dict[str, str]:
    """Key of every suggestion under its codes."""
    out = json.loads(run_qualcode("pair", "suggest", "--json", *arguments).out)
    return {f"{one['obstacle']} -> {one['catalyst']}": one["key"] for one in out["suggestions"]}


def test_a_pair_is_added_with_wording_lenses_and_condition(study: Study) -> None:
    outcome = run_qualcode(
        *("pair", "add", "--obstacle", "change", "--catalyst", "Faces we know=same+food"),
        *("--lens", "firm", "--lens", "person", "--condition", "in small boards", "-b", "AD said"),
    )

    assert outcome.status == 0
    assert outcome.out == (
        "Paired: 1. p1: Changing people -> Faces we know [firm / person] (in small boards)\n"
        "1 row in pairs.yaml. `qualcode undo` takes it back.\n"
    )
    assert study.paths.pairs.read_text("utf-8").endswith(
        "pairs:\n  - id: p1\n    obstacle: change\n    catalysts:\n"
        "      - {says: Faces we know, codes: [same, food]}\n"
        "    lenses: [firm, person]\n    condition: in small boards\n"
    )


@pytest.mark.parametrize(
    "change",
    [
        ("add", "--catalyst", "food"),
        ("edit", "p1", "--add-catalyst", "food", "--condition", "often"),
        ("remove", "p1"),
        ("order", "p2"),
    ],
)
def test_undo_restores_the_bytes_of_every_change(study: Study, change: tuple[str, ...]) -> None:
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same")
    run_qualcode("pair", "add", "--obstacle", "rank")
    before = bytes_of(study)
    outcome = run_qualcode("pair", *change, "--because", "so")
    changed = bytes_of(study)
    run_qualcode("undo")

    assert outcome.status == 0, outcome.err
    assert changed != before
    assert bytes_of(study) == before


def test_the_first_change_takes_over_the_pairs_of_the_codebook(study: Study) -> None:
    own = CODEBOOK.replace("pairs: []\n", OWN_PAIRS)
    study.paths.codebook.write_text(own, "utf-8")
    run_qualcode("pair", "add", "--obstacle", "rank")
    ids = [pair.id for pair in study.usable_codebook().pairs]

    assert ids == ["p1", "p2"]
    assert study.paths.codebook.read_text("utf-8") == own
    assert [one.number for one in study.codebook().problems] == ["Q607"]


def test_a_removed_pair_gives_its_id_to_no_other(study: Study) -> None:
    run_qualcode("pair", "add", "--obstacle", "change")
    run_qualcode("pair", "remove", "p1")
    outcome = run_qualcode("pair", "add", "--obstacle", "rank")

    assert outcome.out.startswith("Paired: 1. p2: Rank -> -\n")


def test_a_code_on_the_wrong_side_is_warned_of(study: Study) -> None:
    outcome = run_qualcode("pair", "add", "--obstacle", "food")

    assert outcome.status == 0
    assert "Q314" in outcome.err


def test_a_pair_of_nothing_is_refused_in_one_sentence(study: Study) -> None:
    outcome = run_qualcode("pair", "add")

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err == (
        "Q609 a new pair needs an obstacle or a catalyst. "
        "Give --obstacle, --catalyst, or --from-suggestion with a key.\n"
    )


def test_the_list_says_which_codes_ground_each_side(study: Study) -> None:
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same")
    out = json.loads(run_qualcode("pair", "list", "--json").out)

    assert out["pairs"] == [
        {
            "number": "1",
            "pair": "p1",
            "obstacle": "Changing people [change]",
            "catalysts": "The same people [same]",
            "lenses": "person",
            "condition": "-",
        }
    ]


def test_suggestions_name_their_evidence(study: Study) -> None:
    code_all(study)
    out = json.loads(run_qualcode("pair", "suggest", "--json").out)

    assert out["suggestions"][0]["obstacle"] == "Changing people"
    assert out["suggestions"][0]["catalyst"] == "The same people"
    assert out["suggestions"][0]["evidence"][0] == "descriptions alike 0.68: people, board"


def test_an_accepted_suggestion_joins_the_row_of_its_obstacle(study: Study) -> None:
    code_all(study)
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "food")
    key = keys()["Changing people -> The same people"]
    outcome = run_qualcode("pair", "add", "--from-suggestion", key)

    assert outcome.out.startswith("Paired: 1. p1: Changing people -> Lunch; The same people")
    assert "Changing people -> The same people" not in keys()


def test_an_accepted_suggestion_is_undone_with_its_decision(study: Study) -> None:
    code_all(study)
    before, key = bytes_of(study), keys()["Changing people -> The same people"]
    run_qualcode("pair", "add", "--from-suggestion", key, "--because", "seen")
    decided = (study.paths.root / "proposals" / "ad.jsonl").read_text("utf-8")
    run_qualcode("undo")

    assert '"verdict": "accept"' in decided
    assert bytes_of(study) == before


def test_a_rejected_suggestion_is_not_made_again(study: Study) -> None:
    code_all(study)
    key = keys()["Changing people -> The same people"]
    outcome = run_qualcode("pair", "reject", key, "--because", "chance")

    assert outcome.out.startswith("Rejected: Changing people -> The same people.\n")
    assert "Changing people -> The same people" not in keys()


def test_an_unknown_key_is_said_plainly(study: Study) -> None:
    code_all(study)
    outcome = run_qualcode("pair", "reject", "12345678")

    assert outcome.err.startswith('Q608 no suggested pair has the key "12345678".')


def test_a_run_in_a_project_rolls_up_the_pairs_of_the_study(study: Study) -> None:
    code_all(study)
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same")
    out = json.loads(run_qualcode("run", "--json", "--out", "out").out)
    facts = json.loads(Path("out/run.json").read_text("utf-8"))

    assert [row["id"] for row in out["rows"]] == ["p1", "unpaired-rank", "unpaired-food"]
    assert "pairs_sha256" in facts


def test_a_run_and_the_table_have_the_same_n(study: Study) -> None:
    code(study, "int-01", ("lunch with the others", "food", "catalyst"))
    run_qualcode("run", "--out", "out")
    note = "Not in N: 2 documents that nobody has coded or reviewed yet."

    assert note in Path("out/pairs.md").read_text("utf-8")
    assert note in run_qualcode("table", "pairs", "--plain").out


def test_check_lists_the_rows_without_a_partner(study: Study) -> None:
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same")
    run_qualcode("pair", "add", "--obstacle", "rank")
    run_qualcode("pair", "add", "--catalyst", "food")
    outcome = run_qualcode("check")
    told = [line for line in (outcome.out + outcome.err).splitlines() if "Q617" in line]

    assert [line.split("Q617 ")[1].split(".")[0] for line in told] == [
        'pair "p2" has no catalyst',
        'pair "p3" has no obstacle',
    ]
