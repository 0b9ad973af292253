from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.core.model import Span
from qualcode.core.problems import QualcodeError
from qualcode.project.coding import Desk, Given
from qualcode.project.deciding import undo
from qualcode.project.study import Study
from qualcode.store.coding_files import load_codings
from tests.coding_study import a_study, bytes_of, coded, journal, run, study, without_time

__all__ = ["study"]


def test_a_code_is_put_on_quoted_words_with_what_the_code_says_of_itself(study: Study) -> None:
    outcome = run("code", "int-01", "someone different each time", "new-faces")
    (coding,) = study.codings("int-01")

    assert outcome.status == 0
    assert "Coded int-01 " in outcome.out
    assert (coding.quote, coding.valence, coding.lenses) == (
        "someone different each time",
        "obstacle",
        ("individual",),
    )
    assert (coding.coder, coding.origin, coding.meaning) == ("ad", "manual", "96b304")


def test_everything_a_person_says_of_a_coding_is_kept(study: Study) -> None:
    run(
        *("code", "int-01", "away day helped", "away-days", "--valence", "mixed"),
        *("--strength", "-1", "--lens", "profession", "--lens", "individual"),
        *("--confidence", "likely", "--because", "she smiled", "--coder", "B F"),
    )
    (coding,) = study.codings("int-01")

    assert (coding.valence, coding.strength, coding.lenses, coding.confidence) == (
        "mixed",
        -1,
        ("profession", "individual"),
        "likely",
    )
    assert (coding.evidence, coding.coder) == ("she smiled", "b-f")
    assert journal(study)[-1]["because"] == "she smiled"


def test_several_codes_and_nested_spans_stand_side_by_side(study: Study) -> None:
    run("code", "int-01", "they send someone different", "new-faces", "trust")
    run("code", "int-01", "someone different each time", "new-faces")
    run("code", "int-01", "someone", "new-faces")

    assert coded(study) == [
        ("they send someone different", "new-faces", "obstacle"),
        ("they send someone different", "trust", "neutral"),
        ("someone", "new-faces", "obstacle"),
        ("someone different each time", "new-faces", "obstacle"),
    ]


def test_the_same_coding_twice_is_one_and_says_so(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")
    before = bytes_of(study)
    again = run("code", "int-01", "away day helped", "away-days")

    assert again.status == 0
    assert "Q408 ad has coded int-01 " in again.err
    assert bytes_of(study) == before
    assert [line["action"] for line in journal(study)].count("code") == 1


def test_saying_something_else_of_a_coding_changes_it(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")
    outcome = run("code", "int-01", "away day helped", "away-days", "--valence", "neutral")

    assert outcome.out.startswith("Changed int-01 ")
    assert coded(study) == [("away day helped", "away-days", "neutral")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("away day helped", "away-day"), 'Q406 code "away-day" is not in the codebook. Did you'),
        (("away day helped", "old"), 'Q407 code "old" is no longer given: it was merged. Use "tr'),
        (("away day helped", "gone"), "it was retired (too thin). Use another code"),
        (("away day helped", "parted"), "it was split. Use one of trust, away-days."),
        (("away day helped", "trust", "--valence", "bad"), 'Q317 "valence" is "bad", but must be'),
        (("away day helped", "trust", "--strength", "9"), 'Q317 "strength" is "9", but must be'),
        (("away day helped", "trust", "--confidence", "x"), 'Q317 "confidence" is "x", but must'),
        (("away day helped", "trust", "--lens", "indivdual"), 'Q308 the coding names lens "indi'),
        (("no such words here", "trust"), "Q403"),
    ],
)
def test_what_cannot_be_coded_is_told_and_changes_nothing(
    study: Study, arguments: tuple[str, ...], message: str
) -> None:
    outcome = run("code", "int-01", *arguments)

    assert message in outcome.err
    assert outcome.status == 1
    assert coded(study) == []


def test_without_a_code_the_command_says_what_is_missing(study: Study) -> None:
    outcome = run("code", "int-01", "away day helped")

    assert (outcome.status, outcome.err) == (
        2,
        "Name a code, or make one from the words with --in-vivo.\n",
    )


def test_the_name_of_a_code_will_do(study: Study) -> None:
    run("code", "int-01", "away day helped", "Away Days")

    assert coded(study) == [("away day helped", "away-days", "catalyst")]


def test_a_name_of_two_codes_is_told_with_the_id_of_each(study: Study) -> None:
    second = "  - {id: trust-in-us, name: Trust, definition: Trust in us.}\npairs: []"
    text = study.paths.codebook.read_text("utf-8").replace("pairs: []", second)
    study.paths.codebook.write_text(text, "utf-8")

    outcome = run("code", "int-01", "away day helped", "Trust")

    assert outcome.err == (
        'Q571 the name "Trust" stands for several codes: trust, trust-in-us. '
        "Give the id of the one that is meant.\n"
    )
    assert (outcome.status, coded(study)) == (1, [])


def test_of_two_codes_of_a_name_the_one_that_still_stands_is_meant(study: Study) -> None:
    second = "  - {id: old-days, name: Old, definition: The old days.}\npairs: []"
    text = study.paths.codebook.read_text("utf-8").replace("pairs: []", second)
    study.paths.codebook.write_text(text, "utf-8")

    run("code", "int-01", "away day helped", "Old")

    assert coded(study) == [("away day helped", "old-days", "neutral")]


