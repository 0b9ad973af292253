from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.core.model import Coding, Span
from qualcode.project.adding import Adder
from qualcode.project.settings import Settings, make_project
from qualcode.store.coding_files import coding_path, codings_data, load_codings
from qualcode.store.document_files import load_document
from qualcode.store.files import write_file
from tests.factory import write

WORDS = st.sampled_from(["they", "send", "someone", "new", "each", "time", "we", "start", "again"])
BULLETS = st.lists(st.lists(WORDS, min_size=2, max_size=6).map(" ".join), min_size=1, max_size=6)
HEAD = "INT01  Nurse    14/3/2025\n\n1. What gets in the way\n"


def notes(bullets: list[str]) -> str:
    return HEAD + "".join(f"- {bullet}\n" for bullet in bullets)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BULLETS, BULLETS, st.lists(st.tuples(st.integers(0, 300), st.integers(1, 30)), max_size=5))
def test_after_any_new_freeze_every_quote_is_its_span_or_is_reported(
    before: list[str], behind: list[str], places: list[tuple[int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = make_project(Path(folder) / "s", question="", method="eca", language="en")
        source = write(Path(folder), "int-01.md", notes(before))
        list(Adder(paths, Settings()).add_all([source]))
        text = load_document(paths, "int-01").text
        spans = {Span(at % len(text), min(len(text), at % len(text) + n)) for at, n in places}
        codings = [
            Coding(f"k{n}", "int-01", span, text[span.start : span.end], "c", "ad")
            for n, span in enumerate(sorted(spans))
        ]
        write_file(coding_path(paths, "int-01", "ad"), codings_data(codings) or b"")
        write(Path(folder), "int-01.md", notes(behind))
        list(Adder(paths, Settings(), replaces=True).add_all([source]))
        now = load_document(paths, "int-01").text
        kept, _ = load_codings(paths, "int-01")
        aside = paths.unplaced("int-01")
        lines = aside.read_text("utf-8").splitlines() if aside.exists() else []

        assert all(now[one.span.start : one.span.end] == one.quote for one in kept)
        assert sorted([one.id for one in kept] + [json.loads(line)["id"] for line in lines]) == [
            one.id for one in codings
        ]
