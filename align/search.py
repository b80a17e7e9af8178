"""The best ladder of two texts: windows around anchors, priors that adapt to the document."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from trilogue.align.dynamic import Steps, best_paths
from trilogue.align.islands import without_islands
from trilogue.align.lattice import LARGEST, Doubles, Floats, Gaps, Integers, Lattice, Window
from trilogue.align.marginals import Marginals, marginals
from trilogue.align.weights import Fitted, Weights
from trilogue.align.windows import Node, Path, batches, searched, windows
from trilogue.corpora.types import Bead

PASSES: Final = 2
"""Times that the priors of a document are estimated from its own marginals."""
TRUST: Final = 30.0
"""Beads of a document that weigh as much as what was fitted beforehand."""
SAMPLE: Final = 64
"""Windows that the priors are estimated from."""


_CLASSES: Final = np.add.outer(*2 * [(np.arange(LARGEST) > 0).astype(int)])
"""0 for 1–1, 1 for one to several, 2 for several to several."""


class Evident(Protocol):
    """What the search needs to know of two texts."""

    @property
    def sizes(self) -> tuple[int, int]:
        """Segments of the source and of the target."""

    def anchors(self) -> list[Node]:
        """Where to cut: pairs of segments that correspond, most likely; ascending."""

    def lattice(self, windows: Sequence[Window], weights: Weights) -> Floats:
        """Scores of the beads of some windows, without their kind's: see ``Lattice.scores``."""


@dataclass(frozen=True, slots=True)
class Priors:
    """Scores of kinds of beads and of gaps."""

    kinds: Doubles
    gaps: Doubles


def best_ladder(evidence: Evident, fitted: Fitted) -> Path:
    """The beads of the best ladder, with the document's own priors."""
    cut = windows(evidence.anchors(), *evidence.sizes)
    priors, scores = _adapted(evidence, cut, fitted)
    return without_islands(searched(cut, _Solver(evidence, fitted, priors, cut, scores)))


def rough_ladder(evidence: Evident, fitted: Fitted) -> Path:
    """The best ladder with the usual priors, without probabilities: in a third of the time."""
    cut = windows(evidence.anchors(), *evidence.sizes)
    priors = Priors(fitted.weights.kinds, fitted.weights.gaps)
    return searched(cut, _Solver(evidence, fitted, priors))


@dataclass(frozen=True, slots=True)
class _Solver:
    """Searches windows side by side.

    :ivar scored: the document's windows, or None if no probabilities are asked for.
    :ivar scores: of these windows, if they are known already.
    """

    evidence: Evident
    fitted: Fitted
    priors: Priors
    scored: Sequence[Window] | None = None
    scores: Floats | None = None

    def __call__(self, given: Sequence[Window]) -> list[Path]:
        paths: list[Path] = [[] for _ in given]
        for batch in batches(given):
            chosen = [given[k] for k in batch]
            known = self.scores if chosen == self.scored else None
            lattice = _lattice(self.evidence, chosen, self.fitted, self.priors, known)
            steps = best_paths(lattice)
            found = None if self.scored is None else marginals(lattice)
            for lane, k in enumerate(batch):
                paths[k] = _beads(given[k], steps[lane], lane, found)
        return paths


def _lattice(
    evidence: Evident,
    chosen: Sequence[Window],
    fitted: Fitted,
    priors: Priors,
    scores: Floats | None,
) -> Lattice:
    if scores is None:
        scores = evidence.lattice(chosen, fitted.weights)
    return Lattice(
        scores + priors.kinds.astype(np.float32)[:, :, None, None],
        Gaps.of(priors.gaps),
        np.array([len(window.rows) for window in chosen]),
        np.array([len(window.columns) for window in chosen]),
    )


def _beads(window: Window, path: Steps, lane: int, found: Marginals | None) -> Path:
    """A path as beads, with probabilities if they are known."""
    sizes = np.array(path, np.int64).reshape(-1, 2)
    ends = np.cumsum(sizes, 0)
    probabilities = [None] * len(path) if found is None else _chances(lane, sizes, ends, found)
    beads = []
    i, j = window.top, window.left
    for (m, n), probability in zip(path, probabilities, strict=True):
        cost = 0.0 if probability is None else -math.log(probability)
        beads.append(Bead(tuple(range(i, i + m)), tuple(range(j, j + n)), cost, probability))
        i, j = i + m, j + n
    return beads


def _chances(lane: int, sizes: Integers, ends: Integers, found: Marginals) -> list[float]:
    """Probability of each step of a path."""
    out = np.empty(len(sizes))
    linked, source, target = sizes.all(1), sizes[:, 1] == 0, sizes[:, 0] == 0
    out[linked] = found.of(lane, ends[linked], sizes[linked])
    out[source] = found.source_gaps[lane, ends[source, 0] - 1]
    out[target] = found.target_gaps[lane, ends[target, 1] - 1]
    return [float(value) for value in np.clip(out, 1e-12, 1.0)]


def _adapted(
    evidence: Evident, cut: Sequence[Window], fitted: Fitted
) -> tuple[Priors, Floats | None]:
    """The document's own priors, and the scores of its windows if it has only one.

    Of many windows, some that are spread evenly tell enough.
    """
    count = min(len(cut), SAMPLE)
    sample = [cut[k * len(cut) // count] for k in range(count)]
    parts = [[sample[k] for k in batch] for batch in batches(sample)]
    scored = [evidence.lattice(part, fitted.weights) for part in parts]
    priors = Priors(fitted.weights.kinds, fitted.weights.gaps)
    for _ in range(PASSES):
        found = [
            marginals(_lattice(evidence, part, fitted, priors, scores))
            for part, scores in zip(parts, scored, strict=True)
        ]
        priors = _estimated(found, fitted)
    return priors, scored[0] if len(cut) == 1 else None


def _estimated(found: Sequence[Marginals], fitted: Fitted) -> Priors:
    """Priors moved towards how often kinds and gaps happen.

    Kinds move in three classes, 1–1, one to several, and several to several: a rare kind would
    follow its own echo.
    """
    counts = np.sum([part.counted() for part in found], 0)
    opened = np.sum([(part.opened_source.sum(), part.opened_target.sum()) for part in found], 0)
    alone = np.sum([(part.source_gaps.sum(), part.target_gaps.sum()) for part in found], 0)
    seen = np.array([*counts, *opened])
    usual = np.array([*(fitted.kinds[_CLASSES == k].sum() for k in range(3)), *fitted.opened])
    change = np.log((seen + TRUST * usual) / (seen.sum() + TRUST) / usual)
    kinds = fitted.weights.kinds + change[_CLASSES]
    more = (alone - opened + TRUST * fitted.further) / (alone + TRUST) / fitted.further
    gaps = fitted.weights.gaps.copy()
    gaps[[0, 2]] += change[3:]
    gaps[[1, 3]] += np.log(more)
    return Priors(kinds, gaps)
