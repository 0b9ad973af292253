"""Writes a large study for trying things out: documents, a codebook and many codings.

python -m scripts.make_big_study FOLDER --documents 10000 --codings 100

The same numbers give the same bytes. Texts are made of a few hundred plain words.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qualcode.core.codebook import meaning_of
from qualcode.core.model import Code, Coding, Decision, Document, Passage, Span, Unit
from qualcode.core.text import content_hash
from qualcode.project.settings import make_project
from qualcode.store.coding_files import coding_path, codings_data
from qualcode.store.document_files import document_files
from qualcode.store.files import append_line
from qualcode.store.journal import decision_line
from qualcode.store.paths import ProjectPaths

LINES, LINE_WORDS = 40, 22
CODES, CODERS = 30, ("ad", "bf")
EVERYWHERE, RARE = "partnership", "zephyr"
_BEGINNINGS = ("meet", "trust", "shar", "risk", "train", "lead", "fund", "visit", "report", "car")
_ENDINGS = ("", "ing", "ed", "ers", "ly", "ment", "ful", "ness", "able", "ation")
_LITTLE = (
    *("the", "of", "and", "to", "in", "that", "we", "it", "was", "they"),
    *("for", "with", "on", "not", "who", "is", "at", "by", "from", "but"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something to ask the study for: a passage to be coded, and words to be searched."""

    doc_id: str
    words: str
    code_id: str
    everywhere: str = EVERYWHERE
    rare: str = RARE


def make_big_study(folder: Path, *, n_documents: int, codings_each: int) -> Told:
    """A study of so many documents of 40 notes each, coded by two coders in turn."""
    paths = make_project(folder, question="What helps?", method="eca", language="en")
    codes = tuple(_codes())
    paths.codebook.write_text(_codebook_yaml(codes), encoding="utf-8")
    for part in (paths.documents, folder / "codings"):
        part.mkdir(parents=True, exist_ok=True)
    for number in range(n_documents):
        document = _document(number)
        for path, data in document_files(paths, document).items():
            path.write_bytes(data)
        _write_codings(paths, document, codes, number, codings_each)
        paths.source(document.source_name).write_text(document.text, encoding="utf-8")
    for coder in CODERS:
        made = Decision(f"made-{coder}", "2025-03-01T00:00:00.000+00:00", coder, "add")
        append_line(paths.journal(coder), decision_line(made))
    first = _document(0)
    words = first.text[first.units[3].span.start : first.units[3].span.end]
    return Told(first.id, " ".join(words.split()[:9]), codes[0].id)


def _codes() -> Iterator[Code]:
    for number in range(CODES):
        cues = [f"{_BEGINNINGS[number % 10]}{_ENDINGS[(number // 10 + n) % 10]}" for n in (1, 4)]
        cues = [f"{cue} {_LITTLE[number % 20]}" for cue in cues]
        yield Code(f"code-{number:02}", f"Code {number}", f"Definition {number}.", cues=tuple(cues))


def _codebook_yaml(codes: tuple[Code, ...]) -> str:
    lines = ["format: 1", "name: A big codebook", "codes:"]
    for code in codes:
        lines += [f"  - id: {code.id}", f"    name: {code.name}"]
        lines += [f"    definition: {code.definition}", "    cues:"]
        lines += [f"      - {cue}" for cue in code.cues]
    return "\n".join(lines) + "\n"


def _document(number: int) -> Document:
    chance = random.Random(number)
    told = [f"Case {number}", *(_note(chance, number, line) for line in range(LINES))]
    text, units, passages = "", [], []
    for place, words in enumerate(told):
        label = "- " if place else ""
        span = Span(len(text) + len(label), len(text) + len(label) + len(words))
        units.append(Unit(span, "bullet" if place else "heading", f"bullet {place}"))
        passages.append(Passage(span, "paraphrase" if place else "heading"))
        text += f"{label}{words}\n"
    return Document(
        id=f"case-{number:05}",
        text=text,
        kind="interview notes" if number % 3 else "minutes",
        role="emergent",
        source_name=f"case-{number:05}.txt",
        source_hash=content_hash(text),
        text_hash=content_hash(text),
        reader="text 1",
        units=tuple(units),
        passages=tuple(passages),
    )


def _note(chance: random.Random, number: int, line: int) -> str:
    words = [
        chance.choice(_LITTLE)
        if chance.random() < 0.5
        else chance.choice(_BEGINNINGS) + chance.choice(_ENDINGS)
        for _ in range(LINE_WORDS)
    ]
    words.insert(chance.randrange(LINE_WORDS), EVERYWHERE)
    if line == 7 and number % 100 == 50:
        words.append(RARE)
    return f"{' '.join(words)}."


def _write_codings(
    paths: ProjectPaths, document: Document, codes: tuple[Code, ...], number: int, n: int
) -> None:
    chance = random.Random(-1 - number)
    pairs = [(unit.span, code) for unit in document.units[1:] for code in codes]
    chosen = chance.sample(pairs, min(n, len(pairs)))
    for at, coder in enumerate(CODERS):
        codings = [
            Coding(
                id=f"k{number:05}{at}{place:04}",
                doc_id=document.id,
                span=span,
                quote=document.text[span.start : span.end],
                code_id=code.id,
                coder=coder,
                valence=chance.choice(("obstacle", "catalyst", "neutral")),
                meaning=meaning_of(code),
                at=f"2025-03-{1 + number % 28:02}T10:00:00+00:00",
            )
            for place, (span, code) in enumerate(chosen[at :: len(CODERS)])
        ]
        coding_path(paths, document.id, coder).write_bytes(codings_data(codings) or b"")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--codings", type=int, default=100, help="codings of each document")
    options = parser.parse_args()
    told = make_big_study(
        options.folder, n_documents=options.documents, codings_each=options.codings
    )
    print(f'qualcode code {told.doc_id} "{told.words}" {told.code_id}')


if __name__ == "__main__":
    main()
