"""Changes of the pairs as values: each gives new pairs and leaves the old ones alone.

An id never changes and is never given twice, so that prose may refer to a row. Numbers follow
the order of the rows, unless the analyst gave numbers of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualcode.core.codebook import codes_by_id, on_both_sides
from qualcode.core.codebook_changes import ID, make_id, one_line, used_code
from qualcode.core.hints import did_you_mean
from qualcode.core.model import Codebook, Pair, Pole
from qualcode.core.problems import P, QualcodeError, problem

Pairs = tuple[Pair, ...]
_OWN_ID = re.compile(r"p(\d+)")


@dataclass(frozen=True, slots=True)
class Sides:
    """What is said of a pair; what is None stays as it is, "" takes the obstacle away.

    A side is written `CODE`, `CODE+CODE` where several codes ground it, or `WORDING=CODE`.
    `catalysts` take the place of those that are there; `more` are added and `fewer` (codes)
    taken away. `lenses` are in the analyst's order.
    """

    obstacle: str | None = None
    catalysts: tuple[str, ...] | None = None
    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()
    lenses: tuple[str, ...] | None = None
    condition: str | None = None


def find_pair(pairs: Pairs, word: str) -> Pair:
    """The pair of that id, or of that number in the table.

    Raises:
        QualcodeError: NO_PAIR.
    """
    wanted = word.strip()
    for pair in pairs:
        if wanted == pair.id:
            return pair
    for pair in pairs:
        if wanted == str(pair.number):
            return pair
    hint = did_you_mean(wanted, [pair.id for pair in pairs])
    raise QualcodeError(problem(P.NO_PAIR, pair=wanted, hint=hint))


def new_pair_id(pairs: Pairs, taken: Iterable[str]) -> str:
    """The next id, p1 and so on; one that a pair ever had is not given again."""
    ids = {pair.id for pair in pairs} | set(taken)
    numbers = [int(found.group(1)) for found in map(_OWN_ID.fullmatch, ids) if found]
    return f"p{max(numbers, default=0) + 1}"


def add_pair(codebook: Codebook, pair_id: str, sides: Sides) -> Pairs:
    """The pairs of the codebook and one more, last.

    Raises:
        QualcodeError: BAD_ID, DUPLICATE_PAIR, EMPTY_PAIR, NO_CODE, CODE_NOT_USED, UNKNOWN_LENS,
            ANSWERS_ITSELF where a code stands on both sides.
    """
    if not ID.fullmatch(pair_id):
        raise QualcodeError(problem(P.BAD_ID, id=pair_id, example=make_id(pair_id) or "p1"))
    if any(pair.id == pair_id for pair in codebook.pairs):
        raise QualcodeError(problem(P.DUPLICATE_PAIR, pair=pair_id))
    number = max((pair.number for pair in codebook.pairs), default=0) + 1
    new = _with(codebook, Pair(pair_id, number, None, ()), sides)
    if sides.lenses is None and new.obstacle:
        new = replace(new, lenses=_lenses_of(codebook, new.obstacle))
    return (*codebook.pairs, new)


def _lenses_of(codebook: Codebook, pole: Pole) -> tuple[str, ...]:
    """The lenses of the obstacle's codes: a lens says where the obstacle was seen."""
    codes = codes_by_id(codebook)
    return tuple(dict.fromkeys(lens for one in pole.code_ids for lens in codes[one].lenses))


def edit_pair(codebook: Codebook, word: str, sides: Sides) -> Pairs:
    """The pairs with something else said of one of them; errors as `add_pair`, and NO_PAIR."""
    held = find_pair(codebook.pairs, word)
    new = _with(codebook, held, sides)
    return tuple(new if pair.id == held.id else pair for pair in codebook.pairs)


def remove_pair(codebook: Codebook, word: str) -> Pairs:
    """The pairs without one of them (NO_PAIR)."""
    held = find_pair(codebook.pairs, word)
    left = [pair for pair in codebook.pairs if pair.id != held.id]
    return _numbered(left) if _is_counted_off(codebook.pairs) else tuple(left)


def order_pairs(codebook: Codebook, words: Sequence[str]) -> Pairs:
    """The pairs in this order, numbered anew; those not named stand behind, as they stood.

    Raises:
        QualcodeError: NO_PAIR.
    """
    first = list(dict.fromkeys(find_pair(codebook.pairs, word) for word in words))
    return _numbered([*first, *(pair for pair in codebook.pairs if pair not in first)])


