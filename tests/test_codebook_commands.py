from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from qualcode.project.shipped import shipped_codebooks
from tests.conftest import Qualcode
from tests.factory import write

SCHEMA = Path(__file__).parents[1] / "docs" / "codebook.schema.json"


def test_check_says_that_all_is_well(qualcode: Qualcode) -> None:
    outcome = qualcode("codebook", "check", "collaboration")

    assert outcome.status == 0
    assert outcome.err == ""
    assert outcome.out.startswith("Collaboration in safeguarding boards: 19 codes, ")
    assert outcome.out.endswith(" cues, 8 pairs, 3 lenses; 0 problems.\n")


def test_check_names_every_problem_and_its_place(tmp_path: Path, qualcode: Qualcode) -> None:
    write(tmp_path, "my.yaml", "format: 1\nname: N\ncodes:\n  - {id: a, nam: A, cues: ['(x']}\n")
    outcome = qualcode("codebook", "check", "my.yaml")

    assert outcome.status == 1
    assert [line[:17] for line in outcome.err.splitlines()] == [
        "my.yaml:4:5: Q315",
        "my.yaml:4:13: Q30",
        "my.yaml:4:29: Q30",
    ]


def test_check_as_json(tmp_path: Path, qualcode: Qualcode) -> None:
    write(tmp_path, "my.yaml", "format: 1\nname: N\ncodes:\n  - {id: a, name: A}\n")
    problems = json.loads(qualcode("codebook", "check", "my.yaml", "--json").out)["problems"]

    assert [(p["number"], p["line"]) for p in problems] == [("Q315", 4)]


def test_the_starter_codebooks_are_listed(qualcode: Qualcode) -> None:
    names = [line.split(":")[0] for line in qualcode("codebook", "list").out.splitlines()]

    assert names == ["blank", "collaboration", "partnership-factors"]


def test_a_codebook_is_shown_as_a_document(qualcode: Qualcode) -> None:
    text = qualcode("codebook", "show", "collaboration").out

    assert text.startswith("# Collaboration in safeguarding boards\n")
    assert "### Professional silos\n" in text


def test_a_starter_codebook_is_copied_once(tmp_path: Path, qualcode: Qualcode) -> None:
    first = qualcode("codebook", "copy", "blank", "my.yaml")
    second = qualcode("codebook", "copy", "blank", "my.yaml")

    assert (tmp_path / "my.yaml").read_bytes() == shipped_codebooks()["blank"].read_bytes()
    assert first.status == 0
    assert second.status == 2
    assert "my.yaml: Q109 the file exists already." in second.err


@pytest.mark.parametrize("name", ["blank", "collaboration", "partnership-factors"])
def test_a_starter_codebook_fits_the_schema(name: str) -> None:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.validate(yaml.safe_load(shipped_codebooks()[name].read_text("utf-8")), schema)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"format": 1, "name": "N", "codes": [], "cues": []}, schema)


def test_pairs_of_a_study_fit_the_schema() -> None:
    schema = json.loads(SCHEMA.with_name("pairs.schema.json").read_text("utf-8"))
    pair = {"id": "p1", "obstacle": None, "catalysts": ["a", {"says": "B", "codes": ["b"]}]}
    jsonschema.validate({"format": 1, "pairs": [pair]}, schema)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"format": 1, "pairs": [{**pair, "says": "b"}]}, schema)
