"""What vectors weigh is fitted on documents whose vectors agree with their gold."""

import numpy as np
import pytest

from trilogue.align.evidence import Evidence
from trilogue.align.sides import side
from trilogue.align.vectors import VectorEvidence, weighted
from trilogue.align.weights import SHAPES, Fitted, Weights, size
from trilogue.scripts.fitting import alignment, vectors
from trilogue.scripts.fitting.ladders import documents


def test_likeness_is_worth_more_the_more_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "STEPS", 9)
    rng = np.random.default_rng(1)
    rows = [(f"word {n} and more", f"слово {n} и ещё", "", n) for n in range(200)]
    lines = rng.normal(size=(200, 32)).astype(np.float32)
    usual = Fitted(
        Weights.of(np.zeros(size())),
        np.full(SHAPES["kinds"], 0.05),
        np.full(2, 0.05),
        np.full(2, 0.5),
    )
    examples = []
    for known in documents(rows, 24, 5):
        sides = [
            weighted(
                np.stack([lines[of].sum(0) for of in each]),
                np.ones(len(each), np.float32),
                where="test",
            )
            for each in (known.source_lines, known.target_lines)
        ]
        evidence = Evidence(
            side(known.source, "en"),
            side(known.target, "ru"),
            ratio=1.0,
            vectors=VectorEvidence(sides[0], sides[1], usual),
        )
        units = {
            number: unit
            for number in range(size())
            if (unit := Weights.of(np.eye(1, size(), number)[0])).vectors.any()
        }
        examples.append(alignment.example(known, evidence, {0: usual.weights, **units}))
    found = vectors._fitted(examples, usual.weights)
    assert found.vectors[-2] > found.vectors[2] > found.vectors[0] - 1
    assert found.vectors[-2] > 1
    assert not found.words.any()
