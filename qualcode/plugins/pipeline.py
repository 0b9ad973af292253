"""spaCy pipelines: blank ones with our dictionary forms, or a trained one that is installed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qualcode.analysis.matching import Hit
from qualcode.core.patterns import TRAINED_KEYS, Condition, TokenPattern
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.plugins.language import dictionary_form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token

LONGEST_PASSAGE = 100_000
"""Code points of a passage that a pipeline reads; what is longer is no passage."""
NAMED = {"PERSON": "person", "PER": "person", "ORG": "organisation"}
# the dependency at which a clause ends, so that a negation outside it denies nothing inside
_CLAUSES = ("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "csubj", "parataxis", "conj")


@lru_cache(maxsize=2)
def open_pipeline(name: str) -> Language:
    """The trained pipeline of that name, or in the folder of that name.

    Raises:
        QualcodeError: NO_PIPELINE, BAD_PIPELINE.
    """
    import spacy

    try:
        return spacy.load(name)
    except OSError as error:
        if "E050" in str(error):
            raise QualcodeError(problem(P.NO_PIPELINE, name=name)) from error
        raise QualcodeError(problem(P.BAD_PIPELINE, name=name, reason=error)) from error
    except Exception as error:  # a pipeline holds code of its own
        raise QualcodeError(problem(P.BAD_PIPELINE, name=name, reason=error)) from error


@lru_cache(maxsize=4)
def _blank(language: str) -> Language:
    import spacy

    try:
        return spacy.blank(language)
    except ImportError:  # not a language that spaCy knows
        return spacy.blank("xx")


class PassageReader:
    """Reads passages with a pipeline; keeps the last one, which is often asked for again."""

    def __init__(self, language: str, pipeline: str = "") -> None:
        self._nlp = open_pipeline(pipeline) if pipeline else _blank(language)
        self._is_trained = bool(pipeline)
        self._form = dictionary_form(language)
        self._last: tuple[str, Doc] | None = None

    def read(self, text: str) -> Doc:
        """The passage as tokens; a dictionary form that the pipeline lacks comes from ours."""
        if self._last is None or self._last[0] != text:
            make: Callable[[str], Doc] = self._nlp if self._is_trained else self._nlp.make_doc
            doc = make(text[:LONGEST_PASSAGE])
            if not doc.has_annotation("LEMMA"):
                for token in doc:
                    token.lemma_ = self._form(token.lower_)
            self._last = (text, doc)
        return self._last[1]

    def known_keys(self) -> tuple[str, ...]:
        """What this pipeline says of tokens, among that which needs training."""
        if not self._is_trained:
            return ()
        known = {a for name in self._nlp.pipe_names for a in self._nlp.get_pipe_meta(name).assigns}
        # an attribute ruler says in its rules what it gives
        rules = (r for _, pipe in self._nlp.pipeline for r in getattr(pipe, "patterns", ()))
        ruled = {key for rule in rules if isinstance(rule, dict) for key in rule.get("attrs", ())}
        return tuple(k for k in TRAINED_KEYS if f"token.{k.lower()}" in known or k in ruled)

    def finds_names(self) -> bool:
        """Whether it finds names of people and organisations."""
        return "ENT_TYPE" in self.known_keys()

    def names(self, text: str) -> tuple[tuple[str, str], ...]:
        """Names of people and organisations in their order, each with which of them it is."""
        found = ((" ".join(e.text.split()), NAMED.get(e.label_, "")) for e in self.read(text).ents)
        return tuple((name, kind) for name, kind in found if name and kind)

    def find_patterns(self, patterns: Sequence[TokenPattern]) -> Callable[[str], tuple[Hit, ...]]:
        """What finds the patterns in a text; those that need more than is known find nothing."""
        from spacy.matcher import Matcher

        matcher = Matcher(self._nlp.vocab)
        known = set(self.known_keys())
        for n, pattern in enumerate(patterns):
            if known.issuperset(pattern.trained):
                matcher.add(str(n), [_tokens(pattern)], greedy="LONGEST")

        def find(text: str) -> tuple[Hit, ...]:
            if not len(matcher):
                return ()
            spans = matcher(self.read(text), as_spans=True, allow_missing=True)
            hits = (Hit(int(s.label_), s.start_char, s.end_char) for s in spans)
            return tuple(sorted(hits, key=lambda hit: (hit.rule, hit.start)))

        return find

    def find_denial(self, text: str, start: int, end: int) -> str:
        """The word that denies what stands there, by the dependencies of a trained pipeline."""
        doc = self.read(text)
        if not doc.has_annotation("DEP"):
            return ""
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span or ():
            for above in _inside_clause(token):
                for child in above.children:
                    if child.dep_ == "neg" and not start <= child.idx < end:
                        return str(child.text)
        return ""


def missing_for(patterns: Sequence[TokenPattern], reader: PassageReader) -> tuple[str, ...]:
    """What patterns ask of tokens that the reader does not know."""
    known = reader.known_keys()
    asked = {key for pattern in patterns for key in pattern.trained}
    return tuple(key for key in TRAINED_KEYS if key in asked and key not in known)


def pattern_notes(
    patterns: Sequence[TokenPattern], language: str, pipeline: str
) -> tuple[Problem, ...]:
    """One note where patterns cannot be looked for; none where all can.

    Raises:
        QualcodeError: as `open_pipeline`.
    """
    if not any(pattern.trained for pattern in patterns):
        return ()
    missing = missing_for(patterns, PassageReader(language, pipeline))
    skipped = [one for one in patterns if set(one.trained) & set(missing)]
    if not skipped:
        return ()
    keys = ", ".join(missing)
    if pipeline:
        return (problem(P.PIPELINE_LACKS, name=pipeline, n=len(skipped), keys=keys),)
    return (problem(P.PATTERN_NEEDS_PIPELINE, n=len(skipped), keys=keys),)


def _inside_clause(token: Token) -> list[Token]:
    """The token and those above it, up to the head of its clause."""
    found = [token]
    while found[-1].dep_ not in _CLAUSES and found[-1].head != found[-1]:
        found.append(found[-1].head)
    return found


def _tokens(pattern: TokenPattern) -> list[dict[str, object]]:
    """The pattern as spaCy's Matcher takes it."""
    found: list[dict[str, object]] = []
    for token in pattern.tokens:
        conditions = {one.key: _value(one) for one in token.conditions}
        found.append({**conditions, **({"OP": token.often} if token.often else {})})
    return found


def _value(condition: Condition) -> object:
    if not condition.sign:
        return condition.value
    value = condition.value
    return {condition.sign: list(value) if isinstance(value, tuple) else value}
