from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qualcode.analysis.meaning import centred, cosines, unit_rows
from qualcode.core.problems import QualcodeError
from qualcode.project.encoders import encoder_in_use
from qualcode.project.study import Study, open_study
from qualcode.store.paths import ProjectPaths
from qualcode.store.vector_cache import memory_path, remembering
from tests.factory import write


def rows(*values: tuple[float, ...]) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def a_study(folder: Path, *settings: str) -> Study:
    write(folder, "qualcode.yaml", "\n".join(["format: 1", *settings, ""]))
    return open_study(folder)


def test_rows_are_scaled_to_length_one_and_zeros_stay_zeros() -> None:
    assert unit_rows(rows((3, 4), (0, 0))).tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]


def test_a_row_of_zeros_is_like_nothing() -> None:
    found = cosines(rows((1, 0), (0, 0)), rows((0.6, 0.8), (1, 0)))

    assert found.tolist() == [pytest.approx([0.6, 1.0]), [0, 0]]


def test_centring_takes_out_what_all_share() -> None:
    found = centred(rows((0.6, 0.8), (0.6, -0.8), (0, 0)))

    assert found.tolist() == [pytest.approx([0, 1]), pytest.approx([0, -1]), [0, 0]]


def test_centring_around_other_rows_uses_their_mean() -> None:
    found = centred(rows((1, 0)), rows((0, 1), (0, 0)))

    assert found.tolist() == [pytest.approx([0.7071, -0.7071], abs=1e-4)]


def test_a_study_uses_the_static_encoder_and_names_it(tmp_path: Path) -> None:
    in_use = encoder_in_use(a_study(tmp_path))

    assert in_use.encoder is not None
    assert in_use.note == ('Likeness of meaning by the encoder "static" (version 1), and of words.')


def test_a_study_can_do_without_an_encoder(tmp_path: Path) -> None:
    in_use = encoder_in_use(a_study(tmp_path, "encoder: none"))

    assert in_use.encoder is None
    assert in_use.note == "Likeness is of words only (encoder: none)."


def test_another_language_is_compared_by_words_and_says_so(tmp_path: Path) -> None:
    in_use = encoder_in_use(a_study(tmp_path, "language: nl"))

    assert in_use.encoder is None
    assert in_use.note == (
        'Likeness is of words only: the encoder "static" (version 1) knows en, and the '
        "documents are in nl."
    )


def test_the_folder_of_a_model_is_looked_for_in_the_project(tmp_path: Path) -> None:
    with pytest.raises(QualcodeError) as raised:
        encoder_in_use(a_study(tmp_path, "encoder: models/mine"))

    assert str(raised.value).startswith(
        f"{tmp_path / 'qualcode.yaml'}: Q710 no encoder is called "
        f'"{tmp_path / "models/mine"}", and no folder'
    )


class Slow:
    """Gives the length of each text; keeps what it was asked."""

    name, version, dimension, languages = "slow", "1", 1, ()

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.extend(texts)
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_a_slow_encoder_reads_each_text_once(tmp_path: Path) -> None:
    slow = Slow()
    first = remembering(slow, ProjectPaths(tmp_path))(["one", "three", "one"])
    again = remembering(slow, ProjectPaths(tmp_path))(["three", "fifteen", "one"])

    assert first.tolist() == [[3], [5], [3]]
    assert again.tolist() == [[5], [7], [3]]
    assert slow.asked == ["one", "three", "fifteen"]


def test_another_version_of_an_encoder_reads_again(tmp_path: Path) -> None:
    slow, newer = Slow(), Slow()
    newer.version = "2"
    remembering(slow, ProjectPaths(tmp_path))(["one"])
    remembering(newer, ProjectPaths(tmp_path))(["one"])

    assert newer.asked == ["one"]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut short"])
def test_a_damaged_memory_is_made_again(tmp_path: Path, data: bytes) -> None:
    slow = Slow()
    memory = remembering(slow, ProjectPaths(tmp_path))
    memory(["one"])
    memory_path(slow, ProjectPaths(tmp_path)).write_bytes(data)

    assert memory(["one"]).tolist() == [[3]]
    assert memory(["one"]).tolist() == [[3]]
    assert slow.asked == ["one", "one"]


def test_no_texts_need_no_memory(tmp_path: Path) -> None:
    memory = remembering(Slow(), ProjectPaths(tmp_path))

    assert memory([]).shape == (0, 1)
    assert not memory_path(Slow(), ProjectPaths(tmp_path)).exists()
