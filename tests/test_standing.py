from __future__ import annotations

from qualcode.analysis.standing import Standing, code_standings, count_uses, heard_codings
from qualcode.core.model import Codebook, Coding, Document, Passage, Span, Speaker, Unit
from tests.factory import a_code, a_codebook

TEXT = "What gets in the way? They never come. [angry]"
DOCUMENT = Document(
    "int-01",
    TEXT,
    "transcript",
    "emergent",
    "",
    "",
    "",
    "",
    speakers=(Speaker("I", "Interviewer", is_researcher=True), Speaker("P", "Ann")),
    units=(
        Unit(Span(0, 21), "turn", "turn 1", "I"),
        Unit(Span(22, 46), "turn", "turn 2", "P"),
    ),
    passages=(Passage(Span(0, 38), "verbatim"), Passage(Span(39, 46), "observer")),
)


def coding(start: int, end: int, **fields: str) -> Coding:
    own = {"id": f"k{start}", "valence": "obstacle", **fields}
    return Coding(
        doc_id="int-01",
        span=Span(start, end),
        quote=TEXT[start:end],
        code_id="silos",
        coder="ad",
        **own,  # type: ignore[arg-type]
    )


def standing(codebook: Codebook, *codings: Coding) -> Standing:
    kinds = {"int-01": (DOCUMENT.kind, DOCUMENT.role)}
    (found,) = code_standings(codebook, count_uses(codebook, codings, kinds))
    return found


def test_questions_and_the_observers_comments_are_not_what_somebody_says() -> None:
    given = (coding(0, 21), coding(22, 38), coding(39, 46))

    assert [one.id for one in heard_codings(DOCUMENT, given)] == ["k22"]


def test_a_code_of_one_direction_is_contested_by_a_coding_without_direction() -> None:
    codebook = a_codebook(a_code("silos", valence="obstacle"))
    denied = coding(28, 33, valence="neutral")

    assert not standing(codebook, coding(22, 38)).is_contested
    assert not standing(codebook, denied).is_contested
    assert standing(codebook, coding(22, 38), denied).is_contested


def test_a_code_of_either_direction_is_not_contested_by_a_coding_without_one() -> None:
    codebook = a_codebook(a_code("silos", valence="either"))

    assert not standing(codebook, coding(22, 38), coding(28, 33, valence="neutral")).is_contested
