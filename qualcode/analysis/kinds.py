"""What kind of document a source is, and what in it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from qualcode.analysis.layouts.clocks import read_clock
from qualcode.analysis.layouts.talk.labels import find_labels
from qualcode.analysis.layouts.talk.openings import Opening
from qualcode.analysis.layouts.talk.talktable import find_talk_columns, rows_of_lines
from qualcode.analysis.layouts.titles import Title, find_title
from qualcode.analysis.layouts.told import is_about_folder, told_kind
from qualcode.core.model import KINDS, Extract, Kind, Line, with_text

SAMPLE = 600
"""Lines that are looked at; a document shows its kind long before."""
WORDS_TO_A_DUTY = 250
"""Words at most for each "shall" or "must" of a text that says what is to be done."""
LONGEST = 2000
"""Characters of a line that are looked at."""
ENOUGH = 1.0
"""Evidence below which a document stays "other"."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """The kind of a document, and the reasons in plain words, most telling first."""

    kind: Kind
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sample:
    """The lines that are looked at: all, those with words, and those that begin with a mark.

    `low` is the text of the lines with words, in lower case, each with its end.
    """

    all: Sequence[Line]
    lines: Sequence[Line]
    marked: Sequence[Line]
    low: str

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Sample:
        short = lines
        if any(len(line.text) > LONGEST for line in lines):
            short = [with_text(line, line.text[:LONGEST]) for line in lines]
        filled = [line for line in short if line.text and not line.text.isspace()]
        marked = [line for line in filled if _MARKED.match(line.text)]
        return cls(short, filled, marked, "\n".join([line.text for line in filled] + [""]).lower())

    def having(self, hints: Iterable[str]) -> Iterator[str]:
        """The lines, in lower case, in which one of the hints is found; each line once."""
        seen: set[int] = set()
        for hint in hints:
            at = self.low.find(hint)
            while at >= 0:
                start = self.low.rfind("\n", 0, at) + 1
                end = self.low.find("\n", at)
                if start not in seen:
                    seen.add(start)
                    yield self.low[start:end]
                at = self.low.find(hint, end)


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: Kind
    weight: float
    reason: str


_NAMES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("minutes", re.compile(r"\bminutes?\b|\bmins\b|\bmeeting notes\b|\baction notes\b", re.I)),
    (
        "field notes",
        re.compile(r"\bfield ?(?:work )?notes?\b|\bobserv(?:ation|er)s?\b|\bfn\b", re.I),
    ),
    ("questionnaire", re.compile(r"\bquestionnaires?\b|\bsurvey\b|\bresponses\b", re.I)),
    (
        "transcript",
        re.compile(
            r"\btranscri(?:pt|ption|pts)\b|\bverbatim\b|\bfocus ?group\b|\brecording\b", re.I
        ),
    ),
    (
        "interview notes",
        re.compile(r"\bint ?\d+|\binterview ?notes?\b|\bnotes? of interview\b", re.I),
    ),
    (
        "policy",
        re.compile(
            r"\bpolic(?:y|ies)\b|\bprotocol\b|\bguidance\b|\bprocedures?\b|\bstrategy\b|\bcharter\b"
            r"|\bterms of reference\b|\bconstitution\b|\bcode of (?:conduct|practice)\b|\bstatute\b"
            r"|\bmemorandum of understanding\b",
            re.I,
        ),
    ),
)
_ATTENDANCE = re.compile(
    r"[\s#*_|]*(?:members\s+|also\s+|those\s+|board\s+)?(?:present|in\s+attendance|attendees|attending"
    r"|apologies(?:\s+for\s+absence)?|apologies\s+received|absent|participants|attendance)\b"
    r"\s*[*_]*\s*(?:[:|(]|$)",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"\bminutes\s+of\b|\bmatters\s+arising\b|\bany\s+other\s+(?:business|competent)\b|\bAOB\b"
    r"|\bdate\s+of\s+(?:the\s+)?next\s+meeting\b|\bapologies\s+for\s+absence\b|\bRESOLVED\b"
    r"|\bminutes\s+of\s+the\s+(?:last|previous)\b|^[\s*_]*ACTIONS?(?:\s+POINTS?)?\b\s*[:|]|^#*\s*\**minutes\b",
    re.IGNORECASE | re.MULTILINE,
)
_MEETING = re.compile(r"\b(?:meeting|minutes|committee|board|council|assembly)\b", re.IGNORECASE)
_NOTED = re.compile(
    r"\b(?:it\s+was\s+(?:noted|agreed|reported|resolved|confirmed)|(?:members|the\s+(?:board|group"
    r"|committee|chair))\s+(?:noted|agreed|welcomed|thanked|approved|asked|reported|resolved))\b",
    re.IGNORECASE,
)
# A line without one of these has none of the phrases; a search for them is much quicker.
_MINUTES_HINTS = (
    *("minutes", "arising", "business", "competent", "aob", "next", "absence", "resolved"),
    "action",
)
_NOTED_HINTS = (
    *("noted", "agreed", "reported", "resolved", "confirmed", "welcomed", "thanked", "approved"),
    "asked",
)
_DUTY_HINTS = ("shall", "must", "required", "responsible")
_HEARD_HINTS = ("participant", "interviewee", "respondent", "informant")
# Only a line that begins so can have a bullet, a number, a clock time or an observer's mark.
_MARKED = re.compile(
    r"\s*(?:[^\w\s]|[\d_]|[a-z](?![^\W\d_])|Q|OC|PN|MN|TN|(?:ca|approx|about|around|at)(?![a-z]))",
    re.IGNORECASE,
)
_OBSERVED = re.compile(
    r"\bfield\s?notes?\b|\bobserver\s*:|\bnon-participant\b|\bparticipant\s+observ|\bobserved\s+by\b",
    re.IGNORECASE,
)
_STARTS_AT_ZERO = re.compile(r"\s*[\[(]?0{1,2}:\d\d")
_COMMENT = re.compile(r"\s*(?:[\[(]\s*)?(?:\d{1,2}[.:]\d\d\s+)?(?:OC|PN|MN|TN)\s*[:.\-–]")
_NOT_RECORDED = re.compile(
    r"\bnot\s+(?:to\s+be\s+|be(?:ing)?\s+)?(?:tape-?\s?)?recorded\b|\bno\s+recording\b"
    r"|\bnotes?\s+(?:were\s+)?(?:typed|written|made|taken|in\b)|\btyped\s+up\b|\bwritten\s+up\b"
    r"|\brecording\s+declined\b|\bdeclined\s+(?:to\s+be\s+)?record|\bpen\s+and\s+paper\b"
    r"|\bdid\s?n[o'’]t\s+want\s+the\s+record",
    re.IGNORECASE,
)
_INTERVIEW_HEAD = re.compile(
    r"\b(?:INT|IV)[ _-]?\d{1,3}\b|\binterview(?:ee|\s+\d+|\s+with|\s+notes)\b|\brespondent\b"
    r"|\b(?:participant|P)\s*:?\s*[A-Z]?\d{1,3}\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-*•▪‣·◦–—+]\s+|\(?[a-z][.)]\s+)\S")
_QUESTION = re.compile(
    r"\s*(?:\*\*)?(?:\(?\d{1,2}[.):]|Q(?:uestion|\.)?\s?\d{1,2}\s?(?:[.):–—-])?)(?:\*\*)?\s+\S",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"[\s#*_>|]*(?:participant|interviewee|respondent|informant)"
    r"(?:\s+(?:id|no\.?|number|code|name|pseudonym))?\s*[*_]*\s*[:|\t][\s*_]*(?P<value>\S.*)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\s*(?:\*\*)?\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?\s+\S")
_DUTY = re.compile(
    r"\b(?:shall|must|is\s+required\s+to|are\s+required\s+to|is\s+responsible\s+for)\b", re.I
)


def recognise_kind(extract: Extract, *, name: str) -> Recognition:
    """The kind of a source, from what it says of itself, its name and its content.

    What front matter says under `kind` wins. Captions are a transcript; rows are a
    questionnaire unless their columns are time, speaker and words. Looks at the first lines
    only, so that a long source costs no more than a short one.

    >>> lines = (Line("INT: Why?", 1), Line("R: It works.", 2))
    >>> recognise_kind(Extract("text", lines=lines), name="07.txt")
    Recognition(kind='transcript', reasons=('speaker names before all of the paragraphs',))
    """
    told = told_kind(extract.facts)
    if told is not None:
        return Recognition(told[0], (f'its front matter says "{told[1]}"',))
    if extract.cues:
        return Recognition("transcript", ("has timed captions",))
    if extract.rows:
        if find_talk_columns(extract.rows) is not None:
            return Recognition("transcript", ("its columns are time, speaker and words",))
        return Recognition("questionnaire", ("is a table with a row for each answer",))
    sample = _Sample.of(extract.lines[:SAMPLE])
    # A form on paper is no table of answers, whatever it is called.
    named = [sign for sign in _from_name(name) if sign.kind != "questionnaire"]
    signs = [*named, *_from_lines(sample)]
    if is_about_folder(name):
        return _decide(signs)
    titled = next((value for key, value in extract.facts if key.casefold() == "title"), "")
    title = find_title(sample.lines, named=titled)
    return _decide([*signs, *_title_signs(title, signs)])


def _decide(signs: Sequence[_Sign]) -> Recognition:
    totals: dict[Kind, float] = {}
    for sign in signs:
        totals[sign.kind] = totals.get(sign.kind, 0.0) + sign.weight
    if not totals:
        return Recognition("other", ("has the marks of no other kind",))
    kind = max(totals, key=lambda each: (totals[each], -KINDS.index(each)))
    if totals[kind] < ENOUGH:
        return Recognition("other", ("has too few marks of any other kind",))
    own = sorted((s for s in signs if s.kind == kind), key=lambda s: -s.weight)
    return Recognition(kind, tuple(dict.fromkeys(sign.reason for sign in own)))


def _title_signs(title: Title | None, signs: Sequence[_Sign]) -> Iterable[_Sign]:
    """What a title says; only strong signs of another kind outweigh it.

    A title that says just "Interview" is no sign of notes where something looks like speech.
    """
    if title is None:
        return
    reason = f'its title says "{title.words}"'
    if not title.bare:
        # That a title has a word of policies is a sign already.
        yield _Sign(title.kind, 1.0 if title.kind == "policy" else 2.0, reason)
    elif not any(sign.kind == "transcript" for sign in signs):
        yield _Sign(title.kind, 1.2, reason)


def _from_name(name: str) -> Iterable[_Sign]:
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)
    words = re.sub(r"[\W_]+", " ", words)
    for kind, pattern in _NAMES:
        found = pattern.search(words)
        if found:
            yield _Sign(kind, 1.0, f'is called "{found.group().strip()}"')


def _from_lines(sample: _Sample) -> Iterable[_Sign]:
    if not sample.lines:
        return
    rows, _ = rows_of_lines(sample.all)
    if rows and find_talk_columns(rows) is not None:
        yield _Sign("transcript", 3.0, "is a table with time, speaker and words")
    yield from _talk_signs(sample.all)
    yield from _minutes_signs(sample)
    yield from _field_signs(sample)
    yield from _notes_signs(sample)
    yield from _policy_signs(sample)


def _talk_signs(lines: Sequence[Line]) -> Iterable[_Sign]:
    labels = find_labels(lines)
    n = len(labels.at)
    if _has_recording_times(labels.openings.values()):
        yield _Sign("transcript", 1.2, "carries the times of a recording")
    if n < 2 or len(labels.names) < 2:
        return
    share = labels.share
    if share < 0.25 or (n < 4 and share < 0.6):
        return
    said = "all" if share > 0.995 else f"{round(100 * share)} %"
    yield _Sign("transcript", 3.0 * share, f"speaker names before {said} of the paragraphs")


def _minutes_signs(sample: _Sample) -> Iterable[_Sign]:
    lines = sample.lines
    listed = len([True for line in lines[:60] if _ATTENDANCE.match(line.text)])
    if listed:
        yield _Sign("minutes", min(1.6, 0.8 + 0.4 * listed), "has a list of those present")
        title = next((f for line in lines[:3] if (f := _MEETING.search(line.text[:120]))), None)
        if title:
            yield _Sign("minutes", 1.0, f'its title says "{title.group()}"')
        if sum(1 for line in lines[:60] if line.style == "cell" or line.text.startswith("|")) > 2:
            yield _Sign("minutes", 0.9, "has a table of people")
        if sum(1 for line in lines if line.style == "heading") > 3:
            yield _Sign("minutes", 0.4, "has headings for its items")
    phrases = {
        " ".join(found.group().split()).strip("#*_:| ")
        for text in sample.having(_MINUTES_HINTS)
        if len(text) < 400 and (found := _MINUTES.search(text))
    }
    if phrases:
        shown = ", ".join(f'"{phrase}"' for phrase in sorted(phrases)[:3])
        yield _Sign("minutes", min(2.0, 0.6 * len(phrases)), f"has words of minutes ({shown})")
    noted = (text for text in sample.having(_NOTED_HINTS) if _NOTED.search(text[:400]))
    if len(list(islice(noted, 3))) == 3:
        yield _Sign("minutes", 0.6, "reports what was noted and agreed")


def _field_signs(sample: _Sample) -> Iterable[_Sign]:
    clocks = sum(1 for line in sample.marked if _begins_with_clock(line.text))
    if clocks >= 2 and not any(_STARTS_AT_ZERO.match(line.text) for line in sample.lines[:30]):
        filled = (bool(line.text.strip()) for line in sample.all)
        paragraphs = sum(now and not before for before, now in pairwise((False, *filled)))
        if clocks >= 0.25 * paragraphs:
            yield _Sign("field notes", 1.6, "entries begin with clock times")
    observed = next((f for line in sample.lines[:12] if (f := _OBSERVED.search(line.text))), None)
    if observed:
        yield _Sign("field notes", 1.2, f'its head says "{observed.group().strip()}"')
    comments = sum(1 for line in sample.marked if _COMMENT.match(line.text))
    if comments:
        yield _Sign("field notes", min(0.5, 0.25 * comments), "has comments of an observer")
        yield _Sign("interview notes", 0.25, "has comments of an observer")


def _has_recording_times(openings: Iterable[Opening]) -> bool:
    times = [o.time for o in openings if o.time is not None]
    return len(times) > 2 and times[0] < 600 and times == sorted(times)


def _begins_with_clock(text: str) -> bool:
    words = text.strip().lstrip("*_-• ")
    clock = read_clock(words.replace("**", " ", 1))
    # h:mm:ss is the time of a recording.
    return clock is not None and clock.written.count(":") < 2


def _notes_signs(sample: _Sample) -> Iterable[_Sign]:
    lines, marked = sample.lines, sample.marked
    head = lines[:12]
    said = next((f for line in head if (f := _NOT_RECORDED.search(line.text))), None)
    if said:
        yield _Sign("interview notes", 1.2, f'its head says "{said.group().strip()}"')
    who = next((f for line in head[:6] if (f := _INTERVIEW_HEAD.search(line.text))), None)
    if who:
        weight = (
            0.8 if who.group().upper().startswith("INT ") or who.group()[-1:].isdigit() else 0.6
        )
        yield _Sign("interview notes", weight, f'its head names "{who.group().strip()}"')
    bullets = len([True for line in lines if line.style == "list"])
    bullets += sum(1 for line in marked if line.style != "list" and _BULLET.match(line.text))
    numbered = [line for line in marked if _QUESTION.match(line.text)]
    questions = len(numbered)
    asked = sum(1 for line in numbered if line.text.rstrip()[-1] == "?")
    if (bullets or questions) and _has_field_for_heard(sample):
        yield _Sign("interview notes", 1.0, "its head has a field for the person heard")
    if asked >= 2 and bullets < 0.3 * len(lines):
        yield _Sign("interview notes", 0.4, "has numbered questions")
    elif questions >= 3 and questions >= 0.5 * len(lines):
        yield _Sign("interview notes", 0.3, "is a numbered list")
    if bullets >= 3 and bullets >= 0.3 * len(lines):
        yield _Sign("interview notes", 0.3, "is written in bullets")
        if questions >= 2:
            yield _Sign("interview notes", 0.5, "has bullets under numbered questions")


def _has_field_for_heard(sample: _Sample) -> bool:
    """Whether one line of the head, and none below, says who took part; turns come back."""
    found = list(filter(None, map(_HEARD.match, sample.having(_HEARD_HINTS))))
    if len(found) != 1 or found[0].string not in [line.text.lower() for line in sample.lines[:12]]:
        return False
    value = found[0]["value"].strip(" |*_")
    n_words = len(value.split())
    return n_words <= 8 and (n_words <= 3 or value[-1:] not in (".", "?", "!"))


def _has_at_most(text: str, most: int) -> bool:
    """Whether a text has no more words than these; it is not looked at any further."""
    return len(text.split(None, most)) <= most


def _policy_signs(sample: _Sample) -> Iterable[_Sign]:
    duties = sum(len(_DUTY.findall(text)) for text in sample.having(_DUTY_HINTS))
    if duties >= 3 and _has_at_most(sample.low, WORDS_TO_A_DUTY * duties):
        yield _Sign("policy", 0.8, "says what shall or must be done")
        if sum(1 for line in sample.marked if _CLAUSE.match(line.text)) >= 3:
            yield _Sign("policy", 0.5, "has numbered paragraphs")
    pattern = next(pattern for kind, pattern in _NAMES if kind == "policy")
    for line in sample.lines[:4]:
        found = pattern.search(line.text)
        if found and len(line.text) < 120:
            yield _Sign("policy", 1.0, f'its title says "{found.group()}"')
            return
