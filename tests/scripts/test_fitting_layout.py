"""What layout weighs is fitted on documents whose breaks agree with their gold."""

import random

import numpy as np
import pytest

from trilogue.align.layout import TURN
from trilogue.align.weights import SHAPES, AlignmentModel, Fitted, Weights, size
from trilogue.scripts.fitting import alignment, layout
from trilogue.scripts.fitting.ladders import documents

ROWS = [(f"word {n} and more", f"слово {n} и ещё", "", n) for n in range(200)]


def test_a_layout_has_turns_where_beads_begin() -> None:
    rng = random.Random(3)
    for known in documents(ROWS, 12, 5):
        source, target = layout.laid_out(known, rng)
        assert (len(source.breaks), len(target.breaks)) == (len(known.source), len(known.target))
        starts = {bead[0][0] for bead in known.gold if bead[0]}
        assert {i for i, kind in enumerate(source.breaks) if kind == TURN} <= starts
        if len(set(source.speakers)) > 1:
            assert set(target.speakers) <= {*layout.SPEAKERS}


def test_breaks_within_beads_weigh_against_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "STEPS", 9)
    nothing = Fitted(
        Weights.of(np.zeros(size())),
        np.full(SHAPES["kinds"], 0.05),
        np.full(2, 0.05),
        np.full(2, 0.5),
    )
    model = AlignmentModel({"none": nothing}, {"en-ru": 1.0})
    rng = random.Random(1)
    examples = [
        layout._example(
            layout.Document(known, "ru", None, layout.laid_out(known, rng)), "none", model
        )
        for known in documents(ROWS, 24, 5)
    ]
    found = layout.fitted(examples, nothing.weights)
    assert set(found) == {"starts", "inside", "speakers"}
    assert (found["inside"] < -0.3).all()
    assert found["speakers"][0] > found["speakers"][1]
    assert found["starts"][0] == 0
