"""Cutting what is too long, where a reader would pause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.models.clauses import cut


def words(limit: int) -> object:
    return lambda text: len(text.split()) <= limit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One two three. Four five six.", ["One two three.", "Four five six."]),
        ("One two three; four, five six.", ["One two three;", "four, five six."]),
        ("One two, three, and four five six.", ["One two, three,", "and four five six."]),
        ("He said “one two.” Then three four.", ["He said “one two.”", "Then three four."]),
        ("One two three four five six", ["One two three", "four five six"]),
    ],
)
def test_it_is_cut_at_the_best_boundary_near_the_middle(text: str, parts: list[str]) -> None:
    assert cut(text, words(4)) == parts  # type: ignore[arg-type]


def test_what_fits_is_left_whole() -> None:
    assert cut("One, two.", lambda text: True) == ["One, two."]
    assert cut("  ", lambda text: False) == []


def test_a_word_without_end_is_cut_as_well() -> None:
    parts = cut("a" * 100_000, lambda text: len(text) <= 512)
    assert "".join(parts) == "a" * 100_000
    assert max(map(len, parts)) <= 512


@given(st.text(), st.integers(1, 20))
def test_nothing_but_white_space_is_lost(text: str, limit: int) -> None:
    parts = cut(text, lambda part: len(part) <= limit)
    assert all(part and len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
