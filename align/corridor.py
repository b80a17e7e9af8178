"""Where to look: a band of nodes around what rare words, numbers and names say.

Words that are rare on both sides vote for pairs of segments; the heaviest chain of votes that
ascends on both sides becomes a row of anchors, and the corridor is the rectangles between them
with a margin. A part that is missing on one side is a tall or wide rectangle, searched in full.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.align.lattice import Floats, Integers
from trilogue.align.lexicon import Table
from trilogue.align.sides import Side

MARGIN: Final = 12
"""Segments on each side of what the anchors say."""
WHOLE: Final = 120_000
"""Cells up to which the whole matrix is searched."""
_COMMON: Final = 12
"""A word in more segments than this does not vote."""
_LARGEST_RECTANGLE: Final = 300_000
_DIAGONAL: Final = 150


@dataclass(frozen=True, slots=True)
class Corridor:
    """Row *i* (before source segment *i*) has the columns ``starts[i]`` up to ``stops[i]``."""

    starts: Integers
    stops: Integers

    def widened(self, rows: Integers, by: int, columns: int) -> "Corridor":
        """The corridor with some rows and their neighbours wider by a number of columns."""
        touched = np.zeros(len(self.starts), bool)
        for row in rows:
            touched[max(row - by, 0) : row + by + 1] = True
        starts = np.where(touched, np.maximum(self.starts - by, 0), self.starts)
        stops = np.where(touched, np.minimum(self.stops + by, columns), self.stops)
        starts = np.minimum.accumulate(starts[::-1])[::-1]
        return Corridor(starts, np.maximum.accumulate(stops))


def whole(rows: int, columns: int) -> Corridor:
    """Every node; rows and columns are segments + 1."""
    return Corridor(np.zeros(rows, np.int64), np.full(rows, columns, np.int64))


def corridor(source: Side, target: Side, tables: list[Table]) -> Corridor:
    """The band between anchors, or the whole matrix if it is small.

    :param tables: what links word types of the two sides, as probabilities or levels.
    """
    rows, columns = len(source) + 1, len(target) + 1
    if rows * columns <= WHOLE:
        return whole(rows, columns)
    votes = _votes(source, target, tables)
    anchors = [(0, 0), *_chain(*_supported(*votes)), (rows - 1, columns - 1)]
    starts, stops = np.full(rows, columns - 1), np.ones(rows, np.int64)
    for (i0, j0), (i1, j1) in zip(anchors, anchors[1:], strict=False):
        span = np.arange(i0, i1 + 1)
        low, high = np.full(len(span), j0), np.full(len(span), j1)
        if (i1 - i0) * (j1 - j0) > _LARGEST_RECTANGLE:
            middle = j0 + (span - i0) * (j1 - j0) // max(i1 - i0, 1)
            low, high = np.maximum(middle - _DIAGONAL, j0), np.minimum(middle + _DIAGONAL, j1)
        starts[span] = np.minimum(starts[span], np.maximum(low - MARGIN, 0))
        stops[span] = np.maximum(stops[span], np.minimum(high + MARGIN + 1, columns))
    starts = np.minimum.accumulate(starts[::-1])[::-1]
    return Corridor(starts, np.maximum.accumulate(stops))


def _votes(source: Side, target: Side, tables: list[Table]) -> tuple[Integers, Integers, Floats]:
    """Pairs of segments that share rare words, with the weight of what they share."""
    there, here = _postings(source), _postings(target)
    found: dict[tuple[int, int], float] = {}
    for table in tables:
        strongest = float(table.probabilities.max(initial=0.0))
        for row in range(len(table.offsets) - 1):
            in_source = there.get(row)
            if in_source is None:
                continue
            columns, values = table.row(row)
            for column, value in zip(columns.tolist(), values.tolist(), strict=True):
                in_target = here.get(column)
                if in_target is None or value < 0.1 * strongest:
                    continue
                weight = value / strongest / (len(in_source) * len(in_target)) ** 0.5
                for i in in_source:
                    for j in in_target:
                        found[i, j] = found.get((i, j), 0.0) + weight
    pairs = np.array(sorted(found), np.int64).reshape(-1, 2)
    weights = np.array([found[i, j] for i, j in pairs.tolist()], np.float32)
    return pairs[:, 0], pairs[:, 1], weights


def _postings(side: Side) -> dict[int, list[int]]:
    """Rare word type → the segments that it is in."""
    counts = np.bincount(side.words, minlength=len(side.types))
    rare = np.flatnonzero(counts <= _COMMON)
    found: dict[int, list[int]] = {number: [] for number in rare.tolist()}
    segments = np.repeat(np.arange(len(side)), np.diff(side.offsets))
    for word, segment in zip(side.words.tolist(), segments.tolist(), strict=True):
        places = found.get(word)
        if places is not None and (not places or places[-1] != segment):
            places.append(segment)
    return found


def _supported(
    rows: Integers, columns: Integers, weights: Floats, *, cell: int = 8
) -> tuple[Integers, Integers, Floats]:
    """The votes that others nearby support, each with its neighbourhood's weight."""
    if not len(rows):
        return rows, columns, weights
    total = np.zeros(len(rows))
    width = int(columns.max()) // cell + 4
    # Two grids, shifted by half a cell: a neighbour is in one cell with us in one of them.
    for shift in (0, cell // 2):
        cells = ((rows + shift) // cell) * width + (columns + shift) // cell
        _, place = np.unique(cells, return_inverse=True)
        total += np.bincount(place, weights)[place]
    kept = total > np.maximum(2.5 * weights, 0.7)
    return rows[kept], columns[kept], total[kept].astype(np.float32)


def _chain(rows: Integers, columns: Integers, weights: Floats) -> list[tuple[int, int]]:
    """The heaviest sequence of pairs that ascends strictly on both sides."""
    order = np.lexsort((-columns, rows))
    # Frontier of ends of chains: columns ascending, values ascending; equal rows come with
    # descending columns, so that no two of one row chain.
    ends: list[int] = []
    best: list[float] = []
    last: list[int] = []
    previous = np.full(len(rows), -1, np.int64)
    for k in order.tolist():
        column = int(columns[k])
        at = bisect_left(ends, column)
        value = float(weights[k]) + (best[at - 1] if at else 0.0)
        previous[k] = last[at - 1] if at else -1
        stop = at
        while stop < len(ends) and best[stop] <= value:
            stop += 1
        if at < stop or at == len(ends) or ends[at] != column:
            ends[at:stop], best[at:stop], last[at:stop] = [column], [value], [k]
    chain = []
    k = last[-1] if last else -1
    while k >= 0:
        chain.append((int(rows[k]), int(columns[k])))
        k = int(previous[k])
    return chain[::-1]
