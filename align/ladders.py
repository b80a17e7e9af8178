"""Ladders as files and as values: read, write, check; one bead a line, ``[0, 1]:[0]:cost``."""

from collections.abc import Iterable
from pathlib import Path

from trilogue.corpora.errors import AlignmentError, FormatError
from trilogue.corpora.formats.ladder import bead_of, line_of
from trilogue.corpora.lines import file_lines
from trilogue.corpora.types import Bead, Ladder


def read_ladder(path: Path) -> Ladder:
    """The beads of a file, in its order; lines without indices are skipped.

    :raises FormatError: with the line, if one is not a bead.
    """
    beads = []
    for number, line in enumerate(file_lines(path), 1):
        bead = bead_of(line.strip())
        if bead is None:
            if not line.strip():
                continue
            expected = "expected [source indices]:[target indices] or the same with :cost"
            raise FormatError(f"{path}:{number}: not a bead: got {line.strip()[:60]!r}, {expected}")
        if bead.source or bead.target:
            beads.append(bead)
    return tuple(beads)


def written(ladder: Iterable[Bead]) -> str:
    """The ladder as text, a bead a line."""
    return "".join(f"{line_of(bead)}\n" for bead in ladder)


def complete(ladder: Iterable[Bead], *, source: int, target: int) -> Ladder:
    """The ladder, with a bead for each segment that is in none: left alone, where it stands.

    :raises AlignmentError: as :func:`check_ladder`.
    """
    beads = sorted((bead for bead in ladder if bead.source), key=lambda bead: bead.source[0])
    only = {bead.target[0]: bead for bead in ladder if bead.target and not bead.source}
    check_ladder((*beads, *only.values()), source=source, target=target)
    in_source = {i for bead in beads for i in bead.source}
    in_target = {j for bead in (*beads, *only.values()) for j in bead.target}
    only |= {j: Bead((), (j,)) for j in range(target) if j not in in_target}
    rows = sorted(
        [*beads, *(Bead((i,), ()) for i in range(source) if i not in in_source)],
        key=lambda bead: bead.source[0],
    )
    waiting = sorted(only)
    out: list[Bead] = []
    for bead in rows:
        while bead.target and waiting and waiting[0] < bead.target[0]:
            out.append(only[waiting.pop(0)])
        out.append(bead)
    return (*out, *(only[j] for j in waiting))


def check_ladder(ladder: Ladder, *, source: int, target: int) -> None:
    """Refuse a ladder that does not fit texts of these numbers of segments.

    :raises AlignmentError: naming the first bead that goes wrong.
    """
    seen: tuple[set[int], set[int]] = (set(), set())
    for number, bead in enumerate(ladder, 1):
        sides = (("source", bead.source, source, seen[0]), ("target", bead.target, target, seen[1]))
        for name, indices, size, used in sides:
            for index in indices:
                if index >= size:
                    what = f"{name} index {index}, but there are {size} segments"
                    raise AlignmentError(f"bead {number}: {what}; is it a ladder of these files?")
                if index in used:
                    raise AlignmentError(f"bead {number}: {name} segment {index} is in two beads")
                used.add(index)
