"""Exact dynamic programming over the lattice: values of nodes, and the best ladder.

Three states: after a bead, in a run of source segments left alone, in a run of target segments
left alone (which may follow a source run, not the other way: each ladder is one path). A step is
a row of the band, in numpy.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from trilogue.align.lattice import LARGEST, Lattice
from trilogue.corpora.errors import AlignmentError

Doubles = npt.NDArray[np.float64]
NEVER: Final = -1e30


class Band:
    """A value for each node, with margins of −∞, so that a shifted row is a slice."""

    def __init__(self, lattice: Lattice) -> None:
        self.starts = lattice.starts
        self.widths = [lattice.width(i) for i in range(lattice.rows)]
        self.values = [np.full(width + 2 * LARGEST, NEVER) for width in self.widths]

    def row(self, i: int) -> Doubles:
        """The values of row ``i``; a view."""
        return self.values[i][LARGEST:-LARGEST]

    def shifted(self, i: int, like: int, by: int) -> Doubles:
        """Values of row ``i`` at the columns of row ``like``, ``by`` further right."""
        begin = self.starts[like] - self.starts[i] + by + LARGEST
        return cut(self.values[i], begin, self.widths[like])

    def windows(self, i: int, like: int) -> Doubles:
        """Row ``i`` at the columns of row ``like``, 1 … LARGEST further left: a row each."""
        begin = self.starts[like] - self.starts[i] - 1 + LARGEST
        full, width = self.values[i], self.widths[like]
        if begin >= LARGEST - 1 and begin + width <= len(full):
            step = full.strides[0]
            return as_strided(full[begin:], (LARGEST, width), (-step, step))
        return np.stack([cut(full, begin - n, width) for n in range(LARGEST)])


def cut(full: Doubles, begin: int, width: int) -> Doubles:
    """``full[begin:begin + width]``, −∞ where that is outside."""
    if 0 <= begin and begin + width <= len(full):
        return full[begin : begin + width]
    out = np.full(width, NEVER)
    low, high = max(begin, 0), min(begin + width, len(full))
    if low < high:
        out[low - begin : high - begin] = full[low:high]
    return out


def log_sum(values: Doubles) -> Doubles:
    """log Σ exp over the first axis."""
    top = values.max(0)
    return np.asarray(top + np.log(np.exp(values - top).sum(0)))


@dataclass(frozen=True, slots=True)
class Values:
    """Values of all ladders up to each node, by the state that they are in there; and in any."""

    bead: Band
    source: Band
    target: Band
    any: Band


def target_steps(lattice: Lattice) -> Doubles:
    """Score of leaving alone the target segment before each column, beyond the run's; padded."""
    inner = lattice.gaps.target.astype(np.float64)
    return np.concatenate(
        [[0.0], inner, np.zeros(max(map(len, (r[0, 0] for r in lattice.scores))) + 1)]
    )


def forward(lattice: Lattice, *, best: bool) -> Values:
    """Value of each node, from the first row on.

    :param best: the value of the best ladder, instead of the log of the sum over ladders.
    """
    values = Values(*(Band(lattice) for _ in range(4)))
    join = np.maximum if best else np.logaddexp
    accumulate = join.accumulate
    gaps, steps = lattice.gaps, target_steps(lattice)
    for i, start in enumerate(lattice.starts):
        bead, source, width = values.bead.row(i), values.source.row(i), lattice.width(i)
        if i == 0:
            bead[-start] = 0.0
        else:
            options = np.empty((min(i, LARGEST), LARGEST, width))
            for m in range(1, len(options) + 1):
                np.add(values.any.windows(i - m, i), lattice.scores[i][m - 1], out=options[m - 1])
            flat = options.reshape(-1, width)
            bead[:] = flat.max(0) if best else log_sum(flat)
            step = float(gaps.source[i - 1])
            source[:] = join(
                values.bead.shifted(i - 1, i, 0) + (gaps.open_source + step),
                values.source.shifted(i - 1, i, 0) + (gaps.more_source + step),
            )
        total = np.cumsum(steps[start : start + width] + gaps.more_target)
        after_source = values.source.shifted(i, i, -1) + gaps.both
        before = join(values.bead.shifted(i, i, -1), after_source)
        entry = before + steps[start : start + width] + (gaps.open_target - total)
        values.target.row(i)[:] = accumulate(entry) + total
        values.any.row(i)[:] = join(join(bead, source), values.target.row(i))
        for band in (values.bead, values.source, values.target, values.any):
            row = band.row(i)
            row[max(lattice.columns - start, 0) :] = NEVER
            np.maximum(row, NEVER, out=row)
    return values


def end_value(lattice: Lattice, values: Values) -> float:
    """Value of the last node.

    :raises AlignmentError: if the corridor does not reach it.
    """
    last = lattice.columns - 1 - lattice.starts[-1]
    reached = 0 <= last < lattice.width(lattice.rows - 1)
    value = float(values.any.row(lattice.rows - 1)[last]) if reached else NEVER
    if value <= NEVER / 2:
        raise AlignmentError("the corridor has no way from the first to the last segment")
    return value


def best_path(lattice: Lattice) -> tuple[list[tuple[int, int]], float]:
    """The best ladder as steps (m, n) from the first segment on, and its score.

    :returns: steps: m source and n target segments; (1, 0) and (0, 1) leave one alone.
    """
    values = forward(lattice, best=True)
    score = end_value(lattice, values)
    starts = lattice.starts
    i, j = lattice.rows - 1, lattice.columns - 1
    state, path = "any", []
    while (i, j) != (0, 0):
        if state == "any":
            here = [
                float(band.row(i)[j - starts[i]])
                for band in (values.bead, values.source, values.target)
            ]
            state = ("bead", "source", "target")[here.index(max(here))]
        m, n, state = _step_back(lattice, values, i, j, state)
        path.append((m, n))
        i, j = i - m, j - n
    return path[::-1], score


def _step_back(
    lattice: Lattice, values: Values, i: int, j: int, state: str
) -> tuple[int, int, str]:
    """The last step of the best ladder to a node in a state, and the state before it."""
    gaps, starts = lattice.gaps, values.bead.starts

    def at(band: Band, row: int, column: int) -> float:
        inside = 0 <= row and 0 <= column - starts[row] < band.widths[row]
        return float(band.row(row)[column - starts[row]]) if inside else NEVER

    if state == "source":
        run = at(values.source, i - 1, j) + gaps.more_source
        return 1, 0, "source" if run > at(values.bead, i - 1, j) + gaps.open_source else "bead"
    if state == "target":
        options = {
            "bead": at(values.bead, i, j - 1) + gaps.open_target,
            "source": at(values.source, i, j - 1) + gaps.open_target + gaps.both,
            "target": at(values.target, i, j - 1) + gaps.more_target,
        }
        return 0, 1, max(options, key=options.__getitem__)
    scores = lattice.scores[i][:, :, j - starts[i]]
    beads = [
        (at(values.any, i - m, j - n) + float(scores[m - 1, n - 1]), m, n)
        for m in range(1, LARGEST + 1)
        for n in range(1, LARGEST + 1)
    ]
    _, m, n = max(beads)
    return m, n, "any"
