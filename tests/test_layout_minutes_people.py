"""Who was at a meeting, who is heard in its items, and how names are matched."""

from __future__ import annotations

import pytest

from qualcode.analysis.layouts.people import (
    People,
    Person,
    initials,
    plain_name,
    same_person,
    speaker_ids,
)
from tests.test_layout_minutes import BOARD, laid_out, units


def heard(text: str) -> str | None:
    """Who is credited with an item of a meeting of three."""
    head = "Present: Jane Smith (Chair), Alice Khan, DI Mark O'Neil\n\n1. Matters\n"
    layout = laid_out(f"{head}1.1 {text}\n2. AOB\n")
    return next(piece.speaker_id for piece in layout.pieces if piece.ref == "item 1.1")


def listed(text: str) -> list[tuple[str, str, str, str]]:
    people = laid_out(text).attendance
    return [(p.name, p.status, p.organisation, p.role) for p in people]


def test_people_in_columns_are_attendance() -> None:
    assert listed(BOARD) == [
        ("J Smith", "present", "Independent", "Chair"),
        ("A Khan", "present", "Children's Social Care", ""),
        ("DI M O'Neil", "present", "Police", ""),
        ("P Lee", "in attendance", "", "minutes"),
        ("R Patel", "apologies", "PCT", ""),
        ("S Wood", "apologies", "Probation", ""),
    ]


def test_everyone_listed_is_a_speaker_with_a_short_id() -> None:
    speakers = {speaker.id: speaker.name for speaker in laid_out(BOARD).speakers}

    assert speakers["MO"] == "DI M O'Neil"
    assert list(speakers) == ["JS", "AK", "MO", "PL", "RP", "SW"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("AK reported that it was late.", "AK"),
        ("The Chair noted the delay.", "JS"),
        ("DI O'Neil said that he could not.", "MO"),
        ("Alice explained the form.", "AK"),
        ("It was reported by AK that it was late.", "AK"),
        ("An update from AK showed that it was late.", "AK"),
        ("It was late according to MO.", "MO"),
        ("A walk from AK to the office followed.", None),
        ("MO, invited to comment, said that it was his.", "MO"),
        ("AK was welcomed. She explained that she was new.", "AK"),
        ("Concern was expressed about the delay.", None),
        ("Concern was expressed. The Chair asked for calm.", None),
        ("AK and MO reported that it was late.", None),
        ("AK said that it was late. MO said that it was not.", None),
        ("AK said that it was late. Members asked why.", None),
        ("AK asked for help. MO would not come.", None),
        ("XY reported that it was late.", None),
        ("It was noted that the report was late.", None),
    ],
)
def test_an_item_is_credited_to_one_person_or_to_nobody(text: str, speaker: str | None) -> None:
    assert heard(text) == speaker


def test_a_name_that_fits_two_people_is_credited_to_neither() -> None:
    layout = laid_out("Present: Ann Khan, Adam Khan\n\n1. Matters\n1.1 Khan said so.\n2. AOB\n")

    assert [p.speaker_id for p in layout.pieces if p.ref == "item 1.1"] == [None]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Present: Amy, Konrad, Juan + new members Kari, Lex\n", "Amy Konrad Juan Kari Lex"),
        ("**Present**\n\n* Ann Lee\n* Bo Dahl 👨‍💻\n\n**Minutes**\n", "Ann Lee Bo Dahl"),
        ("Attendees: Ann Lee; Bo Dahl\nApologies: none\n", "Ann Lee Bo Dahl"),
        ("Present: this was unfortunately not logged\n", ""),
        ("PRESENT: Cllrs J Smith (Chairman), A Jones\n", "J Smith A Jones"),
        ("Members present: Ann Lee, Bo Dahl,\n  Cy Moe and Di\n", "Ann Lee Bo Dahl Cy Moe Di"),
        ("Present:\n\nAnn Lee\nBo Dahl\n", "Ann Lee Bo Dahl"),
        ("Present were Mr. A. Stone and Capt. J. Fox. They met.\n", "Mr. A. Stone Capt. J. Fox"),
        ("Present:  A Lee    B Moe    C Ek\n          D Roe\n", "A Lee B Moe C Ek D Roe"),
        ("Ann Lee said so.\nPresent value was discussed at length by the whole board.\n", ""),
    ],
)  # fmt: skip
def test_lists_of_many_forms_give_the_names(text: str, names: str) -> None:
    assert " ".join(name for name, *_ in listed(f"{text}\n1. Welcome\n1.1 Hello.\n")) == names


