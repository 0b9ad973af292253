"""Groups of uncoded segments, and codes that came up unasked, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis.comparing.tables import DRAFT, drafted
from qualcode.analysis.emerging.emerge import Emerged, Group
from qualcode.analysis.emerging.loose import Loose
from qualcode.analysis.emerging.unasked import Unasked
from qualcode.analysis.pair_tables import counted, with_warning
from qualcode.core.table import Cell, Column, Table

SHOWN = 3


def groups_table(emerged: Emerged) -> Table:
    """One row per group, strongest first: a prompt to read, with the most typical segments."""
    columns = (
        Column("group", "Group"),
        Column("name", "Name to begin with"),
        Column("terms", "Words that set it apart"),
        Column("found", "Found in"),
        Column("cohesion", "Cohesion"),
        Column("typical", "Most typical"),
    )
    grouped = sum(len(group.members) for group in emerged.groups)
    weaker = f"; {counted(emerged.weaker, 'weaker group')} not shown" if emerged.weaker else ""
    notes = [
        f"{counted(grouped, 'uncoded segment')} in {counted(len(emerged.groups), 'group')}; "
        f"{len(emerged.uncertain)} uncertain{weaker}.",
        "Cohesion is the mean likeness of all pairs (0 to 1). A group is a prompt to read and "
        "no code before you name it.",
    ]
    if emerged.note:
        notes.append(emerged.note)
    if emerged.groups:
        notes.append("Make a code: qualcode codebook add NAME --from-group NUMBER")
    rows = tuple(_group_row(group) for group in emerged.groups)
    return Table("groups", "Groups of uncoded segments", columns, rows, tuple(notes))


def _group_row(group: Group) -> tuple[Cell, ...]:
    name = f"“{group.name}”" if group.in_vivo else group.name
    return (
        (str(group.number),),
        (name,),
        (", ".join(group.terms),),
        (
            counted(len(group.members), "segment"),
            counted(len(group.doc_ids), "document"),
            counted(len(group.kinds), "kind"),
        ),
        (f"{group.cohesion:.2f}",),
        tuple(
            f"{one.text} [{with_warning(place(one), one.consent)}]" for one in group.members[:SHOWN]
        ),
    )


def place(loose: Loose) -> str:
    """Document and unit, in words."""
    return f"{loose.doc_id}, {loose.unit}" if loose.unit else loose.doc_id


def uncertain_table(emerged: Emerged) -> Table:
    """The segments that are in no group shown."""
    columns = (Column("place", "Place"), Column("text", "Words"), Column("credit", "Credit"))
    rows = tuple(
        ((place(one),), (one.text,), (with_warning(one.credit, one.consent),))
        for one in emerged.uncertain
    )
    notes = (f"{counted(len(rows), 'segment')} in no group.",)
    return Table("uncertain", "Uncertain segments", columns, rows, notes)


def unasked_table(found: Sequence[Unasked], *, is_draft: bool) -> Table:
    """One row per code: whether the questions asked for it."""
    columns = (
        Column("code", "Code"),
        Column("asked", "Asked for"),
        Column("elsewhere", "Where nobody asks", "segments"),
        Column("words", "Words shared with a question"),
        Column("verdict", "Verdict"),
    )
    rows = tuple(
        (
            (one.code.name,),
            (f"{one.asked} of {one.under}",),
            (str(one.elsewhere),),
            (", ".join(one.words) or "-",),
            (_verdict(one),),
        )
        for one in found
    )
    unasked = sum(one.came_unasked for one in found)
    notes = [
        f"{unasked} of {counted(len(found), 'code')} came up unasked: no question under which "
        "they were said has a word of their name or cues.",
        '"Asked for" counts segments under questions of interviews and questionnaires. '
        "A question may ask for a code in other words: read before you report it.",
    ]
    if is_draft:
        notes.append(DRAFT)
    caption = drafted("Codes that no question asked for", is_draft)
    return Table("unasked", caption, columns, rows, tuple(notes))


def _verdict(one: Unasked) -> str:
    if one.under == 0:
        return "never said under a question"
    return "came up unasked" if one.came_unasked else "asked for"
