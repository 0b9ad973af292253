"""A document as a sheet of plain text in which codes are written below each unit."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.analysis.find_span import check_span, find_words
from qualcode.core.model import Codebook, Coding, Document, Span, Unit
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.text import where_in_original
from qualcode.project.coding import (
    CONFIDENCES,
    STRENGTHS,
    VALENCES,
    Coded,
    Desk,
    Given,
    check_lenses,
    given_from,
    usable_code,
)
from qualcode.project.study import Study
from qualcode.store.files import write_file

HEAD = """\
# Coding sheet of {document}, coder {coder}, text {text}
# Below a unit, a line such as   [CODE] words of the passage   puts a code, by
# its id or name, on these words; without words it codes the whole unit.
# Remove a line to take the coding off.
# In the brackets, after the code: obstacle, catalyst, mixed or neutral;
# -2 to +2; sure, likely or unsure; @lens; a span such as 120-180 where the
# words stand twice. [*] makes a code of the words themselves.
# After " // " stands why.
"""
WIDTH = 76
IN_VIVO = "*"
_WHY = " // "
_HEAD = re.compile(r"# Coding sheet of (\S+), coder (\S+), text (\w+)")
_UNIT = re.compile(r"== (\d+) ")
_CODING = re.compile(r"\s*\[([^\[\]]*)\]\s*(.*)")
_SPAN = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Line:
    """A coding as the sheet has it."""

    span: Span
    given: Given


def sheet_text(document: Document, codings: Sequence[Coding], coder: str) -> str:
    """The sheet: every unit with its number, name, place and words, and the codings below."""
    by_unit: dict[int, list[Coding]] = {}
    starts = [unit.span.start for unit in document.units]
    for coding in sorted(codings, key=lambda c: (c.span, c.code_id)):
        at = max(bisect_right(starts, coding.span.start) - 1, 0)
        by_unit.setdefault(at, []).append(coding)
    names = {speaker.id: speaker.name for speaker in document.speakers}
    head = HEAD.format(document=document.id, coder=coder, text=document.text_hash[:12])
    lines = [head]
    for position, unit in enumerate(document.units):
        place = where_in_original(document.marks, unit.span.start)
        about = ", ".join(p for p in (unit.ref, names.get(unit.speaker_id or "", ""), place) if p)
        lines.append(f"== {position + 1} {about}")
        lines += _wrapped(document, unit)
        lines += (_line(document, unit, coding) for coding in by_unit.get(position, ()))
        lines.append("")
    return "\n".join(lines) + "\n"


def _wrapped(document: Document, unit: Unit) -> list[str]:
    words = document.text[unit.span.start : unit.span.end]
    return textwrap.wrap(words, WIDTH, break_long_words=False, break_on_hyphens=False)


def _line(document: Document, unit: Unit, coding: Coding) -> str:
    parts = [coding.code_id, coding.valence]
    if coding.strength is not None:
        parts.append(f"{coding.strength:+d}" if coding.strength else "0")
    parts += [coding.confidence] if coding.confidence else []
    parts += [f"@{lens}" for lens in coding.lenses]
    words = " ".join(coding.quote.split())
    if coding.span == unit.span:
        words = ""
    else:
        cut = _WHY in f" {words} "
        if cut or find_words(document, words, inside=unit) != (coding.span,):
            parts.append(f"{coding.span.start}-{coding.span.end}")
        words = "" if cut else words
    because = " ".join(coding.evidence.split())
    behind = (f"[{' '.join(parts)}]", words, f"// {because}" if because else "")
    return f"    {' '.join(part for part in behind if part)}"


def read_sheet(
    text: str, document: Document, codebook: Codebook, file: Path, known: frozenset[str]
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The codings of a sheet, and a problem for every line that cannot be used.

    The codes in `known`, and lenses written "@lens" there, may stand in it even where they are
    no longer given.
    """
    head = _HEAD.match(text)
    if head is None or head.group(3) != document.text_hash[:12]:
        return (), (problem(P.OLD_SHEET, path=str(file), document=document.id),)
    found: list[Line] = []
    problems: list[Problem] = []
    unit: Unit | None = None
    own: frozenset[str] = frozenset()
    words = (word for code in codebook.codes for word in (code.id, code.name))
    codes = frozenset(word.casefold() for word in (IN_VIVO, *known, *words))
    # only at ends of lines: the words may hold other signs that splitlines() takes for one
    for number, line in enumerate(text.split("\n"), start=1):
        plain = line.strip()
        if not plain or line in own or line.startswith("#"):
            continue
        if (named := _UNIT.match(line)) and 0 < int(named.group(1)) <= len(document.units):
            unit = document.units[int(named.group(1)) - 1]
            own = frozenset(_wrapped(document, unit))
            continue
        try:
            read = _read_line(line, document, unit, codes)
            if read.given.code_id not in (IN_VIVO, *known):
                code = usable_code(codebook, read.given.code_id)
                read = replace(read, given=replace(read.given, code_id=code.id))
            lenses = tuple(one for one in read.given.lenses or () if f"@{one}" not in known)
            check_lenses(codebook, replace(read.given, lenses=lenses))
            found.append(read)
        except QualcodeError as error:
            problems.append(_unusable(error, document, file, number))
    return tuple(found), tuple(problems)


