"""Lexicon coverage: how much better each word is explained by the other side than by chance.

For a target word t with source words s: r(t) = log((1 − λ) · mean p(t | s) + λ · p(t)) − log p(t),
and the same backwards (IBM Model 1 tables, Brown et al. 1993; the mixture as in the issue's trial).
A word that the other side explains has r ≫ 0, one that nothing explains log λ. Words that the
lexicon does not know count when they are written alike or sound alike, else not at all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import repeat
from math import log
from pathlib import Path
from typing import Final

from trilogue.align.lexicon import Lexicon
from trilogue.align.scores.sounds import ALIKE, match_sounds
from trilogue.align.scores.text import Memo, Side

CHANCE: Final = 0.3
"""λ: how much of a word's probability is left to chance."""
UNEXPLAINED: Final = log(CHANCE)
_UNKNOWN: Final = -0.3
_LONGEST: Final = 150
"""Words of a side that are looked at: the work grows with their product."""


EDGES: Final = (-1.0, -0.5, -0.1, 0.3, 0.8, 1.5, 2.5, 3.5, 4.5, 6.0)
"""Between the levels of r for which weights are fitted."""
RARITIES: Final = (0.0, 3e-5, 3e-4, 3e-3)
"""Between the classes of a word's frequency: unknown, rare, … little words."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far each side explains the other.

    :ivar source: r of each source word, ``target`` r of each target word.
    :ivar source_class: how common each word is, an index into ``RARITIES``.
    :ivar rendered_source: mean probability of the source words given their likeliest partners, long
        words counting more: 1 if each is the usual translation; ``rendered_target`` likewise.
    """

    source: tuple[float, ...]
    target: tuple[float, ...]
    source_class: tuple[int, ...]
    target_class: tuple[int, ...]
    rendered_source: float = 0.0
    rendered_target: float = 0.0

    @property
    def mean(self) -> float:
        """The two means together."""
        return self.source_mean + self.target_mean

    @property
    def source_mean(self) -> float:
        """Mean r of the source words: high is good."""
        return sum(self.source) / len(self.source) if self.source else 0.0

    @property
    def target_mean(self) -> float:
        """Mean r of the target words: high is good."""
        return sum(self.target) / len(self.target) if self.target else 0.0


_NEAR: Final = (-2, -1, 1, 2)
Weights = Sequence[Sequence[float]]
"""Nats against the pair by level of r and rarity: log P(r | unrelated) − log P(r | translation)."""


def nats(evidence: Sequence[float], classes: Sequence[int], weights: Weights) -> list[float]:
    """What each word says against the pair belonging together."""
    levels = map(bisect_right, repeat(EDGES), evidence)
    return [weights[level][rarity] for level, rarity in zip(levels, classes, strict=True)]


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


@lru_cache(maxsize=1)
def proper() -> frozenset[str]:
    """English stems that are nearly always written with a capital (``scripts.fitting.proper``)."""
    return frozenset(Path(__file__).with_name("proper-en.txt").read_text("utf-8").split())


@dataclass(frozen=True, slots=True)
class _Half:
    """One side as a lexicon sees it.

    :ivar stems: no more than ``_LONGEST``; ``frequencies`` (0 if unknown) and ``rarities`` are
        theirs, one each.
    :ivar rows: what each of the ``distinct`` stems is translated by; ``letters`` all stems' length.
    """

    side: Side
    stems: tuple[str, ...]
    frequencies: tuple[float, ...]
    rarities: tuple[int, ...]
    distinct: frozenset[str]
    rows: list[dict[str, float]]
    letters: int


