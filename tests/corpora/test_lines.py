"""The one reader of lines: what a line is, and what is refused."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.errors import FormatError
from trilogue.corpora.lines import file_lines, text_lines


def test_only_a_line_feed_ends_a_line_and_a_mark_at_the_start_is_not_text() -> None:
    stream = io.BytesIO("\ufeffone\r\ntwo\rthree\n\nfour\u2028\x85five".encode())
    assert list(text_lines(stream, "x")) == ["one", "two\rthree", "", "four\u2028\x85five"]


@given(st.lists(st.text(st.characters(exclude_characters="\n\r\ufeff", codec="utf-8"))))
def test_as_many_lines_come_out_as_went_in(lines: list[str]) -> None:
    stream = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    assert list(text_lines(stream, "x")) == lines


def test_a_byte_that_is_not_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes("Да.\n".encode() + "— Нет.".encode("cp1251"))
    expected = r"talk\.txt:2: got byte 0x97 at byte 1 of the line, expected UTF-8 text\. Convert"
    with pytest.raises(FormatError, match=expected):
        list(file_lines(path))
