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
WINDOW = 200  # characters looked at on either side: more than the farthest denial reaches
_NEGATION = re.compile(
    r"""\b(?:not|never|without|hardly|scarcely|neither(?!.*\bnor\b)|nor|cannot|no\s+longer
          |no(?:\s+|-)one|nobody|nothing\s+like|none\s+of
          |free\s+(?:of|from)|far\s+from|rather\s+than|instead\s+of|(?:lack|absence)\s+of
          |doubts?(?=\s+(?:that\s+|if\s+|whether\s+)?(?:there|any|we|you|they|it|he|she)\b)
          |\w+n['’]t|no(?=\s))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_LACK = re.compile(
    r"""(?<![\w'’])(?:(?:lack|absence|shortage|scarcity|dearth)\s+of|lack(?:s|ed|ing)?
          |not\s+enough|too\s+(?:little|few)|insufficient|inadequate)(?![\w'’])""",
    re.VERBOSE | re.IGNORECASE,
)
# A lack is denied right before it: "no partner shall treat the lack of access" denies none.
_NO_SUCH = re.compile(
    r"""\b(?:no(?:\s+longer|body|\s+one)?|not|never|without|\w+n['’]t)
      (?:\s+(?:a|any|the|real|great|particular|have|see|feel)){0,2}\s+$""",
    re.VERBOSE | re.IGNORECASE,
)
_UP_TO_FIVE_WORDS = re.compile(r"(?:[^\w,'’]+[\w'’]+){0,5}[^\w,]*")
# A list ("no silos and no turf wars") denies twice; anything else turns the denial round.
_LISTED = re.compile(r",|\b(?:and|or|nor)\b", re.IGNORECASE)
_ENDED = re.compile(
    r"""(?<!\w)(?:broke(?:n)?\s+down|got(?:ten)?\s+rid\s+of|(?:did|done)\s+away\s+with|dismantled|overc[oa]me
          |abolished|eliminated|put\s+an\s+end\s+to|(?:saw|seen)\s+the\s+end\s+of|left\s+behind)
        (?:\s+(?:the|those|these|our|their|any|all|most|many|of|such|old))*\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_SO_YET = re.compile(
    r"\b(?:if|once|until|till|when|wish\w*|hop(?:e|es|ed|ing)|unless|before|could|should|would|might"
    r"|will|to)\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"""^\s+(?:(?:have|has|had|are|is|all|now|long|largely|completely|since|finally|mostly|been)\s+)*
      (?:gone|disappeared|vanished|dismantled|broken\s+down|(?:a\s+thing|things)\s+of\s+the\s+past)\b
      (?!\s+(?:up|too|on|mad|further|deeper|wrong|nowhere|from|to|back|into|through|over|under)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_ANSWERED_NO = re.compile(
    r"^(?:[ ][\w'’]+){0,3}[ ]?\?\W*(?P<no>no|none|never"
    r"|not\s+(?:here|really|at\s+all|any\s?more|now))(?=\s*(?:[.,;!]|$))",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    r"\b(?:not|never|no\s+longer|hardly|scarcely|cannot|nobody|no(?:\s+|-)one|neither|nor|without"
    r"|no(?=\s)|\w+n['’]t)(?!\w)",
    re.IGNORECASE,
)
# These look like denials and are none: "not only silos", "I don't know why they change".
_NO_DENIAL_BEFORE = re.compile(
    r"""\b(?:not|n['’]t)\s+(?:only|just|merely|simply|least|surpris\w+|sure|clear
        |to\s+mention|unlike|unusual)\b
      | \bno\s+(?:doubt|wonder|surprise|matter|question|less|fewer|secret|one\s+else)\b
      | \b(?:don|doesn|didn|do|does|did|can|could|would)\s?(?:not|n['’]t|['’]t)\s+
        (?:know|understand|see\s+(?:why|how)|say\s+why|want|help|stop|mind|like|get\s+why|tell
        |remember)\b
      | \b(?:not|never|cannot|n['’]t|no|without|beyond|little)\s+(?:a\s+|any\s+|really\s+)?doubt
      | \bdoubts?\b.*\b(?:ever|rid|end|escape|lose|over)\b
      | \b(?:nobody|no(?:\s+|-)one)\s+
        (?:(?:here|ever|really|even|has|can|will|would|could|dares?(?:\s+to)?|wants?\s+to)\s+)*
        (?:mind|talk|mention|lik|want|question|challeng|tackl|fix|solv|stop|admit|doubt
        |complain|car|know|knew|remember|notic|understand|understood|ask|dar|deny|denie|discuss|address
        |break|blam|miss|told|tell|explain|surpris|escap|lov)\w*\b
      | \b(?:cannot|can['’]t|couldn['’]t)\s+(?:deny|ignore|stress|overstate|be\s+denied|have|see
        |get|wait)\b
      | \bif\s+not\b
      | \bnot\s+(?:that\s+)?(?:long|enough)\b | \bwhy\s+not\b | ,\s*(?:not|isn['’]t)\s*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEGATOR = r"(?:not|never|no\s+longer|hardly|no|nothing|none|\w+n['’]t)"
# no apostrophe between words: a row of them could be read in endless ways
_UP_TO_FOUR = r"(?:[^\w'’]+[\w'’]+){0,4}?[^\w'’]+"
_NO_OBSTACLE = re.compile(
    rf"""^{_UP_TO_FOUR}{_NEGATOR}\b{_UP_TO_FOUR}
      (?:problems?|issues?|barriers?|obstacles?|difficult\w*|factors?|concerns?|troubles?|worr\w+|matter\w*
        |hinder\w*|hold\w*|bother\w*|affect\w*|exist\w*|appl(?:y|ies)|arise\w*|the\s+case|in\s+the\s+way
        |any\s?more|here|found|seen|noticed|felt)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_CATALYST = re.compile(
    rf"""^(?:[^\w'’]+[\w'’]+){{0,3}}?[^\w'’]+{_NEGATOR}\b{_UP_TO_FOUR}
      (?:happen\w*|tak(?:e|en|ing)\s+place|took\s+place|c[oa]me|help\w*|work(?:s|ed)?|offer\w*|use|useful
        |difference|materiali[sz]e\w*|start\w*|exist\w*|available|possible|provided|arranged|held|enough
        |answer|solution|solve\w*|change\w*|last\w*|(?<!from\s)there|present|forthcoming)\b
      | ^(?:[^\w'’]+[\w'’]+){{0,3}}?[^\w'’]+(?:cancelled|postponed|abandoned|withdrawn)\b
      | ^\s+(?:(?:have|has|had|is|are|was|were|been|all|now|long|since|still|often|largely|simply
          |completely)\s+)+(?:missing|lacking|absent|disappeared|vanished|evaporated
          |gone(?!\s+(?:up|on|well|ahead|further|deeper|from|to|into|through|over|beyond)\b))\b""",
    re.VERBOSE | re.IGNORECASE,
)
NEAR = 12
"""Stretches without white space next to a cue that hold the denial nearest to it."""
# One of these is in whatever the patterns above find.
_HINT_BEFORE = re.compile(
    r"n(?:o(?:[tbnr]|\W|$)|['’]t|e(?:ver|ither))|without|hardly|scarcely|f(?:ree|ar)|r(?:ather|id)"
    r"|instead|lack|a(?:bsence|way|bolished)|d(?:oubt|ismantled)|broke|behind|overc|e(?:liminated|nd)"
)
_HINT_BEHIND = re.compile(
    r"n(?:o(?:[tn]|\W|$)|['’]t|ever)|hardly|gone|d(?:isappeared|ismantled)|vanished|broken"
    r"|p(?:ast|ostponed)|cancelled|abandoned|withdrawn|missing|lacking|absent|evaporated"
)
_HINTS_OF_LACK = (
    "lack",
    "absence",
    "shortage",
    "scarcity",
    "dearth",
    "too",
    "enough",
    "insuff",
    "inadeq",
)


def find_denial(text: str, start: int, end: int, *, valence: CodeValence) -> str:
    """The words that deny what stands at `start`..`end`, or "".

    An obstacle can be denied by what follows ("... has not been a problem"), a catalyst too
    ("... never happened"); a code of either valence only by what stands before.

    >>> find_denial("Silos have not been a problem here.", 0, 5, valence="obstacle")
    'have not been a problem'
    """
    window = text[_window_start(text, start) : start]
    nearest = window.rsplit(None, NEAR)[-NEAR:]
    if _hints(nearest, _HINT_BEFORE) and (denial := _denied_before(_last_clause(window), valence)):
        return denial
    rest = text[end : end + WINDOW]
    if "?" in rest and (answer := _ANSWERED_NO.search(rest)):
        return answer.group("no")
    if valence == "either" or not _hints(rest.split(None, NEAR)[:NEAR], _HINT_BEHIND):
        return ""
    following = _CLAUSE_END.search(rest)
    behind = rest[: following.start()] if following else rest
    gone = _GONE.search(behind) if valence == "obstacle" else None
    if gone and not _NOT_SO_YET.search(_last_clause(window)):
        return gone.group().strip()
    match = (_NO_OBSTACLE if valence == "obstacle" else _NO_CATALYST).search(behind)
    if (
        match
        and not _NO_DENIAL_BEFORE.search(match.group())
        and not behind[match.end() :].lstrip().startswith("without")  # two denials are none
    ):
        return match.group().strip(" ,'’")
    return ""


def _hints(words: list[str], hint: re.Pattern[str]) -> bool:
    """Whether anything in these words can begin a denial: a quick look before the patterns."""
    return bool(hint.search(" ".join(words).lower()))


def _last_clause(window: str) -> str:
    """The words of a clause that has begun in the window and has not ended there."""
    return window[max((m.end() for m in _CLAUSE_END.finditer(window)), default=0) :]


def find_lack(text: str, start: int) -> int:
    """Where the words begin that say that what stands at `start` is lacking; `start` if none do.

    >>> find_lack("there is a lack of joint training", 25)
    11
    """
    window = text[_window_start(text, start) : start]
    if not any(map(window.lower().__contains__, _HINTS_OF_LACK)):
        return start
    for match in _LACK.finditer(text, start - len(window), start):
        if _UP_TO_FIVE_WORDS.fullmatch(text, match.end(), start):
            return match.start()
    return start


def find_denied_lack(text: str, start: int, end: int) -> str:
    """The words that deny the lack that stands at `start`..`end`, or "".

    >>> find_denied_lack("There is no lack of training.", 12, 28)
    'no'
    """
    before = _NO_SUCH.search(text, max(0, start - WINDOW), start)
    if before:
        return before.group().strip()
    behind = text[start : end + WINDOW]
    return find_denial(behind, 0, end - start, valence="obstacle")


def find_skipped_denial(words: str) -> str:
    """What denies a cue among the words that it skipped, or "".

    Args:
        words: the stretch that a cue matched, where the cue itself names no negation.

    >>> find_skipped_denial("culture is not rigid")
    'not'
    """
    for match in _SKIPPED.finditer(words):
        tail = words[max(0, match.start() - 12) :]
        if (
            words[: match.start()].rstrip()[-1:] != ","  # "culture, not rank, is rigid"
            and not _NO_DENIAL_BEFORE.search(tail)
            and not _CLAUSE_END.search(words, match.end())
            and "," not in words[match.end() :]
        ):
            return match.group()
    return ""


def names_negation(words: str) -> bool:
    """Whether one of these words, as a cue writes them, negates by itself.

    >>> names_negation("hardly ever")
    True
    """
    return bool(_SKIPPED.search(words + " "))


def _window_start(text: str, start: int) -> int:
    """Where the words that can deny begin; never inside a word ("k-not")."""
    if start <= WINDOW:
        return 0
    blank = text.find(" ", start - WINDOW, start)
    return blank + 1 if blank >= 0 else start


def _denied_before(before: str, valence: CodeValence) -> str:
    """The nearest denial before a cue, or "" where there is none or another turns it round."""
    ended = _ENDED.search(before) if valence == "obstacle" else None
    if ended and _NOT_SO_YET.search(before, 0, ended.start()):
        return ""
    denials = [ended] if ended else []
    for match in reversed(list(_NEGATION.finditer(before))):
        at = denials[-1].start() if denials else len(before)
        between = before[match.end() : at]
        if not _UP_TO_FIVE_WORDS.fullmatch(between) or (denials and _LISTED.search(between)):
            break
        if not _NO_DENIAL_BEFORE.search(before[max(0, match.start() - 12) :]):
            denials.append(match)
    return denials[0].group().strip() if len(denials) % 2 else ""
