"""Ladders: two files of segments and the beads between them, as aligners write and read them.

``PATH.en-ru.en`` and ``PATH.en-ru.ru`` hold one segment a line, document after document. A line of
``PATH.en-ru.ladder`` is a bead, ``[0, 1]:[0]:cost``: indices from 0 into the whole files, an empty
list where there is no counterpart, cost −log of the probability that the bead is right. Line *i* of
``PATH.en-ru.ids`` names source line *i*: segment, document, start, end, origin, parted by tabs.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.foreign import Completion
from trilogue.corpora.formats.markup import OnLeftOut
from trilogue.corpora.formats.moses import Pair, unbroken
from trilogue.corpora.formats.output import new_text
from trilogue.corpora.formats.records import Record, Row
from trilogue.corpora.lines import file_lines
from trilogue.corpora.types import Bead, Ladder, LeftOut, Origin, Segment

_BEAD: Final = re.compile(r"^\[([\d, ]*)\]:\[([\d, ]*)\](?::(-?[\d.]+(?:e-?\d+)?|inf|nan)?)?$")
_IDS: Final = 5


@dataclass(frozen=True, slots=True)
class Aligned:
    """A document beside one translation of it.

    :ivar target: the segments of the translation.
    :ivar ladder: covers each index of both sides once.
    :ivar origins: of each source segment's translation.
    """

    segments: tuple[Segment, ...]
    target: tuple[str, ...]
    ladder: Ladder
    origins: tuple[Origin, ...]


def ladder_paths(path: Path, pair: Pair) -> tuple[Path, Path, Path, Path]:
    """Ladder, source, target and id file of a pair of languages."""
    stem = f"{path.name}.{pair[0]}-{pair[1]}"
    ladder, source, target, ids = (
        path.with_name(f"{stem}.{end}") for end in ("ladder", *pair, "ids")
    )
    return ladder, source, target, ids


def bead_of(line: str) -> Bead | None:
    """The bead of a line; None if it is none. Both sides may be empty."""
    match = _BEAD.match(line)
    if match is None:
        return None
    try:
        source, target = (tuple(map(int, re.findall(r"\d+", side))) for side in match.groups()[:2])
        return Bead(source, target, float(match[3] or 0.0))
    except ValueError:  # "1.2.3", or more digits than Python takes
        return None


def line_of(bead: Bead) -> str:
    """The line of a bead, without its end."""
    return f"{list(bead.source)}:{list(bead.target)}:{bead.cost:.4f}"


def write_ladders(path: Path, documents: Iterable[Aligned], pair: Pair) -> int:
    """Write the four files of a pair; how many beads have both sides.

    :param path: what the names of the files begin with.
    :raises FormatError: if a segment holds a line break.
    """
    count = sources = targets = 0
    with ExitStack() as stack:
        ladder, source, target, ids = (
            stack.enter_context(new_text(name)) for name in ladder_paths(path, pair)
        )
        for document in documents:
            for segment, origin in zip(document.segments, document.origins, strict=True):
                source.write(f"{unbroken(segment.text, segment.id)}\n")
                named = (segment.id, segment.document_id, segment.start, segment.end, origin)
                ids.write("\t".join(map(str, named)) + "\n")
            target.writelines(f"{unbroken(text, 'of a translation')}\n" for text in document.target)
            for bead in document.ladder:
                ladder.write(f"{line_of(_moved(bead, sources, targets))}\n")
                count += bool(bead.source and bead.target)
            sources += len(document.segments)
            targets += len(document.target)
    return count


def read_ladders(path: Path, pair: Pair, *, on_left_out: OnLeftOut) -> Iterator[Record]:
    """The units of a ladder: a bead a unit, its segments joined by a space.

    Memory holds only lines that a bead further down the ladder may name.

    :param on_left_out: told of each segment that has no counterpart.
    :raises FormatError: if a line is no bead, or the files do not fit together.
    """
    ladder, source, target, ids = ladder_paths(path, pair)
    sides = _Lines(source), _Lines(target)
    names = _Lines(ids) if ids.exists() else None
    complete = Completion(source)
    for number, line in enumerate(file_lines(ladder), start=1):
        bead = bead_of(line.strip())
        where = f"{ladder}:{number}"
        if bead is None:
            raise FormatError(f"{where}: got {line[:60]!r}, expected [indices]:[indices]:cost")
        texts = [
            " ".join(lines.take(index, where) for index in indices)
            for lines, indices in zip(sides, (bead.source, bead.target), strict=True)
        ]
        row: Row = {"source_lang": pair[0], "target_lang": pair[1]}
        row |= {"source": texts[0], "target": texts[1]}
        if names is not None:
            row |= _named([names.take(index, where) for index in bead.source], where)
        if not (bead.source and bead.target):
            on_left_out(LeftOut(number, texts[0] or texts[1], "no counterpart"))
            continue
        if row.get("origin") != Origin.MACHINE.value and bead.cost >= 0:
            row["bead_probability"] = exp(-bead.cost)
        try:
            yield complete.record(row)
        except ValueError as error:
            raise FormatError(f"{where}: {error}") from None


def cost_of(probability: float | None) -> float:
    """−log; 0 where the probability is not known because nothing was to be found out."""
    return 0.0 if probability is None else -log(max(probability, 1e-300))


class _Lines:
    """The lines of a file by index, each given once, read no further than asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = file_lines(path)
        self._held: dict[int, str] = {}
        self._next = 0

    def take(self, index: int, where: str) -> str:
        while self._next <= index:
            line = next(self._lines, None)
            if line is None:
                what = f"index {index}, but {self._path} has {self._next} lines"
                raise FormatError(f"{where}: {what}; take files that were written together")
            self._held[self._next] = line
            self._next += 1
        if index not in self._held:
            raise FormatError(f"{where}: line {index} of {self._path} is in two beads")
        return self._held.pop(index)


def _moved(bead: Bead, sources: int, targets: int) -> Bead:
    source = tuple(index + sources for index in bead.source)
    return Bead(source, tuple(index + targets for index in bead.target), bead.cost)


def _named(lines: list[str], where: str) -> Row:
    """What the id file says of the source segments of a bead."""
    parts = [line.split("\t") for line in lines]
    if not parts:
        return {}
    if any(len(found) != _IDS for found in parts):
        raise FormatError(f"{where}: a line of the id file has not {_IDS} fields")
    try:
        start, end = int(parts[0][2]), int(parts[-1][3])
    except ValueError as error:
        raise FormatError(f"{where}: {error}") from None
    first = parts[0]
    segments = tuple(found[0] for found in parts)
    told = {"segment_ids": segments, "document_id": first[1], "origin": first[4]}
    return {**told, "start": start, "end": end}
