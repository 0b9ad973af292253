"""Work on the material: codings Q4, review Q5, tables Q6, plugins Q7, our bugs Q9."""

from __future__ import annotations

from qualcode.core.catalogue.kind import ProblemKind


class WorkProblems:
    """Work on the material: codings Q4, review Q5, tables Q6, plugins Q7, our bugs Q9."""

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
    NO_PLACE = ProblemKind(
        "Q403",
        "error",
        '"{where}" does not stand in {document}',
        "{hint}Copy the words as they stand, or give a span (120-180), a line (line 12) or a unit"
        " (`qualcode show {document}` lists them).",
    )
    SEVERAL_PLACES = ProblemKind(
        "Q404",
        "error",
        '"{where}" stands {n} times in {document}: {units}',
        "Choose with --in UNIT, quote more words, or give the span.",
    )
    SPAN_OUTSIDE = ProblemKind(
        "Q405",
        "error",
        "the span {start}-{end} holds no words of {document}, whose text is 0-{length}",
        "Give a start below the end, both inside the text.",
    )
    NOT_IN_CODEBOOK = ProblemKind(
        "Q406",
        "error",
        'code "{code}" is not in the codebook',
        "{hint}Correct it, add it to the codebook, or make it from the words with --in-vivo.",
    )
    CODE_NOT_GIVEN = ProblemKind(
        "Q407",
        "error",
        'code "{code}" is no longer given: it was {why}',
        "{todo}",
    )
    ALREADY_CODED = ProblemKind(
        "Q408",
        "note",
        '{coder} has coded {document} {start}-{end} as "{code}" already',
        "Nothing was changed there.",
    )
    NO_SUCH_CODING = ProblemKind(
        "Q409",
        "error",
        '{coder} has no coding "{what}" in {document}',
        "`qualcode codings {document}` lists them with their ids.",
    )
    BAD_SHEET_LINE = ProblemKind(
        "Q410",
        "error",
        "this line of the sheet cannot be used: {reason}",
        "Nothing was changed. Correct it with `qualcode open {document} --sheet {file}`.",
    )
    OLD_SHEET = ProblemKind(
        "Q411",
        "error",
        "the sheet was made for an earlier text of {document}",
        "Nothing was changed. Move the sheet away, open the document again and copy your lines.",
    )
    EDITOR_FAILED = ProblemKind(
        "Q412",
        "error",
        'the editor "{editor}" did not end well ({reason})',
        "Set EDITOR to a program that waits until you close the file, then run"
        " `qualcode open {document}` again; the sheet is kept in {file}.",
    )
    BAD_TABLE = ProblemKind(
        "Q413",
        "error",
        "the table cannot be used: {reason}",
        "It needs a heading row; `docs/coding.md` lists the columns.",
    )
    BAD_TABLE_ROW = ProblemKind(
        "Q414",
        "warning",
        "this row was left out: {reason}",
        "Correct the row and import the table again; what is there already stays as it is.",
    )
    OTHER_QUOTE = ProblemKind(
        "Q415",
        "error",
        '{document} {start}-{end} says "{found}", not "{quote}"',
        "Correct the span or the words.",
    )
    IN_HEADER = ProblemKind(
        "Q416",
        "note",
        '"{words}" stands in the head of {document}, which says who, when and where',
        "It was coded all the same; take it off if you meant what is said further down.",
    )
    JOURNAL_LOST = ProblemKind(
        "Q417",
        "warning",
        "the journal is missing or empty, though the project holds {work}",
        "Restore it from a copy; without it nothing done before can be undone or explained.",
    )
    SAME_RESPONDENT = ProblemKind(
        "Q418",
        "warning",
        'respondent "{respondent}" stands in {n} rows ({rows}), which count as different people',
        "Give each respondent an id of their own, or join the rows, and add the file again.",
    )
    OTHER_WORDS = ProblemKind(
        "Q419",
        "warning",
        'the coding {coding} of "{code}" stood on "{before}", which is now "{now}"',
        "Read it again: `qualcode stale` lists it, `qualcode review --stale` asks about it.",
    )
    BAD_REVIEW = ProblemKind(
        "Q501",
        "error",
        "this line is no verdict of a review ({reason})",
        "Correct the line, or restore the file from a copy.",
    )
    NOT_LAST_STEP = ProblemKind(
        "Q502",
        "note",
        "the last step of the study is not one of this review ({action} of {coder})",
        "Nothing was taken back. Leave the review and use `qualcode undo`.",
    )
    NOTHING_CODED = ProblemKind(
        "Q520",
        "error",
        "nothing is coded yet, so there is nothing to {what}",
        "{todo}",
    )
    NOT_CODED_WITH = ProblemKind(
        "Q521",
        "error",
        'no passage carries the code "{code}"',
        "Code some passages with it, or look at another code.",
    )
    BAD_GROUPS = ProblemKind(
        "Q522",
        "error",
        "the groups of uncoded segments cannot be read",
        "Run `qualcode emerge` again.",
    )
    NO_GROUP = ProblemKind(
        "Q523",
        "error",
        "there is no group {number} among the {n} that emerged last",
        "Run `qualcode emerge` and take one of its numbers.",
    )
    BAD_DECIDED = ProblemKind(
        "Q524",
        "error",
        "this line is no decision on a proposal",
        "Correct the line, or restore the file from a copy.",
    )
    NO_PROPOSAL = ProblemKind(
        "Q525",
        "error",
        'no proposal has the key "{key}"',
        "Take a key from `qualcode proposals`.",
    )
    NO_VERDICT = ProblemKind(
        "Q526",
        "error",
        'a proposal is accepted or rejected, and "{found}" is neither',
        "Say accept or reject.",
    )
    SAME_CODE_TWICE = ProblemKind(
        "Q527",
        "error",
        'code "{code}" cannot be compared with itself',
        "Name two codes, or one alone to see its segments side by side.",
    )
    CODER_UNKNOWN = ProblemKind(
        "Q528",
        "error",
        'nobody called "{coder}" has coded here',
        "Use one of {known}.",
    )
    NOT_IN_METHOD = ProblemKind(
        "Q529",
        "note",
        "{what} has no place in {method}: {why}",
        "Change `method` in qualcode.yaml if you want it all the same.",
    )
    NOT_OF_PROPOSAL = ProblemKind(
        "Q530",
        "error",
        'the proposal is on {codes}, and "{keep}" is none of them',
        "Say with --keep which of them stays.",
    )
    NO_SUCH_CHOICE = ProblemKind(
        "Q531",
        "error",
        "{option} says nothing here ({why})",
        "Leave it out.",
    )
    PARTS_TO_NAME = ProblemKind(
        "Q532",
        "error",
        'nobody has said yet into what "{code}" is split (words of its parts: {words})',
        "Name the parts with --into NAME,NAME.",
    )
    MANY_TO_UNDO = ProblemKind(
        "Q533",
        "error",
        "this takes back {n} steps at once, as far as {action} of {when}",
        "Add --yes if that is meant; `qualcode log` lists the steps.",
    )
    STEP_OF_ANOTHER = ProblemKind(
        "Q534",
        "error",
        'the step "{action}" of {when} is {coder}\'s, and you are {me}',
        "Nothing was taken back. Add --yes if that is meant.",
    )
    NOTHING_TO_REDO = ProblemKind(
        "Q535",
        "note",
        "there is no undo to take back: none was made, or the study was changed since",
        "`qualcode log` lists what was done.",
    )
    ON_BOTH_SIDES = ProblemKind(
        "Q536",
        "warning",
        'pair "{pair}" has code "{code}" as obstacle and as catalyst',
        "The same codings count on both sides: change the pair, or take the merge back.",
    )
    ANSWERS_ITSELF = ProblemKind(
        "Q537",
        "error",
        'code "{code}" cannot be the catalyst that answers itself',
        "Name another code on one of the sides.",
    )
    MERGED_BEFORE = ProblemKind(
        "Q538",
        "error",
        'the code "{code}" cannot be merged into "{into}", which was merged into it before',
        "To turn it round, run `qualcode codebook restore {into}` first.",
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
        "Nothing is half-written. Please report it, with the command that you ran.",
    )
