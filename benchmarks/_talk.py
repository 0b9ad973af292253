"""Plain text in the shapes that field work has, and a codebook of 20 codes, for measuring.

The sentences are those of the sample study in a new order, with invented names among them,
so that words come as often, and cues are met as often, as in real notes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, cycle, islice
from pathlib import Path
from textwrap import wrap

from benchmarks._report import Reading
from qualcode.core.model import Codebook
from qualcode.project.codebooks import usable_codebook
from qualcode.project.shipped import sample_folder

CODES = 20
CUES_EACH = 18
WORDS_EACH = 3_000
"""Words of one document: an hour of talk, noted."""
WIDTH = 76
"""Characters to which a typist's lines are wrapped; transcripts have a line for each turn."""
UNWRAPPED = 1_000_000
"""A width that no paragraph reaches: each is one line."""
_STUDY = ("collaboration", "partnership-factors")
_SYLLABLES = (
    *("ba", "den", "fi", "gor", "hal", "ke", "lin", "mo", "nar", "ost", "pel", "quin", "ra"),
    *("sev", "tor", "ul", "vex", "wy", "zan", "thor"),
)
_SENTENCE = re.compile(r"[^.!?\s][^.!?]*[.!?]+(?=\s|$)")


@cache
def pool() -> tuple[str, ...]:
    """The sentences of the sample study, in its order."""
    reading = Reading()
    found: list[str] = []
    for path in sorted(sample_folder().glob("[fim]*.*")):
        document, _ = reading.read(path)
        if document is not None:
            for unit in document.units:
                found += _SENTENCE.findall(document.text[unit.span.start : unit.span.end])
    return tuple(one for one in dict.fromkeys(found) if 4 <= len(one.split()) <= 40)


def codebook_of_20() -> Codebook:
    """Twenty codes of the codebooks that ship, with up to 18 cues each; lenses as they are."""
    books = [usable_codebook(name).codebook for name in _STUDY]
    codes = islice((code for code in chain(*(b.codes for b in books)) if code.cues), CODES)
    known = {lens.id for lens in books[0].lenses}
    lean = (
        replace(
            code,
            cues=code.cues[:CUES_EACH],
            lenses=tuple(lens for lens in code.lenses if lens in known),
            parent=None,
        )
        for code in codes
    )
    return replace(books[0], codes=tuple(lean), pairs=())


def plain_phrases(n: int) -> tuple[str, ...]:
    """So many different phrases of two or three words, taken from cues and examples."""
    books = (usable_codebook(name).codebook for name in _STUDY)
    told = (
        words for book in books for code in book.codes for words in (*code.examples, *code.cues)
    )
    split = (re.findall(r"[a-z]+", words.lower()) for words in told)
    phrases = (" ".join(words[: 2 + at % 2]) for at, words in enumerate(split) if len(words) > 1)
    return tuple(islice(dict.fromkeys(phrases), n))


def codebook_yaml(codebook: Codebook) -> str:
    """The codebook as a file that `qualcode run` reads."""
    lines = ["format: 1", "name: Twenty codes", f"language: {codebook.language}", "lenses:"]
    for lens in codebook.lenses:
        lines += [f"  - id: {lens.id}", f"    name: {lens.name}", *_cues(lens.cues)]
    lines.append("codes:")
    for code in codebook.codes:
        lines += [f"  - id: {code.id}", f"    name: {code.name!r}", f"    valence: {code.valence}"]
        lines.append(f"    definition: {code.name!r}")
        lines += [f"    lenses: [{', '.join(code.lenses)}]"] if code.lenses else []
        lines += _cues(code.cues)
    return "\n".join(lines) + "\n"


def _cues(cues: Iterable[str]) -> list[str]:
    return ["    cues:", *(f"      - '{cue.replace(chr(39), chr(39) * 2)}'" for cue in cues)]


def _sentences(chance: random.Random) -> Iterator[str]:
    """Endless sentences of the pool; one in three has an invented name put before it."""
    said = pool()
    while True:
        words = chance.choice(said)
        if chance.random() < 1 / 3:
            name = "".join(chance.choices(_SYLLABLES, k=3)).capitalize()
            words = f"{name} said that {words[0].lower()}{words[1:]}"
        yield words