class Explainer:
    """Looks words up in both tables of a lexicon; rows are unpacked once."""

    def __init__(self, lexicon: Lexicon) -> None:
        def known(stem: str, *, target: bool) -> tuple[float, int]:
            frequency = lexicon.frequency(stem, target=target)
            return frequency, bisect_left(RARITIES, frequency) if frequency else 0

        self._rows = tuple(Memo(partial(lexicon.translations, back=back)) for back in (False, True))
        self._known = tuple(Memo(partial(known, target=target)) for target in (False, True))
        self._named = Memo(self._is_name)

    def coverage(self, source: Side, target: Side) -> Coverage:
        """Evidence for each word of both sides."""
        return _coverage(self._half(source, target=False), self._half(target, target=True))

    def margins(
        self, sides: Sequence[tuple[Side, Side]], document: Sequence[Hashable]
    ) -> tuple[list[Coverage], list[float | None]]:
        """Each pair's coverage, and by how much it beats the best target within two places.

        :param document: the pairs are consecutive, and this is of which document each is.
        :returns: the margins are None for a pair that is alone in its document.
        """
        targets = [self._half(target, target=True) for _, target in sides]
        coverages: list[Coverage] = []
        margins: list[float | None] = []
        for k, (source, _) in enumerate(sides):
            ours = self._half(source, target=False)
            own = _coverage(ours, targets[k])
            rivals = [
                _coverage(ours, targets[k + step]).mean
                for step in _NEAR
                if 0 <= k + step < len(sides) and document[k + step] == document[k]
            ]
            coverages.append(own)
            margins.append(own.mean - max(rivals) if rivals else None)
        return coverages, margins

    def is_name(self, stem: str, *, target: bool) -> bool:
        """Whether a stem is nearly always written with a capital: the target's by what the lexicon
        translates it as, the source's by the list of English (``proper-en.txt``)."""
        return self._named[stem] if target else stem in proper()

    def _is_name(self, stem: str) -> bool:
        row = self._rows[True][stem]
        share = sum([p for other, p in row.items() if other in proper()])
        return share > 0.5 * sum(row.values())

    def best_tie(
        self, stem: str, others: Collection[str], own: Collection[str], *, target: bool
    ) -> float:
        """How much a stem and one of the other side's are each other's translation: p there and
        p back, 0 to 2, less where another stem of its own side claims that one more strongly.

        :param own: the stems of its side.
        """
        there, back = self._rows[target], self._rows[not target]
        ties = [(tie, other) for other, tie in _ties(stem, others, there, back)]
        best = 0.0
        for tie, other in sorted(ties, reverse=True):
            if tie <= best:
                break
            claims = [claim for one, claim in _ties(other, own, back, there) if one != stem]
            rival = max(claims, default=0.0)
            best = max(best, tie if rival <= tie else tie * tie / rival)
        return best

    def knows(self, stem: str, *, target: bool) -> bool:
        """Whether the lexicon has seen a stem."""
        return self._known[target][stem][0] > 0.0

    def _half(self, side: Side, *, target: bool) -> _Half:
        stems = side.stems[:_LONGEST]
        known = map(self._known[target].__getitem__, stems)
        frequencies, rarities = zip(*known, strict=True) if stems else ((), ())
        distinct = dict.fromkeys(stems)
        rows = list(filter(None, map(self._rows[target].__getitem__, distinct)))
        letters = sum(map(len, stems))
        return _Half(side, stems, frequencies, rarities, frozenset(distinct), rows, letters)


def _ties(
    stem: str,
    others: Collection[str],
    there: Mapping[str, Mapping[str, float]],
    back: Mapping[str, Mapping[str, float]],
) -> list[tuple[str, float]]:
    """The stems that one has a tie with, p there and p back, and how strong it is."""
    row = there[stem]
    rows = zip(others, map(back.__getitem__, others), strict=True)
    return [
        (other, row.get(other, 0.0) + claimed.get(stem, 0.0))
        for other, claimed in rows
        if other in row or stem in claimed
    ]


def _coverage(ours: _Half, theirs: _Half) -> Coverage:
    on_target, rendered_target = _explain(theirs, ours)
    on_source, rendered_source = _explain(ours, theirs)
    match_sounds(ours.side, theirs.side, on_source, on_target)
    return Coverage(
        tuple([_UNKNOWN if r is None else r for r in on_source]),
        tuple([_UNKNOWN if r is None else r for r in on_target]),
        ours.rarities,
        theirs.rarities,
        rendered_source,
        rendered_target,
    )


def _explain(half: _Half, by: _Half) -> tuple[list[float | None], float]:
    """r of each word, None where it is unknown, and how usual their translations are."""
    masses: dict[str, float] = {}
    best: dict[str, float] = {}
    for row in by.rows:
        for word in row.keys() & half.distinct:
            p = row[word]
            if word in masses:
                masses[word] += p
                if p > best[word]:
                    best[word] = p
            else:
                masses[word] = best[word] = p
    share = (1.0 - CHANCE) / max(1, len(by.stems))
    found: list[float | None] = []
    for word, frequency in zip(half.stems, half.frequencies, strict=True):
        if word in masses:
            found.append(log(CHANCE + share * masses[word] / frequency))
        else:
            found.append(UNEXPLAINED if frequency else None)
    if not half.distinct.isdisjoint(by.distinct):
        _explain_alike(found, half, by)
    rendered = sum([p * len(word) for word, p in best.items()])
    return found, min(1.0, rendered / half.letters) if half.letters else 0.0


def _explain_alike(found: list[float | None], half: _Half, by: _Half) -> None:
    """Numbers, and words that the lexicon does not know, explain themselves."""
    for at, (word, frequency) in enumerate(zip(half.stems, half.frequencies, strict=True)):
        if word in by.distinct and (frequency == 0.0 or not word.isalpha()):
            found[at] = ALIKE
