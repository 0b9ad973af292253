"""The barometer of a study: making the form, reading filled ones in, scoring them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode.analysis.barometer.scores import Grouped, group_forms, is_too_small
from qualcode.analysis.barometer.sheet import (
    ABOUT,
    COMMENT,
    STEPS,
    Form,
    Item,
    Sheet,
    answer_table,
    items_of,
    sheet_title,
)
from qualcode.analysis.barometer.tables import lens_table, profile, row_table
from qualcode.analysis.pair_styles import balance_lines
from qualcode.analysis.pair_tables import basis_notes
from qualcode.analysis.small_cells import LEAST_PEOPLE
from qualcode.core.codebook_changes import ID
from qualcode.core.hints import did_you_mean
from qualcode.core.model import Row
from qualcode.core.problems import P, Problem, ProblemKind, QualcodeError, problem
from qualcode.core.table import Cell, Table
from qualcode.plugins.charts.draw import draw
from qualcode.plugins.exporters.barometer_form import form_document, form_page
from qualcode.plugins.registry import load_exporter
from qualcode.project.deciding import a_decision
from qualcode.project.pair_table import roll_up_study
from qualcode.project.sheets import read_rows
from qualcode.project.study import Study
from qualcode.store.barometer_file import forms_data, forms_path, load_forms
from qualcode.store.transaction import Transaction

BYS = ("time", "site", "group")
FORM_ENDINGS = (".html", ".docx", ".csv", ".xlsx")
CHART_ENDINGS = (".svg", ".png")
_WHOLE = re.compile(r"(\d+)(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the forms besides the answers; "" is not known."""

    site: str = ""
    time: str = ""
    group: str = ""


def make_form(
    study: Study, ending: str, about: About, *, title: str = "", people: int = 20
) -> bytes:
    """The form to print (.html, .docx), or a sheet that takes the answers (.csv, .xlsx).

    Raises:
        QualcodeError: NO_ROWS_TO_ASK, UNKNOWN_ENDING, and what is wrong with the codebook.
    """
    codebook = study.usable_codebook()
    sheet = Sheet(sheet_title(codebook, title), _items(study), about.site, about.time)
    match ending.lower():
        case ".html" | ".htm":
            return form_page(sheet)
        case ".docx":
            return form_document(sheet)
        case ".csv":
            return load_exporter("csv")(answer_table(sheet, people))
        case ".xlsx":
            return load_exporter("excel")(answer_table(sheet, people))
        case _:
            raise QualcodeError(problem(P.UNKNOWN_ENDING, endings=", ".join(FORM_ENDINGS)))


def _items(study: Study) -> tuple[Item, ...]:
    items = items_of(study.usable_codebook())
    if not items:
        raise QualcodeError(problem(P.NO_ROWS_TO_ASK))
    return items