def _unusable(error: QualcodeError, document: Document, file: Path, number: int) -> Problem:
    return problem(
        P.BAD_SHEET_LINE,
        path=str(file),
        line=number,
        reason=error.problem.message,
        document=document.id,
        file=file,
    )


def _read_line(line: str, document: Document, unit: Unit | None, codes: frozenset[str]) -> Line:
    match = _CODING.fullmatch(line)
    if match is None or unit is None:
        raise _unclear("it is no coding, [CODE] words, and not what the document says there")
    # the pattern took the space before "//" where no words stand
    words, _, because = f" {match.group(2)} ".partition(_WHY)
    given, span = _in_brackets(match.group(1).split(), codes)
    if span is not None:
        span = check_span(document, span)
        quote = " ".join(document.text[span.start : span.end].split())
        if words.strip() and " ".join(words.split()) != quote:
            raise _unclear(f'the words are not those at {span.start}-{span.end}, "{quote[:60]}"')
    elif not words.strip():
        span = unit.span
    else:
        spans = find_words(document, words, inside=unit)
        if len(spans) != 1:
            n = len(spans)
            raise _unclear(f"its words stand {n} times in the unit" if n else _ABSENT)
        span = spans[0]
    return Line(span, replace(given, because=because.strip()))


_ABSENT = "its words do not stand in the unit"


def _in_brackets(parts: Sequence[str], codes: frozenset[str]) -> tuple[Given, Span | None]:
    if not parts:
        raise _unclear("the brackets name no code")
    n_words = _words_of_code(parts, codes)
    span: Span | None = None
    cells: dict[str, str] = {}
    lenses: list[str] = []
    for part in parts[n_words:]:
        if at := _SPAN.fullmatch(part):
            span = Span(int(at.group(1)), int(at.group(2)))
        elif part.startswith("@"):
            lenses.append(part[1:])
        elif part in VALENCES:
            cells["valence"] = part
        elif part in CONFIDENCES:
            cells["confidence"] = part
        elif part.removeprefix("+") in STRENGTHS:
            cells["strength"] = part
        else:
            raise _unclear(f'"{part}" is no valence, strength, confidence, @lens or span')
    code = " ".join(parts[:n_words])
    return given_from(code, {**cells, "lenses": ",".join(lenses)}), span


def _words_of_code(parts: Sequence[str], codes: frozenset[str]) -> int:
    """How many words, from the first on, name the code: the most that are an id or a name.

    Where none are, all those that say nothing else, so that the whole name is told.
    """
    for n in range(len(parts), 0, -1):
        if " ".join(parts[:n]).casefold() in codes:
            return n
    others = (n for n, part in enumerate(parts) if n and _says_something(part))
    return next(others, len(parts))


