"""Names in lists of those present: which words are a person, a role, an organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qualcode.analysis.layouts.people import all_initials, name_words, plain_name
from qualcode.core.model import Attendance

Status = Literal["present", "in attendance", "apologies"]

_ORGANISATION = re.compile(
    r"\b(?:academ(?:y|ies)|agency|alliance|area|association|authority|bank|board|borough|bureau"
    r"|business|cent(?:re|er)|charity|church|city|clinic|club|college|commission|committee|communit"
    r"(?:y|ies)|company|consortium|consulting|corporation|council|county|defen[cs]e|department|dept"
    r"|directorate|district|division|education|enterprise|faculty|federation|fire|forum|foundation"
    r"|government|group|health|healthcare|homes?|hospital|housing|inc|independent|industry"
    r"|initiative|institut(?:e|ion)|international|justice|lab(?:s|oratory|oratories)?|library|ltd"
    r"|limited|llc|llp|ministry|mosque|museum|national|network|nhs|office|organi[sz]ation|parish"
    r"|partners?|partnership|plc|police|practice|primary|probation|programme|project|rescue"
    r"|research|school|secondary|sector|services?|social|society|software|station|surgery|systems"
    r"|team|technolog(?:y|ies)|theatre|town|trust|union|unit|univ(?:ersity)?|village|voluntary"
    r"|wards?|youth|gmbh|ngo|pct|ccg|icb|uk|usa)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:(?:vice[- ]?|co-?|deputy[- ]?)?chair(?:man|woman|person)?|acting|administrator|adviser"
    r"|advisor|analyst|apprentice|assistant|auditor|chief|clerk|commander|consultant|convenor"
    r"|co-?ordinator|councillor|dean of|delegate|deputy|designated|developer|director|doctor|editor"
    r"|engineer|executive|facilitator|governor|head|inspector|intern|lawyer|lead|leader|lecturer"
    r"|liaison|librarian|manager|mayor|member|minutes?|minute[- ]?taker|note[- ]?(?:s|taker|keeper)"
    r"|notes|nurse|observ(?:er|ing)|officer|owner|partner|president|principal|professor|rapporteur"
    r"|recorder|representative|rep|researcher|scribe|secretary|secretariat|sergeant|solicitor"
    r"|specialist|student|substitut(?:e|ing)|superintendent|supervisor|support|taking|teacher"
    r"|timekeeper|trainee|treasurer|trustee|visitor|volunteer|worker)s?\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:from|until|till|to|items?|agenda|by|via|on|left|leaving|joined|joining|arrived|part|late"
    r"|early|for|in place of|instead of|deputi[sz]ing|substitut\w*|sub|representing|observ\w+"
    r"|online|remote\w*|virtual\w*|in person|phone|telephone|zoom|teams|video|proxy|am|pm|morning"
    r"|afternoon|present|guest|invited|minus|except|non-voting|voting|she|he|they)\b|\d|~",
    re.IGNORECASE,
)
_NOT_A_NAME = frozenset(
    re.findall(
        r"\S+",
        "none nil all everyone everybody apologies present chair members name names tbc tba n/a na"
        " yes no minutes agenda date time venue location place welcome introductions actions action"
        " meeting unfortunately this there not the noted received quorum quorate monday tuesday"
        " wednesday thursday friday saturday sunday january february march april may june july"
        " august september october november december via zoom teams status title summary notes",
    )
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|<[^<>]*>")
_DIVIDER = re.compile(r"\s+[-–—|]\s+|\s*[,:]\s+|\s{2,}|\s*\|\s*")
_OF = re.compile(r"\s+(?P<word>from|of|representing|on behalf of|for)\s+(?:the\s+)?(?=[A-Z])")
_NAME_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-])*", re.UNICODE)
_TRAILING_ROLE = re.compile(
    r"\s+(?:(?:vice|deputy|co)[- ])?chair(?:man|woman|person)?$", re.IGNORECASE
)
_BEFORE_NAME = re.compile(
    r"(?:(?:new|other|also|our|and|the)\s+)*(?:members?|guests?)\s+(?=[A-Z])"
    r"|(?:Cllrs|Councillors|Messrs|Drs|Profs)\.?\s+"
)
_RECEIVED = re.compile(
    r"^(?:(?:were|was|had been|have been)\s+)?(?:received|noted|given|sent|accepted|tendered)?\s*"
    r"(?:from|by|on behalf of)\s+(?=[A-Z])"
)
_NOBODY_NAMED = re.compile(
    r"\d|(?:(?:the|one|two|three|four|five|six|several|some)\s+)?(?:members?\s+of|public|press|others?)\b",
    re.I,
)
_ENDS_IN_INITIAL = re.compile(r"\s[A-Z]\.$")
_EDGES = re.compile(r"^[^\w(\"“‘']+|[^\w).\"”’']+$")


@dataclass(frozen=True, slots=True)
class Listed:
    """One person in a list of those present, with the initials that the list itself gives."""

    attendance: Attendance
    initials: str = ""


def is_person(words: str) -> bool:
    """Whether these words can be nothing but a person's name: no lower case, no organisation.

    >>> is_person("DI C Reyes"), is_person("Harbour Project"), is_person("not logged")
    (True, False, False)
    """
    plain = plain_name(_EDGES.sub("", _BRACKETS.sub(" ", words).strip())).strip(" .")
    tokens = plain.split()
    if not 0 < len(tokens) <= 5 or any(not _NAME_TOKEN.fullmatch(token) for token in tokens):
        return False
    if _ORGANISATION.search(plain) or tokens[0].casefold() in _NOT_A_NAME:
        return False
    if len(tokens) == 1 and (_ROLE.fullmatch(plain) or plain_name(f"{plain} X") == "X"):
        return False
    big = [token for token in tokens if token[0].isupper()]
    small = [t for t in tokens if not t[0].isupper()]
    if not big or not tokens[-1][0].isupper() or any(len(t) > 4 for t in small):
        return False
    return len(tokens) > 1 or len(plain) > 1


def split_names(words: str) -> tuple[str, ...]:
    """The parts of a list, divided at commas, semicolons, "and", "&", "+" outside brackets.

    Semicolons alone divide where there are any.

    >>> split_names("N Karim (Probation), B Garrity and S Wood")
    ('N Karim (Probation)', 'B Garrity', 'S Wood')
    """
    by = r"[;\n]" if ";" in words else r"[,\n]|\s(?:and|&|\+|plus)\s"
    parts: list[str] = []
    depth, last = 0, 0
    for match in re.finditer(rf"[()]|{by}", words):
        if match.group() in "()":
            depth = max(0, depth + (1 if match.group() == "(" else -1))
        elif depth == 0:
            parts.append(words[last : match.start()])
            last = match.end()
    parts.append(words[last:])
    return tuple(stripped for part in parts if (stripped := _strip_part(part)))


def _strip_part(part: str) -> str:
    plain = re.sub(r"^(?:and|&|\+|plus|with|also)\s+", "", part.strip()).strip(" ,;")
    # The full stop of "Amir K." belongs to the name.
    return plain if _ENDS_IN_INITIAL.search(plain) else plain.rstrip(".")


def listed_in_line(words: str, *, status: Status) -> tuple[Listed, ...]:
    """The people of a list that stands in one line: "A Khan (Chair), Health, S Wood".

    What follows a name and is no name itself belongs to the name before it.
    """
    found: list[Listed] = []
    office = ""
    for part in split_names(_RECEIVED.sub("", words)):
        several = split_names(part.replace(";", ","))
        if len(several) > 1 and all(is_person(_BEFORE_NAME.sub("", one)) for one in several):
            found.extend(listed_in_line(", ".join(several), status=status))
            continue
        lone = _BEFORE_NAME.sub("", part)
        if ";" in words or _begins_with_person(lone, first=not found):
            entry = listed(lone, status=status)
            found.extend([_with_parts(entry, [office])] if entry else [])
            office = ""
        elif part.startswith(("the ", "The ")):
            # "the Harbour Master, Mr Quay": the office stands before its holder.
            office = part[4:]
        elif found and not _NOBODY_NAMED.match(part):
            found[-1] = _with_parts(found[-1], [part])
    return tuple(found)


def _begins_with_person(words: str, *, first: bool) -> bool:
    """Whether an entry is a person rather than the office or organisation of the last one."""
    name = _first_part(words)
    return is_person(name) and (first or plain_name(name) != name or not _is_role(name))


def _first_part(words: str) -> str:
    """What stands before the first comma, dash, bracket or "from" of an entry."""
    return re.split(_OF, _DIVIDER.split(_BRACKETS.sub(" ", words).strip())[0])[0].strip()


def listed(words: str, *, status: Status) -> Listed | None:
    """The person of one entry ("R Bellamy (Chair), Harbour Project"), or None.

    Brackets and the parts behind commas, dashes and wide gaps are sorted into initials,
    roles and the organisation; a remark such as "until item 4" counts as a role.

    >>> listed("DS T Hale, Northmere Police (from 4.35pm)", status="present").attendance.role
    'from 4.35pm'
    """
    notes = [a or b for a, b in _BRACKETS.findall(words)]
    parts = [part for part in _DIVIDER.split(_BRACKETS.sub("  ", words).strip()) if part.strip()]
    if not parts:
        return None
    name, rest = _EDGES.sub("", parts[0]), parts[1:]
    if rest and re.fullmatch(r"[A-Z]{2,4}", name) and name in all_initials(rest[0]):
        notes, name, rest = [name, *notes], rest[0], rest[1:]
    if match := _TRAILING_ROLE.search(name):
        name, notes = name[: match.start()], [match.group().strip(), *notes]
    if match := _OF.search(name):
        whom = name[match.end() :]
        stands_in = match["word"] == "for" and is_person(whom)
        name, rest = name[: match.start()], [f"for {whom}" if stands_in else whom, *rest]
    if not is_person(name):
        return None
    entry = Listed(Attendance(" ".join(name.split()), status))
    return _with_parts(entry, [*notes, *rest])


def _with_parts(entry: Listed, parts: Iterable[str]) -> Listed:
    """The entry with more known of it; each part goes where it belongs."""
    for part in parts:
        words = _EDGES.sub("", " ".join(part.split()))
        held = entry.attendance
        if not words:
            continue
        if words in all_initials(held.name) or are_initials(words, held.name):
            entry = replace(entry, initials=words)
        elif _is_role(words):
            role = "; ".join(filter(None, (held.role, words)))
            entry = replace(entry, attendance=replace(held, role=role))
        else:
            words = re.sub(r"^(?:representing|on behalf of)\s+(?:the\s+)?", "", words)
            organisation = ", ".join(filter(None, (held.organisation, words)))
            entry = replace(entry, attendance=replace(held, organisation=organisation))
    return entry


def are_initials(words: str, name: str) -> bool:
    """Whether two to four capitals in a list can only stand for this name, and for no body."""
    parts = name_words(name)
    ends = {part[0].upper() for part in parts} | {parts[-1][-1].upper()} if parts else set()
    return spells(words, name) and words[-1] in ends and not _ORGANISATION.fullmatch(words)


def spells(words: str, name: str) -> bool:
    """Whether two to four capitals begin as the name does, and all occur in it in order."""
    letters = iter("".join(name_words(name)).upper())
    return (
        re.fullmatch(r"[A-Z]{2,4}", words) is not None
        and name_words(name)[0][0].upper() == words[0]
        and all(letter in letters for letter in words)
    )


def _is_role(words: str) -> bool:
    if re.match(r"(?:representing|on behalf of)\b", words, re.IGNORECASE):
        return False
    if _REMARK.match(words):
        return True
    return bool(_ROLE.search(words)) and not _ORGANISATION.match(words)


def listed_in_rows(rows: Sequence[str], *, status: Status) -> tuple[Listed, ...]:
    """The people of several lines, each with one person, or each with several.

    Lines are read as one person each where no line breaks off at a comma, every line begins
    with a person, and what follows the first comma is an organisation or a role in at least
    one of them; otherwise all lines are one list.
    """
    rows = [row for row in rows if row.strip()]
    if not rows:
        return ()
    rows = [_BEFORE_NAME.sub("", row.strip()) for row in rows]
    divided = [split_names(row) for row in rows]
    broken = any(re.search(r"(?:[,&]|\band|\()\s*$", row) for row in rows[:-1])
    alone = all(is_person(_first_part(parts[0])) for parts in divided if parts)
    if not broken and alone and _are_entries(rows, divided):
        entries = [listed(row, status=status) for row in rows]
        return tuple(entry for entry in entries if entry)
    glue = " " if broken or not alone else ", "
    return listed_in_line(glue.join(row.strip() for row in rows), status=status)


def _are_entries(rows: Sequence[str], divided: Sequence[tuple[str, ...]]) -> bool:
    if any(";" in row for row in rows):
        return False
    longer = [parts for parts in divided if len(parts) > 1]
    if not longer:
        return True
    tails = [parts[1] for parts in longer]
    if any(not is_person(tail) for tail in tails):
        return max(len(parts) for parts in divided) <= 4 and not _many_names(divided)
    if len(set(tails)) < len(tails):
        return True
    return max(len(p) for p in divided) == 2 and any(
        _style(parts[0]) != _style(parts[1]) for parts in longer
    )


def _many_names(divided: Sequence[tuple[str, ...]]) -> bool:
    names = [sum(is_person(part) for part in parts) for parts in divided]
    return sum(n > 1 for n in names) * 2 > len(names)


def _style(name: str) -> str:
    first = plain_name(name).split()[0] if plain_name(name) else ""
    return "initial" if len(first.strip(".")) == 1 else "word"
