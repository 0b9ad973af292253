from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qualcode.analysis.tables.framework import Summary
from qualcode.core.problems import QualcodeError
from qualcode.project.auditing import audited_steps
from qualcode.project.study import Study
from qualcode.store.framework_file import framework_written, read_framework
from tests.coding_study import a_study, study
from tests.command import Outcome, run_qualcode

__all__ = ["study"]

ALL = (
    *("codes", "quotations", "triangulation", "convergence", "attribute", "document"),
    *("co-occurrence", "cases", "cfir", "framework", "coverage", "attendance", "sample"),
    *("saturation", "audit", "compatibility --by kind"),
)
HERE = Path("framework.yaml")


def table(words: str, *more: object) -> Outcome:
    return run_qualcode("table", *words.split(), *more)


def code(*words: str) -> None:
    outcome = run_qualcode("code", *words)
    assert outcome.status == 0, outcome.err


def in_csv(outcome: Outcome) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(outcome.out.lstrip("\ufeff"))))


def code_some(study: Study) -> Study:
    """Three codings by whoever is at work; the folder of the study must be the current one."""
    code("int-01", "they send someone different each time", "new-faces")
    code("int-01", "no trust in the other side", "trust", "--valence", "obstacle")
    code("int-02", "there's trust among the nurses", "trust", "--valence", "catalyst")
    return study


@pytest.fixture
def coded(study: Study) -> Study:
    """The study with three codings by ad."""
    return code_some(study)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A study without codings and one with three, for tests that change neither."""
    roots = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUALCODE_CODER", "ad")
        for name in ("empty", "coded"):
            made = a_study(tmp_path_factory.mktemp(name))
            patch.chdir(made.paths.root)
            if name == "coded":
                code_some(made)
            roots[name] = made.paths.root
    return roots


@pytest.mark.parametrize("name", ALL)
def test_every_table_is_shown_on_a_coded_study(
    kept: dict[str, Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(kept["coded"])
    outcome = table(name, "--plain")

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.strip()


@pytest.mark.parametrize("name", [name for name in ALL if name not in ("attendance", "audit")])
def test_every_table_of_codings_says_what_to_do_where_nothing_is_coded(
    kept: dict[str, Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(kept["empty"])
    outcome = table(name)

    assert outcome.status == 1
    assert outcome.err.startswith("Q520 nothing is coded yet")


def test_a_draft_uses_suggestions_only_where_nobody_has_coded(study: Study) -> None:
    code("int-02", "there's trust among the nurses", "trust", "--valence", "catalyst")
    outcome = table("codes", "--draft", "--plain")

    assert outcome.out.startswith("DRAFT. Codes\n")
    assert "1 coding by people." in outcome.out
    assert "suggestions in 1 document that nobody has coded" in outcome.out
    assert "Reviewed: 1 coding by ad." in table("codes", "--plain").out


def test_numbers_are_the_same_in_every_format(coded: Study) -> None:
    found = in_csv(table("codes", "--format", "csv"))
    told = [row for row in found if row["code"] == "Trust"]
    shown = table("codes", "--plain").out

    keys = ("documents", "documents_of", "segments")
    assert [[row[key] for key in keys] for row in told] == [["2", "2", "2"]]
    assert "Documents (n of N): 2 of 2" in shown


def test_a_cell_opens_to_the_segments_behind_it(coded: Study) -> None:
    rows = in_csv(table("quotations --code trust --each 0 --where valence=catalyst --format csv"))

    assert [(row["quotation"], row["place"]) for row in rows] == [
        ("there's trust among the nurses", "int-02, bullet 1.2 (line 5)")
    ]
    assert in_csv(table("quotations --where case=P99 --format csv")) == []


def test_a_condition_that_says_nothing_is_refused(coded: Study) -> None:
    assert table("quotations --where tier").err.startswith('Q149 --where cannot be "tier". ')
    assert table("quotations --where tier=x").err.startswith("Q620 ")


def test_a_table_goes_to_a_file_and_never_over_another(coded: Study, tmp_path: Path) -> None:
    out = tmp_path / "codes.csv"
    first, second = table("codes", "--out", out), table("codes", "--out", out)

    assert (first.status, second.status) == (0, 1)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf") or out.read_text("utf-8").startswith("code")


def test_codes_of_one_coder_alone(coded: Study) -> None:
    outcome = table("codes", "--coder", "bf")

    assert outcome.status == 1
    assert '"bf"' in outcome.err


def test_an_unknown_attribute_is_named_with_those_that_are_known(coded: Study) -> None:
    outcome = table("cases", "--by", "sectr")

    assert outcome.err.startswith(
        'Q620 nobody and no document that was read has the attribute "sectr". '
    )
    assert "kind" in outcome.err


def test_other_names_are_checked(coded: Study) -> None:
    outcome = table("compatibility", "--by", "kind", "--also", "police")

    assert outcome.err.startswith('Q624 --also cannot be "police". ')


def test_talk_time_needs_somebody_who_talks(coded: Study) -> None:
    assert table("talk").err.startswith("Q625 no transcript that was read says who speaks. ")


def test_the_second_of_two_tables_is_shown_alone_where_asked(coded: Study) -> None:
    both = table("saturation", "--plain").out
    second = table("saturation", "--first-seen", "--plain").out

    assert both.startswith("Saturation: new codes per document")
    assert second.startswith("Where each code was first seen")
    assert second in both


def test_an_unknown_unit_or_kind_is_refused(coded: Study) -> None:
    assert table("attribute", "--unit", "line").err.startswith('Q317 "--unit" is "line"')
    assert table("talk", "--kind", "chat").err.startswith('Q317 "--kind" is "chat"')


def test_a_cell_is_written_shown_and_taken_back(coded: Study) -> None:
    wrote = table("framework --write", "p01", "new-faces", "They change.")
    shown = table("framework", "--plain").out
    run_qualcode("undo")

    assert wrote.out == "Wrote P01, new-faces: They change.\n"
    assert "New faces: They change." in shown
    assert not HERE.exists()


def test_a_cell_goes_stale_when_its_evidence_changes_and_no_run_touches_the_file(
    coded: Study,
) -> None:
    table("framework --write", "P01", "new-faces", "They change.")
    before = HERE.read_bytes()
    code("int-01", "says 'we start again' at every meeting", "new-faces")
    shown = table("framework", "--plain").out

    assert "STALE: evidence changed since" in shown
    assert HERE.read_bytes() == before


def test_a_cell_of_nobody_and_an_empty_summary_are_refused(coded: Study) -> None:
    assert table("framework --write", "P77", "trust", "So.").err.startswith(
        'Q621 the framework matrix has no row "P77". '
    )
    assert table("framework --write", "P01", "trust", "  ").err.startswith("Q622 ")


HAND = """\
# mine
format: 1
cells:
  # the chair
  - case: P01
    code: silos
    summary: One.
  # the nurse
  - {case: P02, code: silos, summary: Two.}
