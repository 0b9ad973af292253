"""Who was at a meeting: the lists of those present, in attendance and absent, as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.layouts.minutes.lines import Reading, cells, is_separator, spread
from qualcode.analysis.layouts.minutes.names import (
    Listed,
    Status,
    is_person,
    listed,
    listed_in_line,
    listed_in_rows,
)
from qualcode.analysis.layouts.people import same_person
from qualcode.core.model import Attendance

_BODY = (
    r"(?:(?:board|committee|council|panel|group|team|team's|voting|non-voting|core|trust|staff"
    r"|members?|those|people|persons|trustees|directors|governors|councillors|delegates|names?|of"
    r"|the|all|list|meeting)\s+){0,4}"
)
_STATUS: tuple[tuple[Status, str], ...] = (
    (
        "apologies",
        rf"{_BODY}(?:apol(?:ogie)?s(?:\s+(?:for\s+absence|received|from|were|given|sent|and\s+absences?))*"
        r"|absent(?:\s+with\s+apologies)?|absen(?:ces?|tees)|regrets|excused|not\s+present"
        r"|not\s+(?:in\s+attendance|attending)|unable\s+to\s+attend|did\s+not\s+attend)",
    ),
    (
        "in attendance",
        rf"{_BODY}(?:also\s+)?in\s+attendance|also\s+(?:present|attending)|(?:present\s+)?by\s+"
        rf"invitation|{_BODY}(?:observers?|observing|guests?|visitors?|invitees|invited(?:\s+guests?)?)"
        r"(?:\s+(?:present|attending))?|(?:officers|staff)(?:\s+(?:present|attending))?",
    ),
    (
        "present",
        rf"{_BODY}(?:present|attending|attended(?:\s+by)?)|{_BODY}(?:attendees|attendance"
        r"|participants|roll\s*call)|(?:(?:board|committee|council|voting)\s+)?(?:members|delegates"
        r"|trustees|directors|governors)|(?:present\s+)?(?:in\s+person|online|remote(?:ly)?|virtual(?:ly)?"
        r"|(?:via|by|on)\s+(?:zoom|teams|skype|(?:tele)?phone|video(?:[ -]?(?:link|conference))?))",
    ),
)
_LABELS = tuple(
    (
        status,
        re.compile(
            rf"(?:{pattern})(?:\s*\([^()]*\))?(?P<sep>\s*:|\s+[-–—](?=\s)|\s{{2,}}|\.?\s*$"
            rf"|\s+(?:were|was)(?:\s+(?:received|given|noted|sent))?(?:\s+(?:from|by))?\b:?"
            rf"|(?<=from)\s+(?-i:(?=[A-Z]))|\s+(?-i:(?=(?:[A-Z][\w.'’]*\s+){{1,3}}[A-Z(][^,]*,)))",
            re.IGNORECASE,
        ),
    )
    for status, pattern in _STATUS
)
_ROLE_LABEL = re.compile(
    r"(?P<role>(?:(?:vice|deputy|co|acting|meeting)[- ]*)?chair(?:man|woman|person)?"
    r"|chaired\s+by|in\s+the\s+chair|facilitat(?:or|ed\s+by)|minutes(?:\s+(?:taken\s+)?by)"
    r"|minute[- ]?taker|note[- ]?(?:taker|keeper)|notes(?:\s+(?:taken\s+)?by)|taking\s+minutes"
    r"|scribe|secretary|clerk|recorder|recording\s+secretary|time[- ]?keeper|gate[- ]?keeper"
    r"|rapporteur|convenor|treasurer)\s*(?::|\s{2,})\s*(?P<who>.+)",
    re.IGNORECASE,
)
_PLAIN_ROLE = {
    "chaired by": "chair",
    "in the chair": "chair",
    "facilitated by": "facilitator",
    "minutes by": "minutes",
    "minutes taken by": "minutes",
    "taking minutes": "minutes",
    "notes by": "notes",
    "notes taken by": "notes",
}
# A list within running text ends with its sentence, not with "Mr." or an initial.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|Fr|St|Lt))(?<!\b(?:Mrs|Rev|Hon|Sgt|Cdr|Col|Maj|Det))"
    r"(?<!\b(?:Capt|Prof|Insp|Supt|Cllr|Revd))\.\s+(?=[A-Z])"
)
_WERE_PRESENT = re.compile(
    r"(?P<who>(?-i:[A-Z])[^:]{3,500}?)\s+(?:were|was)\s+(?:also\s+)?"
    r"(?P<status>present|in\s+attendance|absent)\b",
    re.IGNORECASE,
)
_APOLOGIES_BEHIND = re.compile(r"Apologies[^:.]{0,40}(?::|\bfrom)\s+(?P<who>[^;]{3,300}?)\.?\s*$")
_TOLD: dict[str, Status] = {
    "present": "present",
    "in attendance": "in attendance",
    "absent": "apologies",
}
_NOBODY = re.compile(r"(?:none|nil|n/?a|no\s+apologies|nobody|-+|tbc)\b.{0,30}", re.IGNORECASE)
_HEADS = (
    ("name", r"names?|attendees?|members?|delegates?|participants?|who|person|full name"),
    ("initials", r"abbr(?:ev(?:iation)?)?s?\.?|initials?|acronym|id"),
    ("organisation", r"organi[sz]ations?|affiliation|company|agency|agencies|employer|body"
     r"|representing|department|institution|service|organisation represented|from"),
    ("role", r"roles?|titles?|position|designation|job title|capacity|post|function"),
    ("status", r"status|present\??|attendance|attended\??|attending\??|apologies"),
)  # fmt: skip
_HEAD_PATTERNS = tuple((key, re.compile(pattern, re.IGNORECASE)) for key, pattern in _HEADS)
_ABSENT = re.compile(r"a|ab|absent|apolog(?:y|ies)|apols?|n|no|regrets|excused|[x✗✘]|ap", re.I)
_ATTENDING = re.compile(r"(?:in attendance|guest|observer|visitor|by invitation)\b.*", re.I)


@dataclass(frozen=True, slots=True)
class Block:
    """One list: from which reading to which (half-open), and who is in it."""

    start: int
    end: int
    people: tuple[Listed, ...]


def label_of(words: str) -> tuple[Status, str] | None:
    """The status that a label at the start of a line gives, and what follows it; or None.

    >>> label_of("Apologies for absence: R Patel"), label_of("Present value was discussed")
    (('apologies', 'R Patel'), None)
    """
    for status, pattern in _LABELS:
        if match := pattern.match(words):
            return status, words[match.end() :].strip()
    return None


def find_block(readings: Sequence[Reading], at: int) -> Block | None:
    """The list whose label, or whose table head, stands at this line; or None.

    A label with nobody behind it ("Apologies: none") is a list of nobody.
    """
    if readings[at].is_row or _is_head_row(readings[at]):
        return _table(readings, at, "present") or _label_row(readings, at)
    if told := _told(readings[at].words):
        return Block(at, at + 1, told)
    if role := _ROLE_LABEL.fullmatch(readings[at].words):
        return _role_line(at, role)
    label = label_of(readings[at].words)
    if label is None:
        return None
    status, inline = label
    inline = _SENTENCE_END.split(inline, maxsplit=1)[0]
    if _NOBODY.fullmatch(inline):
        return Block(at, at + 1, ())
    below = readings[at + 1] if at + 1 < len(readings) else None
    if not inline and below and (below.is_row or _is_head_row(below)):
        return _table(readings, at + 1, status, start=at)
    end = _end_of_list(readings, at, inline)
    rows = [_own_words(reading) for reading in readings[at + 1 : end]]
    if inline:
        raw = _own_words(readings[at])
        rows.insert(0, " " * raw.index(inline) + inline if inline in raw else inline)
    people = _from_rows(rows, status)
    return Block(at, end, people) if people else None


def _is_head_row(reading: Reading) -> bool:
    heads = [head_key(cell) for cell in cells(reading.words)]
    return "name" in heads and len(set(heads) - {""}) > 1


def _told(words: str) -> tuple[Listed, ...]:
    """The people of a sentence that says who was present, where it begins with a person."""
    match = _WERE_PRESENT.match(words)
    if match is None:
        return ()
    people = listed_in_line(match["who"], status=_TOLD[match["status"].casefold()])
    absent = _APOLOGIES_BEHIND.search(words, match.end())
    if people and absent:
        people += listed_in_line(absent["who"], status="apologies")
    return people if len(people) > 1 else ()


def _own_words(reading: Reading) -> str:
    """The line with its indentation and gaps; markup and markers taken away where there are any."""
    raw = spread(reading.line.text)
    return raw if raw.strip() == reading.words else " " * reading.column + reading.words


def _role_line(at: int, match: re.Match[str]) -> Block | None:
    role = " ".join(match["role"].casefold().split())
    people = listed_in_line(match["who"], status="present")
    named = tuple(
        replace(p, attendance=replace(p.attendance, role=_PLAIN_ROLE.get(role, role)))
        for p in people
    )
    return Block(at, at + 1, named) if named else None


def _end_of_list(readings: Sequence[Reading], at: int, inline: str) -> int:
    """Where the list behind a label ends: at whatever is no person and does not go on."""
    label = readings[at]
    end = at + 1
    listing = bool(inline)
    bulleted = False
    while end < len(readings):
        reading = readings[end]
        if reading.rank < 9 or reading.is_row or find_label(reading) or reading.words.endswith(":"):
            break
        if reading.number and (reading.blank_before or (listing and not readings[end - 1].number)):
            break
        spaced = end > at + 1 and readings[at + 1].blank_before and _is_entry(readings, end)
        if reading.blank_before and listing and not (bulleted and reading.bullet) and not spaced:
            break
        if reading.bullet and inline and label.bullet:
            break
        first = re.split(r"\s{2,}|\t|,|;|\s\(", reading.words.strip(), maxsplit=1)[0]
        goes_on = listing and not reading.blank_before and _unfinished(readings[end - 1], reading)
        if not goes_on and not (is_person(first) or is_person(split_first(reading.words))):
            break
        bulleted = bulleted or reading.bullet
        listing = True
        end += 1
    return end


def _is_entry(readings: Sequence[Reading], at: int) -> bool:
    """Whether a line between empty lines is one more person, and not the next heading."""
    words = readings[at].words
    after = readings[at + 1] if at + 1 < len(readings) else None
    if readings[at - 1].blank_before is False or not readings[at].blank_before:
        return False
    if len(split_first(words).split()) < 2 or (after and not after.blank_before):
        return False
    certain = "(" in words or "," in words
    more = after is None or is_person(after.words) or find_label(after) or "(" in after.words
    return is_person(split_first(words.split(",")[0])) and (certain or more)


def split_first(words: str) -> str:
    """What stands before the first dash, "and" or "from" of an entry."""
    return re.split(r"\s+(?:[-–—]|and|&|from|of)\s+", words, maxsplit=1)[0]


def _unfinished(before: Reading, reading: Reading) -> bool:
    """Whether a list breaks off at the end of a line, or a second column goes on."""
    text = before.words
    opened = text.count("(") > text.count(")")
    return opened or bool(re.search(r"(?:[,;&]|\band)$", text)) or reading.column > 30


def find_label(reading: Reading) -> bool:
    """Whether the line begins with a label of those present or absent, or with an office."""
    return label_of(reading.words) is not None or bool(_ROLE_LABEL.fullmatch(reading.words))


def _from_rows(rows: Sequence[str], status: Status) -> tuple[Listed, ...]:
    columns = [re.split(r"\s{2,}", row.strip()) for row in rows]
    several = [row for row in columns if len(row) > 1]
    if not several:
        return listed_in_rows([row.strip() for row in rows], status=status)
    if _all_people(several):
        return tuple(
            entry
            for row in columns
            for cell in row
            for entry in listed_in_line(cell, status=status)
        )
    return _columns(rows, status)


def _all_people(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the columns beside the first hold people too, and not where these come from."""
    beside = [cell for row in columns for cell in row[1:]]
    if len(set(beside)) < len(beside) or not all(is_person(cell) for cell in beside):
        return False
    lettered = [len(row[0].split()[0].strip(".")) == 1 for row in columns]
    also = [len(cell.split()[0].strip(".")) == 1 for cell in beside]
    return max(len(row) for row in columns) > 2 or all(lettered) == all(also)


