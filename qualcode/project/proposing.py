"""Proposals on the codebook: finding them, and deciding on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from qualcode.analysis.comparing.proposals import Proposal, find_proposals
from qualcode.analysis.comparing.tables import proposal_table
from qualcode.analysis.emerging.loose import name_words
from qualcode.core.codebook import codes_by_id
from qualcode.core.codebook_changes import find_code, merge_codes, retire_code, split_code
from qualcode.core.model import Codebook, Decision
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.project.codebook_life import Changed, change_codebook
from qualcode.project.comparing import gather, stemmer, vectors_of
from qualcode.project.deciding import a_decision
from qualcode.project.study import Study
from qualcode.store.proposals_file import (
    VERDICTS,
    Decided,
    Verdict,
    decided_line,
    decided_path,
    load_decided,
)
from qualcode.store.transaction import Transaction

MERGES = ("overlap", "synonym")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of a proposal: the verdict, why, and what the evidence cannot tell.

    `keep` is the code that stays where two become one; `into` names the parts of a split.
    """

    verdict: str
    because: str = ""
    keep: str = ""
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision did; `todo` are sentences on what is left for a person to do."""

    proposal: Proposal
    changed: Changed | None = None
    todo: tuple[str, ...] = ()


def all_proposals(study: Study, *, coder: str = "", draft: bool = False) -> tuple[Proposal, ...]:
    """Everything proposed, decided on or not; errors as `gather`."""
    coded = gather(study, what="propose", coder=coder, draft=draft)
    stem = stemmer(study.settings.language)
    names = name_words(coded.documents, coded.book)
    return find_proposals(
        coded.codebook, coded.incidents, vectors_of(study, coded), stem, names=names
    )


def view_proposals(study: Study, *, coder: str = "", draft: bool = False) -> Table:
    """The proposals on which nobody has decided yet; errors as `gather` and `load_decided`."""
    decided = {one.key: one.verdict for one in load_decided(study.paths)}
    found = all_proposals(study, coder=coder, draft=draft)
    verdicts = [decided.get(one.key) for one in found]
    return proposal_table(
        [one for one in found if one.key not in decided],
        rejected=verdicts.count("reject"),
        accepted=verdicts.count("accept"),
        is_draft=draft,
        words=study.method,
    )


def find_proposal(study: Study, key: str, *, draft: bool = False) -> Proposal:
    """The proposal of that key.

    Raises:
        QualcodeError: NO_PROPOSAL, and as `gather`.
    """
    found = next((one for one in all_proposals(study, draft=draft) if one.key == key), None)
    if found is None:
        raise QualcodeError(problem(P.NO_PROPOSAL, key=key))
    return found


def decide(study: Study, key: str, choice: Choice, *, draft: bool = False) -> Outcome:
    """Records a decision on a proposal and, where it is accepted, carries it out: one step.

    Two codes become one, a code is split into the parts that were named, or a thin one is
    retired. Of a code that one document carries, only the decision is recorded.

    Raises:
        QualcodeError: NO_VERDICT, NO_PROPOSAL, NOT_OF_PROPOSAL, NO_SUCH_CHOICE, PARTS_TO_NAME,
            as `gather`, and as `change_codebook`; nothing has changed then.
    """
    word: Verdict | None = next((one for one in VERDICTS if one == choice.verdict), None)
    if word is None:
        raise QualcodeError(problem(P.NO_VERDICT, found=choice.verdict))
    found = find_proposal(study, key, draft=draft)
    _refuse_idle(found, choice)
    because = choice.because.strip()

    def record(change: Transaction, decision: Decision) -> None:
        path = decided_path(study.paths, decision.coder)
        decided = Decided(key, word, decision.coder, found.why, because, decision.at)
        change.write(path, (change.read(path) or b"") + decided_line(decided).encode())

    change = _change_of(study, found, choice) if word == "accept" else None
    if change is None:
        decision = a_decision(study.paths, f"{word} proposal", target=key, because=because)
        transaction = Transaction(study.paths)
        record(transaction, decision)
        transaction.commit(replace(decision, after=found.why))
        return Outcome(found, todo=_look_for_more(study, found) if word == "accept" else ())
    action = f"{word} proposal {key}"
    changed = change_codebook(study, action, change, because=because or found.why, beside=record)
    return Outcome(found, changed, _left_to_do(found, changed))


def _refuse_idle(proposal: Proposal, choice: Choice) -> None:
    """Raises NO_SUCH_CHOICE for what was chosen and would have no effect."""
    if choice.verdict == "reject":
        why = "a rejected proposal changes nothing"
    else:
        why = "the proposal is none of that sort"
    is_merge = choice.verdict == "accept" and proposal.action in MERGES
    is_split = choice.verdict == "accept" and proposal.action == "split"
    for option, given, fits in (
        ("--keep", choice.keep, is_merge),
        ("--into", choice.into, is_split),
    ):
        if given and not fits:
            raise QualcodeError(problem(P.NO_SUCH_CHOICE, option=option, why=why))


def _change_of(
    study: Study, proposal: Proposal, choice: Choice
) -> Callable[[Codebook], Codebook] | None:
    """What accepting makes of a codebook; None where that is for a person to find out."""
    first = proposal.code_ids[0]
    if proposal.action in MERGES:
        kept = _kept(study, proposal, choice.keep)
        others = [one for one in proposal.code_ids if one != kept]
        return lambda book: merge_codes(book, others, into=kept)
    if proposal.action == "split":
        if not choice.into:
            words = " | ".join(proposal.words)
            raise QualcodeError(problem(P.PARTS_TO_NAME, code=first, words=words))
        return lambda book: split_code(book, first, into=choice.into)
    if proposal.action == "thin":
        why = choice.because.strip() or proposal.why
        return lambda book: retire_code(book, first, because=why)
    return None


def _kept(study: Study, proposal: Proposal, keep: str) -> str:
    """The code that stays: the one chosen, else the one with more segments."""
    if not keep:
        return proposal.keeps
    code = find_code(study.usable_codebook(), keep)
    if code.id not in proposal.code_ids:
        codes = " and ".join(f'"{one}"' for one in proposal.code_ids)
        raise QualcodeError(problem(P.NOT_OF_PROPOSAL, codes=codes, keep=code.id))
    return code.id


def _look_for_more(study: Study, proposal: Proposal) -> tuple[str, ...]:
    first = proposal.code_ids[0]
    return (
        f"The {study.method.word('codebook')} is as it was",
        f"`qualcode compare {first}` shows its segments, `qualcode sample` where to look for more",
    )


def _left_to_do(proposal: Proposal, changed: Changed) -> tuple[str, ...]:
    """What only the researcher can do once the codebook has changed."""
    codes = codes_by_id(changed.codebook)
    first = codes[proposal.code_ids[0]]
    if proposal.action == "split":
        return tuple(
            f'Write what "{part}" means: `qualcode codebook define {part} --definition "..."`'
            for part in first.split_into
        )
    if proposal.action == "thin":
        return (f"`qualcode codebook restore {first.id}` takes it into use again",)
    gone = next(codes[one] for one in proposal.code_ids if codes[one].merged_into)
    kept = codes[gone.merged_into or ""]
    has_definition = "still covers both" if kept.definition else "says what both have in common"
    return (
        f'See that the definition of "{kept.id}" {has_definition}: '
        f'`qualcode codebook define {kept.id} --definition "..."`',
    )
