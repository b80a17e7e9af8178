"""What speaks for and against a bead: words, numbers, names, drafts, lengths, ends.

Everything is a sum over the words of a side, given the segments of the other side: a block of rows
and columns costs a few matrix products, whatever beads are asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from trilogue.align.anchors import anchors
from trilogue.align.lattice import (
    IMPOSSIBLE,
    LARGEST,
    Floats,
    Integers,
    Window,
    empty_scores,
    place,
)
from trilogue.align.layout import LayoutEvidence
from trilogue.align.lexicon import Lexicon, Table, Vocabulary
from trilogue.align.names import alike
from trilogue.align.sides import Block, Side
from trilogue.align.sparse import between, table_of
from trilogue.align.stems import stem
from trilogue.align.vectors import VectorEvidence
from trilogue.align.weights import KNOTS, SHAPES, SPREADS, SUPPORT, Weights

RARITY: Final = (0.004, 0.0004)
"""Shares of the words above which a word is common, or middling."""
DAMPING: Final = 0.3
"""Power of a segment's length by which each of its words counts less."""
FEW: Final = 6
"""Words up to which a segment is short."""
_NONE: Final = 1e-7
_NUMBER, _UNKNOWN = 3, 4
_ALIKE, _LOAN = 3, 4
_Number = TypeVar("_Number", np.float32, np.int64)


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of one side's word types when the other side explains them.

    :ivar kinds: 0 to 2 rarity of a word of the lexicon, 3 number, 4 unknown word.
    :ivar digits: 0 to 2, of numbers.
    :ivar expected: p(word) whatever the other side says.
    :ivar empty: p(word | the empty word).
    """

    kinds: Integers
    digits: Integers
    expected: Floats
    empty: Floats


class LexicalEvidence:
    """Words, numbers and names of one side, given the other side; one direction.

    :param links: how alike names and numbers of the two sides are: rows of ``given``.
    """

    def __init__(self, given: Side, explained: Side, lexicon: Lexicon, links: Table) -> None:
        self.given, self.explained, self.links = given, explained, links
        numbers = [_numbers(given, lexicon.source), _numbers(explained, lexicon.target)]
        self.table = between(lexicon.forward, *numbers)
        self.words = _words(explained, lexicon.target, numbers[1], lexicon.forward)
        self._lookup = np.full(len(explained.types), -1, np.int64)
        self._seen: _Seen | None = None

    def values(self, rows: range, columns: range, weights: Weights, direction: int) -> Floats:
        """Evidence of the words of each column, given 1 … LARGEST segments from each row on.

        :returns: shape (LARGEST, rows, columns).
        """
        table = _table_of_values(weights, direction)
        if not table.any():
            return np.zeros((LARGEST, len(rows), len(columns)), np.float32)
        seen = self._look(rows, columns)
        return np.stack([seen.inside.summed(table[codes]) for codes in seen.codes])

    def _look(self, rows: range, columns: range) -> "_Seen":
        """What a block says, whatever it weighs; the last block is kept for the next call."""
        if self._seen is None or self._seen.block != (rows, columns):
            given = self.given.block(rows.start, rows.stop)
            inside = self.explained.block(columns.start, columns.stop)
            types = inside.types
            mass = given.total(self.table, types, self._lookup)
            levels = given.highest(self.links, types, self._lookup)
            lengths = np.diff(given.offsets).astype(np.float32)
            expected = np.log(np.maximum(self.words.expected[types], _NONE))
            share = (mass + self.words.empty[types]) / (lengths[:, None] + 1)
            one = np.log(np.maximum(share, _NONE)) - expected
            codes = [
                self._codes(highest(one, m), highest(levels, m), types)
                for m in range(1, LARGEST + 1)
            ]
            self._seen = _Seen((rows, columns), inside, codes)
        return self._seen

    def _codes(self, surprise: Floats, levels: Integers, types: Integers) -> Integers:
        """Place in the table of values of each word type (columns) given ranges of segments."""
        kinds = self.words.kinds[types]
        codes = np.clip((surprise - _FIRST) * _FINE + 0.5, 0, _STEPS - 1).astype(np.int64)
        codes += kinds * _STEPS
        # A word that the lexicon knows but cannot explain, spelled alike: a name or a loan.
        codes[(levels == _ALIKE) & (surprise < 1.0) & ((kinds == 1) | (kinds == 2))] = (
            _NAMES + _LOAN
        )
        unknown = kinds == _UNKNOWN
        codes[:, unknown] = _NAMES + levels[:, unknown]
        number = kinds == _NUMBER
        found = ((levels > 0) | (surprise > 2.0))[:, number]
        codes[:, number] = _NUMBERS + 2 * self.words.digits[types[number]] + found
        return np.asarray(codes)


_FIRST, _FINE, _STEPS = KNOTS[0], 64, 641
"""Surprise in steps of 1/64 from the first knot to the last."""
_NAMES = _NUMBER * _STEPS
_NUMBERS = _NAMES + SHAPES["names"][1]


def _table_of_values(weights: Weights, direction: int) -> Floats:
    """What each code of ``LexicalEvidence`` is worth."""
    steps = _FIRST + np.arange(_STEPS) / _FINE
    words = [np.interp(steps, KNOTS, values) for values in weights.words[direction]]
    rest = weights.names[direction], weights.numbers[direction].ravel()
    return np.concatenate([*words, *rest]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A block of words, before weights.

    :ivar codes: for 1 … LARGEST segments, what the segment that explains a word best says of it: a
        word of a long bead has its place in one of the segments.
    """

    block: tuple[range, range]
    inside: Block
    codes: list[Integers]


