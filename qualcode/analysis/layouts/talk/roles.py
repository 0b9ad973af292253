"""Words that stand for a speaker: interviewer, R, Speaker 2, and what only looks like one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Shape = Literal["known", "name", "weak", "never"]
"""How much a label looks like a speaker's: a role that transcripts use, a proper name,
anything that would have to recur often, and words that head a field or a sentence."""

_RESEARCHER = (
    r"interviewers?|interv?r|intv?w?r?|iv|ir|facilitator|fac|moderator(?:in)?|mod|investigator"
    r"|researcher|ethnographer|interviewee?u[rs]e?|intervieweur|intervieweuse|interviewerin"
    r"|enqu[eê]t(?:eur|rice)|entrevistadora?|intervistat(?:ore|rice)|pesquisadora?|forscher(?:in)?"
)
_PARTICIPANT = (
    r"interviewees?|ie|respondents?|resp|participants?|informants?|ans"
    r"|interview[eé]e?s?|enqu[eê]t[eé]e?s?|r[eé]pondante?|befragter?|entrevistad[oa]|intervistat[oa]"
    r"|speaker|spk|unknown|unidentified|unclear|male|female|all|everyone|several|various"
    r"|interlocuteur|locuteur|sprecher(?:in)?"
)
# Words for people that may as well be spoken; they have to recur, or look like the others.
_PEOPLE = re.compile(
    r"(?:the\s+)?(?:man|woman|boy|girl|voice|group|audience|member|chair|chairman|chairwoman"
    r"|chairperson|patient|parent|mother|father|mum|dad|child|carer|student|pupil|teacher|nurse"
    r"|doctor|host|guest|translator|interpreter|caller|question|answer|court|witness)"
    r"(?:\s*\d{1,3})?",
    re.IGNORECASE,
)
_NUMBER = r"(?:[\s._#-]*(?:\d{1,4}|[a-z](?![a-z])))?"
_QUALIFIED = (
    r"(?:(?:unknown|unidentified|unclear|inconnu|male|female)\s+)?"
    r"(?:(?:male|female|second|first|third|other|another|same|new|young)\s+)?"
)
_ROLE = re.compile(
    rf"(?:the\s+)?{_QUALIFIED}(?:{_RESEARCHER}|{_PARTICIPANT}){_NUMBER}(?:\s+voice)?"
    r"(?:(?:\s*[(\[/&]\s*|\s[–-]\s)[^()\[\]]{1,40}[)\]]?)?\??",
    re.IGNORECASE,
)
# Letters and codes: I, R, P3, INT07, S1, FG2-P4, ??.
_CODE = re.compile(
    r"(?:[A-Z]|[A-Z]{1,4}[\s._#-]?\d{1,4}[a-zA-Z]?|[A-Z]{1,3}\d{1,2}[-_ ]?[A-Z]{1,2}\d{0,3}"
    r"|[?]{1,4}|[X]{2,4})\??"
)
_LOWER_CODE = re.compile(r"[a-z]{1,4}[\s._#-]?\d{1,4}")
_ASKS = re.compile(
    rf"(?:the\s+)?(?:(?:lead|second|first|co-?)\s*)?(?:{_RESEARCHER})[\s._#-]*\d?"
    r"(?:\s*[(\[/&].*|\s[–-]\s.*)?",
    re.IGNORECASE,
)

# Heads of a title page, and words with a colon that people say and write in any text.
# fmt: off
_FIELDS = frozenset([
    "absent", "abstract", "action", "actions", "advantage", "advantages", "age", "agenda", "aim",
    "aims", "apologies", "april", "attendance", "attendees", "audio", "august", "author",
    "background", "bcc", "begin", "cc", "chapter", "code", "comment", "comments", "con",
    "conclusion", "conducted", "cons", "consent", "context", "date", "datum", "dauer", "day",
    "december", "decision", "decisions", "disadvantage", "disadvantages", "duración", "duration",
    "durée", "email", "end", "ends", "example", "examples", "february", "fecha", "figure", "file",
    "filename", "finished", "friday", "from", "gender", "http", "https", "id", "interview",
    "interviewed", "item", "january", "july", "june", "key", "keywords", "language", "legend",
    "length", "lieu", "location", "lugar", "march", "may", "mn", "monday", "month", "name",
    "names", "nb", "note", "notes", "november", "number", "objective", "objectives", "observer",
    "oc", "occupation", "october", "option", "organisation", "organization", "ort", "outcome",
    "page", "part", "phone", "place", "pn", "present", "pro", "profession", "project", "pros",
    "ps", "pseudonym", "purpose", "re", "reason", "reasons", "recorded", "recording", "resolved",
    "result", "results", "role", "saturday", "section", "september", "setting", "site", "source",
    "sources", "start", "started", "status", "step", "strength", "strengths", "study", "subject",
    "summary", "sunday", "table", "tel", "theme", "thursday", "time", "title", "tn", "to",
    "topic", "total", "transcribed", "transcriber", "transcript", "transcription", "tuesday",
    "url", "venue", "version", "warning", "weakness", "weaknesses", "website", "wednesday",
    "week", "www", "year",
])
# fmt: on
# fmt: off
_SPOKEN = frozenset([
    "a", "aber", "about", "actually", "after", "again", "ah", "all", "alors", "also", "an", "and",
    "another", "answer", "any", "anyhow", "anything", "anyway", "are", "as", "at", "basically",
    "be", "because", "been", "before", "being", "but", "by", "c'est", "can", "ce", "could", "das",
    "der", "des", "did", "die", "do", "does", "donc", "du", "ein", "eine", "elle", "er", "erm",
    "et", "everything", "finally", "first", "firstly", "five", "for", "four", "from", "generally",
    "had", "has", "have", "he", "hello", "her", "here", "hi", "his", "hmm", "honestly", "how",
    "i'm", "i've", "ich", "if", "il", "in", "into", "is", "it", "it's", "its", "je", "just", "la",
    "last", "lastly", "le", "les", "less", "like", "mais", "many", "may", "maybe", "might", "mm",
    "more", "most", "must", "my", "next", "no", "not", "nothing", "nous", "now", "obviously",
    "oder", "of", "oh", "ok", "okay", "on", "one", "only", "or", "other", "others", "ou", "our",
    "over", "perhaps", "please", "que", "question", "qui", "remember", "right", "second",
    "secondly", "shall", "she", "should", "sie", "so", "some", "someone", "something", "sorry",
    "specifically", "than", "thank", "thanks", "that", "the", "their", "then", "there", "these",
    "they", "thing", "things", "third", "thirdly", "this", "those", "three", "to", "tu", "two",
    "uh", "um", "un", "und", "une", "vous", "was", "we", "well", "were", "what", "when", "where",
    "which", "who", "whom", "whose", "why", "will", "wir", "with", "without", "would", "yeah",
    "yep", "yes", "you", "your",
])
# fmt: on
_FIELD_LINKS = frozenset(
    ["of", "by", "at", "in", "the", "no", "and", "&", "type", "participant", "interviewee"]
)
_ALSO_NAMES = frozenset(["Will", "May", "April", "June", "August"])
# fmt: off
_LINKS = frozenset([
    "&", "/", "al", "and", "bin", "da", "de", "den", "der", "di", "do", "du", "e", "el", "ibn",
    "la", "le", "of", "the", "van", "von", "y",
])
# fmt: on
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Revd|Cllr|Sgt|Insp|Supt|St|(?:R(?:igh)?t\.?\s)?Hon|Mme|Mlle|Sr|Sra|Capt|Lt|Col|Gen"
    r"|Maj|Cpl|Det|Ald|Amb|Fr|Br|Ing|Jr|[A-Z])\.(?=\s|,|$)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\s,/]+")


NAMES = 4096
"""Names that are remembered: they come again inside a document, and seldom in the next."""


@lru_cache(maxsize=NAMES)
def shape_of(name: str) -> Shape:
    """How much these words look like the label of a speaker.

    >>> shape_of("O'Neil, Mark (Police)"), shape_of("Interviewer 2"), shape_of("There is one issue")
    ('name', 'known', 'never')
    """
    plain = " ".join(_BRACKETED.sub(" ", name).split()) or name.strip()
    if _ROLE.fullmatch(plain) or (
        _CODE.fullmatch(plain) and (len(plain) == 1 or plain.casefold() not in _SPOKEN)
    ):
        return "known"
    if _PEOPLE.fullmatch(plain):
        return "name" if plain[0].isupper() else "weak"
    if plain in _ALSO_NAMES:
        return "name"
    bare = _TITLE.sub(" ", plain)
    if not plain or re.search(r"[.!?;…](?:\s|$)", bare):
        return "never"
    words = [word.strip("'’\"*_#") for word in _WORD.findall(bare)]
    words = [word for word in words if word]
    if not words or len(words) > 7 or is_field(plain):
        return "never"
    # "The Acting Chair" is somebody; "The problem" is not.
    is_the = words[0] in ("The", "THE") and len(words) > 1 and _is_capital(words[1])
    if words[0].casefold() in _SPOKEN and not is_the:
        return "never"
    # "Grad A", "Speaker One": what tells people apart may be a word like any other.
    if words[-1].casefold() in _SPOKEN and not _is_capital(words[-1]):
        return "never"
    if _LOWER_CODE.fullmatch(plain):
        return "name"
    if all(_is_capital(word) or word in _LINKS for word in words) and _is_capital(words[0]):
        return "name" if any(char.isalpha() for char in plain) else "never"
    return "weak" if len(words) <= 2 else "never"


def _is_capital(word: str) -> bool:
    """Scripts without capitals count as written with them."""
    first = word[0]
    return (
        first.isdigit()
        or first in "-–—(@#"
        or (first.isalpha() and not first.islower())
        or any(char.isupper() for char in word)
    )


_COLLAPSED = re.compile(r"(\d+)\s+\1$")
_NOT_ALNUM = re.compile(r"[\W_]+")


@lru_cache(maxsize=NAMES)
def key_of(name: str) -> str:
    """What two spellings of one speaker have in common.

    >>> key_of("Interviewer 1") == key_of("INTERVIEWER1 1")
    True
    """
    name = _COLLAPSED.sub(r"\1", name.strip())
    return _NOT_ALNUM.sub("", name.casefold()) or name.strip()


def is_unknown(name: str) -> bool:
    """Whether the label stands for anybody: "Unknown Speaker", "??", "Several".

    >>> is_unknown("Unidentified female voice")
    True
    """
    return bool(_UNKNOWN.match(name.strip()))


_UNKNOWN = re.compile(r"(?:unknown|unidentified|unclear|inconnu|\?|x{2,}\b|several|various)", re.I)


def researchers_among(names: tuple[str, ...]) -> frozenset[str]:
    """Those of the labels of one transcript that by themselves say "researcher".

    Letters mean what they mean beside the others: R is a respondent beside I, but the
    researcher beside P1, P2; INT07 is somebody interviewed, INT and INT 1 ask.

    >>> sorted(researchers_among(("R", "INT")))
    ['INT']
    """
    found = {name for name in names if _ASKS.fullmatch(name) or name.casefold() == "question"}
    if found:
        return frozenset(found)
    upper = {name.upper().strip(" ."): name for name in names}
    for asks, answers in (
        ("I", r"[RPBEA]\d*|IE|I?[A-Z]{1,3}\d*"),
        ("Q", r"[ARP]\d*|.*"),
        ("M", r"[PRT]\d+"),
        ("R", r"P\d*|IE"),
        ("E", r"[EAIP]\d+|A"),
    ):
        others = [other for other in upper if other != asks]
        if asks in upper and others and all(re.fullmatch(answers, other) for other in others):
            return frozenset({upper[asks]})
    return frozenset()


def asks(name: str) -> bool:
    """Whether the label is a word for who asks: "Interviewer", "Lead facilitator"."""
    return bool(_ASKS.fullmatch(name.strip()))


def is_field(name: str) -> bool:
    """Whether the label heads a field of a title page: "Date", "Transcribed by".

    >>> is_field("Date of interview"), is_field("Sarah Jones")
    (True, False)
    """
    words = [word.strip("*_.#()").casefold() for word in name.split()]
    return any(word in _FIELDS for word in words) and all(
        word in _FIELDS or word in _FIELD_LINKS or word.isdigit() for word in words
    )


_ANSWERS = re.compile(
    r"(?:interviewee|respondent|participant|informant|answer|interview[eé]{1,2}e?|enqu[eê]t[eé]e?"
    r"|r[eé]pondante?|befragter?|entrevistad[oa]|intervistat[oa])s?[\s._#-]*\d*"
    r"|(?:INT|IV|IE|P|PP|R|RESP|ID|PART)[\s._#-]?\d{1,4}",
    re.IGNORECASE,
)


def answers(name: str) -> bool:
    """Whether the label is a word or a number for somebody who was interviewed.

    >>> answers("Participant"), answers("INT07"), answers("Dan")
    (True, True, False)
    """
    return bool(_ANSWERS.fullmatch(_BRACKETED.sub("", name).strip()))
