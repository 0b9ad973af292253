from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.project.in_vivo import id_from, in_vivo_code
from qualcode.store.fields import ID
from tests.factory import a_code, a_codebook


def test_words_without_letters_still_give_an_id() -> None:
    assert in_vivo_code(a_codebook(), "ξένοι", origin="").id == "in-vivo"


def test_a_taken_id_gets_a_number() -> None:
    codebook = a_codebook(a_code("trust"))

    assert in_vivo_code(codebook, "Trust!", origin="").id == "trust-2"


@given(st.text(min_size=1))
def test_every_name_gives_an_id(name: str) -> None:
    assert ID.fullmatch(id_from(name))
