from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.analysis.hits import Found, snippet
from qualcode.analysis.query import as_fts5, parse_query
from qualcode.core.memos import Memo
from qualcode.core.model import Coding, Span
from qualcode.core.problems import QualcodeError
from qualcode.project.adding import Adder
from qualcode.project.searching import Asked, search
from qualcode.project.settings import load_settings, make_project
from qualcode.project.study import Study
from qualcode.store.cache import cache_path, delete_cache
from qualcode.store.coding_files import coding_path, codings_data
from qualcode.store.document_files import load_document
from qualcode.store.files import write_file
from qualcode.store.memo_files import memo_data, memo_path
from tests.factory import write
from tests.notes_command import run_notes

NOTES = """\
INT01  Nurse, tier 2    14/3/2025   10.15-11.05, her office

1. What gets in the way
- they send someone different each time
- says 'we start again' at every meeting
[OC: tired of new faces]

2. What helps
- away day helped the new chair
"""
TALK = "INT: How is the chair?\nR: Well, it changes each time.\nINT: Why?\nR: They leave.\n"
CODEBOOK = """\
format: 1
name: Own
codes:
- {id: turnover, name: Turnover, definition: People change.}
- {id: old-turnover, name: Old, definition: As before., merged_into: turnover}
- {id: trust, name: Trust, definition: They trust.}
"""
CASES = """\
format: 1
cases:
- {id: P01, name: INT01, documents: [int-01], attributes: {role: Nurse}}
- {id: P02, name: R, attributes: {role: teacher}}
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return make_study(tmp_path)


def make_study(folder: Path) -> Study:
    paths = make_project(folder / "study", question="Why?", method="eca", language="en")
    sources = [write(folder, "int-01.md", NOTES), write(folder, "talk.txt", TALK)]
    list(Adder(paths, load_settings(paths)).add_all(sources))
    paths.codebook.write_text(CODEBOOK, "utf-8")
    paths.cases.write_text(CASES, "utf-8")
    memo = Memo("2025-03-15-chair", "Why does the chair change?", "code:turnover", "ad", "2025")
    write_file(memo_path(paths, memo.id), memo_data(memo))
    return Study(paths, load_settings(paths))


def code(study: Study, doc_id: str, quote: str, code_id: str) -> None:
    text = load_document(study.paths, doc_id).text
    start = text.index(quote)
    coding = Coding("k1", doc_id, Span(start, start + len(quote)), quote, code_id, "ad")
    write_file(coding_path(study.paths, doc_id, "ad"), codings_data([coding]) or b"")


def units(study: Study, query: str, **filters: str) -> list[str]:
    hits = search(study, Asked(query, **filters)).hits  # type: ignore[arg-type]
    return [f"{hit.id} {hit.unit}" for hit in hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("new chair", '("new" AND "chair")'),
        ("new AND chair OR board", '(("new" AND "chair") OR "board")'),
        ("board NOT (minutes OR away)", '(("board") NOT (("minutes" OR "away")))'),
        ("NOT minutes board", '(("board") NOT ("minutes"))'),
        ('"new faces" NEAR/5 leav*', 'NEAR("new faces" "leav" *, 5)'),
        ("a NEAR b", 'NEAR("a" "b", 10)'),
        ("and or near", '("and" AND "or" AND "near")'),
        ("“new faces”", '"new faces"'),
        ("it's x;DROP", '("it\'s" AND "x;DROP")'),
    ],
)
def test_a_query_becomes_an_expression_of_quoted_words(query: str, expected: str) -> None:
    assert as_fts5(parse_query(query)) == expected


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "query:1: Q130 the query stops making sense here: it holds no word."),
        ("board AND", "query:10: Q130 the query stops making sense here: something is missing"),
        ("a OR OR b", "query:6: Q130 the query stops making sense here: a word is missing before"),
        ("(board", 'query:1: Q130 the query stops making sense here: this "(" is never closed.'),
        ("board)", 'query:6: Q130 the query stops making sense here: this ")" closes nothing.'),
        ('new "face', "query:5: Q130 the query stops making sense here: this quotation mark"),
        ("NOT board", "query:1: Q130 the query stops making sense here: NOT has nothing to take"),
        ("(a b) NEAR c", "query:7: Q130 the query stops making sense here: NEAR stands between"),
        ("a NEAR/2 b NEAR/3 c", "query:12: Q130 the query stops making sense here: one chain"),
        ("chair NEAR/ leave", "query:12: Q130 the query stops making sense here: a number is mis"),
        ("chair NEAR/x leave", "query:12: Q130 the query stops making sense here: a number is mi"),
        ("a NEAR/0 b", "query:3: Q130 the query stops making sense here: NEAR/0 leaves no room"),
        ("a NEAR/1001 b", "query:3: Q130 the query stops making sense here: 1001 words are too"),
        ("a --", 'query:3: Q130 the query stops making sense here: "--" holds no letter'),
        ("a\x00b", "query:2: Q130 the query stops making sense here: a character here"),
        ("(" * 50 + "a", "query:41: Q130 the query stops making sense here: the parentheses"),
        ("a " * 1001, "query:2001: Q130 the query stops making sense here: it is longer than"),
    ],
)
def test_a_query_that_makes_no_sense_is_told_where(query: str, told: str) -> None:
    with pytest.raises(QualcodeError) as raised:
        parse_query(query)

    assert str(raised.value).startswith(told)


PIECES = st.sampled_from(
    ["new", "AND", "OR", "NOT", "NEAR", "NEAR/3", "(", ")", '"', '"a b"', "x*", "*", "-", "^", ":"]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_query_or_a_problem(text: str) -> None:
    assert outcome_of(text) in ("found", "not found", "Q130")


def outcome_of(text: str) -> str:
    """What becomes of a query in a real index; a problem points into the text."""
    try:
        expression = as_fts5(parse_query(text))
    except QualcodeError as error:
        inside = 1 <= (error.problem.column or 0) <= len(text) + 1
        return error.problem.number if inside else f"points at {error.problem.column}"
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        db.execute("INSERT INTO words VALUES ('new faces a b x')")
        found = db.execute("SELECT 1 FROM words WHERE words MATCH ?", (expression,)).fetchall()
    return "found" if found else "not found"


def test_documents_come_by_place_and_memos_last(study: Study) -> None:
    assert units(study, "chair OR faces") == [
        "int-01 comment 1",
        "int-01 bullet 2.1",
        "talk turn 1",
        "2025-03-15-chair memo",
    ]


def test_a_hit_says_where_it_is_and_marks_the_words(study: Study) -> None:
    (hit,) = search(study, Asked('"each time"', kind="interview notes")).hits
    text = load_document(study.paths, "int-01").text

    assert text[hit.span.start : hit.span.end] == "they send someone different each time"
    assert (hit.place, hit.voice, hit.speaker) == ("line 4", "paraphrase", "INT01")
    assert snippet(hit) == "they send someone different *each time*"


def test_a_long_passage_is_cut_to_whole_words(study: Study) -> None:
    words = "before " * 60 + "needle" + " behind" * 60
    write_file(memo_path(study.paths, "m"), memo_data(Memo("m", words)))
    (hit,) = search(study, Asked("needle")).hits

    assert snippet(hit) == f"... {'before ' * 12}*needle*{' behind' * 12} ..."


def test_near_and_not_narrow_the_hits(study: Study) -> None:
    assert units(study, "someone NEAR/1 each") == ["int-01 bullet 1.1"]
    assert units(study, "chair NOT away", kind="interview notes") == []


def test_voice_narrows_the_hits(study: Study) -> None:
    assert units(study, "new", voice="observer") == ["int-01 comment 1"]


def test_headings_are_found_too(study: Study) -> None:
    assert units(study, '"what helps"', voice="heading") == ["int-01 heading 2"]


def test_a_case_attribute_narrows_to_what_that_case_says(study: Study) -> None:
    assert units(study, '"each time"', case_attribute="role=teacher") == ["talk turn 2"]
    assert units(study, "faces", case_attribute="role=nurse") == []


def test_a_code_narrows_to_words_inside_its_codings(study: Study) -> None:
    code(study, "int-01", "someone different", "old-turnover")

    assert units(study, "different", code="turnover") == ["int-01 bullet 1.1"]
    assert units(study, "time", code="turnover") == []
    assert units(study, "different", code="trust") == []


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"code": "turnovr"}, 'Q149 --code cannot be "turnovr". Did you mean "turnover"?'),
        ({"case_attribute": "nurse"}, 'Q149 --case-attribute cannot be "nurse".'),
    ],
)
def test_a_filter_that_fits_nothing_is_told(
    study: Study, filters: dict[str, str], told: str
) -> None:
    with pytest.raises(QualcodeError) as raised:
        units(study, "new", **filters)

    assert str(raised.value).startswith(told)


def test_what_was_changed_since_is_found_and_what_went_is_not(study: Study) -> None:
    assert units(study, "postpones") == []
    write_file(memo_path(study.paths, "new"), memo_data(Memo("new", "The board postpones.")))
    assert units(study, "postpones") == ["new memo"]
    memo_path(study.paths, "new").unlink()

    assert units(study, "postpones") == []


def test_a_text_that_did_not_change_is_not_read_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    units(study, "chair")

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("qualcode.project.searching.load_document", refuse)

    assert units(study, "away") == ["int-01 bullet 2.1"]


def test_a_document_that_cannot_be_read_is_told_and_the_others_are_found(study: Study) -> None:
    study.paths.text("talk").write_text("changed by hand", "utf-8")
    found = search(study, Asked("chair"))

    assert [one.number for one in found.problems] == ["Q113"]
    assert [hit.id for hit in found.hits] == ["int-01", "2025-03-15-chair"]


def test_a_folder_that_cannot_be_written_is_searched_all_the_same(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)

    assert units(study, "away") == ["int-01 bullet 2.1"]
    assert not cache_path(study.paths).exists()


def everything(study: Study) -> Found:
    return search(study, Asked("chair OR faces OR time OR we"))


def test_deleting_the_index_changes_nothing(study: Study) -> None:
    before = everything(study)
    delete_cache(study.paths)

    assert before.n_hits == 7
    assert everything(study) == before


@pytest.fixture(scope="module")
def shared_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return make_study(tmp_path_factory.mktemp("search"))


@given(at=st.floats(0, 1), damage=st.binary(min_size=1, max_size=400), cut=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_corrupting_the_index_changes_nothing(
    shared_study: Study, at: float, damage: bytes, cut: bool
) -> None:
    before = everything(shared_study)
    path = cache_path(shared_study.paths)
    data = bytearray(path.read_bytes())
    place = int(at * len(data))
    data[place : place + len(damage)] = damage
    path.write_bytes(data[:place] if cut else data)

    assert before.n_hits == 7
    assert everything(shared_study) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--voice", "verbatm"), 'Q317 "--voice" is "verbatm"'),
        (("--kind", "minuts"), 'Q317 "--kind" is "minuts"'),
        (("--document", "tolk"), 'Q111 the project has no document "tolk". Did you mean "talk"?'),
    ],
)
def test_a_filter_with_an_unknown_word_is_told(
    study: Study, monkeypatch: pytest.MonkeyPatch, options: tuple[str, str], told: str
) -> None:
    monkeypatch.chdir(study.paths.root)

    assert told in run_notes("search", "chair", *options).err


def test_the_command_prints_hits_and_counts_all(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study.paths.root)
    value = json.loads(run_notes("search", "chair", "--limit", "1", "--json").out)
    plain = run_notes("search", "chair", "--limit", "1", "--plain").out

    assert value["passages"] == 3
    assert [hit["snippet"] for hit in value["hits"]] == ["away day helped the new *chair*"]
    assert "3 passages in 3 documents and memos; the first 1 are shown (--limit)." in plain


def test_the_command_points_at_the_place_in_the_query(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study.paths.root)
    outcome = run_notes("search", "chair OR OR board")

    assert outcome.err.startswith("chair OR OR board\n         ^\nquery:10: Q130 ")
    assert outcome.status == 1
