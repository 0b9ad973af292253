"""What people name: a document by its id, a coder by a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualcode.core.hints import did_you_mean
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.document_files import document_ids
from qualcode.store.paths import ProjectPaths

MOST_NAMED = 12
"""Values that are named where one is not known."""
_UNSAFE = re.compile(r"[^\w-]+")


def find_document(paths: ProjectPaths, doc_id: str) -> str:
    """The id of the document that is meant, in the right case.

    Raises:
        QualcodeError: NO_DOCUMENT, with the nearest id.
    """
    ids = document_ids(paths)
    same = [one for one in ids if one.casefold() == doc_id.casefold()]
    if same:
        return same[0]
    hint = did_you_mean(doc_id, ids)
    raise QualcodeError(problem(P.NO_DOCUMENT, path=str(paths.root), document=doc_id, hint=hint))


def one_of(option: str, word: str, known: Iterable[str]) -> str:
    """The one of the known values that is meant, in the right case.

    Raises:
        QualcodeError: UNKNOWN_FILTER, with the nearest of them.
    """
    values = list(dict.fromkeys(known))
    wanted = word.strip().casefold()
    for value in values:
        if value.casefold() == wanted:
            return value
    more = len(values) - MOST_NAMED
    names = ", ".join(values[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    hint = did_you_mean(word.strip(), values) or did_you_mean(wanted, values)
    raise QualcodeError(
        problem(P.UNKNOWN_FILTER, option=option, found=word, hint=hint, known=names or "none")
    )


def coder_id(name: str) -> str:
    """A coder's name as it stands in the names of files.

    >>> coder_id("B F")
    'b-f'
    """
    return _UNSAFE.sub("-", name.strip().lower()).strip("-")
