"""What became of a codebook between two versions, code by code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from qualcode.core.codebook import codes_by_id, is_in_use, meaning_of
from qualcode.core.methods import ECA, MethodProfile
from qualcode.core.model import Code, Codebook, Pair, Pole
from qualcode.core.pair_changes import names_of

ChangeKind = Literal[
    "born",
    "defined anew",
    "renamed",
    "merged",
    "split",
    "moved",
    "retired",
    "restored",
    "removed",
    "cues",
    "examples",
    "valence",
    "lenses",
    "kind",
    "origin",
]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One thing that changed about one code, in words before and after.

    `name` is what the code is called now. For cues and examples, `before` holds those that
    went and `after` those that came.
    """

    kind: ChangeKind
    code_id: str
    name: str
    before: str = ""
    after: str = ""


def compare_codebooks(before: Codebook, after: Codebook) -> tuple[CodeChange, ...]:
    """Everything that changed about codes, by kind, then in the order of the codebook.

    A code that was born and has already been merged, split or retired is told as both.
    """
    old, new = codes_by_id(before), codes_by_id(after)
    changes: list[CodeChange] = []
    for code in after.codes:
        if code.id in old:
            changes.extend(_changes(old[code.id], code, old, new))
        else:
            changes.append(CodeChange("born", code.id, code.name, after=meaning_in_words(code)))
            bare = replace(code, merged_into=None, split_into=(), retired="")
            changes.extend(_fate(bare, code))
    for code in before.codes:
        if code.id not in new:
            gone = meaning_in_words(code)
            changes.append(CodeChange("removed", code.id, code.name, before=gone))
    return tuple(sorted(changes, key=lambda change: CHANGE_KINDS.index(change.kind)))


def _changes(
    was: Code, code: Code, old: dict[str, Code], new: dict[str, Code]
) -> Iterator[CodeChange]:
    def told(kind: ChangeKind, before: str, after: str) -> Iterator[CodeChange]:
        if before != after:
            yield CodeChange(kind, code.id, code.name, before, after)

    if meaning_of(was) != meaning_of(code):
        yield from told("defined anew", meaning_in_words(was), meaning_in_words(code))
    yield from told("renamed", was.name, code.name)
    yield from _fate(was, code)
    if was.parent != code.parent:
        yield from told("moved", _above(was, old), _above(code, new))
    yield from told("cues", *_gone_and_come(was.cues, code.cues))
    yield from told("examples", *_gone_and_come(was.examples, code.examples))
    yield from told("valence", was.valence, code.valence)
    yield from told("lenses", " / ".join(was.lenses), " / ".join(code.lenses))
    yield from told("kind", _kind(was), _kind(code))
    yield from told("origin", was.origin, code.origin)


def _fate(was: Code, code: Code) -> Iterator[CodeChange]:
    """Whether it was merged, split, retired or restored."""
    if code.merged_into and code.merged_into != was.merged_into:
        yield CodeChange("merged", code.id, code.name, was.merged_into or "", code.merged_into)
    if code.split_into and code.split_into != was.split_into:
        parts = ", ".join(code.split_into)
        yield CodeChange("split", code.id, code.name, ", ".join(was.split_into), parts)
    if code.retired and code.retired != was.retired:
        yield CodeChange("retired", code.id, code.name, was.retired, code.retired)
    if is_in_use(code) and not is_in_use(was):
        yield CodeChange("restored", code.id, code.name, _fate_in_words(was))


def _fate_in_words(code: Code) -> str:
    if code.merged_into:
        return f"merged into {code.merged_into}"
    if code.split_into:
        return f"split into {', '.join(code.split_into)}"
    return f"retired: {code.retired}"


def _above(code: Code, codes: dict[str, Code]) -> str:
    if code.parent is None:
        return "the top"
    return codes[code.parent].name if code.parent in codes else code.parent


def _kind(code: Code) -> str:
    return f"{code.kind}, in vivo" if code.in_vivo else code.kind


def _gone_and_come(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    return _without(before, after), _without(after, before)


def _without(these: Iterable[str], those: Sequence[str]) -> str:
    return "; ".join(one for one in these if one not in those)


def meaning_in_words(code: Code) -> str:
    """Definition, inclusions and exclusions in one line; "" where there are none.

    >>> meaning_in_words(Code("silos", "Silos", "Apart.", exclude=("Quarrels",)))
    'Apart. Exclude: Quarrels.'
    """
    parts = [code.definition]
    parts += [f"Include: {one.rstrip('.')}." for one in code.include]
    parts += [f"Exclude: {one.rstrip('.')}." for one in code.exclude]
    return " ".join(part for part in parts if part)


def other_changes(before: Codebook, after: Codebook, words: MethodProfile = ECA) -> tuple[str, ...]:
    """What changed besides the codes, as sentences; `words` says what the method calls a pair.

    A pair whose pole is worded as its codes are called does not change when they are renamed.
    """
    said: list[str] = []
    if before.name != after.name:
        called = words.word("codebook")
        said.append(f'The {called} is called "{after.name}" now, "{before.name}" before.')
    lenses = {lens.id: lens for lens in before.lenses}, {lens.id: lens for lens in after.lenses}
    pairs = _own_words(before), _own_words(after)
    said += [*_listed("Lenses", *lenses), *_listed(words.title("pairs"), *pairs)]
    order = [code.id for code in before.codes], [code.id for code in after.codes]
    common = set(order[0]) & set(order[1])
    if [one for one in order[0] if one in common] != [one for one in order[1] if one in common]:
        said.append("The codes stand in another order.")
    return tuple(said)


def _own_words(codebook: Codebook) -> dict[str, Pair]:
    """The pairs by id, their poles without a wording where it is only the names of the codes."""

    def bare(pole: Pole) -> Pole:
        return replace(pole, says="") if pole.says == names_of(codebook, pole.code_ids) else pole

    return {
        pair.id: replace(
            pair,
            obstacle=bare(pair.obstacle) if pair.obstacle else None,
            catalysts=tuple(map(bare, pair.catalysts)),
        )
        for pair in codebook.pairs
    }


def _listed(what: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    new = [one for one in after if one not in before]
    gone = [one for one in before if one not in after]
    other = [one for one in after if one in before and before[one] != after[one]]
    for ids, words in ((new, "added"), (gone, "removed"), (other, "changed")):
        if ids:
            yield f"{what} {words}: {', '.join(ids)}."
