"""Forward–backward over lattices: the probability of each bead and of each gap."""

from dataclasses import dataclass

import numpy as np

from trilogue.align.dynamic import (
    BEAD,
    NEVER,
    SOURCE,
    TARGET,
    Values,
    end_values,
    forward,
    log_sum,
)
from trilogue.align.lattice import LARGEST, Doubles, Floats, Lattice


@dataclass(frozen=True, slots=True)
class Marginals:
    """What forward–backward finds.

    :ivar beads: probability of each bead, laid out as ``Lattice.scores``.
    :ivar source_gaps: probability that each source segment of a window is left alone, shape
        (lanes, rows − 1); ``target_gaps`` likewise.
    :ivar opened_source: expected number of runs of source segments left alone, by window;
        ``opened_target`` likewise; ``both`` of target runs that follow a source run.
    :ivar log_sum: logarithm of the sum over all ladders of each window.
    """

    beads: Floats
    source_gaps: Doubles
    target_gaps: Doubles
    opened_source: Doubles
    opened_target: Doubles
    both: Doubles
    log_sum: Doubles


def marginals(lattice: Lattice) -> Marginals:
    """Probabilities of all beads of the windows.

    :raises AlignmentError: if no ladder fits into one.
    """
    return _Backward(lattice, forward(lattice, best=False)).run()


class _Backward:
    """One sweep from the last row to the first, which also reads the probabilities off."""

    def __init__(self, lattice: Lattice, values: Values) -> None:
        self.lattice, self.values = lattice, values
        self.total = end_values(lattice, values)
        lanes, columns = lattice.lanes, lattice.columns
        self.beads = np.zeros_like(lattice.scores)
        self.source_gaps = np.zeros((lanes, lattice.rows - 1))
        self.target_gaps = np.zeros((lanes, columns - 1))
        self.opened = np.zeros((3, lanes))
        self.run_down = lattice.gaps.more_target * np.arange(columns)
        # What follows a source run that ends in the row below.
        self.source = np.full((lanes, columns), NEVER)
        # Score of each bead that ends in one of the rows below plus what follows it; columns have
        # a margin of −∞ behind them.
        self.onward: dict[int, Doubles] = {}

    def run(self) -> Marginals:
        for i in range(self.lattice.rows - 1, -1, -1):
            go = self._beads_from(i)
            leave, stay = self._target_run(go)
            bead = self._source_run(i, go, leave)
            self._read(i, bead, leave, stay)
            self.onward.pop(i + LARGEST, None)
        source, target, both = self.opened
        gaps = self.source_gaps, self.target_gaps
        return Marginals(self.beads, *gaps, source, target, both, self.total)

    def _beads_from(self, i: int) -> Doubles:
        """Log sum over the beads that start in row ``i``, by column; 0 at a window's last node."""
        lattice, columns = self.lattice, self.lattice.columns
        most = min(LARGEST, lattice.rows - 1 - i)
        go = np.full((lattice.lanes, columns), NEVER)
        if most:
            options = np.empty((most, LARGEST, lattice.lanes, columns))
            for m in range(1, most + 1):
                for n in range(1, LARGEST + 1):
                    options[m - 1, n - 1] = self.onward[i + m][m - 1, n - 1, :, n : n + columns]
            go = log_sum(options.reshape(-1, lattice.lanes, columns))
        go[lattice.ends(i)] = 0.0
        return go

    def _target_run(self, go: Doubles) -> tuple[Doubles, Doubles]:
        """Values of leaving alone the target segment after each column: as first, as further."""
        gaps, down = self.lattice.gaps, self.run_down
        run = np.logaddexp.accumulate((go + down)[:, ::-1], axis=1)[:, ::-1] - down
        after = np.full_like(go, NEVER)
        after[:, :-1] = run[:, 1:]
        return after + gaps.open_target, after + gaps.more_target

    def _source_run(self, i: int, go: Doubles, leave: Doubles) -> Doubles:
        """What follows a bead that ends in row ``i``; counts the source runs that leave it."""
        gaps, values = self.lattice.gaps, self.values
        first, more = self.source + gaps.open_source, self.source + gaps.more_source
        if i < self.lattice.rows - 1:
            opened = self._probability(values.row(BEAD, i) + first).sum(1)
            on = self._probability(values.row(SOURCE, i) + more).sum(1)
            self.source_gaps[:, i] = opened + on
            self.opened[0] += opened
        self.source = np.logaddexp(np.logaddexp(go, leave + gaps.both), more)
        return np.asarray(np.logaddexp(np.logaddexp(go, leave), first))

    def _read(self, i: int, bead: Doubles, leave: Doubles, stay: Doubles) -> None:
        """Probabilities of the beads that end in row ``i`` and of the target gaps in it."""
        lattice, values, columns = self.lattice, self.values, self.lattice.columns
        shape = (LARGEST, LARGEST, lattice.lanes, columns + LARGEST)
        onward = np.full(shape, NEVER)
        np.add(lattice.scores[i], bead, out=onward[..., :columns])
        self.onward[i] = onward
        for m in range(1, min(i, LARGEST) + 1):
            for n in range(1, LARGEST + 1):
                before = values.any[i - m, :, LARGEST - n : LARGEST - n + columns]
                value = before + onward[m - 1, n - 1, :, :columns]
                self.beads[i, m - 1, n - 1] = self._probability(value)
        both = self._probability(values.row(SOURCE, i) + leave + lattice.gaps.both)
        opened = both + self._probability(values.row(BEAD, i) + leave)
        gone = opened + self._probability(values.row(TARGET, i) + stay)
        self.target_gaps += gone[:, :-1]
        self.opened[1] += opened.sum(1)
        self.opened[2] += both.sum(1)

    def _probability(self, value: Doubles) -> Floats:
        rest = np.minimum(value - self.total[:, None], 0.0)
        return np.exp(rest.astype(np.float32))
