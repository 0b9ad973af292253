"""Plain text and Markdown: lines, pages, headings, front matter."""

from __future__ import annotations

import pytest

from qualcode.core.model import Line
from qualcode.plugins.readers.text import reader
from tests.readers_files import a_source, numbers_of, refusal, texts
from tests.shared_data import shared


def test_lines_keep_their_text_and_numbers() -> None:
    extract = reader(a_source("R:  one \r\n\r\n   two\r\n"))

    assert extract.lines == (Line("R:  one ", 1), Line("", 2), Line("   two", 3))
    assert extract.reader == "text"


def test_form_feeds_count_pages_and_leave_line_numbers_alone() -> None:
    extract = reader(a_source("one\ntwo\n\fthree\nfo\fur\n"))

    assert extract.lines == (
        Line("one", 1, 1),
        Line("two", 2, 1),
        Line("three", 3, 2),
        Line("fo", 4, 2),
        Line("ur", 4, 3),
    )


def test_a_text_without_form_feeds_has_no_pages() -> None:
    assert {line.page for line in reader(a_source("one\ntwo")).lines} == {None}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("# Background", "Background"),
        ("### 4.2 Sharing ##", "4.2 Sharing"),
        ("  ## C# and F#", "C# and F#"),
    ],
)
def test_a_markdown_heading_loses_its_signs(row: str, words: str) -> None:
    assert reader(a_source(row)).lines == (Line(words, 1, None, "heading"),)


@pytest.mark.parametrize("row", ["#hashtag", "I: so? #00:00:05-1#", "####### seven", "#", "a # b"])
def test_other_number_signs_are_words(row: str) -> None:
    assert reader(a_source(row)).lines == (Line(row, 1),)


def test_front_matter_becomes_facts_as_it_was_typed() -> None:
    extract = reader(
        a_source(
            "---\ndate: 2025-01-16\nkind:  minutes \nrecorded: no\nplace:\n"
            'present: [A Khan, "M O\'Neil"]\n---\nWords.\n'
        )
    )

    assert extract.facts == (
        ("date", "2025-01-16"),
        ("kind", "minutes"),
        ("recorded", "no"),
        ("present", "A Khan; M O'Neil"),
    )
    assert extract.lines == (Line("Words.", 8),)
    assert extract.problems == ()


@pytest.mark.parametrize(
    ("block", "line", "said"),
    [
        ("a: 1\nb: [", 3, "expected the node content"),
        ("a: 1\n- b", 3, "expected <block end>"),
        ("a: *gone", 2, "undefined alias"),
        ("a: " + "[" * 9000, 1, "no YAML"),
    ],
)
def test_broken_front_matter_is_a_problem_and_stays_text(block: str, line: int, said: str) -> None:
    extract = reader(a_source(f"---\n{block}\n---\nWords."))

    assert numbers_of(extract) == ["Q208"]
    assert said in extract.problems[0].message
    assert extract.problems[0].line == line
    assert extract.facts == ()
    assert texts(extract)[0] == "---"
    assert texts(extract)[-1] == "Words."


def test_front_matter_without_an_end_is_a_problem() -> None:
    extract = reader(a_source("---\ndate: 2025-01-16\nWords."))

    assert numbers_of(extract) == ["Q208"]
    assert "no end" in extract.problems[0].message


def test_values_that_are_no_plain_text_are_one_problem() -> None:
    extract = reader(a_source("---\na: {b: c}\nd: [[e]]\nf: g\n---\nWords."))

    assert numbers_of(extract) == ["Q208"]
    assert 'under "a", "d" than' in extract.problems[0].message
    assert extract.facts == (("f", "g"),)


def test_aliases_cannot_blow_up_the_facts() -> None:
    doubling = "".join(f"b{i}: &b{i} [*b{i - 1}, *b{i - 1}]\n" for i in range(1, 40))
    extract = reader(a_source(f"---\nb0: &b0 [x, x]\n{doubling}---\nWords."))

    assert extract.facts == (("b0", "x; x"),)


@pytest.mark.parametrize("text", ["---\nThey keep changing\n---\nWords.", "---\n\n---\nWords."])
def test_words_between_two_rules_are_no_front_matter(text: str) -> None:
    extract = reader(a_source(text))

    assert texts(extract) == text.split("\n")
    assert extract.problems == ()


def test_a_rule_at_the_top_of_minutes_is_no_front_matter() -> None:
    assert reader(a_source("---\nPresent: A Khan\nWords.")).problems == ()


@pytest.mark.parametrize("text", ["\u00a0\n\u200b", "---\ndate: today\n---\n\n"])
def test_a_text_without_words_is_refused(text: str) -> None:
    assert refusal(reader, text) == "Q207"


def test_every_sample_text_is_read_whole() -> None:
    for name in ("f4.txt", "fieldnotes.txt", "interview_notes.md", "otter.txt", "rev.txt"):
        data = shared("samples", name).read_bytes()
        extract = reader(a_source(data, name))

        assert "\n".join(texts(extract)) == data.decode().replace("\r\n", "\n").rstrip("\n")
        assert extract.problems == ()


def test_the_sample_with_a_mark_begins_with_words() -> None:
    extract = reader(a_source(shared("samples", "word_online.txt").read_bytes()))

    assert texts(extract)[0] == "Audio file"