def test_entries_hold_office_organisation_and_remarks() -> None:
    text = "**Present:**\n\n- M Ashdown (Chair), Independent\n- DS T Hale, Police (from 4.35pm)\n"

    assert listed(text) == [
        ("M Ashdown", "present", "Independent", "Chair"),
        ("DS T Hale", "present", "Police", "from 4.35pm"),
    ]


def test_a_table_of_those_present_is_read_by_its_head() -> None:
    layout = laid_out(
        "# Group, 3 May 2021\n\n| Name | Initials | Organization | Present |\n|---|---|---|---|\n"
        "| Kevin Gibbons | KG | F5 | yes |\n| Ann Lee | ALE | Igalia | absent |\n\n## News\nHi.\n"
    )

    assert [(a.name, a.status, a.organisation) for a in layout.attendance] == [
        ("Kevin Gibbons", "present", "F5"),
        ("Ann Lee", "apologies", "Igalia"),
    ]
    assert [speaker.id for speaker in layout.speakers] == ["KG", "ALE"]


def test_apologies_told_in_a_sentence_count() -> None:
    text = (
        "Present: Ann Lee, Bo Dahl\n\n1. Apologies\nApologies were received from Cllr. B Green.\n"
    )

    assert listed(text)[-1] == ("Cllr. B Green", "apologies", "", "")


def test_a_list_below_the_first_item_is_found_and_not_coded() -> None:
    layout = laid_out("Item 1: Attendance\nPresent: Ann Lee, Bo Dahl\n\nItem 2: News\nWe met.\n")

    assert [a.name for a in layout.attendance] == ["Ann Lee", "Bo Dahl"]
    assert units(layout) == {"item 2 para 1": "We met."}


def test_a_line_of_its_own_names_the_chair() -> None:
    assert listed("Attendees: Sam, Priya\nChair: Priya\n\n1. Hello\n1.1 We met.\n") == [
        ("Sam", "present", "", ""),
        ("Priya", "present", "", "chair"),
    ]


def test_a_researcher_who_observes_is_no_participant() -> None:
    layout = laid_out("Present: Ann Lee, RL (observing, doctoral researcher)\n\n1. Close\n")

    assert [s.id for s in layout.speakers if s.is_researcher] == ["RL"]


def test_speech_noted_word_for_word_is_verbatim_and_goes_on() -> None:
    turns = "\n\n".join(f"KG: I think so, number {n}." for n in range(6))
    layout = laid_out(
        f"Present: Kevin Gibbons, Ann Lee\n\n## Topic\n\n{turns}\n\nAnd so on it went.\n"
    )

    spoken = [p for p in layout.pieces if p.form == "turn"]
    assert [(p.label, p.voice, p.speaker_id) for p in spoken[-2:]] == [
        ("KG: ", "verbatim", "KG"),
        ("", "verbatim", "KG"),
    ]


def test_minutes_with_a_name_before_some_notes_stay_paraphrase() -> None:
    layout = laid_out("Present: Tracy, Karen\n\n## Topic\n\nTracy: shall we announce?\n")

    piece = layout.pieces[-1]
    assert (piece.label, piece.voice, piece.speaker_id) == ("Tracy: ", "paraphrase", "tracy")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Margaret Ashdown", "MA"),
        ("DI Farah Siddiqui", "FS"),
        ("M O'Neil", "MO"),
        ("Dr. Ann Marie van der Berg", "AMB"),
        ("Y Cole", "YC"),
        ("RL", "RL"),
        ("", ""),
    ],
)
def test_initials_pass_over_titles_and_particles(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_title_is_no_part_of_a_name() -> None:
    assert plain_name("Prof. A. B. Lee PhD") == "A B Lee"
    assert plain_name("Di Reyes") == "Di Reyes"


def test_a_name_is_nobody_one_or_several() -> None:
    people = People.of([Person("ak", "Alice Khan"), Person("bk", "Bo Khan")])

    assert people.find("Alice").ids == ("ak",)
    assert people.find("Khan").outcome == "several"
    assert people.find("Wood").outcome == "none"


def test_initials_that_the_document_gives_win() -> None:
    people = People.of([Person("a", "Ann Lee", "ALE"), Person("b", "Adam Lloyd Esser")])

    assert people.find("ALE").ids == ("a",)


def test_ids_are_unique() -> None:
    assert speaker_ids(["Ann Lee", "Al Lowe", "Ann Lee", "Sue", "李"]) == (
        "ann-lee",
        "al-lowe",
        "ann-lee-2",
        "sue",
        "person",
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("F Siddiqui", "DI Farah Siddiqui", True),
        ("Farah Siddiqui", "Fatima Siddiqui", False),
        ("Farah", "Farah Siddiqui", False),
        ("A Khan", "A Lee", False),
    ],
)
def test_two_spellings_are_one_person_only_where_nothing_clashes(
    one: str, other: str, same: bool
) -> None:
    assert same_person(one, other) is same


