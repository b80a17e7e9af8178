"""The assessor: neighbours, second drafts, and what it refuses."""

import pytest

from trilogue.align.scores import Assessor, Pair
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.types import Verdict
from trilogue.scripts.assessors import load_assessor

TALK = (
    ("The President thanked his colleagues.", "Президент поблагодарил своих коллег."),
    ("The ministers will meet in Moscow in March.", "Министры встретятся в Москве в марте."),
    ("We will build a new railway.", "Мы построим новую железную дорогу."),
    ("The borders must be open for trade.", "Границы должны быть открыты для торговли."),
)


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return load_assessor("en", "ru")


def test_a_pair_is_compared_with_its_neighbours_only_inside_a_document(assessor: Assessor) -> None:
    pairs = [Pair(source, target) for source, target in TALK]
    alone = assessor.assess(pairs)
    whole = assessor.assess(pairs, document=["d"] * 4)
    apart = assessor.assess(pairs, document=[1, 2, 3, 4])
    assert [one.scores["neighbours"] for one in alone + apart] == [None] * 8
    assert all((one.scores["neighbours"] or 0.0) > 0.0 for one in whole)


def test_a_document_misaligned_by_one_is_rejected(assessor: Assessor) -> None:
    shifted = [Pair(TALK[k][0], TALK[(k + 1) % 4][1]) for k in range(4)]
    found = assessor.assess(shifted, document=["d"] * 4)
    assert all(one.verdict is not Verdict.ACCEPT for one in found)
    assert all((one.faithful or 0.0) < 0.2 for one in found)


def test_an_aligners_doubt_is_a_reason(assessor: Assessor) -> None:
    (found,) = assessor.assess([Pair(*TALK[0], bead_probability=0.2)])
    assert found.verdict is Verdict.REVIEW
    assert "alignment: the aligner gives this pair 0.20" in found.reasons


def test_what_is_missing_is_told_once(assessor: Assessor) -> None:
    source = "The committee approved the budget, the minister thanked us, and the session closed."
    (found,) = assessor.assess([Pair(source, "Комитет утвердил бюджет, и заседание закрылось.")])
    assert found.verdict is Verdict.REVIEW
    assert [reason.partition(":")[0] for reason in found.reasons] == ["omission"]


def test_a_guards_note_is_passed_on(assessor: Assessor) -> None:
    (found,) = assessor.assess([Pair(*TALK[0], flags=("retried: loop",))])
    assert "guard: retried: loop" in found.reasons


def test_as_many_second_drafts_as_pairs_are_expected(assessor: Assessor) -> None:
    with pytest.raises(AlignmentError, match="second: got 0, expected one a pair: 1"):
        assessor.assess([Pair(*TALK[0])], second=[])


def test_the_signature_names_all_that_decides(assessor: Assessor) -> None:
    for part in ("scores-4", "en-ru", "lexicon@", "calibration-ru@", "policy@"):
        assert part in assessor.signature
    assert load_assessor("en", "de").signature.startswith("scores-4+en-de+no lexicon+none+")


def test_a_draft_is_trusted_as_far_as_its_model_was_measured(assessor: Assessor) -> None:
    assert assessor.calibration is not None
    (model,) = assessor.calibration.trust
    source, target = TALK[2]
    sure, unsure = assessor.assess(
        [Pair(source, target, model=model, confidence=c) for c in (-0.1, -1.5)]
    )
    (official,) = assessor.assess([Pair(source, target)])
    assert official.scores["right"] is None
    right = unsure.scores["right"] or 0.0
    assert 0.0 < right < (sure.scores["right"] or 0.0) < 1.0
    assert (unsure.faithful or 0.0) < (sure.faithful or 0.0) < (official.faithful or 0.0)
    assert (unsure.faithful or 0.0) <= right
    assert unsure.verdict is Verdict.REVIEW
    assert f"draft: {model} gets {right:.0%} of drafts like this one right" in unsure.reasons


def test_a_draft_of_a_model_that_nobody_measured_is_for_a_person(assessor: Assessor) -> None:
    (found,) = assessor.assess([Pair(*TALK[2], model="other@1", confidence=-0.1)])
    assert found.verdict is Verdict.REVIEW
    assert found.reasons == ("draft: nobody has measured how often other@1 is right",)
    assert found.scores["right"] is None
