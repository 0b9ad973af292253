from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualcode.core.codebook import find_faults
from qualcode.core.cues import CueError
from qualcode.core.model import Codebook, Span
from qualcode.core.patterns import Condition, parse_pattern
from qualcode.core.problems import QualcodeError
from tests.factory import a_bullet, a_code, a_document
from tests.small_pipeline import make_pipeline

pytestmark = pytest.mark.spacy


def test_a_pattern_is_a_row_of_tokens_with_conditions() -> None:
    first, second = parse_pattern("[LEMMA=send|post] [LOWER!=Me IS_ALPHA=yes]?").tokens

    assert first.conditions == (Condition("LEMMA", "IN", ("send", "post")),)
    assert second.conditions == (
        Condition("LOWER", "NOT_IN", ("me",)),
        Condition("IS_ALPHA", "", True),
    )
    assert second.often == "?"


@pytest.mark.parametrize(
    ("text", "offset", "reason"),
    [
        ("[LEMMA=send] someone", 13, "this is no token of a pattern"),
        ("[LEMA=send]", 1, 'a token has no "LEMA"'),
        ("[LEMMA]", 1, '"LEMMA" is not KEY=value'),
        ("[IS_ALPHA=maybe]", 10, "IS_ALPHA is yes or no"),
        ("[LENGTH=long]", 8, "LENGTH is a number"),
        ("[TEXT=(]", 1, 'a token has no "TEXT"'),
        ("[LOWER=/(/]", 7, "the expression cannot be read (missing ), unterminated subpattern"),
        ("[LOWER=a]?", 0, "every token of it is optional"),
        ("[] [LOWER=a]*", 0, "it would match every word"),
        ("[LOWER=a LOWER=b]", 9, "LOWER is said twice of one token"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_where_and_why(
    text: str, offset: int, reason: str
) -> None:
    with pytest.raises(CueError) as caught:
        parse_pattern(text)

    assert caught.value.offset == offset
    assert caught.value.reason.startswith(reason)


def test_every_pattern_of_the_page_on_cues_can_be_read() -> None:
    page = Path(__file__).parents[1] / "docs" / "cues.md"
    shown = re.findall(r"^\| `'(\[.*?)'` \|", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert [len(parse_pattern(cue.replace("\\|", "|")).tokens) for cue in shown] == [
        *(3, 2, 2, 1, 2, 2)
    ]


def test_a_wrong_pattern_is_a_fault_of_the_codebook() -> None:
    code = a_code("new-faces", cues=("[LEMA=send]",))

    found = [str(one) for one in find_faults(Codebook("N", codes=(code,))) if "LEMA" in str(one)]

    assert len(found) == 1
    assert 'Did you mean "LEMMA"?' in found[0]


def suggested(text: str, cue: str, pipeline: str = "") -> list[tuple[str, str]]:
    from qualcode.plugins.suggesters.cues import suggester

    code = a_code("new-faces", valence="obstacle", cues=(cue,))
    document = a_document(a_bullet(text))
    from qualcode.analysis.segment import segment_document

    segments = list(segment_document(document, split=lambda words: [Span(0, len(words))]))
    suggest = suggester.with_pipeline(pipeline)(Codebook("N", codes=(code,)))
    return [(s.valence, s.why) for s in suggest(document, segments)]


@pytest.mark.parametrize(
    ("cue", "text", "words"),
    [
        (
            "[LEMMA=send] []? [LOWER=someone|somebody]",
            "They sent us someone new",
            "sent us someone",
        ),
        ("[LIKE_NUM=yes] [LEMMA=delegate]", "that makes 14 delegates", "14 delegates"),
        ("[IS_UPPER=yes LENGTH=4] [LOWER=form]", "the NSPB form", "NSPB form"),
        ("[LOWER=/re-?organi[sz].*/]", "we were reorganised twice", "reorganised"),
    ],
)
def test_a_pattern_finds_its_tokens_without_a_trained_pipeline(
    cue: str, text: str, words: str
) -> None:
    assert suggested(text, cue) == [("obstacle", f'matches "{words}"')]


def test_a_pattern_can_be_denied_as_any_cue() -> None:
    assert suggested("they never sent us someone new", "[LEMMA=send] []? [LOWER=someone]") == [
        ("neutral", 'matches "sent us someone"; denied by "never"')
    ]


def test_a_pattern_that_needs_training_finds_nothing_without_it() -> None:
    assert suggested("They sent us", "[LEMMA=send] [POS=PRON]") == []


def test_a_pattern_that_needs_training_is_noted_once() -> None:
    from qualcode.plugins.pipeline import pattern_notes

    patterns = [parse_pattern("[POS=PRON]"), parse_pattern("[ENT_TYPE=ORG] [POS=VERB]")]

    assert [str(one) for one in pattern_notes(patterns, "en", "")] == [
        "Q550 2 token patterns of the codebook ask for POS, ENT_TYPE, which only a trained "
        "pipeline knows, and find nothing. Install a spaCy pipeline and name it as pipeline: in "
        "qualcode.yaml (docs/cues.md)."
    ]
    assert pattern_notes([parse_pattern("[LEMMA=send]")], "en", "") == ()


@pytest.fixture(scope="module")
def small_pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_pipeline(tmp_path_factory.mktemp("pipeline"))


@pytest.mark.parametrize(
    ("cue", "text", "words"),
    [
        ("[LEMMA=send] [POS=PRON]", "They sent us papers", "sent us"),
        ("[ENT_TYPE=ORG]+ [LEMMA=refuse]", "Housing First refused", "Housing First refused"),
    ],
)
def test_a_trained_pipeline_gives_what_patterns_ask_for(
    small_pipeline: str, cue: str, text: str, words: str
) -> None:
    assert suggested(text, cue, small_pipeline) == [("obstacle", f'matches "{words}"')]


def test_a_trained_pipeline_sees_denials_that_stand_far_away(small_pipeline: str) -> None:
    text = "silos, so often found in towns such as ours, were by all accounts never known here"

    assert suggested(text, "silo*") == [("obstacle", 'matches "silos"')]
    assert suggested(text, "silo*", small_pipeline) == [
        ("neutral", 'matches "silos"; denied by "never"')
    ]


def test_what_a_pipeline_does_not_give_is_noted(small_pipeline: str) -> None:
    from qualcode.plugins.pipeline import pattern_notes

    notes = pattern_notes([parse_pattern("[TAG=NN]")], "en", small_pipeline)

    assert [one.number for one in notes] == ["Q553"]


def test_a_pipeline_that_is_not_installed_is_told() -> None:
    with pytest.raises(QualcodeError, match="Q551"):
        suggested("They sent us", "silo*", "no_such_pipeline")


def test_a_folder_that_holds_no_pipeline_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp", encoding="utf-8")
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")

    with pytest.raises(QualcodeError, match="Q552"):
        suggested("They sent us", "silo*", str(tmp_path))