def test_in_vivo_makes_the_code_and_the_coding_in_one_step(study: Study) -> None:
    before = bytes_of(study)
    outcome = run(
        "code", "int-01", "no trust in the other side", "--in-vivo", "--valence", "obstacle"
    )
    code = study.usable_codebook().codes[-1]
    text = study.paths.codebook.read_text("utf-8")

    assert outcome.status == 0
    assert (code.id, code.name, code.in_vivo) == (
        "no-trust-in-the-other-side",
        "no trust in the other side",
        True,
    )
    assert coded(study) == [(code.name, code.id, "obstacle")]
    assert "- id: away-days  # the last one" in text
    undo(study.paths)
    assert bytes_of(study) == before


def test_the_same_words_elsewhere_get_the_same_in_vivo_code(study: Study) -> None:
    run("code", "int-01", "trust", "--in-vivo")
    run("code", "int-02", "trust", "--in-vivo")

    assert [code_id for _, code_id, _ in coded(study) + coded(study, "int-02")] == [
        "trust-2",
        "trust-2",
    ]


def test_a_coding_is_taken_off_by_its_id_or_its_place(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days", "trust")
    run("code", "int-01", "someone different", "new-faces")
    ids = {c.code_id: c.id for c in study.codings("int-01")}
    by_id = run("uncode", "int-01", ids["away-days"])
    by_place = run("uncode", "int-01", "--at", "away day helped", "--code", "trust")

    assert by_id.out.endswith(f'away-days, catalyst: "away day helped" [{ids["away-days"]}]\n')
    assert by_place.out.endswith(f'trust, neutral: "away day helped" [{ids["trust"]}]\n')
    assert coded(study) == [("someone different", "new-faces", "obstacle")]


def test_taking_off_what_is_not_there_is_told(study: Study) -> None:
    outcome = run("uncode", "int-01", "k000")

    assert outcome.err.startswith('Q409 ad has no coding "k000" in int-01.')
    assert run("uncode", "int-01").status == 2


def test_codings_are_listed_and_filtered(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")
    run("code", "int-02", "trust", "trust", "--coder", "bf")
    everything = run("codings", "--plain").out

    assert "away day helped" in everything
    assert "2 codings." in everything
    assert "1 coding." in run("codings", "int-02", "--plain").out
    assert "away day" not in run("codings", "--coder", "BF", "--plain").out
    assert "away day" in run("codings", "--case", "P01", "--plain").out
    assert "0 codings." in run("codings", "--code", "new-faces", "--plain").out
    assert "0 codings." in run("codings", "--kind", "minutes", "--plain").out
    assert '"unit": "bullet 2.1"' in run("codings", "int-01", "--json").out


def test_a_change_meanwhile_is_refused(study: Study) -> None:
    document = study.document("int-01")
    late = Desk.of(study)
    late.code(document, Span(0, 5), Given("trust"))
    run("code", "int-01", "away day helped", "away-days")
    with pytest.raises(QualcodeError, match="Q108"):
        late.commit("code")

    assert coded(study) == [("away day helped", "away-days", "catalyst")]


def test_words_of_the_head_are_coded_with_a_note(study: Study) -> None:
    outcome = run("code", "int-01", "0-5", "trust")

    assert (outcome.status, coded(study)) == (0, [("INT01", "trust", "neutral")])
    assert outcome.err.startswith('Q416 "INT01" stands in the head of int-01')
    assert run("code", "int-01", "away day helped", "away-days").err == ""


SPANS = st.tuples(st.integers(0, 120), st.integers(1, 30))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(SPANS, st.sampled_from(["trust", "new-faces"])), max_size=6))
def test_whatever_is_coded_every_quote_is_its_span_and_undo_restores_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[tuple[int, int], str]]
) -> None:
    study = a_study(tmp_path_factory.mktemp("any"))
    document = study.document("int-01")
    seen = [bytes_of(study)]
    for (start, length), code_id in wanted:
        desk = Desk.of(study, "ad")
        desk.code(document, Span(start, start + length), Given(code_id))
        if desk.commit("code") is not None:
            seen.append(bytes_of(study))
    codings, problems = load_codings(study.paths, "int-01")

    assert problems == ()
    assert [c.quote for c in codings] == [document.text[c.span.start : c.span.end] for c in codings]
    assert len({c.id for c in codings}) == len(codings)
    for before in reversed(seen[:-1]):
        undo(study.paths)
        assert bytes_of(study) == before


def test_two_coders_give_the_same_study_in_either_order(tmp_path: Path) -> None:
    def coded_by(folder: str, coders: tuple[str, str]) -> Study:
        study = a_study(tmp_path / folder)
        document = study.document("int-01")
        for coder in coders:
            desk = Desk.of(study, coder)
            desk.code(document, Span(5, 20), Given("trust"))
            desk.commit("code")
        return study

    one, other = coded_by("one", ("ad", "bf")), coded_by("other", ("bf", "ad"))

    assert without_time(one.codings("int-01")) == without_time(other.codings("int-01"))
    assert len(one.codings("int-01")) == 2
