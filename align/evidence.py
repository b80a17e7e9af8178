"""What speaks for and against a bead: words, numbers, names, drafts, lengths, ends.

Everything is a sum over the words of a side, given the segments of the other side: a block of rows
and columns costs a few matrix products, whatever beads are asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.align.lattice import LARGEST, Floats, Integers
from trilogue.align.lexicon import Lexicon, Table, Vocabulary
from trilogue.align.names import alike
from trilogue.align.sides import Block, Side
from trilogue.align.sparse import between, dense, table_of
from trilogue.align.stems import stem
from trilogue.align.weights import KNOTS, SPREADS, Weights

RARITY: Final = (0.004, 0.0004)
"""Shares of the words above which a word is common, or middling."""
DAMPING: Final = 0.3
"""Power of a bead's length by which each of its words counts less."""
_NONE: Final = 1e-7
_NUMBER, _UNKNOWN = 3, 4
_ALIKE, _LOAN = 3, 4


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
    """Words, numbers and names of one side, given the other side; one direction."""

    def __init__(self, given: Side, explained: Side, lexicon: Lexicon) -> None:
        self.given, self.explained = given, explained
        numbers = [_numbers(given, lexicon.source), _numbers(explained, lexicon.target)]
        self.table = between(lexicon.forward, *numbers)
        self.words = _words(explained, lexicon.target, numbers[1], lexicon.forward)
        self.links = _links(given, explained)
        self._lookup = np.full(len(explained.types), -1, np.int64)
        self._seen: _Seen | None = None

    def values(self, rows: range, columns: range, weights: Weights, direction: int) -> Floats:
        """Evidence of the words of each column, given 1 … LARGEST segments from each row on.

        :returns: shape (LARGEST, rows, columns).
        """
        if not (
            weights.words[direction].any()
            or weights.numbers[direction].any()
            or weights.names[direction].any()
        ):
            return np.zeros((LARGEST, len(rows), len(columns)), np.float32)
        seen = self._look(rows, columns)
        return np.stack(
            [
                seen.inside.summed(
                    self._value(surprise, levels, seen.inside.types, weights, direction).T
                ).T
                for surprise, levels in zip(seen.surprise, seen.levels, strict=True)
            ]
        )

    def _look(self, rows: range, columns: range) -> "_Seen":
        """What a block says, whatever it weighs; the last block is kept for the next call."""
        if self._seen is None or self._seen.block != (rows, columns):
            given = self.given.block(rows.start, rows.stop)
            inside = self.explained.block(columns.start, columns.stop)
            explained = inside.types
            mass = given.summed(dense(self.table, given.types, explained, self._lookup))
            levels = given.highest(dense(self.links, given.types, explained, self._lookup))
            lengths = np.diff(given.offsets).astype(np.float32)
            expected = np.log(np.maximum(self.words.expected[explained], _NONE))
            empty = self.words.empty[explained]
            surprise = []
            for m in range(1, LARGEST + 1):
                share = (_rolled(mass, m) + empty) / (_rolled(lengths, m)[:, None] + 1)
                surprise.append(np.log(np.maximum(share, _NONE)) - expected)
            highest = [_highest(levels, m).astype(np.int64) for m in range(1, LARGEST + 1)]
            self._seen = _Seen((rows, columns), inside, surprise, highest)
        return self._seen

    def _value(
        self,
        surprise: Floats,
        levels: Integers,
        types: Integers,
        weights: Weights,
        direction: int,
    ) -> Floats:
        """Evidence of each word type (columns) given ranges of segments (rows)."""
        kinds = self.words.kinds[types]
        out = np.zeros_like(surprise)
        for rarity in range(_NUMBER):
            of = kinds == rarity
            if weights.words[direction, rarity].any():
                out[:, of] = np.interp(surprise[:, of], KNOTS, weights.words[direction, rarity])
        unknown = kinds == _UNKNOWN
        out[:, unknown] = weights.names[direction][levels[:, unknown]]
        # A word that the lexicon knows but cannot explain, spelled alike: a name or a loan.
        loan = (levels == _ALIKE) & (surprise < 1.0) & ((kinds == 1) | (kinds == 2))
        out[loan] = weights.names[direction][_LOAN]
        number = kinds == _NUMBER
        found = ((levels > 0) | (surprise > 2.0))[:, number].astype(np.int64)
        out[:, number] = weights.numbers[direction][self.words.digits[types[number]], found]
        return out


@dataclass(frozen=True, slots=True)
class _Seen:
    """A block of words, before weights.

    :ivar surprise: for 1 … LARGEST segments together, log p(word | them) / p(word).
    :ivar levels: likewise, how alike the most alike of their names and numbers is.
    """

    block: tuple[range, range]
    inside: Block
    surprise: list[Floats]
    levels: list[Integers]


class DraftEvidence:
    """Words of one text given another in the same language; one direction."""

    def __init__(self, given: Side, explained: Side) -> None:
        self.given, self.explained = given, explained
        self.links = _spelled_alike(given, explained)
        self.rarity = np.digitize(-explained.frequencies, [-share for share in RARITY])
        self._lookup = np.full(len(explained.types), -1, np.int64)

    def values(self, rows: range, columns: range, weights: Weights, direction: int) -> Floats:
        """As ``LexicalEvidence.values``."""
        if not weights.drafts[direction].any():
            return np.zeros((LARGEST, len(rows), len(columns)), np.float32)
        given = self.given.block(rows.start, rows.stop)
        inside = self.explained.block(columns.start, columns.stop)
        levels = given.highest(dense(self.links, given.types, inside.types, self._lookup))
        rarity = self.rarity[inside.types]
        out = []
        for m in range(1, LARGEST + 1):
            highest = _highest(levels, m).astype(np.int64)
            value = weights.drafts[direction][rarity, highest].astype(np.float32)
            out.append(inside.summed(value.T).T)
        return np.stack(out)


