"""Decisions bend the probabilities and move the threshold, and few of them move nothing."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from trilogue.align.calibration import Calibration, bent
from trilogue.align.recalibration import Decided, fit, platt
from trilogue.align.select import Policy
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.types import Assessment, Verdict
from trilogue.scripts.assessors import WEIGHTS

POLICY = Policy.load(WEIGHTS / "policy.toml")
RU = Calibration.load(WEIGHTS / "calibration-ru.json")


def decided(many: int, *, honest: bool, seed: int = 1, model: str | None = None) -> list[Decided]:
    """Pairs whose probabilities come true, or are far too hopeful."""
    random = Random(seed)
    found = []
    for _ in range(many):
        chance = random.random()
        good = random.random() < (chance if honest else chance**4)
        verdict = Verdict.ACCEPT if chance >= 0.5 else Verdict.REVIEW
        reasons = () if chance >= 0.5 else (f"faithful: {chance:.2f} is below 0.5",)
        found.append(Decided(Assessment(chance, 40.0, verdict, reasons), good, model))
    return found


def test_probabilities_that_come_true_are_left_as_they_are() -> None:
    said = decided(4000, honest=True)
    bias, slope = platt(
        np.array([one.assessment.faithful for one in said]),
        np.array([float(one.good) for one in said]),
    )
    assert bias == pytest.approx(0.0, abs=0.15)
    assert slope == pytest.approx(1.0, abs=0.1)


def test_hopeful_probabilities_are_bent_down_and_the_threshold_keeps_the_promise() -> None:
    found = fit(RU, POLICY, "ru", decided(4000, honest=False), false_accepts=0.1)
    assert all(
        found.calibration.probability({"number": odds}) < RU.probability({"number": odds})
        for odds in (-1, 0, 1, 2, 3)
    )
    assert found.accepted > 100
    assert found.wrong / found.accepted <= 0.1
    assert found.before[1] / found.before[0] > 0.3
    assert found.policy.language["ru"].faithful == found.threshold
    assert found.policy.default == POLICY.default
    assert "4000 decisions" in found.calibration.fitted_on["recalibrated"]
    assert "recalibrated" not in RU.fitted_on


def test_a_promise_that_nothing_keeps_accepts_nothing() -> None:
    found = fit(RU, POLICY, "ru", decided(60, honest=False), false_accepts=0.001)
    assert (found.threshold, found.accepted) == (1.0, 0)


def test_units_that_a_check_holds_are_not_let_through_by_a_threshold() -> None:
    held = Assessment(0.99, 40.0, Verdict.REVIEW, ("number: source has 64, target has 46",))
    found = fit(
        RU,
        POLICY,
        "ru",
        [*decided(200, honest=True), *[Decided(held, True)] * 50],
        false_accepts=0.2,
    )
    assert found.decisions == 250
    assert found.accepted <= 200


@pytest.mark.parametrize(("many", "bad"), [(49, 5), (60, 0), (60, 60)])
def test_few_or_one_sided_decisions_are_refused(many: int, bad: int) -> None:
    said = [Decided(Assessment(0.9, 40.0, Verdict.ACCEPT), k >= bad) for k in range(many)]
    with pytest.raises(ConfigError, match=f"got {many} decisions in ru, {bad} of them on wrong"):
        fit(RU, POLICY, "ru", said, false_accepts=0.02)


def test_decisions_measure_a_model_that_nobody_had_measured() -> None:
    unmeasured = ("draft: nobody has measured how often weak@1 is right",)
    said = [
        Decided(Assessment(0.95, 40.0, Verdict.REVIEW, unmeasured), k % 4 == 0, "weak@1")
        for k in range(400)
    ]
    found = fit(RU, POLICY, "ru", said, false_accepts=0.02)
    right = found.calibration.chance_right({}, model="weak@1")
    assert right == pytest.approx(0.25, abs=0.01)
    assert found.calibration.chance_right({}, model="other@1") is None
    good = found.calibration.probability({"number": -6.0}, right=right)
    assert good == pytest.approx(0.25, abs=0.03)
    assert "weak@1" not in RU.trust


def test_a_second_fit_begins_where_people_had_not_yet_spoken() -> None:
    first = fit(RU, POLICY, "ru", decided(4000, honest=False), false_accepts=0.1)
    bias, slope = first.calibration.bend
    again = [
        replace(one, assessment=replace(one.assessment, faithful=bent(chance, bias, slope)))
        for one in decided(4000, honest=False)
        if (chance := one.assessment.faithful) is not None
    ]
    second = fit(first.calibration, POLICY, "ru", again, false_accepts=0.1)
    assert second.calibration.bend == pytest.approx(first.calibration.bend, abs=0.02)


def test_promises_that_are_all_as_high_come_down_to_what_is_true() -> None:
    chances = np.full(60, 0.985)
    bias, slope = platt(chances, np.arange(60) % 2.0)
    assert bent(0.985, bias, slope) == pytest.approx(0.5, abs=0.1)