def _says_something(part: str) -> bool:
    known = (*VALENCES, *CONFIDENCES)
    is_strength = part.removeprefix("+") in STRENGTHS
    return part in known or is_strength or part.startswith("@") or bool(_SPAN.fullmatch(part))


def _unclear(reason: str) -> QualcodeError:
    return QualcodeError(Problem(P.BAD_SHEET_LINE.number, "error", reason, ""))


def sheet_path(study: Study, doc_id: str, coder: str) -> Path:
    """Where the sheet of a document lies while it is worked on; git does not see it."""
    return study.paths.root / ".qualcode" / "sheets" / f"{doc_id}.{coder}.txt"


def make_sheet(study: Study, document: Document, coder: str) -> Path:
    """The path of the sheet to edit: one that was kept, else a new one."""
    path = sheet_path(study, document.id, coder)
    if not path.exists():
        codings = [c for c in study.codings(document.id) if c.coder == coder]
        data = sheet_text(document, codings, coder).encode()
        write_file(first_state(path), data)
        write_file(path, data)
    return path


def first_state(path: Path) -> Path:
    """Where the sheet is kept as it was before anybody edited it."""
    return path.with_name(f"{path.name}.before")


def apply_sheet(study: Study, document: Document, path: Path, coder: str) -> Coded:
    """Does what was changed in a sheet since it was made; what others did meanwhile stays.

    Raises:
        QualcodeError: BAD_SHEET_LINE for every line that cannot be used, OLD_SHEET; nothing
            has changed then, and the sheet stays.
    """
    desk = Desk.of(study, coder)
    held = desk.held(document.id)
    lenses = (f"@{lens}" for coding in held for lens in coding.lenses)
    known = frozenset((*(coding.code_id for coding in held), *lenses))
    now, problems = read_sheet(_text(path), document, desk.codebook, path, known)
    if problems:
        raise QualcodeError(*problems)
    earlier = first_state(path)
    text = _text(earlier) if earlier.exists() else sheet_text(document, held, coder)
    before, _ = read_sheet(text, document, desk.codebook, earlier, known)
    _apply(desk, document, before, now)
    desk.commit("open", target=document.id)
    if path == sheet_path(study, document.id, coder):
        for done in (path, earlier):
            done.unlink(missing_ok=True)
    return Coded.by(desk)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = str(getattr(error, "strerror", None) or "it is not UTF-8").lower()
        todo = "Give the sheet that `qualcode open` wrote."
        raise QualcodeError(
            problem(P.UNREADABLE_FILE, path=str(path), reason=reason, todo=todo)
        ) from None


def _apply(desk: Desk, document: Document, before: Sequence[Line], now: Sequence[Line]) -> None:
    known = {(line.span, line.given.code_id): line.given for line in before}
    wanted = {(line.span, line.given.code_id): line.given for line in now}
    held = {(coding.span, coding.code_id): coding for coding in desk.held(document.id)}
    for key in [key for key in known if key not in wanted and key in held]:
        desk.uncode(held[key])
    for key, given in wanted.items():
        if known.get(key) == given:
            continue
        span, code_id = key
        if code_id == IN_VIVO:
            words = document.text[span.start : span.end]
            code = desk.in_vivo(words, doc_id=document.id)
            desk.code(document, span, replace(given, code_id=code.id))
        elif key in known and key in held:
            _change(desk, held[key], given)
        else:
            desk.code(document, span, given)


def _change(desk: Desk, coding: Coding, given: Given) -> None:
    """Makes a coding what its line says; what was removed from the line is removed."""
    said = replace(
        coding,
        valence=given.valence or coding.valence,
        strength=given.strength,
        lenses=given.lenses or (),
        confidence=given.confidence,
        evidence=given.because,
    )
    if said != coding:
        desk.put(coding, said)


def lines_of(coded: Coded) -> Iterator[str]:
    """How many codings were added, changed and removed, in words."""
    for verb, found in (
        ("added", coded.added),
        ("changed", coded.changed),
        ("removed", coded.removed),
    ):
        if found:
            yield f"{len(found)} {verb}"
