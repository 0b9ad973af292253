from __future__ import annotations

import contextlib
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
import typer

from qualcode.analysis.review_queue import Review, uncoded_key, words_key
from qualcode.analysis.sampling.saturation import Rule
from qualcode.cli.comparing_app import COMMANDS
from qualcode.cli.exit import told_plainly
from qualcode.core.model import Coding, Span
from qualcode.core.problems import QualcodeError
from qualcode.project.adding import Adder
from qualcode.project.comparing import view_code, view_codes, view_extremes
from qualcode.project.emerging import emerge_groups, view_sample, view_saturation
from qualcode.project.settings import load_settings, make_project
from qualcode.project.study import Study, open_study
from qualcode.store.coding_files import coding_path, codings_data
from qualcode.store.files import write_file
from qualcode.store.groups_file import find_group, group_code_fields, groups_path, load_groups
from qualcode.store.review_files import review_path, reviews_data
from tests.command import Outcome, run_qualcode
from tests.factory import write

CODEBOOK = """\
format: 1
name: Mine
codes:
  - {id: silos, name: Silos, definition: Walls between us., cues: [corridor], valence: obstacle}
  - {id: walls, name: Walls, definition: Shut doors., valence: obstacle}
  - {id: unused, name: Never given, definition: Nothing.}
pairs: []
"""
NOTES = """\
INT0{n}  Nurse    1{n}/3/2025   10.15-11.05, her office

1. What gets in the way
- everybody keeps to their own corridor
- doors are shut on our corridor
- late ferry leaves the islanders waiting
- each solicitor must sign the sharing agreement
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Seven interviews in notes and a policy; nothing is coded."""
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    paths = make_project(tmp_path / "study", question="Why?", method="eca", language="en")
    paths.codebook.write_text(CODEBOOK, "utf-8")
    given = [write(tmp_path, f"int-0{n}.md", NOTES.format(n=n)) for n in range(1, 8)]
    list(Adder(paths, load_settings(paths)).add_all(given))
    policy = write(tmp_path, "policy.md", "Policy\n\nOne corridor for all.\n")
    list(
        Adder(paths, load_settings(paths), {"kind": "policy", "role": "context"}).add_all([policy])
    )
    monkeypatch.chdir(paths.root)
    return open_study(paths.root)


def code(study: Study, doc_id: str, *given: tuple[str, str], coder: str = "ad") -> None:
    """Codes of one coder on words of a document, in place of those before."""
    text = study.document(doc_id).text
    held = []
    for n, (quote, code_id) in enumerate(given):
        start = text.index(quote)
        span = Span(start, start + len(quote))
        held.append(Coding(f"k{n}", doc_id, span, quote, code_id, coder, "obstacle"))
    write_file(coding_path(study.paths, doc_id, coder), codings_data(held) or b"")


def code_all(study: Study) -> None:
    for n in range(1, 8):
        given = [("everybody keeps to their own corridor", "silos")]
        if n < 4:
            given.append(("everybody keeps to their own corridor", "walls"))
        code(study, f"int-0{n}", *given)


def run(*arguments: str) -> Outcome:
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    for command in COMMANDS:
        app.command()(command)
    out, err, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            with told_plainly():
                app(list(arguments), standalone_mode=False)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
    return Outcome(status, out.getvalue(), err.getvalue())


@pytest.mark.parametrize(
    "arguments", [("compare", "silos"), ("proposals",), ("saturation",), ("sample",), ("unasked",)]
)
def test_where_nothing_is_coded_one_sentence_says_so(
    study: Study, arguments: tuple[str, ...]
) -> None:
    outcome = run(*arguments)

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("Q520 nothing is coded yet")
    assert outcome.err.count("\n") == 1


def test_a_draft_uses_suggestions_and_says_so(study: Study) -> None:
    outcome = run("saturation", "--draft", "--plain")

    assert outcome.status == 0
    assert "DRAFT. Saturation: new codes per document" in outcome.out


