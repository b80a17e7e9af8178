"""How often a model is right is learned from drafts that were read, beside what the gates say."""

from random import Random

import pytest

from trilogue.align.scores.text import Pair
from trilogue.corpora.errors import ConfigError
from trilogue.scripts.assessors import load_assessor
from trilogue.scripts.fitting.drafts import (
    LABELS,
    Drafted,
    Read,
    digest,
    fit_right,
    promise,
    read_drafts,
    read_labels,
)


def read_by_someone(shares: dict[str, float], *, chance: float = 1.0) -> list[Read]:
    """Drafts of which a share is right, the likelier the surer the model was."""
    random = Random(5)
    found = []
    for language, share in shares.items():
        for _ in range(400):
            confidence = random.uniform(-2.0, 0.0)
            row = {"confidence": confidence, "words": 2.5, "gap_source_scaled": 0.0}
            likely = share * (1.0 + confidence / 2.0) * 2.0 * chance
            found.append(Read("talk", language, row, chance, random.random() < likely))
    return found


def test_the_surer_draft_of_the_better_language_is_likelier_right() -> None:
    read = read_by_someone({"ru": 0.4, "hy": 0.1})
    right = fit_right(read)
    assert right["ru"].weights == right["hy"].weights
    assert right["ru"].weights["confidence"] > 0
    assert right["ru"].bias > right["hy"].bias
    assert promise(read, right) < 0.05


def test_what_the_gates_doubt_is_not_counted_twice() -> None:
    sure = fit_right(read_by_someone({"ru": 0.4}))["ru"]
    doubted = fit_right(read_by_someone({"ru": 0.4}, chance=0.5))["ru"]
    row = {"confidence": -0.5, "words": 2.5, "gap_source_scaled": 0.0}
    assert doubted(row) == pytest.approx(sure(row), abs=0.5)


def test_labels_of_other_drafts_are_refused() -> None:
    pair = Pair("Good morning.", "Доброе утро.")
    drafted = Drafted(load_assessor("en", "ru"), "weak@1", (pair,), ({},), (1.0,))
    labels = {("talk", "ru", digest(pair)): True}
    assert [one.right for one in read_drafts(labels, "talk", "ru", drafted)] == [True]
    stale = {**labels, ("talk", "ru", "0123456789ab"): False}
    with pytest.raises(ConfigError, match=r"talk ru: 1 of 2 labels are of drafts of weak@1\. Read"):
        read_drafts(stale, "talk", "ru", drafted)


def test_the_labels_that_ship_are_what_the_calibrations_say() -> None:
    labels = read_labels(LABELS)
    for language in ("ru", "hy", "az"):
        mine = [right for (_, lang, _), right in labels.items() if lang == language]
        calibration = load_assessor("en", language).calibration
        assert calibration is not None
        assert f"{sum(mine)} right" in calibration.fitted_on["drafts"]
