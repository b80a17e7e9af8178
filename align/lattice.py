"""The lattices that the search runs over: windows of two texts, with a score for each bead.

Node (i, j) of a window stands before its source segment i and its target segment j. Windows of
like size lie side by side in one array, so that a step of the search is a row of all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

LARGEST: Final = 4
"""Segments a side that one bead may hold."""
IMPOSSIBLE: Final = np.float32(-1e30)

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Source segments ``[top, bottom)`` and target segments ``[left, right)``.

    Ladders of a window go from its first node to its last.
    """

    top: int
    bottom: int
    left: int
    right: int

    @property
    def rows(self) -> range:
        """Source segments."""
        return range(self.top, self.bottom)

    @property
    def columns(self) -> range:
        """Target segments."""
        return range(self.left, self.right)

    @property
    def area(self) -> int:
        """Nodes."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Scores of segments left alone: a run's first and each further one.

    :ivar both: score of a target run after a source run, on top of ``open_target``.
    """

    open_source: float
    more_source: float
    open_target: float
    more_target: float
    both: float

    @classmethod
    def of(cls, scores: Doubles) -> Self:
        """Gaps from scores in the order of the fields."""
        return cls(*(float(score) for score in scores))


@dataclass(frozen=True, slots=True)
class Lattice:
    """Scores of beads in some windows, and of gaps.

    :ivar scores: ``scores[i, m, n, w, j]`` is the score of the bead of m + 1 source and n + 1
        target segments of window w that *ends* at node (i, j); hopelessly low where there is none.
    :ivar heights: source segments of each window; ``widths`` target segments. What a window has
        beyond them is padding.
    """

    scores: Floats
    gaps: Gaps
    heights: Integers
    widths: Integers

    @property
    def rows(self) -> int:
        """Rows of nodes."""
        return int(self.scores.shape[0])

    @property
    def lanes(self) -> int:
        """Windows."""
        return int(self.scores.shape[3])

    @property
    def columns(self) -> int:
        """Columns of nodes."""
        return int(self.scores.shape[4])

    def ends(self, i: int) -> tuple[Integers, Integers]:
        """Which windows end in row ``i``, and in which column."""
        lanes = np.flatnonzero(self.heights == i)
        return lanes, self.widths[lanes]


def empty_scores(windows: Sequence[Window]) -> Floats:
    """Scores for some windows in which no bead is possible yet."""
    rows = 1 + max(len(window.rows) for window in windows)
    columns = 1 + max(len(window.columns) for window in windows)
    shape = (rows, LARGEST, LARGEST, len(windows), columns)
    return np.full(shape, IMPOSSIBLE, np.float32)


def place(begun: Floats, scores: Floats, lane: int) -> None:
    """Move scores of beads by their first segments to the nodes that they end at.

    :param begun: shape (source segments, LARGEST, LARGEST, target segments).
    """
    height, width = begun.shape[0], begun.shape[3]
    for m in range(1, min(LARGEST, height) + 1):
        for n in range(1, min(LARGEST, width) + 1):
            part = begun[: height + 1 - m, m - 1, n - 1, : width + 1 - n]
            scores[m : height + 1, m - 1, n - 1, lane, n : width + 1] = part


def taken(ended: Floats, lane: int, height: int, width: int) -> Floats:
    """The reverse of :func:`place`: what stands at beads' ends, by their first segments."""
    begun = np.zeros((height, LARGEST, LARGEST, width), np.float32)
    for m in range(1, min(LARGEST, height) + 1):
        for n in range(1, min(LARGEST, width) + 1):
            part = ended[m : height + 1, m - 1, n - 1, lane, n : width + 1]
            begun[: height + 1 - m, m - 1, n - 1, : width + 1 - n] = part
    return begun
