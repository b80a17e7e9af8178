"""Exact dynamic programming over lattices: values of nodes, and the best ladders.

Three states: after a bead, in a run of source segments left alone, in a run of target segments
left alone (which may follow a source run, not the other way: each ladder is one path). A step is
a row of all windows, in numpy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.align.lattice import LARGEST, Doubles, Floats, Integers, Lattice
from trilogue.corpora.errors import AlignmentError

NEVER: Final = -1e30
BEAD, SOURCE, TARGET, ANY = range(4)
Steps = list[tuple[int, int]]
Join = Callable[[Doubles, Doubles], Doubles]


@dataclass(frozen=True, slots=True)
class Values:
    """Values of all ladders up to each node, by the state that they are in there; and in any.

    Shapes are (rows, lanes, LARGEST + columns): columns have a margin of −∞ before them, so that
    a shifted row is a slice.
    """

    bead: Doubles
    source: Doubles
    target: Doubles
    any: Doubles

    def row(self, state: int, i: int) -> Doubles:
        """The values of a row in a state; a view."""
        rows = (self.bead, self.source, self.target, self.any)[state]
        return rows[i, :, LARGEST:]


def forward(lattice: Lattice, *, best: bool) -> Values:
    """Value of each node, from the first row on.

    :param best: the value of the best ladder, instead of the log of the sum over ladders.
    """
    shape = (lattice.rows, lattice.lanes, LARGEST + lattice.columns)
    values = Values(*(np.full(shape, NEVER) for _ in range(4)))
    join: Join = np.maximum if best else either
    along: np.ufunc = np.maximum if best else np.logaddexp
    gaps = lattice.gaps
    run = gaps.more_target * np.arange(lattice.columns)
    for i in range(lattice.rows):
        bead, source = values.row(BEAD, i), values.row(SOURCE, i)
        if i:
            bead[:] = _beads_into(lattice, values, i, best=best)
            opened = values.row(BEAD, i - 1) + gaps.open_source
            source[:] = join(opened, values.row(SOURCE, i - 1) + gaps.more_source)
        else:
            bead[:, 0] = 0.0
        before = join(values.bead[i], values.source[i] + gaps.both)[:, LARGEST - 1 : -1]
        entry = before + (gaps.open_target - run)
        values.row(TARGET, i)[:] = along.accumulate(entry, axis=1) + run
        values.row(ANY, i)[:] = join(join(bead, source), values.row(TARGET, i))
    return values


def _beads_into(lattice: Lattice, values: Values, i: int, *, best: bool) -> Doubles:
    """Value of the beads that end in row ``i``."""
    most = min(i, LARGEST)
    if not most:
        return np.full((lattice.lanes, lattice.columns), NEVER)
    level, before = relative(values.any[i - most : i][::-1])
    options = np.empty((most, LARGEST, lattice.lanes, lattice.columns), np.float32)
    for n in range(1, LARGEST + 1):
        shifted = before[:, :, LARGEST - n : LARGEST - n + lattice.columns]
        np.add(shifted, lattice.scores[i, :most, n - 1], out=options[:, n - 1])
    return joined(options, level, best=best)


def relative(rows: Doubles) -> tuple[Doubles, Floats]:
    """Values of some rows less each lane's largest, which is exact enough in half the memory.

    :returns: the largest by lane, shape (lanes, 1), and the rows.
    """
    level = rows.max((0, 2))[:, None]
    return level, (rows - level).astype(np.float32)


def joined(options: Floats, level: Doubles, *, best: bool) -> Doubles:
    """The largest, or the log sum, over all options of a node; ``level`` is added."""
    flat = options.reshape(-1, *options.shape[2:])
    value = flat.max(0)
    if not best:
        flat -= value
        value += np.log(np.exp(flat, out=flat).sum(0))
    return np.asarray(np.maximum(value + level, NEVER))


def either(one: Doubles, other: Doubles) -> Doubles:
    """log(exp + exp) like ``np.logaddexp``, three times as fast."""
    top = np.maximum(one, other)
    rest = np.minimum(one, other)
    rest -= top
    small = rest.astype(np.float32)
    np.exp(small, out=small)
    small += 1
    np.log(small, out=small)
    top += small
    return np.asarray(top)


def end_values(lattice: Lattice, values: Values) -> Doubles:
    """Value of the last node of each window.

    :raises AlignmentError: if there is no way to one.
    """
    lanes = np.arange(lattice.lanes)
    found = values.any[lattice.heights, lanes, LARGEST + lattice.widths]
    if (found <= NEVER / 2).any():
        raise AlignmentError("a window has no way from its first to its last segment")
    return np.asarray(found)


def best_paths(lattice: Lattice) -> list[Steps]:
    """The best ladder of each window as steps (m, n) from its first segment on.

    :returns: steps: m source and n target segments; (1, 0) and (0, 1) leave one alone.
    """
    values = forward(lattice, best=True)
    end_values(lattice, values)
    at = np.stack([lattice.heights, lattice.widths, np.full(lattice.lanes, ANY)], 1)
    paths: list[Steps] = [[] for _ in range(lattice.lanes)]
    going = np.flatnonzero(at[:, :2].any(1))
    while len(going):
        here = _settled(values, going, at[going])
        steps = np.zeros((len(going), 3), np.int64)
        for state, back in (
            (BEAD, _before_bead),
            (SOURCE, _before_source),
            (TARGET, _before_target),
        ):
            chosen = here[:, 2] == state
            if chosen.any():
                steps[chosen] = back(lattice, values, going[chosen], here[chosen])
        for lane, (m, n, _) in zip(going.tolist(), steps.tolist(), strict=True):
            paths[lane].append((m, n))
        at[going, :2] -= steps[:, :2]
        at[going, 2] = steps[:, 2]
        going = going[at[going, :2].any(1)]
    return [path[::-1] for path in paths]


def _settled(values: Values, lanes: Integers, at: Integers) -> Integers:
    """Places with the state that is best there where any will do."""
    i, j, state = at.T
    options = [rows[i, lanes, LARGEST + j] for rows in (values.bead, values.source, values.target)]
    return np.stack([i, j, np.where(state == ANY, np.argmax(options, 0), state)], 1)


def _before_bead(lattice: Lattice, values: Values, lanes: Integers, at: Integers) -> Integers:
    """The best bead that ends at each place: its sides, and the state before it."""
    sizes = np.arange(LARGEST)
    i, j = at[:, 0, None, None], at[:, 1, None, None]
    rows, columns = i - 1 - sizes[None, :, None], LARGEST + j - 1 - sizes[None, None, :]
    lane = lanes[:, None, None]
    before = np.where(rows >= 0, values.any[np.maximum(rows, 0), lane, columns], NEVER)
    m, n = sizes[None, :, None], sizes[None, None, :]
    value = before + lattice.scores[i, m, n, lane, j]
    m, n = np.divmod(value.reshape(len(lanes), -1).argmax(1), LARGEST)
    return np.stack([m + 1, n + 1, np.full(len(lanes), ANY)], 1)


def _before_source(lattice: Lattice, values: Values, lanes: Integers, at: Integers) -> Integers:
    i, j = at[:, 0] - 1, LARGEST + at[:, 1]
    opened = values.bead[i, lanes, j] + lattice.gaps.open_source
    run = values.source[i, lanes, j] + lattice.gaps.more_source
    state = np.where(run > opened, SOURCE, BEAD)
    return np.stack([np.ones_like(i), np.zeros_like(i), state], 1)


def _before_target(lattice: Lattice, values: Values, lanes: Integers, at: Integers) -> Integers:
    i, j, gaps = at[:, 0], LARGEST + at[:, 1] - 1, lattice.gaps
    options = [
        values.bead[i, lanes, j] + gaps.open_target,
        values.source[i, lanes, j] + gaps.open_target + gaps.both,
        values.target[i, lanes, j] + gaps.more_target,
    ]
    return np.stack([np.zeros_like(i), np.ones_like(i), np.argmax(options, 0)], 1)
