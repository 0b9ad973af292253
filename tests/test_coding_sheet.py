from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.analysis.find_span import check_span
from qualcode.core.model import Coding, Document, Span
from qualcode.core.problems import QualcodeError
from qualcode.project.adding import Adder
from qualcode.project.coding import Coded, Desk, Given
from qualcode.project.coding_sheet import (
    Line,
    apply_sheet,
    make_sheet,
    read_sheet,
    sheet_path,
    sheet_text,
)
from qualcode.project.deciding import undo
from qualcode.project.study import Study
from tests.coding_study import a_study, bytes_of, coded, run, study, without_time
from tests.factory import write

__all__ = ["study"]


def edited(study: Study, monkeypatch: pytest.MonkeyPatch, *changes: tuple[str, str]) -> None:
    """Sets an editor that replaces words of the sheet."""
    script = write(study.paths.root.parent, "edit.py", "import sys\n")
    lines = ["import sys", "from pathlib import Path", "path = Path(sys.argv[1])"]
    lines += ["text = path.read_text('utf-8')"]
    lines += [f"text = text.replace({old!r}, {new!r})" for old, new in changes]
    lines += ["path.write_text(text, 'utf-8')"]
    script.write_text("\n".join(lines), "utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}'")


def sheet_of(study: Study) -> Path:
    return sheet_path(study, "int-01", "ad")


