from __future__ import annotations

from qualcode.analysis.tables.compatibility import Said, asymmetry, compatibility_tables, names_of
from qualcode.analysis.tables.framework import (
    Summary,
    evidence_key,
    framework_table,
    references,
)
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.sample import sample_table
from qualcode.analysis.tables.talk import talk_tables, talkers_of
from qualcode.core.model import Speaker
from tests.factory import a_bullet, a_document
from tests.tables_factory import a_ledger, cells, said

TALK = a_document(
    a_bullet("Why is it so?", "turn 1", speaker_id="S1", voice="verbatim"),
    a_bullet("It just is so [OC: she laughs].", "turn 2", speaker_id="S2", voice="verbatim"),
    a_bullet("Not for us it is not so.", "turn 3", speaker_id="S3", voice="verbatim"),
    a_bullet("It is.", "turn 4", speaker_id="S2", voice="verbatim"),
    doc_id="away",
    kind="transcript",
    speakers=(
        Speaker("S1", "Lee", is_researcher=True),
        Speaker("S2", "Ann", case_id="P1"),
        Speaker("S3", "Bob"),
    ),
)


def test_talk_time_leaves_out_the_observers_words() -> None:
    found = {one.name: (one.turns, one.words) for one in talkers_of([TALK])}

    assert found == {"Ann": (2, 6), "Bob": (1, 7), "Lee": (1, 4)}


def test_talk_time_names_cases_by_their_id_and_shares_of_all() -> None:
    first, groups = talk_tables(talkers_of([TALK]), {"P1": "nurse"}, by="profession")

    assert cells(first, "P1")["words"] == "6 of 17"
    assert cells(first, "Lee (researcher)")["value"] == "-"
    assert cells(groups, "nurse")["turns"] == "2 of 3"
    assert cells(groups, "not known")["people"] == "1 of 2"


def test_an_unknown_speaker_is_no_person_in_the_talk_table() -> None:
    document = a_document(
        a_bullet("So it is.", "turn 1", speaker_id="S1", voice="verbatim"),
        a_bullet("Is it?", "turn 2", speaker_id="S2", voice="verbatim"),
        kind="transcript",
        speakers=(Speaker("S1", "Ann"), Speaker("S2", "Unknown Speaker")),
    )
    first, groups = talk_tables(talkers_of([document]), {}, by="role")

    assert [row[0] for row in first.rows] == [("Ann",)]
    assert cells(first, "Ann")["words"] == "3 of 3"
    assert cells(groups, "not known")["people"] == "1 of 1"
    assert first.notes[-1] == "1 turn of speakers who are not known left out."


def test_the_words_of_interview_notes_are_nobodys_talk_time() -> None:
    notes = a_document(a_bullet("so", speaker_id="S2"), speakers=(Speaker("S2", "Ann"),))

    assert talkers_of([notes]) == ()


def test_an_organisation_is_meant_by_the_word_that_is_its_own() -> None:
    names = names_of(("Northmere Police", "Northmere NHS Trust", "Northmere Council"), {})

    def meant(words: str) -> list[str]:
        return [value for value, pattern in names.items() if pattern.search(words)]

    assert meant("the police never ring") == ["Northmere Police"]
    assert meant("ask the NHS") == ["Northmere NHS Trust"]
    assert meant("trust nobody in Northmere") == []


def test_other_names_are_told() -> None:
    names = names_of(("police officer",), {"police officer": ("cop",)})

    assert names["police officer"].search("two cops came") is not None


def test_who_speaks_badly_of_whom_is_counted_by_segment() -> None:
    people = {"P1": {"profession": "nurse"}, "P2": {"profession": "teacher"}}
    ledger = a_ledger(
        said(who="P1", quote="teachers never ring"),
        said("chair", who="P1", quote="teachers never ring"),
        said("chair", who="P1", at=(2, 12), quote="teachers never ring", coders=("bf",)),
        said("trust", doc_id="int-02", who="P2", quote="the nurse came", valence="catalyst"),
        people=people,
    )
    table, asymmetries = compatibility_tables(ledger, "profession", {})

    assert cells(table, "nurse")["teacher"] == "0 well, 1 badly"
    assert cells(table, "teacher")["nurse"] == "1 well, 0 badly"
    assert [row[-1] for row in asymmetries.rows] == [("contrary",)]


def test_two_sides_that_speak_alike_are_even() -> None:
    assert asymmetry(Said(1, 0), Said(2, 1)) == "even"


