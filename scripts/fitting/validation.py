"""What a calibration is worth on text and engines that it has not seen: one left out at a time."""

from collections.abc import Callable, Iterable, Mapping
from math import exp

import numpy as np

from trilogue.align.calibration import Calibration, Quality
from trilogue.align.metrics import calibration_error
from trilogue.align.select import Policy
from trilogue.scripts.fitting.regression import Array
from trilogue.scripts.fitting.score_data import Row

Fit = Callable[[Calibration, Iterable[str]], Calibration]


def false_rejects(
    draft: Calibration,
    measured: Mapping[str, Mapping[str, list[Row]]],
    policy: Policy,
    fit: Fit,
) -> dict[str, float]:
    """By kind of text: the share of good pairs that gates fitted on the other kinds reject.

    :param fit: fits the gates of a calibration on the named kinds.
    """
    found = {}
    for kind, rows in measured.items():
        others = [other for other in measured if other != kind]
        calibration = fit(draft, others)
        rejected = [_rejects(policy, calibration.ratios(_alone(row))) for row in rows["good"]]
        found[f"reject, {kind} left out"] = round(float(np.mean(rejected)), 4)
    return found


def _alone(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "neighbours"}


def _rejects(policy: Policy, ratios: Mapping[str, float]) -> bool:
    levels = {name: check.reject for name, check in policy.default.checks.items()}
    return any(
        level is not None and 1.0 / (1.0 + exp(-ratio)) >= level
        for name, ratio in ratios.items()
        if (level := levels.get(name)) is not None
    )


def quality_errors(
    by_engine: Mapping[str, tuple[list[Row], Array]],
    fit: Callable[[list[Row], Array], Quality],
) -> dict[str, float]:
    """By engine: the calibration error of quality / 100 when it was fitted on the others."""
    found = {}
    for engine, (rows, chrf) in by_engine.items():
        others = [other for other in by_engine if other != engine]
        quality = fit(
            [row for other in others for row in by_engine[other][0]],
            np.concatenate([by_engine[other][1] for other in others]),
        )
        guessed = np.array([quality(row) for row in rows]) / 100
        found[f"quality error, {engine} left out"] = round(
            calibration_error(guessed, chrf / 100), 4
        )
    return found