"""


def test_writing_a_cell_keeps_every_comment_and_every_other_cell() -> None:
    one = framework_written(HAND.encode(), Summary("P01", "silos", "New."), path=HERE).decode()
    more = framework_written(HAND.encode(), Summary("P03", "silos", "Three."), path=HERE).decode()

    assert one == HAND.replace("One.", "New.")
    assert more == f"{HAND}  - case: P03\n    code: silos\n    summary: Three.\n"


def test_a_first_cell_goes_into_an_empty_list() -> None:
    data = framework_written(b"format: 1\ncells: []\n", Summary("P", "c", "S."), path=HERE)

    assert read_framework(data, path=HERE) == (Summary("P", "c", "S."),)


def test_a_cell_written_twice_is_refused_with_both_lines() -> None:
    twice = HAND.replace("P02", "P01")
    with pytest.raises(QualcodeError) as caught:
        read_framework(twice.encode(), path=HERE)

    assert str(caught.value) == (
        'framework.yaml:9: Q623 the cell of "P01" and "silos" is written twice (first at line 5). '
        "Keep one of the two."
    )


def test_check_names_the_line_of_a_wrong_cell(coded: Study) -> None:
    HERE.write_text(HAND.replace("code: silos\n    summary", "kode: silos\n    summary"), "utf-8")
    found = run_qualcode("check").err

    assert 'framework.yaml:6:5: Q302 "kode"' in found


def test_the_audit_counts_the_codings_that_each_step_touched(coded: Study) -> None:
    run_qualcode("codebook", "define", "trust", "--definition", "Relying.", "--because", "vague")
    steps = {step.action: step for step in audited_steps(coded.paths)}
    defined = next(step for step in steps.values() if step.because == "vague")

    assert steps["code"].touched == 1
    assert (defined.target, defined.touched) == ("trust", 2)


def test_an_undone_step_is_marked(coded: Study) -> None:
    run_qualcode("undo")
    *_, last_code, undo = audited_steps(coded.paths)

    assert (last_code.action, last_code.is_undone, undo.action) == ("code", True, "undo")


def test_json_holds_the_rows_under_their_keys(coded: Study) -> None:
    told = json.loads(table("codes", "--json").out)

    assert "New faces" in json.dumps(told)
