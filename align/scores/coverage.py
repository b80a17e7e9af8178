"""Lexicon coverage: how much better each word is explained by the other side than by chance.

For a target word t with source words s: r(t) = log((1 − λ) · mean p(t | s) + λ · p(t)) − log p(t),
and the same backwards (IBM Model 1 tables, Brown et al. 1993; the mixture as in the issue's trial).
A word that the other side explains has r ≫ 0, one that nothing explains log λ. Words that the
lexicon does not know count when they are written alike or sound alike, else not at all.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from operator import itemgetter
from pathlib import Path
from typing import Final

from trilogue.align.lexicon import Lexicon
from trilogue.align.scores.names import likeness
from trilogue.align.scores.text import Side

CHANCE: Final = 0.3
"""λ: how much of a word's probability is left to chance."""
UNEXPLAINED: Final = log(CHANCE)
_ALIKE: Final = 4.0
_UNKNOWN: Final = -0.3
_SOUNDS: Final = 0.68
"""Likeness from which two words are one name."""
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
    return [
        weights[bisect_right(EDGES, r)][rarity] for r, rarity in zip(evidence, classes, strict=True)
    ]


def lost(evidence: Sequence[float]) -> float:
    """The worst run of words in nats: what the other side lacks in one piece, 0 is good."""
    worst = run = 0.0
    for value in evidence:
        run = max(0.0, run + value)
        worst = max(worst, run)
    return worst


@lru_cache(maxsize=1)
def proper() -> frozenset[str]:
    """English stems that are nearly always written with a capital (``scripts.fitting.proper``)."""
    return frozenset(Path(__file__).with_name("proper-en.txt").read_text("utf-8").split())


class Explainer:
    """Looks words up in both tables of a lexicon; rows are unpacked once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._forward: dict[str, dict[str, float]] = {}
        self._backward: dict[str, dict[str, float]] = {}
        self._named: dict[str, bool] = {}
        self._seen: tuple[dict[str, tuple[float, int]], ...] = ({}, {})

    def coverage(self, source: Side, target: Side) -> Coverage:
        """Evidence for each word of both sides."""
        these, those = source.stems[:_LONGEST], target.stems[:_LONGEST]
        known_these = [self._known(word, target=False) for word in these]
        known_those = [self._known(word, target=True) for word in those]
        on_target, rendered_target = self._explain(those, known_those, these, back=False)
        on_source, rendered_source = self._explain(these, known_these, those, back=True)
        _match_sounds(source, target, on_source, on_target)
        return Coverage(
            tuple([_UNKNOWN if r is None else r for r in on_source]),
            tuple([_UNKNOWN if r is None else r for r in on_target]),
            tuple([rarity for _, rarity in known_these]),
            tuple([rarity for _, rarity in known_those]),
            rendered_source,
            rendered_target,
        )

    def margins(
        self, sides: Sequence[tuple[Side, Side]], document: Sequence[Hashable]
    ) -> tuple[list[Coverage], list[float | None]]:
        """Each pair's coverage, and by how much it beats the best target within two places.

        :param document: the pairs are consecutive, and this is of which document each is.
        :returns: the margins are None for a pair that is alone in its document.
        """
        coverages: list[Coverage] = []
        margins: list[float | None] = []
        for k, (source, target) in enumerate(sides):
            own = self.coverage(source, target)
            rivals = [
                self.coverage(source, sides[k + step][1]).mean
                for step in _NEAR
                if 0 <= k + step < len(sides) and document[k + step] == document[k]
            ]
            coverages.append(own)
            margins.append(own.mean - max(rivals) if rivals else None)
        return coverages, margins

    def is_name(self, stem: str, *, target: bool) -> bool:
        """Whether a stem is nearly always written with a capital: the target's by what the lexicon
        translates it as, the source's by the list of English (``proper-en.txt``)."""
        if not target:
            return stem in proper()
        named = self._named.get(stem)
        if named is None:
            row = self._row(stem, back=True)
            share = sum([p for other, p in row.items() if other in proper()])
            named = self._named[stem] = share > 0.5 * sum(row.values())
        return named

    def best_tie(
        self, stem: str, others: Iterable[str], own: Collection[str], *, target: bool
    ) -> float:
        """How much a stem and one of the other side's are each other's translation: p there and
        p back, 0 to 2, less where another stem of its own side claims that one more strongly.

        :param own: the stems of its side.
        """
        there = self._row(stem, back=target)
        ties = []
        for other in others:
            back = self._row(other, back=not target)
            tie = there.get(other, 0.0) + back.get(stem, 0.0)
            if tie:
                ties.append((tie, other, back))
        best = 0.0
        for tie, other, back in sorted(ties, key=itemgetter(0), reverse=True):
            if tie <= best:
                break
            rival = 0.0
            for one in own:
                if one != stem:
                    claim = back.get(one, 0.0) + self._row(one, back=target).get(other, 0.0)
                    if claim > rival:
                        rival = claim
            best = max(best, tie if rival <= tie else tie * tie / rival)
        return best

    def knows(self, stem: str, *, target: bool) -> bool:
        """Whether the lexicon has seen a stem."""
        return self._frequency(stem, target=target) > 0.0

    def _explain(
        self,
        words: Sequence[str],
        known: Sequence[tuple[float, int]],
        by: Sequence[str],
        *,
        back: bool,
    ) -> tuple[list[float | None], float]:
        """r of each word, None where it is unknown, and how usual their translations are."""
        others, wanted = set(by), set(words)
        masses: dict[str, float] = {}
        best: dict[str, float] = {}
        for other in others:
            row = self._row(other, back=back)
            for word in row.keys() & wanted:
                p = row[word]
                if word in masses:
                    masses[word] += p
                    if p > best[word]:
                        best[word] = p
                else:
                    masses[word] = best[word] = p
        share = (1.0 - CHANCE) / max(1, len(by))
        found: list[float | None] = []
        for word, (frequency, _) in zip(words, known, strict=True):
            if word in others and (frequency == 0.0 or not word.isalpha()):
                found.append(_ALIKE)
            elif word in masses:
                found.append(log(CHANCE + share * masses[word] / frequency))
            else:
                found.append(UNEXPLAINED if frequency else None)
        letters = sum(map(len, words))
        rendered = sum([p * len(word) for word, p in best.items()])
        return found, min(1.0, rendered / letters) if letters else 0.0

    def _row(self, word: str, *, back: bool) -> dict[str, float]:
        rows = self._backward if back else self._forward
        row = rows.get(word)
        if row is None:
            row = self._lexicon.translations(word, back=back)
            if row:
                rows[word] = row
        return row

    def _frequency(self, word: str, *, target: bool) -> float:
        return self._known(word, target=target)[0]

    def _known(self, word: str, *, target: bool) -> tuple[float, int]:
        """Frequency and rarity of a stem; (0, 0) if the lexicon lacks it."""
        cache = self._seen[target]
        found = cache.get(word)
        if found is None:
            frequency = self._lexicon.frequency(word, target=target)
            if not frequency:
                return 0.0, 0
            found = cache[word] = (frequency, bisect_left(RARITIES, frequency))
        return found


