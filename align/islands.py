"""Islands: a few beads in a sea of segments without counterpart.

The more places a bead could be at, the better one of them looks by chance. Gaps cost what they
cost where the weights were fitted, in short documents; in a long stretch that neither text shares,
an island stands only if its odds outweigh the number of places that it could have had.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from trilogue.corpora.types import Bead

USUAL: Final = 100.0
"""Places among which a bead of the fitted documents was found."""
_CERTAIN: Final = 1e-7


def without_islands(beads: Sequence[Bead]) -> list[Bead]:
    """The ladder without the islands that chance explains; their segments are left alone."""
    while True:
        chance = _by_chance(beads)
        if not chance:
            return list(beads)
        beads = [part for k, bead in enumerate(beads) for part in _alone(bead, k in chance)]


def _alone(bead: Bead, chance: bool) -> list[Bead]:
    if not chance:
        return [bead]
    probability = 1 - (bead.probability or 0.0)
    cost = -float(np.log(max(probability, 1e-12)))
    out = [Bead((i,), (), cost, probability) for i in bead.source]
    return out + [Bead((), (j,), cost, probability) for j in bead.target]


def _by_chance(beads: Sequence[Bead]) -> set[int]:
    """Numbers of beads that stand in islands less likely than chance."""
    runs = _runs(beads)
    found: set[int] = set()
    for at, (first, last, sea) in enumerate(runs):
        if sea:
            continue
        island = beads[first:last]
        around = [beads[a:b] for a, b, _ in (*runs[max(at - 1, 0) : at], *runs[at + 1 : at + 2])]
        near = [bead for part in (island, *around) for bead in part]
        places = sum(len(bead.source) for bead in near) * sum(len(bead.target) for bead in near)
        if _log_odds(island) < np.log(places / USUAL):
            found.update(range(first, last))
    return found


def _runs(beads: Sequence[Bead]) -> list[tuple[int, int, bool]]:
    """Stretches of linked beads and of gaps between them: first, last, whether it is gaps."""
    runs: list[tuple[int, int, bool]] = []
    for k, bead in enumerate(beads):
        sea = not (bead.source and bead.target)
        if runs and runs[-1][2] == sea:
            runs[-1] = (runs[-1][0], k + 1, sea)
        else:
            runs.append((k, k + 1, sea))
    return runs


def _log_odds(island: Sequence[Bead]) -> float:
    """Joint odds of an island's beads, each no more certain than its arithmetic."""
    wrong = np.array([max(1 - (bead.probability or 0.0), _CERTAIN) for bead in island])
    return float(np.sum(np.log((1 - wrong + _CERTAIN) / wrong)))