Values = Callable[[range, range, Weights, int], Floats]


class Evidence:
    """All evidence about two texts.

    :param ratio: target letters a source letter, expected.
    :param drafts: a side as long as the source, in the target's language.
    """

    def __init__(
        self,
        source: Side,
        target: Side,
        *,
        ratio: float,
        lexicon: Lexicon | None = None,
        drafts: Side | None = None,
    ) -> None:
        self.source, self.target, self.ratio = source, target, ratio
        known = lexicon or Lexicon.empty(source.language, target.language)
        words = LexicalEvidence(source, target, known)
        self.forward: list[Values] = [words.values]
        self.backward: list[Values] = [LexicalEvidence(target, source, known.reversed()).values]
        self.tables = [words.table, words.links]
        if drafts is not None:
            spelled = DraftEvidence(drafts, target)
            self.forward.append(spelled.values)
            self.backward.append(DraftEvidence(target, drafts).values)

    def scores(self, rows: range, columns: range, weights: Weights) -> Floats:
        """Scores of the beads that start in a block, without their kind's.

        :returns: shape (rows, LARGEST, LARGEST, columns), by source and target segments − 1;
            −∞ where a bead would go beyond the end of a text.
        """
        wide_rows = range(rows.start, min(rows.stop + LARGEST - 1, len(self.source)))
        wide_columns = range(columns.start, min(columns.stop + LARGEST - 1, len(self.target)))
        forward = np.zeros((LARGEST, len(wide_rows), len(wide_columns)), np.float32)
        backward = np.zeros((LARGEST, len(wide_columns), len(wide_rows)), np.float32)
        for values in self.forward:
            forward += values(wide_rows, wide_columns, weights, 0)
        for values in self.backward:
            backward += values(wide_columns, wide_rows, weights, 1)
        out = np.full((len(rows), LARGEST, LARGEST, len(columns)), -1e30, np.float32)
        source_words = self.source.sizes(wide_rows)
        target_words = self.target.sizes(wide_columns)
        for m in range(1, LARGEST + 1):
            for n in range(1, LARGEST + 1):
                height, width = len(wide_rows) - m + 1, len(wide_columns) - n + 1
                if height <= 0 or width <= 0:
                    continue
                value = _rolled(forward[m - 1].T, n).T * _damping(_rolled(target_words, n))
                other = _rolled(backward[n - 1].T, m).T * _damping(_rolled(source_words, m))
                value = (value + other.T)[:height, :width]
                value += self._shape(wide_rows, wide_columns, m, n, weights)[:height, :width]
                height, width = min(height, len(rows)), min(width, len(columns))
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


def _damping(words: Floats) -> Floats:
    """What a word of a bead counts: words of one segment do not speak independently."""
    return np.asarray(((words + 2) / 20) ** -DAMPING, np.float32)


def _rolled(values: Floats, m: int) -> Floats:
    """Sums of m neighbours from each row on; fewer at the end."""
    out = values.copy()
    for k in range(1, min(m, len(values))):
        out[: len(values) - k] += values[k:]
    return out


def _highest(levels: Floats, m: int) -> Floats:
    """The largest of m neighbours from each row on."""
    out = levels.copy()
    for k in range(1, min(m, len(levels))):
        np.maximum(out[: len(levels) - k], levels[k:], out=out[: len(levels) - k])
    return out


def _numbers(side: Side, vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.numbers.get(stem(word), -1) for word in side.types]


def _words(side: Side, vocabulary: Vocabulary, numbers: list[int], table: Table) -> Words:
    known = np.array(numbers, np.int64)
    is_number = np.array([word.isdigit() for word in side.types], bool)
    shares = np.where(known >= 0, vocabulary.frequencies[known], 0.0).astype(np.float32)
    empty = np.zeros(len(vocabulary.stems), np.float32)
    columns, probabilities = table.row(0)
    empty[columns] = probabilities
    total = float(len(side.words))
    again = np.maximum(side.frequencies * total - 1, 0) / (total + 100)
    expected = np.maximum(shares, again).astype(np.float32)
    kinds = np.digitize(-expected, [-share for share in RARITY])
    kinds = np.where(is_number, _NUMBER, np.where(known >= 0, kinds, _UNKNOWN))
    digits = np.array([min(len(word), 3) - 1 for word in side.types], np.int64)
    return Words(
        kinds, digits, expected, np.where(known >= 0, empty[known], 0.0).astype(np.float32)
    )


def _links(given: Side, explained: Side) -> Table:
    """Names and numbers that both sides have, with their level."""
    found = alike(
        given.types, explained.types, source_lang=given.language, target_lang=explained.language
    )
    numbers = {word: index for index, word in enumerate(given.types) if word.isdigit()}
    found += [(numbers[w], i, 3) for i, w in enumerate(explained.types) if w in numbers]
    return _table(found, len(given.types))


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
