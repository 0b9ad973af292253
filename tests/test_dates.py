"""Full dates are found in prose and in file names; half dates are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.layouts.dates import find_date, find_dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12 March 2025", "2025-03-12"),
        ("held on Thursday 16th January 2025 at 2.00pm", "2025-01-16"),
        ("14/3/08", "2008-03-14"),
        ("14.5.2025", "2025-05-14"),
        ("2025-03-04", "2025-03-04"),
        ("March 3, 2011", "2011-03-03"),
        ("11 Nov 2007", "2007-11-11"),
        ("Sep 6, 2018", "2018-09-06"),
        ("1st of May, 2025", "2025-05-01"),
        ("14-Mar-08", "2008-03-14"),
        ("14 March '25", "2025-03-14"),
        ("2008-03-01 10:00:00", "2008-03-01"),
        ("16-01-2025", "2025-01-16"),
        ("3/13/2025", "2025-03-13"),  # no month can be 13
        ("31/2/2025", ""),
    ],
)
def test_a_full_date_is_found_as_iso(text: str, iso: str) -> None:
    assert find_date(text) == iso


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("minutes-2025-01-16.txt", "2025-01-16"),
        ("minutes_20250116_v2.docx", "2025-01-16"),
        ("board 16.01.2025.pdf", "2025-01-16"),
        ("2018/EC-minutes-2018-12-13.md", "2018-12-13"),
        ("int-07-voluntary.md", ""),
    ],
)
def test_the_name_of_a_file_may_hold_a_date(name: str, iso: str) -> None:
    assert find_date(name) == iso


@pytest.mark.parametrize(
    "text",
    [
        "by 31 January",
        "March 2025",
        "in 2025",
        "item 4.2.10",
        "192.168.2.20",
        "telephone 0207 946 0018",
        "on 14 May 30 people came",
        "at 10:30:15",
        "31 February 2025",
        "10/11/12/13",
        "",
    ],
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert find_date(text) == ""


def test_the_day_stands_first_unless_that_cannot_be() -> None:
    assert [find_date("3/4/2024"), find_date("3/14/2024")] == ["2024-04-03", "2024-03-14"]


def test_of_a_run_of_days_the_first_is_taken() -> None:
    assert find_date("8-10 April 2024") == "2024-04-08"


def test_a_short_year_does_not_depend_on_today() -> None:
    assert [find_date("1/2/69"), find_date("1/2/70")] == ["2069-02-01", "1970-02-01"]


def test_every_date_is_found_with_its_place() -> None:
    text = "from 14/3/08 to March 3, 2011"

    found = list(find_dates(text))

    assert [text[d.span.start : d.span.end] for d in found] == ["14/3/08", "March 3, 2011"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_out_date_is_read_back(day: date) -> None:
    written = f"the meeting of {day.day} {day:%B} {day.year}, at two"

    assert find_date(written) == day.isoformat()


@given(st.text(alphabet="0123456789/.- Mayjun'stof,", max_size=200))
def test_any_text_gives_dates_inside_it(text: str) -> None:
    found = list(find_dates(text))

    assert all(0 <= d.span.start < d.span.end <= len(text) for d in found)
    assert all(date.fromisoformat(d.iso).isoformat() == d.iso for d in found)
