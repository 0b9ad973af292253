from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.continuum import Balances, band_of, continuum_table
from qualcode.analysis.pair_styles import full_table, published_table
from qualcode.analysis.tallies import Tallies
from qualcode.core.model import CodedSegment, Span
from qualcode.core.table import Table
from qualcode.project.codebooks import usable_codebook
from qualcode.project.pair_table import view_pairs
from qualcode.project.study import Study, open_study
from tests.command import run_qualcode
from tests.factory import a_code, a_coded_segment, a_pair, write
from tests.test_pair_commands import code, code_all
from tests.test_pair_commands import study as study
from tests.test_rollup import CODEBOOK, a_summary, rolled


def column(table: Table, key: str) -> list[tuple[str, ...]]:
    at = [one.key for one in table.columns].index(key)
    return [row[at] for row in table.rows]


def test_the_eight_pairs_print_eight_rows_eleven_catalysts_and_eleven_pairs() -> None:
    table = published_table(Tallies(usable_codebook("collaboration").codebook).roll_up())
    catalysts = [line for cell in column(table, "catalysts") for line in cell]

    assert [one.title for one in table.columns] == [
        "No.",
        "Obstacles to collaboration",
        "Catalysts to collaboration",
        "Analytic lenses (at which obstacles were observed / reported)",
    ]
    assert (len(table.rows), len(catalysts)) == (8, 11)
    assert table.notes[0] == (
        "8 rows: 8 obstacles, 11 catalysts, 11 pairs; 0 rows without a partner; 0 contested."
    )
    assert column(table, "lenses")[5] == ("Organisation / Profession",)


def test_what_is_hindered_is_named_only_where_the_study_says_so() -> None:
    table = published_table(rolled((a_summary("a"), [])))

    assert table.caption == "Obstacles and their catalysts"
    assert [one.title for one in table.columns][1:3] == ["Obstacles", "Catalysts"]


def test_codes_in_no_pair_are_left_out_of_the_published_table_and_counted() -> None:
    codebook = replace(CODEBOOK, codes=(*CODEBOOK.codes, a_code("rank", valence="obstacle")))
    table = published_table(rolled((a_summary("a"), []), codebook=codebook))

    assert column(table, "obstacles") == [("Silos",)]
    assert table.notes[1] == "Left out: 1 code that no pair names."


def test_without_pairs_every_code_is_a_row() -> None:
    table = published_table(rolled((a_summary("a"), []), codebook=replace(CODEBOOK, pairs=())))

    assert column(table, "obstacles") == [("Silos",), ("-",), ("Money",)]


def test_a_half_row_prints_a_dash_and_is_counted() -> None:
    pair = a_pair("f1", obstacle="silos", catalysts=())
    table = published_table(rolled((a_summary("a"), []), codebook=replace(CODEBOOK, pairs=(pair,))))

    assert column(table, "catalysts") == [("-",)]
    assert "1 row without a partner" in table.notes[0]


def test_a_contested_row_says_how_many_documents_speak_each_way() -> None:
    rollup = rolled(
        (a_summary("a"), [a_coded_segment(doc_id="a")]),
        (a_summary("b"), [a_coded_segment(doc_id="b", valence="catalyst")]),
    )
    table = full_table(rollup)

    assert column(table, "contested") == [("Silos: 1 document for, 1 against",)]
    assert "1 contested" in table.notes[0]


def test_the_full_table_counts_each_catalyst_on_its_own_line() -> None:
    coded = [
        a_coded_segment("silos"),
        a_coded_segment("trust", span=Span(20, 25), valence="catalyst"),
        a_coded_segment("trust", span=Span(30, 35), valence="mixed"),
    ]
    table = full_table(rolled((a_summary("a", people="P01 P02"), coded), (a_summary("b"), [])))

    assert column(table, "balance") == [
        (
            "obstacle: 1 document, 1 segment",
            "catalyst 1: 1 document, 2 segments",
            "catalyst 2: 0 documents, 0 segments",
        ),
    ]
    assert column(table, "evidence") == [
        ("interview notes 1/2", "participants 1/2", "3 segments"),
    ]
    assert column(table, "pair") == [("p1",)]


def test_a_code_of_either_valence_in_no_pair_is_one_row_on_its_stronger_side() -> None:
    coded = [
        a_coded_segment("money", valence="catalyst", span=Span(0, 5)),
        a_coded_segment("money", valence="catalyst", span=Span(10, 15)),
        a_coded_segment("money", valence="obstacle", span=Span(20, 25)),
    ]
    rollup = rolled((a_summary("a"), coded), codebook=replace(CODEBOOK, pairs=()))
    row = next(row for row in rollup.rows if row.pair.id == "unpaired-money")

    assert row.obstacle is None
    assert [pole.supporting.segments for pole in row.catalysts] == [2]
    assert row.evidence.segments == 2
    assert row.is_contested


