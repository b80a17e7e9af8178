"""Forward–backward over the lattice: the probability of each bead and of each gap."""

from dataclasses import dataclass

import numpy as np

from trilogue.align.dynamic import (
    NEVER,
    Band,
    Doubles,
    Values,
    cut,
    end_value,
    forward,
    log_sum,
    target_steps,
)
from trilogue.align.lattice import LARGEST, Floats, Lattice


@dataclass(frozen=True, slots=True)
class Marginals:
    """What forward–backward finds.

    :ivar beads: probability of each bead, laid out as ``Lattice.scores``.
    :ivar source_gaps: probability that each source segment is left alone; ``target_gaps`` likewise.
    :ivar opened_source: expected number of runs of source segments left alone; ``opened_target``.
    :ivar both: expected number of target runs that follow a source run.
    :ivar log_sum: logarithm of the sum over all ladders.
    """

    beads: list[Floats]
    source_gaps: Doubles
    target_gaps: Doubles
    opened_source: float
    opened_target: float
    both: float
    log_sum: float


def marginals(lattice: Lattice) -> Marginals:
    """Probabilities of all beads of the lattice.

    :raises AlignmentError: if no ladder fits into it.
    """
    return _Backward(lattice, forward(lattice, best=False)).run()


class _Backward:
    """One sweep from the last row to the first, which also reads the probabilities off."""

    def __init__(self, lattice: Lattice, values: Values) -> None:
        self.lattice, self.values = lattice, values
        self.total = end_value(lattice, values)
        self.bead, self.source, self.target = (Band(lattice) for _ in range(3))
        self.starts = lattice.starts
        self.steps = target_steps(lattice)
        self.beads = [np.zeros_like(row) for row in lattice.scores]
        self.source_gaps = np.zeros(lattice.rows - 1)
        self.target_gaps = np.zeros(len(self.steps))
        self.opened = [0.0, 0.0, 0.0]
        # Score of each bead that ends in a row plus what follows it, for the four rows above.
        self.onward: dict[int, Doubles] = {}

    def run(self) -> Marginals:
        for i in range(self.lattice.rows - 1, -1, -1):
            go = self._beads_from(i)
            leave, stay = self._target_run(i, go)
            self._source_run(i, go, leave)
            self._read(i, leave, stay)
            self.onward.pop(i + LARGEST, None)
        return Marginals(
            self.beads,
            self.source_gaps,
            self.target_gaps[: self.lattice.columns - 1],
            self.opened[0],
            self.opened[1],
            self.opened[2],
            self.total,
        )

    def _beads_from(self, i: int) -> Doubles:
        """Log sum over the beads that start in row ``i``, by column."""
        lattice, width = self.lattice, self.lattice.width(i)
        options = np.full((LARGEST * LARGEST, width), NEVER)
        for m in range(1, LARGEST + 1):
            if i + m >= lattice.rows:
                break
            begin = self.starts[i] - self.starts[i + m]
            for n in range(1, LARGEST + 1):
                row = self.onward[i + m][m - 1, n - 1]
                options[(m - 1) * LARGEST + n - 1] = cut(row, begin + n, width)
        go = log_sum(options)
        if i == lattice.rows - 1:
            go[lattice.columns - 1 - self.starts[i]] = 0.0
        return go

    def _target_run(self, i: int, go: Doubles) -> tuple[Doubles, Doubles]:
        """Values of leaving alone the target segment after each column: as first, as further."""
        start, width, gaps = self.starts[i], self.lattice.width(i), self.lattice.gaps
        step = self.steps[start + 1 : start + 1 + width]
        total = np.concatenate([[0.0], np.cumsum(step + gaps.more_target)[:-1]])
        run = np.logaddexp.accumulate((go + total)[::-1])[::-1] - total
        self.target.row(i)[:] = self._inside(i, run)
        after = self.target.shifted(i, i, 1) + step
        return after + gaps.open_target, after + gaps.more_target

    def _source_run(self, i: int, go: Doubles, leave: Doubles) -> None:
        """Fill in what follows a source run and a bead; count the runs that leave row ``i``."""
        gaps, values = self.lattice.gaps, self.values
        after_source = np.logaddexp(go, leave + gaps.both)
        after_bead = np.logaddexp(go, leave)
        if i == self.lattice.rows - 1:
            self.source.row(i)[:] = self._inside(i, after_source)
            self.bead.row(i)[:] = self._inside(i, after_bead)
            return
        skip = self.source.shifted(i + 1, i, 0) + float(gaps.source[i])
        first, more = skip + gaps.open_source, skip + gaps.more_source
        self.source.row(i)[:] = self._inside(i, np.logaddexp(after_source, more))
        self.bead.row(i)[:] = self._inside(i, np.logaddexp(after_bead, first))
        opened = self._probability(values.bead.row(i) + first).sum()
        self.source_gaps[i] = opened + self._probability(values.source.row(i) + more).sum()
        self.opened[0] += float(opened)

    def _read(self, i: int, leave: Doubles, stay: Doubles) -> None:
        """Probabilities of the beads that end in row ``i`` and of the target gaps in it."""
        lattice, values, start = self.lattice, self.values, self.starts[i]
        self.onward[i] = lattice.scores[i] + self.bead.row(i)
        for m in range(1, min(i, LARGEST) + 1):
            value = values.any.windows(i - m, i) + self.onward[i][m - 1]
            self.beads[i][m - 1] = self._probability(value)
        both = self._probability(values.source.row(i) + leave + lattice.gaps.both)
        opened = both + self._probability(values.bead.row(i) + leave)
        gone = opened + self._probability(values.target.row(i) + stay)
        self.target_gaps[start : start + lattice.width(i)] += gone
        self.opened[1] += float(opened.sum())
        self.opened[2] += float(both.sum())

    def _inside(self, i: int, row: Doubles) -> Doubles:
        row[max(self.lattice.columns - self.starts[i], 0) :] = NEVER
        return np.maximum(row, NEVER, out=row)

    def _probability(self, value: Doubles) -> Doubles:
        return np.asarray(np.exp(np.minimum(value - self.total, 0.0)))
