"""From noisy pairs to pairs worth a step: each is mended, then kept or dropped."""

import gzip
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from trilogue.corpora.errors import FormatError
from trilogue.corpora.languages import language
from trilogue.models.training.sources import SOURCES, Source

LONGEST, RATIO, SHARE_OF_ALPHABET, GRAM = 700, 2.6, 0.6, 8
MARKUP = re.compile(r"[<>{}|\\_~^\[\]]|%[\w(.$-]|\$\w|&\w+;|https?://|www\.|//|==|#\w|@\w")
CLASSICAL = re.compile(
    r"իւն|ուած|եան\b|եայ|էութեան|եօ|այլեւս|նրանց[իմ]|\bայսպէս\b|\bէի՞?նք\b|ութեան|ացեալ"
    r"|եցաւ\b|եաւ\b"
)
WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A source segment, its translation, the source of data it came from and its weight."""

    source: str
    target: str
    origin: str
    weight: float


@dataclass(slots=True)
class Tally:
    """What became of the pairs of each source: ``kept`` and, by reason, ``dropped``."""

    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)


@lru_cache(maxsize=1 << 14)
def alphabet(letter: str) -> str:
    """The first word of a letter's Unicode name: its alphabet."""
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]


def share_of_alphabet(text: str, code: str) -> float:
    """The share of letters that are of the language's alphabet, 0 if there are no letters."""
    letters = [character for character in text if character.isalpha()]
    ours = sum(alphabet(letter) == language(code).alphabet for letter in letters)
    return ours / len(letters) if letters else 0.0


def key(text: str) -> str:
    """The text as compared: lower case, words only."""
    return " ".join(WORDS.findall(text.lower()))


def mend(text: str) -> str:
    """NFC, no soft hyphens or zero-width marks, single spaces."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", text)
    return " ".join(text.split())


def mend_armenian(text: str, source: str) -> str:
    """Reformed orthography's և, and the Armenian full stop where a colon stands for it."""
    text = re.sub(r"\bեւ\b", "և", text)
    text = re.sub(r"\bԵւ\b", "Եվ", text)
    if ":" not in source:
        text = re.sub(r"(?<=\w):(?=\s|$|»)", "։", text)
    return text


@dataclass(slots=True)
class Held:
    """Texts that training must not see: whole segments, and runs of eight words on either side."""

    segments: set[str] = field(default_factory=set)
    grams: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, text: str) -> None:
        words = key(text).split()
        self.segments.add(" ".join(words))
        self.grams.update(tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))

    def meets(self, text: str) -> bool:
        words = key(text).split()
        if " ".join(words) in self.segments and len(words) > 2:
            return True
        return any(
            tuple(words[at : at + GRAM]) in self.grams for at in range(len(words) - GRAM + 1)
        )


def read_held(paths: Iterable[Path]) -> Held:
    """The lines of files that are kept for measuring."""
    held = Held()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            held.add(line)
    return held


def read_table(path: Path, columns: int) -> Iterator[list[str]]:
    """The rows of a gzipped or plain tab-separated file.

    :raises FormatError: if a row has another number of columns.
    """
    opened = (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8")
    )
    with opened as lines:
        for number, line in enumerate(lines, 1):
            row = line.rstrip("\n").split("\t")
            if len(row) != columns:
                raise FormatError(f"{path}:{number}: {len(row)} columns, expected {columns}")
            yield row


def fault(source: str, target: str, code: str) -> str | None:
    """Why a mended pair is not worth a step, or None."""
    if not source or not target or max(len(source), len(target)) > LONGEST:
        return "length"
    if MARKUP.search(source) or MARKUP.search(target):
        return "markup"
    if key(source) == key(target) and len(source) > 3:
        return "copied"
    if share_of_alphabet(source, "en") < SHARE_OF_ALPHABET:
        return "source alphabet"
    if share_of_alphabet(target, code) < SHARE_OF_ALPHABET:
        return "target alphabet"
    if code == "hy" and CLASSICAL.search(target):
        return "classical orthography"
    short, long = sorted((len(source), len(target)))
    return "ratio" if long > 15 and long > RATIO * short else None


def length_factor(text: str) -> float:
    """Sentences of eight words and more count twice, one or two words a half."""
    words = len(text.split())
    return 2.0 if words >= 8 else 0.5 if words <= 2 else 1.0


def clean(
    rows: Iterable[list[str]],
    code: str,
    held: Held,
    tally: Tally,
    sources: dict[str, Source] = SOURCES,
) -> Iterator[Pair]:
    """The pairs of English and ``code`` that are worth training on, each with its weight.

    :param rows: source name, English, target.
    :param held: what is measured on; a pair that meets it on either side is dropped.
    :param tally: counts what was kept and dropped.
    """
    seen: set[bytes] = set()
    for origin, source, target in rows:
        known = sources.get(origin)
        if known is None or code in known.not_for:
            tally.dropped["source not allowed"] += 1
            continue
        source, target = mend(source), mend(target)
        if code == "hy":
            target = mend_armenian(target, source)
        why = fault(source, target, code)
        if why is None:
            mark = hashlib.blake2b(f"{key(source)}\t{key(target)}".encode(), digest_size=8).digest()
            if mark in seen:
                why = "duplicate"
            elif held.meets(source) or held.meets(target):
                why = "held out"
            seen.add(mark)
        if why is not None:
            tally.dropped[why] += 1
            continue
        tally.kept[origin] += 1
        yield Pair(source, target, origin, known.weight * length_factor(source))


def clean_mono(
    rows: Iterable[list[str]], code: str, held: Held, tally: Tally, sources: dict[str, Source]
) -> Iterator[Pair]:
    """Segments of one language that are worth training on, as pairs of themselves."""
    seen: set[str] = set()
    for origin, text in rows:
        known = sources.get(origin)
        text = mend(text)
        if code == "hy":
            text = mend_armenian(text, "")
        mark = key(text)
        why = None
        if known is None:
            why = "source not allowed"
        elif not 3 <= len(text.split()) <= 60 or len(text) > LONGEST:
            why = "length"
        elif MARKUP.search(text):
            why = "markup"
        elif share_of_alphabet(text, code) < SHARE_OF_ALPHABET:
            why = "target alphabet"
        elif code == "hy" and CLASSICAL.search(text):
            why = "classical orthography"
        elif mark in seen:
            why = "duplicate"
        elif held.meets(text):
            why = "held out"
        if why is not None or known is None:
            tally.dropped[why or ""] += 1
            continue
        seen.add(mark)
        tally.kept[origin] += 1
        yield Pair(text, text, origin, known.weight)
