"""What a lexicon says of pairs: as the formula has it, and many at once as one by one."""

from math import log
from pathlib import Path
from typing import Final

import pytest

from trilogue import models
from trilogue.align.lexicon import Lexicon
from trilogue.align.scores.coverage import Coverage
from trilogue.align.scores.explainer import CHANCE, Explainer
from trilogue.align.scores.text import Side

WEIGHTS: Final = Path(models.__path__[0]) / "weights"
PAIRS: Final = [
    ("The president signed the peace agreement in July.", "Президент подписал мирное соглашение."),
    ("", "Переговоры прошли."),
    ("The talks on the border went well, the talks on trade did not.", "Переговоры о границе."),
    ("Zzyzx spoke of 2021 and of 48.", "Ззызкс говорил о 2021 и о 48."),
    ("Thank you.", ""),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(WEIGHTS / "lexicon-ru.npz")


def sides(source: str, target: str) -> tuple[Side, Side]:
    return Side.of(source, "en"), Side.of(target, "ru")


def covered(lexicon: Lexicon, *pairs: tuple[str, str]) -> list[Coverage]:
    return list(Explainer(lexicon).coverages([sides(*pair) for pair in pairs]))


def test_a_word_is_explained_as_the_formula_says(lexicon: Lexicon) -> None:
    source, target = sides(*PAIRS[0])
    (found,) = covered(lexicon, PAIRS[0])
    for r, stem in zip(found.target.evidence, target.stems, strict=True):
        mass = sum(lexicon.probability(other, stem) for other in set(source.stems))
        share = (1 - CHANCE) * mass / len(source.stems)
        assert r == pytest.approx(log(CHANCE + share / lexicon.frequency(stem, target=True)))


def test_a_tie_is_weaker_where_another_word_claims_the_partner_more(lexicon: Lexicon) -> None:
    source, target = sides(*PAIRS[0])
    (found,) = covered(lexicon, PAIRS[0])

    def tie(one: str, other: str) -> float:
        there = lexicon.probability(one, other)
        return there + lexicon.probability(one, other, back=True)

    for best, stem in zip(found.source.ties, source.stems, strict=True):
        expected = 0.0
        for other in target.stems:
            own, rival = tie(stem, other), max(tie(one, other) for one in source.stems)
            expected = max(expected, own * own / rival if rival > own else own)
        assert best == pytest.approx(expected)


def test_pairs_looked_up_together_say_what_they_say_alone(lexicon: Lexicon) -> None:
    together = covered(lexicon, *PAIRS * 30)
    assert together == [covered(lexicon, pair)[0] for pair in PAIRS] * 30


def test_words_that_no_lexicon_knows_explain_themselves_by_how_they_are_written_or_sound(
    lexicon: Lexicon,
) -> None:
    (found,) = covered(lexicon, PAIRS[3])
    assert [found.source.evidence[at] for at in (0, 3, 6)] == [4.0, 4.0, 4.0]
    assert found.source.classes[0] == 0


def test_a_margin_is_told_only_of_pairs_with_neighbours(lexicon: Lexicon) -> None:
    pairs = [sides(*PAIRS[0]), sides(*PAIRS[2]), sides(*PAIRS[3])]
    coverages, margins = Explainer(lexicon).margins(pairs, ["one", "one", "other"])
    assert coverages == list(Explainer(lexicon).coverages(pairs))
    rival = covered(lexicon, (PAIRS[0][0], PAIRS[2][1]))[0]
    assert margins[0] == pytest.approx(coverages[0].mean - rival.mean)
    assert margins[2] is None