def _columns(rows: Sequence[str], status: Status) -> tuple[Listed, ...]:
    """One person a line with the organisation in a column beside; that column may go on."""
    found: list[Listed] = []
    beside = 0
    for row in rows:
        indent = len(row) - len(row.lstrip())
        gap = re.search(r"\S(\s{2,})\S", row)
        if found and beside and indent >= beside - 2:
            held = found[-1].attendance
            joined = f"{held.organisation} {' '.join(row.split())}".strip()
            found[-1] = replace(found[-1], attendance=replace(held, organisation=joined))
            continue
        if gap:
            beside = gap.end() - 1
            entry = listed(row.strip(), status=status)
            found.extend([entry] if entry else [])
        else:
            found.extend(listed_in_line(row.strip(), status=status))
    return tuple(found)


def _label_row(readings: Sequence[Reading], at: int) -> Block | None:
    """A row whose first cell is the label and whose others hold the names."""
    first, *others = cells(readings[at].words)
    label = label_of(first) if first else None
    if label is None:
        return None
    names = "; ".join(cell for cell in others if cell)
    people = listed_in_line(names.replace("; ;", ";"), status=label[0])
    return Block(at, at + 1, people) if people else None


def _table(
    readings: Sequence[Reading], at: int, status: Status, *, start: int | None = None
) -> Block | None:
    """A table with a head that names the column of names."""
    head = [head_key(cell) for cell in cells(readings[at].words)]
    if "name" not in head or (start is None and len(set(head) - {""}) < 2):
        return None
    end = at + 1
    people: list[Listed] = []
    by_gaps = not readings[at].is_row
    while end < len(readings):
        words = readings[end].words
        apart = by_gaps and not readings[end].blank_before and len(cells(words)) > 1
        if not (readings[end].is_row or apart):
            break
        if not is_separator(words):
            held = dict(zip(head, cells(words), strict=False))
            people.extend(from_cells(held, status))
        end += 1
    return Block(at if start is None else start, end, tuple(people)) if people else None


