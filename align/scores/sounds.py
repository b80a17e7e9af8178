"""Words that no lexicon explains, paired by how they are written and how they sound: names."""

from math import isnan
from typing import Final

from trilogue.align.scores.names import likeness
from trilogue.align.scores.text import Side

ALIKE: Final = 4.0
"""The evidence for words that are written alike or sound alike."""
_SOUNDS: Final = 0.68
"""Likeness from which two words are one name."""


def match_sounds(
    source: Side, target: Side, on_source: list[float], on_target: list[float]
) -> None:
    """Raise the evidence of words that may be names and have a partner.

    :param on_source: r of each source word so far, NaN if unknown; ``on_target`` likewise.
    """
    _match_written(source, target, on_target)
    ours = _unexplained(source, on_source)
    theirs = _unexplained(target, on_target) if ours else []
    found = [
        (-like, abs(i - j), i, j)
        for i in ours
        for j in theirs
        if (like := _like(source.bare[i], source, target, j)) >= _SOUNDS
    ]
    for _, _, i, j in sorted(found):  # the likest first
        if on_source[i] != ALIKE and on_target[j] != ALIKE:
            on_source[i] = on_target[j] = ALIKE
            for a in (i - 1, i):  # Hong Kong is one word in Гонконг
                if a + 1 in ours and a in ours:
                    both = source.bare[a] + source.bare[a + 1]
                    if _like(both, source, target, j) >= _SOUNDS:
                        on_source[a] = on_source[a + 1] = ALIKE


def _match_written(source: Side, target: Side, on_target: list[float]) -> None:
    """Names that the lexicon knows, and that stand as they are in the source."""
    for j, r in enumerate(on_target):
        if r < 0.0 and target.words[j][0].isupper():
            if target.bare[j] in source.bare:
                on_target[j] = ALIKE


def _unexplained(side: Side, evidence: list[float]) -> list[int]:
    """The places of unknown words, and of unexplained ones with a capital; one letter is none."""
    words = side.words
    return [
        at
        for at, r in enumerate(evidence)
        if (isnan(r) or r < 0.0 and words[at][0].isupper()) and len(words[at]) > 1
    ]


def _like(word: str, source: Side, target: Side, at: int) -> float:
    return likeness(word, source.language, target.bare[at], target.language)
