"""Damage is what its name says, and nothing else."""

from random import Random

from trilogue.scripts.fitting.damage import clipped, exchanged, merged, neighboured

PAIRS = [
    (
        "The President thanked the governor, spoke of the new bridge, and left for Moscow.",
        "Президент поблагодарил губернатора, рассказал о новом мосте, и уехал в Москву.",
    ),
    ("In 2019 there were 48 of them in Baku.", "В 2019 году в городе Баку их было 48."),
]


def test_a_clipped_target_lacks_one_clause_and_still_ends() -> None:
    ((index, source, target),) = clipped(PAIRS[:1], Random(1))
    assert (index, source) == (0, PAIRS[0][0])
    assert target.endswith(".")
    assert target[0].isupper()
    assert 0.5 <= len(target.split()) / len(PAIRS[0][1].split()) < 1.0


def test_merged_sources_have_the_target_of_one() -> None:
    ((_, source, target),) = merged(PAIRS, Random(1))
    assert source == f"{PAIRS[0][0]} {PAIRS[1][0]}"
    assert target in (PAIRS[0][1], PAIRS[1][1])


def test_numbers_change_places() -> None:
    ((_, _, target),) = exchanged(PAIRS, Random(1))
    assert target == "В 48 году в городе Баку их было 2019."


def test_a_name_comes_from_a_line_nearby() -> None:
    for _, _, target in neighboured(PAIRS, Random(1)):
        assert ("Баку" in target) != ("Москву" in target)
        assert target not in {one for _, one in PAIRS}