class DraftEvidence:
    """Words of one text given another in the same language; one direction.

    :param vocabulary: of that language, without a word where there is no lexicon.
    """

    def __init__(self, given: Side, explained: Side, vocabulary: Vocabulary) -> None:
        self.given, self.explained = given, explained
        self.links = _spelled_alike(given, explained)
        self.rarity = _rarity(_expected(explained, vocabulary, _numbers(explained, vocabulary)))
        self._lookup = np.full(len(explained.types), -1, np.int64)

    def values(self, rows: range, columns: range, weights: Weights, direction: int) -> Floats:
        """As ``LexicalEvidence.values``."""
        table = weights.drafts[direction].astype(np.float32)
        if not table.any():
            return np.zeros((LARGEST, len(rows), len(columns)), np.float32)
        given = self.given.block(rows.start, rows.stop)
        inside = self.explained.block(columns.start, columns.stop)
        levels = given.highest(self.links, inside.types, self._lookup)
        rarity = self.rarity[inside.types]
        return np.stack(
            [inside.summed(table[rarity, highest(levels, m)]) for m in range(1, LARGEST + 1)]
        )


Values = Callable[[range, range, Weights, int], Floats]


class Evidence:
    """All evidence about two texts: the sum of what there is.

    :param ratio: target letters a source letter, expected.
    :param drafts: a side as long as the source, in the target's language.
    :param layout: of both sides, if it tells anything.
    """

    def __init__(
        self,
        source: Side,
        target: Side,
        *,
        ratio: float,
        lexicon: Lexicon | None = None,
        drafts: Side | None = None,
        vectors: VectorEvidence | None = None,
        layout: LayoutEvidence | None = None,
    ) -> None:
        self.vectors, self._known, self.layout = vectors, lexicon is not None, layout
        self.source, self.target, self.ratio = source, target, ratio
        known = lexicon or Lexicon.empty(source.language, target.language)
        links, back = _links(source, target)
        words = LexicalEvidence(source, target, known, links)
        explained = LexicalEvidence(target, source, known.reversed(), back)
        self.forward: list[Values] = [words.values]
        self.backward: list[Values] = [explained.values]
        self._tables = ((words.table, 0.1), (links, 3.0))
        if drafts is not None:
            spelled = DraftEvidence(drafts, target, known.target)
            self.forward.append(spelled.values)
            self.backward.append(DraftEvidence(target, drafts, known.target).values)

    @property
    def sizes(self) -> tuple[int, int]:
        """Segments of the source and of the target."""
        return len(self.source), len(self.target)

    def anchors(self) -> list[tuple[int, int]]:
        """Pairs of segments that share rare words, names and numbers; ascending."""
        if self.vectors is not None and not self._known:
            return self.vectors.anchors()
        return anchors(self.source, self.target, self._tables)

    def lattice(self, windows: Sequence[Window], weights: Weights) -> Floats:
        """Scores of the beads of some windows, without their kind's: see ``Lattice.scores``."""
        out = empty_scores(windows)
        for lane, window in enumerate(windows):
            place(self.scores(window.rows, window.columns, weights), out, lane)
        if self.vectors is not None:
            out += self.vectors.lattice(windows, weights)
        return out

    def scores(self, rows: range, columns: range, weights: Weights) -> Floats:
        """Scores of the beads of a block, without their kind's.

        :returns: shape (rows, LARGEST, LARGEST, columns), by first segments and by source and
            target segments − 1; hopelessly low where a bead would go beyond the block.
        """
        forward = np.zeros((LARGEST, len(rows), len(columns)), np.float32)
        backward = np.zeros((LARGEST, len(columns), len(rows)), np.float32)
        for values in self.forward:
            forward += values(rows, columns, weights, 0)
        for values in self.backward:
            backward += values(columns, rows, weights, 1)
        told = _supported(forward, self.target.sizes(columns), weights)
        back = _supported(backward, self.source.sizes(rows), weights)
        out = np.full((len(rows), LARGEST, LARGEST, len(columns)), IMPOSSIBLE, np.float32)
        for m in range(1, min(LARGEST, len(rows)) + 1):
            for n in range(1, min(LARGEST, len(columns)) + 1):
                height, width = len(rows) - m + 1, len(columns) - n + 1
                value = _rolled(told[n > 1][m - 1].T, n).T + _rolled(back[m > 1][n - 1].T, m)
                if weights.lengths.any() or weights.ends.any():
                    value += self._shape(rows, columns, m, n, weights)
                if self.layout is not None:
                    value += self.layout.values(rows, columns, m, n, weights)
                out[:height, m - 1, n - 1, :width] = value[:height, :width]
        return out

    def _shape(self, rows: range, columns: range, m: int, n: int, weights: Weights) -> Floats:
        """Evidence of lengths and ends of beads of m and n segments."""
        source = _rolled(self.source.lengths[rows.start : rows.stop], m)[:, None] * self.ratio
        target = _rolled(self.target.lengths[columns.start : columns.stop], n)[None, :]
        spread = np.abs(target - source) / np.sqrt(source + target + 10)
        value = np.interp(spread, SPREADS, weights.lengths)
        ends = (
            self.source.ends[rows.start : rows.stop],
            self.target.ends[columns.start : columns.stop],
        )
        last = np.minimum(np.arange(len(rows)) + m - 1, len(rows) - 1)
        final = np.minimum(np.arange(len(columns)) + n - 1, len(columns) - 1)
        return np.asarray(
            value + weights.ends[ends[0][last][:, None], ends[1][final][None, :]], np.float32
        )


