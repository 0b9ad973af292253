from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.codebook_changes import (
    Said,
    add_code,
    define_code,
    merge_codes,
    move_code,
    new_code,
    rename_code,
    restore_code,
    retire_code,
    split_code,
)
from qualcode.core.model import Codebook, Lens
from qualcode.core.problems import QualcodeError
from qualcode.project.shipped import shipped_codebooks
from qualcode.store.codebook_edit import codebook_of, edit_codebook
from qualcode.store.yaml_places import find_comments

PATH = Path("codebook.yaml")
BOOK = """\
# The book of one study
format: 1
name: A codebook   # working title
lenses: [{id: person, name: Person}, {id: work, name: Work}]
codes:
# the first one
- id: silos          # never changes
  name: "Silos"
  definition: >-     # from the pilot
    Apart from
    each other.
  cues:              # words heard
    - silo*          # the plainest
    # - bunker
  retired: once      # for a month
  # a note below
- {id: trust, name: Trust, valence: catalyst, cues: [trust*]}   # inline
- id: faces
  name: New faces
  lenses: [person]   # where it is seen
# the pairs are still to come
pairs: []   # none yet
"""


def edited(text: str, after: Codebook) -> str:
    return edit_codebook(text.encode(), PATH, after).decode()


def book(text: str = BOOK) -> Codebook:
    return codebook_of(text.encode(), PATH).codebook


def comments(text: str) -> Counter[str]:
    return Counter(text[a:b].strip() for a, b in find_comments(text))


def test_a_new_code_goes_behind_the_last_one_and_nothing_else_moves() -> None:
    said = Said(cues=("away day", "no, 'never'"), lenses=("work", "person"), in_vivo=True)
    after = add_code(book(), new_code(book(), "Away days: a lot", said=said))
    new = (
        "- id: away-days-a-lot\n"
        "  name: 'Away days: a lot'\n"
        "  cues:\n    - away day\n    - no, 'never'\n"
        "  lenses: [work, person]\n"
        "  in_vivo: true\n"
    )

    assert edited(BOOK, after) == BOOK.replace("# the pairs", f"{new}# the pairs")


def test_a_first_code_fills_an_empty_list() -> None:
    text = "format: 1\nname: A\ncodes: []  # to come\n#  - id: example\npairs: []\n"
    after = add_code(book(text), new_code(book(text), "Silos"))

    assert edited(text, after) == (
        "format: 1\nname: A\ncodes:  # to come\n  - id: silos\n    name: Silos\n"
        "#  - id: example\npairs: []\n"
    )


@pytest.mark.parametrize("codes", ["codes:", "codes: null", "codes: [  # none\n  ]", "codes: ~"])
def test_every_empty_list_of_codes_can_be_filled(codes: str) -> None:
    text = f"format: 1\nname: A\n{codes}"
    after = add_code(book(text), new_code(book(text), "Silos"))

    assert [code.id for code in book(edited(text, after)).codes] == ["silos"]
    assert comments(edited(text, after)) == comments(text)


def test_a_changed_definition_keeps_its_comment() -> None:
    after = define_code(restored(), "silos", Said(definition="Each keeps to its own."))
    text = edited(BOOK, after)

    assert "  # from the pilot\n  definition: Each keeps to its own.\n  cues:" in text
    assert comments(text) == comments(BOOK)


def restored() -> Codebook:
    return restore_code(book(), "silos")


def test_a_removed_field_leaves_its_comments() -> None:
    text = edited(BOOK, restored())

    assert "    # - bunker\n  # for a month\n  # a note below\n- {id: trust" in text
    assert "retired" not in text


def test_a_new_cue_joins_those_that_are_there() -> None:
    after = define_code(restored(), "silos", Said(cues=("bunker",)))
    after = define_code(after, "trust", Said(cues=("rely on, always",)))
    text = edited(BOOK, after)

    assert "    - silo*          # the plainest\n    # - bunker\n    - bunker\n" in text
    assert "cues: [trust*, 'rely on, always']}   # inline\n" in text


def test_a_new_field_takes_the_place_that_the_order_gives_it() -> None:
    after = define_code(book(), "faces", Said(definition="People change.", valence="obstacle"))
    after = define_code(after, "trust", Said(definition="They rely, fully."))
    text = edited(BOOK, after)

    assert (
        "- id: faces\n  name: New faces\n  definition: People change.\n"
        "  valence: obstacle\n  lenses: [person]   # where it is seen\n"
    ) in text
    assert "{id: trust, name: Trust, definition: 'They rely, fully.', valence: catalyst" in text