def _is_counted_off(pairs: Pairs) -> bool:
    return all(pair.number == place for place, pair in enumerate(pairs, start=1))


def _numbered(pairs: Iterable[Pair]) -> Pairs:
    return tuple(replace(pair, number=place) for place, pair in enumerate(pairs, start=1))


def _with(codebook: Codebook, held: Pair, sides: Sides) -> Pair:
    pair = _told(codebook, held, sides)
    if pair.obstacle is None and not pair.catalysts:
        raise QualcodeError(problem(P.EMPTY_PAIR, pair=pair.id))
    before = on_both_sides(codebook, held)
    if new := [one for one in on_both_sides(codebook, pair) if one not in before]:
        raise QualcodeError(problem(P.ANSWERS_ITSELF, code=new[0]))
    return pair


def _told(codebook: Codebook, pair: Pair, sides: Sides) -> Pair:
    if sides.obstacle is not None:
        said = sides.obstacle.strip()
        pair = replace(pair, obstacle=read_pole(codebook, said) if said else None)
    if sides.catalysts is not None:
        given = [one for one in sides.catalysts if one.strip()]
        pair = replace(pair, catalysts=tuple(read_pole(codebook, one) for one in given))
    pair = _with_catalysts(codebook, pair, sides)
    if sides.lenses is not None:
        lenses = tuple(_lens_id(codebook, pair.id, one) for one in sides.lenses if one.strip())
        pair = replace(pair, lenses=tuple(dict.fromkeys(lenses)))
    if sides.condition is not None:
        pair = replace(pair, condition=one_line(sides.condition))
    return pair


def _with_catalysts(codebook: Codebook, pair: Pair, sides: Sides) -> Pair:
    gone = {code_id for one in sides.fewer for code_id in read_pole(codebook, one).code_ids}
    held = {code_id for pole in pair.catalysts for code_id in pole.code_ids}
    for code_id in sorted(gone - held):
        raise QualcodeError(problem(P.NOT_A_CATALYST, pair=pair.id, code=code_id))
    kept = [pole for pole in pair.catalysts if not gone & set(pole.code_ids)]
    for one in sides.more:
        pole = read_pole(codebook, one)
        if all(pole.code_ids != other.code_ids for other in kept):
            kept.append(pole)
    return replace(pair, catalysts=tuple(kept))


def read_pole(codebook: Codebook, text: str) -> Pole:
    """One side as it is typed: `CODE`, `CODE+CODE`, or either behind `WORDING=`.

    Raises:
        QualcodeError: NO_CODE, CODE_NOT_USED.
    """
    if any(text.strip() in (code.id, code.name) for code in codebook.codes):
        code = used_code(codebook, text)
        return Pole(code.name, (code.id,))
    says, _, words = text.rpartition("=")
    codes = [used_code(codebook, word) for word in words.split("+")]
    code_ids = tuple(dict.fromkeys(code.id for code in codes))
    return Pole(one_line(says) or names_of(codebook, code_ids), code_ids)


def names_of(codebook: Codebook, code_ids: Iterable[str]) -> str:
    """What a side says where the analyst gave no wording: the names of its codes."""
    codes = codes_by_id(codebook)
    return "; ".join(codes[one].name if one in codes else one for one in code_ids)


def _lens_id(codebook: Codebook, pair_id: str, word: str) -> str:
    wanted = word.strip().casefold()
    for lens in codebook.lenses:
        if wanted in (lens.id.casefold(), lens.name.casefold()):
            return lens.id
    raise QualcodeError(
        problem(
            P.UNKNOWN_LENS,
            owner=f'pair "{pair_id}"',
            lens=word.strip(),
            hint=did_you_mean(wanted, [lens.id for lens in codebook.lenses]),
        )
    )


def pair_in_words(pair: Pair) -> str:
    """One pair in one line, for the journal and for answers.

    >>> pair_in_words(Pair("p1", 1, Pole("Silos", ("silos",)), (Pole("Training", ("t",)),), ("a",)))
    'Silos -> Training [a]'
    """
    obstacle = pair.obstacle.says if pair.obstacle else "-"
    catalysts = "; ".join(pole.says for pole in pair.catalysts) or "-"
    lenses = f" [{' / '.join(pair.lenses)}]" if pair.lenses else ""
    condition = f" ({pair.condition})" if pair.condition else ""
    return f"{obstacle} -> {catalysts}{lenses}{condition}"