def _supported(values: Floats, words: Floats, weights: Weights) -> tuple[Floats, Floats]:
    """What the other side says of each segment if it is the only one of its side, and if it is not.

    Words of a segment do not speak independently: that nearly none is explained says more against
    it than their sum, and a bead takes in its neighbour for less than leaving it alone costs.

    :param values: sums over words, segments in the last axis; ``words`` are their numbers.
    """
    damped = values * _damping(words)
    if not weights.support.any():
        return damped, damped
    many = words > FEW
    alone, among = damped.copy(), damped.copy()
    for out, by_size in zip((alone, among), weights.support, strict=True):
        for size, segments in zip(by_size, (~many, many), strict=True):
            out[:, :, segments] += np.interp(damped[:, :, segments], SUPPORT, size)
    return alone, among


def _damping(words: Floats) -> Floats:
    """What each word counts: words of one segment do not speak independently."""
    return np.asarray(((words + 2) / 20) ** -DAMPING, np.float32)


def _rolled(values: Floats, m: int) -> Floats:
    """Sums of m neighbours from each row on; fewer at the end."""
    out = values.copy()
    for k in range(1, min(m, len(values))):
        out[: len(values) - k] += values[k:]
    return out


def highest(values: npt.NDArray[_Number], m: int) -> npt.NDArray[_Number]:
    """The largest of m neighbours from each row on."""
    out = values.copy()
    for k in range(1, min(m, len(values))):
        np.maximum(out[: len(values) - k], values[k:], out=out[: len(values) - k])
    return out


