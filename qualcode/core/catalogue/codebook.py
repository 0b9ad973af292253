"""Codebooks, cues and cases: Q3."""

from __future__ import annotations

from qualcode.core.catalogue.kind import ProblemKind


class CodebookProblems:
    """Codebooks, cues and cases: Q3."""

    BAD_YAML = ProblemKind(
        "Q301", "error", "the YAML is broken: {reason}", "Correct the line; see `docs/{page}.md`."
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
        "{hint}Give the path of a YAML file, or the name of one that ships: {shipped}.",
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
    SAME_NUMBER = ProblemKind(
        "Q319",
        "warning",
        'pair "{pair}" has number {number}, as another pair has',
        "Give one of them another number.",
    )
    CODE_NOT_IN_USE = ProblemKind(
        "Q320",
        "warning",
        'pair "{pair}" names code "{code}", which was retired or split',
        "Name the code that is used now; a merged one is followed by itself.",
    )
    HEIR_TWICE = ProblemKind(
        "Q321",
        "warning",
        'pair "{pair}" names "{code}", which was merged into "{heir}", and that stands elsewhere',
        "The same codings count in both places: change or remove one of them.",
    )
    NO_CUES = ProblemKind(
        "Q318",
        "error",
        "no code of the codebook has a cue, and a run without codings suggests by cues alone",
        "Write cues (`docs/cues.md`), or start from a codebook that ships: {shipped}.",
    )
    NO_CODE = ProblemKind(
        "Q330",
        "error",
        'the codebook has no code "{code}"',
        "{hint}Give the id or the name of one of its codes.",
    )
    CODE_EXISTS = ProblemKind(
        "Q331",
        "error",
        'the codebook has a code with the {what} "{word}" already',
        "Give another name, or another id with `--id`.",
    )
    NO_ID_IN_NAME = ProblemKind(
        "Q332",
        "error",
        'no id can be made from the name "{name}"',
        "Give a name with letters; if it has none from a to z, give the id too, with `--id`.",
    )
    CODE_NOT_USED = ProblemKind(
        "Q333",
        "error",
        'the code "{code}" is no longer in use: {state}',
        "Name the code that took its place, or run `qualcode codebook restore {code}` first.",
    )
    NOTHING_SAID = ProblemKind(
        "Q334",
        "error",
        'nothing was said about the code "{code}"',
        "Give a definition, an inclusion, an exclusion, an example, a cue, a valence or a lens.",
    )
    MOVED_UNDER_ITSELF = ProblemKind(
        "Q335",
        "error",
        'the code "{code}" cannot stand under "{parent}", which stands under it',
        "Move the other one first, or choose another parent.",
    )
    MERGED_INTO_ITSELF = ProblemKind(
        "Q336",
        "error",
        'the code "{code}" cannot be merged into itself',
        "Name another code after `--into`.",
    )
    TOO_FEW_PARTS = ProblemKind(
        "Q337",
        "error",
        'the code "{code}" is to be split into fewer than two codes',
        "Give two names or more: `--into one,another`.",
    )
    NO_REASON = ProblemKind(
        "Q338",
        "error",
        'no reason was given for what happens to the code "{code}"',
        "Say why with `--because`.",
    )
    CODE_IN_USE = ProblemKind(
        "Q339",
        "error",
        'the code "{code}" is in use, so there is nothing to restore',
        "Nothing needs to be done.",
    )
    CODES_CLASH = ProblemKind(
        "Q340",
        "error",
        'the code "{code}" cannot be taken over: its {what} "{word}" belongs to "{own}" here, '
        "which is another code",
        "Change the id or the name in one of the two files; nothing was taken over.",
    )
    NOT_EDITABLE = ProblemKind(
        "Q341",
        "error",
        "the change cannot be written into this file without touching other entries",
        "Take out its anchors (&), aliases (*) and tabs, or make the change by hand.",
    )
    NO_VERSION = ProblemKind(
        "Q342",
        "error",
        'there is no version "{version}" of the codebook',
        "Give one of {known}; `qualcode codebook history` lists them.",
    )
    STILL_SPLIT = ProblemKind(
        "Q343",
        "error",
        'the coding {coding} stands on "{code}", which was split into {parts}',
        "Code the passage with one of these instead.",
    )
    NO_CODING = ProblemKind(
        "Q344",
        "error",
        'there is no coding "{coding}"',
        "Give ids that `qualcode stale --json` lists.",
    )
    EARLIER_LOST = ProblemKind(
        "Q345",
        "error",
        "this kept version of the codebook cannot be read",
        "It was changed by hand; restore the file from a copy.",
    )