def test_compare_prints_every_segment_with_its_likeness(study: Study) -> None:
    code_all(study)
    shown = json.loads(run("compare", "Silos", "--by", "kind", "--json").out)["segments"]

    assert [row["group"] for row in shown] == ["interview notes"] * 7
    assert shown[0]["likeness"] == "1.00"
    assert shown[0]["quotation"] == "everybody keeps to their own corridor"
    assert shown[0]["coders"] == "ad"


def test_only_one_coder_is_compared_where_asked(study: Study) -> None:
    code_all(study)
    code(study, "int-01", ("doors are shut", "silos"), coder="bf")

    assert len(view_code(study, "silos", coder="bf").rows) == 1
    assert len(view_code(study, "silos").rows) == 8


def test_context_documents_are_not_compared(study: Study) -> None:
    code(study, "int-01", ("doors are shut", "silos"))
    code(study, "policy", ("One corridor", "silos"))

    assert len(view_code(study, "silos").rows) == 1


def test_two_codes_show_what_both_carry(study: Study) -> None:
    code_all(study)
    shared, _, _ = view_codes(study, "silos", "walls")

    assert len(shared.rows) == 3
    assert shared.notes[0] == (
        "3 of 7 segments of Silos overlap with Walls; 3 of its 3 overlap with Silos."
    )


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        (("compare", "unused"), "Q521"),
        (("compare", "silos", "Silos"), "Q527"),
        (("compare", "silos", "--coder", "zz"), "Q528"),
        (("compare", "silos", "--by", "colour"), "Q317"),
        (("compare", "silso"), "Q330"),
        (("extremes", "silos", "--by", "colour"), "Q317"),
        (("decide", "none", "accept"), "Q525"),
        (("decide", "none", "maybe"), "Q526"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    study: Study, arguments: tuple[str, ...], number: str
) -> None:
    code_all(study)
    outcome = run(*arguments)

    assert (outcome.status, outcome.err[:4], outcome.err.count("\n")) == (1, number, 1)


def test_extremes_are_printed(study: Study) -> None:
    code_all(study)
    shown = json.loads(run("extremes", "silos", "--json").out)["extremes"]

    assert {row["edge"] for row in shown} >= {"strongest obstacle", "least typical"}


def edges(*arguments: str) -> list[str]:
    """The groups of which extremes show one each."""
    shown = json.loads(run("extremes", "silos", *arguments, "--json").out)
    return [row["edge"] for row in shown["extremes"] if row["edge"].startswith("from ")]


def test_extremes_show_one_of_each_group_that_is_asked_for(study: Study) -> None:
    code_all(study)
    cases = [
        f"  - {{id: P{n}, documents: [int-0{n}], attributes: {{Tier: {tier}}}}}\n"
        for n, tier in ((1, "tactical"), (2, "strategic"), (3, "tactical"))
    ]
    study.paths.cases.write_text("format: 1\ncases:\n" + "".join(cases), "utf-8")
    table = view_extremes(study, "silos", by="tier")

    assert edges() == ["from interview notes"]
    assert edges("--by", "tier") == ["from tier: strategic", "from tier: tactical"]
    assert edges("--by", "case") == ["from P1", "from P2", "from P3"]
    assert table.notes[-1] == "4 segments in no group: tier is not known of who speaks there."


def test_groups_are_kept_and_make_the_fields_of_a_code(study: Study) -> None:
    code_all(study)
    found = emerge_groups(study, today=date(2026, 11, 21))
    (ferry,) = [group for group in found.groups if "ferry" in group.terms]
    fields = group_code_fields(find_group(study.paths, ferry.number))

    assert [group.name for group in load_groups(study.paths)] == [g.name for g in found.groups]
    assert fields["definition"] == ""
    assert fields["examples"] == ("late ferry leaves the islanders waiting",) * 3
    assert fields["origin"] == (
        f"emerged 2026-11-21 from group {ferry.number}: documents int-01, int-02, int-03, "
        "int-04, int-05, int-06 and 1 more"
    )


