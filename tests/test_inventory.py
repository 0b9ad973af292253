from __future__ import annotations

from qualcode.analysis.coded import is_interview, participants_heard
from qualcode.analysis.study_tables import inventory_table
from qualcode.core.model import Attendance, Document, Span, Speaker, Unit


def test_who_is_only_listed_as_present_is_not_heard() -> None:
    minutes = Document(
        "min-01",
        "Ann asked for a list.",
        "minutes",
        "emergent",
        "",
        "",
        "",
        "",
        speakers=(Speaker("S1", "Ann", "P01"), Speaker("S2", "Ben", "P02")),
        units=(Unit(Span(0, 21), "item", "item 1", "S1"),),
        attendance=(Attendance("Ann", "present"), Attendance("Ben", "present")),
    )
    table = inventory_table([minutes], {"min-01": 5}, {"min-01": participants_heard(minutes)})
    at = [column.key for column in table.columns].index("people")

    assert [str(row[at][0]) for row in table.rows] == ["1"]


def test_a_transcript_of_three_is_no_interview() -> None:
    assert is_interview("transcript", ("P01", "P02"))
    assert not is_interview("transcript", ("P01", "P02", "P03"))
    assert not is_interview("minutes", ("P01",))
