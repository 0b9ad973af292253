from __future__ import annotations

import io

import docx

from qualcode.project.scaffold import make_scaffold
from qualcode.project.study import Study
from tests.command import run_qualcode
from tests.report_study import coded_study

__all__ = ["coded_study"]


def test_the_scaffold_has_heading_claim_lead_in_and_credited_quotation(coded_study: Study) -> None:
    text = make_scaffold(coded_study, each=1).decode()
    begin, end = text.index("## Away days"), text.index("## Trust")

    assert text[begin:end] == (
        "## Away days\n\n"
        "[claim to be written]\n\n"
        "<!-- documents 1 of 2; participants 1 of 2; 1 segment; "
        "first seen 2025-03-14, int-01 -->\n\n"
        "As noted of a participant:\n\n"
        "> away day helped (Participant; interview notes; as noted) "
        "[int-01, bullet 2.1, line 10]\n\n"
    )


def test_a_code_without_evidence_has_no_section(coded_study: Study) -> None:
    path, text = coded_study.paths.codebook, make_scaffold(coded_study).decode()
    silence = "  - {id: silence, name: Silence, definition: None said.}\n"
    path.write_text(path.read_text("utf-8").replace("codes:\n", f"codes:\n{silence}"), "utf-8")

    assert "Silence" not in make_scaffold(coded_study).decode()
    assert text.count("\n## ") == 3


def test_the_word_scaffold_says_the_same(coded_study: Study) -> None:
    text = make_scaffold(coded_study).decode()
    document = docx.Document(io.BytesIO(make_scaffold(coded_study, format="docx")))
    said = [one.text for one in document.paragraphs]

    assert said.count("[claim to be written]") == text.count("[claim to be written]") == 3
    assert any(
        one.startswith("away day helped (Participant; interview notes; as noted") for one in said
    )


def test_the_command_prints_markdown_and_no_word_file(coded_study: Study) -> None:
    assert run_qualcode("report", "scaffold").out.startswith("# Findings: Why?")
    assert "Q602" in run_qualcode("report", "scaffold", "--format", "docx").err
    assert "Q317" in run_qualcode("report", "scaffold", "--format", "csv").err
