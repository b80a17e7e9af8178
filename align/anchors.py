"""Where two texts touch: pairs of segments that share what is rare, in one ascending chain.

Words that are rare on both sides vote for pairs of segments; votes that others nearby support
stay, and the heaviest chain of them that ascends on both sides tells where to cut the texts into
windows. An anchor is a guess: windows overlap, and the search passes over a wrong one.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import numpy as np

from trilogue.align.lattice import Floats, Integers
from trilogue.align.lexicon import Table
from trilogue.align.sides import Side

_COMMON: Final = 12
"""A word in more segments than this does not vote."""
_PLACES: Final = 36
"""Pairs of segments that two words may vote for."""
_CELL: Final = 8
"""Segments a side within which votes support each other."""

_NEARLY: Final = 0.7

Votes = tuple[Integers, Integers, Floats]
"""Source segments, target segments, weights."""


def anchors(
    source: Side, target: Side, tables: Sequence[tuple[Table, float]]
) -> list[tuple[int, int]]:
    """Pairs of segments that correspond, most likely; ascending on both sides.

    :param tables: what links word types of the two sides, and from which value on.
    """
    postings = _postings(source), _postings(target)
    votes = [_votes(table, least, *postings) for table, least in tables]
    rows, columns, weights = (np.concatenate(part) for part in zip(*votes, strict=True))
    return _chain(*_supported(*_summed(rows, columns, weights, len(target))))


def _postings(side: Side) -> tuple[Integers, Integers]:
    """Segments of each rare word type: offsets by type, segments."""
    segments = np.repeat(np.arange(len(side)), np.diff(side.offsets))
    places = np.unique(side.words * max(len(side), 1) + segments)
    types, segments = np.divmod(places, max(len(side), 1))
    counts = np.bincount(types, minlength=len(side.types))
    rare = counts[types] <= _COMMON
    kept = np.bincount(types[rare], minlength=len(side.types))
    return np.concatenate([[0], np.cumsum(kept)]), segments[rare]


def _votes(
    table: Table, least: float, there: tuple[Integers, Integers], here: tuple[Integers, Integers]
) -> Votes:
    """What the entries of a table vote for, one vote for each pair of segments with the words."""
    types = np.repeat(np.arange(len(table.offsets) - 1), np.diff(table.offsets))
    in_source = np.diff(there[0])[types]
    in_target = np.diff(here[0])[table.columns]
    places = in_source * in_target
    kept = np.flatnonzero((table.probabilities >= least) & (places > 0) & (places <= _PLACES))
    places, width = places[kept], in_target[kept]
    entry = np.repeat(np.arange(len(kept)), places)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(places) - places, places)
    first, second = np.divmod(within, width[entry])
    rows = there[1][there[0][types[kept]][entry] + first]
    columns = here[1][here[0][table.columns[kept]][entry] + second]
    strongest = float(table.probabilities.max(initial=1.0))
    weights = table.probabilities[kept] / strongest / np.sqrt(places)
    return rows, columns, weights[entry].astype(np.float32)


def _summed(rows: Integers, columns: Integers, weights: Floats, width: int) -> Votes:
    """Votes for the same pair of segments as one."""
    keys, place = np.unique(rows * max(width, 1) + columns, return_inverse=True)
    pairs = np.divmod(keys, max(width, 1))
    return pairs[0], pairs[1], np.bincount(place, weights, len(keys)).astype(np.float32)


def _supported(rows: Integers, columns: Integers, weights: Floats) -> Votes:
    """The votes that others nearby support, each with its neighbourhood's weight."""
    if not len(rows):
        return rows, columns, weights
    total = np.zeros(len(rows))
    width = int(columns.max()) // _CELL + 4
    # Two grids, shifted by half a cell: a neighbour is in one cell with us in one of them.
    for shift in (0, _CELL // 2):
        cells = ((rows + shift) // _CELL) * width + (columns + shift) // _CELL
        _, place = np.unique(cells, return_inverse=True)
        total += np.bincount(place, weights)[place]
    kept = total > np.maximum(2.5 * weights, 0.7)
    # Of a segment's votes only those that are nearly its best: the chain takes one of them.
    for side in (rows, columns):
        best = np.zeros(int(side.max()) + 1)
        np.maximum.at(best, side[kept], total[kept])
        kept &= total >= _NEARLY * best[side]
    return rows[kept], columns[kept], total[kept].astype(np.float32)


def _chain(rows: Integers, columns: Integers, weights: Floats) -> list[tuple[int, int]]:
    """The heaviest sequence of pairs that ascends strictly on both sides."""
    order = np.lexsort((-columns, rows))
    at_columns, values_of = columns[order].tolist(), weights[order].tolist()
    # Frontier of ends of chains: columns ascending, values ascending; equal rows come with
    # descending columns, so that no two of one row chain.
    ends: list[int] = []
    best: list[float] = []
    last: list[int] = []
    previous = [-1] * len(order)
    for k, column in enumerate(at_columns):
        at = bisect_left(ends, column)
        value = values_of[k] + (best[at - 1] if at else 0.0)
        previous[k] = last[at - 1] if at else -1
        stop = at
        while stop < len(ends) and best[stop] <= value:
            stop += 1
        if at < stop or at == len(ends) or ends[at] != column:
            ends[at:stop], best[at:stop], last[at:stop] = [column], [value], [k]
    chain = []
    k = last[-1] if last else -1
    while k >= 0:
        chain.append((int(rows[order[k]]), at_columns[k]))
        k = previous[k]
    return chain[::-1]
