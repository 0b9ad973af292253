"""Bytes become text in the right encoding, and what is no text is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.problems import QualcodeError
from qualcode.plugins.readers.encoding import decode, read_text
from tests.readers_files import a_source
from tests.shared_data import shared

ENGLISH = "Chair said “we’re all in this” – but nobody spoke. The café cost £5."
RUSSIAN = "Привет, как дела? Сегодня мы говорим о совместной работе в совете."
POLISH = "Książka została wydana w Łodzi, gdzie źle mówiący ślusarz żyje. Będę później."


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(QualcodeError) as caught:
        decode(a_source(data))
    return caught.value.problem.number, caught.value.problem.message


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"], ids=lambda name: name
)
def test_a_certain_encoding_is_read_without_a_note(encoding: str) -> None:
    decoded = decode(a_source(ENGLISH.encode(encoding)))

    assert decoded.text == ENGLISH
    assert decoded.problems == ()


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (ENGLISH, "cp1252", "Windows-1252"),
        (ENGLISH, "mac_roman", "Mac Roman"),
        (ENGLISH, "utf-16-le", "UTF-16"),
        (ENGLISH, "utf-16-be", "UTF-16"),
        (ENGLISH, "utf-32-le", "UTF-32"),
        (ENGLISH, "utf-32-be", "UTF-32"),
        (RUSSIAN, "utf-16-le", "UTF-16"),
        (RUSSIAN, "utf-16-be", "UTF-16"),
        (RUSSIAN, "cp1251", "cp1251"),
        (POLISH, "cp1250", "cp1250"),
    ],
)
def test_a_guessed_encoding_is_noted(text: str, encoding: str, said: str) -> None:
    decoded = decode(a_source(text.encode(encoding)))

    assert decoded.text == text
    assert [found.number for found in decoded.problems] == ["Q205"]
    assert decoded.problems[0].message.endswith(f"read as {said}")


def test_few_letters_of_windows_inside_utf8_are_mended() -> None:
    decoded = decode(a_source("café naïve rôle ".encode() + b"\x93quoted\x94"))

    assert decoded.text == "café naïve rôle “quoted”"
    assert decoded.problems[0].number == "Q205"


def test_accents_of_windows_do_not_pass_for_a_mac() -> None:
    french = "Les élèves sont arrivés à l’école où ça s’est passé. Œuvre gênée."

    assert decode(a_source(french.encode("cp1252"))).text == french


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\n"])
def test_nothing_but_white_space_is_an_empty_file(data: bytes) -> None:
    assert refused(data)[0] == "Q201"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"GIF89a", "GIF picture"),
        (b"ID3\x04\x00\x00", "sound recording"),
        (b"\x00\x00\x00\x20ftypM4A ", "sound recording or a film"),
        (b"RIFF\x24\x00\x00\x00WAVE", "sound recording or a film"),
        (b"{\\rtf1\\ansi}", "Rich Text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Microsoft Office"),
        (b"words\x00and\x00\x00\x00\x01\x02", "NUL bytes"),
        (b"\x01\x02\x03\x04\x05\x06 words", "control characters"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, said: str) -> None:
    number, message = refused(data)

    assert number == "Q202"
    assert said in message


@pytest.mark.parametrize("words", ["ID3 Police, tier 3", "RIFFS on a theme", "GIF8 is no picture"])
def test_words_that_begin_like_a_picture_are_words(words: str) -> None:
    assert decode(a_source(words)).text == words


@pytest.mark.parametrize(
    ("data", "offset"),
    [(b"\xff\xfea\x00\x00\xd8\x00", 4), (b"\x00\x00\xfe\xff\x00\x11\x00\x00", 4)],
)
def test_a_broken_utf16_or_utf32_file_fits_no_encoding(data: bytes, offset: int) -> None:
    number, message = refused(data)

    assert number == "Q206"
    assert f"byte {offset})" in message


def test_bytes_of_no_encoding_are_refused_at_the_first_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qualcode.plugins.readers.encoding._guess", lambda sample: None)

    assert refused(b"abc \x81\x8d\x8f") == (
        "Q206",
        "the bytes of the file fit no known encoding (first at byte 4)",
    )


def test_read_text_normalises() -> None:
    assert read_text(a_source("o\ufb03ce\u00a0hours\r\nnow\u200b")).text == "office hours\nnow"


@given(st.text().filter(lambda text: text.strip(" \r\n\t\x0b\x0c")))
def test_all_text_in_utf8_with_a_mark_comes_back(text: str) -> None:
    assert decode(a_source(b"\xef\xbb\xbf" + text.encode())).text == text


def test_the_windows_sample_keeps_its_quotation_marks() -> None:
    data = shared("samples", "cp1252_note.txt").read_bytes()

    assert read_text(a_source(data)).text == "Chair said “we’re all in this” – but nobody spoke.\n"
