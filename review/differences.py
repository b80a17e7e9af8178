"""What an edit changed, in words: Indel on tokens, so that a moved word shows as out and in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rapidfuzz.distance import Indel

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")


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
    return [
        piece
        for _, run in groupby(found, lambda one: one.kind == "same")
        for piece in _out_first(run)
    ]


def _out_first(run: Iterable[Piece]) -> list[Piece]:
    """What goes before what comes."""
    return sorted(run, key=lambda piece: piece.kind == "in")
