"""Whatever the text, nothing but white space is lost, and time is linear."""

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
def test_no_repeated_piece_hangs_or_loses_text(language: str) -> None:
    """A quadratic rule would take minutes here; benchmarks/segmentation.py has the ratios."""
    cut = segmenter(language)
    for piece in PIECES:
        for end in (" X", "a", "."):
            text = "x. " + piece * (10_000 // len(piece)) + end
            spans = checked_spans(cut, text, "text:1")
            assert 1 <= len(spans) <= len(text)
