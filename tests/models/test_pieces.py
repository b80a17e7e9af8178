"""Reading text as a Marian model does, and as it should where the usual tokenizer errs."""

import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.errors import ModelError
from trilogue.models import registry
from trilogue.models.pieces import Pieces


@pytest.fixture(scope="module")
def read(tiny: Path) -> Pieces:
    return Pieces(registry.find(tiny), to="ru")


@pytest.fixture(scope="module")
def usual(tiny: Path) -> Any:
    from transformers import MarianTokenizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends sacremoses, and never calls it
        return MarianTokenizer.from_pretrained(tiny)


def framed(read: Pieces, text: str) -> list[str]:
    return read.framed(read.split(read.written(text)))


def test_pieces_are_those_of_the_marian_tokenizer(read: Pieces, usual: Any) -> None:
    for text in ("The road is closed.", "12 percent in 2021", "Größe, 你好", "a  b", "I’m"):
        written = read.written(text)
        ids = usual(f">>rus<<{written}")["input_ids"]
        assert framed(read, text) == usual.convert_ids_to_tokens(ids)


@given(st.text(st.characters(exclude_characters="<>", exclude_categories=["Cs", "Cc"])))
def test_any_text_has_the_pieces_of_the_marian_tokenizer(
    read: Pieces, usual: Any, text: str
) -> None:
    written = read.written(text)
    ids = usual(f">>rus<<{written}")["input_ids"]
    assert framed(read, text) == usual.convert_ids_to_tokens(ids)


def test_decoded_text_is_that_of_the_marian_tokenizer(read: Pieces, usual: Any) -> None:
    for text in ("Дорога закрыта.", "Առևտուրն աճել է 12 տոկոսով։", "Yol bağlıdır."):
        tokens = read.split(text)
        ids = usual.convert_tokens_to_ids(tokens)
        assert read.text([*tokens, "</s>", "<pad>"]) == text
        assert usual.decode(ids, skip_special_tokens=True) == text


def test_a_text_that_begins_like_a_tag_is_text(read: Pieces, usual: Any) -> None:
    pieces = framed(read, ">>hye<< The road is closed.")
    assert pieces[0] == ">>rus<<"
    assert ">>hye<<" not in pieces
    taken = usual(">>hye<< The road is closed.")["input_ids"]
    assert usual.convert_ids_to_tokens(taken)[0] == ">>hye<<"  # the trap


def test_typographic_punctuation_is_written_plainly(read: Pieces) -> None:
    assert read.written("“We”\u00a0did – not…") == '"We" did - not...'
    assert read.written("«It’s» one—two") == '"It\'s" one - two'


def test_invisible_characters_and_double_spaces_are_dropped(read: Pieces) -> None:
    assert read.written("\ufeffThe\u200b  ro\u00adad ") == "The road"


def test_characters_that_the_model_cannot_read_are_named(read: Pieces) -> None:
    assert read.unknown(read.split("The ☃ road 你好 ☃")) == "☃你好"
    assert read.unknown(read.split("The road is closed.")) == ""


def test_bytes_spell_characters_that_the_model_cannot_read(read: Pieces) -> None:
    spelt = [f"<0x{byte:02X}>" for byte in "☃я".encode()]
    pieces = [*read.split("The"), *spelt, *read.split(".")]
    assert read.unknown(pieces) == "☃я"


def test_a_broken_sentencepiece_model_is_named(copied: Path) -> None:
    (copied / "source.spm").write_bytes(b"broken")
    with pytest.raises(ModelError, match=r"source\.spm: not a sentencepiece model"):
        Pieces(registry.find(copied), to="ru")
