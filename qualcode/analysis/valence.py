"""Does a passage speak of something that hinders, or of something that helps?

A short word list with denials, for codes whose valence varies by passage. On unseen text
most of its errors are about whether a passage names a factor at all, so it says "neutral"
where no word speaks.
"""

from __future__ import annotations

import re

from qualcode.analysis.denial import find_denial
from qualcode.core.model import CodeValence, Valence

_HINDERS = re.compile(
    r"""\b(?:problem\w*|barrier\w*|obstacle\w*|obstruct\w*|difficult\w*|hard(?:er|est)?\s+to|hinder\w*|hindrance|prevent\w*
      |block(?:s|ed|ing|ages?)?|stall(?:s|ed|ing)?|delay\w*|frustrat\w*|confus\w*|conflict\w*|clash\w*|tension\w*|resist\w*
      |refus\w*|reluctan\w*|struggl\w*|fail(?:s|ed|ing|ure|ures)?|lack(?:s|ed|ing)?|gets?\s+in\s+the\s+way|got\s+in\s+the\s+way
      |slow(?:s|ed)?\s+(?:us|things|everything|it)|wast\w+|worr\w+|mistrust|distrust|blam\w+|burden\w*|stuck|impossible
      |start(?:s|ing|ed)?\s+(?:again|afresh|from\s+(?:scratch|nothing))|nobody|too\s+(?:much|many|little|few|late|slow))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_HELPS = re.compile(
    r"""\b(?:help(?:s|ed|ful|ing)?|enabl\w+|eas(?:y|ier|ily)|works?\s+well|worked|benefit\w*|success\w*|improv\w+|better
      |support(?:s|ed|ive|ing)?|facilitat\w+|trust(?:s|ed)?|good|great|useful|valu(?:e|es|ed|able)|encourag\w+|agree(?:s|d)?
      |progress|commit(?:ted|ment)|solv\w+|resolved|made\s+(?:a|the|all\s+the)\s+difference|glad|willing\w*
      |brought\s+\w+\s+together|pull(?:s|ed)?\s+together|learn(?:s|ed|t)?)\b""",
    re.VERBOSE | re.IGNORECASE,
)


def passage_valence(text: str) -> Valence:
    """What the words of a passage say: obstacle, catalyst, mixed, or neutral.

    A denied word counts the other way: "not a problem" helps, "did not help" hinders.

    >>> passage_valence("Two systems and no shared log-in, so everything is delayed.")
    'obstacle'
    """
    hinders, denied_hinders = _count(_HINDERS, text, "obstacle")
    helps, denied_helps = _count(_HELPS, text, "catalyst")
    obstacle, catalyst = hinders + denied_helps, helps + denied_hinders
    if obstacle and catalyst:
        return "mixed"
    if obstacle:
        return "obstacle"
    return "catalyst" if catalyst else "neutral"


def _count(pattern: re.Pattern[str], text: str, valence: CodeValence) -> tuple[int, int]:
    said = denied = 0
    for match in pattern.finditer(text):
        if find_denial(text, match.start(), match.end(), valence=valence):
            denied += 1
        else:
            said += 1
    return said, denied
