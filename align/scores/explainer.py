"""What a lexicon says of pairs: how far each side explains the other, and which words are names."""

from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from math import isnan
from pathlib import Path
from typing import Final

import numpy as np

from trilogue.align.lexicon import Lexicon, Vocabulary
from trilogue.align.scores.coverage import LONGEST, RARITIES, Coverage, Half
from trilogue.align.scores.sounds import ALIKE, match_sounds
from trilogue.align.scores.text import Side
from trilogue.align.scores.ties import Floats, Hits, Integers, Stems, best_ties, totals
from trilogue.corpora.batches import batched

CHANCE: Final = 0.3
"""λ: how much of a word's probability is left to chance."""
_UNKNOWN: Final = -0.3
_TOGETHER: Final = 64
"""Pairs that are looked up together: their tables fit a processor's cache."""
_NEAR: Final = (-2, -1, 1, 2)


def _together(document: Sequence[Hashable], here: int, there: int) -> bool:
    return 0 <= there < len(document) and document[here] == document[there]


@lru_cache(maxsize=1)
def proper() -> frozenset[str]:
    """English stems that are nearly always written with a capital (``scripts.fitting.proper``)."""
    return frozenset(Path(__file__).with_name("proper-en.txt").read_text("utf-8").split())


class _Words:
    """What the lexicon knows of the words of one side; arrays by the numbers of their stems.

    :ivar names: stems that are nearly always written with a capital.
    """

    def __init__(self, vocabulary: Vocabulary, names: Set[str]) -> None:
        self.vocabulary = vocabulary
        self.names = names
        self.frequencies = vocabulary.frequencies.astype(np.float64)
        self.lengths = np.array([len(stem) for stem in vocabulary.stems])
        self.rarities = np.append(np.searchsorted(RARITIES, self.frequencies), 0)


def _names(lexicon: Lexicon) -> frozenset[str]:
    """The target stems that the lexicon translates by what has a capital in English."""
    capital = np.array([stem in proper() for stem in lexicon.source.stems])
    table = lexicon.backward
    rows = np.repeat(np.arange(len(table.offsets) - 1), np.diff(table.offsets))
    size = len(table.offsets) - 1
    named = totals(rows, table.probabilities * capital[table.columns], size)
    mostly = named > 0.5 * totals(rows, table.probabilities, size)
    return frozenset(map(lexicon.target.stems.__getitem__, np.flatnonzero(mostly).tolist()))


class Explainer:
    """Looks the words of pairs up in both tables of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._source = _Words(lexicon.source, proper())
        self._target = _Words(lexicon.target, _names(lexicon))

    def coverages(self, pairs: Iterable[tuple[Side, Side]]) -> Iterator[Coverage]:
        """Evidence for each word of both sides, pair by pair; a few pairs are held at a time."""
        for some in batched(pairs, _TOGETHER):
            yield from self._coverages(some)

    def margins(
        self, sides: Sequence[tuple[Side, Side]], document: Sequence[Hashable]
    ) -> tuple[list[Coverage], list[float | None]]:
        """Each pair's coverage, and by how much it beats the best target within two places.

        :param document: the pairs are consecutive, and this is of which document each is.
        :returns: the margins are None for a pair that is alone in its document.
        """
        near = [
            [k + step for step in _NEAR if _together(document, k, k + step)]
            for k in range(len(sides))
        ]
        rivals = self.coverages(
            (sides[k][0], sides[other][1]) for k, others in enumerate(near) for other in others
        )
        own = list(self.coverages(sides))
        return own, [
            cover.mean - max([next(rivals).mean for _ in others]) if others else None
            for cover, others in zip(own, near, strict=True)
        ]

    def _coverages(self, pairs: Sequence[tuple[Side, Side]]) -> Iterator[Coverage]:
        ours = Stems.of([side.stems[:LONGEST] for side, _ in pairs], self._source.vocabulary)
        theirs = Stems.of([side.stems[:LONGEST] for _, side in pairs], self._target.vocabulary)
        there = Hits.of(self._lexicon.forward, ours, theirs)
        back = Hits.of(self._lexicon.backward, theirs, ours)
        ties = best_ties(there, back, (len(ours.numbers), len(theirs.numbers)))
        sources = _halves(self._source, ours, back, theirs.counts, ties[0])
        targets = _halves(self._target, theirs, there, ours.counts, ties[1])
        for (source, target), half, other in zip(pairs, sources, targets, strict=True):
            yield _coverage(source, target, half, other)


def _halves(
    words: _Words, stems: Stems, hits: Hits, others: Integers, ties: Floats
) -> Iterator[Half]:
    """One side of some pairs; the evidence is NaN of a word that the lexicon does not know.

    :param hits: rows of the other side, whose columns these are.
    :param others: how many words the other side of each pair has.
    :param ties: of each stem.
    """
    masses, best = hits.masses(len(stems.numbers))
    share = (1.0 - CHANCE) / np.maximum(1, others)
    chances = share[stems.pairs] * masses / words.frequencies[stems.numbers]
    evidence = np.append(np.log(CHANCE + chances), np.nan)[stems.places].tolist()
    classes = words.rarities[np.append(stems.numbers, -1)[stems.places]].tolist()
    tie = np.append(ties, 0.0)[stems.places].tolist()
    usual = totals(stems.pairs, best * words.lengths[stems.numbers], len(others))
    rendered = np.minimum(1.0, usual / np.maximum(1, stems.letters)).tolist()
    start = 0
    for end, part in zip(np.cumsum(stems.counts).tolist(), rendered, strict=True):
        here = slice(start, end)
        yield Half(evidence[here], classes[here], tie[here], words.names, part)
        start = end


def _coverage(source: Side, target: Side, ours: Half, theirs: Half) -> Coverage:
    """The coverage of a pair out of what the tables say, with the words that are written or sound
    alike."""
    these, those = source.stems[:LONGEST], target.stems[:LONGEST]
    on_source, on_target = list(ours.evidence), list(theirs.evidence)
    if shared := set(these).intersection(those):
        _match_stems(these, on_source, shared)
        _match_stems(those, on_target, shared)
    match_sounds(source, target, on_source, on_target)
    return Coverage(_known(ours, on_source), _known(theirs, on_target))


def _known(half: Half, evidence: list[float]) -> Half:
    said = [_UNKNOWN if isnan(r) else r for r in evidence]
    return Half(said, half.classes, half.ties, half.names, half.rendered)


def _match_stems(stems: Sequence[str], evidence: list[float], shared: Set[str]) -> None:
    """Numbers, and words that the lexicon does not know, explain themselves."""
    for at, stem in enumerate(stems):
        if stem in shared and (isnan(evidence[at]) or not stem.isalpha()):
            evidence[at] = ALIKE
