"""The lattice of beads that the search runs over: a band of nodes, a score for each bead.

Node (i, j) stands before source segment i and target segment j. Row i of the band holds the nodes
with j in [starts[i], starts[i] + width of the row). ``scores[i][m, n, w]`` is the score of the
bead of m + 1 source and n + 1 target segments that *ends* at node (i, starts[i] + w); hopelessly
low where there is none.
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
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Scores of segments left alone: a run's first and each further one.

    :ivar both: score of a target run after a source run, on top of ``open_target``.
    :ivar source: a score for each source segment on top of these, ``target`` for each target one.
    """

    open_source: float
    more_source: float
    open_target: float
    more_target: float
    both: float
    source: Floats
    target: Floats

    @classmethod
    def of(cls, scores: Sequence[float], rows: int, columns: int) -> Self:
        """Gaps whose every segment scores alike, from the scores in the order of the fields."""
        first, more, opened, further, both = (float(score) for score in scores)
        alone = np.zeros(rows, np.float32), np.zeros(columns, np.float32)
        return cls(first, more, opened, further, both, *alone)


@dataclass(frozen=True, slots=True)
class Lattice:
    """Scores of beads in a band, and of gaps.

    :ivar starts: first column of each row, ascending; there is one row more than source segments.
    :ivar scores: a row's shape is (LARGEST, LARGEST, width of the row).
    :ivar columns: target segments + 1.
    """

    starts: list[int]
    scores: list[Floats]
    gaps: Gaps
    columns: int

    @property
    def rows(self) -> int:
        """Source segments + 1."""
        return len(self.starts)

    def width(self, i: int) -> int:
        """Nodes in a row."""
        return int(self.scores[i].shape[2])
