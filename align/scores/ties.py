"""Which words of two sides translate each other, by the tables of a lexicon: many pairs at once.

A table is sparse, a row of it is short, and most of a row's words do not stand on the other side.
Asked word by word that is a thousand look-ups a pair; here rows are laid end to end in one array
and looked up together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from trilogue.align.lexicon import Table, Vocabulary

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of one side of some pairs.

    :ivar numbers: of the known stems in their vocabulary, each once a pair, pair by pair; ``pairs``
        is which pair each stands in.
    :ivar places: of each word of all pairs, the index of its stem in ``numbers``, −1 if unknown.
    :ivar counts: words of each pair, ``letters`` their letters.
    :ivar known: how many stems the vocabulary has.
    """

    numbers: Integers
    pairs: Integers
    places: Integers
    counts: Integers
    letters: Floats
    known: int

    @classmethod
    def of(cls, sides: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> Self:
        """Look the stems of sides up."""
        different = list(dict.fromkeys(sides))  # neighbours are asked about again and again
        at = {side: place for place, side in enumerate(different)}
        which = np.fromiter(map(at.__getitem__, sides), np.int64, len(sides))
        sizes = np.fromiter(map(len, different), np.int64, len(different))
        letters = [sum(map(len, side)) for side in different]
        found = map(vocabulary.numbers.get, chain.from_iterable(different), repeat(0))
        looked = np.fromiter(found, np.int64, int(sizes.sum()))
        counts = sizes[which]
        pairs, words = _laid_out((np.cumsum(sizes) - sizes)[which], counts)
        numbers, size = looked[words], len(vocabulary.stems)
        here = np.flatnonzero(numbers)
        keys, inverse = np.unique(pairs[here] * size + numbers[here], return_inverse=True)
        places = np.full(len(words), _NOWHERE)
        places[here] = inverse
        length = np.array(letters, np.float64)[which]
        return cls(keys % size, keys // size, places, counts, length, size)


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries of a table whose row and column stand in the same pair.

    :ivar rows: indices into the ``numbers`` of one side, ``columns`` of the other.
    """

    rows: Integers
    columns: Integers
    probabilities: Floats

    @classmethod
    def of(cls, table: Table, rows: Stems, columns: Stems) -> Self:
        """Look rows up in a table.

        :param columns: of as many pairs as ``rows``.
        """
        starts = table.offsets[rows.numbers]
        lengths = table.offsets[rows.numbers + 1] - starts
        owners, entries = _laid_out(starts, lengths)
        different = np.unique(columns.numbers)
        local = np.full(columns.known, len(different))
        local[different] = np.arange(len(different))
        at = np.full((len(columns.counts), len(different) + 1), _NOWHERE)
        at[columns.pairs, local[columns.numbers]] = np.arange(len(columns.numbers))
        there = at[rows.pairs[owners], local[table.columns[entries]]]
        hit = np.flatnonzero(there >= 0)
        return cls(owners[hit], there[hit], table.probabilities[entries[hit]].astype(np.float64))

    def masses(self, size: int) -> tuple[Floats, Floats]:
        """The sum and the greatest of each column's probabilities.

        :param size: how many columns there are.
        """
        best = np.zeros(size)
        np.maximum.at(best, self.columns, self.probabilities)
        return totals(self.columns, self.probabilities, size), best


def _laid_out(starts: Integers, lengths: Integers) -> tuple[Integers, Integers]:
    """Stretches laid end to end: of which stretch each item is, and where it stands."""
    before = np.cumsum(lengths) - lengths
    owners = np.repeat(np.arange(len(lengths)), lengths)
    return owners, (starts - before)[owners] + np.arange(len(owners))


def totals(groups: Integers, values: npt.NDArray[np.number[Any]], size: int) -> Floats:
    """The sum of the values of each of ``size`` groups."""
    return np.bincount(groups, values, size).astype(np.float64, copy=False)


def best_ties(there: Hits, back: Hits, sizes: tuple[int, int]) -> tuple[Floats, Floats]:
    """How much each stem and one of the other side's are each other's translation.

    p there and p back, 0 to 2, less where another stem of its own side claims that one more.

    :param there: source stems by target stems, ``back`` the other way.
    :param sizes: how many source stems and target stems there are.
    :returns: of each source stem, of each target stem.
    """
    keys = np.r_[there.rows * sizes[1] + there.columns, back.columns * sizes[1] + back.rows]
    different, inverse = np.unique(keys, return_inverse=True)
    found = np.r_[there.probabilities, back.probabilities]
    ties = totals(inverse, found, len(different))
    source, target = np.divmod(different, sizes[1])
    return (
        _best(source, target, ties, sizes),
        _best(target, source, ties, (sizes[1], sizes[0])),
    )


def _best(ours: Integers, theirs: Integers, ties: Floats, sizes: tuple[int, int]) -> Floats:
    claims, best = np.zeros(sizes[1]), np.zeros(sizes[0])
    np.maximum.at(claims, theirs, ties)
    rival = claims[theirs]
    np.maximum.at(best, ours, np.where(rival > ties, ties * ties / rival, ties))
    return best
