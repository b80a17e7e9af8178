"""What a line break means: the end of a paragraph, or nothing (hard-wrapped text).

The policy, stated. ``paragraph``: every line is a paragraph. ``wrapped``: lines are pieces of
paragraphs; a blank line, an indented line or a list item begins another one, and so does the
line after one that was broken early: it ends a sentence, or the text was filled to a width,
although the next word would have fitted. ``auto`` looks at the first lines and takes ``wrapped``
if they are short, nearly even and mostly broken inside sentences, else ``paragraph``.

Pieces are joined by a blank; after a hyphen by nothing ("long-⏎term"), and the hyphen stays, for
nobody can say whether it belongs to the word.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

SAMPLE: Final = 400
"""Lines that are looked at to learn how a text is wrapped."""
LONGEST: Final = 100
"""No line of hard-wrapped text is longer."""

_ITEM = re.compile(r"(?:[-–—•*·]\s|\(?\d{1,3}[.)]\s|\(?[^\W\d_]\)\s)")
_ENDED = re.compile(r"[.!?…։:;]['\"”’»)\]]*$")
_HYPHENED = re.compile(r"[^\W\d_]-$")
_SUSPENDED = re.compile(r"(?:and|or|и|или|və|ya|և|ու|կամ)\b")


class Newlines(StrEnum):
    """How line breaks are read."""

    PARAGRAPH = "paragraph"
    WRAPPED = "wrapped"
    AUTO = "auto"


def paragraphs(lines: Iterable[str], newlines: Newlines = Newlines.PARAGRAPH) -> Iterator[str]:
    """The paragraphs that lines make up; blank ones are left out.

    :param lines: without their line ends; read as they are needed. A carriage return that is left
        in one ends a line too.
    """
    lines = (piece for line in lines for piece in line.split("\r"))
    if newlines is not Newlines.PARAGRAPH:
        sample = list(itertools.islice(lines, SAMPLE))
        lines = itertools.chain(sample, lines)
        if newlines is Newlines.WRAPPED or is_wrapped(sample):
            return _joined(lines, Filling.of(sample))
    return (line for line in lines if line and not line.isspace())


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines look like the pieces of paragraphs rather than paragraphs."""
    filled = [line for line in lines if line.strip()]
    inner = [line for line, after in _neighbours(lines) if not _ITEM.match(after)]
    if len(inner) < 3 or len(inner) < len(filled) / 4:
        return False
    if sum(len(line) > LONGEST for line in filled) > len(filled) / 20:
        return False
    broken = sum(not _ENDED.search(line) for line in inner)
    longest = max(len(line) for line in filled if len(line) <= LONGEST)
    even = sum(len(line) > 0.7 * longest for line in inner)
    return broken > 0.6 * len(inner) and even > 0.6 * len(inner)


@dataclass(frozen=True, slots=True)
class Filling:
    """How far lines go: ``width`` of the longest, and whether each took all words that fit."""

    width: int
    greedy: bool

    @classmethod
    def of(cls, lines: list[str]) -> Self:
        """Learn it from the lines that surely go on: the next one starts with a small letter."""
        width = max((len(line) for line in lines if len(line) <= LONGEST), default=LONGEST)
        going = [(line, after) for line, after in _neighbours(lines) if after[0].islower()]
        full = sum(not _fits(line, after, width) for line, after in going)
        return cls(width, bool(going) and full >= 0.95 * len(going))

    def ends(self, line: str, after: str) -> bool:
        """Whether a line was broken early, so that its paragraph ends with it."""
        if after[0].islower() or not _fits(line, after, self.width):
            return False
        return self.greedy or _ENDED.search(line) is not None


def _neighbours(lines: list[str]) -> list[tuple[str, str]]:
    """Lines and the filled lines right after them, trimmed."""
    trimmed = [line.strip() for line in lines]
    return [(line, after) for line, after in itertools.pairwise(trimmed) if line and after]


def _fits(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.partition(" ")[0]) <= width


def _joined(lines: Iterable[str], filling: Filling) -> Iterator[str]:
    """Paragraphs of wrapped lines."""
    pieces: list[str] = []
    for line in lines:
        piece = line.strip()
        if pieces and (not piece or _begins(line, pieces[-1]) or filling.ends(pieces[-1], piece)):
            yield "".join(_glued(pieces))
            pieces = []
        if piece:
            pieces.append(piece)
    if pieces:
        yield "".join(_glued(pieces))


def _begins(line: str, before: str) -> bool:
    """Whether a filled line begins a paragraph by itself: a dash or a number alone may go on."""
    if line[0].isspace():
        return True
    return _ITEM.match(line) is not None and _ENDED.search(before) is not None


def _glued(pieces: list[str]) -> Iterator[str]:
    """The pieces with what belongs between them."""
    for piece, after in itertools.pairwise(pieces):
        yield piece
        whole = _HYPHENED.search(piece) and after[0].isalpha() and not _SUSPENDED.match(after)
        yield "" if whole else " "
    yield pieces[-1]
