"""Decisions become labels, and labels a policy and probabilities in a folder of their own."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import trilogue
from trilogue.align import recalibration
from trilogue.align.calibration import Calibration
from trilogue.align.select import Policy
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.review import log
from trilogue.review.database import reading, writing
from trilogue.review.labels import labels
from trilogue.review.tables import UNITS
from trilogue.review.types import Account, Decision, Kind, Part

SAID = ((Kind.ACCEPT, False), (Kind.EDIT, True), (Kind.EDIT, False), (Kind.REJECT, False))
FAITHFUL = (True, False, True, False)


def review(engine: sa.Engine, by: Account) -> dict[str, bool]:
    """Decide every Russian unit, one way after the other; what it should come to."""
    with reading(engine) as connection:
        asked = sa.select(UNITS).where(UNITS.c.lang == "ru").order_by(UNITS.c.unit_id)
        units = connection.execute(asked).mappings().all()
    told = {}
    for index, unit in enumerate(units):
        kind, meaning = SAID[index % 4]
        text = {Kind.ACCEPT: unit["target"], Kind.EDIT: "Иначе.", Kind.REJECT: ""}[kind]
        part = Part(unit["start"], unit["end"], unit["source"], text)
        why = "wrong" if kind is Kind.REJECT else ""
        one = Decision(f"k{index}", unit["unit_id"], kind, 0, (part,), reason=why, meaning=meaning)
        with writing(engine) as connection:
            log.append(connection, [one], by=by, now=1)
        told[unit["unit_id"]] = FAITHFUL[index % 4]
    return told


def test_an_edit_of_the_wording_is_a_yes_and_one_of_the_meaning_a_no(
    filled: sa.Engine, people: dict[str, Account]
) -> None:
    told = review(filled, people["Sona"])
    with reading(filled) as connection:
        assert labels(connection, "ru") == told
        assert labels(connection, "hy") == {}


def test_a_policy_is_written_beside_and_nothing_in_place(
    filled: sa.Engine,
    url: str,
    people: dict[str, Account],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    review(filled, people["Sona"])
    corpus, out = Corpus(tmp_path / "corpus"), tmp_path / "fitted"
    asked: dict[str, Any] = {"out": out, "langs": ["ru"], "database": url}
    with pytest.raises(ConfigError, match=r"got \d+ decisions in ru, \d of them .* expected 50"):
        trilogue.calibrate(corpus.root, **asked)
    assert not out.exists()
    monkeypatch.setattr(recalibration, "FEWEST", 8)
    [found] = trilogue.calibrate(corpus.root, false_accepts=0.4, **asked)
    assert sorted(path.name for path in out.iterdir()) == ["calibration-ru.json", "policy.toml"]
    assert Calibration.load(out / "calibration-ru.json") == found.calibration
    written = Policy.load(out / "policy.toml")
    assert written.default == found.policy.default
    assert written.language["ru"].faithful == found.threshold
    with pytest.raises(ConfigError, match="is there already; nothing is fitted in place"):
        trilogue.calibrate(corpus.root, **asked)