def test_a_tie_between_the_sides_goes_to_the_obstacle() -> None:
    coded = [a_coded_segment("money", valence="mixed")]
    rollup = rolled((a_summary("a"), coded), codebook=replace(CODEBOOK, pairs=()))
    row = next(row for row in rollup.rows if row.pair.id == "unpaired-money")

    assert row.obstacle is not None
    assert row.catalysts == ()


def said(code_id: str, obstacle: int, catalyst: int) -> list[CodedSegment]:
    """That many documents on each side, one segment each."""
    return [
        a_coded_segment(code_id, doc_id=f"{side}{n}", valence=side)
        for side, times in (("obstacle", obstacle), ("catalyst", catalyst))
        for n in range(times)
    ]


def continuum(coded: Sequence[CodedSegment], *, total: int) -> Table:
    balances = Balances(CODEBOOK)
    balances.add(coded)
    rollup = replace(rolled(), counted=(("interview notes", total),))
    return continuum_table(rollup, balances.found())


@pytest.mark.parametrize(
    ("obstacle", "catalyst", "place"),
    [
        (3, 0, "absolute_obstacle"),
        (4, 2, "mainly_obstacle"),
        (3, 2, "both"),
        (1, 1, "both"),
        (1, 2, "mainly_catalyst"),
        (0, 1, "absolute_catalyst"),
    ],
)
def test_a_code_stands_where_its_documents_put_it(obstacle: int, catalyst: int, place: str) -> None:
    table = continuum(said("money", obstacle, catalyst), total=6)
    n = obstacle + catalyst

    assert [cell for cell in column(table, place) if cell != ("-",)] == [(f"Money ({n}/{n})",)]


def test_stronger_rows_come_first_by_the_share_of_documents() -> None:
    table = continuum([*said("silos", 4, 0), *said("money", 1, 0)], total=8)

    assert column(table, "absolute_obstacle") == [("Silos (4/4)",), ("-",), ("Money (1/1)",)]
    assert [band_of(n, 8) for n in (4, 3, 2, 1)] == ["strong", "moderate", "moderate", "weak"]


def test_what_denies_a_code_of_one_direction_weighs_against_it() -> None:
    denied = a_coded_segment("silos", doc_id="last", valence="neutral")
    table = continuum([*said("silos", 3, 0), denied], total=8)

    assert column(table, "absolute_obstacle") == [("-",), ("-",), ("-",)]
    assert column(table, "mainly_obstacle") == [("-",), ("Silos (3/3)",), ("-",)]


def test_a_code_without_direction_is_named_and_not_placed() -> None:
    table = continuum([a_coded_segment("money", valence="neutral")], total=1)

    assert table.notes[0] == "0 codes, each with (documents/segments) that take a side."
    assert "No evidence on either side: Silos; Trust; Money." in table.notes


@given(
    st.lists(
        st.builds(
            a_coded_segment,
            st.sampled_from(["silos", "trust", "money"]),
            doc_id=st.sampled_from(["a", "b", "c"]),
            span=st.sampled_from([Span(0, 5), Span(10, 15)]),
            valence=st.sampled_from(["obstacle", "catalyst", "mixed", "neutral"]),
            voice=st.sampled_from(["verbatim", "observer"]),
            role=st.sampled_from(["emergent", "context"]),
        ),
        max_size=12,
    )
)
def test_the_sides_of_every_code_equal_a_brute_force_count(coded: list[CodedSegment]) -> None:
    balances = Balances(CODEBOOK)
    for doc_id in ("a", "b", "c"):
        balances.add([one for one in coded if one.doc_id == doc_id])
    for found in balances.found():
        own = [
            one
            for one in coded
            if one.code_id == found.code.id and one.voice != "observer" and one.role != "context"
        ]
        hinders = {one.doc_id for one in own if one.valence in ("obstacle", "mixed")}
        helps = {one.doc_id for one in own if one.valence in ("catalyst", "mixed")}
        segments = {(one.doc_id, one.span) for one in own if one.valence != "neutral"}
        assert (found.obstacle, found.catalyst) == (len(hinders), len(helps))
        assert (found.documents, found.segments) == (len(hinders | helps), len(segments))


def test_a_context_document_changes_no_count_of_the_table(study: Study, tmp_path: Path) -> None:
    code_all(study)
    before = view_pairs(study, "data")
    policy = write(tmp_path, "policy.md", "Policy\n\nsomeone different is sent each time\n")
    run_qualcode("add", policy, "--kind", "policy", "--role", "context")
    code(study, "policy", ("someone different is sent each time", "change", "obstacle"))
    after = view_pairs(study, "data")

    assert after.rows == before.rows
    assert any("context only: policy" in note for note in after.notes)


def test_documents_that_nobody_has_read_are_in_no_n(study: Study) -> None:
    code(study, "int-01", ("lunch with the others", "food", "catalyst"))
    table = view_pairs(study, "full")

    assert column(table, "evidence")[-1][0] == "interview notes 1/1"
    assert "Not in N: 2 documents that nobody has coded or reviewed yet." in table.notes


