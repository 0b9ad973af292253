"""What emerges: groups of uncoded segments, codes that came unasked, saturation, sampling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from qualcode.analysis.cases import CaseBook, participant_key
from qualcode.analysis.emerging.emerge import GROUPS, Emerged, Likeness, emerge
from qualcode.analysis.emerging.loose import Loose, loose_segments, name_words
from qualcode.analysis.emerging.tables import unasked_table
from qualcode.analysis.emerging.unasked import find_unasked
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.reporting.prose import listed
from qualcode.analysis.review_queue import words_key
from qualcode.analysis.sampling.saturation import Rule, Saturation, saturation
from qualcode.analysis.sampling.tables import advice_table, cells_table, saturation_tables
from qualcode.analysis.sampling.thin_cells import Sampled, Trait, read_next, sample_cells
from qualcode.analysis.segment import segment_document
from qualcode.analysis.tables.ledger import traits_of_people
from qualcode.core.model import Document, Span
from qualcode.core.table import Table
from qualcode.plugins.language import word_forms
from qualcode.plugins.registry import load_segmenter
from qualcode.project.comparing import Coded, gather, stemmer
from qualcode.project.encoders import encoder_in_use
from qualcode.project.study import Study
from qualcode.store.groups_file import save_groups
from qualcode.store.review_files import load_reviews

SEED = 2020
MOST_NAMED = 5


def emerge_groups(
    study: Study, *, groups: int = GROUPS, coder: str = "", today: date | None = None
) -> Emerged:
    """Groups the uncoded segments of `emergent` documents, and keeps the groups for later.

    With `coder`, what that coder has not coded counts as uncoded. Segments that a review left
    uncoded on purpose are in no group. `today` dates the groups.
    """
    book, _ = study.cases()
    split = load_segmenter("sentences")(study.settings.language)
    loose: list[Loose] = []
    documents: list[Document] = []
    for document in study.documents(book):
        documents.append(document)
        if document.role != "emergent":
            continue
        coded = [one.span for one in study.codings(document.id) if not coder or one.coder == coder]
        coded.extend(_left_uncoded(study, document, coder))
        segments = segment_document(document, split=split)
        loose.extend(loose_segments(document, segments, coded, book))
    in_use = encoder_in_use(study)
    names = name_words(documents, book)
    likeness = Likeness(stemmer(study.settings.language), names, in_use.encoder)
    born = (today or date.today()).isoformat()
    found = emerge(loose, likeness, groups=groups, born=born)
    save_groups(study.paths, found.groups)
    return replace(found, note=in_use.note)


def _left_uncoded(study: Study, document: Document, coder: str) -> Iterator[Span]:
    """Segments that somebody examined and left uncoded on purpose."""
    for one in load_reviews(study.paths, document.id):
        if one.verdict != "uncoded" or (coder and one.coder != coder):
            continue
        if words_key(document.text[one.span.start : one.span.end]) == one.words:
            yield one.span


def view_unasked(study: Study, *, coder: str = "", draft: bool = False) -> Table:
    """The codes by whether a question asked for them; errors as `gather`."""
    coded = gather(study, what="look at", coder=coder, draft=draft)
    stem = stemmer(study.settings.language)
    forms = word_forms(study.settings.language)
    found = find_unasked(coded.codebook, coded.incidents, stem, forms)
    return unasked_table(found, is_draft=draft)


def view_saturation(
    study: Study, rule: Rule, *, coder: str = "", draft: bool = False, seed: int = SEED
) -> tuple[Table, Table]:
    """New codes per document in the order read: by date, then id; undated documents last.

    Documents of role `emergent` count that somebody coded or reviewed.

    Raises:
        QualcodeError: NOT_IN_METHOD where the method has no place for it, and as `gather`.
    """
    study.refuse_hidden("saturation")
    coded = gather(study, what="count", coder=coder, draft=draft)
    return view_saturation_of(study, coded, rule, coder=coder, seed=seed)


def view_saturation_of(
    study: Study, coded: Coded, rule: Rule, *, coder: str = "", seed: int = SEED
) -> tuple[Table, Table]:
    """The same of what was gathered already; errors as `find_saturation`."""
    found, notes = find_saturation(study, coded, rule, coder=coder, seed=seed)
    names = {code.id: code.name for code in coded.codebook.codes}
    return saturation_tables(found, names, notes=notes, is_draft=coded.is_draft)


def find_saturation(
    study: Study, coded: Coded, rule: Rule, *, coder: str = "", seed: int = SEED
) -> tuple[Saturation, tuple[str, ...]]:
    """When saturation was reached in what was gathered, and notes on what was left out.

    Raises:
        QualcodeError: NOT_IN_METHOD.
    """
    study.refuse_hidden("saturation")
    emergent = [one for one in coded.documents if one.role == "emergent"]
    read = coded.read | (frozenset() if coded.is_draft else _reviewed(study, coder))
    ordered = sorted(
        (one for one in emergent if one.id in read),
        key=lambda one: (one.date == "", one.date, one.id),
    )
    codes: dict[str, set[str]] = {one.id: set() for one in ordered}
    for incident in coded.incidents:
        if incident.coded.doc_id in codes and incident.coded.voice != "observer":
            codes[incident.coded.doc_id].add(incident.coded.code_id)
    held = [(doc_id, frozenset(found)) for doc_id, found in codes.items()]
    notes = []
    if unread := len(emergent) - len(ordered):
        notes.append(f"{counted(unread, 'emergent document')} not coded yet and left out.")
    if undated := sum(not one.date for one in ordered):
        stand = "stands" if undated == 1 else "stand"
        notes.append(f"{counted(undated, 'document')} without a date {stand} last.")
    if others := [one for one in coded.documents if one.role != "emergent" and one.id in read]:
        notes.append(_not_counted(others))
    return saturation(held, rule=rule, seed=seed), tuple(notes)


def _not_counted(documents: Sequence[Document]) -> str:
    """Which documents that are coded have no part in saturation, and why."""
    named = [f"{one.id} ({one.role})" for one in documents[:MOST_NAMED]]
    if more := len(documents) - len(named):
        named.append(f"{more:,} more")
    return (
        f"{counted(len(documents), 'coded document')} not counted here, since new codes arise in "
        f"emergent documents alone: {listed(named)}."
    )


def view_sample(
    study: Study, *, by: Sequence[str] = (), coder: str = "", draft: bool = False
) -> tuple[Table, Table]:
    """Thin cells, and what to read next; errors as `gather`."""
    coded = gather(study, what="sample", coder=coder, draft=draft)
    reviewed = _reviewed(study, "" if draft else coder)
    people = traits_of_people(coded.book, coded.documents)
    traits = {key: tuple(told.items()) for key, told in people.items()}
    documents = [
        Sampled(one.id, one.kind, one.role, _traits_of(one, coded.book, traits), one.id in reviewed)
        for one in coded.documents
    ]
    cells = sample_cells(coded.codebook, coded.incidents, documents, traits, by=by)
    advice = read_next(cells, documents)
    return (
        cells_table(cells, is_draft=draft, words=study.method),
        advice_table(advice, cells, is_draft=draft, words=study.method),
    )


def _reviewed(study: Study, coder: str = "") -> frozenset[str]:
    """Documents that somebody, or this coder, has coded or reviewed."""
    found = set()
    for doc_id in study.document_ids():
        coders = {one.coder for one in study.codings(doc_id)}
        coders.update(one.coder for one in load_reviews(study.paths, doc_id))
        if coder in coders or (coders and not coder):
            found.add(doc_id)
    return frozenset(found)


def _traits_of(
    document: Document, book: CaseBook, traits: dict[str, tuple[Trait, ...]]
) -> tuple[Trait, ...]:
    """Its kind, and what those are who speak in it."""
    people = {case.id for case in book.by_document.get(document.id, ())}
    people.update(filter(None, (participant_key(document, one) for one in document.speakers)))
    found: dict[Trait, None] = {("kind", document.kind): None}
    for key in sorted(people):
        found.update(dict.fromkeys(traits.get(key, ())))
    return tuple(found)
