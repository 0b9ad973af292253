from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.pair_tables import contested_lines, notes, pairs_data, pairs_table
from qualcode.analysis.rollup import DocumentSummary, RollUp
from qualcode.analysis.tallies import Tallies
from qualcode.core.model import Codebook, CodedSegment, Kind, Role, Span
from tests.factory import a_code, a_codebook, a_coded_segment, a_pair

CODEBOOK = a_codebook(
    a_code("silos", valence="obstacle"),
    a_code("trust", valence="catalyst"),
    a_code("money", valence="either"),
    pairs=(a_pair("p1", obstacle="silos", catalysts=("trust", "money")),),
)


def a_summary(
    doc_id: str, kind: Kind = "interview notes", role: Role = "emergent", people: str = ""
) -> DocumentSummary:
    return DocumentSummary(
        id=doc_id,
        source=f"{doc_id}.md",
        kind=kind,
        role=role,
        words=10,
        segments=5,
        suggestions=0,
        date="",
        title="",
        speakers=(),
        participants=tuple(people.split()),
        reasons=(),
        dropped=(),
        problems=(),
    )


def rolled(
    *documents: tuple[DocumentSummary, list[CodedSegment]], codebook: Codebook = CODEBOOK
) -> RollUp:
    tallies = Tallies(codebook)
    for summary, coded in documents:
        tallies.add(summary, coded)
    return tallies.roll_up()


def test_a_document_counts_once_however_often_it_speaks() -> None:
    coded = [a_coded_segment(span=Span(n, n + 5)) for n in (0, 10, 20)]
    rollup = rolled((a_summary("int-01", people="P01"), coded), (a_summary("int-02"), []))
    evidence = rollup.rows[0].evidence

    assert (evidence.documents, evidence.segments, evidence.participants) == (1, 3, 1)
    assert rollup.counted == (("interview notes", 2),)


def test_a_case_with_a_colon_in_its_id_is_one_participant_in_all_its_documents() -> None:
    tallies = Tallies(CODEBOOK, ["int-01:a"])
    for doc_id in ("int-01", "int-02"):
        summary = a_summary(doc_id, people="int-01:a")
        tallies.add(summary, [a_coded_segment(doc_id=doc_id, participant="int-01:a")])
    rollup = tallies.roll_up()

    assert (rollup.rows[0].evidence.participants, rollup.participants) == (1, 1)


def test_spans_that_overlap_are_one_segment() -> None:
    near = [a_coded_segment(span=Span(0, 10)), a_coded_segment(span=Span(2, 12))]
    row = rolled((a_summary("int-01"), near)).rows[0]

    assert row.obstacle is not None
    assert row.obstacle.supporting.segments == 1


def test_a_context_document_changes_no_count() -> None:
    base = (a_summary("int-01"), [a_coded_segment()])
    policy = (
        a_summary("policy", "policy", "context", "P09"),
        [a_coded_segment(doc_id="policy", kind="policy", role="context", participant="P09")],
    )
    without, with_policy = rolled(base), rolled(base, policy)

    assert with_policy.rows == without.rows
    assert with_policy.participants == without.participants
    assert with_policy.context == ("policy",)


def test_the_observers_voice_is_shown_and_never_counted() -> None:
    coded = [a_coded_segment(voice="observer", participant=None)]
    row = rolled((a_summary("int-01"), coded)).rows[0]

    assert row.evidence.documents == 0
    assert row.obstacle is not None
    assert row.obstacle.observed.segments == 1


def test_a_code_with_evidence_both_ways_is_contested_with_both_counts() -> None:
    rollup = rolled(
        (a_summary("a"), [a_coded_segment(doc_id="a")]),
        (a_summary("b"), [a_coded_segment(doc_id="b")]),
        (a_summary("c"), [a_coded_segment(doc_id="c", valence="neutral")]),
    )
    row = rollup.rows[0]

    assert row.is_contested
    assert contested_lines(row) == ("Silos: 2 documents for, 1 against",)
    assert pairs_table(rollup).rows[0][1] == (
        "Silos (2 documents, 2 segments; CONTESTED: 1 document against)",
    )


def test_a_code_of_either_valence_without_direction_speaks_for_nobody() -> None:
    coded = [a_coded_segment("money", valence="neutral")]
    row = rolled((a_summary("a"), coded)).rows[0]

    assert row.catalysts[1].supporting.segments == 0
    assert row.catalysts[1].contrary.segments == 0


def test_one_passage_under_both_sides_counts_once_for_the_row() -> None:
    coded = [a_coded_segment("silos"), a_coded_segment("trust", valence="catalyst")]
    row = rolled((a_summary("a"), coded)).rows[0]

    assert row.evidence.segments == 1
    assert [pole.supporting.segments for pole in row.poles] == [1, 1, 0]


def test_a_merged_code_counts_for_the_code_that_took_its_place() -> None:
    codebook = replace(
        CODEBOOK,
        codes=(*CODEBOOK.codes, a_code("turf", valence="obstacle", merged_into="silos")),
    )
    row = rolled((a_summary("a"), [a_coded_segment("turf")]), codebook=codebook).rows[0]

    assert row.evidence.segments == 1


def test_a_row_whose_code_was_merged_carries_the_name_of_the_heir() -> None:
    codes = (
        replace(CODEBOOK.codes[0], merged_into="turf"),
        a_code("turf", valence="obstacle"),
        *CODEBOOK.codes[1:],
    )
    row = rolled((a_summary("a"), []), codebook=replace(CODEBOOK, codes=codes)).rows[0]

    assert row.obstacle is not None
    assert row.obstacle.pole.says == "Turf"


