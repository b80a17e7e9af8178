"""Windows cover both texts, and the path through them is that of the whole matrix."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trilogue.align import windows as cutting
from trilogue.align.dynamic import best_paths
from trilogue.align.islands import without_islands
from trilogue.align.lattice import Floats, Gaps, Lattice, Window, empty_scores, place
from trilogue.align.windows import batches, searched, windows
from trilogue.corpora.types import Bead

GAPS = Gaps(-4, -2, -4, -2, -1)


class Text:
    """Two texts of which every third segment or so has a counterpart of its own, somewhere."""

    def __init__(self, seed: int, *, length: int = 150) -> None:
        rng = np.random.default_rng(seed)
        self.scores = rng.normal(-4, 2, (length, 4, 4, length)).astype(np.float32)
        i = j = 0
        self.true: list[tuple[int, int]] = []
        while i < length and j < length:
            self.true.append((i, j))
            self.scores[i, 0, 0, j] = rng.normal(6, 2)
            i, j = i + int(rng.choice([1, 1, 2])), j + int(rng.choice([1, 1, 2]))
        self.length = length

    def solve(self, given: Sequence[Window]) -> list[list[Bead]]:
        found: list[list[Bead]] = [[] for _ in given]
        for batch in batches(given):
            chosen = [given[k] for k in batch]
            scores = empty_scores(chosen)
            for lane, window in enumerate(chosen):
                place(self.part(window), scores, lane)
            heights = np.array([len(window.rows) for window in chosen])
            widths = np.array([len(window.columns) for window in chosen])
            for k, steps in zip(
                batch, best_paths(Lattice(scores, GAPS, heights, widths)), strict=True
            ):
                i, j = given[k].top, given[k].left
                for m, n in steps:
                    found[k].append(Bead(tuple(range(i, i + m)), tuple(range(j, j + n))))
                    i, j = i + m, j + n
        return found

    def part(self, window: Window) -> Floats:
        return self.scores[window.top : window.bottom, :, :, window.left : window.right]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_windows_find_the_ladder_of_the_whole_matrix(seed: int, wrong: int) -> None:
    text = Text(seed)
    rng = np.random.default_rng(seed)
    anchors = [(i, j) for i, j in text.true if rng.random() < 0.3]
    for _ in range(wrong):
        # A cut where no bead begins, as a chance agreement would make it.
        k = int(rng.integers(1, len(anchors) - 1))
        anchors[k] = (anchors[k - 1][0] + 1, anchors[k + 1][1] - 1)
    anchors = [a for a, b in zip(anchors, anchors[1:], strict=False) if a[0] < b[0] and a[1] < b[1]]
    (whole,) = text.solve([Window(0, text.length, 0, text.length)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "WHOLE", 0)
        cut = windows(anchors, text.length, text.length)
    assert len(cut) > 2
    assert searched(cut, text.solve) == whole


def test_neighbours_that_do_not_meet_become_one_window() -> None:
    text = Text(3)
    solved: list[Window] = []

    def solve(given: Sequence[Window]) -> list[list[Bead]]:
        solved.extend(given)
        return text.solve(given)

    # Cuts far off the diagonal: no path passes them.
    ends = [(0, 0), (30, 100), (40, 110), (50, 120), (150, 150)]
    cut = [Window(a[0], b[0], a[1], b[1]) for a, b in zip(ends, ends[2:], strict=False)]
    (whole,) = text.solve([Window(0, 150, 0, 150)])
    assert searched(cut, solve) == whole
    assert Window(0, 150, 0, 150) in solved


def test_what_is_too_large_to_become_one_is_left_alone_between() -> None:
    text = Text(3)
    one, other = Window(0, 40, 0, 40), Window(30, 150, 60, 150)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "LARGEST_WINDOW", 100)
        found = searched([one, other], text.solve)
    assert sorted(i for bead in found for i in bead.source) == list(range(150))
    assert sorted(j for bead in found for j in bead.target) == list(range(150))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40_000), st.integers(1, 40_000))
def test_windows_overlap_and_reach_from_end_to_end(seed: int, rows: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    count = min(rows, columns) // 3
    anchors = list(
        zip(
            sorted(rng.choice(rows, count, replace=False).tolist()),
            sorted(rng.choice(columns, count, replace=False).tolist()),
            strict=True,
        )
    )
    cut = windows(anchors, rows, columns)
    assert (cut[0].top, cut[0].left) == (0, 0)
    assert (cut[-1].bottom, cut[-1].right) == (rows, columns)
    for one, other in zip(cut, cut[1:], strict=False):
        assert one.top <= other.top <= one.bottom <= other.bottom
        assert one.left <= other.left <= one.right <= other.right
    assert max(window.area for window in cut) <= max(cutting.LARGEST_WINDOW, cutting.WHOLE)
    assert sorted(k for batch in batches(cut) for k in batch) == list(range(len(cut)))


def sea(size: int, at: int) -> list[Bead]:
    """Segments alone from ``at`` on, on both sides."""
    alone = range(at, at + size)
    return [Bead((i,), (), 0.0, 1.0) for i in alone] + [Bead((), (j,), 0.0, 1.0) for j in alone]


@pytest.mark.parametrize(("probability", "stands"), [(0.9, False), (0.999999, True)])
def test_an_island_stands_if_its_odds_outweigh_its_places(probability: float, stands: bool) -> None:
    ladder = [*sea(400, 0), Bead((400,), (400,), 0.1, probability), *sea(400, 401)]
    found = without_islands(ladder)
    assert (Bead((400,), (400,), 0.1, probability) in found) is stands
    assert sorted(i for bead in found for i in bead.source) == list(range(801))
    assert sorted(j for bead in found for j in bead.target) == list(range(801))


def test_a_doubtful_bead_among_others_is_no_island() -> None:
    ladder = [
        *[Bead((i,), (i,), 0.1, 0.9) for i in range(40)],
        *sea(6, 40),
        Bead((46,), (46,), 1, 0.6),
    ]
    assert without_islands(ladder) == ladder