def test_line_ends_and_the_mark_at_the_beginning_stay() -> None:
    data = b"\xef\xbb\xbf" + BOOK.replace("\n", "\r\n").encode()
    after = rename_code(codebook_of(data, PATH).codebook, "faces", "Faces that change")
    after = define_code(after, "faces", Said(definition="People change."))

    assert edit_codebook(data, PATH, after) == data.replace(
        b"  name: New faces\r\n",
        b"  name: Faces that change\r\n  definition: People change.\r\n",
    )


def test_a_last_line_without_an_end_can_be_added_to() -> None:
    text = "format: 1\nname: A\ncodes:\n  - id: silos"
    after = add_code(rename_code(book(text), "silos", "Apart"), new_code(book(text), "Trust"))

    assert edited(text, after) == f"{text}\n    name: Apart\n  - id: trust\n    name: Trust"


def test_the_wording_of_pairs_follows_a_new_name() -> None:
    text = BOOK.replace("pairs: []", "pairs: [{id: p1, obstacle: faces, catalysts: []}]")
    pair = book(edited(text, rename_code(book(text), "faces", "Turnover"))).pairs[0]

    assert pair.obstacle is not None
    assert pair.obstacle.says == "Turnover"


def test_an_alias_is_replaced_and_what_it_stood_for_stays() -> None:
    text = (
        "format: 1\nname: A\ncodes:\n"
        "  - {id: a, definition: &d Apart., name: A}\n  - {id: b, definition: *d, name: B}\n"
    )
    after = define_code(book(text), "b", Said(definition="Near."))

    assert edited(text, after) == text.replace("*d", "Near.")


def test_what_cannot_be_written_apart_is_refused() -> None:
    text = (
        "format: 1\nname: A\ncodes:\n"
        "  - {id: a, definition: &d Apart., name: A}\n  - {id: b, definition: *d, name: B}\n"
    )
    after = define_code(book(text), "a", Said(definition="Near."))
    with pytest.raises(QualcodeError, match="Q341 the change cannot be written") as told:
        edited(text, after)

    assert told.value.problem.path == "codebook.yaml"


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(QualcodeError, match="Q301 the YAML is broken: byte 8 is not UTF-8"):
        codebook_of(b"format: \xff", PATH)


def test_a_lens_that_is_new_is_written() -> None:
    text = "format: 1\nname: A\ncodes: []\n"
    after = Codebook("A", lenses=(Lens("work", "Work", "At work."),))

    assert edited(text, after) == (
        f"{text}lenses:\n  - id: work\n    name: Work\n    definition: At work.\n"
    )


TEXTS = st.text(max_size=30)
NAMES = st.text(st.sampled_from("abc deé:#'\"-[]{},&*!|>%@`?123\n"), min_size=1, max_size=12)
STEPS = st.tuples(
    st.sampled_from(["add", "define", "cue", "rename", "move", "merge", "split", "retire", "back"]),
    st.integers(0, 50),
    st.integers(0, 50),
    NAMES,
    TEXTS,
)


def one_step(codebook: Codebook, step: tuple[str, int, int, str, str]) -> Codebook:
    verb, first, second, name, text = step
    ids = [code.id for code in codebook.codes]
    code, other = (ids[n % len(ids)] if ids else "none" for n in (first, second))
    said = Said(definition=text, include=(text, name), lenses=("person",), valence="either")
    match verb:
        case "add":
            return add_code(codebook, new_code(codebook, name, said=said), after=code)
        case "define":
            return define_code(codebook, code, said)
        case "cue":
            return define_code(codebook, code, Said(cues=(text, name), origin=text, in_vivo=True))
        case "rename":
            return rename_code(codebook, code, name)
        case "move":
            return move_code(codebook, code, under=other if second % 3 else None)
        case "merge":
            return merge_codes(codebook, [code], into=other)
        case "split":
            return split_code(codebook, code, into=[name, f"{name} b"])
        case "retire":
            return retire_code(codebook, code, because=text)
        case _:
            return restore_code(codebook, code)


START = st.sampled_from(
    [
        BOOK,
        BOOK.replace("- {", "-  {"),
        *(path.read_text("utf-8") for name, path in shipped_codebooks().items() if name == "blank"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(START, st.lists(STEPS, max_size=12))
def test_any_changes_read_back_as_the_same_and_keep_all_comments(
    text: str, steps: list[tuple[str, int, int, str, str]]
) -> None:
    if "individual" in text:
        text = text.replace("id: individual", "id: person")
    written = text
    for step in steps:
        try:
            after = one_step(book(written), step)
        except QualcodeError:
            continue
        written = edited(written, after)
        assert book(written).codes == after.codes

    assert comments(written) == comments(text)
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        line for line in written.split("\n") if line.startswith("#")
    ]
