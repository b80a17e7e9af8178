"""Blocks that stand in another order: found among what a ladder has left alone.

What the best ladder in order leaves alone on both sides is aligned by itself, again and again: each
time the heaviest part that goes in order is found, until nothing stands that chance could not
explain. A bead is found only where its segments are neighbours in the text.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from trilogue.align.windows import Path
from trilogue.corpora.types import Bead

log = logging.getLogger(__name__)

ROUNDS: Final = 12
"""Blocks of different order that are looked for."""
Align = Callable[[list[int], list[int]], Path]


def reordered(beads: Sequence[Bead], align: Align) -> Path:
    """A ladder with the beads of crossed blocks in it, by their source; each block is reported.

    :param align: the best ladder in order of some segments of both sides, in indices of the texts.
    """
    found = list(beads)
    for _ in range(ROUNDS):
        rows = [i for bead in found if not bead.target for i in bead.source]
        columns = sorted(j for bead in found if not bead.source for j in bead.target)
        if not rows or not columns:
            break
        crossed = [bead for bead in align(rows, columns) if _stands(bead)]
        if not crossed:
            break
        _report(crossed)
        found = _with(found, crossed)
    return found


def _stands(bead: Bead) -> bool:
    return all(side and side[-1] - side[0] == len(side) - 1 for side in (bead.source, bead.target))


def _with(beads: Sequence[Bead], crossed: Sequence[Bead]) -> Path:
    """The ladder with some beads in place of the segments that were alone."""
    rows = {i for bead in crossed for i in bead.source}
    columns = {j for bead in crossed for j in bead.target}
    by_source = {bead.source[0]: bead for bead in crossed}
    out: list[Bead] = []
    for bead in beads:
        if bead.source and bead.target:
            out.append(bead)
        elif bead.source and bead.source[0] in rows:
            out += [by_source[i] for i in bead.source if i in by_source]
        elif not (bead.target and bead.target[0] in columns):
            out.append(bead)
    return out


def _report(crossed: Sequence[Bead]) -> None:
    for source, target in _blocks(crossed):
        told = "source segments %d to %d stand in another place of the target: %d to %d"
        log.warning(told, source[0], source[-1], target[0], target[-1])


def _blocks(crossed: Sequence[Bead]) -> Iterator[tuple[list[int], list[int]]]:
    """Beads that follow each other closely on both sides, together."""
    source: list[int] = []
    target: list[int] = []
    for bead in crossed:
        if source and (bead.source[0] - source[-1] > 3 or bead.target[0] - target[-1] > 3):
            yield source, target
            source, target = [], []
        source, target = [*source, *bead.source], [*target, *bead.target]
    if source:
        yield source, target
