"""Calibrations: what they say, and that the shipped ones fit this version."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.align.calibration import Calibration, interpolate
from trilogue.align.scores.features import FEATURES
from trilogue.align.select import Policy
from trilogue.corpora.errors import FormatError
from trilogue.corpora.languages import TARGETS
from trilogue.scripts.assessors import WEIGHTS


def shipped(language: str) -> Calibration:
    return Calibration.load(WEIGHTS / f"calibration-{language}.json")


@pytest.mark.parametrize("language", TARGETS)
def test_a_shipped_calibration_says_on_what_it_was_fitted(language: str) -> None:
    calibration = shipped(language)
    assert calibration.features <= FEATURES
    assert {"script", "good", "damage", "quality"} <= set(calibration.fitted_on)
    assert max(v for k, v in calibration.validated.items() if k.startswith("reject")) <= 0.03
    assert calibration.signature.startswith(f"calibration-{language}@")


@pytest.mark.parametrize("language", TARGETS)
def test_more_evidence_against_a_pair_never_makes_it_likelier(language: str) -> None:
    calibration = shipped(language)
    likely = [
        calibration.probability(dict.fromkeys(calibration.gates, ratio / 4))
        for ratio in range(-24, 37)
    ]
    assert likely == sorted(likely, reverse=True)
    assert 0.0 <= likely[-1] < 0.05 < 0.9 < likely[0] <= 1.0


def test_the_default_policy_names_only_checks_that_exist() -> None:
    policy = Policy.load(WEIGHTS / "policy.toml")
    assert set(policy.default.checks) - {"empty", "markup", "guard", "term", "draft"} == set(
        shipped("ru").gates
    )


def test_saved_and_loaded_is_the_same(tmp_path: Path) -> None:
    calibration = shipped("az")
    calibration.save(tmp_path / "copy.json")
    assert Calibration.load(tmp_path / "copy.json") == calibration


@pytest.mark.parametrize(
    ("text", "message"),
    [("{}", "not a calibration"), ("nonsense", "not a calibration"), ("\xff", "not a calibration")],
)
def test_something_else_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(FormatError, match=rf"other\.json: {message}"):
        Calibration.load(path)


def test_a_calibration_of_another_version_is_refused(tmp_path: Path) -> None:
    text = (WEIGHTS / "calibration-ru.json").read_text(encoding="utf-8")
    path = tmp_path / "old.json"
    path.write_text(text.replace("trilogue-calibration-3", "trilogue-calibration-0"), "utf-8")
    with pytest.raises(FormatError, match=r"old\.json: format is trilogue-calibration-0"):
        Calibration.load(path)


@given(st.floats(-100, 100))
def test_between_knots_it_stays_between_their_values(x: float) -> None:
    assert 1.0 <= interpolate(x, [(-1.0, 1.0), (0.0, 2.0), (0.0, 3.0), (5.0, 9.0)]) <= 9.0
