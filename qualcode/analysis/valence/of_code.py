"""Which way a passage points for one code: what it says, and which way the code leans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from qualcode.analysis.valence.leaning import Leaning
from qualcode.analysis.valence.model import SHIPPED, Reading, ValenceModel

IsOwn = Callable[[str, str], bool]
"""Whether words of a passage are the cue of a code, by the id of the code."""


@dataclass(frozen=True, slots=True)
class CodeReader:
    """Reads passages for codes of either valence.

    A cue of a code is what the passage is about: "trust was poor" is no praise because it
    names trust. So it speaks for a side only where nothing else in the passage does.
    """

    read: ValenceModel = SHIPPED
    leanings: Mapping[str, Leaning] = field(default_factory=dict)
    is_own: IsOwn = lambda _code_id, _words: False

    def of(self, code_id: str, reading: Reading, text: str, topic: str) -> Reading:
        """What a passage says for this code; `reading` is what it says for any."""
        is_own = partial(self.is_own, code_id)
        if any(map(is_own, reading.words)):
            other = self.read(text, topic, is_left_out=is_own)
            reading = reading if other.valence == "neutral" else other
        leaning = self.leanings.get(code_id)
        return leaning(reading) if leaning else reading
