"""What must be in a text for a cue to be there: the words, or pairs, by which it is looked for."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.core.cues import Choice, Gap, Sequence, Word, is_optional

RARER = 4
"""Letters that a second word is worth: two short words in a row are rarer than a long one."""
Path = tuple[Word, ...]


def _anchors(sequence: Sequence) -> tuple[Word, ...]:
    """Words of which one must be there wherever the sequence is: the longest, so the rarest."""
    best: tuple[Word, ...] = ()
    best_length = 0
    for element in sequence:
        words: tuple[Word, ...] = ()
        if isinstance(element, Word):
            words = (element,)
        elif isinstance(element, Choice) and not any(is_optional(o) for o in element.options):
            words = tuple(word for option in element.options for word in _anchors(option))
        if words and (length := min(len(word.pattern) for word in words)) > best_length:
            best, best_length = words, length
    return best


def single_words(choice: Choice) -> tuple[Word, ...]:
    """The words of which the choice is exactly one, or () where it can be more or none."""
    words = [o[0] for o in choice.options if len(o) == 1 and isinstance(o[0], Word)]
    return tuple(words) if len(words) == len(choice.options) else ()


def find_needs(sequence: Sequence) -> Iterator[tuple[Word, ...]]:
    """For each part that cannot be left out, the words of which one must be there."""
    for element in sequence:
        if words := _anchors((element,)):
            yield words


def find_keys(sequence: Sequence) -> frozenset[Path]:
    """Words, or pairs that follow each other, of which one is wherever the sequence is."""
    ways = (frozenset(first_words(sequence[at:], 2)) for at in range(len(sequence)))
    return max((way for way in ways if () not in way), key=selectivity)


def selectivity(keys: frozenset[Path]) -> int:
    """How seldom the commonest of the keys is likely to come: long words are rare, pairs more."""
    return min(sum(len(word.pattern) + RARER for word in path) for path in keys)


def first_words(sequence: Sequence, n: int, begun: Path = ()) -> Iterator[Path]:
    """The first `n` words with which the sequence can begin; fewer before a gap and at its end."""
    if len(begun) == n or not sequence or (begun and isinstance(sequence[0], Gap)):
        yield begun
    elif isinstance(sequence[0], Gap):
        yield from first_words(sequence[1:], n)
    elif isinstance(sequence[0], Word):
        yield from first_words(sequence[1:], n, (*begun, sequence[0]))
    else:
        for option in sequence[0].options:
            yield from first_words((*option, *sequence[1:]), n, begun)