def head_key(cell: str) -> str:
    """What a heading says stands below it: name, initials, organisation, role, status, or ""."""
    return next((key for key, pattern in _HEAD_PATTERNS if pattern.fullmatch(cell)), "")


def from_cells(held: dict[str, str], status: Status) -> Iterable[Listed]:
    """The person of one row, by what its columns hold; nobody where no name stands there."""
    entry = listed(held.get("name", ""), status=status)
    if entry is None:
        return ()
    said = held.get("status", "")
    if _ABSENT.fullmatch(said):
        status = "apologies"
    elif _ATTENDING.fullmatch(said):
        status = "in attendance"
    attendance = replace(
        entry.attendance,
        status=status,
        organisation=held.get("organisation") or entry.attendance.organisation,
        role="; ".join(filter(None, (entry.attendance.role, held.get("role", "")))),
    )
    return (Listed(attendance, held.get("initials", "").strip(" .") or entry.initials),)


def merge(people: Iterable[Listed]) -> tuple[Listed, ...]:
    """The people, each once: an office named in a line of its own goes to the person listed.

    Two entries are one person only with the same name, or, for an office, where exactly one
    person listed can be meant.
    """
    found: list[Listed] = []
    places: dict[str, int] = {}
    for entry in people:
        name, role = entry.attendance.name, entry.attendance.role
        same = [places[name]] if name in places else []
        if not same and role:
            same = [at for at, h in enumerate(found) if same_person(h.attendance.name, name)]
        if len(same) != 1:
            places[name] = len(found)
            found.append(entry)
            continue
        found[same[0]] = _joined(found[same[0]], entry)
    return tuple(found)


def _joined(held: Listed, entry: Listed) -> Listed:
    roles = dict.fromkeys(filter(None, (held.attendance.role, entry.attendance.role)))
    attendance: Attendance = replace(
        held.attendance,
        role="; ".join(roles),
        organisation=held.attendance.organisation or entry.attendance.organisation,
    )
    return Listed(attendance, held.initials or entry.initials)
