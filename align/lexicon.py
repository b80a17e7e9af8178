"""Bilingual lexicons: how probable a word is as the translation of another, in both directions.

    lexicon = Lexicon.load(path)                   # lexicon-ru.npz: English and Russian
    lexicon.stems("Thank you.", "en")              # ['thank', 'you'], what the tables are keyed by
    lexicon.translations("thank")                  # {'спаси': 0.43, 'благо': 0.38, …}: p(ru | en)
    lexicon.translations("спаси", back=True)       # the other way: p(en | ru)
    lexicon.probability("thank", "спаси")          # one entry, 0.0 if it is not in the table
    lexicon.frequency("thank"), lexicon.frequency("спаси", target=True)  # p(word), 0.0 if unknown
    lexicon.reversed()                             # Russian and English: the sides change places

Entries are IBM Model 1 probabilities of five-letter stems (``trilogue.align.ibm`` learns them),
pruned; ``None`` as the source word of ``translations`` is the empty word, which explains articles
and the like.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from trilogue.align import stems
from trilogue.corpora.errors import FormatError

FORMAT: Final = "trilogue-lexicon-1"
_STEP: Final = 24.0
"""Steps of a stored probability per unit of its logarithm: 255 steps reach e^−10.6."""
_EMPTY: Final = ""

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Sparse rows of p(column | row), a row's columns ascending; row 0 is the empty word.

    :ivar offsets: row *r* is ``columns[offsets[r]:offsets[r + 1]]``; one longer than the rows.
    """

    offsets: Integers
    columns: Integers
    probabilities: Floats

    def row(self, number: int) -> tuple[Integers, Floats]:
        """Columns and probabilities of one row."""
        part = slice(int(self.offsets[number]), int(self.offsets[number + 1]))
        return self.columns[part], self.probabilities[part]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The stems of one side; number 0 is the empty word.

    :ivar frequencies: share of each stem among the words of its side.
    """

    stems: tuple[str, ...]
    frequencies: Floats
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, words: tuple[str, ...], frequencies: Floats) -> Self:
        """A vocabulary with its index."""
        return cls(words, frequencies, {word: number for number, word in enumerate(words)})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Translation probabilities between two languages, both ways.

    :ivar forward: rows are source stems, columns target stems.
    :ivar backward: rows are target stems, columns source stems.
    """

    source_lang: str
    target_lang: str
    source: Vocabulary
    target: Vocabulary
    forward: Table
    backward: Table

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a lexicon; nothing in the file is executed.

        :raises FormatError: if it is not a lexicon of this format.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
        except (ValueError, OSError, EOFError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            raise FormatError(f"{path}: not a lexicon: {error}") from error
        found = arrays["format"].item() if "format" in arrays else "nothing"
        if found != FORMAT:
            raise FormatError(f"{path}: format is {found}, expected {FORMAT}")
        source, target = (_vocabulary(arrays, side) for side in ("source", "target"))
        return cls(
            arrays["source_lang"].item(),
            arrays["target_lang"].item(),
            source,
            target,
            _table(arrays, "forward"),
            _table(arrays, "backward"),
        )

    @classmethod
    def empty(cls, source_lang: str, target_lang: str) -> Self:
        """A lexicon that knows no word, for languages that there is none for."""
        nothing = Vocabulary.of((_EMPTY,), np.zeros(1, np.float32))
        table = Table(np.zeros(2, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))
        return cls(source_lang, target_lang, nothing, nothing, table, table)

    def save(self, path: Path) -> None:
        """Write the lexicon as a compressed ``.npz``; probabilities to 2 % of their value."""
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "format": np.array(FORMAT),
            "source_lang": np.array(self.source_lang),
            "target_lang": np.array(self.target_lang),
        }
        for side, vocabulary in (("source", self.source), ("target", self.target)):
            joined = "\n".join(vocabulary.stems).encode()
            arrays[f"{side}_stems"] = np.frombuffer(joined, np.uint8)
            arrays[f"{side}_frequencies"] = vocabulary.frequencies.astype(np.float16)
        for name, table in (("forward", self.forward), ("backward", self.backward)):
            steps = np.clip(np.rint(-_STEP * np.log(table.probabilities)), 0, 255)
            arrays[f"{name}_lengths"] = np.diff(table.offsets).astype(np.uint16)
            arrays[f"{name}_columns"] = table.columns.astype(np.uint16)
            arrays[f"{name}_steps"] = steps.astype(np.uint8)
        np.savez_compressed(path, allow_pickle=False, **arrays)

    def stems(self, text: str, language: str) -> list[str]:
        """The text's words as keys of the tables."""
        return stems.stems(text, language)

    def translations(self, word: str | None, *, back: bool = False) -> dict[str, float]:
        """What a stem is translated by, the most probable first; empty if it is unknown.

        :param word: a source stem, or with ``back`` a target stem; None for the empty word.
        """
        rows, columns, table = self.source, self.target, self.forward
        if back:
            rows, columns, table = self.target, self.source, self.backward
        number = rows.numbers.get(_EMPTY if word is None else word)
        if number is None:
            return {}
        entries, probabilities = table.row(number)
        order = np.argsort(-probabilities, kind="stable")
        words = map(columns.stems.__getitem__, entries[order].tolist())
        return dict(zip(words, probabilities[order].tolist(), strict=True))

    def probability(self, source: str, target: str, *, back: bool = False) -> float:
        """p(target stem | source stem), or with ``back`` p(source stem | target stem)."""
        known, wanted = (target, source) if back else (source, target)
        return self.translations(known, back=back).get(wanted, 0.0)

    def frequency(self, word: str, *, target: bool = False) -> float:
        """Share of a stem among the words of its side in what the lexicon was learned from."""
        vocabulary = self.target if target else self.source
        number = vocabulary.numbers.get(word)
        return 0.0 if number is None else float(vocabulary.frequencies[number])

    def familiarity(self, source: Sequence[str], target: Sequence[str]) -> float:
        """How usual words are on their side, on average: far lower for a text of another language.

        :param source: words of a text that should be in the source language; ``target`` likewise.
        """
        found = sum(self.frequency(stems.stem(word)) for word in source)
        found += sum(self.frequency(stems.stem(word), target=True) for word in target)
        return found / max(len(source) + len(target), 1)

    def reversed(self) -> "Lexicon":
        """The same lexicon with its sides exchanged."""
        return Lexicon(
            self.target_lang,
            self.source_lang,
            self.target,
            self.source,
            self.backward,
            self.forward,
        )


def _vocabulary(arrays: Mapping[str, npt.NDArray[np.generic]], side: str) -> Vocabulary:
    joined = arrays[f"{side}_stems"].tobytes().decode()
    return Vocabulary.of(
        tuple(joined.split("\n")), arrays[f"{side}_frequencies"].astype(np.float32)
    )


def _table(arrays: Mapping[str, npt.NDArray[np.generic]], name: str) -> Table:
    lengths = arrays[f"{name}_lengths"].astype(np.int64)
    return Table(
        np.concatenate([[0], np.cumsum(lengths)]),
        arrays[f"{name}_columns"].astype(np.int64),
        np.exp(-arrays[f"{name}_steps"].astype(np.float32) / _STEP).astype(np.float32),
    )
