"""Changes of a codebook as values: each gives a new codebook and leaves the old one alone.

Ids never change, and no entry ever goes: a merged, split or retired code stays where it is and
says what became of it, so that codings made with it keep their meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from qualcode.core.code_words import code_meant
from qualcode.core.codebook import codes_by_id, is_in_use, resolve
from qualcode.core.hints import did_you_mean
from qualcode.core.model import CODE_VALENCES, Code, Codebook, CodeValence
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.text import normalise

ID = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_KINDS = ("code", "category", "theme")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a code; what is None stays as it is.

    `include`, `exclude`, `examples` and `cues` are added to those that are there; `lenses` and
    everything else take their place.
    """

    definition: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    valence: str | None = None
    lenses: tuple[str, ...] | None = None
    kind: str | None = None
    in_vivo: bool | None = None
    origin: str | None = None


def make_id(name: str) -> str:
    """The id that a name gives: its letters without accents, in lower case, with hyphens.

    "" where the name holds no Latin letter and no digit.

    >>> make_id("Professionals' silos – déjà vu")
    'professionals-silos-deja-vu'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_IDS.sub("-", plain.replace("'", "")).strip("-")


def find_code(codebook: Codebook, word: str) -> Code:
    """The code that is meant by its id or, in any case, by its name; ids go first.

    Raises:
        QualcodeError: NO_CODE, with the nearest one; SEVERAL_CODES.
    """
    code = code_meant(codebook, word)
    if code is not None:
        return code
    wanted = word.strip()
    called = [*codes_by_id(codebook), *(code.name for code in codebook.codes)]
    hint = did_you_mean(wanted.lower(), called)
    raise QualcodeError(problem(P.NO_CODE, code=wanted, hint=hint))


def used_code(codebook: Codebook, word: str) -> Code:
    """The code that is meant, where it still stands.

    Raises:
        QualcodeError: NO_CODE, or CODE_NOT_USED with what became of it.
    """
    code = find_code(codebook, word)
    if is_in_use(code):
        return code
    raise QualcodeError(problem(P.CODE_NOT_USED, code=code.id, state=state_of(code)))


def state_of(code: Code) -> str:
    """What became of a code, in words; "in use" where it still stands.

    >>> state_of(Code("silo", "Silo", merged_into="silos"))
    'merged into "silos"'
    """
    if code.merged_into:
        return f'merged into "{code.merged_into}"'
    if code.split_into:
        return "split into " + ", ".join(f'"{part}"' for part in code.split_into)
    return f"retired ({code.retired})" if code.retired else "in use"


def new_code(
    codebook: Codebook, name: str, *, code_id: str = "", parent: str = "", said: Said | None = None
) -> Code:
    """The code of that name as it would be added; its id is made from the name.

    Raises:
        QualcodeError: NO_ID_IN_NAME, BAD_ID, CODE_EXISTS, NO_CODE or CODE_NOT_USED (of the
            parent), UNKNOWN_WORD, UNKNOWN_LENS.
    """
    words = one_line(name)
    own = code_id.strip() or make_id(words)
    if not own:
        raise QualcodeError(problem(P.NO_ID_IN_NAME, name=words))
    if not ID.fullmatch(own):
        raise QualcodeError(problem(P.BAD_ID, id=own, example=make_id(own) or "new-code"))
    if own in codes_by_id(codebook):
        raise QualcodeError(problem(P.CODE_EXISTS, what="id", word=own))
    _refuse_name(codebook, words or own)
    above = used_code(codebook, parent).id if parent.strip() else None
    return _with(codebook, Code(own, words or own, parent=above), said or Said())


def add_code(codebook: Codebook, code: Code, *, after: str = "") -> Codebook:
    """The codebook with one code more, last or right behind the code `after`."""
    codes = list(codebook.codes)
    places = {one.id: position for position, one in enumerate(codes, start=1)}
    codes.insert(places.get(after, len(codes)), code)
    return replace(codebook, codes=tuple(codes))


def define_code(codebook: Codebook, word: str, said: Said) -> Codebook:
    """The codebook with more said of one code; see `Said` for what is added and what replaced.

    Raises:
        QualcodeError: NO_CODE, CODE_NOT_USED, NOTHING_SAID, UNKNOWN_WORD or UNKNOWN_LENS.
    """
    code = used_code(codebook, word)
    if said == Said():
        raise QualcodeError(problem(P.NOTHING_SAID, code=code.id))
    return _put(codebook, _with(codebook, code, said))


def rename_code(codebook: Codebook, word: str, name: str) -> Codebook:
    """The codebook with another name for one code, whose id stays.

    Raises:
        QualcodeError: NO_CODE, CODE_NOT_USED, NO_ID_IN_NAME (the name is empty), CODE_EXISTS.
    """
    code = used_code(codebook, word)
    words = one_line(name)
    if not words:
        raise QualcodeError(problem(P.NO_ID_IN_NAME, name=words))
    _refuse_name(codebook, words, but=code.id)
    return _put(codebook, replace(code, name=words))


def move_code(codebook: Codebook, word: str, *, under: str | None) -> Codebook:
    """The codebook with one code under another, or at the top (None).

    Raises:
        QualcodeError: NO_CODE, CODE_NOT_USED, MOVED_UNDER_ITSELF.
    """
    code = used_code(codebook, word)
    if under is None:
        return _put(codebook, replace(code, parent=None))
    parent = used_code(codebook, under)
    codes = codes_by_id(codebook)
    above: str | None = parent.id
    seen: set[str] = set()
    while above is not None and above not in seen:
        if above == code.id:
            kind = P.MOVED_UNDER_ITSELF
            raise QualcodeError(problem(kind, code=code.id, parent=parent.id))
        seen.add(above)
        above = codes[above].parent if above in codes else None
    return _put(codebook, replace(code, parent=parent.id))


def merge_codes(codebook: Codebook, words: Iterable[str], *, into: str) -> Codebook:
    """The codebook with codes merged into another, which keeps its own words.

    A target that was itself merged stands for the code that took its place, so that merges
    give the same codebook in any order.

    Raises:
        QualcodeError: NO_CODE, CODE_NOT_USED, MERGED_INTO_ITSELF, MERGED_BEFORE.
    """
    target = find_code(codebook, into)
    for word in words:
        code = used_code(codebook, word)
        end = used_code(codebook, resolve(codebook, target.id))
        if end.id == code.id != target.id:
            raise QualcodeError(problem(P.MERGED_BEFORE, code=code.id, into=target.id))
        if end.id == code.id:
            raise QualcodeError(problem(P.MERGED_INTO_ITSELF, code=code.id))
        codebook = _put(codebook, replace(code, merged_into=target.id))
    return codebook


def split_code(codebook: Codebook, word: str, *, into: Sequence[str]) -> Codebook:
    """The codebook with new codes of these names behind a code that stands no longer.

    The new codes take over its valence, lenses, parent and kind, but no definition: what tells
    them apart is still to be written.

    Raises:
        QualcodeError: NO_CODE, CODE_NOT_USED, TOO_FEW_PARTS, and what `new_code` raises.
    """
    old = used_code(codebook, word)
    names = [name for name in map(one_line, into) if name]
    if len(names) < 2:
        raise QualcodeError(problem(P.TOO_FEW_PARTS, code=old.id))
    origin = f"split from {old.id}"
    parts: list[str] = []
    for name in names:
        said = Said(valence=old.valence, lenses=old.lenses, kind=old.kind, origin=origin)
        part = replace(new_code(codebook, name, said=said), parent=old.parent)
        codebook = add_code(codebook, part, after=(parts or [old.id])[-1])
        parts.append(part.id)
    return _put(codebook, replace(old, split_into=tuple(parts)))


def retire_code(codebook: Codebook, word: str, *, because: str) -> Codebook:
    """The codebook with a code that is no longer used, and why; its codings stay.

    Raises:
        QualcodeError: NO_CODE, CODE_NOT_USED, NO_REASON.
    """
    code = used_code(codebook, word)
    if not because.strip():
        raise QualcodeError(problem(P.NO_REASON, code=code.id))
    return _put(codebook, replace(code, retired=one_line(because)))


def restore_code(codebook: Codebook, word: str) -> Codebook:
    """The codebook with a retired, merged or split code in use again; the parts of a split stay.

    Raises:
        QualcodeError: NO_CODE, or CODE_IN_USE where there is nothing to take back.
    """
    code = find_code(codebook, word)
    if is_in_use(code):
        raise QualcodeError(problem(P.CODE_IN_USE, code=code.id))
    return _put(codebook, replace(code, retired="", merged_into=None, split_into=()))


def import_codes(codebook: Codebook, other: Codebook) -> Codebook:
    """The codebook with the codes of another that it does not have, and lenses they need.

    A code that is the same in both is left alone; pairs are not taken over.

    Raises:
        QualcodeError: CODES_CLASH for every code that has the id or the name of another one.
    """
    own = codes_by_id(codebook)
    names = {code.name.casefold(): code.id for code in codebook.codes if is_in_use(code)}
    clashes = []
    new: list[Code] = []
    for code in other.codes:
        same = own.get(code.id)
        if same == code:
            continue
        taken = code.id if same else names.get(code.name.casefold()) if is_in_use(code) else None
        if taken is not None:
            what = "id" if same else "name"
            word = code.id if same else code.name
            clashes.append(problem(P.CODES_CLASH, code=code.id, what=what, word=word, own=taken))
        else:
            new.append(code)
    if clashes:
        raise QualcodeError(*clashes)
    known = {lens.id for lens in codebook.lenses}
    needed = {lens for code in new for lens in code.lenses} - known
    lenses = tuple(lens for lens in other.lenses if lens.id in needed)
    return replace(codebook, codes=(*codebook.codes, *new), lenses=(*codebook.lenses, *lenses))


def one_line(text: str) -> str:
    """The text on one line, as a name or a reason is kept.

    >>> one_line("  Other\\nduties ")
    'Other duties'
    """
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """The text as a codebook keeps it: normalised, nothing around it.

    Half characters that a terminal passes on where its encoding is another become "?".
    """
    return normalise(text.encode("utf-8", "replace").decode()).strip()


def _refuse_name(codebook: Codebook, name: str, *, but: str = "") -> None:
    for code in codebook.codes:
        if code.id != but and is_in_use(code) and code.name.casefold() == name.casefold():
            raise QualcodeError(problem(P.CODE_EXISTS, what="name", word=code.name))


def _with(codebook: Codebook, code: Code, said: Said) -> Code:
    _check_words(codebook, code, said)
    return replace(
        code,
        definition=code.definition if said.definition is None else clean(said.definition),
        include=_more(code.include, said.include),
        exclude=_more(code.exclude, said.exclude),
        examples=_more(code.examples, said.examples),
        cues=_more(code.cues, said.cues),
        valence=cast("CodeValence", said.valence or code.valence),
        lenses=code.lenses if said.lenses is None else tuple(dict.fromkeys(said.lenses)),
        kind=cast("Literal['code', 'category', 'theme']", said.kind or code.kind),
        in_vivo=code.in_vivo if said.in_vivo is None else said.in_vivo,
        origin=code.origin if said.origin is None else one_line(said.origin),
    )


def _check_words(codebook: Codebook, code: Code, said: Said) -> None:
    for key, word, known in (
        ("valence", said.valence, CODE_VALENCES),
        ("kind", said.kind, _KINDS),
    ):
        if word and word not in known:
            hint = did_you_mean(word, known)
            allowed = ", ".join(known)
            raise QualcodeError(
                problem(P.UNKNOWN_WORD, key=key, found=word, allowed=allowed, hint=hint)
            )
    lenses = [lens.id for lens in codebook.lenses]
    for lens in said.lenses or ():
        if lens not in lenses:
            raise QualcodeError(
                problem(
                    P.UNKNOWN_LENS,
                    owner=f'code "{code.id}"',
                    lens=lens,
                    hint=did_you_mean(lens, lenses),
                )
            )


def _more(there: tuple[str, ...], added: Iterable[str]) -> tuple[str, ...]:
    new = dict.fromkeys(text for text in map(clean, added) if text)
    return (*there, *(text for text in new if text not in there))


def _put(codebook: Codebook, changed: Code) -> Codebook:
    codes = tuple(changed if code.id == changed.id else code for code in codebook.codes)
    return replace(codebook, codes=codes)
