"""Suggested pairs: finding them, and deciding on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.analysis.pair_suggestions import (
    PairSuggestion,
    find_pair_suggestions,
    suggestions_table,
)
from qualcode.core.codebook import resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.model import Codebook, Decision, Pair
from qualcode.core.pair_changes import Sides
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.project.comparing import gather, stemmer, vectors_of
from qualcode.project.deciding import a_decision
from qualcode.project.pairs import Beside, ChangedPairs, add, edit
from qualcode.project.study import Study
from qualcode.store.proposals_file import (
    Decided,
    Verdict,
    decided_line,
    decided_path,
    load_decided,
)
from qualcode.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Asked:
    """Which suggestions: of one code or all, how many, from whose codings."""

    code: str = ""
    limit: int = 15
    coder: str = ""
    draft: bool = False


def all_suggestions(
    study: Study, *, coder: str = "", draft: bool = False
) -> tuple[PairSuggestion, ...]:
    """Every suggestion, decided on or not, the best first; errors as `gather`."""
    coded = gather(study, what="pair", coder=coder, draft=draft)
    stem = stemmer(study.settings.language)
    return find_pair_suggestions(coded.codebook, coded.incidents, vectors_of(study, coded), stem)


def view_suggestions(study: Study, asked: Asked) -> Table:
    """The suggestions on which nobody has decided yet.

    Raises:
        QualcodeError: NO_CODE, BAD_DECIDED, and as `gather`.
    """
    found = all_suggestions(study, coder=asked.coder, draft=asked.draft)
    decided = {one.key: one.verdict for one in load_decided(study.paths)}
    open_ones = [one for one in found if one.key not in decided]
    if asked.code:
        code = find_code(study.usable_codebook(), asked.code)
        open_ones = [one for one in open_ones if code.id in (one.obstacle.id, one.catalyst.id)]
    rejected = sum(decided.get(one.key) == "reject" for one in found)
    shown = open_ones[: asked.limit]
    notes = [
        f"{len(shown)} of {len(open_ones)} suggested pairs, the best first; {rejected} rejected.",
        "Pair: `qualcode pair add --from-suggestion KEY`. Reject: `qualcode pair reject KEY`.",
    ]
    if asked.draft:
        notes.append("DRAFT: suggestions stand in where nobody has coded.")
    return suggestions_table(shown, told=notes)


def find_suggestion(study: Study, key: str, *, draft: bool = False) -> PairSuggestion:
    """The suggestion of that key.

    Raises:
        QualcodeError: NO_SUGGESTION, and as `gather`.
    """
    found = next((one for one in all_suggestions(study, draft=draft) if one.key == key), None)
    if found is None:
        raise QualcodeError(problem(P.NO_SUGGESTION, key=key))
    return found


def accept(
    study: Study, key: str, more: Sides, *, because: str = "", draft: bool = False
) -> ChangedPairs:
    """Pairs what was suggested: in the row of the obstacle, or in a new one.

    `more` says the lenses and the condition. The decision on the suggestion is kept in the
    same step.

    Raises:
        QualcodeError: NO_SUGGESTION, as `gather` and as `add_pair`.
    """
    found = find_suggestion(study, key, draft=draft)
    beside = _record(study, found, "accept", because.strip())
    row = _row_of(study.usable_codebook(), found.obstacle.id)
    if row is None:
        sides = replace(more, obstacle=found.obstacle.id, catalysts=(found.catalyst.id,))
        return add(study, sides, because=because, beside=beside)
    sides = replace(more, more=(found.catalyst.id,))
    return edit(study, row.id, sides, because=because, beside=beside)


def _row_of(codebook: Codebook, code_id: str) -> Pair | None:
    """The first row whose obstacle rests on this code alone."""
    for pair in codebook.pairs:
        if pair.obstacle is not None:
            grounds = {resolve(codebook, one) for one in pair.obstacle.code_ids}
            if grounds == {code_id}:
                return pair
    return None


def reject(study: Study, key: str, *, because: str = "", draft: bool = False) -> PairSuggestion:
    """Records that a suggestion is no pair, so that it is not made again.

    Raises:
        QualcodeError: NO_SUGGESTION, and as `gather`.
    """
    found = find_suggestion(study, key, draft=draft)
    why = because.strip()
    change = Transaction(study.paths)
    decision = a_decision(study.paths, "reject suggested pair", target=key, because=why)
    _record(study, found, "reject", why)(change, decision)
    change.commit(replace(decision, after=found.title))
    return found


def _record(study: Study, found: PairSuggestion, verdict: Verdict, because: str) -> Beside:
    """Writes down the decision on a suggestion, beside those on proposals."""

    def write(change: Transaction, decision: Decision) -> None:
        path = decided_path(study.paths, decision.coder)
        decided = Decided(found.key, verdict, decision.coder, found.title, because, decision.at)
        change.write(path, (change.read(path) or b"") + decided_line(decided).encode())

    return write
