"""Whether a corpus holds sentences that public test sets measure with: FLORES-200 and NTREX-128.

The sets themselves are not shipped, only 64-bit hashes of their English sentences and of each eight
words in a row; the sets are parallel, so that the English side finds a pair in any language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np

from trilogue.corpora.splits import hash_of, normalised

GRAM: Final = 8
"""Words in a row that two independent texts hardly share."""
SENTENCES: Final = {"FLORES-200 dev": 997, "NTREX-128": 1_997}
"""How many a whole set has; of NTREX-128 the file holds 61 of 123 documents."""
_FILE: Final = "overlap.npz"


@dataclass(frozen=True, slots=True)
class KnownSet:
    """The hashes of one set, or of a part of it, and how many sentences they are of."""

    size: int
    sentences: frozenset[int]
    grams: frozenset[int]


def grams(words: list[str]) -> list[int]:
    """The hashes of each eight words in a row."""
    return [hash_of(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]


@lru_cache(maxsize=1)
def known_sets() -> Mapping[str, KnownSet]:
    """The known sets by name."""
    with resources.files("trilogue.corpora").joinpath(_FILE).open("rb") as file:
        with np.load(file, allow_pickle=False) as arrays:
            names = sorted(name.removesuffix("/size") for name in arrays if name.endswith("/size"))
            return {
                name: KnownSet(
                    int(arrays[f"{name}/size"]),
                    frozenset(arrays[f"{name}/sentences"].tolist()),
                    frozenset(arrays[f"{name}/grams"].tolist()),
                )
                for name in names
            }


@dataclass(slots=True)
class Overlap:
    """Counts segments as they come by.

    :ivar sentences: test set → segments that are one of its sentences.
    :ivar grams: test set → segments that share eight words in a row with it.
    """

    segments: int = 0
    sentences: dict[str, int] = field(default_factory=lambda: dict.fromkeys(known_sets(), 0))
    grams: dict[str, int] = field(default_factory=lambda: dict.fromkeys(known_sets(), 0))

    def add(self, english: str) -> None:
        """Look at one more segment."""
        words = normalised(english)
        self.segments += 1
        sentence = hash_of(words)
        own = grams(words)
        for name, known in known_sets().items():
            self.sentences[name] += sentence in known.sentences
            self.grams[name] += not known.grams.isdisjoint(own)
