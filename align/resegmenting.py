"""Texts that are cut badly: segments split at clause boundaries, aligned, and put together again.

A segment that holds a paragraph of the other side is split where its parts have counterparts of
their own. A split that neither side's own boundaries ask for is undone, so that two segments that
say the same stay whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.corpora.types import Bead, Ladder

SHORTEST: Final = 8
"""Letters that a part has at least."""
_BOUNDARY: Final = re.compile(r"(?:(?<=[.!?:;…։])(?P<marks>[\"'»”’)\]]*)|(?<=,))\s+|\s+(?=[—–]\s)")
"""Where a clause may end: after its mark and what closes a quotation, or before a dash."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a segment: ``texts[segment][start:end]``."""

    segment: int
    start: int
    end: int


def parts(texts: Sequence[str]) -> list[Part]:
    """All segments, cut where clauses end unless that leaves scraps; a blank one stays whole.

    White space is between the parts.
    """
    return [part for number, text in enumerate(texts) for part in _cut(number, text)]


def _cut(number: int, text: str) -> list[Part]:
    whole = len(text) - len(text.lstrip()), len(text.rstrip())
    start, end = whole if whole[0] < whole[1] else (0, len(text))
    found = []
    for boundary in _BOUNDARY.finditer(text, start, end):
        marks, white = boundary["marks"] or "", boundary.end()
        stop = boundary.start() + len(marks)
        if stop - start >= SHORTEST and end - white >= SHORTEST:
            found.append(Part(number, start, stop))
            start = white
    return [*found, Part(number, start, end)]


@dataclass(frozen=True, slots=True)
class Cut:
    """Two texts cut anew, with the ladder of their new segments."""

    source: tuple[Part, ...]
    target: tuple[Part, ...]
    ladder: Ladder


def resegmented(source: Sequence[Part], target: Sequence[Part], ladder: Ladder) -> Cut:
    """Put parts together again wherever no boundary of either side's segments is between.

    :param ladder: of the parts.
    """
    groups: list[list[Bead]] = []
    for bead in ladder:
        if groups and _one(groups[-1], bead, source, target):
            groups[-1].append(bead)
        else:
            groups.append([bead])
    rows: list[Part] = []
    columns: list[Part] = []
    beads = []
    for group in groups:
        here = _joined([source[i] for bead in group for i in bead.source])
        there = _joined([target[j] for bead in group for j in bead.target])
        beads.append(
            Bead(
                tuple(range(len(rows), len(rows) + len(here))),
                tuple(range(len(columns), len(columns) + len(there))),
                max(bead.cost for bead in group),
                min((p for bead in group if (p := bead.probability) is not None), default=None),
            )
        )
        rows += here
        columns += there
    return Cut(tuple(rows), tuple(columns), tuple(beads))


def _one(group: Sequence[Bead], bead: Bead, source: Sequence[Part], target: Sequence[Part]) -> bool:
    """Whether a bead goes on inside of the last segments of a group."""
    sides = (
        (source, [i for other in group for i in other.source], bead.source),
        (target, [j for other in group for j in other.target], bead.target),
    )
    inside = [
        before[-1] + 1 == after[0] and of[before[-1]].segment == of[after[0]].segment
        for of, before, after in sides
        if before and after
    ]
    # A part that was left alone goes with its segment: it is no segment of its own.
    return bool(inside) and all(inside)


def _joined(given: Sequence[Part]) -> list[Part]:
    """Neighbouring parts of one segment as one."""
    out: list[Part] = []
    for part in given:
        if out and out[-1].segment == part.segment:
            out[-1] = Part(part.segment, out[-1].start, part.end)
        else:
            out.append(part)
    return out