def test_drafts_say_so(study: Study) -> None:
    outcome = run_qualcode("table", "pairs", "--style", "full", "--draft", "--plain")

    assert "DRAFT: 3 suggestions, 0 reviewed. Nobody has read these suggestions yet." in outcome.out


def test_pairs_are_published_before_anything_is_coded_and_say_so(study: Study) -> None:
    published = run_qualcode("table", "pairs", "--plain")
    full = run_qualcode("table", "pairs", "--style", "full")

    assert "Nothing is coded yet: the table says what the analyst wrote" in published.out
    assert full.err.startswith("Q520 nothing is coded yet, so there is nothing to count.")


def test_the_outcome_of_the_settings_goes_before_that_of_the_codebook(study: Study) -> None:
    settings = study.paths.settings
    settings.write_text(settings.read_text("utf-8") + "outcome: learning\n", "utf-8")
    table = view_pairs(open_study(study.paths.root), "published")

    assert table.caption == "Obstacles to learning and their catalysts"


def test_the_version_and_the_day_of_the_last_change_stand_below(study: Study) -> None:
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same")
    note = next(one for one in view_pairs(study, "published").notes if one.startswith("Codebook"))

    assert note.startswith("Codebook: Mine, version 1, ")


def test_a_table_is_written_by_the_ending_of_its_file(study: Study) -> None:
    outcome = run_qualcode("table", "pairs", "--out", "t.csv")
    rows = list(csv.DictReader(io.StringIO(Path("t.csv").read_text("utf-8"))))

    assert outcome.out == "Wrote t.csv.\n"
    assert [row["obstacles"] for row in rows] == ["Changing people", "Rank", "-", "-"]


def test_a_file_is_not_written_over_unless_forced(study: Study) -> None:
    write(Path(), "t.md", "mine")
    refused = run_qualcode("table", "pairs", "--out", "t.md")
    kept = Path("t.md").read_text("utf-8")
    forced = run_qualcode("table", "pairs", "--out", "t.md", "--force")

    assert refused.err.startswith("t.md: Q603 the file exists already.")
    assert kept == "mine"
    assert forced.out == "Wrote t.md.\n"


def test_an_ending_that_says_nothing_is_refused(study: Study) -> None:
    outcome = run_qualcode("table", "pairs", "--out", "t.zip")

    assert outcome.err.startswith("t.zip: Q601 the ending of the file names no format.")


def test_a_workbook_is_not_shown_on_a_terminal(study: Study) -> None:
    outcome = run_qualcode("table", "pairs", "--format", "xlsx")

    assert outcome.err == "Q602 xlsx cannot be shown on a terminal. Name a file with --out.\n"


def test_an_unknown_style_names_the_known_ones(study: Study) -> None:
    outcome = run_qualcode("table", "pairs", "--style", "ful")

    assert '"--style" is "ful", but must be one of published, full' in outcome.err


def test_the_styles_count_the_same(study: Study) -> None:
    code_all(study)
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same")
    full = json.loads(run_qualcode("table", "pairs", "--style", "full", "--json").out)
    data = json.loads(run_qualcode("table", "pairs", "--style", "data", "--json").out)

    assert "obstacle: 3 documents, 3 segments" in json.dumps(full)
    assert data["rows"][0]["obstacle_documents"] == 3


TALK = """\
Interviewer: Is someone different sent each time?
Nurse: There is, every month, and we start again.
Interviewer: What do you do about it?
Nurse: We have lunch with the others and we talk.
"""


def test_a_coding_on_an_interviewers_turn_counts_for_nothing(study: Study, tmp_path: Path) -> None:
    run_qualcode("add", write(tmp_path, "talk.txt", TALK), "--kind", "transcript")
    code(
        study,
        "talk",
        ("Is someone different sent each time?", "change", "obstacle"),
        ("We have lunch with the others", "food", "catalyst"),
    )
    table = view_pairs(study, "data")
    said = dict(zip(column(table, "pair"), column(table, "segments"), strict=True))

    assert said[("unpaired-change",)] == ("0",)
    assert said[("unpaired-food",)] == ("1",)


def test_a_row_opens_to_its_quotations_for_and_against(study: Study) -> None:
    code_all(study)
    code(study, "int-02", ("someone different is sent each time", "change", "neutral"))
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same")
    outcome = run_qualcode("pair", "show", "p1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))

    assert [(row["side"], row["speaks"], row["document"]) for row in rows] == [
        ("obstacle: Changing people", "for", "int-01"),
        ("obstacle: Changing people", "for", "int-03"),
        ("obstacle: Changing people", "against", "int-02"),
        ("catalyst: The same people", "for", "int-01"),
        ("catalyst: The same people", "for", "int-03"),
    ]
    assert rows[0]["quotation"] == "someone different is sent each time"
