"""The protocol of a study: asking, answering, checking, changing, and a mid-point review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qualcode.analysis.pair_tables import counted
from qualcode.core.hints import did_you_mean
from qualcode.core.model import KINDS, Document
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.protocol import Answer, Item, Protocol, answered, items_for, prefilled
from qualcode.core.table import Column, Table
from qualcode.project.deciding import a_decision
from qualcode.project.named import find_document
from qualcode.project.study import Study
from qualcode.store.fields import ID
from qualcode.store.protocol_file import (
    answers_data,
    answers_path,
    kept_protocol,
    load_answers,
    load_protocol,
    protocol_data,
    protocol_edited,
    protocol_path,
    read_protocol,
)
from qualcode.store.transaction import Transaction


def show_protocol(study: Study, doc_id: str = "") -> tuple[Table, tuple[Problem, ...]]:
    """The items of the protocol, or with a document, its answers."""
    protocol = load_protocol(study.paths)
    if doc_id:
        return _answer_table(study, protocol, find_document(study.paths, doc_id))
    columns = (Column("item", "Item"), Column("question", "Question"), Column("kinds", "Asked of"))
    rows = tuple(
        ((item.id,), (item.question,), (", ".join(item.kinds) or "every document",))
        for item in protocol.items
    )
    notes = [f"Version {protocol.version}; {counted(len(rows), 'item')}."]
    if not protocol_path(study.paths).is_file():
        notes.append("These are the usual items; `qualcode protocol add` makes them your own.")
    return Table("protocol", "Protocol", columns, rows, tuple(notes)), ()


def _answer_table(
    study: Study, protocol: Protocol, doc_id: str
) -> tuple[Table, tuple[Problem, ...]]:
    answers, problems = load_answers(study.paths, doc_id)
    rows = []
    unanswered = 0
    for item, given in answered(protocol, study.document(doc_id), answers):
        unanswered += not given
        for answer in given or (Answer(item.id, "-", "-"),):
            who = "the document itself" if answer.is_prefilled else answer.coder
            when = answer.at[:10] or "-"
            rows.append(((item.id,), (item.question,), (answer.text,), (who,), (when,)))
    columns = (
        Column("item", "Item"),
        Column("question", "Question"),
        Column("answer", "Answer"),
        Column("coder", "Answered by"),
        Column("at", "When"),
    )
    note = f"Version {protocol.version}; {counted(unanswered, 'item')} unanswered."
    return Table("answers", f"Protocol of {doc_id}", columns, tuple(rows), (note,)), problems


def answer_item(study: Study, doc_id: str, item_id: str, text: str) -> Answer:
    """Keeps a coder's answer to one item; an earlier one of the same coder is replaced.

    Raises:
        QualcodeError: NO_DOCUMENT, NO_ITEM, EMPTY_MEMO without words, or what is wrong with
            the protocol or the earlier answers.
    """
    found = find_document(study.paths, doc_id)
    change = Transaction(study.paths)
    protocol = _current(study, change)
    asked = [item.id for item in items_for(protocol, study.document(found))]
    if item_id not in asked:
        hint = did_you_mean(item_id, asked)
        raise QualcodeError(problem(P.NO_ITEM, item=item_id, document=found, hint=hint))
    if not text.strip():
        raise QualcodeError(problem(P.EMPTY_MEMO))
    path = answers_path(study.paths, found)
    answers, problems = load_answers(study.paths, found, data=change.read(path))
    if problems:
        raise QualcodeError(*problems)
    decision = a_decision(study.paths, "protocol answer", target=f"{found} {item_id}")
    answer = Answer(item_id, text.strip(), decision.coder, decision.at, protocol.version)
    mine = [a for a in answers if (a.item, a.coder) == (item_id, decision.coder)]
    kept = [a for a in answers if a not in mine]
    order = {item.id: place for place, item in enumerate(protocol.items)}
    kept = sorted([*kept, answer], key=lambda a: (order.get(a.item, len(order)), a.item, a.coder))
    change.write(path, answers_data(kept))
    before = mine[0].text[:80] if mine else ""
    change.commit(replace(decision, before=before, after=answer.text[:80]))
    return answer


def add_item(study: Study, item: Item, *, because: str = "") -> Protocol:
    """Asks one thing more; the version before is kept in `history/`.

    Raises:
        QualcodeError: BAD_ID, ITEM_EXISTS, UNKNOWN_WORD for a kind.
    """
    if not ID.fullmatch(item.id):
        example = "-".join(item.id.lower().split()) or "frame"
        raise QualcodeError(problem(P.BAD_ID, id=item.id, example=example))
    for kind in item.kinds:
        if kind not in KINDS:
            hint, allowed = did_you_mean(kind, KINDS), ", ".join(KINDS)
            raise QualcodeError(
                problem(P.UNKNOWN_WORD, key="kinds", found=kind, allowed=allowed, hint=hint)
            )
    change = Transaction(study.paths)
    protocol = _current(study, change)
    if any(one.id == item.id for one in protocol.items):
        raise QualcodeError(problem(P.ITEM_EXISTS, item=item.id))
    larger = Protocol(protocol.version + 1, (*protocol.items, item))
    path = protocol_path(study.paths)
    data = protocol_edited(change.read(path) or b"", larger, added=[item])
    change.write(path, data)
    change.write(kept_protocol(study.paths, larger.version), data)
    decision = a_decision(study.paths, "protocol add", target=item.id, because=because)
    before, after = f"version {protocol.version}", f"version {larger.version}"
    change.commit(replace(decision, before=before, after=after))
    return larger


def _current(study: Study, change: Transaction) -> Protocol:
    """The protocol as it stands, on disk from now on; edits by hand become a version."""
    path = protocol_path(study.paths)
    data = change.read(path)
    if data is None:
        usual = load_protocol(study.paths)
        data = protocol_data(usual)
        change.write(path, data)
        change.write(kept_protocol(study.paths, usual.version), data)
        return usual
    protocol = read_protocol(data, path=path)
    kept_path = kept_protocol(study.paths, protocol.version)
    kept = change.read(kept_path)
    if kept is None:
        change.write(kept_path, data)
        return protocol
    if read_protocol(kept, path=kept_path).items == protocol.items:
        return protocol
    edited = replace(protocol, version=protocol.version + 1)
    data = protocol_edited(data, edited, added=())
    change.write(path, data)
    change.write(kept_protocol(study.paths, edited.version), data)
    return edited


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A document and the items that it still owes; `problems` are those of its answers."""

    document: Document
    items: tuple[str, ...]
    n_items: int
    problems: tuple[Problem, ...] = ()


