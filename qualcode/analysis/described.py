"""Documents described in a few words: what was found in them, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qualcode.analysis.pair_tables import counted
from qualcode.core.model import Document


def read_as(document: Document) -> str:
    """How a document was understood, in the terms of its kind.

    >>> read_as(Document("i", "", "transcript", "emergent", "", "", "", ""))
    '0 turns, 0 speakers'
    """
    forms = Counter(unit.form for unit in document.units)
    topics = len({unit.topic for unit in document.units if unit.topic})
    match document.kind:
        case "transcript":
            return f"{counted(forms['turn'], 'turn')}, {counted(len(document.speakers), 'speaker')}"
        case "minutes":
            statuses = Counter(one.status for one in document.attendance)
            parts = [f"{statuses['present']} present", counted(statuses["apologies"], "apology")]
            if statuses["in attendance"]:
                parts.insert(1, f"{statuses['in attendance']} in attendance")
            parts[-1] = parts[-1].replace("apologys", "apologies")
            return ", ".join([*parts, counted(forms["item"], "item")])
        case "questionnaire":
            people = counted(len(document.speakers), "respondent")
            return f"{people}, {counted(topics, 'open question')}"
        case "interview notes":
            return f"{counted(forms['bullet'], 'bullet')}, {counted(topics, 'topic')}"
        case "field notes":
            entries = forms["entry"] + forms["paragraph"]
            return counted(entries, "entry", "entries")
        case _:
            return counted(sum(forms.values()) - forms["heading"], "paragraph")


def remarks(document: Document) -> str:
    """Voices that stand out and everything left out, counted."""
    voices = Counter(passage.voice for passage in document.passages)
    parts = []
    if voices["verbatim"] and voices["paraphrase"]:
        parts.append(f"{voices['verbatim']} verbatim")
    if voices["observer"]:
        parts.append(counted(voices["observer"], "observer comment"))
    researchers = [speaker.name for speaker in document.speakers if speaker.is_researcher]
    if researchers:
        parts.append(f"researcher: {', '.join(researchers)}")
    if document.role == "context":
        parts.append("context, not counted")
    parts.extend(left_out(document.dropped))
    return "; ".join(parts)


def left_out(dropped: Iterable[tuple[str, int]]) -> list[str]:
    """What was left out, with how often."""
    return [f"{name} left out ×{n}" for name, n in dropped]
