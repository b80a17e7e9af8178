"""Ladders as files, and what does not fit."""

from pathlib import Path

import pytest

from trilogue.align.beads import compare
from trilogue.align.identity import identity_ladder
from trilogue.align.ladders import check_ladder, read_ladder, written
from trilogue.corpora.errors import AlignmentError, FormatError
from trilogue.corpora.types import Bead

LADDER = (Bead((0, 1), (0,), 0.25), Bead((2,), ()), Bead((), (1, 2)), Bead((3,), (3,), 1.5))


def test_a_ladder_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ladder"
    path.write_text(written(LADDER), encoding="utf-8")
    assert read_ladder(path) == LADDER


def test_a_ladder_without_costs_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ladder"
    path.write_text("[0]:[0, 1]\n\n[]:[]\n[1]:[]\n", encoding="utf-8")
    assert read_ladder(path) == (Bead((0,), (0, 1)), Bead((1,), ()))


def test_a_line_that_is_no_bead_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.ladder"
    path.write_text("[0]:[0]\n0-0\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.ladder:2: not a bead: got '0-0', expected"):
        read_ladder(path)


def test_an_index_beyond_the_text_is_refused() -> None:
    with pytest.raises(AlignmentError, match="bead 4: source index 3, but there are 3 segments"):
        check_ladder(LADDER, source=3, target=4)


def test_a_segment_in_two_beads_is_refused() -> None:
    with pytest.raises(AlignmentError, match="bead 2: target segment 0 is in two beads"):
        check_ladder((Bead((0,), (0,)), Bead((1,), (0,))), source=2, target=1)


def test_drafts_are_aligned_one_to_one() -> None:
    assert identity_ladder(2) == (Bead((0,), (0,), 0.0, 1.0), Bead((1,), (1,), 0.0, 1.0))


def test_strict_counts_exact_beads_and_lax_those_that_touch() -> None:
    test = (Bead((0,), (0,)), Bead((1,), ()), Bead((2,), ()), Bead((), (1, 2)), Bead((3,), (3,)))
    found = compare(LADDER, test)
    assert (found.strict.precision, found.strict.recall) == (3 / 5, 1 / 2)
    assert (found.lax.right, found.lax.found) == (4, 2)
    assert found.kinds["2-1"].wanted == 1
    assert found.kinds["1-0"].precision == 1 / 2
    low, high = found.interval
    assert low <= found.strict.f1 <= high


def test_a_ladder_agrees_with_itself() -> None:
    ladder = identity_ladder(20)
    found = compare(ladder, ladder)
    assert found.strict.f1 == found.lax.f1 == 1.0
    assert found.interval == (1.0, 1.0)
