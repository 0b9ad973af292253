"""Coding by hand: putting codes on passages, taking them off, and listing them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal, cast, get_args

from qualcode.analysis.find_span import find_place, is_in_header, shorten
from qualcode.core.code_words import code_meant, nearest_codes
from qualcode.core.codebook import codes_by_id, is_in_use, meaning_of, resolve
from qualcode.core.hints import did_you_mean
from qualcode.core.model import Code, Codebook, Coding, Decision, Document, Span, Valence
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.text import short_key
from qualcode.project.deciding import a_decision
from qualcode.project.in_vivo import in_vivo_code
from qualcode.project.named import coder_id, find_document
from qualcode.project.study import Study
from qualcode.project.who import coder_name
from qualcode.store.codebook_history import put_codebook
from qualcode.store.coding_files import coding_path, codings_data
from qualcode.store.transaction import Transaction

Confidence = Literal["sure", "likely", "unsure", ""]
VALENCES: tuple[Valence, ...] = get_args(Valence)
CONFIDENCES: tuple[Confidence, ...] = ("sure", "likely", "unsure")
STRENGTHS = ("-2", "-1", "0", "1", "2")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of one coding; what is None is as the code has it."""

    code_id: str
    valence: Valence | None = None
    strength: int | None = None
    lenses: tuple[str, ...] | None = None
    confidence: Confidence = ""
    because: str = ""
    origin: str = "manual"


@dataclass(slots=True)
class Desk:
    """One change of one coder's codings in the making; nothing is on disk before `commit`.

    `added`, `changed` and `removed` say what it will do, `notes` what there was no need to do.
    """

    study: Study
    coder: str
    codebook: Codebook
    at: str
    change: Transaction
    added: list[Coding] = field(default_factory=list)
    changed: list[Coding] = field(default_factory=list)
    removed: list[Coding] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    _held: dict[str, dict[str, Coding]] = field(default_factory=dict)
    _grew: bool = False

    @classmethod
    def of(cls, study: Study, coder: str = "") -> Desk:
        """A desk for the coder at work, or for the one named.

        Raises:
            QualcodeError: with everything wrong with the codebook, where it has an error.
        """
        change = Transaction(study.paths)
        change.read(study.paths.codebook)
        name = coder_id(coder) or coder_name(study.paths)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(study, name, study.usable_codebook(), at, change)

    def held(self, doc_id: str) -> tuple[Coding, ...]:
        """The coder's codings of a document, by place, as this change would leave them."""
        return tuple(
            sorted(self._codings(doc_id).values(), key=lambda c: (c.span, c.code_id, c.id))
        )

    def _codings(self, doc_id: str) -> dict[str, Coding]:
        if doc_id not in self._held:
            self.change.read(coding_path(self.study.paths, doc_id, self.coder))
            own = (c for c in self.study.codings(doc_id) if c.coder == self.coder)
            self._held[doc_id] = {coding.id: coding for coding in own}
        return self._held[doc_id]

    def code(self, document: Document, span: Span, given: Given) -> Coding:
        """Puts a code on a span; where it is there, what is said now is changed.

        Raises:
            QualcodeError: NOT_IN_CODEBOOK, SEVERAL_CODES, CODE_NOT_GIVEN or UNKNOWN_LENS.
        """
        code = usable_code(self.codebook, given.code_id)
        check_lenses(self.codebook, given)
        codings = self._codings(document.id)
        same = (c for c in codings.values() if c.span == span and c.code_id == code.id)
        known = next(same, None)
        if known is not None:
            return self._say_again(known, given)
        coding = Coding(
            id=self._new_id(document.id, code.id, span),
            doc_id=document.id,
            span=span,
            quote=document.text[span.start : span.end],
            code_id=code.id,
            coder=self.coder,
            valence=given.valence or ("neutral" if code.valence == "either" else code.valence),
            strength=given.strength,
            lenses=code.lenses if given.lenses is None else given.lenses,
            confidence=given.confidence,
            meaning=meaning_of(code),
            evidence=given.because,
            origin=given.origin,
            at=self.at,
            codebook_version=self.codebook.version,
        )
        codings[coding.id] = coding
        self.added.append(coding)
        if is_in_header(document, span):
            words = shorten(coding.quote)
            self.notes.append(problem(P.IN_HEADER, words=words, document=document.id))
        return coding

    def _say_again(self, known: Coding, given: Given) -> Coding:
        """The coding with what is said of it now; saying nothing new changes nothing."""
        said = replace(
            known,
            valence=given.valence or known.valence,
            strength=known.strength if given.strength is None else given.strength,
            lenses=known.lenses if given.lenses is None else given.lenses,
            confidence=given.confidence or known.confidence,
            evidence=given.because or known.evidence,
        )
        if said == known:
            self.notes.append(
                problem(
                    P.ALREADY_CODED,
                    coder=self.coder,
                    document=known.doc_id,
                    start=known.span.start,
                    end=known.span.end,
                    code=known.code_id,
                )
            )
            return known
        return self.put(known, said)

    def put(self, known: Coding, said: Coding) -> Coding:
        """Puts `said` in the place of a coding that is there."""
        self._codings(known.doc_id)[known.id] = said
        self.changed.append(said)
        return said

    def uncode(self, coding: Coding) -> None:
        """Takes a coding off."""
        del self._codings(coding.doc_id)[coding.id]
        self.removed.append(coding)

    def in_vivo(self, words: str, *, doc_id: str) -> Code:
        """The code named by these words of a participant, made where there is none yet."""
        code = in_vivo_code(self.codebook, words, origin=f"{doc_id}, {self.at[:10]}")
        self.add_code(code)
        return code

    def add_code(self, code: Code) -> None:
        """Adds a code to the codebook, unless it is there."""
        if code.id not in codes_by_id(self.codebook):
            self.codebook = replace(self.codebook, codes=(*self.codebook.codes, code))
            self._grew = True

    def _put_codebook(self) -> None:
        """Writes the codes that are new; their codings say with which version they began."""
        version = put_codebook(self.change, self.codebook)
        for coding in self.added:
            held = self._held[coding.doc_id]
            held[coding.id] = replace(held[coding.id], codebook_version=version)

    def _new_id(self, doc_id: str, code_id: str, span: Span) -> str:
        """An id that depends only on what is coded, so that every way gives the same one."""
        key = short_key(doc_id, self.coder, code_id, str(span.start), str(span.end))
        taken = self._codings(doc_id)
        tries = (f"k{key[:n]}" for n in range(7, len(key)))
        return next((one for one in tries if one not in taken), f"k{key}{len(taken)}")

    def commit(self, action: str, *, target: str = "", because: str = "") -> Decision | None:
        """Carries the change out and records it; None where there was nothing to do.

        Raises:
            QualcodeError: NOT_EDITABLE where the codebook cannot take a new code, and as
                `Transaction.commit`.
        """
        if self._grew:
            self._put_codebook()
        for doc_id, codings in self._held.items():
            path = coding_path(self.study.paths, doc_id, self.coder)
            self.change.write(path, codings_data(codings.values()))
        decision = a_decision(self.study.paths, action, target=target, because=because)
        return self.change.commit(
            replace(
                decision,
                coder=self.coder,
                before=told([*self.removed]),
                after=told([*self.added, *self.changed]),
            )
        )


