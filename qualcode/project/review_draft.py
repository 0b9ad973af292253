"""What a review shows of a suggestion, and what the person changes before accepting it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from qualcode.analysis.find_span import find_words
from qualcode.core.model import Code, Document, Span, Suggestion, Valence


@dataclass(frozen=True, slots=True)
class Draft:
    """What accepting would do now: the suggestion with what the person changed of it.

    `said` names what the person said, which no change of the code takes away.
    """

    code_id: str
    span: Span
    valence: Valence
    lenses: tuple[str, ...]
    memo: str = ""
    new_code: Code | None = None
    said: frozenset[Literal["valence", "lenses"]] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """One suggestion with all that a person needs in order to decide on it.

    `measure` says what its score is: "probability" or "evidence". The nearest quotations are ""
    where there are none, or where the reason of the suggestion names them.
    """

    suggestion: Suggestion
    document: Document
    draft: Draft
    unit: str
    speaker: str
    where: str
    before: str
    quote: str
    behind: str
    code_name: str
    definition: str
    accepted: str
    rejected: str
    measure: str = "evidence"


def narrowed(shown: Shown, words: str) -> Span | None:
    """The passage that a person means by these words: in the segment, else in its document.

    None where the words are not there, or in the document more than once.
    """
    found = find_words(shown.document, words)
    span = shown.suggestion.span
    inside = [one for one in found if span.start <= one.start and one.end <= span.end]
    if inside:
        return inside[0]
    return found[0] if len(found) == 1 else None


def with_code(shown: Shown, draft: Draft, code: Code) -> Draft:
    """The draft with another code, and its valence and lenses where the person said none.

    The code that was offered comes with what was offered; one that can be either way leaves
    the valence as it was offered.
    """
    offered = shown.draft
    is_offered = code.id == offered.code_id
    valence = offered.valence if is_offered or code.valence == "either" else code.valence
    lenses = offered.lenses if is_offered else code.lenses
    return replace(
        draft,
        code_id=code.id,
        valence=draft.valence if "valence" in draft.said else valence,
        lenses=draft.lenses if "lenses" in draft.said else lenses,
        new_code=None,
    )


def with_valence(draft: Draft, valence: Valence) -> Draft:
    """The draft with the valence that the person says."""
    return replace(draft, valence=valence, said=draft.said | {"valence"})


def with_lenses(draft: Draft, lenses: tuple[str, ...]) -> Draft:
    """The draft with the lenses that the person says."""
    return replace(draft, lenses=lenses, said=draft.said | {"lenses"})
