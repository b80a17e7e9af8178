"""The figures of a score on values that can be worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.align.metrics import auc, calibration_error, recall_at, reliability, spearman

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_separate_scores_have_auc_1_and_equal_ones_half() -> None:
    assert auc([0.8, 0.9], [0.1, 0.2]) == 1.0
    assert auc([0.1, 0.2], [0.8, 0.9]) == 0.0
    assert auc([0.5, 0.5], [0.5]) == 0.5


@given(CHANCES, CHANCES)
def test_auc_counts_pairs(good: list[float], bad: list[float]) -> None:
    won = sum((g > b) + (g == b) / 2 for g in good for b in bad)
    assert auc(good, bad) == pytest.approx(won / (len(good) * len(bad)))


def test_recall_is_read_at_the_rate_of_false_alarms() -> None:
    good = [k / 100 for k in range(1, 101)]
    assert recall_at(good, [0.005] * 10, 0.05) == 1.0
    assert recall_at(good, [0.995] * 10, 0.05) < 0.01


def test_ranks_that_agree_correlate_fully_and_constants_not_at_all() -> None:
    assert spearman([1, 2, 3], [10, 20, 900]) == pytest.approx(1.0)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert spearman([1, 1, 2], [5, 5, 6]) == pytest.approx(1.0)
    assert math.isnan(spearman([1, 1, 1], [1, 2, 3]))


def test_a_promise_that_comes_true_has_no_error() -> None:
    chances = [0.25] * 4 + [0.75] * 4
    truth = [0.0, 0.0, 0.0, 1.0] + [1.0, 1.0, 1.0, 0.0]
    assert calibration_error(chances, truth) == pytest.approx(0.0)
    assert calibration_error([0.9] * 4, [0.0] * 4) == pytest.approx(0.9)
    assert [(one.promised, one.true, one.pairs) for one in reliability(chances, truth)] == [
        (0.25, 0.25, 4),
        (0.75, 0.75, 4),
    ]
