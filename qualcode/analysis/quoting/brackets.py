"""Credits in brackets or after a dash: "(Head teacher)", "[field notes]", "– Nurse, Eastport"."""

from __future__ import annotations

import re

from qualcode.analysis.quoting.people import is_role
from qualcode.analysis.quoting.words import SAID

_BRACKET = re.compile(r"[\s.,;:!?]{0,6}(?:\(([^()\n]{1,160})\)|\[([^\[\]\n]{1,160})\])")
_DASH = re.compile(r"[\s.,]{0,4}(?:[–—]|--?)\s{0,3}(\S[^\n]{1,100})$")
_LAST_BRACKET = re.compile(r"[ ]{0,3}(?:\(([^()\n]{2,120})\)|\[([^\[\]\n]{2,120})\])[.\s]{0,3}$")

_NO_CREDIT = re.compile(
    r"""(?:see|cf|ibid|op\.?\ cit|loc\.?\ cit|e\.?g|i\.?e|n\s*=|(?-i:p{1,2}\.?\s*\d)|emphasis
        |italics|my|our|sic|laugh|pause|silence|sigh|inaudible|unclear|crosstalk|cries|crying|figure|table|section
        |chapter|appendix|box|note|original|translated|translation|quoted\ in|cited\ in|£|\d+\s*%
        |\d+\s*per\s*cent|\W*$|\.\.\.|…|and\b|or\b|but\b|which\b|that\b|who\b|though\b|paragraph
        |page\b|footnote|para\b|[ivx]+$|[a-z]$)""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d[a-z]?\b")
_CITED = re.compile(
    r"""(?:[A-Z][\w'’.-]+(?:(?:,?\s(?:and|&)\s|,\s)[A-Z][\w'’.-]+)*(?:,?\set\ al\.?)?,?\s
        (?:1[89]|20)\d\d)
      | .*\bet\ al\b | .*\b(?:1[89]|20)\d\d[a-z]?\s*[:,]\s*(?:p{1,2}\.?\s*)?\d""",
    re.VERBOSE,
)
_SOURCE = re.compile(
    r"""\b(?:field\s?-?notes?|interview\w*|focus\ group|questionnaire|survey|observation|workshop
        |board\ meeting|diary|transcript|away\ day|respondent|participant|informant|minutes
        |free\ text|police|health|housing|probation|education|social\ (?:care|services)
        |voluntary\ sector|local\ authority|council|school|charity|nhs)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:[A-Z]{1,8}[-\s]?\d{1,3}|[A-Z][a-z]+\s\d{1,3})\b")
AGAIN = re.compile(r"(?:the\s+)?same\b|as\s+above$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:the|his|her|their|our|its|this|these|those|a|an)\b")


def is_credit(inner: str, *, square: bool, quoted: str = "") -> bool:
    """Whether words in brackets say who is quoted, and are no citation or aside."""
    inner = inner.strip().lstrip("–—- ")
    if not inner or len(inner.split()) > 14 or _NO_CREDIT.match(inner) or _CITED.match(inner):
        return False
    if AGAIN.match(inner):
        return True
    if _ABOUT.match(inner):
        return False
    if is_strong(inner):
        return True
    if square or not inner[0].isupper() or _YEAR.search(inner):
        return False
    return len(inner.split()) <= 8 and not _abbreviates(inner, quoted)


def is_strong(inner: str) -> bool:
    """Whether words name a role, a numbered person, or a source of the study."""
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", inner)
    return (
        bool(_SOURCE.search(inner))
        or bool(_NUMBERED.match(inner))
        or any(is_role(word) for word in words)
    )


def _abbreviates(inner: str, quoted: str) -> bool:
    if not inner.isupper() or " " in inner:
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", quoted)).upper()
    return inner in initials


def tidy(credit: str) -> str:
    """A credit without the dashes and stops around it."""
    return " ".join(credit.split()).strip(" –—-.;,")


def credit_after(rest: str, *, quoted: str) -> str:
    """The credit at the beginning of what follows a quotation, or ""; asides are passed over."""
    at = 0
    for _ in range(4):
        found = _BRACKET.match(rest, at)
        if found is None:
            break
        inner = found.group(1) or found.group(2)
        if is_credit(inner, square=found.group(2) is not None, quoted=quoted):
            return tidy(inner)
        at = found.end()
    return "" if at else dash_credit(rest)


def dash_credit(rest: str) -> str:
    """The credit that follows a dash and ends a paragraph, or ""."""
    found = _DASH.match(rest) if len(rest) < 130 else None
    if found is None:
        return ""
    inner = tidy(found.group(1))
    words = inner.lower().split()
    if len(words) > 12 or any(word.strip(",.;:") in SAID for word in words):
        return ""
    return inner if is_strong(inner) or (inner[:1].isupper() and len(words) <= 5) else ""


def credit_alone(text: str) -> str:
    """The credit of which a whole paragraph consists, or ""."""
    if len(text) > 170:
        return ""
    found = _BRACKET.fullmatch(text.rstrip(" ."))
    if found is not None:
        inner = found.group(1) or found.group(2)
        square = found.group(2) is not None
        return tidy(inner) if is_credit(inner, square=square) else ""
    return dash_credit(text)


def credit_at_end(text: str) -> tuple[int, str] | None:
    """Where the credit that ends a text begins, and the credit; None where there is none."""
    shift = max(0, len(text) - 130)
    found = _LAST_BRACKET.search(text, shift)
    if found is None:
        return None
    inner = found.group(1) or found.group(2)
    if not is_credit(inner, square=found.group(2) is not None) or not is_strong(inner):
        return None
    return found.start(), tidy(inner)
