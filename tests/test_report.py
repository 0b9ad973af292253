from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import lxml.html

from qualcode.analysis.pages.values import Report
from qualcode.project.memos import add_memo
from qualcode.project.pair_table import view_pairs
from qualcode.project.report import export_charts, gather_report, make_report
from qualcode.project.study import Study, open_study
from qualcode.project.tables import Ask, view_codes_table
from tests.coding_study import run
from tests.command import run_qualcode
from tests.report_study import coded_study, page, page_without_charts, report

__all__ = ["coded_study", "page", "report"]


def parsed(page: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(page)


def withhold(study: Study, word: str) -> Study:
    """The study in which P01 said "no" or "ask" to being quoted."""
    text = study.paths.cases.read_text("utf-8")
    told = text.replace("documents:", f"attributes: {{quote: {word}}}, documents:")
    study.paths.cases.write_text(told, "utf-8")
    return open_study(study.paths.root)


def test_equal_studies_give_equal_bytes(coded_study: Study) -> None:
    first = page_without_charts(coded_study)
    second = page_without_charts(open_study(coded_study.paths.root))

    assert first == second


def test_the_page_asks_the_network_for_nothing(page: str) -> None:
    addresses = set(re.findall(r"https?://[\w./]+", page))

    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "default-src 'none'" in page
    assert "@import" not in page
    assert not parsed(page).xpath("//link | //img | //script[@src] | //iframe")


def test_the_page_has_landmarks_a_skip_link_and_ordered_headings(page: str) -> None:
    tree = parsed(page)
    levels = [int(one.tag[1]) for one in tree.xpath("//h1 | //h2 | //h3 | //h4")]

    assert [len(tree.xpath(f"//{tag}")) for tag in ("header", "nav", "main", "footer", "h1")] == [
        1
    ] * 5
    assert tree.xpath("//body/*")[0].get("href") == "#main"
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_id_is_there_once_and_every_link_leads_somewhere(page: str) -> None:
    tree = parsed(page)
    ids = tree.xpath("//@id")
    targets = [link[1:] for link in tree.xpath("//a/@href")]

    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert len(targets) > 15


def test_every_chart_has_words_and_numbers_beside_it(page: str) -> None:
    figures = parsed(page).xpath("//figure")

    assert len(figures) == 5
    for figure in figures:
        (drawing,) = figure.xpath(".//*[local-name()='svg']")
        assert drawing.get("role") == "img"
        assert len(drawing.get("aria-label")) > 40
        assert figure.xpath(".//table//td")


def test_the_page_says_what_the_tables_say(coded_study: Study) -> None:
    tree = parsed(page_without_charts(coded_study))
    table = view_pairs(coded_study, "full")
    shown = [
        [[line.text_content() for line in cell] for cell in row.xpath("./tr[1]/td")]
        for row in tree.xpath("//table[contains(@class, 'pairs')]/tbody")
    ]
    keys = [column.key for column in table.columns]
    kept = [at for at, key in enumerate(keys) if key != "exemplar"]

    assert shown == [[list(row[at]) for at in kept] for row in table.rows]
    codes = view_codes_table(coded_study, Ask()).rows
    facts = tree.xpath("//article[@id='code-new-faces']/p[1]")[0].text_content()
    assert codes[0][2][0] == "2 of 2"
    assert "documents 2 of 2; participants 2 of 2; 2 segments" in facts


def test_a_row_opens_to_quotations_in_their_sentence(page: str) -> None:
    tree = parsed(page)
    (details,) = tree.xpath("//tbody[@id='row-p1']//details")
    shown = [" ".join(one.text_content().split()) for one in details.xpath(".//li/span[1]")]

    assert details.xpath("./summary")[0].text_content() == "Row 1: quotations"
    assert "Condition: Early on." in details.text_content()
    assert shown == [
        "someone different came, as ever",
        "they send someone different each time",
        "away day helped",
    ]
    assert details.xpath(".//li/span/a/@href") == ["#int-02-1", "#int-01-1", "#int-01-3"]


def test_a_code_shows_its_definition_memo_surprise_and_typical_case(page: str) -> None:
    text = parsed(page).xpath("//article[@id='code-new-faces']")[0].text_content()

    for words in ("People change.", "They come and go.", "Nobody <stays>.", "most typical"):
        assert words in text


def test_words_of_the_study_never_become_markup(page: str) -> None:
    assert "<stays>" not in page


def test_text_is_marked_by_more_than_colour(page: str) -> None:
    tree = parsed(page)
    (document,) = tree.xpath("//details[@id='doc-int-02']")
    notes = [" ".join(one.text_content().split()) for one in document.xpath(".//ul/li")]

    assert [one.text for one in document.xpath(".//mark")] == ["someone different came"]
    assert notes == ["1 − obstacle: New faces ad", "2 ○ neutral: Trust ad"]
    assert document.xpath(".//a[@id='int-02-1']/@aria-label") == ["coding 1: obstacle, New faces"]


def test_a_paragraph_stands_in_the_page_once(page: str) -> None:
    assert page.count("says 'we start again'".replace("'", "&#39;")) == 1


def test_names_of_speakers_are_not_printed(page: str) -> None:
    assert "Ann Nurse" not in page


def test_whoever_is_not_to_be_quoted_is_held_back(coded_study: Study) -> None:
    page = page_without_charts(withhold(coded_study, "no"))

    assert "each time" not in page
    assert "away day helped" not in page
    assert "1 held back: not to be quoted" in page
    assert "of somebody who is not to be quoted]" in page
    assert "someone different came" in page


def test_whoever_must_be_asked_is_marked(coded_study: Study) -> None:
    page = page_without_charts(withhold(coded_study, "ask"))

    assert "ask before printing" in page
    assert "away day helped" in page


def test_the_page_says_which_codebook_and_content_it_shows(coded_study: Study) -> None:
    facts = dict(gather_report(coded_study).facts)
    add_memo(coded_study, "study", "More.")
    later = dict(gather_report(coded_study).facts)

    assert facts["Codebook"] == "Mine, version 1"
    assert facts["Coders"] == "ad"
    assert re.fullmatch("[0-9a-f]{16}", facts["Content"])
    assert facts["Content"] != later["Content"]


def test_a_reflexive_study_shows_no_saturation(coded_study: Study) -> None:
    was = [chart.name for chart in gather_report(coded_study).charts]
    settings = coded_study.paths.settings
    settings.write_text(settings.read_text("utf-8").replace("method: eca", "method: reflexive"))
    report = gather_report(open_study(coded_study.paths.root))

    assert "saturation" in was
    assert "saturation" not in [chart.name for chart in report.charts]
    assert [words.split(":")[0] for words in report.left_out] == ["agreement", "saturation"]


def test_a_report_of_suggestions_says_draft(coded_study: Study) -> None:
    tree = parsed(page_without_charts(coded_study, draft=True))

    assert tree.xpath("//p[@class='draft']") == []
    for path in coded_study.paths.all_codings():
        path.unlink()
    tree = parsed(page_without_charts(coded_study, draft=True))
    assert tree.xpath("//p[@class='draft']")[0].text_content().startswith("DRAFT: ")


def test_the_word_report_has_tables_quotations_and_figures(report: Report) -> None:
    report = replace(report, charts=report.charts[:1])
    data = make_report(report, "docx")
    document = docx.Document(io.BytesIO(data))
    text = "\n".join(one.text for one in document.paragraphs)

    assert data == make_report(report, "docx")
    assert len(document.tables) == 6
    assert len(document.inline_shapes) == 1
    assert "descr=" in document.element.xml
    assert "“" not in text
    assert "they send someone different each time (Participant; interview notes; as noted" in text


def test_every_chart_is_written_as_svg_and_png(report: Report, tmp_path: Path) -> None:
    one = replace(report, charts=report.charts[:1])
    written = export_charts(one, tmp_path / "charts")

    assert len(written) == 2
    assert (tmp_path / "charts/continuum.svg").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "charts/continuum.png").read_bytes().startswith(b"\x89PNG")


