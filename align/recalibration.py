"""A calibration and a policy made to fit what people decided, as new objects.

A model of which nobody had measured how often its drafts are right is measured. ``faithful`` is
bent so that its promises come true on the decided pairs (Platt 1999: two numbers, held near "as it
is" while decisions are few); then the lowest threshold is taken at which the accepted pairs hold no
more bad ones than was asked for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import numpy as np

from trilogue.align.calibration import Calibration, Linear, Trust, bent, log_odds
from trilogue.align.select import Check, Policy, Thresholds
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.types import Assessment, Verdict

FEWEST: Final = 50
"""Decisions a language without which nothing is fitted."""
_PRIOR: Final = 5.0
"""How strongly few decisions are pulled towards leaving the probabilities as they are."""
_EDGE: Final = 1e-4
_OWN: Final = ("faithful: ", "quality: ", "draft: ")
_DRAFT: Final = Check(review=0.9999, note=0.2)
"""Once people have spoken, only drafts of a model that nobody measured are held for that alone."""


@dataclass(frozen=True, slots=True)
class Decided:
    """An assessed pair, and whether people found it faithful.

    :ivar model: that drafted it, None if none did or nobody knows.
    """

    assessment: Assessment
    good: bool
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """What was fitted for one language.

    :ivar decisions: pairs that people decided; ``bad`` of them were wrong.
    :ivar threshold: new least ``faithful`` of accepted pairs.
    :ivar accepted: decided pairs accepted at it, ``wrong`` the bad ones among them; ``before``
        likewise as they were accepted until now.
    """

    language: str
    calibration: Calibration
    policy: Policy
    decisions: int
    bad: int
    threshold: float
    accepted: int
    wrong: int
    before: tuple[int, int]


def fit(
    calibration: Calibration,
    policy: Policy,
    language: str,
    decided: Sequence[Decided],
    *,
    false_accepts: float,
) -> Fit:
    """Measure new models, fit ``faithful`` and its threshold to decisions.

    :param false_accepts: the share of the accepted pairs that may be bad, in (0, 1).
    :raises ConfigError: if there are too few decisions, or all say the same.
    """
    known = [one for one in decided if one.assessment.faithful is not None]
    bad = sum(not one.good for one in known)
    if len(known) < FEWEST or not 0 < bad < len(known):
        got = f"got {len(known)} decisions in {language}, {bad} of them on wrong drafts"
        raise ConfigError(f"{got}; expected {FEWEST} or more, of both kinds. Review more units.")
    shares = _shares_right(calibration, known)
    chances = _before_people(calibration, known, shares)
    good = np.array([one.good for one in known], np.float64)
    bias, slope = platt(chances, good)
    chances = np.array([bent(float(chance), bias, slope) for chance in chances])
    free = np.array([_held_by_nothing_else(one.assessment) for one in known])
    threshold = _threshold(chances[free], good[free], false_accepts)
    accepted = free & (chances >= threshold)
    old = np.array([one.assessment.verdict is Verdict.ACCEPT for one in known])
    own = policy.language.get(language, Thresholds())
    own = msgspec.structs.replace(own, faithful=threshold, checks={**own.checks, "draft": _DRAFT})
    note = f"{len(known)} decisions, {bad} on wrong drafts: logit {bias:+.3f}, times {slope:.3f}"
    return Fit(
        language,
        msgspec.structs.replace(
            calibration,
            trust={**calibration.trust, **{m: _constant(share) for m, share in shares.items()}},
            bend=(round(bias, 4), round(slope, 4)),
            fitted_on={**calibration.fitted_on, "recalibrated": note},
        ),
        replace(policy, language={**policy.language, language: own}),
        len(known),
        bad,
        threshold,
        int(accepted.sum()),
        int((accepted & (good == 0)).sum()),
        (int(old.sum()), int((old & (good == 0)).sum())),
    )


def _shares_right(calibration: Calibration, known: Sequence[Decided]) -> dict[str, float]:
    """Models that had not been measured → the share of their drafts that is right."""
    drafts = Counter(one.model for one in known if one.model not in calibration.trust)
    right = Counter(one.model for one in known if one.good)
    return {
        model: (right[model] + 1.0) / (count + 2.0)
        for model, count in drafts.items()
        if model is not None and count >= FEWEST
    }


def _constant(share: float) -> Trust:
    return Trust(Linear(round(log_odds(share), 4), {}))


def _before_people(
    calibration: Calibration, known: Sequence[Decided], shares: dict[str, float]
) -> np.ndarray:
    """``faithful`` with what an earlier fit bent taken out and new models' shares put in."""
    bias, slope = calibration.bend
    chances = [one.assessment.faithful or 0.0 for one in known]
    chances = [bent(chance, -bias / slope, 1.0 / slope) for chance in chances]
    right = [1.0 if one.model is None else shares.get(one.model, 1.0) for one in known]
    found: np.ndarray = np.array(chances) * np.array(right)
    return found


