"""Text as the scores see it: without invisible characters, cut once into words and stems."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from trilogue.align import stems

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PLAIN: Final = re.compile(
    "[\\x20-\\x7e\\xa0-\\xac\\xae-\\u02ff\\u0400-\\u0482\\u048a-\\u055a\\u055d\\u055f-\\u058f"
    "\\u2010-\\u2027\\u202f-\\u205f\\u20a0-\\u20cf\\u2100-\\u214f]*"
)
_POSSESSIVE: Final = re.compile(r"['’](?:s|d[aəıi]\w*|n[ıiuü]n?|y[aəıi]|[ıiuüaə]|l[aə]\w*)$")
"""English 's and the endings that Azerbaijani writers part from a foreign name."""
_EMPHASIS: Final = "\u055b\u055c\u055e"  # Armenian ՛ ՜ ՞ stand inside the word that they stress
_INVISIBLE: Final = ("Cf", "Cc", "Cs", "Mn")


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


@lru_cache(maxsize=1 << 15)
def _forms(word: str, language: str) -> tuple[str, str]:
    """A word in lower case, and as the lexicons are keyed."""
    found = stems.stems(_POSSESSIVE.sub("", word), language)
    return lower(word), found[0] if found else word


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair, cut once for all scores.

    :ivar words: as printed, numbers too; ``lowered`` and ``stems`` are theirs, one each.
    :ivar letters: how many characters the words have: the measure of length.
    """

    text: str
    language: str
    words: tuple[str, ...]
    lowered: tuple[str, ...]
    stems: tuple[str, ...]
    letters: int

    @classmethod
    def of(cls, text: str, language: str) -> Self:
        """Cut a text."""
        text = visible(text)
        words = tuple(_TOKEN.findall(text))
        forms = [_forms(word, language) for word in words]
        return cls(
            text,
            language,
            words,
            tuple([lowered for lowered, _ in forms]),
            tuple([stem for _, stem in forms]),
            sum(map(len, words)),
        )
