"""Attendance over several meetings: who came, and how delegates followed each other."""

from __future__ import annotations

from qualcode.analysis.attendance_table import (
    Delegation,
    attendance_grid,
    attendance_tables,
    delegations,
)
from qualcode.core.model import Attendance, Document
from tests.factory import a_document


def meeting(date: str, *people: Attendance) -> Document:
    return a_document(doc_id=f"minutes-{date}", kind="minutes", date=date, attendance=people)


def came(name: str, organisation: str = "") -> Attendance:
    return Attendance(name, "present", organisation)


def sent_apologies(name: str, organisation: str = "") -> Attendance:
    return Attendance(name, "apologies", organisation)


YEAR = (
    meeting("2025-05-01", came("DI F Siddiqui", "Northshire Police"), came("A Khan", "Health")),
    meeting("2025-01-01", came("DI C Reyes", "Northshire Police"), sent_apologies("A Khan")),
    meeting("2025-03-01", came("C Reyes", "Police"), came("Alice Khan", "Health")),
    meeting("2025-07-01", came("DS T Hale", "Northshire Police"), sent_apologies("A Khan")),
)


def police(documents: tuple[Document, ...] = YEAR) -> Delegation:
    found = {d.organisation: d for d in delegations(attendance_grid(documents))}
    return found["Northshire Police"]


def test_meetings_stand_in_the_order_of_their_dates() -> None:
    grid = attendance_grid(YEAR)

    assert [m.date for m in grid.meetings] == [
        "2025-01-01",
        "2025-03-01",
        "2025-05-01",
        "2025-07-01",
    ]


def test_a_person_is_one_row_over_all_meetings() -> None:
    grid = attendance_grid(YEAR)

    khan = next(member for member in grid.members if "Khan" in member.name)
    assert khan.name == "Alice Khan"
    assert khan.statuses == ("apologies", "present", "present", "apologies")
    assert khan.attended == 2


def test_an_initial_that_fits_two_people_is_a_person_of_its_own() -> None:
    grid = attendance_grid(
        [
            meeting("2025-01-01", came("Alice Khan"), came("Adam Khan")),
            meeting("2025-02-01", came("A Khan")),
        ]
    )

    assert [member.name for member in grid.members] == ["Alice Khan", "Adam Khan", "A Khan"]


def test_the_same_case_is_one_person_under_any_name() -> None:
    grid = attendance_grid(
        [
            meeting("2025-01-01", Attendance("Ann Lee", "present", case_id="P1")),
            meeting("2025-02-01", Attendance("Ann Cole", "present", case_id="P1")),
        ]
    )

    assert [member.statuses for member in grid.members] == [("present", "present")]


def test_a_short_name_of_an_organisation_is_the_full_one() -> None:
    reyes = next(m for m in attendance_grid(YEAR).members if "Reyes" in m.name)

    assert reyes.organisation == "Northshire Police"


def test_delegates_who_follow_each_other_are_counted() -> None:
    delegation = police()

    assert [(s.names, s.first.date, s.n_meetings) for s in delegation.stints] == [
        (("DI C Reyes",), "2025-01-01", 2),
        (("DI F Siddiqui",), "2025-05-01", 1),
        (("DS T Hale",), "2025-07-01", 1),
    ]
    assert (delegation.n_people, delegation.n_changes, delegation.n_missed) == (3, 2, 0)


def test_one_of_two_who_stays_is_no_complete_change() -> None:
    delegation = police(
        (
            meeting("2025-01-01", came("A Lee", "Northshire Police")),
            meeting(
                "2025-02-01",
                came("A Lee", "Northshire Police"),
                came("B Roe", "Northshire Police"),
            ),
        )
    )

    assert (len(delegation.stints), delegation.n_changes) == (2, 0)


def test_a_meeting_with_apologies_alone_is_missed() -> None:
    delegation = police(
        (
            meeting("2025-01-01", came("A Lee", "Northshire Police")),
            meeting("2025-02-01", sent_apologies("A Lee", "Northshire Police")),
        )
    )

    assert (delegation.n_missed, delegation.n_changes) == (1, 0)


def test_documents_without_attendance_are_passed_over() -> None:
    assert attendance_grid([a_document(doc_id="int-01")]).meetings == ()


TWO_YEARS = tuple(
    meeting(
        f"{year}-{month:02}-01",
        came("A Lee", "Police") if month % 2 else sent_apologies("A Lee", "Police"),
        came("B Roe", "Police") if year == 2025 else Attendance("C Poe", "in attendance"),
    )
    for year in (2024, 2025)
    for month in range(1, 11)
)


def test_many_meetings_are_folded_into_a_column_for_each_year() -> None:
    grid, delegates = attendance_tables(TWO_YEARS, most_columns=12)

    assert [column.title for column in grid.columns[2:]] == ["2024", "2025", "Attended"]
    assert grid.rows == (
        (("A Lee",), ("Police",), ("XaXaXaXaXa",), ("XaXaXaXaXa",), ("10",)),
        (("C Poe",), ("-",), ("iiiiiiiiii",), ("..........",), ("10",)),
        (("B Roe",), ("Police",), ("..........",), ("XXXXXXXXXX",), ("10",)),
    )
    assert grid.notes[0].endswith(
        "order of their dates: X present, i in attendance, a apologies, . not there."
    )
    assert grid.notes[1].startswith("2024: 1 January, 1 February, 1 March, ")
    assert delegates.rows[0][1] == (
        "A Lee (10 meetings, 2024-01-01 to 2025-09-01)",
        "B Roe (10 meetings, 2025-01-01 to 2025-10-01)",
    )


def test_few_meetings_and_data_keep_a_column_for_each_meeting() -> None:
    assert attendance_tables(YEAR, most_columns=4) == attendance_tables(YEAR)
    assert len(attendance_tables(TWO_YEARS)[0].columns) == 23


def test_the_tables_say_who_came_and_who_was_sent() -> None:
    grid, delegates = attendance_tables(YEAR)

    assert grid.rows[0] == (
        ("DI C Reyes",),
        ("Northshire Police",),
        ("present",),
        ("present",),
        ("-",),
        ("-",),
        ("2",),
    )
    assert delegates.rows[1][1] == (
        "DI C Reyes (2025-01-01 to 2025-03-01)",
        "DI F Siddiqui (2025-05-01)",
        "DS T Hale (2025-07-01)",
    )
