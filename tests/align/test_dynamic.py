"""The search equals trying every ladder, and a corridor equals the whole matrix."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trilogue.align.dynamic import best_path
from trilogue.align.lattice import LARGEST, Gaps, Lattice
from trilogue.align.marginals import marginals
from trilogue.corpora.errors import AlignmentError

Steps = tuple[tuple[int, int], ...]


def lattice(rows: int, columns: int, seed: int) -> Lattice:
    """A whole matrix of random scores; rows and columns are segments."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 2, (rows + 1, LARGEST, LARGEST, columns + 1)).astype(np.float32)
    alone = rng.normal(0, 1, rows).astype(np.float32), rng.normal(0, 1, columns).astype(np.float32)
    return Lattice(
        [0] * (rows + 1), list(scores), Gaps(-1, -0.5, -1.2, -0.3, -0.7, *alone), columns + 1
    )


def ladders(given: Lattice, i: int, j: int, state: str) -> Iterator[tuple[float, Steps]]:
    """Every ladder from a node on, with its score: the definition, without any cleverness."""
    rows, columns, gaps = given.rows - 1, given.columns - 1, given.gaps
    if (i, j) == (rows, columns):
        yield 0.0, ()
    for m in range(1, min(LARGEST, rows - i) + 1):
        for n in range(1, min(LARGEST, columns - j) + 1):
            score = float(given.scores[i + m][m - 1, n - 1, j + n])
            for rest, steps in ladders(given, i + m, j + n, "bead"):
                yield score + rest, ((m, n), *steps)
    if i < rows and state != "target":
        score = gaps.more_source if state == "source" else gaps.open_source
        for rest, steps in ladders(given, i + 1, j, "source"):
            yield score + float(gaps.source[i]) + rest, ((1, 0), *steps)
    if j < columns:
        score = gaps.more_target if state == "target" else gaps.open_target
        score += gaps.both if state == "source" else 0.0
        for rest, steps in ladders(given, i, j + 1, "target"):
            yield score + float(gaps.target[j]) + rest, ((0, 1), *steps)


sizes = st.tuples(st.integers(1, 4), st.integers(1, 4))


@settings(max_examples=25, deadline=None)
@given(sizes, st.integers(0, 10_000))
def test_the_best_path_is_the_best_of_all_ladders(size: tuple[int, int], seed: int) -> None:
    whole = lattice(*size, seed)
    score, steps = max(ladders(whole, 0, 0, "bead"))
    found, value = best_path(whole)
    assert tuple(found) == steps
    assert value == pytest.approx(score, abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(sizes, st.integers(0, 10_000))
def test_marginals_are_shares_of_all_ladders(size: tuple[int, int], seed: int) -> None:
    whole = lattice(*size, seed)
    every = list(ladders(whole, 0, 0, "bead"))
    total = np.logaddexp.reduce([score for score, _ in every])
    beads = np.zeros((size[0] + 1, LARGEST, LARGEST, size[1] + 1))
    alone = [np.zeros(size[0]), np.zeros(size[1])]
    for score, steps in every:
        share, i, j = np.exp(score - total), 0, 0
        for m, n in steps:
            if n == 0:
                alone[0][i] += share
            elif m == 0:
                alone[1][j] += share
            else:
                beads[i + m, m - 1, n - 1, j + n] += share
            i, j = i + m, j + n
    found = marginals(whole)
    np.testing.assert_allclose(np.stack(found.beads), beads, atol=1e-5)
    np.testing.assert_allclose(found.source_gaps, alone[0], atol=1e-5)
    np.testing.assert_allclose(found.target_gaps, alone[1], atol=1e-5)
    assert found.log_sum == pytest.approx(total, abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 6))
def test_a_band_that_holds_the_best_ladder_finds_it(seed: int, margin: int) -> None:
    whole = lattice(18, 18, seed)
    steps, score = best_path(whole)
    corners = np.cumsum([(0, 0), *steps], 0)
    # From the first column of the row that a step leaves from to the last that it comes to.
    leaves = [corners[corners[:, 0] <= i][-1, 0] for i in range(19)]
    starts = [max(int(corners[corners[:, 0] == row, 1].min()) - margin, 0) for row in leaves]
    comes = [corners[corners[:, 0] >= i][0, 0] for i in range(19)]
    stops = [int(corners[corners[:, 0] == row, 1].max()) + margin + 1 for row in comes]
    band = [
        np.ascontiguousarray(row[:, :, start : min(stop, 19)])
        for row, start, stop in zip(whole.scores, starts, stops, strict=True)
    ]
    found, value = best_path(Lattice(starts, band, whole.gaps, whole.columns))
    assert found == steps
    assert value == pytest.approx(score, abs=1e-3)


def test_a_band_that_misses_the_last_node_is_refused() -> None:
    whole = lattice(3, 8, 1)
    narrow = [row[:, :, :2] for row in whole.scores]
    with pytest.raises(AlignmentError, match="no way from the first to the last segment"):
        best_path(Lattice([0] * 4, narrow, whole.gaps, whole.columns))
