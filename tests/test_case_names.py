from __future__ import annotations

import pytest

from qualcode.project.case_names import suggest_cases
from qualcode.project.settings import load_settings
from qualcode.project.study import Study, open_study
from tests.coding_study import study as study  # a fixture
from tests.command import run_qualcode
from tests.small_pipeline import make_pipeline

pytestmark = pytest.mark.spacy

SAID = "\n- Ruth Bell rang and Housing First did too\n- then Housing First again\n"


def with_pipeline(study: Study) -> Study:
    """The study with a pipeline in its own folder, and two names in one document."""
    make_pipeline(study.paths.root / "small")
    settings = study.paths.settings
    settings.write_text(settings.read_text("utf-8") + "pipeline: small\n", "utf-8")
    source = study.paths.root.parent / "int-03.md"
    source.write_text(f"INT03  Nurse, tier 1    16/3/2025\n\n1. What helps\n{SAID}", "utf-8")
    assert run_qualcode("add", source, "--plain").status == 0
    return open_study(study.paths.root)


def test_a_pipeline_in_the_project_is_found_by_its_folder(study: Study) -> None:
    made = with_pipeline(study)

    assert load_settings(made.paths).pipeline == str(made.paths.root / "small")


def test_names_that_are_no_case_are_listed_most_mentioned_first(study: Study) -> None:
    table = suggest_cases(with_pipeline(study))

    assert table.rows == (
        (("Housing First",), ("organisation",), ("2",), ("int-03",)),
        (("Ruth Bell",), ("person",), ("1",), ("int-03",)),
    )


def test_a_name_that_a_case_has_is_left_out(study: Study) -> None:
    made = with_pipeline(study)
    made.paths.cases.write_text(
        "format: 1\ncases:\n  - {id: P09, name: Ms Ruth Bell}\n", encoding="utf-8"
    )

    assert [row[0] for row in suggest_cases(made).rows] == [("Housing First",)]


def test_the_command_needs_a_pipeline_and_says_so(study: Study) -> None:
    done = run_qualcode("cases", "--suggest", "--plain")

    assert done.status == 1
    assert done.err.startswith(
        "Q555 names are found by a trained spaCy pipeline, and qualcode.yaml names none."
    )


def test_the_command_prints_the_names(study: Study) -> None:
    with_pipeline(study)

    done = run_qualcode("cases", "--suggest", "--plain")

    assert done.status == 0
    assert "Housing First" in done.out
    assert "misses some names" in done.out
