"""The best ladder of two texts: windows around anchors, priors that adapt to the document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from trilogue.align.dynamic import Steps, best_paths
from trilogue.align.islands import without_islands
from trilogue.align.lattice import Doubles, Floats, Gaps, Lattice, Window
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
    rows, columns = evidence.sizes
    cut = windows(evidence.anchors(), rows, columns)
    priors, scores = _adapted(evidence, cut, fitted)

    def solve(given: Sequence[Window]) -> list[Path]:
        paths: list[Path] = [[] for _ in given]
        for batch in batches(given):
            chosen = [given[k] for k in batch]
            # A document of one window has been scored already.
            known = scores if chosen == cut else None
            lattice = _lattice(evidence, chosen, fitted, priors, known)
            for k, path in zip(batch, _paths(chosen, lattice), strict=True):
                paths[k] = path
        return paths

    return without_islands(searched(cut, solve))


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


def _paths(chosen: Sequence[Window], lattice: Lattice) -> list[Path]:
    """The best ladder of each window, with probabilities."""
    steps, found = best_paths(lattice), marginals(lattice)
    return [
        _beads(window, path, lane, found)
        for lane, (window, path) in enumerate(zip(chosen, steps, strict=True))
    ]


def _beads(window: Window, path: Steps, lane: int, found: Marginals) -> Path:
    beads = []
    i, j = window.top, window.left
    for m, n in path:
        row, column = i - window.top, j - window.left
        if n == 0:
            probability = float(found.source_gaps[lane, row])
        elif m == 0:
            probability = float(found.target_gaps[lane, column])
        else:
            probability = float(found.beads[row + m, m - 1, n - 1, lane, column + n])
        probability = min(max(probability, 1e-12), 1.0)
        cost = max(-float(np.log(probability)), 0.0)
        beads.append(Bead(tuple(range(i, i + m)), tuple(range(j, j + n)), cost, probability))
        i, j = i + m, j + n
    return beads


def _adapted(
    evidence: Evident, cut: Sequence[Window], fitted: Fitted
) -> tuple[Priors, Floats | None]:
    """The document's own priors, and the scores of its windows if it has only one.

    Every other window covers each segment once.
    """
    apart = cut[::2]
    sample = (
        [apart[k * len(apart) // SAMPLE] for k in range(SAMPLE)] if len(apart) > SAMPLE else apart
    )
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

    Kinds move in two classes, 1–1 and all others: a rare kind would follow its own echo.
    """
    counts = np.sum([part.beads.sum((0, 3, 4), dtype=np.float64) for part in found], 0)
    opened = np.sum([(part.opened_source.sum(), part.opened_target.sum()) for part in found], 0)
    alone = np.sum([(part.source_gaps.sum(), part.target_gaps.sum()) for part in found], 0)
    single = np.zeros(counts.shape, bool)
    single[0, 0] = True
    seen = np.array([counts[single].sum(), counts[~single].sum(), *opened])
    usual = np.array([fitted.kinds[single].sum(), fitted.kinds[~single].sum(), *fitted.opened])
    change = np.log((seen + TRUST * usual) / (seen.sum() + TRUST) / usual)
    kinds = fitted.weights.kinds + np.where(single, change[0], change[1])
    more = (alone - opened + TRUST * fitted.further) / (alone + TRUST) / fitted.further
    gaps = fitted.weights.gaps.copy()
    gaps[[0, 2]] += change[2:]
    gaps[[1, 3]] += np.log(more)
    return Priors(kinds, gaps)
