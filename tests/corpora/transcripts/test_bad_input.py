"""What cannot be read is refused in one line that says how to go on."""

import os
from pathlib import Path

import pytest

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.transcripts import READERS, read
from trilogue.corpora.transcripts.decoding import LIMIT, decode
from trilogue.corpora.transcripts.pages import text_page

EXAMPLES = Path(__file__).parent / "examples"
RUSSIAN = (EXAMPLES / "kremlin.ru.txt").read_text()
ENGLISH = (EXAMPLES / "plain.txt").read_text()


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(FormatError, match=r".") as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert path.name in message
    return message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty, expected a transcript"),
        (b" \n\t\n", "empty, expected a transcript"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"%PDF-1.7\n", "a PDF, expected text, HTML or DOCX. Save its text with pdftotext"),
        (bytes(range(256)) * 8, "binary"),
        (b"PK\x03\x04 no archive", "no DOCX"),
        (ENGLISH.encode("utf-16-le"), "UTF-16LE without a byte order mark"),
        (ENGLISH.encode("utf-16-be"), "UTF-16BE without a byte order mark"),
        (RUSSIAN.encode("utf-16-le"), "UTF-16LE without a byte order mark"),
        (RUSSIAN.encode("cp1251"), "this looks like CP1251. Convert it: iconv -f CP1251"),
        (RUSSIAN.encode("koi8-r", "replace"), "this looks like KOI8-R"),
        (RUSSIAN.encode("cp866", "replace"), "this looks like CP866"),
        (RUSSIAN.encode("iso8859-5", "replace"), "this looks like ISO-8859-5"),
        (RUSSIAN.encode("cp1251").decode("latin-1").encode(), "CP1251 that was taken for Latin-1"),
        (RUSSIAN.rstrip().encode() + b"\xd0", "ends inside a character"),
        ("Ada Holt: It’s café time.\n".encode("cp1252") * 9, "this looks like CP1252"),
        (RUSSIAN.encode().decode("latin-1").encode(), "UTF-8 encoded twice"),
        (b"Ada Holt: Yes.\nIvan\x07 Petrov: No.\n", "visit.txt:2: control character U+0007"),
        (b"A page about the sea.\nIt has no speaker.\n", "no transcript in it"),
        (b"Good afternoon.\nAda Holt: Yes.\n", 'the first turn has no speaker: got "Good aft'),
        (b"<html><body><p>Ada Holt: Yes.</p>", "ends here without </html>"),
        (b"<html><body><p>Ada Holt: Yes.</p></body></html><p cla", "ends inside a tag"),
    ],
)
def test_bad_input_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    pytest.importorskip("docx", reason="python-docx is not installed")
    got = refused(tmp_path / "visit.txt", data)
    assert message in got


def test_a_bad_byte_is_named_with_its_line(tmp_path: Path) -> None:
    data = RUSSIAN.encode().splitlines(keepends=True)
    data[4] = b"\xcc\xee\xf1\xea\xe2\xe0\n"
    assert "visit.txt:5: byte 0xCC" in refused(tmp_path / "visit.txt", b"".join(data))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(FormatError, match=r"huge\.txt: 64 MiB, expected at most 64 MiB"):
        read(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"nowhere\.txt: no such file"):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(FormatError, match="a folder or a device"):
        read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(ENGLISH)
    path.chmod(0)
    with pytest.raises(FormatError, match=r"secret\.txt: permission denied"):
        read(path)


def test_a_reader_that_is_not_there_is_refused_with_the_list() -> None:
    with pytest.raises(ConfigError, match="got 'cnn', expected one of srt, vtt, kremlin"):
        read(EXAMPLES / "plain.txt", reader="cnn")


def test_the_first_speaker_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "visit.txt"
    path.write_text("Good afternoon.\nAda Holt: Yes.\n")
    (document,) = read(path, speaker="Ivan Petrov")
    assert [turn.speaker for turn in document.turns] == ["Ivan Petrov", "Ada Holt"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_marked_encoding_is_read(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding), name="x").text == RUSSIAN


def test_mixed_line_ends_keep_line_numbers_and_are_said(tmp_path: Path) -> None:
    path = tmp_path / "visit.txt"
    path.write_bytes(b"Ada Holt: Yes.\r\nIvan Petrov: No.\nAda Holt: Well.\rIvan Petrov: So.\n")
    (document,) = read(path)
    assert [turn.line for turn in document.turns] == [1, 2, 3, 4]
    assert document.warnings == (r"mixed line ends: '\n' 2, '\r' 1, '\r\n' 1",)


def test_text_is_composed(tmp_path: Path) -> None:
    path = tmp_path / "visit.txt"
    path.write_text("Иван Петров: Мои\u0306 дом.\n")
    (document,) = read(path)
    assert document.text == "Мой дом."


@pytest.mark.parametrize("piece", ["THE ", "A of B for C ", "Ada Holt ", "MR. ", "(A) ", "x | "])
def test_a_line_of_one_repeated_word_is_judged_by_every_reader(piece: str) -> None:
    """A rule that goes back and forth would not end here."""
    page = text_page("x.txt", f"MS. HOLT: Yes.\nQ  Why?\n{piece * 500}\nMS. HOLT: No.")
    for reader in READERS:
        assert 0.0 <= reader.sniff(page) <= 1.0
