"""Comparisons as tables: segments side by side, two codes, extremes, proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.analysis.cases import strictest
from qualcode.analysis.comparing.compare import By, Compared, Comparison, Nearer
from qualcode.analysis.comparing.extremes import Extreme
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.comparing.proposals import Proposal
from qualcode.analysis.comparing.words import WordOdds
from qualcode.analysis.pair_tables import asked, counted, quoted, with_warning
from qualcode.core.methods import ECA, MethodProfile
from qualcode.core.model import Code, Consent
from qualcode.core.table import Cell, Column, Table

DRAFT = "DRAFT: where nobody has coded, these are suggestions that nobody has reviewed."
_MOST_QUOTED = 160

_SEGMENT = (
    Column("quotation", "Quotation"),
    Column("credit", "Credit"),
    Column("voice", "Voice"),
    Column("valence", "Valence"),
    Column("place", "Place"),
    Column("coders", "Coders"),
)


def figure(likeness: float | None) -> str:
    """A likeness with two digits; "-" where there is nothing to be like."""
    return "-" if likeness is None else f"{likeness:.2f}"


def place_of(incident: Incident) -> str:
    """Document, unit and place in the original, in words."""
    coded = incident.coded
    where = f" ({coded.where})" if coded.where else ""
    unit = f", {coded.unit}" if coded.unit else ""
    return f"{coded.doc_id}{unit}{where}"


def _consent(*incidents: Incident) -> Consent:
    return strictest(one.coded.consent for one in incidents)


def _segment(incident: Incident) -> tuple[Cell, ...]:
    coded = incident.coded
    return (
        (quoted(coded),),
        (asked(coded),),
        (coded.voice,),
        (coded.valence,),
        (place_of(incident),),
        (", ".join(incident.coders) or "-",),
    )


def drafted(caption: str, is_draft: bool) -> str:
    """The caption, marked where it tells of suggestions."""
    return f"DRAFT. {caption}" if is_draft else caption


def code_table(code: Code, compared: Sequence[Compared], *, by: By, is_draft: bool) -> Table:
    """The segments of one code side by side."""
    group = (Column("group", by.capitalize()),) if by else ()
    columns = (*group, Column("likeness", "Likeness"), *_SEGMENT)
    rows = tuple(
        (*(((one.group,),) if by else ()), (figure(one.likeness),), *_segment(one.incident))
        for one in compared
    )
    doc_ids = {one.incident.coded.doc_id for one in compared}
    places = {one.incident.place for one in compared}
    notes = [
        f"{counted(len(places), 'segment')} in {counted(len(doc_ids), 'document')}; "
        f"those least like the rest come first{' in each group' if by else ''}.",
        "Likeness is the cosine of the words of a segment with those of all the others (0 to 1).",
    ]
    if code.definition:
        notes.append(f"Definition: {code.definition}")
    if is_draft:
        notes.append(DRAFT)
    caption = drafted(f"{code.name}: segments side by side", is_draft)
    return Table("segments", caption, columns, rows, tuple(notes))


def comparison_tables(
    first: Code, second: Code, found: Comparison, *, is_draft: bool
) -> tuple[Table, Table, Table]:
    """What both codes carry, the words that set them apart, and the segments that lean over."""
    return (
        _shared_table(first, second, found, is_draft),
        _words_table(first, second, found),
        _nearer_table(first, second, found, is_draft),
    )


def _shared_table(first: Code, second: Code, found: Comparison, is_draft: bool) -> Table:
    columns = (
        Column("how", "Spans"),
        Column("first", first.name),
        Column("second", second.name),
        Column("credit", "Credit"),
        Column("place", "Place"),
    )
    rows = tuple(
        (
            (one.how,),
            (quoted(one.first.coded),),
            ("the same" if one.how == "same span" else quoted(one.second.coded),),
            (with_warning(one.first.coded.credit, _consent(one.first, one.second)),),
            (place_of(one.first),),
        )
        for one in found.shared
    )
    notes = [
        f"{found.first_shared} of {counted(found.n_first, 'segment')} of {first.name} overlap "
        f"with {second.name}; {found.second_shared} of its {found.n_second} overlap with "
        f"{first.name}."
    ]
    if is_draft:
        notes.append(DRAFT)
    caption = drafted(f"{first.name} and {second.name}: what both carry", is_draft)
    return Table("shared", caption, columns, rows, tuple(notes))


def _words_table(first: Code, second: Code, found: Comparison) -> Table:
    columns = (
        Column("code", "Code"),
        Column("word", "Word"),
        Column("log_odds", "Log-odds"),
        Column("z", "z"),
        Column("first", f"Times in {first.name}"),
        Column("second", f"Times in {second.name}"),
    )
    rows = (
        *(_word_row(first.name, word, 1) for word in found.first_words),
        *(_word_row(second.name, word, -1) for word in found.second_words),
    )
    notes = (
        "Words of the segments that carry one code alone; log-odds with an informative prior "
        "(Monroe, Colaresi and Quinn 2008). Beyond 1.96, z would be rare by chance.",
    )
    caption = f"{first.name} and {second.name}: words that set each apart"
    return Table("words", caption, columns, tuple(rows), notes)


def _word_row(name: str, word: WordOdds, sign: int) -> tuple[Cell, ...]:
    return (
        (name,),
        (word.word,),
        (f"{sign * word.log_odds:.2f}",),
        (f"{sign * word.z:.2f}",),
        (str(word.first),),
        (str(word.second),),
    )


def _nearer_table(first: Code, second: Code, found: Comparison, is_draft: bool) -> Table:
    columns = (
        Column("code", "Coded as"),
        Column("nearer", "Nearer to"),
        Column("own", "Like its own"),
        Column("other", "Like the other"),
        *_SEGMENT,
    )
    rows = (
        *(_nearer_row(first, second, one) for one in found.nearer_second),
        *(_nearer_row(second, first, one) for one in found.nearer_first),
    )
    alone = (found.n_first - found.first_shared, found.n_second - found.second_shared)
    notes = [
        f"{len(found.nearer_second)} of {counted(alone[0], 'segment')} of {first.name} alone are "
        f"nearer to {second.name}; {len(found.nearer_first)} of {alone[1]} of {second.name} alone "
        f"are nearer to {first.name}."
    ]
    if is_draft:
        notes.append(DRAFT)
    caption = drafted(f"{first.name} and {second.name}: segments nearer to the other", is_draft)
    return Table("nearer", caption, columns, tuple(rows), tuple(notes))


def _nearer_row(own: Code, other: Code, one: Nearer) -> tuple[Cell, ...]:
    return (
        (own.name,),
        (other.name,),
        (figure(one.own),),
        (figure(one.other),),
        *_segment(one.incident),
    )


def extremes_table(code: Code, extremes: Sequence[Extreme], *, is_draft: bool) -> Table:
    """The edges of one code, one row each."""
    columns = (Column("edge", "Edge"), Column("by", "Told by"), *_SEGMENT)
    rows = tuple(((one.edge,), (one.by,), *_segment(one.compared.incident)) for one in extremes)
    edges = {one.edge for one in extremes}
    notes = []
    for edge, missing in (
        ("strongest obstacle", "No segment is an obstacle."),
        ("strongest catalyst", "No segment is a catalyst."),
        ("disconfirming", "Nothing speaks against it: look for a negative case."),
    ):
        if edge not in edges:
            notes.append(missing)
    if is_draft:
        notes.append(DRAFT)
    return Table(
        "extremes", drafted(f"{code.name}: extremes", is_draft), columns, rows, tuple(notes)
    )


_HEADS: Mapping[str, str] = {
    "overlap": "these two overlap",
    "synonym": "these two may be one",
    "split": "this falls into two",
    "one document": "one document carries it",
    "thin": "little carries it",
}


def proposal_table(
    proposals: Sequence[Proposal],
    *,
    rejected: int,
    accepted: int,
    is_draft: bool,
    words: MethodProfile = ECA,
) -> Table:
    """Open proposals with their evidence, each under its key."""
    columns = (
        Column("key", "Key"),
        Column("proposal", "Proposal"),
        Column("why", "Why"),
        Column("evidence", "Evidence"),
    )
    rows = tuple(
        (
            (one.key,),
            (_HEADS[one.action],),
            (one.why + ".",),
            tuple(f"{_short(i)} [{with_warning(place_of(i), _consent(i))}]" for i in one.evidence)
            or ("-",),
        )
        for one in proposals
    )
    notes = [
        f"{counted(len(rows), 'open proposal')}; {accepted} accepted and {rejected} rejected "
        "before, which are not proposed again.",
        "Decide: qualcode decide KEY accept|reject --because WHY. Nothing changes by itself.",
    ]
    if is_draft:
        notes.append(DRAFT)
    caption = drafted(f"Proposals on the {words.word('codebook')}", is_draft)
    return Table("proposals", caption, columns, rows, tuple(notes))


def _short(incident: Incident) -> str:
    words = quoted(incident.coded)
    return words if len(words) <= _MOST_QUOTED else words[: _MOST_QUOTED - 1].rstrip() + "…"