def test_the_command_writes_a_page_and_overwrites_nothing(coded_study: Study) -> None:
    first = run_qualcode("report")
    again = run_qualcode("report")
    forced = run_qualcode("report", "--force")

    assert (first.status, first.out) == (0, "Wrote report.html.\n")
    assert "Q603" in again.err
    assert forced.status == 0


def test_an_unknown_format_is_named(coded_study: Study) -> None:
    assert "Q317" in run_qualcode("report", "--format", "pdf").err


def test_without_a_coding_one_sentence_says_what_to_do(coded_study: Study) -> None:
    for path in coded_study.paths.all_codings():
        path.unlink()
    told = run_qualcode("report")

    assert told.status == 1
    assert "nothing is coded yet" in told.err
    assert not Path("report.html").exists()


def test_a_chart_that_exists_stops_everything(coded_study: Study) -> None:
    Path("charts").mkdir()
    Path("charts/together.png").write_text("mine")
    told = run_qualcode("report", "--charts", "charts")

    assert "Q603" in told.err
    assert not Path("report.html").exists()


def test_the_numbers_follow_the_codings(coded_study: Study) -> None:
    run("code", "int-02", "trust among the nurses", "trust", "--valence", "catalyst")

    assert "participants 2 of 2; 3 segments" in page_without_charts(coded_study)


def test_a_broken_memo_is_named_and_not_passed_over(coded_study: Study) -> None:
    path = next((coded_study.paths.root / "memos").glob("*.md"))
    path.write_text("---\nabout: [\n---\nWords.\n", "utf-8")
    told = run_qualcode("report")

    assert told.status == 1
    assert path.name in told.err


def test_quotation_marks_stand_around_own_words_only(coded_study: Study) -> None:
    words = "we start again"
    at = coded_study.document("int-01").text.index(words)
    run("code", "int-01", f"{at}-{at + len(words)}", "new-faces")
    page = page_without_charts(coded_study)

    assert "“we start again”" in page
    assert "“someone different" not in page


def test_words_in_another_language_say_so(report: Report) -> None:
    page = make_report(replace(report, charts=(), language="de"), "html").decode()

    assert '<div class="text" lang="de">' in page
    assert '<html lang="en-GB">' in page
