"""Lexicon coverage: how much better each word is explained by the other side than by chance.

For a target word t with source words s: r(t) = log((1 − λ) · mean p(t | s) + λ · p(t)) − log p(t),
and the same backwards (IBM Model 1 tables, Brown et al. 1993; the mixture as in the issue's trial).
A word that the other side explains has r ≫ 0, one that nothing explains log λ. Words that the
lexicon does not know count when they are written alike or sound alike, else not at all.
"""

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import repeat
from typing import Final

LONGEST: Final = 150
"""Words of a side that are looked at: the work grows with their product."""
EDGES: Final = (-1.0, -0.5, -0.1, 0.3, 0.8, 1.5, 2.5, 3.5, 4.5, 6.0)
"""Between the levels of r for which weights are fitted."""
RARITIES: Final = (0.0, 3e-5, 3e-4, 3e-3)
"""Between the classes of a word's frequency: unknown, rare, … little words."""


@dataclass(frozen=True, slots=True)
class Half:
    """What a lexicon says of one side of a pair, word by word.

    :ivar evidence: r of each word: how far the other side explains it.
    :ivar classes: how common each word is, an index into ``RARITIES``; 0 is unknown.
    :ivar ties: how much each word and one of the other side's are each other's translation, 0 to 2
        (``ties.best_ties``).
    :ivar names: stems that are nearly always written with a capital.
    :ivar rendered: mean probability of the words given their likeliest partners, long words
        counting more: 1 if each is the usual translation.
    """

    evidence: Sequence[float]
    classes: Sequence[int]
    ties: Sequence[float]
    names: Set[str]
    rendered: float

    @property
    def mean(self) -> float:
        """Mean r: high is good."""
        return sum(self.evidence) / len(self.evidence) if self.evidence else 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far each side of a pair explains the other."""

    source: Half
    target: Half

    @property
    def mean(self) -> float:
        """The two means together."""
        return self.source.mean + self.target.mean


Weights = Sequence[Sequence[float]]
"""Nats against the pair by level of r and rarity: log P(r | unrelated) − log P(r | translation)."""


def nats(half: Half, weights: Weights) -> list[float]:
    """What each word says against the pair belonging together."""
    levels = map(bisect_right, repeat(EDGES), half.evidence)
    return [weights[level][rarity] for level, rarity in zip(levels, half.classes, strict=True)]


def lost(evidence: Sequence[float]) -> float:
    """The worst run of words in nats: what the other side lacks in one piece, 0 is good."""
    worst = run = 0.0
    for value in evidence:
        run += value
        if run < 0.0:
            run = 0.0
        elif run > worst:
            worst = run
    return worst