@pytest.mark.parametrize("listing", ["Amir K., Jo Brand (chair)", "Jo Brand (chair), Amir K."])
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("AK reported that it was late.", "AK"),
        ("Amir K. reported that it was late.", "AK"),
        ("It was reported by Amir K. that it was late.", "AK"),
        ("AK: it is late.", "AK"),
        ("Jo Brand (chair) - thanked all for coming.", "JB"),
        ("Jo Brand – thanked all for coming.", "JB"),
        ("JB — asked why.", "JB"),
        ("Budget of Jo Brand - noted by all.", None),
        ("Jo Brand (chair) - the budget is late.", None),
    ],
)
def test_people_listed_with_an_initial_or_before_a_dash_are_heard(
    listing: str, text: str, speaker: str | None
) -> None:
    layout = laid_out(f"Present: {listing}\n\n1. Matters\n1.1 {text}\n2. AOB\n")

    assert sorted(a.name for a in layout.attendance) == ["Amir K.", "Jo Brand"]
    assert [p.speaker_id for p in layout.pieces if p.ref == "item 1.1"] == [speaker]


def test_a_person_before_a_dash_is_no_heading_of_an_item() -> None:
    layout = laid_out(
        "Present: Jo Brand (chair), Amir K.\n\n1. Jo Brand (chair) - thanked all for their work.\n"
        "2. Budget - agreed to wait until the end of May.\n"
    )

    assert [(p.form, p.ref, p.speaker_id) for p in layout.pieces[-3:]] == [
        ("item", "item 1", "JB"),
        ("heading", "heading 2", None),
        ("item", "item 2", None),
    ]


def test_gaps_before_semicolons_are_no_columns_and_apols_are_apologies() -> None:
    text = (
        "Safeguarding group minutes 3 March 2025\n"
        "PRESENT - Ann Lee (chair)  ; B. Okafor (police) ; C Shah, health\n"
        "APOLS: D. Reed\n\n1. Protocol\n1.1 AL asked about it.\n"
    )
    found = laid_out(text).attendance

    assert [(one.name, one.status) for one in found] == [
        ("Ann Lee", "present"),
        ("B. Okafor", "present"),
        ("C Shah", "present"),
        ("D. Reed", "apologies"),
    ]


HEADED = """\
# Minutes of the council, 21 February 2019

**19/11 Introductions**

**Name, physical location**

1. Mesfin, Addis Ababa, Ethiopia
2. Karen, Ottawa, Canada
3. Kate Lee, Seattle, United States

**19/12 Review**

The chair will review timing.
"""


def test_a_list_headed_by_what_stands_in_it_is_attendance_and_not_to_code() -> None:
    layout = laid_out(HEADED)

    assert [(one.name, one.organisation, one.status) for one in layout.attendance] == [
        ("Mesfin", "", "present"),
        ("Karen", "", "present"),
        ("Kate Lee", "", "present"),
    ]
    assert [piece.form for piece in layout.pieces if "Karen" in piece.lines[0].text] == ["header"]


def test_columns_of_a_headed_list_say_organisation_and_role() -> None:
    rows = "- J Smith - Police - Chair\n- A Khan - PCT - clerk\n"
    found = listed(f"Minutes\n\nName - Organisation - Role\n{rows}")

    assert found == [
        ("J Smith", "present", "Police", "Chair"),
        ("A Khan", "present", "PCT", "clerk"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Minutes\n\n**Name, date**\n\n1. Mesfin, Monday\n2. Karen, Tuesday\n",
        "Minutes\n\n**Name, location**\n\n1. Mesfin, Addis Ababa\n\nThey met, and talked.\n",
    ],
)
def test_other_columns_or_a_single_person_are_no_attendance(text: str) -> None:
    assert listed(text) == []
