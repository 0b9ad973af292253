"""Which code a word means, where it is typed or stands in a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from qualcode.core.codebook import codes_by_id, is_in_use
from qualcode.core.model import Code, Codebook
from qualcode.core.problems import P, Problem, QualcodeError, problem

ABOVE = " > "
"""What stands between a code and the one below it, in a name that says both."""
NAMED = 3
"""Codes that are named at most where an unknown word could mean several."""
_JOINT = re.compile(r"[\s_>-]+")


def code_meant(codebook: Codebook, word: str) -> Code | None:
    """The code that a person means who typed this word, or None where nothing fits.

    As `codes_meant`, but a name that codes at the top and further down have is not clear.

    Raises:
        QualcodeError: SEVERAL_CODES where the word fits several.

    >>> code_meant(Codebook("Mine", (Code("silo", "Silo mentality"),)), "silo MENTALITY").id
    'silo'
    """
    plain = word.strip()
    wanted = plain.casefold()
    codes = codebook.codes
    same = [code for code in codes if code.id == plain] or _standing(
        [code for code in codes if wanted in (code.id.casefold(), code.name.casefold())]
    )
    found = same or codes_meant(codebook, [plain])[plain]
    if len(found) > 1:
        raise QualcodeError(several_codes(plain, found))
    return found[0] if found else None


def nearest_codes(codebook: Codebook, word: str) -> str:
    """A question naming the code spelt most like this word, or up to three that hold it, or "".

    >>> nearest_codes(Codebook("Mine", (Code("old-silos", "Silos, old"),)), "silo")
    'Did you mean "old-silos"? '
    """
    wanted = word.strip().casefold()
    codes = codes_by_id(codebook)
    by_name = {code.name.casefold(): code.id for code in codes.values()}
    spelt = get_close_matches(wanted, codes, n=1)
    spelt = spelt or [by_name[name] for name in get_close_matches(wanted, by_name, n=1)]
    found = spelt or [
        code.id
        for code in filter(is_in_use, codes.values())
        if wanted and any(one.startswith(wanted) for one in _words_of(code))
    ]
    named = " or ".join(f'"{code_id}"' for code_id in found[:NAMED])
    return f"Did you mean {named}? " if named else ""


def _words_of(code: Code) -> list[str]:
    return _JOINT.split(f"{code.id} {code.name}".casefold())


def several_codes(word: str, codes: Iterable[Code]) -> Problem:
    """The problem that a word stands for each of these codes."""
    return problem(P.SEVERAL_CODES, word=word, codes=", ".join(code.id for code in codes))


def codes_meant(codebook: Codebook, words: Iterable[str]) -> dict[str, tuple[Code, ...]]:
    """The codes that each word can mean: one where that is clear, none where nothing fits.

    An id comes first, then the names from the top down ("A > B"), of which the name of a code
    at the top is one; then the name of a code further down, which may fit several; at last an
    id in capitals, or with spaces or underscores for hyphens. Of several codes those in use
    are meant.
    """
    known = codes_by_id(codebook)
    by_full_name: defaultdict[str, list[Code]] = defaultdict(list)
    by_name: defaultdict[str, list[Code]] = defaultdict(list)
    for code in known.values():
        by_full_name[_full_name(code, known).casefold()].append(code)
        by_name[code.name.casefold()].append(code)
    meant: dict[str, tuple[Code, ...]] = {}
    for word in words:
        wanted = word.casefold()
        # the names "Money" of two codes are not the id "money" of one of them
        by_id, by_words = (
            [known[one]] if one in known else [] for one in (word, _JOINT.sub("-", wanted))
        )
        found = by_id or by_full_name.get(wanted) or by_name.get(wanted) or by_words
        meant[word] = _standing(found)
    return meant


def _standing(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Those of the codes that are in use; all of them where none is."""
    return tuple([code for code in codes if is_in_use(code)] or codes)


def _full_name(code: Code, known: Mapping[str, Code]) -> str:
    """The name of a code behind the names of those above it."""
    trail = [code]
    while (above := known.get(trail[-1].parent or "")) is not None and above not in trail:
        trail.append(above)
    return ABOVE.join(one.name for one in reversed(trail))
