"""What the head of a document says of it: title, date, and who was interviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.minutes.lines import clean

Facts = Iterable[tuple[str, str]]

_NO_TITLE = re.compile(
    r"(?:audio\sfile|attendees|transcript|transcription|confidential|draft|[\W\d]*|.*\.(?:mp3|mp4|m4a|wav|docx?))",
    re.IGNORECASE,
)
_WIDE_GAP = re.compile(r"\s{3,}|\t")
_LONGEST_TITLE = 120

_ID = re.compile(r"\b((?:INT|IV|ID|PP|RESP|PART|P|R|S|T|FG)[ _-]?\d{1,3}[A-Za-z]?)\b")
_NAMED = re.compile(
    r"\b(interviewee|participant|respondent|informant|interview|subject)"
    r"(?:\s+(?:id|no|number|code|name))?\.?\s*[:#]?\s*(\d{1,3}\b)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:interviewee|participant|respondent|informant|name)(?:\s+(?:id|name|code))?\s*:\s*"
    r"([^,;:|()\t]{1,40})",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:mtg|meeting|no\.?|number|session|visit|interview|group|round|wave|week|part|tier)"
    r"\s*#?\d{1,3}\b(?![./-]\d)",
    re.IGNORECASE,
)
_WHO = ("participant", "interviewee", "respondent", "informant", "speaker", "case", "id")


def stem_of(name: str) -> str:
    """The file name without its folders and its ending.

    >>> stem_of("interviews/int-07.notes.md")
    'int-07.notes'
    """
    return PurePosixPath(name.replace("\\", "/")).stem or name


def title_of(facts: Facts, heads: Sequence[str]) -> str:
    """The title that front matter gives, else the first line of the head that can be one."""
    for key, value in facts:
        if key.casefold() == "title" and value:
            return value
    for head in heads[:10]:
        words = clean(_WIDE_GAP.split(head.strip().lstrip("# "))[0])
        if words and len(words) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(words):
            return " ".join(words.split())
    return ""


def date_of(facts: Facts, heads: Sequence[str], name: str) -> str:
    """The first full date of front matter, head or file name, as ISO 8601, or ""."""
    told = [value for key, value in facts if key.casefold().endswith("date")]
    # "Meeting 2 - 13 March 2025" is one day, not a run of days.
    plain = (_COUNTED.sub(" ", text) for text in (*told, *heads, stem_of(name)))
    return next((date for text in plain if (date := find_date(text))), "")


def interviewee_of(facts: Facts, heads: Sequence[str], name: str) -> str:
    """Who was interviewed: an id such as INT07, else what the head calls them, else the file.

    >>> interviewee_of((), ["INT07  Police (DI), tier 3   14/3/08"], "x.md")
    'INT07'
    """
    held = {key.casefold(): value for key, value in facts if value}
    told = next((held[key] for key in _WHO if key in held), "")
    if told:
        return told
    for head in heads:
        found = _ID.search(head)
        if found:
            return found.group(1).replace(" ", "").replace("_", "").replace("-", "")
    for head in heads:
        field = _FIELD.match(head.strip())
        if field:
            return " ".join(field.group(1).split())
        named = _NAMED.search(head)
        if named:
            return f"{named.group(1).capitalize()} {named.group(2)}"
    return stem_of(name)
