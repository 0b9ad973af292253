"""The obstacle/catalyst table of a study, counted from its codings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.analysis.continuum import Balance, Balances, continuum_table
from qualcode.analysis.names import Names
from qualcode.analysis.pair_evidence import evidence_table
from qualcode.analysis.pair_styles import full_table, published_table
from qualcode.analysis.pair_tables import basis_notes, pairs_data
from qualcode.analysis.rollup import RollUp
from qualcode.analysis.tallies import Tallies
from qualcode.core.hints import did_you_mean
from qualcode.core.pair_changes import find_pair
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.core.text import spoken_date
from qualcode.project.comparing import Coded, gather
from qualcode.project.printable import people_of, with_names_note, without_full_names
from qualcode.project.rolling import roll_up_kept, take_in
from qualcode.project.study import Study
from qualcode.store.journal import load_journal

STYLES = ("published", "full", "continuum", "data")


@dataclass(frozen=True, slots=True)
class Rolled:
    """The rows of the pair table, and where each code stands between obstacle and catalyst."""

    rollup: RollUp
    balances: tuple[Balance, ...]


def roll_up_study(study: Study, *, coder: str = "", draft: bool = False) -> Rolled:
    """The evidence behind every row, from all codings or one coder's.

    With `draft`, suggestions count where nobody has coded.

    Raises:
        QualcodeError: as `gather`.
    """
    return roll_up_coded(study, gather(study, what="count", coder=coder, draft=draft))


def roll_up_coded(study: Study, coded: Coded) -> Rolled:
    """The evidence behind every row, from what was gathered."""
    book, _ = study.cases()
    tallies, balances = Tallies(coded.codebook, book.by_id), Balances(coded.codebook)
    by_document = coded.by_document()
    for document in coded.documents:
        heard = coded.heard.get(document.id, ()) if document.id in coded.examined else None
        found = [one.coded for one in by_document.get(document.id, ())]
        take_in(tallies, balances, document, heard, found)
    return Rolled(_titled(study, tallies.roll_up()), balances.found())


def _titled(study: Study, rollup: RollUp) -> RollUp:
    """The table with its edition, in the words of the method."""
    edition = _edition(study, rollup.codebook.version)
    return replace(rollup, edition=edition, words=study.method)


def _edition(study: Study, version: int) -> str:
    """The version of the codebook, and the day on which a command last changed it or the pairs."""
    own = {"codebook.yaml", "pairs.yaml"}
    days = [
        decision.at[:10]
        for decision in load_journal(study.paths)
        if own & {file.path for file in decision.files}
    ]
    return f"version {version}" + (f", {spoken_date(max(days))}" if days else "")


def view_pairs(study: Study, style: str, *, coder: str = "", draft: bool = False) -> Table:
    """The pair table in one of the STYLES.

    Without any coding `published` shows the pairs alone; the other styles need evidence.

    Raises:
        QualcodeError: UNKNOWN_WORD, and as `gather`.
    """
    if style not in STYLES:
        allowed, hint = ", ".join(STYLES), did_you_mean(style, STYLES)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--style", found=style, allowed=allowed, hint=hint)
        )
    try:
        rolled, people = _printable(study, coder, draft=draft)
    except QualcodeError as error:
        if style != "published" or error.problem.number != P.NOTHING_CODED.number:
            raise
        blank = Tallies(study.usable_codebook()).roll_up()
        return published_table(_titled(study, blank))
    return with_names_note(_styled(rolled, style), people)


def _printable(study: Study, coder: str, *, draft: bool) -> tuple[Rolled, Names]:
    """The rows as they may be printed, and whose names stand in none; errors as `gather`."""
    if not draft:
        rollup, balances, people = roll_up_kept(study, coder=coder)
        return Rolled(_titled(study, rollup), balances), people
    coded = gather(study, what="count", coder=coder, draft=True)
    people = people_of(coded)
    return roll_up_coded(study, without_full_names(coded, people)), people


def view_pair(study: Study, word: str, *, coder: str = "", draft: bool = False) -> Table:
    """The quotations behind one row, by the id or number of its pair.

    Raises:
        QualcodeError: NO_PAIR, and as `gather`.
    """
    rollup = roll_up_study(study, coder=coder, draft=draft).rollup
    pair = find_pair(tuple(row.pair for row in rollup.rows), word)
    row = next(row for row in rollup.rows if row.pair.id == pair.id)
    return evidence_table(row, rollup)


def _styled(rolled: Rolled, style: str) -> Table:
    rollup = rolled.rollup
    match style:
        case "published":
            return published_table(rollup)
        case "full":
            return full_table(rollup)
        case "continuum":
            return continuum_table(rollup, rolled.balances, told=basis_notes(rollup))
        case _:
            return pairs_data(rollup)