def platt(chances: np.ndarray, good: np.ndarray) -> tuple[float, float]:
    """Bias and slope (≥ 0.05) on the log odds under which the chances come true."""
    x = _logit(chances)
    bias, slope = 0.0, 1.0
    for _ in range(50):
        likely = 1.0 / (1.0 + np.exp(-(bias + slope * x)))
        weight = likely * (1.0 - likely)
        gradient = np.array(
            [
                (likely - good).sum() + _PRIOR * bias / 4,
                ((likely - good) * x).sum() + _PRIOR * (slope - 1.0),
            ]
        )
        curvature = np.array(
            [
                [weight.sum() + _PRIOR / 4, (weight * x).sum()],
                [(weight * x).sum(), (weight * x * x).sum() + _PRIOR],
            ]
        )
        step = np.linalg.solve(curvature, gradient)
        now = _unlikely(x, good, bias, slope)
        while _unlikely(x, good, bias - step[0], max(0.05, slope - step[1])) > now + 1e-12:
            step /= 2.0  # far from the answer the curvature is too small, and the step too long
        bias, slope = bias - step[0], max(0.05, slope - step[1])
        if np.abs(step).max() < 1e-9:
            break
    return float(bias), float(slope)


def _unlikely(x: np.ndarray, good: np.ndarray, bias: float, slope: float) -> float:
    """What ``platt`` makes least: nats against the decisions and against so large a change."""
    told = bias + slope * x
    nats = np.logaddexp(0.0, told).sum() - (good * told).sum()
    return float(nats + _PRIOR * (bias * bias / 8.0 + (slope - 1.0) ** 2 / 2.0))


def _logit(chances: np.ndarray) -> np.ndarray:
    clipped = np.clip(chances, _EDGE, 1.0 - _EDGE)
    found: np.ndarray = np.log(clipped / (1.0 - clipped))
    return found


def _held_by_nothing_else(said: Assessment) -> bool:
    """Whether only the threshold of ``faithful`` or ``quality`` can keep a pair from acceptance."""
    if said.verdict is Verdict.ACCEPT:
        return True
    return said.verdict is Verdict.REVIEW and all(r.startswith(_OWN) for r in said.reasons)


def _threshold(chances: np.ndarray, good: np.ndarray, most: float) -> float:
    """The lowest threshold with (bad + 1) / (accepted + 2) ≤ ``most``; 1.0 if there is none."""
    order = np.argsort(-chances, kind="stable")
    bad = np.cumsum(1.0 - good[order])
    accepted = np.arange(1, len(order) + 1)
    ends = np.r_[chances[order][1:] != chances[order][:-1], True]  # ties are accepted together
    fits = np.flatnonzero(((bad + 1.0) / (accepted + 2.0) <= most) & ends)
    return 1.0 if not len(fits) else float(np.floor(chances[order][fits[-1]] * 1e4) / 1e4)
