"""One side of what is aligned, as numbers: its words, lengths and ends of segments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.align.lattice import Floats, Integers
from trilogue.align.lexicon import Table
from trilogue.align.sparse import runs, within
from trilogue.align.stems import stem, words

_THOUSANDS: Final = re.compile(r"(?<=\d)[ \u00a0\u202f,.'](?=\d{3}(?!\d))")
_DIGITS: Final = re.compile(r"\d+")
_QUESTION: Final = re.compile(r"[?՞;]\W*$|՞")
_ENDS: Final = ((":", "՝", "`"), ("!", "՜"))


@dataclass(frozen=True, slots=True)
class Side:
    """Segments of one text.

    :ivar types: its distinct words, in order of appearance.
    :ivar offsets: segment *i* has the words ``words[offsets[i]:offsets[i + 1]]``.
    :ivar words: numbers of types.
    :ivar frequencies: share of each type among the words.
    :ivar lengths: letters and digits of each segment.
    :ivar ends: what each segment ends as: 0 statement, 1 colon, 2 exclamation, 3 question, 4 none.
    """

    language: str
    types: tuple[str, ...]
    offsets: Integers
    words: Integers
    frequencies: Floats
    lengths: Floats
    ends: Integers

    def __len__(self) -> int:
        return len(self.lengths)

    def sizes(self, segments: range) -> Floats:
        """Words of each of some segments."""
        ends = self.offsets[segments.start : segments.stop + 1]
        return np.diff(ends).astype(np.float32)

    def block(self, first: int, last: int) -> "Block":
        """The words of segments [first, last)."""
        tokens = self.words[self.offsets[first] : self.offsets[last]]
        types, columns = np.unique(tokens, return_inverse=True)
        return Block(types, columns, self.offsets[first : last + 1] - self.offsets[first])


@dataclass(frozen=True, slots=True)
class Block:
    """Words of some segments in a row.

    :ivar types: those that occur, ascending.
    :ivar tokens: each word's place in ``types``.
    :ivar offsets: segment *i* of the block has ``tokens[offsets[i]:offsets[i + 1]]``.
    """

    types: Integers
    tokens: Integers
    offsets: Integers

    def summed(self, values: Floats) -> Floats:
        """Sums of the columns of ``values`` (one a type) over each segment's words."""
        # No matrix product: BLAS threads that wait for each other cost more than these sums.
        sums = np.zeros((len(values), len(self.tokens) + 1), np.float32)
        np.cumsum(values[:, self.tokens], axis=1, out=sums[:, 1:])
        return np.diff(sums[:, self.offsets], axis=1)

    def total(self, table: Table, columns: Integers, lookup: Integers) -> Floats:
        """Sums of a table's rows over each segment's words: shape (segments, columns).

        :param columns: of the table; ``lookup`` see :func:`trilogue.align.sparse.within`.
        """
        place, values = self._entries(table, columns, lookup)
        size = (len(self.offsets) - 1) * len(columns)
        sums = np.bincount(place, values, size).astype(np.float32)
        return sums.reshape(-1, len(columns))

    def highest(self, table: Table, columns: Integers, lookup: Integers) -> Integers:
        """The largest of a table's rows over each segment's words, from 0: as ``total``."""
        place, values = self._entries(table, columns, lookup)
        out = np.zeros((len(self.offsets) - 1) * len(columns), np.int64)
        np.maximum.at(out, place, values.astype(np.int64))
        return out.reshape(-1, len(columns))

    def _entries(
        self, table: Table, columns: Integers, lookup: Integers
    ) -> tuple[Integers, Floats]:
        """Entries of the rows of each word: flat place by segment and column, and value."""
        row, column, values = within(table, self.types, columns, lookup)
        lengths = np.bincount(row, minlength=len(self.types))
        entry, token = runs(np.cumsum(lengths) - lengths, lengths, self.tokens)
        segments = np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))
        return segments[token] * len(columns) + column[entry], values[entry]


def side(texts: Sequence[str], language: str) -> Side:
    """Number the words of a text's segments."""
    numbers: dict[str, int] = {}
    tokens: list[int] = []
    offsets = [0]
    for text in texts:
        for word in tokenised(text, language):
            tokens.append(numbers.setdefault(word, len(numbers)))
        offsets.append(len(tokens))
    counts = np.bincount(np.array(tokens, np.int64), minlength=len(numbers))
    return Side(
        language,
        tuple(numbers),
        np.array(offsets, np.int64),
        np.array(tokens, np.int64),
        (counts / max(len(tokens), 1)).astype(np.float32),
        np.array([sum(map(str.isalnum, text)) for text in texts], np.float32),
        np.array([end_of(text) for text in texts], np.int64),
    )


def tokenised(text: str, language: str) -> list[str]:
    """Words, with "1 500", "1,500" and "1500" as one number, and "2021թ" as its digits."""
    found: list[str] = []
    for word in words(_THOUSANDS.sub("", text), language):
        digits = _DIGITS.findall(word)
        found += digits if digits else [word]
    return found


def stems(text: str, language: str) -> list[str]:
    """The words of a text as sides have them, cut to stems."""
    return [stem(word) for word in tokenised(text, language)]


def end_of(text: str) -> int:
    """How a segment ends: 0 full stop, 1 colon, 2 exclamation, 3 question, 4 without a mark."""
    bare = text.rstrip(" \t»”\"')]’")
    if _QUESTION.search(bare):
        return 3
    for kind, marks in enumerate(_ENDS, 1):
        if bare.endswith(marks):
            return kind
    return 0 if bare and not bare[-1].isalnum() else 4