@dataclass(frozen=True, slots=True)
class ReadForms:
    """What came of reading sheets: forms new and replaced, empty rows, columns left out.

    `is_new` is False where the project held just these forms already.
    """

    taken: int = 0
    is_new: bool = True
    replaced: int = 0
    empty: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One sheet of answers as it is read."""

    path: Path
    items: Mapping[str, Item]
    about: About
    problems: list[Problem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    empty: int = 0

    def forms(self) -> Iterator[Form]:
        """A form for every row with an answer; what is wrong is noted by row."""
        head, *rows = read_rows(self.path, unusable=P.BAD_ANSWERS)
        columns = [self._column(cell.strip(), head) for cell in head.cells]
        if not any(isinstance(one, Item) for one in columns) and not self.problems:
            reason = 'no column is headed by the id of a pair, such as "p1"'
            raise QualcodeError(problem(P.BAD_ANSWERS, path=str(self.path), reason=reason))
        words = [cell.partition(":")[2].strip() for cell in head.cells]
        for row in rows:
            form = self._form(row, columns, words)
            if form.answers:
                yield form
            elif not form.comment:
                self.empty += 1

    def _column(self, cell: str, head: Row) -> Item | str:
        """The line that a column answers, else what it says of the person, else ""."""
        name, colon, words = cell.partition(":")
        plain = name.strip().casefold()
        if plain in self.items:
            return self.items[plain]
        if plain in (*ABOUT, COMMENT):
            return plain
        if colon and ID.fullmatch(plain) and words.strip().startswith("1 ="):
            hint = did_you_mean(plain, self.items)
            self._report(P.UNKNOWN_ROW, head, heading=cell[:40], row=plain, hint=hint)
        elif cell:
            self.left_out.append(cell)
        return ""

    def _form(self, row: Row, columns: Sequence[Item | str], words: Sequence[str]) -> Form:
        answers: dict[str, int] = {}
        worded: dict[str, str] = {}
        about: dict[str, str] = {}
        for cell, column, said in zip(row.cells, columns, words, strict=False):
            if isinstance(column, Item):
                step = self._step(cell.strip(), column, row)
                if step is not None:
                    answers[column.row] = step
                    worded[column.row] = said or column.wording
            elif column:
                about[column] = cell.strip()
        known = {name: getattr(self.about, name) for name in ("site", "time", "group")}
        return Form(
            id=f"{self.path.name}:{row.number}",
            answers=tuple(answers.items()),
            person=about.get("person", ""),
            **{name: about.get(name, "") or said for name, said in known.items()},
            comment=about.get(COMMENT, ""),
            worded=tuple(worded.items()),
            source=self.path.name,
        )

    def _step(self, cell: str, item: Item, row: Row) -> int | None:
        if not cell or cell in ("-", "?"):
            return None
        found = _WHOLE.fullmatch(cell)
        if found is None or int(found.group(1)) not in STEPS:
            self._report(P.BAD_ANSWER, row, found=cell, row=item.row)
            return None
        return int(found.group(1))

    def _report(self, kind: ProblemKind, where: Row, **values: object) -> None:
        found = problem(kind, path=str(self.path), line=where.number, column=None, **values)
        self.problems.append(found)


def read_forms(
    study: Study, paths: Sequence[Path], about: About, *, replaces: bool = False, because: str = ""
) -> ReadForms:
    """Takes in the filled rows of sheets of answers: all of them, or nothing.

    `about` fills in what a row does not say of itself. A sheet of a name that was read before
    is taken in again only with `replaces`, and then in place of what came from it.

    Raises:
        QualcodeError: NO_ROWS_TO_ASK, BAD_ANSWERS, BAD_ANSWER, UNKNOWN_ROW, READ_ALREADY,
            UNREADABLE_FILE, BAD_FORM.
    """
    items = {item.row.casefold(): item for item in _items(study)}
    change = Transaction(study.paths)
    change.read(forms_path(study.paths))
    held = list(load_forms(study.paths))
    readings = [_Reading(path, items, about) for path in paths]
    new: list[Form] = []
    for reading in readings:
        new.extend(reading.forms())
    problems = [found for reading in readings for found in reading.problems]
    problems += _read_before([path.name for path in paths], held, new, replaces=replaces)
    if problems:
        raise QualcodeError(*problems)
    names = {path.name for path in paths}
    same = {name for name in names if _of_sheet(name, held) == _of_sheet(name, new)}
    new = [form for form in new if form.source not in same]
    kept = [form for form in held if form.source not in names - same]
    change.write(forms_path(study.paths), forms_data([*kept, *new]))
    decision = a_decision(
        study.paths, "barometer read", target=", ".join(sorted(names)), because=because.strip()
    )
    done = change.commit(replace(decision, after=f"{len(new)} forms"))
    return ReadForms(
        len(new),
        done is not None,
        len(held) - len(kept),
        sum(reading.empty for reading in readings),
        tuple(dict.fromkeys(name for reading in readings for name in reading.left_out)),
    )


def _of_sheet(name: str, forms: Sequence[Form]) -> list[Form]:
    return [form for form in forms if form.source == name]


def _read_before(
    names: Sequence[str], held: Sequence[Form], new: Sequence[Form], *, replaces: bool
) -> list[Problem]:
    """A problem for every sheet whose name was met before, with other words in it."""
    found = []
    for name in dict.fromkeys(names):
        before, after = _of_sheet(name, held), _of_sheet(name, new)
        if names.count(name) > 1 or (before and before != after and not replaces):
            found.append(problem(P.READ_ALREADY, path=name))
    return found


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of the forms that were meant, by line and by lens, and what to draw."""

    items: tuple[Item, ...]
    grouped: Grouped
    notes: tuple[str, ...]
    evidence: tuple[tuple[str, Cell], ...] = ()

    @property
    def rows(self) -> Table:
        found = dict(self.evidence)
        return row_table(self.items, self.grouped, told=self.notes, evidence=found)

    @property
    def lenses(self) -> Table:
        return lens_table(self.items, self.grouped, told=self.notes)