def _stretches(n_words: int, seed: int, per: int) -> Iterator[str]:
    """Stretches of up to `per` sentences with about so many words in all."""
    chance = random.Random(seed)
    source = _sentences(chance)
    while n_words > 0:
        stretch = " ".join(islice(source, chance.randint(1, per)))
        n_words -= len(stretch.split())
        yield stretch


def interview_notes(n_words: int, seed: int, width: int = WIDTH) -> str:
    lines = [f"INT{seed:03}  Police (DI), tier 3        14/3/2025   10.15-11.05, his office"]
    lines.append("Asked not to be recorded. Notes typed up same evening.")
    for number, words in enumerate(_stretches(n_words, seed, 3)):
        if number % 20 == 0:
            lines += ["", f"{number // 20 + 1}. What about part {number // 20 + 1}?"]
        lines += wrap(words, width, initial_indent="- ", subsequent_indent="  ")
        if number % 15 == 7:
            lines.append("[OC: looked away when saying this]")
    return "\n".join(lines) + "\n"


def minutes(n_words: int, seed: int, width: int = WIDTH) -> str:
    lines = [
        *("NORTHMERE SAFEGUARDING BOARD", "Minutes of the meeting held on 11 November 2025", ""),
        *("Present:    J Smith (Chair)            Independent", "            A Khan    Police"),
        *("Apologies:  R Patel (PCT), S Wood (Probation)", ""),
    ]
    for number, words in enumerate(_stretches(n_words, seed, 5)):
        item, part = divmod(number, 8)
        if part == 0:
            lines += ["", f"{item + 1}.  Matter number {item + 1}"]
        said = "ACTION: AK to see to it. " if part == 7 else ""
        lines += wrap(f"{item + 1}.{part + 1} {said}{words}", width, subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def transcript(n_words: int, seed: int, _: int = WIDTH) -> str:
    """Talk of three people; every fourth turn is a long one."""
    speakers = cycle(("Interviewer", "Ruth Bell", "Dean Okafor"))
    short, long = _stretches(n_words, seed, 3), _stretches(n_words, seed + 100_000, 14)
    turns, n = [], 0
    for number, who in enumerate(speakers):
        words = next(long if number % 4 == 1 else short, "")
        n += len(words.split())
        turns.append(f"{who}: {words}")
        if n >= n_words:
            return "\n\n".join(turns) + "\n"
    return ""


def field_notes(n_words: int, seed: int, width: int = WIDTH) -> str:
    lines = ["NSPB mtg 2 - 13 March 2025 - Exchange Building.  Observer: RL.  Non-participant.", ""]
    for number, words in enumerate(_stretches(n_words, seed, 8)):
        clock = f"{9 + number // 60 % 9}.{number % 60:02} " if number % 3 == 0 else ""
        lines += [*wrap(f"{clock}{words}", width), ""]
        if number % 20 == 9:
            lines += ["OC: She had told me this before.", ""]
    return "\n".join(lines)


SHAPES: dict[str, Callable[[int, int, int], str]] = {
    "int": interview_notes,
    "minutes": minutes,
    "transcript": transcript,
    "fieldnotes": field_notes,
}
"""How each kind of document is written, by the beginning of its file's name."""


def write_study(
    folder: Path,
    n_documents: int,
    *,
    n_words: int = WORDS_EACH,
    first: int = 0,
    width: int = WIDTH,
) -> int:
    """Documents of the four shapes in turn, written to a new folder; their words in all.

    Those of another `first` number have other names and other words.
    """
    folder.mkdir(parents=True)
    total = 0
    seeds = range(first, first + n_documents)
    for seed, (shape, make) in zip(seeds, cycle(SHAPES.items()), strict=False):
        text = make(n_words, seed, width)
        total += len(text.split())
        (folder / f"{shape}-{seed:05}.txt").write_text(text, encoding="utf-8")
    return total
