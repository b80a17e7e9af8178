"""The fit of support sees what the aligner will score."""

from dataclasses import replace

import numpy as np

from trilogue.align.evidence import Evidence
from trilogue.align.lexicon import Lexicon
from trilogue.align.sides import side
from trilogue.align.weights import SHAPES, Weights, size
from trilogue.scripts.aligners import fitted
from trilogue.scripts.fitting import support

ENGLISH = ["Putin met Obama in 2015.", "They spoke of gas and of Armenia.", "Thank you."]
RUSSIAN = ["Путин встретил Обаму.", "Это было в 2015 году.", "Говорили о газе и об Армении."]


def test_features_add_up_to_the_score_of_a_bead() -> None:
    sides, nothing = (side(ENGLISH, "en"), side(RUSSIAN, "ru")), Lexicon.empty("en", "ru")
    added = support.Added(*sides, ratio=1.0, lexicon=nothing)
    usual = replace(fitted().sets["lexicon"].weights, support=np.zeros(SHAPES["support"]))
    added.usual = usual
    values = np.random.default_rng(3).normal(size=SHAPES["support"])
    blocks = range(3), range(3)
    total = added.scores(*blocks, usual)
    for place in np.ndindex(values.shape):
        one = Weights.of(np.zeros(size()))
        one.support[place] = 1
        total += np.float32(values[place]) * added.scores(*blocks, one)
    evidence = Evidence(*sides, ratio=1.0, lexicon=nothing)
    expected = evidence.scores(*blocks, replace(usual, support=values))
    possible = expected > -1e20
    assert possible.sum() == 36
    np.testing.assert_allclose(total[possible], expected[possible], atol=1e-3)