def score_forms(study: Study, *, by: str = "", only: About | None = None) -> Scored:
    """The scores of all forms, or of one site, time or group; set apart `by` one of these.

    Raises:
        QualcodeError: UNKNOWN_WORD, NO_FORMS, TOO_FEW_PEOPLE, NO_ROWS_TO_ASK, BAD_FORM.
    """
    if by and by not in BYS:
        allowed, hint = ", ".join(BYS), did_you_mean(by, BYS)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--by", found=by, allowed=allowed, hint=hint)
        )
    wanted = only or About()
    everybody = load_forms(study.paths)
    forms = [
        form
        for form in everybody
        if all(getattr(wanted, key) in ("", form.about(key)) for key in BYS)
    ]
    if not forms:
        raise QualcodeError(problem(P.NO_FORMS))
    if is_too_small(forms, everybody):
        asked = ", ".join(word for key in BYS if (word := getattr(wanted, key)))
        raise QualcodeError(problem(P.TOO_FEW_PEOPLE, asked=asked, least=LEAST_PEOPLE))
    items = _items(study)
    return Scored(items, group_forms(forms, by), tuple(_remarks(items, forms)))


def with_evidence(study: Study, scored: Scored) -> Scored:
    """The scores with what the study itself found on each side of a row; errors as `gather`."""
    rollup = roll_up_study(study).rollup
    found = tuple((row.pair.id, balance_lines(row)) for row in rollup.rows)
    return replace(scored, evidence=found, notes=(*scored.notes, *basis_notes(rollup)))


def _remarks(items: Sequence[Item], forms: Sequence[Form]) -> Iterator[str]:
    """What to mind: lines that were worded otherwise, and answers to lines that went."""
    worded: dict[str, set[str]] = {item.row: {_plain(item.wording)} for item in items}
    gone: list[str] = []
    for form in forms:
        for row, words in form.worded:
            if row in worded:
                worded[row].add(_plain(words))
            elif row not in gone:
                gone.append(row)
    changed = [row for row, said in worded.items() if len(said) > 1]
    if changed:
        yield f"Worded otherwise in some forms, so compare with care: {', '.join(changed)}."
    if gone:
        yield f"Left out, answers to rows that are pairs no longer: {', '.join(gone)}."


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def draw_scores(scored: Scored, ending: str) -> bytes:
    """The profile as a drawing (.svg, .png).

    Raises:
        QualcodeError: UNKNOWN_ENDING.
    """
    chart = profile(scored.items, scored.grouped)
    match ending.lower():
        case ".svg":
            return draw(chart, "svg")
        case ".png":
            return draw(chart, "png")
        case _:
            raise QualcodeError(problem(P.UNKNOWN_ENDING, endings=", ".join(CHART_ENDINGS)))
