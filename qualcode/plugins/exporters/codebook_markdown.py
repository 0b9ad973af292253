"""The codebook as a document to read: every code with its definition and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qualcode.core.methods import ECA, MethodProfile
from qualcode.core.model import Code, Codebook
from qualcode.plugins.exporters.markdown import escape


def codebook_markdown(
    codebook: Codebook,
    counts: Mapping[str, str],
    words: MethodProfile = ECA,
    births: Mapping[str, str] | None = None,
) -> bytes:
    """The codebook in its own order; `counts` says in words what was found for a code id.

    `words` says what the method calls a pair, `births` when a code was born.
    """
    told = {
        code.id: [
            f"- {title}: {held[code.id]}"
            for title, held in (("Found", counts), ("Born", births or {}))
            if held.get(code.id)
        ]
        for code in codebook.codes
    }
    return ("\n".join(_lines(codebook, told, words)).rstrip() + "\n").encode()


def _lines(
    codebook: Codebook, told: Mapping[str, list[str]], words: MethodProfile
) -> Iterator[str]:
    yield f"# {escape(codebook.name)}"
    yield ""
    if codebook.source:
        yield f"Source: {escape(codebook.source)}."
        yield ""
    pairs = f"{len(codebook.pairs)} {words.word('pairs')}"
    yield f"{len(codebook.codes)} codes, {pairs}, "
    yield f"{len(codebook.lenses)} lenses."
    yield ""
    if codebook.lenses:
        yield "## Lenses"
        yield ""
        for lens in codebook.lenses:
            yield f"- **{escape(lens.name)}** (`{lens.id}`): {escape(lens.definition)}"
        yield ""
    yield "## Codes"
    yield ""
    names = {code.id: code.name for code in codebook.codes}
    lenses = {lens.id: lens.name for lens in codebook.lenses}
    for code in codebook.codes:
        yield from _code_lines(code, names, lenses)
        yield from told[code.id]
        yield ""


def _code_lines(code: Code, names: Mapping[str, str], lenses: Mapping[str, str]) -> Iterator[str]:
    yield f"### {escape(code.name)}"
    yield ""
    facts = [f"`{code.id}`", {"either": "obstacle or catalyst"}.get(code.valence, code.valence)]
    if code.lenses:
        facts.append(" / ".join(lenses.get(lens, lens) for lens in code.lenses))
    if code.parent:
        facts.append(f"under {escape(names.get(code.parent, code.parent))}")
    if code.retired:
        facts.append(f"retired: {escape(code.retired)}")
    yield "; ".join(facts) + "."
    yield ""
    if code.definition:
        yield escape(code.definition)
        yield ""
    for title, lines in (("Include", code.include), ("Exclude", code.exclude)):
        for line in lines:
            yield f"- {title}: {escape(line)}"
    for example in code.examples:
        yield f"- Example: “{escape(example)}”"
    if code.cues:
        yield "- Cues: " + "; ".join(f"`{cue}`" for cue in code.cues)
