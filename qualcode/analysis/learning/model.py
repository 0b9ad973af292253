"""The hybrid suggester: what a fitted model offers on documents, with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.learning.cue_evidence import cues_on_segments
from qualcode.analysis.learning.evidence import KINDS
from qualcode.analysis.learning.fit import ENOUGH, Fitted, fit
from qualcode.analysis.learning.judge import COLD_LEVEL, Judged, judge
from qualcode.analysis.learning.reasons import Reason, Reasons, in_one_line, quoted
from qualcode.analysis.learning.told_words import words_told
from qualcode.analysis.lenses import Look, Offered
from qualcode.analysis.valence import CodeReader, Reading
from qualcode.core.learning import Material
from qualcode.core.model import Code, Codebook, Document, Segment, Suggestion, Valence
from qualcode.core.protocols import Suggest
from qualcode.core.text import short_key

ReadLenses = Callable[[Document, Sequence[str]], list[Look]]
"""At which levels passages of a document speak."""

# A suggestion by cues has the same key: what was rejected there is not offered again here.
_KEY = "cues"


@dataclass(slots=True)
class _Passage:
    """A segment with its text; its valence is read once, when it is first asked for.

    `look` says at which levels it speaks, where that was read.
    """

    segment: Segment
    text: str
    read: CodeReader | None
    look: Look | None
    _reading: Reading | None = None

    def reading(self, code: Code) -> Reading:
        """Which way the passage points for a code of either valence."""
        if self.read is None:
            return _UNREAD
        topic = self.segment.unit.topic
        if self._reading is None:
            self._reading = self.read.read(self.text, topic)
        return self.read.of(code.id, self._reading, self.text, topic)

    def lenses(self, code: Code) -> Offered:
        """The lenses of a suggestion of this code, and why; the code's own if none are read."""
        return self.look.offer(code.lenses) if self.look else Offered(code.lenses, ())


