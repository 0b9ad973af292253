"""Denial: "silos have not been a problem" names silos and is no evidence for them.

Triggers within a few words, inside one clause, as in NegEx (Chapman et al. 2001), for
English. What stands inside the cue itself ("not our job") denies nothing.
"""

from __future__ import annotations

import re

from qualcode.core.model import CodeValence

_CLAUSE_END = re.compile(
    r"[.;:!?()\[\]]\s|->|→|\s[-–—]\s|,?\s(?:but|however|although|though|yet|whereas|because|so that"
    r"|unless|except)\s",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"""\b(?:not|never|without|hardly|scarcely|neither|nor|cannot|no\s+longer|nothing\s+like|none\s+of
          |free\s+(?:of|from)|far\s+from|rather\s+than|instead\s+of|(?:lack|absence)\s+of
          |\w+n['’]t|no(?=\s))\b
        (?P<between>(?:\W+[\w'’]+){0,5}?)\W*$""",
    re.VERBOSE | re.IGNORECASE,
)
# These look like denials and are none: "not only silos", "I don't know why they change".
_NO_DENIAL_BEFORE = re.compile(
    r"""\b(?:not|n['’]t)\s+(?:only|just|merely|simply|least|surpris\w+|sure|clear
        |to\s+mention|unlike|unusual)\b
      | \bno\s+(?:doubt|wonder|surprise|matter|question|less|fewer|secret|one\s+else)\b
      | \b(?:don|doesn|didn|do|does|did|can|could|would)\s?(?:not|n['’]t|['’]t)\s+
        (?:know|understand|see\s+(?:why|how)|say\s+why|want|help|stop|mind|like|get\s+why|tell
        |remember)\b
      | \b(?:cannot|can['’]t|couldn['’]t)\s+(?:deny|ignore|stress|overstate|be\s+denied|have|see
        |get|wait)\b
      | \bif\s+not\b
      | \bnot\s+(?:that\s+)?(?:long|enough)\b | \bwhy\s+not\b | ,\s*(?:not|isn['’]t)\s*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEGATOR = r"(?:not|never|no\s+longer|hardly|no|nothing|none|\w+n['’]t)"
_UP_TO_FOUR = r"(?:\W+[\w'’]+){0,4}?\W+"
_NO_OBSTACLE = re.compile(
    rf"""^(?:\W+[\w'’]+){{0,4}}?\W+{_NEGATOR}\b{_UP_TO_FOUR}
      (?:problems?|issues?|barriers?|obstacles?|difficult\w*|factors?|concerns?|troubles?|worr\w+|matter\w*
        |hinder\w*|hold\w*|bother\w*|affect\w*|exist\w*|appl(?:y|ies)|arise\w*|the\s+case|in\s+the\s+way
        |any\s?more|here|found|seen|noticed|felt)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_CATALYST = re.compile(
    rf"""^(?:\W+[\w'’]+){{0,3}}?\W+{_NEGATOR}\b{_UP_TO_FOUR}
      (?:happen\w*|tak(?:e|en|ing)\s+place|took\s+place|c[oa]me|help\w*|work(?:s|ed)?|offer\w*|use|useful
        |difference|materiali[sz]e\w*|start\w*|exist\w*|available|possible|provided|arranged|held|enough
        |answer|solution|solve\w*|change\w*|last\w*)\b
      | ^(?:\W+[\w'’]+){{0,3}}?\W+(?:cancelled|postponed|abandoned|withdrawn)\b""",
    re.VERBOSE | re.IGNORECASE,
)


def find_denial(text: str, start: int, end: int, *, valence: CodeValence) -> str:
    """The words that deny what stands at `start`..`end`, or "".

    An obstacle can be denied by what follows ("... has not been a problem"), a catalyst too
    ("... never happened"); a code of either valence only by what stands before.

    >>> find_denial("Silos have not been a problem here.", 0, 5, valence="obstacle")
    'have not been a problem'
    """
    clause_start = max((m.end() for m in _CLAUSE_END.finditer(text, 0, start)), default=0)
    following = _CLAUSE_END.search(text, end)
    clause_end = following.start() if following else len(text)
    if denial := _denied_before(text[clause_start:start]):
        return denial
    behind = text[end:clause_end]
    pattern = {"obstacle": _NO_OBSTACLE, "catalyst": _NO_CATALYST, "either": None}[valence]
    match = pattern.search(behind) if pattern else None
    if (
        match
        and not _NO_DENIAL_BEFORE.search(match.group())
        and not behind[match.end() :].lstrip().startswith("without")  # two denials are none
    ):
        return match.group().strip(" ,'’")
    return ""


def _denied_before(before: str) -> str:
    match = _BEFORE.search(before)
    if match is None or "," in match.group("between"):
        return ""
    tail = before[match.start() - min(match.start(), 12) :]
    if _NO_DENIAL_BEFORE.search(tail):
        return ""
    return match.group().strip()
