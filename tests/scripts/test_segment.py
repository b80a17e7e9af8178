"""``trilogue segment``: paragraphs in, segments out, on the contract of a text filter."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from trilogue.corpora.errors import FormatError
from trilogue.scripts.commands.segment import segment


def run(arguments: list[str], stdin: bytes = b"") -> bytes:
    result = CliRunner().invoke(segment, arguments, input=stdin, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout_bytes


def test_standard_input_comes_out_one_segment_a_line() -> None:
    text = "Սկսենք։ Ո՞վ կխոսի։\r\n\r\nԵս:".encode()
    assert run(["--lang", "hy"], text).decode() == "Սկսենք։\nՈ՞վ կխոսի։\nԵս:\n"


def test_a_file_of_wrapped_lines_is_joined_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "speech.txt"
    file.write_text("We met Mr.\nStone. We\ntalked.\n")
    assert run([str(file), "--lang", "en", "--newlines", "wrapped"]) == (
        b"We met Mr. Stone.\nWe talked.\n"
    )
    assert run([str(file), "--lang", "en"]) == b"We met Mr.\nStone.\nWe\ntalked.\n"


def test_nothing_comes_of_nothing() -> None:
    assert run(["--lang", "ru"], b"\n \n") == b""


def test_a_users_segmenter_that_loses_text_is_named_with_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = "class Half:\n    signature = 'half-1'\n    def spans(self, p): return [(0, 1)]\n"
    (tmp_path / "own_half.py").write_text(own)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(FormatError, match=r"^standard input, paragraph 2: half-1: left out 'k'"):
        run(["--lang", "en", "--segmenter", "own_half:Half"], b"A\nOk\n")