def test_the_sheet_shows_every_unit_with_its_codings(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days", "--strength", "2", "--because", "smiled")
    run("code", "int-01", "someone different", "new-faces", "--confidence", "sure")
    text = sheet_text(study.document("int-01"), study.codings("int-01"), "ad")

    assert (
        "they send someone different each time\n    [new-faces obstacle sure @individual] " in text
    )
    assert "[new-faces obstacle sure @individual] someone different\n" in text
    assert "away day helped\n    [away-days catalyst +2] // smiled\n" in text


def test_lines_added_changed_and_removed_are_done(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "int-01", "someone different", "new-faces", "trust")
    before = bytes_of(study)
    edited(
        study,
        monkeypatch,
        ("    [trust neutral] someone different\n", ""),
        ("[new-faces obstacle @individual]", "[new-faces mixed -1]"),
        ("away day helped\n", "away day helped\n[away-days] away day // nice\n    [*] helped\n"),
    )
    outcome = run("open", "int-01")

    assert outcome.out.startswith("int-01: 2 added, 1 changed, 1 removed.\n")
    assert coded(study) == [
        ("someone different", "new-faces", "mixed"),
        ("away day", "away-days", "catalyst"),
        ("helped", "helped", "neutral"),
    ]
    assert study.codings("int-01")[0].strength == -1
    assert study.codings("int-01")[1].evidence == "nice"
    assert not sheet_of(study).exists()
    undo(study.paths)
    assert bytes_of(study) == before


@pytest.mark.parametrize(
    ("line", "code_id", "valence"),
    [
        ("[New faces] away day", "new-faces", "obstacle"),
        ("[new FACES catalyst] away day", "new-faces", "catalyst"),
        ("[Away days sure @individual] away day", "away-days", "catalyst"),
        ("[Trust] away day", "trust", "neutral"),
    ],
)
def test_a_code_may_be_named_in_the_brackets(
    study: Study, monkeypatch: pytest.MonkeyPatch, line: str, code_id: str, valence: str
) -> None:
    edited(study, monkeypatch, ("away day helped\n", f"away day helped\n    {line}\n"))
    outcome = run("open", "int-01")

    assert (outcome.status, outcome.err) == (0, "")
    assert coded(study) == [("away day", code_id, valence)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[trus] away day", 'code "trus" is not in the codebook'),
        ("[trust good] away day", '"good" is no valence, strength, confidence, @lens or span'),
        ("[trust] away dat", "its words do not stand in the unit"),
        ("[trust @x] away day", 'the coding names lens "x"'),
        ("[] away day", "the brackets name no code"),
        ("[trust 0-5] away day", "the words are not those at 0-5"),
        ("[trust 5-3]", "the span 5-3 holds no words"),
        ("trust: away day", "it is no coding, [CODE] words, and not what the document says"),
        ("[old] away day", 'code "old" is no longer given'),
        ("[Newer faces sure] away day", 'code "Newer faces" is not in the codebook'),
        ("[New faces certain] away day", '"certain" is no valence, strength'),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_lost(
    study: Study, monkeypatch: pytest.MonkeyPatch, line: str, reason: str
) -> None:
    edited(study, monkeypatch, ("away day helped\n", f"away day helped\n    [trust] day\n{line}\n"))
    outcome = run("open", "int-01")
    text = sheet_of(study).read_text("utf-8")
    number = text.splitlines().index(line) + 1

    assert f"{sheet_of(study)}:{number}: Q410 " in outcome.err
    assert reason in outcome.err
    assert (outcome.status, coded(study)) == (1, [])
    edited(study, monkeypatch, (f"{line}\n", ""))
    run("open", "int-01", "--sheet", str(sheet_of(study)))
    assert coded(study) == [("day", "trust", "neutral")]


def test_words_that_stand_twice_in_a_unit_carry_their_span(study: Study) -> None:
    document = study.document("int-01")
    at = document.text.index("we start again and")
    run("code", "int-01", f"{at}-{at + 14}", "new-faces")
    text = sheet_text(document, study.codings("int-01"), "ad")

    assert f"[new-faces obstacle @individual {at}-{at + 14}] we start again\n" in text


def test_an_untouched_sheet_changes_nothing(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    run("code", "int-01", "someone different", "new-faces")
    before = bytes_of(study)
    edited(study, monkeypatch)

    assert run("open", "int-01").out == "int-01: nothing changed.\n"
    assert bytes_of(study) == before


ODD = """\
INT03  Nurse, tier 2    14/3/2025

1. What gets in the way
- they send someone different each time
- this // that // this
- // left blank //
- [trust neutral] away day
- the odd\u2028line and\x85another
"""
DETAILS = list(
    itertools.product(
        ["", 'matches "handover"', "// why // not", "two\nlines"],
        [None, -2, 0, 1],
        [(), ("individual",), ("individual", "profession")],
        ["", "sure"],
    )
)


def odd_document(study: Study) -> Document:
    source = write(study.paths.root.parent, "odd.md", ODD)
    list(Adder(study.paths, study.settings).add_all([source]))
    return study.document("odd")


def places(document: Document) -> list[Span]:
    """Every unit, parts at its start and end, what reaches into the next, and the text."""
    found = [Span(0, len(document.text.rstrip()))]
    for unit in document.units:
        start, end = unit.span.start, unit.span.end
        pieces = [
            Span(start, end),
            Span(start, start + 4),
            Span(end - 4, end),
            Span(start, end + 9),
        ]
        found += [piece for piece in pieces if piece.end <= len(document.text)]
    return [check_span(document, piece) for piece in found]


def test_a_sheet_says_of_codings_of_every_shape_what_they_are(study: Study) -> None:
    document = odd_document(study)
    wrong = []
    for span, (why, strength, lenses, sure) in itertools.product(places(document), DETAILS):
        coding = Coding(
            id="k1",
            doc_id=document.id,
            span=span,
            quote=document.text[span.start : span.end],
            code_id="trust",
            coder="ad",
            strength=strength,
            lenses=lenses,
            confidence=sure,  # type: ignore[arg-type]
            evidence=why,
        )
        said = Given("trust", "neutral", strength, lenses or None, coding.confidence)
        said = replace(said, because=" ".join(why.split()))
        text = sheet_text(document, [coding], "ad")
        read = read_sheet(text, document, study.usable_codebook(), Path("s"), frozenset())
        if read != ((Line(span, said),), ()):
            wrong.append((coding, read))

    assert wrong == []


def test_an_untouched_sheet_of_codings_of_every_shape_changes_nothing(study: Study) -> None:
    document = odd_document(study)
    desk = Desk.of(study, "ad")
    codes = itertools.cycle(["trust", "new-faces", "away-days"])
    details = itertools.cycle(DETAILS)
    for span, _ in itertools.product(places(document), range(3)):
        why, strength, lenses, sure = next(details)
        given_one = Given(next(codes), None, strength, lenses, sure, why)  # type: ignore[arg-type]
        desk.code(document, span, given_one)
    desk.commit("code")
    before = bytes_of(study)
    done = apply_sheet(study, document, make_sheet(study, document, "ad"), "ad")

    assert len(study.codings("odd")) > 50
    assert done == Coded((), (), ())
    assert bytes_of(study) == before


def test_a_coding_of_a_lens_that_is_gone_stays_as_it_is(study: Study) -> None:
    run("code", "int-01", "away day", "trust", "--lens", "profession")
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(text.replace("  - {id: profession}\n", ""), "utf-8")
    document = study.document("int-01")
    before = bytes_of(study)
    apply_sheet(study, document, make_sheet(study, document, "ad"), "ad")

    assert bytes_of(study) == before


def test_a_reason_typed_behind_a_code_without_words_is_taken(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(study, monkeypatch, ("away day helped\n", "away day helped\n[away-days] // a note\n"))
    run("open", "int-01")
    (coding,) = study.codings("int-01")

    assert (coding.quote, coding.evidence) == ("away day helped", "a note")


def test_what_was_coded_meanwhile_stays(study: Study) -> None:
    document = study.document("int-01")
    path = make_sheet(study, document, "ad")
    run("code", "int-01", "someone different", "new-faces")
    text = path.read_text("utf-8")
    path.write_text(text.replace("away day helped\n", "away day helped\n[trust]\n"), "utf-8")
    apply_sheet(study, document, path, "ad")

    assert [code for _, code, _ in coded(study)] == ["new-faces", "trust"]


def test_codings_of_a_merged_code_stay_as_they_are(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(text.replace("    merged_into: trust\n", ""), "utf-8")
    run("code", "int-01", "away day", "old")
    study.paths.codebook.write_text(text, "utf-8")
    edited(study, monkeypatch, ("away day helped\n", "away day helped\n[trust]\n"))

    assert run("open", "int-01").status == 0
    assert [code for _, code, _ in coded(study)] == ["old", "trust"]


def test_a_sheet_of_an_earlier_text_is_told_and_kept(study: Study) -> None:
    document = study.document("int-01")
    path = make_sheet(study, document, "ad")
    path.write_text(path.read_text("utf-8").replace(document.text_hash[:12], "0" * 12), "utf-8")
    with pytest.raises(QualcodeError, match="Q411 the sheet was made for an earlier text"):
        apply_sheet(study, document, path, "ad")

    assert path.exists()


@pytest.mark.parametrize("editor", ["no-such-editor-at-all", f"'{sys.executable}' -c 'exit(3)'"])
def test_an_editor_that_fails_is_told_and_the_sheet_kept(
    study: Study, monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)

    assert "Q412 the editor " in run("open", "int-01").err
    assert sheet_of(study).exists()


def test_a_sheet_that_is_not_there_is_told(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' -c pass")

    assert "no such file" in run("open", "int-01", "--sheet", "nowhere.txt").err


WANTED = st.lists(
    st.tuples(
        st.integers(0, 180),
        st.integers(1, 40),
        st.sampled_from(["trust", "new-faces", "away-days"]),
        st.sampled_from(["obstacle", "mixed", None]),
        st.sampled_from(["", "why // not", "because"]),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(WANTED)
def test_the_sheet_gives_the_same_codings_as_the_command(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[int, int, str, str, str]]
) -> None:
    one, other = (a_study(tmp_path_factory.mktemp(name)) for name in ("one", "other"))
    document = one.document("int-01")
    desk = Desk.of(one, "ad")
    for start, length, code_id, valence, because in wanted:
        given_one = Given(code_id, valence, because=because)  # type: ignore[arg-type]
        text = document.text[start : start + length]
        if text.strip():
            left = len(text) - len(text.lstrip())
            desk.code(document, Span(start + left, start + len(text.rstrip())), given_one)
    desk.commit("code")
    path = make_sheet(other, document, "ad")
    path.write_text(sheet_text(document, one.codings("int-01"), "ad"), "utf-8")
    apply_sheet(other, document, path, "ad")

    assert without_time(other.codings("int-01")) == without_time(one.codings("int-01"))
