"""Fit what a name without a partner weighs: nats by what it is and by how near its partner is."""

from collections.abc import Sequence
from random import Random

import numpy as np

from trilogue.align.scores.measure import Measurer
from trilogue.align.scores.name_check import SHAPE, Lone, NameWeights, names_of
from trilogue.align.scores.text import Pair
from trilogue.scripts.fitting.damage import Pairs, renamed
from trilogue.scripts.fitting.regression import logistic

_PENALTY = 2e-4
Found = tuple[list[Lone], list[Lone]]


def fit_names(measurer: Measurer, pairs: Pairs, *, seed: int) -> tuple[NameWeights, NameWeights]:
    """Weights of the source's and of the target's names.

    Wrong ones: in the target the name that was swapped in; in the source each name whose partner
    got farther away when it was swapped out.
    """
    damaged = renamed(pairs, Random(f"{seed} names"))
    good = [names(measurer, pair) for pair in pairs]
    wrong: list[list[Lone]] = [[], []]
    for index, source, target in damaged:
        before, after = good[index], names(measurer, (source, target))
        for side, bad in enumerate(wrong):
            known = {name.word: name for name in before[side]}
            if side == 1:
                bad += [name for name in after[side] if name.word not in known]
            else:
                bad += [name for name in after[side] if _farther(name, known.get(name.word))]
    ours, theirs = (
        _fit([name for found in good for name in found[side]], wrong[side]) for side in (0, 1)
    )
    return ours, theirs


def names(measurer: Measurer, pair: tuple[str, str]) -> Found:
    """The names of both sides, none where capitals say nothing."""
    sides = measurer.sides(Pair(*pair))
    (coverage,) = measurer.coverages([sides])
    return names_of(*sides, coverage) or ([], [])


def _farther(name: Lone, before: Lone | None) -> bool:
    """Whether a name lost its partner."""
    return before is not None and (name.tie < before.tie or name.sound < before.sound)


def _fit(good: Sequence[Lone], bad: Sequence[Lone]) -> NameWeights:
    rows = np.zeros((len(good) + len(bad), sum(SHAPE)))
    for row, name in zip(rows, [*good, *bad], strict=True):
        row[name.kind] = row[SHAPE[0] + name.tie] = row[SHAPE[0] + SHAPE[1] + name.sound] = 1.0
    labels = np.r_[np.zeros(len(good)), np.ones(len(bad))]
    weights = np.r_[np.full(len(good), 0.5 / len(good)), np.full(len(bad), 0.5 / len(bad))]
    bias, found = logistic(rows, labels, weights, signs=[0] * rows.shape[1], penalty=_PENALTY)
    parts = np.split(np.round(found, 3), np.cumsum(SHAPE)[:-1])
    parts[0] = np.round(parts[0] + bias, 3)
    return [part.tolist() for part in parts]
