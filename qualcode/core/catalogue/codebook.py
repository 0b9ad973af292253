"""Codebooks, cues and cases: Q3."""

from __future__ import annotations

from qualcode.core.catalogue.kind import ProblemKind


class CodebookProblems:
    """Codebooks, cues and cases: Q3."""

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
