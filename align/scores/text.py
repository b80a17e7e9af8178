"""Text as the scores see it: without invisible characters, cut once into words and stems."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, repeat
from typing import Final, Generic, NamedTuple, Self, TypeVar

from trilogue.align import stems

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PLAIN: Final = re.compile(
    "[\\x20-\\x7e\\xa0-\\xac\\xae-\\u02ff\\u0400-\\u0482\\u048a-\\u055a\\u055d\\u055f-\\u058f"
    "\\u2010-\\u2027\\u202f-\\u205f\\u20a0-\\u20cf\\u2100-\\u214f]*"
)
_POSSESSIVE: Final = re.compile(r"['’](?:s|d[aəıi]\w*|n[ıiuü]n?|y[aəıi]|[ıiuüaə]|l[aə]\w*)$")
"""English 's and the endings that Azerbaijani writers part from a foreign name."""
_APOSTROPHE: Final = re.compile("['’]")
_CONTRACTED: Final = ("i'", "i’")
"""How "I've" and "I'm" begin: no names."""
_EMPHASIS: Final = "\u055b\u055c\u055e"  # Armenian ՛ ՜ ՞ stand inside the word that they stress
T = TypeVar("T")
_INVISIBLE: Final = ("Cf", "Cc", "Cs", "Mn")
_REMEMBERED: Final = 1 << 15
"""Words that a ``Memo`` or a ``Telling`` keeps: their memory has an end."""
_LONGEST: Final = 100
"""Letters of a word that a ``Memo`` keeps."""


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


class Memo(dict[str, T]):
    """What a function says of words, worked out once a word; full, it begins anew.

    ``map(memo.__getitem__, words)`` asks it about many words without a call for each.
    """

    def __init__(self, judge: Callable[[str], T]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, word: str) -> T:
        found = self._judge(word)
        if len(word) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = found
        return found


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """Picks the few words that say something out of the many that do not, which it remembers.

    :ivar judge: what a word says; nothing if that is false.
    """

    judge: Callable[[str], T]
    silent: set[str] = field(default_factory=set)

    def __call__(self, words: Iterable[str]) -> list[tuple[str, T]]:
        """The words that say something, in their order, and what."""
        silent, words = self.silent, tuple(words)
        found: list[tuple[str, T]] = []
        if silent.issuperset(words):
            return found
        for word in words:
            if word not in silent:
                if told := self.judge(word):
                    found.append((word, told))
                elif len(silent) < _REMEMBERED:
                    silent.add(word)
        return found


class _Forms(NamedTuple):
    """A word in the forms that scores ask for; the fields are those of ``Side``."""

    printed: str
    lowered: str
    bare: str
    stem: str
    plain: int
    capital: bool


def _forms(word: str, language: str) -> _Forms:
    low = lower(word)
    found = stems.stems(_POSSESSIVE.sub("", word), language)
    return _Forms(
        word,
        low,
        bare(low),
        found[0] if found else word,
        len(word) if word.islower() and word.isalpha() else 0,
        word[0].isupper()
        and (len(word) > 2 or len(word) == 2 and word.isupper())
        and not low.startswith(_CONTRACTED),
    )


def _cut(text: str, language: str) -> tuple[_Forms, ...]:
    return tuple([_forms(word, language) for word in _TOKEN.findall(text)])


@lru_cache(maxsize=8)
def _cutter(language: str) -> Memo[tuple[_Forms, ...]]:
    """Cuts what stands between spaces: a word with its marks, seldom more."""
    return Memo(partial(_cut, language=language))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair, cut once for all scores.

    :ivar words: as printed, numbers too; ``lowered``, ``bare``, ``stems``, ``plain`` and
        ``capitals`` are theirs, one each.
    :ivar bare: ``lowered`` without what stands after an apostrophe: NATO's, NATO'nun.
    :ivar plain: letters of a word in lower case, the ones that one has to translate; else 0.
    :ivar capitals: whether it may be a name or an abbreviation; one letter is none.
    :ivar distinct: the different ones of ``words``.
    :ivar letters: how many characters the words have: the measure of length.
    """

    text: str
    language: str
    words: tuple[str, ...]
    lowered: tuple[str, ...]
    bare: tuple[str, ...]
    stems: tuple[str, ...]
    plain: tuple[int, ...]
    capitals: tuple[bool, ...]
    distinct: frozenset[str]
    letters: int

    @classmethod
    def of(cls, text: str, language: str) -> Self:
        """Cut a text."""
        text = visible(text)
        pieces = map(_cutter(language).__getitem__, text.split())
        forms = list(chain.from_iterable(pieces))
        columns = zip(*forms, strict=True) if forms else repeat((), len(_Forms._fields))
        words, lowered, without, keys, plain, capitals = columns
        return cls(
            text,
            language,
            words,
            lowered,
            without,
            keys,
            plain,
            capitals,
            frozenset(words),
            sum(map(len, words)),
        )
