"""The catalogue of problems: bad data is a value that says where, what and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One entry of the catalogue; numbers are never used twice.

    `wording` and `remedy` are filled in with the values at hand by `str.format`.
    """

    number: str
    severity: Severity
    wording: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the data: where it is, what it is, what to do about it.

    `path` is as the coder wrote it; `line` and `column` count from 1.
    """

    number: str
    severity: Severity
    message: str
    remedy: str
    path: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """One line: where, number, what is wrong, what to do.

        >>> print(problem(P.UNKNOWN_KEY, path="codebook.yaml", line=3, key="cue", hint=""))
        codebook.yaml:3: Q302 "cue" is not a key that is known here. Remove it or correct it.
        """
        places = [str(n) for n in (self.line, self.column) if n is not None]
        where = ":".join([self.path, *places] if self.path else places)
        prefix = f"{where}: " if where else ""
        return f"{prefix}{self.number} {self.message}. {self.remedy}"


class QualcodeError(Exception):
    """Raised only where a command cannot give a right answer; carries what is wrong."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(found) for found in problems))
        self.problems = problems

    @property
    def problem(self) -> Problem:
        """The first of the problems."""
        return self.problems[0]


class P:
    """The catalogue, by name. Q1 project, Q2 documents, Q3 codebook, Q6 tables, Q7 plugins."""

    NO_FOLDER = ProblemKind(
        "Q101", "error", "there is no folder here", "Check the spelling, or give another folder."
    )
    EMPTY_FOLDER = ProblemKind(
        "Q102",
        "error",
        "the folder holds no file that can be read",
        "Put notes, minutes or transcripts ({suffixes}) into it, or give another folder.",
    )
    OUT_NOT_OURS = ProblemKind(
        "Q103",
        "error",
        "the output folder already holds other files ({example})",
        "Give another folder with --out, or add --force to write beside them.",
    )
    OUT_UNWRITABLE = ProblemKind(
        "Q104",
        "error",
        "the output folder cannot be written ({reason})",
        "Give a folder with --out in which you may create files.",
    )
    OUT_IS_INPUT = ProblemKind(
        "Q105",
        "error",
        "the output folder is the folder of sources itself",
        "Give another folder with --out, so that sources and results stay apart.",
    )
    NOTHING_READ = ProblemKind(
        "Q106",
        "error",
        "not one of the {n} files here could be read",
        "Look at the problems listed above; nothing was written.",
    )
    CHANGED_MEANWHILE = ProblemKind(
        "Q108",
        "error",
        "the file was changed by somebody else while this command worked on it",
        "Nothing was written. Run the command again.",
    )
    FILE_EXISTS = ProblemKind(
        "Q109", "error", "the file exists already", "Give another name; nothing was overwritten."
    )

    NO_PROJECT = ProblemKind(
        "Q110",
        "error",
        "there is no project here or in any folder above",
        "Go into your project's folder, or make one with `qualcode init NAME`.",
    )
    NO_DOCUMENT = ProblemKind(
        "Q111",
        "error",
        'the project has no document "{document}"',
        "{hint}`qualcode documents` lists them.",
    )
    DAMAGED_DOCUMENT = ProblemKind(
        "Q112",
        "error",
        "what is known of the document cannot be read ({reason})",
        "Add its source again with `qualcode add`, or restore the file from a copy.",
    )
    TEXT_CHANGED = ProblemKind(
        "Q113",
        "error",
        "the frozen text was changed by hand",
        "Restore it from a copy, or change the source instead and add that again.",
    )

    PROJECT_BUSY = ProblemKind(
        "Q114",
        "error",
        "another command is writing this project",
        "Wait until it has ended, then run this one again.",
    )
    LOST_HISTORY = ProblemKind(
        "Q115",
        "error",
        "an earlier state of a file is no longer kept",
        "Restore the folder history/ from a copy.",
    )
    NOTHING_TO_UNDO = ProblemKind(
        "Q116", "note", "there is nothing to undo", "`qualcode log` lists what was done."
    )
    CHANGED_SINCE = ProblemKind(
        "Q117",
        "error",
        "the file was changed since the step that is to be undone",
        "Undo the later steps first, or restore the file by hand.",
    )

    EMPTY_FILE = ProblemKind(
        "Q201", "warning", "the file is empty", "Skipped. Remove it, or save it again with text."
    )
    BINARY_FILE = ProblemKind(
        "Q202",
        "warning",
        "the file is not text ({reason})",
        "Skipped. Save it as plain text, Markdown, WebVTT or CSV, then run again.",
    )
    NO_READER = ProblemKind(
        "Q203",
        "warning",
        'no reader is installed for "{suffix}" files',
        "Skipped. Save it as one of {suffixes}, then run again.",
    )
    UNREADABLE_FILE = ProblemKind(
        "Q204", "warning", "the file cannot be opened ({reason})", "Skipped. {todo}"
    )
    DOUBTFUL_ENCODING = ProblemKind(
        "Q205",
        "note",
        "the file is not UTF-8; it was read as {encoding}",
        "Look at its accents and quotation marks; if they are wrong, save it as UTF-8.",
    )
    BAD_ENCODING = ProblemKind(
        "Q206",
        "warning",
        "the bytes of the file fit no known encoding (first at byte {offset})",
        "Skipped. Save it as UTF-8, then run again.",
    )
    NO_TEXT = ProblemKind(
        "Q207",
        "warning",
        "nothing to code was found in the file ({reason})",
        "Skipped. Check that it holds the text that you expect.",
    )
    BAD_FRONT_MATTER = ProblemKind(
        "Q208",
        "warning",
        "the front matter says {what}",
        "It was passed over. {todo}",
    )
    BAD_CAPTIONS = ProblemKind(
        "Q209",
        "warning",
        "the captions break the format ({reason})",
        "{todo}",
    )
    RAGGED_ROWS = ProblemKind(
        "Q210",
        "warning",
        "{n} rows have more cells than the header",
        "The extra cells were passed over. Check the quoting of the file.",
    )
    SAME_TEXT = ProblemKind(
        "Q211",
        "warning",
        "the text is the same as that of {other}",
        "Both were read. Remove one of them if it is the same document.",
    )
    DOUBTFUL_CASE = ProblemKind(
        "Q212",
        "warning",
        '"{name}" may be {candidates}',
        "Nobody was credited. Add the name to `aliases` of the right case in cases.yaml.",
    )
    UNKNOWN_DOCUMENT = ProblemKind(
        "Q213",
        "warning",
        'case "{case}" names document "{document}", which is not in the folder',
        "{hint}Correct the name under `documents`.",
    )

    BROKEN_FILE = ProblemKind(
        "Q220",
        "warning",
        "the file is broken or is not what its name says ({reason})",
        "Skipped. Open it in the program that made it, save it again, then run again.",
    )
    TOO_BIG = ProblemKind(
        "Q221",
        "warning",
        "the file is too big to be read safely ({reason})",
        "Skipped. Split it, or save its words as plain text.",
    )
    UNSAFE_FILE = ProblemKind(
        "Q222",
        "warning",
        "the file holds {what}, as no ordinary document does",
        "Skipped. If you trust it, open it and save its words as plain text.",
    )
    LOCKED_FILE = ProblemKind(
        "Q223",
        "warning",
        "the file is locked with a password",
        "Skipped. Save a copy without the password, then run again.",
    )
    NO_TEXT_LAYER = ProblemKind(
        "Q224",
        "warning",
        "the PDF holds pictures of its {n} pages but no text",
        "Skipped. Run text recognition (OCR) over it, then run again.",
    )
    PAGES_WITHOUT_TEXT = ProblemKind(
        "Q225",
        "warning",
        "{n} pages hold no text that can be read (first: page {first})",
        "They were passed over. If they are scans, run text recognition (OCR) over the file.",
    )
    OTHER_SHEETS = ProblemKind(
        "Q226",
        "note",
        'only the sheet "{name}" was read, not {others}',
        "Save the other sheets as files of their own if they are to be coded too.",
    )
    NOT_A_TRANSCRIPT = ProblemKind(
        "Q227",
        "warning",
        "the JSON is not a transcript ({reason})",
        'Skipped. A transcript has "segments", each with "start", "end" and "text".',
    )
    REPEATED_TEXT = ProblemKind(
        "Q228",
        "warning",
        '"{text}" comes {n} times in a row{at}',
        "It was kept. Listen to the recording there: speech recognition invents such repeats.",
    )
    OPEN_QUOTE = ProblemKind(
        "Q229",
        "warning",
        "a quotation mark that opens a cell here is never closed",
        "All that follows was read as one cell. Close the quotation mark, then run again.",
    )
    BAD_SEGMENTS = ProblemKind(
        "Q230",
        "warning",
        "{n} segments of the transcript cannot be read (first: segment {first}, {reason})",
        "They were passed over. Export the transcript again.",
    )
    FORMULAS_WITHOUT_VALUES = ProblemKind(
        "Q231",
        "warning",
        "{n} cells hold a formula whose result was never saved (first: {first})",
        "They were read as empty. Open the file in Excel, save it, then run again.",
    )

    NOBODY_NAMED = ProblemKind(
        "Q240",
        "note",
        "no speaker is named in this transcript",
        "Its words are credited to nobody. Write the names before the turns (INT: and R: will do).",
    )
    WHO_ASKS = ProblemKind(
        "Q241",
        "note",
        "which of the speakers asks the questions cannot be told ({names})",
        "All were taken for participants. Write `researcher: NAME` into the front matter, or call"
        " that speaker Interviewer.",
    )
    REPEATED_CAPTION = ProblemKind(
        "Q242",
        "warning",
        'the same words stand in {n} captions in a row ("{words}")',
        "Kept as they are. A machine may have heard them in a silence; listen to the recording.",
    )
    MISSPELT_SPEAKER = ProblemKind(
        "Q243",
        "note",
        'the speaker "{written}" was read as "{read}"',
        "Correct the spelling in the file, if that is another person.",
    )

    TWO_DATES = ProblemKind(
        "Q255",
        "note",
        "the minutes say {said}, the name of the file says {filed}",
        "The date in the text was taken. Correct whichever is wrong.",
    )
    NO_FREE_ANSWERS = ProblemKind(
        "Q256",
        "warning",
        "no column of the sheet holds answers in the respondents' own words",
        "There is nothing to code in it. Check that the free answers were exported.",
    )

    BAD_METADATA = ProblemKind(
        "Q215",
        "error",
        "the metadata sheet cannot be used ({reason})",
        "Give a CSV or Excel sheet whose first row heads the columns: file, kind, role, date, ...",
    )
    UNKNOWN_COLUMN = ProblemKind(
        "Q216",
        "warning",
        'the column "{column_name}" of the metadata sheet is not known',
        "{hint}It was passed over; attributes of people belong into cases.yaml.",
    )
    USELESS_CORRECTION = ProblemKind(
        "Q214",
        "warning",
        "a correction names {what}, which the document does not have",
        "{hint}`qualcode show` lists what it has; correct or remove the line.",
    )

    BAD_YAML = ProblemKind(
        "Q301", "error", "the YAML is broken: {reason}", "Correct the line; see `docs/codebook.md`."
    )
    UNKNOWN_KEY = ProblemKind(
        "Q302", "error", '"{key}" is not a key that is known here', "{hint}Remove it or correct it."
    )
    WRONG_TYPE = ProblemKind(
        "Q303", "error", '"{key}" must be {expected}, but is {found}', "Correct the value."
    )
    UNKNOWN_PARENT = ProblemKind(
        "Q304",
        "error",
        'code "{code}" has parent "{parent}", which is not in the codebook',
        "{hint}Add that code or correct the parent.",
    )
    DUPLICATE_ID = ProblemKind(
        "Q305",
        "error",
        'the {what} id "{id}" is used twice (first at line {first})',
        "Give one of them another id.",
    )
    UNKNOWN_CODE = ProblemKind(
        "Q306",
        "error",
        '{owner} names code "{code}", which is not in the codebook',
        "{hint}Add that code or correct the name.",
    )
    BAD_CUE = ProblemKind("Q307", "error", 'the cue "{cue}" cannot be read: {reason}', "{todo}")
    UNKNOWN_LENS = ProblemKind(
        "Q308",
        "error",
        '{owner} names lens "{lens}", which is not in the codebook',
        "{hint}Add it under `lenses` or correct the name.",
    )
    PARENT_CIRCLE = ProblemKind(
        "Q309",
        "error",
        'code "{code}" is its own ancestor ({trail})',
        "Remove one of these parents.",
    )
    MISSING_KEY = ProblemKind(
        "Q310", "error", '{owner} has no "{key}"', "Add it; `docs/codebook.md` shows the form."
    )
    NO_CODEBOOK = ProblemKind(
        "Q311",
        "error",
        "there is no codebook here",
        "Give the path of a YAML file, or the name of one that ships: {shipped}.",
    )
    BAD_ID = ProblemKind(
        "Q312",
        "error",
        '"{id}" cannot be an id',
        'Use lower-case letters, digits and hyphens, such as "{example}".',
    )
    EMPTY_PAIR = ProblemKind(
        "Q313",
        "error",
        'pair "{pair}" has neither an obstacle nor a catalyst',
        "Name at least one code on one side.",
    )
    WRONG_SIDE = ProblemKind(
        "Q314",
        "warning",
        'pair "{pair}" has code "{code}" as {side}, but its valence is {valence}',
        "Correct the pair or the valence of the code.",
    )
    NO_DEFINITION = ProblemKind(
        "Q315",
        "note",
        'code "{code}" has no definition',
        "Write one, so that another person would code the same way.",
    )
    NEWER_FORMAT = ProblemKind(
        "Q316",
        "error",
        "the file has format {found}; this qualcode reads format {known}",
        "Install a newer qualcode.",
    )
    UNKNOWN_WORD = ProblemKind(
        "Q317",
        "error",
        '"{key}" is "{found}", but must be one of {allowed}',
        "{hint}Correct the value.",
    )
    NO_CUES = ProblemKind(
        "Q318",
        "error",
        "no code of the codebook has a cue, so nothing can be suggested",
        "Write cues (`docs/cues.md`), or start from a codebook that ships: {shipped}.",
    )

    BAD_CODING = ProblemKind(
        "Q401",
        "error",
        "this line is no coding ({reason})",
        "Correct the line, or restore the file from a copy.",
    )
    NOT_PLACED = ProblemKind(
        "Q402",
        "warning",
        'the coding "{code}" on "{quote}" has no place in the new text',
        "It is kept in {file}. Code the passage again where it belongs.",
    )

    PLUGIN_FAILED = ProblemKind(
        "Q701",
        "warning",
        'the {group} "{name}" failed ({reason})',
        "Skipped. Report this to whoever made that plugin.",
    )
    NO_PLUGIN = ProblemKind("Q702", "error", 'no {group} is called "{name}"', "Use one of {known}.")

    OWN_BUG = ProblemKind(
        "Q901",
        "error",
        "qualcode itself failed ({reason})",
        "Your files are as they were. Please report it, with the command that you ran.",
    )


def problem(
    kind: ProblemKind,
    *,
    path: str = "",
    line: int | None = None,
    column: int | None = None,
    **values: object,
) -> Problem:
    """The problem of that kind, worded with these values."""
    return Problem(
        number=kind.number,
        severity=kind.severity,
        message=kind.wording.format(**values),
        remedy=kind.remedy.format(**values),
        path=path,
        line=line,
        column=column,
    )


def catalogue() -> tuple[tuple[str, ProblemKind], ...]:
    """Every kind of problem with its name, in the order of the numbers."""
    found = [(name, kind) for name, kind in vars(P).items() if isinstance(kind, ProblemKind)]
    return tuple(sorted(found, key=lambda item: item[1].number))
