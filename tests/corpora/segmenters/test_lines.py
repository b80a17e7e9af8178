"""What a line break means, and that wrapping a text changes nothing in its cutting."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.segmenters import Newlines, paragraphs, segmenter

SPEECH = """\
Mr President, I would like to welcome you once again and to thank you for the invitation.
Today we spoke at length about trade – and about energy. We have signed 12 agreements, among them one on long-term transit. The ministers will report by 10 a.m. tomorrow.
Thank you.
Our next meeting will take place in the autumn. I hope that everything that we agreed on today will have been done by then; the working group will see to it.
"""  # noqa: E501


def wrapped(between: str) -> list[str]:
    lines = SPEECH.splitlines()
    return between.join(textwrap.fill(line, 72) for line in lines).split("\n")


@pytest.mark.parametrize("newlines", [Newlines.WRAPPED, Newlines.AUTO])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_wrapped_lines_are_put_together_again(newlines: Newlines, between: str) -> None:
    assert list(paragraphs(wrapped(between), newlines)) == SPEECH.splitlines()


def test_long_lines_are_paragraphs_for_auto_as_well() -> None:
    assert list(paragraphs(SPEECH.splitlines(), Newlines.AUTO)) == SPEECH.splitlines()


def test_sentences_on_lines_of_their_own_are_not_taken_for_wrapped_text() -> None:
    cut = segmenter("en").spans
    lines = [text[a:b] for text in SPEECH.splitlines() for a, b in cut(text)]
    assert list(paragraphs(lines, Newlines.AUTO)) == lines


def test_a_line_broken_by_hand_goes_on_in_wrapped_text() -> None:
    lines = ["Following the talks, the President", "and the Prime Minister", "signed it."]
    assert list(paragraphs(lines, Newlines.WRAPPED)) == [" ".join(lines)]


def test_an_indented_line_or_an_item_begins_another_paragraph() -> None:
    lines = ["There are two tasks:", "- trade;", "- transit and", "energy.", "   And then:"]
    joined = ["There are two tasks:", "- trade;", "- transit and energy.", "And then:"]
    assert list(paragraphs(lines, Newlines.WRAPPED)) == joined


def test_a_dash_or_a_number_in_front_of_a_line_may_go_on() -> None:
    lines = ["В последние годы наша торговля растёт и составляет почти", "– по данным на ноябрь –"]
    assert list(paragraphs([*lines, "5) миллиардов."], Newlines.WRAPPED)) == [
        " ".join([*lines, "5) миллиардов."])
    ]


def test_a_hyphen_is_kept_and_nothing_put_after_it_but_before_a_conjunction() -> None:
    lines = ["both short-", "and long-", "term plans"]
    assert list(paragraphs(lines, Newlines.WRAPPED)) == ["both short- and long-term plans"]


@given(st.lists(st.text(alphabet="ab .!?-1)\t«»", max_size=12), max_size=30))
def test_joining_loses_nothing_but_white_space(lines: list[str]) -> None:
    for newlines in Newlines:
        kept = "".join("".join(paragraphs(lines, newlines)).split())
        assert kept == "".join("".join(lines).split())


def test_a_carriage_return_ends_a_paragraph_too() -> None:
    assert list(paragraphs(["two\rthree", "", "four"])) == ["two", "three", "four"]
