"""Everything that a study knows of how it was done; what it does not know is empty."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.methods import ECA, MethodProfile
from qualcode.core.model import Kind, Role


@dataclass(frozen=True, slots=True)
class Material:
    """What was collected.

    `documents` gives the number of documents for each kind and role; `first` and `last` are
    ISO dates or ""; `guided` counts the documents whose questions or topics are known;
    `attended` the meetings with a list of who was there; `languages` names the language.
    """

    documents: tuple[tuple[Kind, Role, int], ...] = ()
    words: int = 0
    first: str = ""
    last: str = ""
    undated: int = 0
    guided: int = 0
    attended: int = 0
    observed: int = 0
    timed: int = 0

    @property
    def total(self) -> int:
        """All documents."""
        return sum(n for _, _, n in self.documents)

    def of_role(self, role: Role) -> tuple[tuple[Kind, int], ...]:
        """The kinds of documents that have this role, with how many there are."""
        return tuple((kind, n) for kind, one, n in self.documents if one == role)

    def of_kind(self, kind: Kind) -> int:
        """Documents of one kind, whatever their role."""
        return sum(n for one, _, n in self.documents if one == kind)


@dataclass(frozen=True, slots=True)
class People:
    """Who is heard, and who coded.

    `heard` counts participants in documents that count as evidence, `again` those heard in more
    than one of them, `repeated` those heard in more than one interview. `traits` gives, for
    each attribute of the cases, its name, how many different values it has and for how many
    participants it is known. `coders` are the ids of everybody who coded; `double` counts
    documents that two or more of them coded.
    """

    heard: int = 0
    again: int = 0
    repeated: int = 0
    known: int = 0
    traits: tuple[tuple[str, int, int], ...] = ()
    coders: tuple[str, ...] = ()
    double: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What was coded: codings, the documents they stand in, and what was looked at.

    `accepted`, `changed` (given another code) and `rejected` count suggestions that a person
    decided on; `begun` counts the codings that began as one, `by_hand` the others, `imported`
    those taken in from a table. `counted` of the codings stand behind the tables, as
    `passages`: coders who gave a code with one valence to the same words share one. `stale`
    waits to be read again. `steps` are the commands in the journal.
    """

    codings: int = 0
    counted: int = 0
    passages: int = 0
    accepted: int = 0
    changed: int = 0
    begun: int = 0
    imported: int = 0
    rejected: int = 0
    documents: int = 0
    segments: int = 0
    examined: int = 0
    stale: int = 0
    steps: int = 0
    undone: int = 0

    @property
    def decided(self) -> int:
        """Suggestions that a person decided on."""
        return self.accepted + self.changed + self.rejected

    @property
    def by_hand(self) -> int:
        """Codings that no suggestion stood at the beginning of."""
        return self.codings - self.begun


@dataclass(frozen=True, slots=True)
class Scheme:
    """The codebook: what is in use, and how it came about.

    `arose` counts codes made by a command once there were documents, `born_in` those by the
    kind of document, where it is known. `brought` stood in the codebook before any coding; of
    `unplaced` the study does not know which. `contested` counts rows of the pair table with
    evidence both ways. `quotable` places can be shown, `asked` only after asking.
    """

    codes: int = 0
    defined: int = 0
    raised: int = 0
    in_vivo: int = 0
    merged: int = 0
    split: int = 0
    retired: int = 0
    versions: int = 0
    edition: str = ""
    arose: int = 0
    brought: int = 0
    unplaced: int = 0
    born_in: tuple[tuple[Kind, int], ...] = ()
    lenses: tuple[str, ...] = ()
    rows: int = 0
    catalysts: int = 0
    contested: int = 0
    quotable: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """What was written down beside the codings: memos by kind, and the protocol."""

    memos: tuple[tuple[str, int], ...] = ()
    open_questions: int = 0
    protocol_items: int = 0
    protocol_version: int = 0
    unanswered: int = 0

    def memos_of(self, kind: str) -> int:
        """How many memos of one kind there are."""
        return dict(self.memos).get(kind, 0)

    @property
    def all_memos(self) -> int:
        """All memos, whatever their kind."""
        return sum(n for _, n in self.memos)


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What a report on methods can be written from."""

    question: str = ""
    method: MethodProfile = ECA
    software: str = "qualcode"
    material: Material = Material()
    people: People = People()
    work: Work = Work()
    scheme: Scheme = Scheme()
    record: Record = Record()
    saturation: str = ""
    agreement: str = ""
