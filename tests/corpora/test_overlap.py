"""Overlap with test sets that are known by their hashes alone."""

from pathlib import Path

import pytest

from trilogue.corpora.overlap import Overlap, grams, known_sets
from trilogue.corpora.splits import normalised

BENCH = Path(__file__).parents[3] / "shared" / "bench"
SETS = {"FLORES-200 dev": "flores-dev/en.txt", "NTREX-128": "ntrex/en.txt"}


@pytest.mark.skipif(not BENCH.exists(), reason="the test sets are not beside the checkout")
@pytest.mark.parametrize("name", SETS)
def test_every_sentence_of_a_set_is_found_also_in_other_dress(name: str) -> None:
    found = Overlap()
    lines = (BENCH / SETS[name]).read_text(encoding="utf-8").splitlines()
    for line in lines:
        found.add(f"— {line.upper()}")
    assert found.sentences[name] == found.segments == len(lines) == known_sets()[name].size


@pytest.mark.skipif(not BENCH.exists(), reason="the test sets are not beside the checkout")
def test_eight_words_in_a_row_are_found_inside_of_another_sentence() -> None:
    lines = (BENCH / SETS["NTREX-128"]).read_text(encoding="utf-8").splitlines()
    line = next(one for one in lines if len(normalised(one)) >= 12)
    inside = " ".join(normalised(line)[2:10])
    found = Overlap()
    found.add(f"He said that {inside} and left.")
    assert (found.grams["NTREX-128"], found.sentences["NTREX-128"]) == (1, 0)


def test_words_of_our_own_overlap_with_nothing() -> None:
    found = Overlap()
    found.add("The line to the valley of the seven mills has been open since Thursday.")
    assert found.segments == 1
    assert set(found.grams.values()) == set(found.sentences.values()) == {0}


def test_a_short_sentence_has_no_run_of_eight_words() -> None:
    assert grams(["a"] * 7) == []
    assert len(grams(["a"] * 9)) == 2
