"""The tables of a study: one function for each, all made from one ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qualcode.analysis.comparing.compare import compare_code
from qualcode.analysis.comparing.extremes import Extreme, find_extremes
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.tables.cfir import cfir_table
from qualcode.analysis.tables.codes import codes_table
from qualcode.analysis.tables.columns import COUNTED_AT, CountedAt
from qualcode.analysis.tables.compatibility import compatibility_tables
from qualcode.analysis.tables.coverage import coverage_table
from qualcode.analysis.tables.crossed import attribute_table, document_table, together_table
from qualcode.analysis.tables.ledger import (
    Ledger,
    make_ledger,
    narrowed,
    part_of,
    rolled_up,
    traits_of_people,
)
from qualcode.analysis.tables.quotations import Choice, quotations_table
from qualcode.analysis.tables.sample import sample_table
from qualcode.analysis.tables.sides import cases_table
from qualcode.analysis.tables.sources import convergence_table, triangulation_table
from qualcode.analysis.tables.talk import SHOWN, talk_tables, talkers_of
from qualcode.core.codebook import codes_by_id, resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.model import KINDS, Codebook, Kind
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.project.comparing import Coded, gather, gather_counts, vectors_of
from qualcode.project.named import one_of
from qualcode.project.printable import people_of, with_names_note, without_full_names
from qualcode.project.study import Study

USUAL = ("site", "organisation", "sector", "tier", "profession", "role")
"""By what cases are usually compared; the first that is known is taken unless one is named."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What every table can be asked: whose codings, suggestions where nobody has coded, and
    which codes (a category stands for the codes below it); all of them where none is named."""

    coder: str = ""
    draft: bool = False
    codes: tuple[str, ...] = ()


def open_ledger(study: Study, ask: Ask) -> Ledger:
    """Everything that counts with its words; errors as `gather`, and NO_CODE."""
    return _of_codes(ledger_of(_gathered(study, ask)), ask)


def _counted(study: Study, ask: Ask) -> Ledger:
    """Everything that counts, where numbers are all that is asked for; errors as `gather`."""
    if ask.draft:
        return ledger_of(_gathered(study, ask))
    return gather_counts(study, what="count", coder=ask.coder)


def _gathered(study: Study, ask: Ask) -> Coded:
    return gather(study, what="count", coder=ask.coder, draft=ask.draft)


def _with_categories(ledger: Ledger, ask: Ask) -> Ledger:
    """The ledger with what stands below each category, of the codes asked for; errors: NO_CODE."""
    return _of_codes(rolled_up(ledger), ask)


def ledger_of(coded: Coded) -> Ledger:
    """The ledger of what was gathered."""
    return make_ledger(
        coded.codebook, coded.book, coded.documents, coded.incidents, heard=coded.heard
    )


def _of_codes(ledger: Ledger, ask: Ask) -> Ledger:
    """The ledger of the codes asked for, of all where none are; errors: NO_CODE."""
    return narrowed(ledger, _chosen(ledger.codebook, ask.codes)) if ask.codes else ledger


def _chosen(codebook: Codebook, words: Iterable[str]) -> frozenset[str]:
    """The codes that are named, under their heirs, and those below them."""
    tops = {resolve(codebook, find_code(codebook, word).id) for word in words}
    codes = codes_by_id(codebook)
    chosen = set(tops)
    for code in codes.values():
        above, seen = code.parent, {code.id}
        while above in codes and above not in seen:
            if above in tops:
                chosen.add(code.id)
            seen.add(above)
            above = codes[above].parent
    return frozenset(chosen)


def known_attribute(ledger: Ledger, word: str, *, option: str = "--by") -> str:
    """The attribute that is meant, in small letters; for "" the first usual one that is known.

    Raises:
        QualcodeError: NO_ATTRIBUTE where nobody and nothing read has it.
    """
    known = sorted({name for told in ledger.traits.values() for name in told})
    if not word.strip():
        return next((key for key in USUAL if key in known), "kind")
    key = word.strip().casefold()
    if key != "kind" and key not in known:
        names = ", ".join(("kind", *known))
        raise QualcodeError(problem(P.NO_ATTRIBUTE, attribute=word, known=names, option=option))
    return key


def known_unit(word: str) -> CountedAt:
    """The unit that is meant.

    Raises:
        QualcodeError: UNKNOWN_WORD.
    """
    found = next((unit for unit in COUNTED_AT if unit == word.strip().casefold()), None)
    if found is None:
        raise QualcodeError(
            problem(
                P.UNKNOWN_WORD, key="--unit", found=word, allowed=", ".join(COUNTED_AT), hint=""
            )
        )
    return found


def view_codes_table(study: Study, ask: Ask) -> Table:
    """How often each code was given."""
    return codes_table(_with_categories(_counted(study, ask), ask))


def view_quotations_table(
    study: Study, ask: Ask, choice: Choice, *, extremes: bool = False, where: Iterable[str] = ()
) -> Table:
    """Quotations of every code, or with `extremes` its edges; `where` holds "KEY=VALUE".

    Raises:
        QualcodeError: BAD_FILTER, NO_ATTRIBUTE, and as `open_ledger`.
    """
    gathered = _gathered(study, ask)
    people = people_of(gathered)
    coded = without_full_names(gathered, people)
    ledger = _of_codes(ledger_of(coded), ask)
    for entry in where:
        ledger = part_of(ledger, _condition(ledger, entry))
    edges = _edges(study, coded, ledger) if extremes else None
    return with_names_note(quotations_table(ledger, choice, edges=edges), people)


def _condition(ledger: Ledger, entry: str) -> Callable[[Incident], bool]:
    """Whether an incident is what "KEY=VALUE" says: a cell of another table, opened."""
    word, sign, said = entry.partition("=")
    if not sign or not said.strip():
        example = "--where tier=strategic, or case, document, valence"
        raise QualcodeError(
            problem(P.BAD_FILTER, option="--where", found=entry, hint="", example=example)
        )
    value_of = _valued(ledger, word.strip().casefold())
    known = sorted({value for one in ledger.incidents if (value := value_of(one))})
    value = one_of(f"--where {word.strip()}=", said, known)
    return lambda one: value_of(one).casefold() == value.casefold()


def _valued(ledger: Ledger, word: str) -> Callable[[Incident], str]:
    """What incidents are told apart by: who is heard, the document, the valence, a trait."""
    match word:
        case "case":
            return lambda one: one.coded.participant or ""
        case "document":
            return lambda one: one.coded.doc_id
        case "valence":
            return lambda one: one.coded.valence
        case other:
            key = known_attribute(ledger, other, option="--where")
            return lambda one: ledger.trait(one, key)


def _edges(study: Study, coded: Coded, ledger: Ledger) -> dict[str, tuple[Extreme, ...]]:
    vectors = vectors_of(study, coded)
    found = {}
    for code in ledger.codes:
        held = tuple(one for one in ledger.incidents if one.coded.code_id == code.id)
        if held:
            found[code.id] = find_extremes(compare_code(held, vectors), code.valence)
    return found


def view_triangulation(study: Study, ask: Ask) -> Table:
    """Codes by kind of source."""
    return triangulation_table(_with_categories(_counted(study, ask), ask))


def view_convergence(study: Study, ask: Ask) -> Table:
    """Whether the kinds of source agree on each code."""
    return convergence_table(_with_categories(_counted(study, ask), ask))


def view_attribute(study: Study, ask: Ask, by: str, unit: str) -> Table:
    """Codes by an attribute of whoever is heard."""
    ledger = _with_categories(_counted(study, ask), ask)
    return attribute_table(ledger, known_attribute(ledger, by), known_unit(unit))


def view_by_document(study: Study, ask: Ask, unit: str) -> Table:
    """Codes by document."""
    return document_table(_with_categories(_counted(study, ask), ask), known_unit(unit))


def view_together(study: Study, ask: Ask, *, within: int | None, in_turn: bool) -> Table:
    """Codes that occur together."""
    ledger = _of_codes(_counted(study, ask), ask)
    return together_table(ledger, within=within, in_turn=in_turn)


def view_sides(study: Study, ask: Ask, by: str) -> Table:
    """Cases or sites side by side."""
    ledger = _with_categories(_counted(study, ask), ask)
    return cases_table(ledger, known_attribute(ledger, by))


def view_cfir(study: Study, ask: Ask, by: str) -> Table:
    """Ratings that the rule of the CFIR proposes."""
    ledger = _with_categories(ledger_of(_gathered(study, ask)), ask)
    return cfir_table(ledger, known_attribute(ledger, by))


def view_compatibility(
    study: Study, ask: Ask, by: str, also: Iterable[str] = ()
) -> tuple[Table, Table]:
    """Who speaks well or badly of whom, and where that differs.

    Raises:
        QualcodeError: BAD_NAMES where an entry of `also` is not "VALUE=NAME,NAME", NO_ATTRIBUTE,
            and as `open_ledger`.
    """
    names: dict[str, list[str]] = {}
    for entry in also:
        value, sign, told = entry.partition("=")
        given = [name.strip() for name in told.split(",") if name.strip()]
        if not sign or not value.strip() or not given:
            raise QualcodeError(problem(P.BAD_NAMES, found=entry))
        names.setdefault(value.strip(), []).extend(given)
    ledger = open_ledger(study, ask)
    return compatibility_tables(ledger, known_attribute(ledger, by), names)


def view_sample_table(
    study: Study, ask: Ask, *, by: Iterable[str] = (), safe: bool = False
) -> Table:
    """The sample described, small cells marked."""
    ledger = _of_codes(_counted(study, ask), ask)
    return sample_table(ledger, [known_attribute(ledger, word) for word in by], safe=safe)


def view_coverage(study: Study, ask: Ask, by: Iterable[str] = ()) -> Table:
    """Where a category lacks evidence among the documents read."""
    ledger = open_ledger(study, ask)
    keys = [known_attribute(ledger, word) for word in by]
    return coverage_table(ledger, keys)


def view_talk(study: Study, by: str, kinds: Iterable[str] = ()) -> tuple[Table, Table]:
    """Talk time by speaker and by an attribute, in transcripts or documents of other kinds.

    Raises:
        QualcodeError: UNKNOWN_WORD for a kind that is not known, NOBODY_TALKS.
    """
    chosen = tuple(_kind(word) for word in kinds) or SHOWN
    book, _ = study.cases()
    documents = [one for one in study.documents(book) if one.kind in chosen]
    talkers = talkers_of(documents, chosen)
    if not talkers:
        raise QualcodeError(problem(P.NOBODY_TALKS, kinds=" or ".join(chosen)))
    traits = traits_of_people(book, documents)
    values = {one.key: traits.get(one.key, {}).get(by.casefold(), "") for one in talkers}
    return talk_tables(talkers, values, by=by, kinds=chosen)


def _kind(word: str) -> Kind:
    found = next((kind for kind in KINDS if kind == word.strip().casefold()), None)
    if found is None:
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--kind", found=word, allowed=", ".join(KINDS), hint="")
        )
    return found
