"""One side of what is aligned, as numbers: its words, lengths and ends of segments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.align.lattice import Floats, Integers
from trilogue.align.stems import words

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

    def block(self, first: int, last: int) -> tuple[Integers, Floats]:
        """Types that occur in segments [first, last), and how often in each: (segments, types)."""
        tokens = self.words[self.offsets[first] : self.offsets[last]]
        present, columns = np.unique(tokens, return_inverse=True)
        counts = np.zeros((last - first, len(present)), np.float32)
        rows = np.repeat(np.arange(last - first), np.diff(self.offsets[first : last + 1]))
        np.add.at(counts, (rows, columns), 1.0)
        return present, counts


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
    found = []
    for word in words(_THOUSANDS.sub("", text), language):
        digits = _DIGITS.findall(word)
        found += digits if digits else [word]
    return found


def end_of(text: str) -> int:
    """How a segment ends: 0 full stop, 1 colon, 2 exclamation, 3 question, 4 without a mark."""
    bare = text.rstrip(" \t»”\"')]’")
    if _QUESTION.search(bare):
        return 3
    for kind, marks in enumerate(_ENDS, 1):
        if bare.endswith(marks):
            return kind
    return 0 if bare and not bare[-1].isalnum() else 4
