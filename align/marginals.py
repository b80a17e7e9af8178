"""Forward–backward over lattices: the probability of each bead and of each gap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trilogue.align.dynamic import (
    BEAD,
    NEVER,
    SOURCE,
    TARGET,
    Values,
    either,
    end_values,
    forward,
    joined,
    relative,
)
from trilogue.align.lattice import LARGEST, Doubles, Floats, Integers, Lattice


@dataclass(frozen=True, slots=True)
class Marginals:
    """What forward–backward finds.

    :ivar source_gaps: probability that each source segment of a window is left alone, shape
        (lanes, rows − 1); ``target_gaps`` likewise.
    :ivar opened_source: expected number of runs of source segments left alone, by window;
        ``opened_target`` likewise; ``both`` of target runs that follow a source run.
    :ivar log_sum: logarithm of the sum over all ladders of each window.
    :ivar values: of ladders up to each node; ``onward`` of those from it on, after a bead.
    """

    lattice: Lattice
    values: Values
    onward: Doubles
    source_gaps: Doubles
    target_gaps: Doubles
    opened_source: Doubles
    opened_target: Doubles
    both: Doubles
    log_sum: Doubles

    def beads(self) -> Floats:
        """Probability of each bead, laid out as ``Lattice.scores``."""
        out = np.zeros_like(self.lattice.scores)
        for m in range(1, LARGEST + 1):
            for n in range(1, LARGEST + 1):
                out[m:, m - 1, n - 1] = self._kind(m, n)
        return out

    def counted(self) -> tuple[float, float, float]:
        """Expected number of beads of one segment a side, of one on one side, and of all others."""
        more = range(2, LARGEST + 1)
        single = self._count_of([(1, 1)])
        lone = self._count_of([(1, n) for n in more] + [(m, 1) for m in more])
        nodes = self.values.bead[1:, :, LARGEST:] + self.onward[1:] - self.log_sum[:, None]
        every = float(np.exp(np.minimum(nodes, 0).astype(np.float32)).sum(dtype=np.float64))
        return single, lone, max(every - single - lone, 0.0)

    def _count_of(self, kinds: Sequence[tuple[int, int]]) -> float:
        return sum(float(self._kind(m, n).sum(dtype=np.float64)) for m, n in kinds)

    def _kind(self, m: int, n: int) -> Floats:
        """Probability of the beads of m and n segments, by the node that they end at."""
        before = self.values.any[: max(self.lattice.rows - m, 0), :, LARGEST - n : -n]
        value = before + self.lattice.scores[m:, m - 1, n - 1] + self.onward[m:]
        value -= self.log_sum[:, None]
        return np.asarray(np.exp(np.minimum(value, 0).astype(np.float32)))

    def of(self, lane: int, ends: Integers, sizes: Integers) -> Doubles:
        """Probability of some beads of a window.

        :param ends: rows and columns of the nodes that they end at, shape (beads, 2).
        :param sizes: source and target segments of each.
        """
        (i, j), (m, n) = ends.T, sizes.T
        value = self.values.any[i - m, lane, LARGEST + j - n] + self.onward[i, lane, j]
        value += self.lattice.scores[i, m - 1, n - 1, lane, j] - self.log_sum[lane]
        return np.asarray(np.exp(np.minimum(value, 0)))


def marginals(lattice: Lattice) -> Marginals:
    """Probabilities of all beads of the windows.

    :raises AlignmentError: if no ladder fits into one.
    """
    return _Backward(lattice, forward(lattice, best=False)).run()


class _Backward:
    """One sweep from the last row to the first, which also counts the gaps."""

    def __init__(self, lattice: Lattice, values: Values) -> None:
        self.lattice, self.values = lattice, values
        self.total = end_values(lattice, values)
        lanes, columns = lattice.lanes, lattice.columns
        self.source_gaps = np.zeros((lanes, lattice.rows - 1))
        self.target_gaps = np.zeros((lanes, columns - 1))
        self.opened = np.zeros((3, lanes))
        self.run_down = lattice.gaps.more_target * np.arange(columns)
        # What follows a source run that ends in the row below.
        self.source = np.full((lanes, columns), NEVER)
        # What follows a bead that ends at a node; columns have a margin of −∞ behind them.
        self.bead = np.full((lattice.rows, lanes, columns + LARGEST), NEVER)

    def run(self) -> Marginals:
        for i in range(self.lattice.rows - 1, -1, -1):
            go = self._beads_from(i)
            leave, stay = self._target_run(go)
            self._source_run(i, go, leave)
            self._count(i, leave, stay)
        source, target, both = self.opened
        return Marginals(
            self.lattice,
            self.values,
            self.bead[:, :, : self.lattice.columns],
            self.source_gaps,
            self.target_gaps,
            source,
            target,
            both,
            self.total,
        )

    def _beads_from(self, i: int) -> Doubles:
        """Log sum over the beads that start in row ``i``, by column; 0 at a window's last node."""
        lattice, columns = self.lattice, self.lattice.columns
        most = min(LARGEST, lattice.rows - 1 - i)
        go = np.full((lattice.lanes, columns), NEVER)
        if most:
            level, after = relative(self.bead[i + 1 : i + 1 + most])
            options = np.full((most, LARGEST, lattice.lanes, columns), NEVER, np.float32)
            for m in range(1, most + 1):
                for n in range(1, min(LARGEST, columns - 1) + 1):
                    scores = lattice.scores[i + m, m - 1, n - 1, :, n:]
                    part = options[m - 1, n - 1, :, : columns - n]
                    np.add(after[m - 1, :, n:columns], scores, out=part)
            go = joined(options, level, best=False)
        go[lattice.ends(i)] = 0.0
        return go

    def _target_run(self, go: Doubles) -> tuple[Doubles, Doubles]:
        """Values of leaving alone the target segment after each column: as first, as further."""
        gaps, down = self.lattice.gaps, self.run_down
        run = np.logaddexp.accumulate((go + down)[:, ::-1], axis=1)[:, ::-1] - down
        after = np.full_like(go, NEVER)
        after[:, :-1] = run[:, 1:]
        return after + gaps.open_target, after + gaps.more_target

    def _source_run(self, i: int, go: Doubles, leave: Doubles) -> None:
        """Fill in what follows a bead that ends in row ``i``; count the source runs from there."""
        gaps, values = self.lattice.gaps, self.values
        first, more = self.source + gaps.open_source, self.source + gaps.more_source
        if i < self.lattice.rows - 1:
            opened = self._probability(values.row(BEAD, i) + first).sum(1)
            on = self._probability(values.row(SOURCE, i) + more).sum(1)
            self.source_gaps[:, i] = opened + on
            self.opened[0] += opened
        self.source = either(either(go, leave + gaps.both), more)
        self.bead[i, :, : self.lattice.columns] = either(either(go, leave), first)

    def _count(self, i: int, leave: Doubles, stay: Doubles) -> None:
        """Count the target gaps in row ``i``."""
        values = self.values
        both = self._probability(values.row(SOURCE, i) + leave + self.lattice.gaps.both)
        opened = both + self._probability(values.row(BEAD, i) + leave)
        gone = opened + self._probability(values.row(TARGET, i) + stay)
        self.target_gaps += gone[:, :-1]
        self.opened[1] += opened.sum(1)
        self.opened[2] += both.sum(1)

    def _probability(self, value: Doubles) -> Floats:
        rest = np.minimum(value - self.total[:, None], 0.0)
        return np.asarray(np.exp(rest.astype(np.float32)))