def unanswered(study: Study) -> Iterator[Unanswered]:
    """What each document still owes to the protocol, by id; documents that count for nothing
    (role context) are asked as well, as they tell of the setting.
    """
    protocol = load_protocol(study.paths)
    for document in study.documents():
        answers, problems = load_answers(study.paths, document.id)
        rows = answered(protocol, document, answers)
        missing = tuple(item.id for item, given in rows if not given)
        yield Unanswered(document, missing, len(rows), problems)


def check_protocol(study: Study) -> tuple[Table, tuple[Problem, ...]]:
    """The documents with unanswered items, and which."""
    columns = (
        Column("document", "Document"),
        Column("kind", "Kind"),
        Column("answered", "Answered", "items"),
        Column("unanswered", "Unanswered"),
    )
    rows = []
    problems: list[Problem] = []
    n_documents = n_missing = 0
    for one in unanswered(study):
        n_documents += 1
        n_missing += len(one.items)
        problems.extend(one.problems)
        if one.items:
            done = f"{one.n_items - len(one.items)} of {one.n_items}"
            row = ((one.document.id,), (one.document.kind,), (done,), (", ".join(one.items),))
            rows.append(row)
    note = (
        f"{counted(n_missing, 'item')} unanswered in {len(rows)} of "
        f"{counted(n_documents, 'document')}. Answer with `qualcode protocol answer DOCUMENT`."
    )
    return Table("unanswered", "Unanswered", columns, tuple(rows), (note,)), tuple(problems)


def open_items(study: Study, doc_id: str, item_id: str = "") -> tuple[tuple[Item, str], ...]:
    """The items that no coder has answered for a document, with what it says itself.

    With an item, that one alone, answered or not.

    Raises:
        QualcodeError: NO_DOCUMENT, NO_ITEM.
    """
    protocol = load_protocol(study.paths)
    document = study.document(find_document(study.paths, doc_id))
    answers, _ = load_answers(study.paths, document.id)
    done = {answer.item for answer in answers}
    asked = items_for(protocol, document)
    if item_id:
        kept = [item for item in asked if item.id == item_id]
        if not kept:
            hint = did_you_mean(item_id, [item.id for item in asked])
            raise QualcodeError(problem(P.NO_ITEM, item=item_id, document=document.id, hint=hint))
    else:
        kept = [item for item in asked if item.id not in done]
    return tuple((item, prefilled(item, document)) for item in kept)
