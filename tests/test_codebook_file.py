from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.problems import QualcodeError
from qualcode.project.shipped import shipped_codebooks
from qualcode.store.codebook_file import read_codebook
from tests.factory import write

HEAD = "format: 1\nname: Test\nlenses:\n  - {id: profession, name: Profession}\n"
CODE = "codes:\n  - id: silos\n    name: Silos\n    definition: Apart.\n    valence: obstacle\n"


def problems_of(tmp_path: Path, text: str) -> list[str]:
    path = write(tmp_path, "codebook.yaml", text)
    return [str(found).removeprefix(f"{path}:") for found in read_codebook(path).problems]


def test_a_codebook_is_read_whole(tmp_path: Path) -> None:
    text = (
        HEAD + CODE + "    cues: [silo*, not our (job|remit), no, 1984]\n    lenses: [profession]\n"
        "  - {id: trust, name: Trust, definition: T., valence: catalyst}\n"
        "pairs:\n  - {id: p1, obstacle: silos, catalysts: [trust], lenses: [profession], "
        "condition: early on}\n"
    )
    checked = read_codebook(write(tmp_path, "codebook.yaml", text))
    codebook = checked.codebook

    assert checked.problems == ()
    assert codebook.codes[0].cues == ("silo*", "not our (job|remit)", "no", "1984")
    assert codebook.pairs[0].obstacle is not None
    assert codebook.pairs[0].obstacle.says == "Silos"
    assert [pole.code_ids for pole in codebook.pairs[0].catalysts] == [("trust",)]
    assert codebook.pairs[0].condition == "early on"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            HEAD + CODE + "    cue: [silo*]\n",
            '10:5: Q302 "cue" is not a key that is known here. '
            'Did you mean "cues"? Remove it or correct it.',
        ),
        (
            HEAD + CODE + "    parent: barrier\n",
            '10:13: Q304 code "silos" has parent "barrier", which is not in the codebook. '
            "Add that code or correct the parent.",
        ),
        (
            HEAD + CODE + "  - {id: silos, name: Again, definition: A.}\n",
            '10:10: Q305 the code id "silos" is used twice (first at line 6). '
            "Give one of them another id.",
        ),
        (
            HEAD + CODE + "pairs:\n  - {id: p1, obstacle: silo, catalysts: []}\n",
            '11:24: Q306 pair "p1" names code "silo", which is not in the codebook. '
            'Did you mean "silos"? Add that code or correct the name.',
        ),
        (
            HEAD + CODE + "    cues: [silo*, 'not our (job|remit']\n",
            '10:28: Q307 the cue "not our (job|remit" cannot be read: this "(" is never closed. '
            'Add ")".',
        ),
        (
            HEAD + CODE + "    lenses: [proffession]\n",
            '10:14: Q308 code "silos" names lens "proffession", which is not in the codebook. '
            'Did you mean "profession"? Add it under `lenses` or correct the name.',
        ),
        (
            HEAD + CODE + "    parent: silos\n",
            '10:13: Q309 code "silos" is its own ancestor (silos → silos). '
            "Remove one of these parents.",
        ),
        (
            "name: Test\ncodes: []\n",
            '1:1: Q310 the codebook has no "format". Add it; `docs/codebook.md` shows the form.',
        ),
        (
            HEAD + "codes:\n  - {id: My Code, name: N, definition: D.}\n",
            '6:10: Q312 "My Code" cannot be an id. '
            'Use lower-case letters, digits and hyphens, such as "my-code".',
        ),
        (
            HEAD + CODE + "pairs:\n  - {id: p1, obstacle: null, catalysts: []}\n",
            '11:5: Q313 pair "p1" has neither an obstacle nor a catalyst. '
            "Name at least one code on one side.",
        ),
        (
            HEAD + CODE + "pairs:\n  - {id: p1, obstacle: null, catalysts: [silos]}\n",
            '11:42: Q314 pair "p1" has code "silos" as catalyst, but its valence is obstacle. '
            "Correct the pair or the valence of the code.",
        ),
        (
            HEAD + "codes:\n  - {id: silos, name: Silos}\n",
            '6:5: Q315 code "silos" has no definition. '
            "Write one, so that another person would code the same way.",
        ),
        (
            HEAD + "codes:\n  - {id: silos, definition: D., valence: bad}\n",
            '6:42: Q317 "valence" is "bad", but must be one of obstacle, catalyst, either. '
            "Correct the value.",
        ),
        (
            HEAD + CODE + "  - {id: turf, name: T, definition: T., merged_into: silos}\n"
            "pairs:\n  - {id: p1, obstacle: silos}\n  - {id: p2, obstacle: turf}\n",
            '13:5: Q321 pair "p2" names "turf", which was merged into "silos", '
            "and that stands elsewhere. "
            "The same codings count in both places: change or remove one of them.",
        ),
        (
            HEAD + CODE + "    merged_into: nowhere\n",
            '10:18: Q306 code "silos" names code "nowhere", which is not in the codebook. '
            "Add that code or correct the name.",
        ),
        (
            HEAD + CODE + "    retired: too broad\n"
            "pairs:\n  - {id: p1, obstacle: silos, catalysts: []}\n",
            '12:24: Q320 pair "p1" names code "silos", which was retired or split. '
            "Name the code that is used now; a merged one is followed by itself.",
        ),
        (
            HEAD + CODE + "pairs:\n  - {id: p1, number: 1, obstacle: silos}\n"
            "  - {id: p2, number: 1, obstacle: silos}\n",
            '12:22: Q319 pair "p2" has number 1, as another pair has. '
            "Give one of them another number.",
        ),
        (
            HEAD + CODE + "pairs:\n  - {id: p1, obstacle: {says: x, codes: []}}\n",
            '11:5: Q313 pair "p1" has neither an obstacle nor a catalyst. '
            "Name at least one code on one side.",
        ),
        (
            HEAD + "codes: silos\n",
            '5:8: Q303 "codes" must be a list of entries, but is "silos". Correct the value.',
        ),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert problems_of(tmp_path, text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "format: 1\nname: [a\n",
            "3:1: Q301 the YAML is broken: did not find expected ',' or ']'. "
            "Correct the line; see `docs/codebook.md`.",
        ),
        (
            "format: 1\nname: a: b\n",
            '2:8: Q301 the YAML is broken: a ":" stands where none is expected; '
            "put the text in quotation marks. Correct the line; see `docs/codebook.md`.",
        ),
        (
            "format: 1\ncues: [*ship]\n",
            '2:8: Q301 the YAML is broken: a word begins with "*"; '
            "put it in quotation marks. Correct the line; see `docs/codebook.md`.",
        ),
        (
            "format: 1\nname: a\nname: b\n",
            '3:1: Q301 the YAML is broken: "name" is given twice (first at line 2). '
            "Correct the line; see `docs/codebook.md`.",
        ),
        (
            "format: 9\nname: a\ncodes: []\n",
            "1: Q316 the file has format 9; this qualcode reads format 1. "
            "Install a newer qualcode.",
        ),
        (
            b"format: 1\nname: caf\xe9\n",
            " Q301 the YAML is broken: byte 19 is not UTF-8. "
            "Correct the line; see `docs/codebook.md`.",
        ),
    ],
)
def test_a_file_of_which_nothing_can_be_made_is_refused(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    path = write(tmp_path, "codebook.yaml", text)
    with pytest.raises(QualcodeError) as raised:
        read_codebook(path)

    assert str(raised.value).removeprefix(f"{path}:") == expected


def test_aliases_that_unfold_without_end_are_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(QualcodeError, match="unfold without end"):
        read_codebook(write(tmp_path, "codebook.yaml", bomb))


@pytest.mark.parametrize("name", ["blank", "collaboration", "partnership-factors"])
def test_a_starter_codebook_has_no_problem(name: str) -> None:
    assert read_codebook(shipped_codebooks()[name]).problems == ()


def test_the_collaboration_codebook_holds_the_eight_pairs() -> None:
    pairs = read_codebook(shipped_codebooks()["collaboration"]).codebook.pairs

    assert [len(pair.catalysts) for pair in pairs] == [1, 1, 1, 1, 3, 1, 2, 1]
    assert [pair.lenses for pair in pairs] == [
        ("individual",),
        ("individual",),
        ("individual",),
        ("individual", "profession"),
        ("profession",),
        ("organisation", "profession"),
        ("organisation",),
        ("organisation",),
    ]


def test_the_partnership_factors_are_half_rows() -> None:
    pairs = read_codebook(shipped_codebooks()["partnership-factors"]).codebook.pairs

    assert [(pair.obstacle, len(pair.catalysts)) for pair in pairs] == [(None, 1)] * 12


@pytest.mark.parametrize("name", ["collaboration", "partnership-factors"])
def test_every_starter_code_is_complete(name: str) -> None:
    codes = read_codebook(shipped_codebooks()[name]).codebook.codes
    thin = [
        code.id
        for code in codes
        if not code.include or not code.exclude or len(code.examples) != 2 or len(code.cues) < 8
    ]

    assert thin == []
