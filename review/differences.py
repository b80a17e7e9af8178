"""What an edit changed, in words: Indel on tokens, so that a moved word shows as out and in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rapidfuzz.distance import Indel

_TONE: Final = "՛՜՞\u0300-\u036f"
"""Armenian marks of tone and marks of stress: they stand on a word, not beside it."""
_TOKEN: Final = re.compile(rf"\w+(?:['’՚{_TONE}-]+\w+)*[{_TONE}]*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is "same" on both sides, "out" or "in"."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order: those that are not "in" spell ``before``, those that are
    not "out" ``after``."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Piece] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            found.append(Piece("same", "".join(old[step.src_start : step.src_end])))
        if step.tag in ("delete", "replace"):
            found.append(Piece("out", "".join(old[step.src_start : step.src_end])))
        if step.tag in ("insert", "replace"):
            found.append(Piece("in", "".join(new[step.dest_start : step.dest_end])))
    runs = [list(run) for _, run in groupby(found, lambda one: one.kind == "same")]
    return [piece for run in _phrases(runs) for piece in _out_first(run)]


def _phrases(runs: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Words that were replaced one after another are one phrase: the blank between them is no
    ground for reading old and new in turns."""
    found: list[list[Piece]] = []
    for at, run in enumerate(runs):
        beside = runs[max(0, at - 1) : at + 2]
        if len(beside) == 3 and _blank(run) and _replaced(beside[0]) and _replaced(beside[2]):
            found[-1] += [Piece(kind, piece.text) for piece in run for kind in ("out", "in")]
        elif found and run[0].kind != "same" and found[-1][0].kind != "same":
            found[-1] += run
        else:
            found.append(run)
    return found


def _blank(run: list[Piece]) -> bool:
    return all(piece.kind == "same" and not piece.text.strip() for piece in run)


def _replaced(run: list[Piece]) -> bool:
    return {piece.kind for piece in run} == {"out", "in"}


def _out_first(run: Iterable[Piece]) -> list[Piece]:
    """What goes before what comes, each in one piece."""
    by_kind = groupby(sorted(run, key=lambda piece: piece.kind == "in"), lambda piece: piece.kind)
    return [Piece(kind, "".join(piece.text for piece in some)) for kind, some in by_kind]