def told(codings: Sequence[Coding]) -> str:
    """Codings in a few words, for the journal."""
    shown = [f'{c.code_id} {c.valence} "{shorten(c.quote)}"' for c in codings[:3]]
    more = [f"and {len(codings) - 3} more"] if len(codings) > 3 else []
    return "; ".join([*shown, *more])


def usable_code(codebook: Codebook, code_id: str) -> Code:
    """The code of that id or name.

    Raises:
        QualcodeError: NOT_IN_CODEBOOK with the nearest id; SEVERAL_CODES with the id of each;
            CODE_NOT_GIVEN with what took its place.
    """
    code = code_meant(codebook, code_id)
    if code is None:
        hint = nearest_codes(codebook, code_id)
        raise QualcodeError(problem(P.NOT_IN_CODEBOOK, code=code_id, hint=hint))
    if is_in_use(code):
        return code
    if code.merged_into:
        why, todo = "merged", f'Use "{resolve(codebook, code.id)}".'
    elif code.split_into:
        why, todo = "split", f"Use one of {', '.join(code.split_into)}."
    else:
        why, todo = f"retired ({code.retired})", "Use another code, or restore this one."
    raise QualcodeError(problem(P.CODE_NOT_GIVEN, code=code.id, why=why, todo=todo))


def given_from(code_id: str, cells: Mapping[str, str]) -> Given:
    """What is said of a coding, from words as typed or as they stand in a sheet.

    `cells` may hold valence, strength, lenses (parted by "," or "/"), confidence and because;
    a blank one says nothing.

    Raises:
        QualcodeError: UNKNOWN_WORD where a word is none of those allowed.
    """
    found = {key: value.strip() for key, value in cells.items()}
    lenses = tuple(part for part in re.split(r"[,/\s]+", found.get("lenses", "")) if part)
    strength = found.get("strength", "").removeprefix("+").replace("−", "-")
    return Given(
        code_id=code_id.strip(),
        valence=cast("Valence", _word("valence", found, VALENCES)) or None,
        strength=int(_word("strength", {"strength": strength}, STRENGTHS) or 0)
        if strength
        else None,
        lenses=lenses or None,
        confidence=cast("Confidence", _word("confidence", found, CONFIDENCES)),
        because=found.get("because", ""),
    )


