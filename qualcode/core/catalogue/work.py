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
