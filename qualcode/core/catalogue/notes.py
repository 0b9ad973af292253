"""Protocol, memos, search and the check of a whole project: Q130 to Q155."""

from __future__ import annotations

from qualcode.core.catalogue.kind import ProblemKind


class NotesProblems:
    """Protocol, memos, search and the check of a whole project: Q130 to Q155."""

    BAD_QUERY = ProblemKind(
        "Q130", "error", "the query stops making sense here: {reason}", "{todo}"
    )
    BAD_MEMO = ProblemKind(
        "Q131",
        "warning",
        "the memo cannot be read ({reason})",
        "Correct its front matter; `docs/memos.md` shows the form.",
    )
    UNKNOWN_ABOUT = ProblemKind(
        "Q132",
        "error",
        'the project has nothing called "{about}"',
        "{hint}Name a code, document, coding, pair or case by its id, or write `study`.",
    )
    SEVERAL_ABOUT = ProblemKind(
        "Q133", "error", '"{about}" is the id of several things', "Say which: {choices}."
    )
    NO_MEMO = ProblemKind(
        "Q134",
        "error",
        'there is no memo "{memo}"',
        "{hint}`qualcode memo list` lists them.",
    )
    EMPTY_MEMO = ProblemKind(
        "Q135", "error", "the memo has no words", "Nothing was kept. Write what you want to keep."
    )
    NO_ITEM = ProblemKind(
        "Q136",
        "error",
        'the protocol asks nothing called "{item}" of {document}',
        "{hint}`qualcode protocol show` lists the items and the kinds that they are asked of.",
    )
    ITEM_EXISTS = ProblemKind(
        "Q137",
        "error",
        'the protocol has an item "{item}" already',
        "Give the new item another id, or reword the question in protocol.yaml.",
    )
    NOT_OPEN = ProblemKind(
        "Q138",
        "error",
        'the memo "{memo}" is not an open question',
        "`qualcode memo list --open` lists those that are.",
    )
    SOURCE_LOST = ProblemKind(
        "Q139",
        "warning",
        'the original of "{document}" is missing',
        "Put it back from a copy, or add it again with `qualcode add`.",
    )
    SOURCE_CHANGED = ProblemKind(
        "Q140",
        "warning",
        'the kept original of "{document}" is not the file that was taken in',
        "Put it back from a copy; to take in a changed one, use `qualcode add`.",
    )
    OUTSIDE_TEXT = ProblemKind(
        "Q141",
        "error",
        "{what} stands at {start}-{end}, outside a text of {length} characters or out of order",
        "Add the source again with `qualcode add`, or restore the file from a copy.",
    )
    QUOTE_DIFFERS = ProblemKind(
        "Q142",
        "error",
        'the quote "{quote}" is not what {document} says at {start}-{end}',
        "{todo}",
    )
    BAD_JOURNAL = ProblemKind(
        "Q143",
        "error",
        "this line of the journal cannot be read ({reason})",
        "Restore the line from a copy; without it the steps behind it cannot be undone.",
    )
    INTERRUPTED = ProblemKind(
        "Q144",
        "warning",
        "a command was interrupted and left {what} behind",
        "Take it back with `qualcode check --repair`.",
    )
    BROKEN_CACHE = ProblemKind(
        "Q145",
        "note",
        "the search index is damaged or out of date",
        "It is made again by the next `qualcode search`; nothing is lost.",
    )
    NO_OWNER = ProblemKind(
        "Q146",
        "warning",
        "the file belongs to no document of the project",
        "Give it the name of its document, or put it away if it is not needed.",
    )
    UNKNOWN_CASE = ProblemKind(
        "Q147",
        "note",
        '{owner} names case "{case}", which is not in cases.yaml',
        "{hint}Add that case to cases.yaml or correct the name.",
    )
    NO_EDITOR = ProblemKind(
        "Q148",
        "error",
        "no editor could be opened ({reason})",
        "Set EDITOR to the editor that you use, or give the words on the command line.",
    )
    BAD_FILTER = ProblemKind(
        "Q149", "error", '{option} cannot be "{found}"', "{hint}Write it like {example}."
    )
    NOT_CHECKED = ProblemKind(
        "Q150",
        "note",
        "{what} not checked, as this file cannot be read",
        "Correct what is wrong with it, and check again.",
    )
    UNKNOWN_FILTER = ProblemKind(
        "Q151", "error", '{option} cannot be "{found}"', "{hint}Use one of {known}."
    )
    NOT_TOGETHER = ProblemKind(
        "Q152", "error", "{one} and {other} cannot be asked for together", "{todo}"
    )
    NO_FOLDER_THERE = ProblemKind(
        "Q153",
        "error",
        'there is no folder "{folder}" to write the file into',
        "Nothing was written. Make the folder first, or correct its name.",
    )
    INSIDE_PROJECT = ProblemKind(
        "Q154",
        "error",
        "the new project would stand inside another one, {outer}",
        "Nothing was made. Choose a folder elsewhere, or say --force.",
    )
