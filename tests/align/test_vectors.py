"""Vectors as evidence: alone, beside the rest, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from trilogue import models
from trilogue.align import windows
from trilogue.align.lattice import IMPOSSIBLE, Floats, Window
from trilogue.align.search import best_ladder, rough_ladder
from trilogue.align.vectors import VectorEvidence, load_encoder, weighted
from trilogue.align.weights import SHAPES, Fitted, Weights, size
from trilogue.corpora.errors import AlignmentError, ConfigError
from trilogue.corpora.types import Bead

WEIGHTS = Path(models.__path__[0]) / "weights"


def fitted() -> Fitted:
    """Weights as a fit would find them, near enough."""
    weights = Weights.of(np.zeros(size()))
    weights.vectors[:] = (-3, -2.5, -2, -1, 2, 4, 6, 8)
    weights.kinds[:] = -2.0 * np.add.outer(np.arange(4), np.arange(4))
    weights.gaps[:] = (-3, -2, -3, -2, -1)
    kinds = np.full(SHAPES["kinds"], 0.01)
    kinds[0, 0] = 0.8
    return Fitted(weights, kinds, np.array([0.05, 0.05]), np.array([0.5, 0.5]))


def texts(length: int, seed: int) -> tuple[Floats, Floats, dict[int, int]]:
    """Vectors of two texts: one in twelve source segments has no counterpart; the true pairs."""
    rng = np.random.default_rng(seed)
    source = rng.normal(size=(length, 64)).astype(np.float32)
    kept = np.flatnonzero(rng.random(length) > 1 / 12)
    target = source[kept] + 0.7 * rng.normal(size=(len(kept), 64)).astype(np.float32)
    return source, target, {int(i): k for k, i in enumerate(kept)}


def evidence(source: Floats, target: Floats) -> VectorEvidence:
    sides = [
        weighted(vectors, np.full(len(vectors), 60.0, np.float32), where="text")
        for vectors in (source, target)
    ]
    return VectorEvidence(sides[0], sides[1], fitted())


def pairs(ladder: list[Bead]) -> dict[int, int]:
    return {
        bead.source[0]: bead.target[0]
        for bead in ladder
        if len(bead.source) == len(bead.target) == 1
    }


def test_vectors_alone_find_the_pairs() -> None:
    source, target, true = texts(400, 1)
    found = pairs(best_ladder(evidence(source, target), fitted()))
    assert len(found.items() & true.items()) > 0.9 * len(true)


def test_windows_of_pooled_vectors_find_what_the_whole_matrix_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, target, _ = texts(500, 2)
    given = evidence(source, target)
    monkeypatch.setattr(windows, "WHOLE", 10**9)
    whole = best_ladder(given, fitted())
    monkeypatch.setattr(windows, "WHOLE", 0)
    monkeypatch.setattr("trilogue.align.vectors.WHOLE", 20_000)
    assert len(windows.windows(given.anchors(), *given.sizes)) > 10
    cut = best_ladder(given, fitted())
    assert [(b.source, b.target) for b in cut] == [(b.source, b.target) for b in whole]


def test_a_rough_ladder_has_no_probabilities() -> None:
    source, target, true = texts(120, 3)
    found = rough_ladder(evidence(source, target), fitted())
    assert all(bead.probability is None for bead in found)
    assert len(pairs(found).items() & true.items()) > 0.85 * len(true)


def test_several_segments_are_the_sum_of_their_vectors() -> None:
    rng = np.random.default_rng(4)
    parts = rng.normal(size=(40, 64)).astype(np.float32)
    source = parts + 0.0
    target = np.concatenate([parts[:10], parts[10:12].sum(0, keepdims=True), parts[12:]])
    scores = evidence(source, target).lattice([Window(0, 40, 0, 39)], fitted().weights)
    joined, half = scores[12, 1, 0, 0, 11], scores[12, 0, 0, 0, 11]
    assert joined > half > IMPOSSIBLE


def test_a_window_scores_as_it_does_beside_others() -> None:
    source, target, _ = texts(90, 5)
    given, weights = evidence(source, target), fitted().weights
    alone = given.lattice([Window(60, 90, 50, 70)], weights)
    beside = given.lattice([Window(0, 40, 0, 35), Window(60, 90, 50, 70)], weights)
    possible = alone > -1e20
    np.testing.assert_allclose(
        beside[:31, :, :, 1, :21][possible[:, :, :, 0]], alone[possible], atol=1e-4
    )


def test_vectors_that_are_no_numbers_are_refused() -> None:
    broken = np.full((3, 4), np.nan, np.float32)
    with pytest.raises(AlignmentError, match=r"source: got vectors of shape \(3, 4\), expected 3"):
        weighted(broken, np.ones(3, np.float32), where="source")


class Doubling:
    """An encoder without a signature."""

    def encode(self, texts: list[str]) -> list[list[int]]:
        return [[len(text), 2 * len(text)] for text in texts]


def test_a_users_own_encoder_is_named_after_its_factory() -> None:
    found = load_encoder(f"{__name__}:Doubling")
    assert found.signature == f"{__name__}:Doubling"
    assert found.encode(("Yes.",)).tolist() == [[4.0, 8.0]]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("numpy", "encoder: got 'numpy', expected module:factory"),
        ("no_such_module:make", "encoder no_such_module:make: No module named"),
        ("builtins:dict", "encoder builtins:dict: got a dict, expected an object with `encode`"),
    ],
)
def test_what_is_no_encoder_is_refused(name: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_encoder(name)