def test_coded_segments_are_in_no_group(study: Study) -> None:
    code_all(study)
    found = emerge_groups(study)
    texts = {one.text for group in found.groups for one in group.members}

    assert "everybody keeps to their own corridor" not in texts
    assert "doors are shut on our corridor" in texts


def test_segments_left_uncoded_on_purpose_are_in_no_group(study: Study) -> None:
    code_all(study)
    words = "late ferry leaves the islanders waiting"
    before = [one.text for group in emerge_groups(study).groups for one in group.members]
    for n in range(1, 8):
        start = study.document(f"int-0{n}").text.index(words)
        span = Span(start, start + len(words))
        key = words_key(words)
        seen = Review(f"int-0{n}", "ad", uncoded_key(words), span, "", "uncoded", key)
        write_file(review_path(study.paths, f"int-0{n}", "ad"), reviews_data([seen]) or b"")
    after = [one.text for group in emerge_groups(study).groups for one in group.members]

    assert words in before
    assert words not in after


def test_no_groups_yet_and_a_number_too_high_are_told(study: Study) -> None:
    assert load_groups(study.paths) == ()
    with pytest.raises(QualcodeError) as caught:
        find_group(study.paths, 9)
    assert caught.value.problem.number == "Q523"


def test_a_broken_file_of_groups_is_told(study: Study) -> None:
    write_file(groups_path(study.paths), b'{"groups": [{"number": 1}]}')

    with pytest.raises(QualcodeError) as caught:
        load_groups(study.paths)
    assert caught.value.problem.number == "Q522"


def test_emerge_changes_nothing_that_undo_would_take_back(study: Study) -> None:
    code_all(study)
    outcome = run("emerge", "--plain", "--uncertain")

    assert outcome.status == 0
    assert "Make a code: qualcode codebook add NAME --from-group NUMBER" in outcome.out
    assert not re.search("emerge", "".join(p.read_text() for p in journals(study)))


def journals(study: Study) -> list[Path]:
    return sorted((study.paths.root / "journal").glob("*.jsonl"))


def test_saturation_reads_in_the_order_of_dates_and_leaves_out_what_nobody_read(
    study: Study,
) -> None:
    code_all(study)
    code(study, "int-07")
    _, table = view_saturation(study, Rule(2, 2, 5))

    assert [row[1][0] for row in table.rows] == [f"int-0{n}" for n in range(1, 7)]
    assert "1 emergent document not coded yet and left out." in table.notes


def test_saturation_names_the_coded_documents_that_it_does_not_count(study: Study) -> None:
    code_all(study)
    code(study, "policy", ("One corridor", "silos"))
    _, table = view_saturation(study, Rule(2, 2, 5))

    assert table.notes[-1] == (
        "1 coded document not counted here, since new codes arise in emergent documents alone: "
        "policy (context)."
    )


def test_sample_names_thin_kinds_and_what_to_read(study: Study) -> None:
    code(study, "int-01", ("doors are shut", "silos"))
    cells, advice = view_sample(study, by=["kind"])

    assert cells.rows == ((("Silos",), ("interview notes: 1 of 1, 6 unread",)),)
    assert [row[0][0] for row in advice.rows] == [f"int-0{n}" for n in range(2, 8)]


def test_unasked_lists_the_codes(study: Study) -> None:
    code_all(study)
    shown = json.loads(run("unasked", "--json").out)["unasked"]

    assert [(row["code"], row["asked"], row["verdict"]) for row in shown] == [
        ("Silos", "0 of 7", "came up unasked"),
        ("Walls", "0 of 3", "came up unasked"),
    ]


def test_reflexive_analysis_has_no_saturation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path / "study", question="", method="reflexive", language="en")
    monkeypatch.chdir(tmp_path / "study")
    outcome = run_qualcode("saturation")

    assert outcome.status == 0
    assert (
        "Q529 saturation has no place in reflexive thematic analysis: meaning is made"
        in outcome.err
    )
