"""The search over windows equals trying every ladder, whatever lies beside them."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trilogue.align.dynamic import best_paths
from trilogue.align.lattice import IMPOSSIBLE, LARGEST, Gaps, Lattice
from trilogue.align.marginals import marginals
from trilogue.corpora.errors import AlignmentError

Steps = tuple[tuple[int, int], ...]
GAPS = Gaps(-1, -0.5, -1.2, -0.3, -0.7)


def lattice(sizes: list[tuple[int, int]], seed: int) -> Lattice:
    """Windows of random scores, side by side; what is beyond their sizes is random too."""
    rng = np.random.default_rng(seed)
    rows, columns = np.max(sizes, 0) + 1
    shape = (rows, LARGEST, LARGEST, len(sizes), columns)
    heights, widths = np.array(sizes).T
    return Lattice(rng.normal(0, 2, shape).astype(np.float32), GAPS, heights, widths)


def ladders(given: Lattice, lane: int, i: int, j: int, state: str) -> Iterator[tuple[float, Steps]]:
    """Every ladder from a node on, with its score: the definition, without any cleverness."""
    rows, columns, gaps = int(given.heights[lane]), int(given.widths[lane]), given.gaps
    if (i, j) == (rows, columns):
        yield 0.0, ()
    for m in range(1, min(LARGEST, rows - i) + 1):
        for n in range(1, min(LARGEST, columns - j) + 1):
            score = float(given.scores[i + m, m - 1, n - 1, lane, j + n])
            for rest, steps in ladders(given, lane, i + m, j + n, "bead"):
                yield score + rest, ((m, n), *steps)
    if i < rows and state != "target":
        score = gaps.more_source if state == "source" else gaps.open_source
        for rest, steps in ladders(given, lane, i + 1, j, "source"):
            yield score + rest, ((1, 0), *steps)
    if j < columns:
        score = gaps.more_target if state == "target" else gaps.open_target
        score += gaps.both if state == "source" else 0.0
        for rest, steps in ladders(given, lane, i, j + 1, "target"):
            yield score + rest, ((0, 1), *steps)


sizes = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=3)


@settings(max_examples=25, deadline=None)
@given(sizes, st.integers(0, 10_000))
def test_the_best_path_is_the_best_of_all_ladders(size: list[tuple[int, int]], seed: int) -> None:
    given = lattice(size, seed)
    for lane, path in enumerate(best_paths(given)):
        _, steps = max(ladders(given, lane, 0, 0, "bead"))
        assert tuple(path) == steps


@settings(max_examples=15, deadline=None)
@given(sizes, st.integers(0, 10_000))
def test_marginals_are_shares_of_all_ladders(size: list[tuple[int, int]], seed: int) -> None:
    given = lattice(size, seed)
    found = marginals(given)
    likely = found.beads()
    for lane, (rows, columns) in enumerate(size):
        every = list(ladders(given, lane, 0, 0, "bead"))
        total = np.logaddexp.reduce([score for score, _ in every])
        beads = np.zeros((given.rows, LARGEST, LARGEST, given.columns))
        alone = [np.zeros(rows), np.zeros(columns)]
        runs = np.zeros(3)
        for score, steps in every:
            share, i, j = np.exp(score - total), 0, 0
            before = (1, 1)
            for m, n in steps:
                if n == 0:
                    alone[0][i] += share
                    runs[0] += share * (before != (1, 0))
                elif m == 0:
                    alone[1][j] += share
                    runs[1] += share * (before != (0, 1))
                    runs[2] += share * (before == (1, 0))
                else:
                    beads[i + m, m - 1, n - 1, j + n] += share
                i, j, before = i + m, j + n, (min(m, 1), min(n, 1))
        np.testing.assert_allclose(likely[:, :, :, lane], beads, atol=1e-5)
        np.testing.assert_allclose(found.source_gaps[lane, :rows], alone[0], atol=1e-5)
        np.testing.assert_allclose(found.target_gaps[lane, :columns], alone[1], atol=1e-5)
        at = np.nonzero(beads)
        some = found.of(lane, np.stack([at[0], at[3]], 1), np.stack([at[1], at[2]], 1) + 1)
        np.testing.assert_allclose(some, beads[at], atol=1e-5)
        opened = (found.opened_source[lane], found.opened_target[lane], found.both[lane])
        np.testing.assert_allclose(opened, runs, atol=1e-5)
        assert found.log_sum[lane] == pytest.approx(total, abs=1e-5)


def test_beads_are_counted_as_their_probabilities_add_up() -> None:
    found = marginals(lattice([(5, 4), (3, 6), (1, 1)], 2))
    single, lone, others = found.counted()
    every = found.beads()
    assert single == pytest.approx(every[:, 0, 0].sum(), rel=1e-5)
    assert others == pytest.approx(every[:, 1:, 1:].sum(), rel=1e-4)
    assert single + lone + others == pytest.approx(every.sum(), rel=1e-5)


def test_a_long_gap_does_not_wear_the_arithmetic_out() -> None:
    size = (2000, 3)
    scores = np.full((size[0] + 1, LARGEST, LARGEST, 1, size[1] + 1), IMPOSSIBLE, np.float32)
    for i, j in ((1, 1), (1999, 2), (2000, 3)):
        scores[i, 0, 0, 0, j] = 40.0
    given = Lattice(scores, GAPS, np.array([size[0]]), np.array([size[1]]))
    (path,) = best_paths(given)
    assert path == [(1, 1), *[(1, 0)] * 1997, (1, 1), (1, 1)]
    assert marginals(given).source_gaps[0, 1:1998] == pytest.approx(1.0, abs=1e-4)


def test_a_window_without_a_way_is_refused() -> None:
    given = lattice([(2, 2)], 1)
    never = Gaps(*[-1e30] * 5)
    scores = np.full_like(given.scores, IMPOSSIBLE)
    with pytest.raises(AlignmentError, match="no way from its first to its last segment"):
        best_paths(Lattice(scores, never, given.heights, given.widths))