def _numbers(side: Side, vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.numbers.get(stem(word), -1) for word in side.types]


def _words(side: Side, vocabulary: Vocabulary, numbers: list[int], table: Table) -> Words:
    known = np.array(numbers, np.int64)
    is_number = np.array([word.isdigit() for word in side.types], bool)
    empty = np.zeros(len(vocabulary.stems), np.float32)
    columns, probabilities = table.row(0)
    empty[columns] = probabilities
    expected = _expected(side, vocabulary, numbers)
    kinds = np.where(is_number, _NUMBER, np.where(known >= 0, _rarity(expected), _UNKNOWN))
    digits = np.array([min(len(word), 3) - 1 for word in side.types], np.int64)
    return Words(
        kinds, digits, expected, np.where(known >= 0, empty[known], 0.0).astype(np.float32)
    )


def _expected(side: Side, vocabulary: Vocabulary, numbers: list[int]) -> Floats:
    """p(word) of each type, by its language or, if that is more, by its other places in the text.

    :param numbers: the types' numbers in the vocabulary, −1 for none.
    """
    known = np.array(numbers, np.int64)
    shares = np.where(known >= 0, vocabulary.frequencies[known], 0.0)
    total = float(len(side.words))
    again = np.maximum(side.frequencies * total - 1, 0) / (total + 100)
    return np.asarray(np.maximum(shares, again), np.float32)


def _rarity(expected: Floats) -> Integers:
    """0 common, 1 middling, 2 rare."""
    return np.digitize(-expected, [-share for share in RARITY]).astype(np.int64)


def _links(source: Side, target: Side) -> tuple[Table, Table]:
    """Names and numbers that both sides have, with their level; by source and by target words."""
    found = alike(
        source.types, target.types, source_lang=source.language, target_lang=target.language
    )
    numbers = {word: index for index, word in enumerate(source.types) if word.isdigit()}
    found += [(numbers[w], i, 3) for i, w in enumerate(target.types) if w in numbers]
    back = [(j, i, level) for i, j, level in found]
    return _table(found, len(source.types)), _table(back, len(target.types))


def _spelled_alike(given: Side, explained: Side) -> Table:
    """Words of one language that agree: 3 the same, 2 the same stem, 1 the first four letters."""
    found = []
    for level, letters in ((1, 4), (2, 5), (3, 100)):
        groups: dict[str, list[int]] = {}
        for index, word in enumerate(given.types):
            if len(word) >= letters or level == 3:
                groups.setdefault(word[:letters], []).append(index)
        for index, word in enumerate(explained.types):
            if len(word) >= letters or level == 3:
                found += [(other, index, level) for other in groups.get(word[:letters], ())]
    return _table(found, len(given.types))


def _table(found: list[tuple[int, int, int]], rows: int) -> Table:
    triples = np.array(found, np.int64).reshape(-1, 3)
    return table_of(triples[:, 0], triples[:, 1], triples[:, 2].astype(np.float32), n_rows=rows)
