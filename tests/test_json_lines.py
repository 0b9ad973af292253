"""Files of one JSON value to a line: read at once, and line by line where one is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.problems import QualcodeError
from qualcode.store.files import read_json_lines
from tests.factory import write


def test_every_line_that_says_something_comes_with_its_number(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"a": 1}\n\n{"b": "x\u2028y"}\n')

    assert read_json_lines(path) == [(1, {"a": 1}), (3, {"b": "x\u2028y"})]


def test_a_damaged_line_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"a": 1}\n{"b": \n{"c": 3}\n')
    (_, first), (_, second), (_, third) = read_json_lines(path)

    assert (first, third) == ({"a": 1}, {"c": 3})
    assert isinstance(second, ValueError)


@pytest.mark.parametrize("text", ['{"a": 1}, {"b": 2}\n{"c": 3}\n', '{"a": [1\n2]}\n{"c": 3}\n'])
def test_a_line_is_one_value_and_not_two_or_half(tmp_path: Path, text: str) -> None:
    found = [value for _, value in read_json_lines(write(tmp_path, "a.jsonl", text))]

    assert isinstance(found[0], ValueError)
    assert found[-1] == {"c": 3}


def test_a_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": "caf\xe9"}\n')

    with pytest.raises(QualcodeError):
        read_json_lines(path)
