"""Coded sets for the quality benchmark: units with codes, their codebook, and the halves.

A document is in the half that is reported or in the half on which everything was tuned, by a
hash of its id; folds over documents go by another hash. No order, no chance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks._quality import is_reported, read_rows
from benchmarks._report import shared_root
from qualcode.core.learning import Reviewed
from qualcode.core.model import Code, Codebook

FOLDS = 5
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Coded:
    """One set: texts with topics, the codes that people gave, and who said what.

    `gold` is by unit and code. `open_to` says which codes can be given to a unit at all:
    where each question has codes of its own, those alone.
    """

    name: str
    codebook: Codebook
    docs: tuple[str, ...]
    texts: tuple[str, ...]
    topics: tuple[str, ...]
    gold: NDArray[np.bool_]
    open_to: NDArray[np.bool_]

    @property
    def reported(self) -> NDArray[np.int64]:
        """Positions of the units that are reported."""
        return np.flatnonzero([is_reported(f"quality:{doc}") for doc in self.docs])

    @property
    def tuned(self) -> NDArray[np.int64]:
        """Positions of the units on which the recipe was tuned."""
        return np.flatnonzero([not is_reported(f"quality:{doc}") for doc in self.docs])

    def fold_of(self, which: NDArray[np.int64]) -> NDArray[np.int64]:
        """The fold of each of these units, that of its document."""
        return np.array(
            [int(sha256(f"fold:{self.docs[n]}".encode()).hexdigest(), 16) % FOLDS for n in which]
        )

    def reviewed(self, which: Sequence[int], *, with_topics: bool = True) -> tuple[Reviewed, ...]:
        """These units as a coder would have left them."""
        ids = [code.id for code in self.codebook.codes]
        whole = self.open_to.all(axis=1)
        denied = self.open_to & ~self.gold & ~whole[:, None]
        return tuple(
            Reviewed(
                self.docs[n],
                self.texts[n],
                accepted=tuple(ids[c] for c in np.flatnonzero(self.gold[n])),
                rejected=tuple(ids[c] for c in np.flatnonzero(denied[n])),
                topic=self.topics[n] if with_topics else "",
                is_complete=bool(whole[n]),
            )
            for n in which
        )


def load_set(name: str) -> Coded | None:
    """The set, or None where its data are not there: nhs, niblse or sbom."""
    folder, by_question = {
        "NHS": ("nhs_patient_feedback", False),
        "NIBLSE": ("niblse_barriers", False),
        "SBOM": ("sbom_survey", True),
    }[name]
    rows = read_rows(folder)
    if not rows:
        return None
    codes = _codes(folder, rows)
    at = {code.id: n for n, code in enumerate(codes)}
    gold = np.zeros((len(rows), len(codes)), dtype=bool)
    for n, row in enumerate(rows):
        gold[n, [at[code] for code in row["codes"]]] = True
    open_to = np.ones_like(gold)
    if by_question:
        questions = np.array([code.parent for code in codes])
        open_to = np.array([row["question"] for row in rows])[:, None] == questions[None, :]
        codes = tuple(without_parent(code) for code in codes)
    return Coded(
        name,
        Codebook(name, codes),
        tuple(row["doc"] for row in rows),
        tuple(row["text"] for row in rows),
        tuple(row["question"] for row in rows),
        gold,
        open_to,
    )


def without_parent(code: Code) -> Code:
    """The code by itself: in SBOM the parent is a question, not a code."""
    return Code(code.id, code.name, code.definition, examples=code.examples)


def _codes(folder: str, rows: Sequence[dict[str, Any]]) -> tuple[Code, ...]:
    """Those of the codebook, then those that coders used and the codebook does not list."""
    path = shared_root() / "data" / folder / "codebook.yaml"
    told: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["codes"]
    listed = {one["name"] for one in told}
    used = dict.fromkeys(code for row in rows for code in row["codes"] if code not in listed)
    told += [{"name": name, "parent": name.rpartition(" > ")[0]} for name in used]
    return tuple(a_code(one["name"], one) for one in told)


def a_code(code_id: str, told: dict[str, Any]) -> Code:
    """A code as the codebook file tells it; its name is the last part, words parted."""
    last = str(told["name"]).split(" > ")[-1].replace("_", " ")
    return Code(
        id=code_id,
        name=_CAMEL.sub(" ", last),
        definition=told.get("definition") or "",
        examples=tuple(told.get("examples") or ()),
        parent=told.get("parent") or None,
    )
