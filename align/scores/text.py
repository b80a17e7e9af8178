"""Text as the scores see it: without invisible characters, cut once into words and stems."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Generic, Self, TypeVar

from trilogue.align import stems

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PLAIN: Final = re.compile(
    "[\\x20-\\x7e\\xa0-\\xac\\xae-\\u02ff\\u0400-\\u0482\\u048a-\\u055a\\u055d\\u055f-\\u058f"
    "\\u2010-\\u2027\\u202f-\\u205f\\u20a0-\\u20cf\\u2100-\\u214f]*"
)
_POSSESSIVE: Final = re.compile(r"['’](?:s|d[aəıi]\w*|n[ıiuü]n?|y[aəıi]|[ıiuüaə]|l[aə]\w*)$")
"""English 's and the endings that Azerbaijani writers part from a foreign name."""
_APOSTROPHE: Final = re.compile("['’]")
_EMPHASIS: Final = "\u055b\u055c\u055e"  # Armenian ՛ ՜ ՞ stand inside the word that they stress
T = TypeVar("T")
_INVISIBLE: Final = ("Cf", "Cc", "Cs", "Mn")
_REMEMBERED: Final = 1 << 14
"""Words that a ``Telling`` keeps: its memory has an end."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is assessed: a source and its target, with what else is known of them.

    :ivar flags: the guard's notes on the draft.
    :ivar model: that drafted the target, with its revision; None if none did or nobody knows.
    :ivar confidence: the model's length-normalised log-probability of the draft.
    :ivar bead_probability: that the aligner put the right segments together.
    :ivar cosine: of the two sides' vectors, where an encoder made them.
    """

    source: str
    target: str
    flags: tuple[str, ...] = ()
    model: str | None = None
    confidence: float | None = None
    bead_probability: float | None = None
    cosine: float | None = None


def visible(text: str) -> str:
    """NFC without bidi marks, zero-width characters, soft hyphens and Armenian emphasis marks."""
    if _PLAIN.fullmatch(text):
        return text
    kept = (
        " " if letter in "\t\n\r\v\f" else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in "\t\n\r\v\f"
        or letter not in _EMPHASIS
        and unicodedata.category(letter) not in _INVISIBLE
    )
    return "".join(kept)


def lower(text: str) -> str:
    """Lower case in which the Turkic capital İ is one letter."""
    return text.replace("İ", "i").lower()


def bare(word: str) -> str:
    """A word without what stands after an apostrophe: NATO's, NATO'nun."""
    return _APOSTROPHE.split(word, 1)[0]


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """Picks the few words that say something out of the many that do not, which it remembers.

    :ivar judge: what a word says; nothing if that is false.
    """

    judge: Callable[[str], T]
    silent: set[str] = field(default_factory=set)

    def __call__(self, words: Iterable[str]) -> list[tuple[str, T]]:
        """The words that say something, in their order, and what."""
        silent, found = self.silent, []
        for word in words:
            if word not in silent:
                if told := self.judge(word):
                    found.append((word, told))
                elif len(silent) < _REMEMBERED:
                    silent.add(word)
        return found


@lru_cache(maxsize=1 << 15)
def _forms(word: str, language: str) -> tuple[str, str]:
    """A word in lower case, and as the lexicons are keyed."""
    found = stems.stems(_POSSESSIVE.sub("", word), language)
    return lower(word), found[0] if found else word


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair, cut once for all scores.

    :ivar words: as printed, numbers too; ``lowered`` and ``stems`` are theirs, one each.
    :ivar bare: ``lowered`` without what stands after an apostrophe: NATO's, NATO'nun.
    :ivar letters: how many characters the words have: the measure of length.
    """

    text: str
    language: str
    words: tuple[str, ...]
    lowered: tuple[str, ...]
    bare: tuple[str, ...]
    stems: tuple[str, ...]
    letters: int

    @classmethod
    def of(cls, text: str, language: str) -> Self:
        """Cut a text."""
        text = visible(text)
        words = tuple(_TOKEN.findall(text))
        forms = [_forms(word, language) for word in words]
        lowered = tuple([low for low, _ in forms])
        marked = "'" in text or "’" in text
        return cls(
            text,
            language,
            words,
            lowered,
            tuple([bare(low) for low in lowered]) if marked else lowered,
            tuple([stem for _, stem in forms]),
            sum(map(len, words)),
        )
