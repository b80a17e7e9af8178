"""What the card tells of scores is what this installation scores with."""

from trilogue.align.scores.measure import SIGNALS
from trilogue.corpora.languages import TARGETS
from trilogue.corpora.publishing.scores import MEANINGS
from trilogue.models.registry import BUILTIN
from trilogue.scripts.assessors import load_assessor
from trilogue.scripts.provenance import on_record


def test_the_calibration_and_policy_of_every_language_are_on_record_by_their_signatures() -> None:
    known = on_record()
    for lang in TARGETS:
        parts = load_assessor("en", lang).signature.split("+")
        (calibration,) = [part for part in parts if part.startswith("calibration-")]
        (policy,) = [part for part in parts if part.startswith("policy@")]
        assert "pairs taken for good" in known.records[calibration]
        assert "measured on what was left out of the fit" in known.records[calibration]
        (said,) = known.records[policy].values()
        assert said.startswith("accepted from faithful ")


def test_the_licence_of_the_model_that_ships_is_on_record() -> None:
    assert on_record().licences[BUILTIN] == "Apache-2.0"


def test_the_card_knows_what_each_score_measures() -> None:
    assert set(SIGNALS) <= set(MEANINGS)
