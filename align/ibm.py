"""IBM Model 1 in numpy, in both directions, with a prior for the diagonal.

Brown et al. 1993; the diagonal prior and the sparse (variational) M step as in fast_align (Dyer et
al. 2013), which keep rare words from collecting what they never meant.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from trilogue.align.lexicon import Floats, Integers, Lexicon, Table, Vocabulary

ITERATIONS: Final = 5
TENSION: Final = 4.0
EMPTY: Final = 0.08
ALPHA: Final = 0.01
LONGEST: Final = 80
"""A segment's words beyond this are not looked at: pairs of words grow with the square."""

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """All pairs of a row word and a column word of one sentence pair, one after the other.

    :ivar cell: number of the pair among the distinct ones.
    :ivar token: running number of the column word's token.
    """

    cell: npt.NDArray[np.int32]
    token: npt.NDArray[np.int32]
    prior: Floats


def learn(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    source_lang: str,
    target_lang: str,
    weights: Sequence[float] | None = None,
    rarest: int = 1,
    smallest: float = 0.005,
    largest_vocabulary: int = 65_000,
) -> Lexicon:
    """Learn a lexicon from pairs of stemmed segments.

    :param weights: how much each pair counts, 1 for each if not given.
    :param rarest: words seen less often are left out.
    :param smallest: entries less probable are left out.
    """
    given = np.ones(len(pairs)) if weights is None else np.asarray(weights, np.float64)
    sides = [
        _vocabulary((pair[side] for pair in pairs), rarest, largest_vocabulary) for side in (0, 1)
    ]
    numbers = [
        (
            np.array([sides[0].numbers.get(w, -1) for w in source[:LONGEST]], np.int64),
            np.array([sides[1].numbers.get(w, -1) for w in target[:LONGEST]], np.int64),
        )
        for source, target in pairs
    ]
    forward = _table(numbers, given, len(sides[0].stems), len(sides[1].stems), smallest)
    swapped = [(target, source) for source, target in numbers]
    backward = _table(swapped, given, len(sides[1].stems), len(sides[0].stems), smallest)
    return Lexicon(source_lang, target_lang, sides[0], sides[1], forward, backward)


def _vocabulary(texts: Iterable[Sequence[str]], rarest: int, largest: int) -> Vocabulary:
    counts = Counter(word for text in texts for word in text)
    total = max(sum(counts.values()), 1)
    kept = sorted((-n, word) for word, n in counts.items() if n >= rarest)[: largest - 1]
    frequencies = np.array([0.0, *(-n / total for n, _ in kept)], np.float32)
    return Vocabulary.of(("", *(word for _, word in kept)), frequencies)


def _table(
    numbers: Sequence[tuple[Integers, Integers]],
    weights: Doubles,
    rows: int,
    columns: int,
    smallest: float,
) -> Table:
    """Expectation–maximisation of p(column | row), pruned."""
    keys, token_weights, pairs = _expand(numbers, weights, columns)
    row_of, column_of = keys // columns, keys % columns
    together = np.bincount(pairs.cell, minlength=len(keys))
    table = (together / np.bincount(row_of, together, rows)[row_of]).astype(np.float32)
    counts = np.zeros(len(keys), np.float64)
    for _ in range(ITERATIONS):
        counts = _expect(table, pairs, token_weights, len(keys))
        sums = np.asarray(np.bincount(row_of, counts, rows), np.float64)
        sparse = np.subtract(_digamma(counts + ALPHA), _digamma(sums + ALPHA)[row_of])
        table = np.exp(sparse).astype(np.float32)
    shares = counts / np.maximum(np.bincount(row_of, counts, rows), 1e-9)[row_of]
    kept = shares >= smallest
    return _rows(row_of[kept], column_of[kept], shares[kept].astype(np.float32), rows)


def _rows(row_of: Integers, column_of: Integers, values: Floats, rows: int) -> Table:
    """Entries in row order as a table."""
    lengths = np.bincount(row_of, minlength=rows)
    return Table(np.concatenate([[0], np.cumsum(lengths)]), column_of, values)


def _expand(
    numbers: Sequence[tuple[Integers, Integers]], weights: Doubles, columns: int
) -> tuple[Integers, Doubles, _Pairs]:
    """Distinct pairs as row · columns + column, the weight of each column token, and the pairs."""
    keys, tokens, priors, token_weights = [], [], [], []
    first = 0
    for (row, column), weight in zip(numbers, weights, strict=True):
        known_rows, known_columns = row >= 0, column >= 0
        if not known_columns.any():
            continue
        at = (np.arange(len(row)) + 0.5) / max(len(row), 1)
        by = (np.arange(len(column)) + 0.5) / len(column)
        near = np.exp(-TENSION * np.abs(at[known_rows][None, :] - by[known_columns][:, None]))
        near *= (1 - EMPTY) / np.maximum(near.sum(1, keepdims=True), 1e-9)
        n_columns = len(near)
        priors.append(np.hstack([np.full((n_columns, 1), EMPTY), near]).astype(np.float32).ravel())
        names = np.concatenate([[0], row[known_rows]])
        keys.append((names[None, :] * columns + column[known_columns][:, None]).ravel())
        tokens.append(np.repeat(np.arange(first, first + n_columns, dtype=np.int32), len(names)))
        token_weights.append(np.full(n_columns, weight))
        first += n_columns
    if not keys:
        none = np.zeros(0, np.int64)
        return (
            none,
            np.zeros(0),
            _Pairs(none.astype(np.int32), none.astype(np.int32), np.zeros(0, np.float32)),
        )
    distinct, cell = np.unique(np.concatenate(keys), return_inverse=True)
    pairs = _Pairs(cell.astype(np.int32), np.concatenate(tokens), np.concatenate(priors))
    return distinct, np.concatenate(token_weights), pairs


def _expect(table: Floats, pairs: _Pairs, token_weights: Doubles, cells: int) -> Doubles:
    """Expected counts of each distinct pair under the table."""
    mass = table[pairs.cell] * pairs.prior
    sums = np.bincount(pairs.token, mass, len(token_weights))
    scale = (token_weights / np.maximum(sums, 1e-30)).astype(np.float32)
    return np.asarray(np.bincount(pairs.cell, mass * scale[pairs.token], cells), np.float64)


def _digamma(x: npt.NDArray[np.floating[Any]]) -> Doubles:
    """ψ(x) for x > 0: recurrence up to 6, then the asymptotic series."""
    shift = np.zeros_like(x)
    x = x.copy()
    for _ in range(6):
        small = x < 6
        shift[small] -= 1 / x[small]
        x[small] += 1
    square = 1 / (x * x)
    return np.asarray(
        shift + np.log(x) - 0.5 / x - square * (1 / 12 - square * (1 / 120 - square / 252))
    )
