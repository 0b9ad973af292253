from __future__ import annotations

import base64
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from qualcode.core.problems import QualcodeError
from qualcode.plugins.encoders.guarded import guarded
from qualcode.plugins.encoders.static import encoder, words_of
from qualcode.plugins.registry import load_encoder
from scripts.build_embedding import FOLDER, OUTPUTS
from tests.factory import write

TINY_MODEL = base64.b64decode(
    # Two numbers for each of four pieces: (0, 0), (1, 0), (0, 1), (3, 4)
    b"CAgSADqRAQofCgV0YWJsZQoJaW5wdXRfaWRzEgNvdXQiBkdhdGhlchIBZyovCAQIAhABIiAAAAAAAAAA"
    b"AAAAgD8AAAAAAAAAAAAAgD8AAEBAAACAQEIFdGFibGVaHQoJaW5wdXRfaWRzEhAKDggHEgoKAxIBYgoD"
    b"EgFuYhsKA291dBIUChIIARIOCgMSAWIKAxIBbgoCCAJCBAoAEA0="
)


def likeness(one: str, other: str) -> float:
    first, second = load_encoder("static")([one, other])
    return float(first @ second)


def the_problem(name: Path | str) -> str:
    with pytest.raises(QualcodeError) as raised:
        load_encoder(str(name))
    return str(raised.value)


def a_model(folder: Path) -> Path:
    """A model that knows the words "new", "faces" and "again"."""
    tokenizers = pytest.importorskip("tokenizers")
    words = {"[UNK]": 0, "new": 1, "faces": 2, "again": 3}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(TINY_MODEL)
    return folder


def test_words_that_mean_alike_are_near_without_a_letter_in_common() -> None:
    assert likeness("physician", "doctors") > likeness("physician", "paragraphs") + 0.2


def test_rows_have_length_one() -> None:
    rows = load_encoder("static")(["a late ferry", "solicitors", "the"])

    assert rows.dtype == np.float32
    assert rows.shape == (3, 256)
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-5)


def test_a_text_without_known_words_is_a_row_of_zeros() -> None:
    rows = load_encoder("static")(["", "... 好", "ferry"])

    assert rows.any(axis=1).tolist() == [False, False, True]


def test_no_texts_give_no_rows() -> None:
    assert load_encoder("static")([]).shape == (0, 256)


def test_a_text_has_the_same_row_alone_and_among_many() -> None:
    texts = [f"late ferry number {n} and the solicitors" for n in range(900)]
    rows = load_encoder("static")(texts)

    assert np.abs(load_encoder("static")(texts[700:701]) - rows[700]).max() < 1e-6


def test_a_word_outside_the_vocabulary_is_made_of_its_pieces() -> None:
    assert likeness("bioinformatics", "genetics and computing") > likeness(
        "bioinformatics", "parking and buses"
    )


def test_case_and_accents_do_not_matter() -> None:
    assert likeness("CAFÉ", "cafe") == pytest.approx(1)
    assert words_of("Élan, naïve—WiFi_2") == ["elan", "naive", "wifi", "2"]


def test_the_files_that_ship_are_those_that_the_script_builds() -> None:
    found = {name: sha256((FOLDER / name).read_bytes()).hexdigest() for name in OUTPUTS}

    assert found == OUTPUTS


def test_the_embedding_takes_at_most_six_megabytes_and_has_its_notice() -> None:
    size = sum(path.stat().st_size for path in FOLDER.iterdir())

    assert size <= 6_000_000
    assert "Apache License, Version 2.0" in (FOLDER / "NOTICE").read_text("utf-8")


def test_the_static_encoder_says_that_it_is_for_english() -> None:
    assert (encoder.name, encoder.languages) == ("static", ("en",))


def test_an_unknown_encoder_is_named_with_the_known_ones(tmp_path: Path) -> None:
    assert the_problem("word2vec") == (
        'Q710 no encoder is called "word2vec", and no folder of that name holds model.onnx. '
        "Use static or none, or give the folder of a model (docs/meaning.md)."
    )


def test_a_model_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "model/model.onnx", "x")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    assert the_problem(tmp_path / "model") == (
        f'Q711 the encoder "{tmp_path / "model"}" needs packages that are not installed here. '
        'Install them with `pip install "qualcode[onnx]"`, or set encoder: static.'
    )


def test_a_file_that_is_no_model_is_a_problem(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    folder = a_model(tmp_path / "model")
    (folder / "model.onnx").write_bytes(b"no model")
    told = the_problem(folder)

    assert told.startswith(f'Q712 the encoder "{folder}" cannot be used (')
    assert told.endswith(
        "Set encoder: static, or see docs/meaning.md for what an encoder has to be."
    )


def test_a_model_of_the_researcher_gives_the_mean_of_its_pieces(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    found = load_encoder(str(a_model(tmp_path / "mine")))
    rows = found(["new faces", "again", "", "again unknown again"])

    assert (found.name, found.dimension) == ("mine", 2)
    assert rows.round(3).tolist() == [
        pytest.approx([0.707, 0.707]),
        pytest.approx([0.6, 0.8]),
        [0, 0],
        pytest.approx([0.6, 0.8]),
    ]


class Hasty:
    """Gives back what it was made with, or raises it."""

    name, version, dimension, languages = "hasty", "1", 2, ("en",)

    def __init__(self, found: object) -> None:
        self.found = found

    def __call__(self, texts: Sequence[str]) -> object:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (ZeroDivisionError("oh"), "ZeroDivisionError: oh"),
        (np.zeros((1, 3)), "ValueError: rows of (1, 3) for 1 texts"),
        (None, "AttributeError: 'NoneType' object has no attribute 'shape'"),
    ],
)
def test_a_plugin_that_fails_when_called_is_named(found: object, reason: str) -> None:
    encoder = guarded(Hasty(found))  # type: ignore[arg-type]
    with pytest.raises(QualcodeError) as raised:
        encoder(["words"])

    assert str(raised.value) == (
        f'Q712 the encoder "hasty" cannot be used ({reason}). '
        "Set encoder: static, or see docs/meaning.md for what an encoder has to be."
    )
