"""How two ladders compare: strict and lax precision, recall, F1, by kind of bead, with intervals.

Strict: a bead counts when it is exactly a gold bead. Lax: when it shares a source and a target
segment with a gold bead. Precision counts every bead of the test, recall the gold beads that have
both sides, as the figures of the Vecalign paper do.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.corpora.types import Bead, Ladder

SAMPLES: Final = 1000
SEED: Final = 7
Key = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Beads that are right and beads in all, of the test and of the gold.

    :ivar right: test beads that count; ``tested`` all of them.
    :ivar found: gold beads with both sides that the test has; ``wanted`` all of them.
    """

    right: int
    tested: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the test that is right, 0 if there is none."""
        return self.right / self.tested if self.tested else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0 if there is none."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a test ladder gets right.

    :ivar kinds: strict counts by kind of bead, as "1-2".
    :ivar interval: of the strict F1, 95 %, by bootstrap over beads in their order.
    """

    strict: Counts
    lax: Counts
    kinds: dict[str, Counts]
    interval: tuple[float, float]


def compare(gold: Ladder, test: Ladder) -> Agreement:
    """Agreement of a ladder with the true one."""
    wanted, given = ({_key(bead) for bead in ladder} for ladder in (gold, test))
    kinds = sorted({_kind(key) for key in wanted | given})
    by_kind = {
        kind: _strict(
            {k for k in wanted if _kind(k) == kind}, {k for k in given if _kind(k) == kind}
        )
        for kind in kinds
    }
    linked = {key for key in given if all(key)}
    gold_linked = {key for key in wanted if all(key)}
    right = _touching(given, wanted) | (given & wanted)
    found = _touching(gold_linked, linked)
    lax = Counts(len(right), len(given), len(found), len(gold_linked))
    return Agreement(_strict(wanted, given), lax, by_kind, _interval(wanted, given))


def _strict(gold: set[Key], test: set[Key]) -> Counts:
    wanted = {key for key in gold if all(key)}
    return Counts(len(gold & test), len(test), len(wanted & test), len(wanted))


def _touching(beads: set[Key], others: set[Key]) -> set[Key]:
    """Beads that share a source and a target segment with one of the others."""
    linked: dict[int, set[int]] = {}
    for source, target in others:
        for index in source:
            linked.setdefault(index, set()).update(target)
    return {
        (source, target)
        for source, target in beads
        if any(linked.get(index, set()) & set(target) for index in source)
    }


def _interval(gold: set[Key], test: set[Key]) -> tuple[float, float]:
    """Percentiles of the strict F1 over resampled beads of both ladders together.

    A bead that only one of the two ladders has is resampled on its own.
    """
    keys = sorted(gold | test)
    rows = np.array(
        [
            (key in gold and key in test, key in test, all(key) and key in gold and key in test,
             all(key) and key in gold)
            for key in keys
        ],
        np.float64,
    ).reshape(-1, 4)  # fmt: skip
    if not len(rows):
        return 0.0, 0.0
    rng = np.random.default_rng(SEED)
    values = []
    for _ in range(SAMPLES):
        sums = rows[rng.integers(0, len(rows), len(rows))].sum(0)
        values.append(Counts(*(int(value) for value in sums)).f1)
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _key(bead: Bead) -> Key:
    return tuple(sorted(bead.source)), tuple(sorted(bead.target))


def _kind(key: Key) -> str:
    return f"{len(key[0])}-{len(key[1])}"
