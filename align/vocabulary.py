"""A table of words that translate each other, written by hand, to mend what bitext does not teach.

Bitext of interfaces and everyday sentences has no ministers, summits and cease-fires, and few names
of countries. The table is a TSV file: a header of language codes, then one notion a row; each word
of a cell may stand for each word of the same row. A root that ends in "-" stands for the stems of
the lexicon that are the root and the beginning of an ending. Empty cells and lines that begin with
"#" say nothing.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from trilogue.align import stems
from trilogue.align.lexicon import Lexicon, Table, Vocabulary
from trilogue.corpora.errors import FormatError

_MASS: Final = 0.3
"""Probability that a row of the table has to give away beside what bitext taught."""
_RARE: Final = 1.5e-5
"""Frequency of a stem that the lexicon lacked."""

_ENDINGS: Final = {
    "az": re.compile(
        r"|l[aə]r?|[ıiuü]\w?|[nsdy][ıiuüaə]\w?|[aə]|m[ıiuü]\w?|l[ıiuü]\w?|l[aə][mny]?"
    ),
    "hy": re.compile(r"|եր\w?|ներ?|ի\w*|ը|ն|ով|ում|ու\w?|ակա?|այի?|յա|ութ?|ել|եց|վե[լց]"),
}
"""What may follow a root within the five letters of a stem: the beginnings of endings."""

Notion = tuple[tuple[str, ...], tuple[str, ...]]
"""Words of the source language and of the target language, as they are printed."""


def read_vocabulary(path: Path, source_lang: str, target_lang: str) -> list[Notion]:
    """The notions of a table that have words in both languages.

    :raises FormatError: if it has no column for a language, or a row of another width.
    """
    found: list[Notion] = []
    header: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            header = cells
            for code in (source_lang, target_lang):
                if code not in header:
                    raise FormatError(f"{path}:{number}: no column {code}, got {', '.join(cells)}")
            continue
        if len(cells) != len(header):
            got = f"{len(cells)} columns, expected {len(header)}"
            raise FormatError(f"{path}:{number}: got {got}. Separate languages by one tab.")
        source, target = (tuple(cells[header.index(c)].split()) for c in (source_lang, target_lang))
        if source and target:
            found.append((source, target))
    return found


def enriched(lexicon: Lexicon, notions: Iterable[Notion]) -> Lexicon:
    """The lexicon with the words of a table beside what it knows."""
    forward: dict[str, dict[str, float]] = {}
    backward: dict[str, dict[str, float]] = {}
    for source, target in notions:
        ours = _shares(source, lexicon.source, lexicon.source_lang)
        theirs = _shares(target, lexicon.target, lexicon.target_lang)
        for rows, these, those in ((forward, ours, theirs), (backward, theirs, ours)):
            for word in these:
                row = rows.setdefault(word, {})
                for other, share in those.items():
                    row[other] = max(row.get(other, 0.0), _MASS * share)
    before, after = _grown(lexicon.source, forward), _grown(lexicon.target, backward)
    return Lexicon(
        lexicon.source_lang,
        lexicon.target_lang,
        before,
        after,
        _merged(lexicon.forward, forward, before, after),
        _merged(lexicon.backward, backward, after, before),
    )


def _shares(words: Iterable[str], vocabulary: Vocabulary, language: str) -> dict[str, float]:
    """The stems of a cell, and how much of it each stands for: a root by its stems' frequency."""
    groups: list[dict[str, float]] = []
    ending = _ENDINGS.get(language, re.compile(r"\w*"))
    for word in words:
        root = word.endswith("-")
        plain = stems.stems(word.rstrip("-"), language)
        if not plain:
            continue
        stem = plain[0]
        group = {stem: _RARE}
        if root:
            for known, frequency in zip(vocabulary.stems, vocabulary.frequencies, strict=True):
                if known.startswith(stem) and ending.fullmatch(known, len(stem)):
                    group[known] = max(_RARE, float(frequency))
        groups.append(group)
    shares: dict[str, float] = {}
    for group in groups:
        total = sum(group.values())
        for stem, frequency in group.items():
            shares[stem] = max(shares.get(stem, 0.0), frequency / total / len(groups))
    return shares


def _grown(vocabulary: Vocabulary, rows: Mapping[str, object]) -> Vocabulary:
    new = tuple(word for word in rows if word not in vocabulary.numbers)
    frequencies = np.r_[vocabulary.frequencies, np.full(len(new), _RARE, np.float32)]
    return Vocabulary.of(vocabulary.stems + new, frequencies.astype(np.float32))


def _merged(
    table: Table, rows: Mapping[str, Mapping[str, float]], before: Vocabulary, after: Vocabulary
) -> Table:
    """The table with the rows' entries where they are more, each row's sum at most 1."""
    columns: list[int] = []
    probabilities: list[float] = []
    offsets = [0]
    known = len(table.offsets) - 1
    for number, word in enumerate(before.stems):
        old = table.row(number) if number < known else (np.zeros(0, np.int64), np.zeros(0))
        entries = dict(zip(old[0].tolist(), old[1].tolist(), strict=True))
        for other, p in rows.get(word, {}).items():
            column = after.numbers[other]
            entries[column] = max(entries.get(column, 0.0), p)
        total = max(1.0, sum(entries.values()))
        for column in sorted(entries):
            columns.append(column)
            probabilities.append(entries[column] / total)
        offsets.append(len(columns))
    return Table(
        np.array(offsets, np.int64),
        np.array(columns, np.int64),
        np.array(probabilities, np.float32),
    )