def test_a_half_row_prints_a_dash_for_the_missing_side() -> None:
    pair = a_pair("f1", obstacle=None, catalysts=("trust",))
    codebook = replace(CODEBOOK, codes=CODEBOOK.codes[1:2], pairs=(pair,))
    table = pairs_table(rolled((a_summary("a"), []), codebook=codebook))

    assert table.rows[0][1:3] == (("-",), ("Trust (no evidence)",))
    assert "1 row without a partner" in table.notes[0]


def test_codes_that_no_pair_names_get_rows_of_their_own() -> None:
    codebook = replace(CODEBOOK, pairs=())
    coded = [
        a_coded_segment("money", valence="catalyst"),
        a_coded_segment("silos", span=Span(20, 25)),
    ]
    rollup = rolled((a_summary("a"), coded), codebook=codebook)

    assert [[pole.supporting.segments for pole in row.poles] for row in rollup.rows] == [
        [1],
        [0],
        [1],
    ]
    assert notes(rollup)[0].endswith("3 rows for codes that no pair names.")


def test_the_exemplar_is_the_strongest_of_the_obstacle() -> None:
    coded = [
        a_coded_segment(span=Span(0, 4), quote="weak", score=0.4),
        a_coded_segment(span=Span(9, 15), quote="strong", score=0.7),
        a_coded_segment("trust", span=Span(20, 25), quote="other", score=0.9, valence="catalyst"),
    ]
    data = pairs_data(rolled((a_summary("a"), coded)))
    columns = [column.key for column in data.columns]

    assert data.rows[0][columns.index("exemplar")] == ("strong",)
    assert data.rows[0][columns.index("documents")] == ("1",)
    assert data.rows[0][columns.index("documents_of")] == ("1",)


def test_data_has_a_row_for_each_catalyst_and_one_value_in_each_cell() -> None:
    coded = [
        a_coded_segment(span=Span(0, 4)),
        a_coded_segment("trust", span=Span(20, 25), valence="catalyst"),
        a_coded_segment("trust", span=Span(30, 35), valence="catalyst"),
    ]
    data = pairs_data(rolled((a_summary("a"), coded)))
    keys = [column.key for column in data.columns]
    at = [keys.index(key) for key in ("pair", "place", "catalyst_segments", "segments")]

    assert [[row[place][0] for place in at] for row in data.rows] == [
        ["p1", "1", "2", "3"],
        ["p1", "2", "0", "3"],
    ]
    assert all(len(cell) == 1 and " of " not in cell[0] for row in data.rows for cell in row)


def test_a_paraphrase_is_never_printed_in_quotation_marks() -> None:
    words = a_coded_segment(quote="we stick", voice="verbatim")
    paraphrase = a_coded_segment(quote="says they stick", voice="paraphrase")
    cells = [
        pairs_table(rolled((a_summary("a"), [one]))).rows[0][-1] for one in (words, paraphrase)
    ]

    assert cells == [
        ("“we stick”", "(Nurse; interview notes; own words)"),
        ("says they stick", "(Nurse; interview notes; as noted)"),
    ]


def test_the_count_line_says_rows_pairs_and_drafts() -> None:
    found = notes(rolled((a_summary("a"), [a_coded_segment()])))

    assert found[0] == (
        "1 row: 1 obstacle, 2 catalysts, 2 pairs; 0 rows without a partner; 0 contested."
    )
    assert found[-1] == "DRAFT: 1 suggestion, 0 reviewed. Nobody has read these suggestions yet."


KINDS: st.SearchStrategy[Kind] = st.sampled_from(["interview notes", "minutes", "questionnaire"])
ROLES: st.SearchStrategy[Role] = st.sampled_from(["emergent", "applied", "context"])


@st.composite
def studies(draw: st.DrawFn) -> list[tuple[DocumentSummary, list[CodedSegment]]]:
    study = []
    for number in range(draw(st.integers(0, 5))):
        kind, role = draw(KINDS), draw(ROLES)
        doc_id = f"d{number}"
        coded = [
            a_coded_segment(
                draw(st.sampled_from(["silos", "trust", "money"])),
                doc_id=doc_id,
                kind=kind,
                role=role,
                span=Span(start := draw(st.integers(0, 3)) * 10, start + 5),
                valence=draw(st.sampled_from(["obstacle", "catalyst", "mixed", "neutral"])),
                voice=draw(st.sampled_from(["verbatim", "paraphrase", "observer"])),
                participant=draw(st.sampled_from(["P1", "P2", f"{doc_id}:S1", None])),
            )
            for _ in range(draw(st.integers(0, 6)))
        ]
        study.append((a_summary(doc_id, kind, role, "P1 P2"), coded))
    return study


@given(studies())
def test_counts_equal_a_brute_force_count(
    study: list[tuple[DocumentSummary, list[CodedSegment]]],
) -> None:
    row = rolled(*study).rows[0]
    everything = [
        one for s, coded in study if s.role != "context" for one in coded if one.voice != "observer"
    ]
    for pole, side in zip(row.poles, ("obstacle", "catalyst", "catalyst"), strict=True):
        said = [
            one
            for one in everything
            if one.code_id in pole.pole.code_ids and one.valence in (side, "mixed")
        ]
        assert pole.supporting.documents == len({one.doc_id for one in said})
        assert pole.supporting.segments == len({(one.doc_id, one.span) for one in said})
        people = {one.participant for one in said if one.participant}
        assert pole.supporting.participants == len(people)


def test_who_does_not_want_to_be_quoted_counts_and_is_no_exemplar() -> None:
    silent = a_coded_segment(span=Span(0, 5), quote="ours", score=0.9, consent="no")
    spoken = a_coded_segment(span=Span(9, 15), quote="theirs", score=0.4)
    row = rolled((a_summary("int-01", people="P01"), [silent, spoken])).rows[0]

    assert row.evidence.segments == 2
    assert row.exemplar == spoken
