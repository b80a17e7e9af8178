"""Copies: is the target the source itself, untranslated?

Signal ``copy``: of the target's letters in words that are written in lower case, the share in words
that the source has too; 0 is good, None where there are no such words. Names, brands and
abbreviations are legitimate copies, and they have capitals.
"""

from itertools import compress

from trilogue.align.scores.text import Side


def copied(source: Side, target: Side) -> float | None:
    """The share of the target that is copied."""
    total = sum(target.plain)
    same = sum(compress(target.plain, map(source.distinct.__contains__, target.words)))
    return same / total if total else None


def lower_case_words(side: Side) -> int:
    """How many words of a side are in lower case: the ones that one has to translate."""
    return len(side.plain) - side.plain.count(0)
