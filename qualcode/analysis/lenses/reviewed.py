"""What people's codings teach about lenses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qualcode.core.learning import ReviewedLenses
from qualcode.core.model import Code, Coding, Document


def reviewed_lenses(
    document: Document, codings: Iterable[Coding], codes: Mapping[str, Code]
) -> tuple[ReviewedLenses, ...]:
    """Each coding of a document with its lenses and those of its code, by place.

    Lenses of a suggestion were seen when it was accepted; those given by hand count as seen
    only where they are not just the code's.

    Args:
        codes: the codes that codings now count as, by the id that the codings name.
    """
    found = []
    for one in sorted(codings, key=lambda coding: (coding.span, coding.coder, coding.code_id)):
        code = codes.get(one.code_id)
        own = code.lenses if code else ()
        is_default = one.origin != "suggestion" and set(one.lenses) == set(own)
        text = document.text[one.span.start : one.span.end]
        found.append(ReviewedLenses(text, one.lenses, own, is_default))
    return tuple(found)
