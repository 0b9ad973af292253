"""Projects and documents: Q1 and Q2."""

from __future__ import annotations

from qualcode.core.catalogue.kind import ProblemKind


class SourceProblems:
    """Projects and documents: Q1 and Q2."""

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
    WOULD_REPLACE = ProblemKind(
        "Q118",
        "error",
        "a run would replace this file, which was changed since or is not from a run",
        "Move it away or give another folder with --out; nothing was written.",
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
        "Skipped. Save it as text, Word, PDF, captions or a sheet, then run again.",
    )
    UNREADABLE_FILE = ProblemKind(
        "Q204", "warning", "the file cannot be opened ({reason})", "{todo}"
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
    UNCLEAR_CONSENT = ProblemKind(
        "Q257",
        "error",
        'case "{case}" has `{key}: {found}`, which does not say whether this person may be quoted',
        "Until you write yes, no or ask, nothing that they say is printed.",
    )
    UNKNOWN_DOCUMENT = ProblemKind(
        "Q213",
        "note",
        'case "{case}" names document "{document}", which is not in the folder',
        "{hint}Correct the name under `documents`.",
    )
    CASE_IS_THERE = ProblemKind(
        "Q219",
        "warning",
        'case "{case}" is there already',
        "It stays as it is; change it in cases.yaml if the other is right.",
    )
    BAD_FACT = ProblemKind(
        "Q218",
        "error",
        '{key} "{value}" is not {expected}',
        "{hint}Nothing was changed.",
    )
    SAME_NAME = ProblemKind(
        "Q217",
        "note",
        "another document has this name already; this one was added as {name}",
        "If it is that document edited, undo and add it with --replaces.",
    )
    USELESS_CORRECTION = ProblemKind(
        "Q214",
        "warning",
        "a correction names {what}, which the document does not have",
        "{hint}`qualcode show` lists what it has; correct or remove the line.",
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
        "Their words are credited to nobody. Export them again with the names of the speakers; if"
        ' they are no talk, say what they are with `--kind "interview notes"`, or of each in a'
        " sheet `metadata.csv` with the columns `file` and `kind`.",
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
    UNKNOWN_KIND = ProblemKind(
        "Q244",
        "warning",
        "its kind could not be recognised, so it is read as context and not counted",
        "Write `kind: interview notes` (or what it is) into its front matter or a metadata sheet,"
        " or `kind: other` if context is right.",
        'Say it of all with `--kind "field notes"` (or what they are; `--kind other` if context is'
        " right), or of each in a sheet `metadata.csv` with the columns `file` and `kind`.",
    )
    KIND_IN_PROJECT = ProblemKind(
        "Q245",
        "error",
        "a project knows the kind of each of its documents, so --kind is for a folder alone",
        'Correct one with `qualcode correct DOCUMENT --kind "{said}"`, or add the files again with'
        ' `qualcode add FILES --kind "{said}"`.',
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
