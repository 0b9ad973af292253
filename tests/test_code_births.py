from __future__ import annotations

from qualcode.project.code_births import Birth, code_births
from qualcode.project.study import Study, open_study
from tests.coding_study import run, study
from tests.command import run_qualcode

__all__ = ["study"]


def births(made: Study) -> dict[str, Birth]:
    again = open_study(made.paths.root)
    codings = [one for doc_id in again.document_ids() for one in again.codings(doc_id)]
    return code_births(again, again.usable_codebook(), codings)


def test_codes_before_any_coding_were_brought(study: Study) -> None:
    assert births(study)["trust"].how == "brought"


def test_of_codes_in_the_file_while_coding_began_nobody_can_tell(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")

    assert births(study)["trust"].how == "unknown"


def test_codes_of_a_version_that_is_older_than_the_first_coding_were_brought(
    study: Study,
) -> None:
    run_qualcode("codebook", "rename", "trust", "Reliance")
    run("code", "int-01", "away day helped", "away-days")

    assert births(study)["trust"].how == "brought"


def test_a_code_in_vivo_arose_in_the_document_that_it_was_found_in(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")
    run("code", "int-02", "as ever", "--in-vivo")
    found = births(study)["as-ever"]

    assert (found.how, found.doc_id) == ("arose", "int-02")


def test_the_parts_of_a_split_arose(study: Study) -> None:
    run("code", "int-01", "no trust in the", "trust", "--valence", "obstacle")
    run_qualcode("codebook", "split", "trust", "--into", "Trust up,Trust down", "--because", "x")
    run("code", "int-02", "there's trust", "trust-up", "--valence", "catalyst")
    found = births(study)["trust-up"]

    assert (found.how, found.doc_id) == ("arose", "int-02")


def test_of_a_code_written_in_by_hand_later_nobody_can_tell(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")
    path = study.paths.codebook
    code = "codes:\n  - {id: late, name: Late, definition: Late.}"
    path.write_text(path.read_text("utf-8").replace("codes:", code), "utf-8")
    run("code", "int-02", "as ever", "--in-vivo")

    assert births(study)["late"].how == "unknown"
    assert births(study)["as-ever"].how == "arose"


def test_a_code_taken_over_from_a_shipped_codebook_was_brought(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")
    run_qualcode("codebook", "import", "collaboration")

    assert births(study)["professional-silos"].how == "brought"
