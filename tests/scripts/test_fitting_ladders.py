"""Documents whose ladder is known: what they are made of, and that their beads are no two."""

from collections import Counter

import pytest

from trilogue.scripts.fitting.ladders import Known, documents

ROWS = [
    (f"First {n}, second {n}; third {n}", f"один {n}, два {n}; три {n}", f"un {n}, dos {n}", n)
    for n in range(400)
]


@pytest.fixture(scope="module", params=[False, True])
def made(request: pytest.FixtureRequest) -> tuple[bool, list[Known]]:
    return request.param, list(documents(ROWS, 60, 1, whole=request.param))


def test_each_segment_is_in_one_bead_in_order(made: tuple[bool, list[Known]]) -> None:
    for known in made[1]:
        assert [i for source, _ in known.gold for i in source] == list(range(len(known.source)))
        assert [j for _, target in known.gold for j in target] == list(range(len(known.target)))
        assert len(known.drafts) == len(known.source)
        assert all(known.source) and all(known.target)


def test_no_bead_can_be_taken_apart(made: tuple[bool, list[Known]]) -> None:
    for known in made[1]:
        for source, target in known.gold:
            if not (source and target):
                continue
            here, there = (
                [of[k] for k in side]
                for of, side in ((known.source_lines, source), (known.target_lines, target))
            )
            assert {n for lines in here for n in lines} == {n for lines in there for n in lines}
            # A segment ends within a line where the next one begins with the same.
            ends = [
                {(one[-1], other[0]) for one, other in zip(side, side[1:], strict=False)}
                for side in (here, there)
            ]
            assert not ends[0] & ends[1]


def test_lines_are_cut_unless_they_shall_stay_whole(made: tuple[bool, list[Known]]) -> None:
    whole, found = made
    kinds = Counter((len(source), len(target)) for known in found for source, target in known.gold)
    texts = [text for known in found for text in known.source]
    cut = sum(len(text.split()) % 6 > 0 for text in texts) / len(texts)
    assert (kinds[2, 3] + kinds[3, 2] > 0) is not whole
    assert kinds[1, 1] > kinds[1, 2] > 0
    assert cut < 0.04 if whole else cut > 0.08
