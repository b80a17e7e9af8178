"""Text as the scores see it: without invisible characters, cut into words."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

WORD: Final = re.compile(r"[^\W\d_]+")
_CLEAN: Final = re.compile(r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0400-\u055a\u055d\u055f-\u05ff]*")
_EMPHASIS: Final = "\u055b\u055c\u055e"  # Armenian ՛ ՜ ՞ stand inside the word that they stress


@dataclass(frozen=True, slots=True)
class Pair:
    """What is assessed: a source and its target, with what else is known of them.

    :ivar flags: the guard's notes on the draft.
    :ivar confidence: the model's length-normalised log-probability of the draft.
    :ivar bead_probability: that the aligner put the right segments together.
    :ivar cosine: of the two sides' vectors, where an encoder made them.
    """

    source: str
    target: str
    flags: tuple[str, ...] = ()
    confidence: float | None = None
    bead_probability: float | None = None
    cosine: float | None = None


def visible(text: str) -> str:
    """NFC without bidi marks, zero-width characters, soft hyphens and Armenian emphasis marks.

    Every kind of white space becomes one plain space where it is not a no-break space, which the
    numbers need.
    """
    if _CLEAN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    kept = (
        " " if c in "\t\n\r\v\f" else c
        for c in text
        if c not in _EMPHASIS and unicodedata.category(c) not in ("Cf", "Cs", "Mn")
    )
    return "".join(kept)


@lru_cache(maxsize=1 << 16)
def lower(word: str) -> str:
    """Lower case that keeps the Turkic dotless and dotted i apart as one letter each."""
    return word.replace("İ", "i").lower()


@dataclass(frozen=True)
class Side:
    """One side of a pair, cut once for all scores."""

    text: str
    language: str
    words: list[str] = field(init=False)
    lowered: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", visible(self.text))
        words = WORD.findall(self.text)
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "lowered", [lower(word) for word in words])

    @cached_property
    def letters(self) -> int:
        """Letters in the words: the measure of length."""
        return sum(map(len, self.words))
