"""Word alignment inside a bead: which words of the two sides translate each other.

Evidence is the lexicon in both directions, numbers, names across scripts and the place in the
sentence. Each direction gives every word a distribution over the words of the other side and none;
a link's probability is the geometric mean of the two, which is high only if both sides agree.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from trilogue.align.lexicon import Lexicon, Table, Vocabulary
from trilogue.align.names import alike
from trilogue.align.sparse import between, within
from trilogue.align.stems import stem, words

LEAST: Final = 0.3
"""Probability of a link that stands on its own."""
MUTUAL: Final = 0.1
"""Probability of a link that stands because each of its words is the other's likeliest."""
TENSION: Final = 3.0
"""How fast a link loses with the distance of its words' places, in shares of the sentence."""
EMPTY: Final = 0.02
"""Mass of no counterpart, beside what the lexicon says of the empty word."""
_SPELLED: Final = (0.0, 0.02, 0.15, 0.6)
"""Probability of a word by how much it looks like another: see ``names.alike``."""
_NUMBER: Final = 0.8
_DIGITS: Final = r"\d+(?:[ \u00a0\u202f.,]\d{3}(?!\d))*"
_LETTERS: Final = r"[^\W\d_](?:['’\u055b\u055c\u055e\u0301\u0307\u00ad]?[^\W\d_])*"
_TOKEN: Final = re.compile(f"{_DIGITS}|{_LETTERS}")
_APART: Final = re.compile(r"[ \u00a0\u202f.,]")

Doubles = npt.NDArray[np.float64]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WordLink:
    """Two words that translate each other: ``source[start:end]`` of either text.

    :ivar probability: of this link, 0 to 1.
    """

    source: Span
    target: Span
    probability: float


def word_links(source: str, target: str, lexicon: Lexicon) -> tuple[WordLink, ...]:
    """The links between the words of two texts that say the same, by their place in the source.

    A word may have several, or none. Without a lexicon of the languages
    (:meth:`Lexicon.empty`) numbers, names and loans are linked.

    :param lexicon: from the source's language to the target's.
    """
    here = [found.span() for found in _TOKEN.finditer(source)]
    there = [found.span() for found in _TOKEN.finditer(target)]
    if not here or not there:
        return ()
    sides = (
        _spelled(source, here, lexicon.source_lang),
        _spelled(target, there, lexicon.target_lang),
    )
    likely = _symmetric(*sides, lexicon)
    rows, columns = np.nonzero(_chosen(likely))
    return tuple(
        WordLink(here[i], there[j], round(float(likely[i, j]), 4))
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    )


def _spelled(text: str, spans: Sequence[Span], language: str) -> list[str]:
    """Words as the lexicons spell them; a number without what parts its thousands."""
    out = []
    for start, end in spans:
        word = text[start:end]
        folded = words(word, language)
        out.append(_APART.sub("", word) if word[0].isdigit() else folded[0] if folded else word)
    return out


def _symmetric(source: list[str], target: list[str], lexicon: Lexicon) -> Doubles:
    """Probability of each link, source words by target words."""
    sides = [_numbers(source, lexicon.source), _numbers(target, lexicon.target)]
    spelled = _by_spelling(source, target, lexicon)
    near = _nearness(len(source), len(target))
    forward = _dense(lexicon.forward, *sides) + spelled
    backward = _dense(lexicon.backward, *sides[::-1]) + spelled.T
    there = _distribution(forward, near, _empty(lexicon.forward, sides[1]))
    back = _distribution(backward, near.T, _empty(lexicon.backward, sides[0]))
    return np.asarray(np.sqrt(there * back.T))


def _distribution(mass: Doubles, near: Doubles, empty: Doubles) -> Doubles:
    """For each column where it comes from: shares of the rows, less than 1 in all."""
    weighed = mass * near
    return np.asarray(weighed / (weighed.sum(0) + empty))


def _nearness(rows: int, columns: int) -> Doubles:
    """Weight of each pair of places, on average 1 down each column's likely part."""
    at = (np.arange(rows) + 0.5) / rows
    by = (np.arange(columns) + 0.5) / columns
    return np.asarray(np.exp(-TENSION * np.abs(at[:, None] - by[None, :])))


def _by_spelling(source: list[str], target: list[str], lexicon: Lexicon) -> Doubles:
    out = np.zeros((len(source), len(target)))
    languages = {"source_lang": lexicon.source_lang, "target_lang": lexicon.target_lang}
    for i, j, level in alike(source, target, **languages):
        out[i, j] = max(out[i, j], _SPELLED[level])
    for i, word in enumerate(source):
        if word.isdigit():
            out[i] = [_NUMBER * (word == other) for other in target]
    return out


def _numbers(side: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.numbers.get(stem(word), -1) for word in side]


def _dense(table: Table, rows: list[int], columns: list[int]) -> Doubles:
    """Probabilities of the columns' words given each row's."""
    found = between(table, rows, columns)
    lookup = np.full(len(columns), -1, np.int64)
    row, column, values = within(found, np.arange(len(rows)), np.arange(len(columns)), lookup)
    out = np.zeros((len(rows), len(columns)))
    out[row, column] = values
    return out


def _empty(table: Table, columns: list[int]) -> Doubles:
    """Mass of no counterpart of each word."""
    known, values = table.row(0)
    by_number = dict(zip(known.tolist(), values.tolist(), strict=True))
    return EMPTY + np.array([by_number.get(number, 0.0) for number in columns])


def _chosen(likely: Doubles) -> npt.NDArray[np.bool_]:
    best_of_row = likely >= likely.max(1, keepdims=True)
    best_of_column = likely >= likely.max(0, keepdims=True)
    mutual = best_of_row & best_of_column & (likely >= MUTUAL)
    return np.asarray(mutual | ((likely >= LEAST) & (best_of_row | best_of_column)))
