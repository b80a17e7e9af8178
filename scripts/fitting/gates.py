"""Which features each gate may use, in which direction, and on which damage it is fitted."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.align.calibration import Gate, Linear
from trilogue.scripts.fitting.regression import Array, logistic
from trilogue.scripts.fitting.score_data import Row


@dataclass(frozen=True, slots=True)
class Plan:
    """How one gate is fitted.

    :ivar damage: kinds of ``damage.damages``.
    :ivar signs: feature → +1 if more of it may only speak for damage, −1 against, 0 either.
    :ivar share: how much the gate's odds weigh in ``faithful``.
    """

    damage: tuple[str, ...]
    signs: dict[str, int]
    share: float
    needs: str | None = None


_LOST: Final = {
    "gap_source": 1,
    "gap_source_scaled": 1,
    "gap_target": -1,
    "gap_difference": 1,
    "lopsided": 1,
    "coverage_least": -1,
    "short": 1,
    "words": 0,
    "unlike_numbers": 1,
    "missing": 1,
}
"""By what is lost of the source, half of it or a clause."""
PLANS: Final = {
    "content": Plan(
        ("shifted", "unrelated"),
        {
            "belonging": -1,
            "belonging_scaled": -1,
            "coverage_least": -1,
            "words": 0,
            "short": 1,
            "long_by": 1,
            "unlike_numbers": 1,
            "unlike_names": 1,
            "gap_source": 1,
            "gap_target": 1,
        },
        0.15,
        "belonging",
    ),
    "omission": Plan(("halved",), _LOST, 0.2, "belonging"),
    "clause": Plan(("clipped",), _LOST, 0.04, "belonging"),
    "addition": Plan(
        ("padded",),
        {
            "gap_target": 1,
            "gap_target_scaled": 1,
            "gap_difference": -1,
            "coverage_least": -1,
            "long_by": 1,
            "words": 0,
        },
        0.01,
        "belonging",
    ),
    "repetition": Plan(("looped",), {"repeated": 1, "repeated_much": 1, "long_by": 1}, 3.0, None),
    "number": Plan(
        ("renumbered",),
        {
            "digits_missing": 1,
            "digits_extra": 1,
            "digits_both": 1,
            "mixed_missing": 1,
            "mixed_extra": 1,
            "words_missing": 1,
            "words_extra": 1,
            "words_both": 1,
        },
        2.5,
        None,
    ),
    "name": Plan(("renamed",), {"swapped": 1, "unlike_names": 1, "plain_names": 0}, 0.12, None),
    "negation": Plan(
        ("affirmed",),
        {"dropped": 1, "dropped_loose": 1, "fewer": 1, "broken": 1},
        1.0,
        None,
    ),
    "denial": Plan(("denied",), {"added": 1, "added_loose": 1, "more": 1}, 0.01, None),
    "neighbours": Plan(("shifted",), {"neighbours": -1}, 0.1, "neighbours"),
}
RULES: Final = {
    "script": Gate(Linear(-5.0, {"unexpected_script": 18.0}), 0.3),
    "language": Gate(Linear(-4.5, {"foreign": 2.5}), 0.1),
    "copy": Gate(Linear(-5.0, {"copied": 14.0}), 3.0),
    "alignment": Gate(Linear(0.0, {"bead": 1.0}), 0.05, "bead"),
}
"""Gates that no data of ours could fit (it holds four languages and no aligner's output): set so
that half a target in another alphabet, 1.8 nats for a neighbour language, a third of the plain
words copied, or a bead that is as likely wrong as right are even odds."""


def table(rows: list[Row], names: list[str]) -> Array:
    """The features as columns; what was not measured is 0."""
    return np.array([[row.get(name, 0.0) for name in names] for row in rows]).reshape(
        len(rows), len(names)
    )


def fit_gate(plan: Plan, good: list[Row], bad: list[Row]) -> Gate:
    """Fit one gate; good and damaged pairs weigh the same, so that its sum is a ratio."""
    if plan.needs is not None:
        good = [row for row in good if plan.needs in row]
        bad = [row for row in bad if plan.needs in row]
    names = list(plan.signs)
    rows = np.vstack([table(good, names), table(bad, names)])
    labels = np.r_[np.zeros(len(good)), np.ones(len(bad))]
    weights = np.r_[np.full(len(good), 0.5 / len(good)), np.full(len(bad), 0.5 / len(bad))]
    bias, found = logistic(rows, labels, weights, signs=list(plan.signs.values()))
    kept = {
        name: round(float(weight), 4)
        for name, weight in zip(names, found, strict=True)
        if round(float(weight), 4)
    }
    return Gate(Linear(round(bias, 4), kept), plan.share, plan.needs)
