"""Whatever the text, nothing but white space is lost, and time is linear."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trilogue.corpora.segmenters import checked_spans, segmenter

LANGUAGES = ["en", "ru", "hy", "az"]
ODD = ".!?…։:;,-–—•*=_~()[]{}«»„“”‘’\"' \u00a0\u2028\t\n\r\x85\u200b\u0301ABCабвԱբəİı1I09§№e"


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=150, deadline=None)
@given(text=st.text() | st.text(alphabet=ODD) | st.text(alphabet=".?! Aa\"'«»(1"))
def test_spans_ascend_and_leave_out_only_white_space(language: str, text: str) -> None:
    spans = checked_spans(segmenter(language), text, "text:1")
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(
        text.split()
    )


PIECES = [
    ".", ". ", " .", '."', '"', " ", "A.", "A. ", "a", "! ", "(", ".( ", ".[1]", "[1]", "— ",
    ". — ", "Mr. ", "1. ", "I… I ", "1.1", "։", "։ ", "ա: ", ":-)", "* * * ", "=", " ====",
    '"Stop!" John ', "xx.Xx", ". (laugh laugh", "\u200d", ".\u0301", ".\n", "a-", "«a: ", "2 г. A",
    "😀", "😀 ", ". 😀", ")", "*", "_", "* ", "-", "- ", "•", ":)", "»", "'", "“", ". “", "…",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru", "hy"])
def test_no_repeated_piece_makes_cutting_slow(language: str) -> None:
    """A quadratic rule would take minutes here."""
    cut = segmenter(language).spans
    began = time.process_time()
    for piece in PIECES:
        for end in (" X", "a", "."):
            cut("x. " + piece * (20_000 // len(piece)) + end)
    assert time.process_time() - began < 10