def _word(key: str, cells: Mapping[str, str], allowed: Sequence[str]) -> str:
    found = cells.get(key, "").casefold()
    if not found or found in allowed:
        return found
    named = [word for word in allowed if word]
    hint = did_you_mean(found, named)
    raise QualcodeError(
        problem(P.UNKNOWN_WORD, key=key, found=found, allowed=", ".join(named), hint=hint)
    )


def check_lenses(codebook: Codebook, given: Given) -> None:
    """Raises QualcodeError, UNKNOWN_LENS, for a lens that the codebook does not have."""
    known = [lens.id for lens in codebook.lenses]
    for lens in given.lenses or ():
        if lens not in known:
            hint = did_you_mean(lens, known)
            raise QualcodeError(problem(P.UNKNOWN_LENS, owner="the coding", lens=lens, hint=hint))


@dataclass(frozen=True, slots=True)
class Coded:
    """What one command did to the codings."""

    added: tuple[Coding, ...]
    changed: tuple[Coding, ...]
    removed: tuple[Coding, ...]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def by(cls, desk: Desk, problems: Iterable[Problem] = ()) -> Coded:
        """What a desk did."""
        return cls(
            tuple(desk.added),
            tuple(desk.changed),
            tuple(desk.removed),
            (*desk.notes, *problems),
        )


@dataclass(frozen=True, slots=True)
class Where:
    """What a person points at: `where` as typed, in `unit` where given, or one coding by id."""

    doc_id: str
    where: str = ""
    unit: str = ""
    coding_id: str = ""


def code_passage(
    study: Study,
    where: Where,
    given: Sequence[Given],
    *,
    coder: str = "",
    in_vivo: bool = False,
) -> Coded:
    """Puts codes on the passage that is meant; `in_vivo` makes one of the words themselves.

    With `in_vivo` the first of `given` says what is said of that code's coding.

    Raises:
        QualcodeError: where the document, the passage, a code or a word is not known;
            nothing is changed then.
    """
    document = study.document(find_document(study.paths, where.doc_id))
    span = find_place(document, where.where, unit=where.unit)
    desk = Desk.of(study, coder)
    wanted = list(given)
    if in_vivo:
        words = document.text[span.start : span.end]
        wanted[0] = replace(wanted[0], code_id=desk.in_vivo(words, doc_id=document.id).id)
    for one in wanted:
        desk.code(document, span, one)
    ref = f"{document.id} {span.start}-{span.end}"
    because = next((one.because for one in wanted if one.because), "")
    desk.commit("code", target=ref, because=because)
    return Coded.by(desk)


def uncode_passage(
    study: Study, where: Where, *, code_id: str = "", coder: str = "", because: str = ""
) -> Coded:
    """Takes off one coding by its id, or those of a passage, of one code or of all.

    Raises:
        QualcodeError: NO_SUCH_CODING where there is none; nothing is changed then.
    """
    document = study.document(find_document(study.paths, where.doc_id))
    desk = Desk.of(study, coder)
    held = desk.held(document.id)
    if where.coding_id:
        found = [c for c in held if c.id == where.coding_id]
    else:
        span = find_place(document, where.where, unit=where.unit)
        found = [c for c in held if c.span == span and code_id in ("", c.code_id)]
    if not found:
        what = where.coding_id or " ".join(part for part in (code_id, where.where) if part)
        raise QualcodeError(
            problem(P.NO_SUCH_CODING, coder=desk.coder, what=what, document=document.id)
        )
    for coding in found:
        desk.uncode(coding)
    desk.commit("uncode", target=f"{document.id} {found[0].id}", because=because)
    return Coded.by(desk)
