"""Sentence vectors as evidence: the likeness of two sides of a bead, against that of chance.

The vector of several segments is the sum of theirs, weighted by their lengths, as a mean over all
their words would be: no text is encoded twice. Vectors alone are enough to align by: texts are
cut into windows along the ladder of their pooled vectors, four segments to one, and so on up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from trilogue.align.lattice import LARGEST, Floats, Integers, Window, empty_scores
from trilogue.align.search import rough_ladder
from trilogue.align.weights import LIKENESS, Fitted, Weights
from trilogue.align.windows import WHOLE, Node
from trilogue.corpora.errors import AlignmentError, ConfigError
from trilogue.corpora.factories import made_by

POOLED: Final = 4
"""Segments that are one on the next level."""
_PAIRS: Final = 4000
_SEED: Final = 7
_FINE: Final = 32


class Encoder(Protocol):
    """Makes vectors of texts, in one space for all languages."""

    @property
    def signature(self) -> str:
        """Model and revision."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row a text."""


def load_encoder(name: str) -> Encoder:
    """A user's own encoder.

    :param name: ``module:factory``; the factory takes no arguments. Without a ``signature`` of its
        own an encoder is named after the factory.
    :raises ConfigError: if there is no such module or factory, or it makes something else.
    """
    made = made_by(name, kind="encoder")
    if not hasattr(made, "encode"):
        kind = type(made).__name__
        raise ConfigError(f"encoder {name}: got a {kind}, expected an object with `encode`")
    return _Named(made, str(getattr(made, "signature", name)))


@dataclass(frozen=True, slots=True)
class _Named:
    """An encoder whose vectors are made sure to be numbers."""

    made: Encoder
    signature: str

    def encode(self, texts: Sequence[str]) -> Floats:
        return np.asarray(self.made.encode(list(texts)), np.float32)


def weighted(vectors: Floats, lengths: Floats, *, where: str) -> Floats:
    """Unit vectors less what all have in common, times the lengths of their segments.

    :raises AlignmentError: if there is not one finite vector for each segment.
    """
    if vectors.ndim != 2 or len(vectors) != len(lengths) or not np.isfinite(vectors).all():
        what = f"got vectors of shape {vectors.shape}, expected {len(lengths)} finite rows"
        raise AlignmentError(f"{where}: {what}; encode these segments again")
    unit = _unit(np.asarray(vectors, np.float32))
    unit = _unit(unit - unit.mean(0)) if len(unit) > 1 else unit
    return unit * np.maximum(lengths, 1.0)[:, None].astype(np.float32)


