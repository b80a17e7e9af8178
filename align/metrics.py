"""How well scores tell good from bad, and keep what they promise: the four figures of a score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Values = Sequence[float] | Array
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose probabilities lie close together: what was promised, and what came true.

    :ivar promised: mean probability, ``true`` the share of good pairs (or mean truth), in [0, 1].
    """

    promised: float
    true: float
    pairs: int


def auc(good: Values, bad: Values) -> float:
    """Probability that a good pair scores higher than a bad one; ties count half. 0.5 is chance."""
    good, bad = np.sort(np.asarray(good, np.float64)), np.asarray(bad, np.float64)
    below = np.searchsorted(good, bad, side="left") + np.searchsorted(good, bad, side="right")
    return float(1.0 - below.mean() / (2 * len(good)))


def recall_at(good: Values, bad: Values, rate: float = 0.05) -> float:
    """Share of the bad pairs below the value that ``rate`` of the good ones lie below.

    Between ties it is interpolated: whoever has to choose among equals chooses at random.
    """
    good, bad = np.sort(np.asarray(good, np.float64)), np.sort(np.asarray(bad, np.float64))
    alarms = np.searchsorted(good, bad, side="right") / len(good)
    shares = np.arange(len(bad) + 1) / len(bad)
    return float(np.interp(rate, [0.0, *alarms], shares))


def spearman(one: Values, other: Values) -> float:
    """Rank correlation, ties sharing their mean rank; NaN if either side is all alike."""
    first, second = _ranks(np.asarray(one, np.float64)), _ranks(np.asarray(other, np.float64))
    if not len(first) or np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def _ranks(values: Array) -> Array:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Array = (ends - (counts - 1) / 2.0)[place]
    return ranks


def reliability(probability: Values, truth: Values, *, bins: int = BINS) -> list[Bin]:
    """Pairs by tenths of their probability, empty tenths left out."""
    promised, true = np.asarray(probability, np.float64), np.asarray(truth, np.float64)
    place = np.minimum((promised * bins).astype(int), bins - 1)
    return [
        Bin(float(promised[here].mean()), float(true[here].mean()), int(here.sum()))
        for k in range(bins)
        if (here := place == k).any()
    ]


def calibration_error(probability: Values, truth: Values, *, bins: int = BINS) -> float:
    """Expected calibration error: mean gap between what is promised and what comes true."""
    found = reliability(probability, truth, bins=bins)
    total = sum(one.pairs for one in found)
    return sum(one.pairs * abs(one.promised - one.true) for one in found) / max(1, total)