def by_sound(source: Side, target: Side) -> Coverage:
    """Evidence without a lexicon: words that sound alike, nothing on the others."""
    on_source: list[float | None] = [None] * min(_LONGEST, len(source.words))
    on_target: list[float | None] = [None] * min(_LONGEST, len(target.words))
    _match_sounds(source, target, on_source, on_target)
    return Coverage(
        tuple([_UNKNOWN if r is None else r for r in on_source]),
        tuple([_UNKNOWN if r is None else r for r in on_target]),
        (0,) * len(on_source),
        (0,) * len(on_target),
    )


def _match_sounds(
    source: Side, target: Side, on_source: list[float | None], on_target: list[float | None]
) -> None:
    """Words that no lexicon explains may be names that sound alike: pair them, likest first."""
    ours = [i for i, r in enumerate(on_source) if _may_be_name(r, source.words[i])]
    for j, r in enumerate(on_target):
        if r is not None and r < 0.0 and target.words[j][0].isupper():
            if target.bare[j] in source.bare:
                on_target[j] = _ALIKE
    if not ours:
        return
    theirs = [j for j, r in enumerate(on_target) if _may_be_name(r, target.words[j])]
    if not theirs:
        return
    here, there = source.language, target.language
    found = []
    for i in ours:
        word = source.bare[i]
        for j in theirs:
            like = likeness(word, here, target.bare[j], there)
            if like >= _SOUNDS:
                found.append((-like, abs(i - j), i, j))
    found.sort()
    for _, _, i, j in found:
        if on_source[i] != _ALIKE and on_target[j] != _ALIKE:
            on_source[i] = on_target[j] = _ALIKE
            for a in (i - 1, i):  # Hong Kong is one word in Гонконг
                if a + 1 in ours and a in ours:
                    both = source.bare[a] + source.bare[a + 1]
                    if likeness(both, here, target.bare[j], there) >= _SOUNDS:
                        on_source[a] = on_source[a + 1] = _ALIKE


def _may_be_name(r: float | None, word: str) -> bool:
    return len(word) > 1 and (r is None or (r < 0.0 and word[0].isupper()))
