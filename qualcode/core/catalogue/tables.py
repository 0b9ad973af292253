"""Pairs, tables, reports: Q601 to Q699."""

from __future__ import annotations

from qualcode.core.catalogue.kind import ProblemKind


class TableProblems:
    """Pairs, tables, reports: Q601 to Q699."""

    # Q601 to Q619: pairs, the pair table, tables as files
    UNKNOWN_ENDING = ProblemKind(
        "Q601",
        "error",
        "the ending of the file names no format",
        "End it in one of {endings}, or say --format.",
    )
    NOT_FOR_TERMINAL = ProblemKind(
        "Q602",
        "error",
        "{format} cannot be shown on a terminal",
        "Name a file with --out.",
    )
    TABLE_EXISTS = ProblemKind(
        "Q603",
        "error",
        "the file exists already",
        "Nothing was overwritten. Give another name, or --force to replace it.",
    )
    NO_PAIR = ProblemKind(
        "Q604",
        "error",
        'there is no pair "{pair}"',
        "{hint}`qualcode pair list` lists them; name one by its id or number.",
    )
    DUPLICATE_PAIR = ProblemKind(
        "Q605",
        "error",
        'there is a pair "{pair}" already',
        "Leave --id out, or give another one.",
    )
    NOT_A_CATALYST = ProblemKind(
        "Q606",
        "error",
        'pair "{pair}" has no catalyst that rests on "{code}"',
        "`qualcode pair list` shows its catalysts.",
    )
    PAIRS_TWICE = ProblemKind(
        "Q607",
        "note",
        "the codebook has pairs too, and those of this file count",
        "Take `pairs` out of codebook.yaml when you no longer need them there.",
    )
    NO_SUGGESTION = ProblemKind(
        "Q608",
        "error",
        'no suggested pair has the key "{key}"',
        "Take a key from `qualcode pair suggest`, with --draft if you used it there.",
    )
    NOTHING_TO_PAIR = ProblemKind(
        "Q609",
        "error",
        "a new pair needs an obstacle or a catalyst",
        "Give --obstacle, --catalyst, or --from-suggestion with a key.",
    )
    NO_ROWS_TO_ASK = ProblemKind(
        "Q610",
        "error",
        "there are no pairs, so there is nothing to ask",
        "Pair obstacles with catalysts first: `qualcode pair add`.",
    )
    BAD_ANSWERS = ProblemKind(
        "Q611",
        "error",
        "the sheet of answers cannot be used: {reason}",
        "`qualcode barometer make --out answers.xlsx` makes one that can.",
    )
    BAD_ANSWER = ProblemKind(
        "Q612",
        "error",
        '"{found}" is no answer to {row}',
        "Write a number from 1 to 5, or leave the cell empty.",
    )
    UNKNOWN_ROW = ProblemKind(
        "Q613",
        "error",
        'the column "{heading}" is for a pair "{row}" that is not there',
        "{hint}`qualcode pair list` names the pairs; take the column out or correct it.",
    )
    READ_ALREADY = ProblemKind(
        "Q614",
        "error",
        "a sheet of this name was read in already, and this one says something else",
        "If it is the same one corrected, say --replace; else give it a name of its own.",
    )
    NO_FORMS = ProblemKind(
        "Q615",
        "error",
        "no filled form has been read in",
        "`qualcode barometer make` makes a form, `qualcode barometer read FILE` takes it in.",
    )
    BAD_FORM = ProblemKind(
        "Q616",
        "error",
        "this line holds no form",
        "Restore it from a copy, or take the line out.",
    )
    HALF_ROW = ProblemKind(
        "Q617",
        "note",
        'pair "{pair}" has no {missing}',
        "Nothing is wrong; `qualcode pair edit` and `qualcode pair suggest` help to find one.",
    )

    # Q620 to Q639: the other tables
    NO_ATTRIBUTE = ProblemKind(
        "Q620",
        "error",
        'nobody and no document that was read has the attribute "{attribute}"',
        "Name one of these with {option}: {known}.",
    )
    NO_ROW = ProblemKind(
        "Q621",
        "error",
        'the framework matrix has no row "{case}"',
        "{hint}Rows are the ids of cases and of others heard, or the values of --by.",
    )
    EMPTY_SUMMARY = ProblemKind(
        "Q622",
        "error",
        "a summary without words cannot be written",
        "Give the summary in quotation marks after CASE and CODE.",
    )
    CELL_TWICE = ProblemKind(
        "Q623",
        "error",
        'the cell of "{case}" and "{code}" is written twice (first at line {first})',
        "Keep one of the two.",
    )
    BAD_NAMES = ProblemKind(
        "Q624",
        "error",
        '--also cannot be "{found}"',
        'Write the value, "=", and names with commas between them: "Northmere Police=cops,force".',
    )
    NOBODY_TALKS = ProblemKind(
        "Q625",
        "error",
        "no {kinds} that was read says who speaks",
        "Add a transcript, or name another kind with --kind.",
    )

    # Q640 to Q659: formats and the report
    PARQUET_MISSING = ProblemKind(
        "Q640",
        "error",
        "Parquet needs pyarrow, which is not installed here",
        "Install it with `pip install pyarrow`, or ask for --format csv.",
    )

    # Q685 to Q689: small groups and data
    TOO_FEW_PEOPLE = ProblemKind(
        "Q685",
        "error",
        "the forms of {asked} alone, or those of all others, come from fewer than {least} people",
        "Whoever filled them in could be recognised: score all forms, or bring groups together.",
    )