class VectorEvidence:
    """Vectors of two texts.

    :param source: weighted vectors of the segments of a side; ``target`` likewise.
    :param fitted: by which pooled vectors are aligned, to cut the texts.
    """

    def __init__(self, source: Floats, target: Floats, fitted: Fitted) -> None:
        self.source, self.target, self.fitted = source, target, fitted
        self._scales = _scales(source), _scales(target)
        self._spread = self._by_chance()

    @property
    def sizes(self) -> tuple[int, int]:
        """Segments of the source and of the target."""
        return len(self.source), len(self.target)

    def _by_chance(self) -> float:
        """How far likeness spreads between segments that have nothing to do with each other."""
        rng = np.random.default_rng(_SEED)
        rows, columns = (rng.integers(0, size, _PAIRS) for size in self.sizes)
        dots = np.einsum("kd,kd->k", self.source[rows], self.target[columns])
        alike = dots * self._scales[0][0][rows] * self._scales[1][0][columns]
        return max(float(np.sqrt(np.mean(alike**2))), 1e-3)

    def anchors(self) -> list[Node]:
        """Beads of the pooled texts, as nodes of these."""
        if (len(self.source) + 1) * (len(self.target) + 1) <= WHOLE:
            return []
        coarse = VectorEvidence(_pooled(self.source), _pooled(self.target), self.fitted)
        return [
            (POOLED * bead.source[0], POOLED * bead.target[0])
            for bead in rough_ladder(coarse, self.fitted)
            if len(bead.source) == len(bead.target) == 1
        ]

    def lattice(self, windows: Sequence[Window], weights: Weights) -> Floats:
        """Scores of the beads of some windows, without their kind's: see ``Lattice.scores``."""
        out = empty_scores(windows)
        if not weights.vectors.any():
            return np.zeros_like(out)
        rows, columns = _places(windows, self.sizes)
        dots = np.zeros((rows.shape[1], len(windows), columns.shape[1]), np.float32)
        for lane, window in enumerate(windows):
            # A product with a copy: BLAS is slow with the transpose of a slice.
            across = np.ascontiguousarray(self.target[window.left : window.right].T)
            part = dots[: len(window.rows), lane, : len(window.columns)]
            part[:] = self.source[window.top : window.bottom] @ across
        values = _values(weights)
        for m in range(1, min(LARGEST, len(dots)) + 1):
            tall = _neighbours(dots, m, 0)
            for n in range(1, min(LARGEST, dots.shape[2]) + 1):
                alike = _neighbours(tall, n, 2)
                height, width = alike.shape[0], alike.shape[2]
                alike *= (self._scales[0][m - 1][rows[:, :height]] / self._spread).T[:, :, None]
                alike *= self._scales[1][n - 1][columns[:, :width]]
                size = (m + n) / 2
                out[m:, m - 1, n - 1, :, n:] = size * values.take(_codes(alike))
        return out


def _values(weights: Weights) -> Floats:
    steps = LIKENESS[0] + np.arange(round((LIKENESS[-1] - LIKENESS[0]) * _FINE) + 1) / _FINE
    return np.interp(steps, LIKENESS, weights.vectors).astype(np.float32)


def _codes(alike: Floats) -> npt.NDArray[np.int16]:
    """Places in the table of values; spends ``alike``."""
    alike -= LIKENESS[0] - 0.5 / _FINE
    alike *= _FINE
    np.clip(alike, 0, (LIKENESS[-1] - LIKENESS[0]) * _FINE, out=alike)
    return alike.astype(np.int16)


def _neighbours(values: Floats, m: int, axis: int) -> Floats:
    """Sums of m neighbours; a new array."""
    size = values.shape[axis] - m + 1
    index = [slice(None)] * values.ndim
    index[axis] = slice(0, size)
    out = values[tuple(index)].copy()
    for k in range(1, m):
        index[axis] = slice(k, k + size)
        out += values[tuple(index)]
    return out


def _places(windows: Sequence[Window], sizes: tuple[int, int]) -> tuple[Integers, Integers]:
    """Segments of each window by row and by column, the last one repeated beyond the text's end."""
    tall = max(len(window.rows) for window in windows)
    wide = max(len(window.columns) for window in windows)
    tops = np.array([window.top for window in windows])
    lefts = np.array([window.left for window in windows])
    rows = np.minimum(tops[:, None] + np.arange(tall), sizes[0] - 1)
    return rows, np.minimum(lefts[:, None] + np.arange(wide), sizes[1] - 1)


def _scales(vectors: Floats) -> Floats:
    """1 / norm of the sums of 1 … LARGEST neighbours from each row on; fewer at the end."""
    sums, out = vectors.copy(), []
    for m in range(1, LARGEST + 1):
        out.append(1 / np.maximum(np.sqrt(np.einsum("kd,kd->k", sums, sums)), 1e-6))
        if m < len(vectors):
            sums[:-m] += vectors[m:]
    return np.stack(out).astype(np.float32)


def _pooled(vectors: Floats) -> Floats:
    return np.add.reduceat(vectors, np.arange(0, len(vectors), POOLED), axis=0)


def _unit(vectors: Floats) -> Floats:
    norms = np.sqrt(np.einsum("kd,kd->k", vectors, vectors))
    return np.asarray(vectors / np.maximum(norms, 1e-9)[:, None], np.float32)
