"""Which code a word of a table means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from qualcode.core.codebook import codes_by_id, is_in_use
from qualcode.core.model import Code, Codebook

ABOVE = " > "
"""What stands between a code and the one below it, in a name that says both."""
_JOINT = re.compile(r"[\s_>-]+")


def codes_meant(codebook: Codebook, words: Iterable[str]) -> dict[str, tuple[Code, ...]]:
    """The codes that each word can mean: one where that is clear, none where nothing fits.

    An id comes first, then the names from the top down ("A > B"), of which the name of a code
    at the top is one; then the name of a code further down, which may fit several; at last an
    id with spaces or underscores for hyphens. Of several codes those in use are meant.
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
        by_id, by_words = (
            [known[one]] if one in known else [] for one in (wanted, _JOINT.sub("-", wanted))
        )
        found = by_id or by_full_name.get(wanted) or by_name.get(wanted) or by_words
        meant[word] = tuple([code for code in found if is_in_use(code)] or found)
    return meant


def _full_name(code: Code, known: Mapping[str, Code]) -> str:
    """The name of a code behind the names of those above it."""
    trail = [code]
    while (above := known.get(trail[-1].parent or "")) is not None and above not in trail:
        trail.append(above)
    return ABOVE.join(one.name for one in reversed(trail))