_UNREAD = Reading("neutral", 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class HybridModel:
    """A study's model; called with a document and its segments, it offers codes."""

    fitted: Fitted
    reasons: Reasons
    name: str
    read: CodeReader | None
    read_lenses: ReadLenses | None = None

    @property
    def is_calibrated(self) -> bool:
        """Whether scores are probabilities; else they only put suggestions in order."""
        return self.fitted.learnt is not None

    @property
    def basis(self) -> str:
        """What the scores are, and from what, in one sentence."""
        verdicts = self.fitted.verdicts
        passages = round(float(verdicts.stands_for.sum()))
        if self.is_calibrated:
            documents = len({one.doc_id for one in verdicts.reviewed})
            return (
                f"Probabilities are learnt from {passages} reviewed passages "
                f"of {documents} documents."
            )
        if passages < ENOUGH:
            missing = f"{passages} of the {ENOUGH} reviewed passages that learning needs"
        else:
            missing = "learning needs passages with a code and others without it"
        return f"Evidence puts suggestions in order and is no probability: {missing}."

    def __call__(self, document: Document, segments: Sequence[Segment]) -> Iterator[Suggestion]:
        judged, cues = self._judge(document, segments)
        by_place = {(n, one.code_id): one for n, one in cues}
        with_some = np.flatnonzero(judged.offered.any(axis=1))
        passages = self._passages(document, [segments[n] for n in with_some.tolist()])
        texts = [passage.text for passage in passages]
        alike = self.reasons.likeness(judged.rows.take(with_some), texts, document.id)
        for row, (n, passage) in enumerate(zip(with_some.tolist(), passages, strict=True)):
            terms = words_told(passage.text)
            for code in np.flatnonzero(judged.offered[n]).tolist():
                topic = passage.segment.unit.topic
                reason = self.reasons.reason(alike[row], terms, code, topic=topic)
                cue = by_place.get((n, self.fitted.codes[code].id))
                score = round(float(judged.chance[n, code]), 3)
                yield self._suggestion(passage, self.fitted.codes[code], score, reason, cue)

    def _judge(
        self, document: Document, segments: Sequence[Segment]
    ) -> tuple[Judged, list[tuple[int, Suggestion]]]:
        cues = cues_on_segments(self.fitted.cues, document, segments)
        texts = [_text(document, segment) for segment in segments]
        topics = [segment.unit.topic for segment in segments]
        return judge(self.fitted, texts, topics, cues), cues

    def _passages(self, document: Document, segments: Sequence[Segment]) -> list[_Passage]:
        texts = [_text(document, segment) for segment in segments]
        looks: Sequence[Look | None] = [None] * len(texts)
        if self.read_lenses:
            looks = self.read_lenses(document, texts)
        found = zip(segments, texts, looks, strict=True)
        return [_Passage(segment, text, self.read, look) for segment, text, look in found]

    def _suggestion(
        self, passage: _Passage, code: Code, score: float, reason: Reason, cue: Suggestion | None
    ) -> Suggestion:
        valence, said = self._valence(passage, code, cue)
        offered = passage.lenses(code)
        because = in_one_line(reason, cue=cue.why if cue else "")
        return Suggestion(
            doc_id=passage.segment.doc_id,
            span=passage.segment.span,
            code_id=code.id,
            valence=valence,
            lenses=offered.lenses,
            score=score,
            why="; ".join((because, *said, *offered.because)),
            suggester=self.name,
            key=short_key(_KEY, code.id, passage.text),
        )

    def _valence(
        self, passage: _Passage, code: Code, cue: Suggestion | None
    ) -> tuple[Valence, tuple[str, ...]]:
        """The valence of a code on a passage, and why; a denied cue of a fixed one is neutral."""
        if code.valence != "either":
            return cue.valence if cue else code.valence, ()
        reading = passage.reading(code)
        return reading.valence, (reading.because,) if reading.because else ()

    def has_learnt(self, code_id: str) -> bool:
        """Whether the score of a code is a probability: somebody has given it."""
        learnt, codes = self.fitted.learnt, self.fitted.codes
        at = next((n for n, code in enumerate(codes) if code.id == code_id), None)
        return learnt is not None and at is not None and not learnt.is_new[at]

    def explain(self, document: Document, segment: Segment, code_id: str) -> tuple[str, ...]:
        """All that speaks for and against a code on a segment, one line each.

        The first line says how likely it is and whether it is offered; a code that is not
        in use gives nothing.
        """
        at = {code.id: n for n, code in enumerate(self.fitted.codes)}
        if (code := at.get(code_id)) is None:
            return ()
        judged, cues = self._judge(document, [segment])
        text = _text(document, segment)
        alike = self.reasons.likeness(judged.rows, [text], document.id)[0]
        terms = words_told(text)
        reason = self.reasons.reason(alike, terms, code, topic=segment.unit.topic)
        cue = next((one.why for _, one in cues if one.code_id == code_id), "")
        lines = [self._verdict(judged, code), *self._shares(judged, code)]
        if cue:
            lines.append(f"Cues: {cue}.")
        passage = self._passages(document, [segment])[0]
        because = passage.lenses(self.fitted.codes[code]).because
        lines += [f"{one[0].upper()}{one[1:]}." for one in because]
        if reason.words:
            lines.append(f"Words that speak for it: {', '.join(reason.words)}.")
        if reason.under:
            lines.append(f"{reason.under}.")
        told = (
            ("Most like among what was accepted", reason.nearest),
            ("Most like in the codebook", reason.said),
            ("Most like among what was rejected", reason.rejected),
        )
        for what, likest in told:
            if likest:
                lines.append(
                    f"{what}: {quoted(likest.text)} ({likest.source}), {likest.alike:.2f}."
                )
        return (*lines, self.basis)

    def _verdict(self, judged: Judged, code: int) -> str:
        chance, learnt = float(judged.chance[0, code]), self.fitted.learnt
        if learnt is not None and learnt.is_new[code] and judged.cues[0, code] > 0:
            return f"Evidence {chance:.2f}: offered by a cue, for nobody has given it yet."
        if learnt is None:
            what = f"Evidence {chance:.2f}"
            level = f"a cue, or the best code of the passage with {COLD_LEVEL:.2f} without cues"
        else:
            needed = float(learnt.levels[code])
            what, level = f"Probability {chance:.2f}", f"{needed:.2f}"
        if judged.offered[0, code]:
            return f"{what}: offered (needed: {level})."
        if learnt is not None and chance >= needed:
            return f"{what}: not offered, because one of its sub-codes is and fits better."
        return f"{what}: not offered (needed: {level})."

    def _shares(self, judged: Judged, code: int) -> list[str]:
        """What each kind of evidence says, compared with the usual; the strongest first."""
        learnt = self.fitted.learnt
        if learnt is None or judged.evidence is None:
            return [f"Likeness to the codebook's words: {judged.told[0, code]:.2f}."]
        calibration = learnt.calibration
        found = judged.evidence[0, code]
        shares = calibration.slope[code] * (found - calibration.usual) * calibration.shares
        held = sorted(zip(KINDS, shares.tolist(), strict=True), key=lambda one: -abs(one[1]))
        return [
            f"{kind[0].upper()}{kind[1:]}: {how_it_speaks(share)} ({share:+.1f})."
            for kind, share in held
            if abs(share) >= _HEARD
        ]


_HEARD, _SOMEWHAT, _STRONGLY = 0.15, 0.4, 1.2
"""Shares of the log-odds: from which on told at all, and called by which word.

With 1.2 the odds are three times what they were, with 0.4 half as much again.
"""


def how_it_speaks(share: float) -> str:
    """In words what a share of the log-odds says.

    >>> how_it_speaks(1.5), how_it_speaks(-0.2)
    ('speaks for it strongly', 'speaks a little against it')
    """
    side, size = ("for" if share > 0 else "against"), abs(share)
    if size < _SOMEWHAT:
        return f"speaks a little {side} it"
    return f"speaks {side} it {'somewhat' if size < _STRONGLY else 'strongly'}"


def _text(document: Document, segment: Segment) -> str:
    return document.text[segment.span.start : segment.span.end]


_AS_SHIPPED = CodeReader()


def fit_hybrid(
    codebook: Codebook,
    material: Material,
    *,
    name: str = "hybrid",
    cues: Suggest | None = None,
    read: CodeReader | None = _AS_SHIPPED,
    read_lenses: ReadLenses | None = None,
) -> HybridModel:
    """The model of a study; while little is reviewed it ranks by cues and the codebook's words.

    Args:
        cues: finds the codebook's cues, in the language of the study.
        read: reads the valence of passages, for codes whose valence is "either"; without it
            they are neutral.
        read_lenses: at which levels a passage speaks; without it, codes have their own lenses.
    """
    fitted = fit(codebook, material, cues=cues)
    return HybridModel(fitted, Reasons.of(fitted), name, read, read_lenses)