PEOPLE = {
    "P1": {"tier": "front line", "role": "nurse"},
    "P2": {"tier": "front line", "role": "nurse"},
    "P3": {"tier": "front line", "role": "nurse"},
    "P4": {"tier": "strategic", "role": "chair"},
}


def a_sample_ledger() -> Ledger:
    return a_ledger(*(said(doc_id=f"int-{who}", who=who) for who in PEOPLE), people=PEOPLE)


def test_a_value_of_fewer_than_three_people_is_warned_of() -> None:
    table = sample_table(a_sample_ledger(), ["tier"])
    rows = {row[1][0]: row[-1][0] for row in table.rows}

    assert (rows["front line"], rows["strategic"]) == ("", "fewer than 3 people")
    assert any(note.startswith("WARNING: 1 cell with fewer than 3") for note in table.notes)


def safe_people(tiers: str) -> dict[str, str]:
    """What a safe table prints of people with these tiers, a letter for each person."""
    people = {f"P{n:02}": {"tier": tier} if tier != "?" else {} for n, tier in enumerate(tiers)}
    ledger = a_ledger(*(said(doc_id=f"i{who}", who=who) for who in people), people=people)
    table = sample_table(ledger, ["tier"], safe=True)
    return {row[1][0]: row[3][0] for row in table.rows if row[0] == ("tier",)}


def test_a_safe_sample_prints_no_small_number_and_none_that_tells_it() -> None:
    table = sample_table(a_sample_ledger(), ["tier"], safe=True)
    rows = {row[1][0]: row[2:] for row in table.rows}

    assert rows["strategic"] == (("-",), ("not printed",))
    assert rows["front line"] == (("-",), ("not printed",))
    assert not any("--safe" in note for note in table.notes)
    assert any(note.startswith("Not printed: values of fewer than 3") for note in table.notes)


def test_small_numbers_that_are_all_one_need_another_to_hide_them() -> None:
    found = safe_people("abcd" + 10 * "s" + 12 * "?")

    assert found == {
        **dict.fromkeys("abcds", "not printed"),
        "not known": "12 of 26 (46 %)",
    }


def test_two_small_numbers_that_differ_hide_each_other() -> None:
    assert safe_people("abbcccc") == {"a": "not printed", "b": "not printed", "c": "4 of 7"}


def test_values_of_one_person_each_are_not_told_where_nothing_could_hide_them() -> None:
    assert safe_people("abc") == {"values of one person each": "not printed"}


def test_people_whom_attributes_together_single_out_are_counted() -> None:
    table = sample_table(a_sample_ledger(), ["tier", "role"])

    assert (
        "WARNING: taken together, tier, role single out 1 of 4 participants (fewer than 3 are "
        "alike)." in table.notes
    )


def test_many_numbers_are_told_by_range_and_median() -> None:
    people = {f"P{n}": {"years": str(n)} for n in range(7)}
    ledger = a_ledger(*(said(doc_id=f"i{who}", who=who) for who in people), people=people)

    assert ("0 to 6, median 3",) in [row[1] for row in sample_table(ledger).rows]


def test_references_name_each_document_once() -> None:
    held = [
        said(at=(20, 30), unit="bullet 3.2"),
        said(unit="bullet 3.1"),
        said(doc_id="min-1", unit="item 4.1"),
    ]

    assert references(held) == "[int-01:3.1, 3.2; min-1:4.1]"


def test_a_written_cell_keeps_its_summary_and_says_when_it_is_stale() -> None:
    first, second = said(), said(at=(20, 30), unit="bullet 2")
    written = Summary("P01", "silos", "They part.", evidence_key([first]), "ad", "2025-03-13T")

    before = framework_table(a_ledger(first), [written])
    after = framework_table(a_ledger(first, second), [written])

    assert cells(before, "P01")["silos"] == "They part. | [int-01:1]"
    assert cells(after, "P01")["silos"] == (
        "They part. | STALE: evidence changed since 13 March 2025 | [int-01:1, 2]"
    )
    assert after.notes[0].startswith("1 cell written, 1 of them STALE; 0 with evidence")


def test_another_coder_on_the_same_words_makes_no_cell_stale() -> None:
    assert evidence_key([said(coders=("ad",))]) == evidence_key([said(coders=("ad", "bf"))])


def test_a_summary_of_somebody_no_longer_heard_is_still_shown() -> None:
    table = framework_table(a_ledger(said()), [Summary("P99", "silos", "Gone.")])

    assert cells(table, "P99")["silos"] == "Gone."
