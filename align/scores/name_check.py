"""Names of one side without a partner on the other.

Signals ``names_missing`` and ``names_extra``: nats against the worst of the capitalised words of
the source, of the target, that have no partner; 0 is good. None where capitals mean nothing and
nothing else is known: titles. How much a name weighs depends on what it is (a word that no lexicon
knows, one that always has a capital, a plain word with a capital, the first of a sentence, an
abbreviation), on how much the lexicon (``ties.best_ties``) or the table of ``counterparts``
makes a word of the other side its translation, and on how near the nearest of the other side's
names sounds (``names.likeness``). A word that another name claims more strongly counts less: each
has one partner. The weights are fitted (``scripts.fitting.names``).
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress
from typing import Final

from trilogue.align.scores.counterparts import all_notions, notions
from trilogue.align.scores.coverage import LONGEST, Coverage, Half
from trilogue.align.scores.names import likeness
from trilogue.align.scores.text import Side

_TIES: Final = (0.01, 0.05, 0.15, 0.4)
"""Between the levels of the best translation among the other side's words."""
_SOUNDS: Final = (0.3, 0.45, 0.58, 0.68, 0.8)
"""Between the levels of the nearest sound among the other side's words."""
_CLAIMED: Final = 0.68
"""Likeness from which two words are one name."""
_WORD: Final = r"""[\s"'«“„(—–-]*([^\W_]+(?:['’][^\W_]+)*)"""
_FIRST: Final = re.compile(_WORD)
_OPENING: Final = re.compile(
    r"""[.!?։:…«“„("\n](?:(?<=\.)[»”"'’)\]]*\s|(?<=[!?։:…])[»”"'’)\]]*\s?|(?<=[«“„("])(?=\w)|(?<=\n))"""
    rf"(?={_WORD})"
)
_TITLES: Final = frozenset(
    "mr mrs ms dr st sen sens rep reps gov gen lt col sgt capt prof rev hon pres maj adm mt ft vs"
    " г гг гн им ул св проф акад м с к д c prof akad պրոֆ դոկ".split()
)
"""What a full stop follows without ending the sentence; initials neither."""


class Kind(IntEnum):
    """What a capitalised word is."""

    UNKNOWN = 0
    NAME = 1
    PLAIN = 2
    FIRST_UNKNOWN = 3
    FIRST_NAME = 4
    INITIALS = 5


NameWeights = Sequence[Sequence[float]]
"""Nats by ``Kind``, by tie, by sound: their sum is what a name says against the pair."""
TABLE: Final = len(_TIES)
"""The tie of counterparts, the strongest that a lexicon can give."""
SAME: Final = TABLE + 1
"""The tie of words that are written alike."""
SHAPE: Final = (len(Kind), SAME + 1, len(_SOUNDS) + 1)
DEFAULT: Final[NameWeights] = (
    (0.0, -0.5, -1.5, -0.5, -0.5, -2.0),
    (3.0, 2.0, 1.0, 0.0, -1.0, -3.0),
    (0.0, -0.5, -1.0, -2.0, -3.0, -4.0),
)
"""Without a calibration."""


@dataclass(frozen=True, slots=True)
class Lone:
    """A name, what it is and how near its partner: indices into ``NameWeights``."""

    word: str
    kind: Kind
    tie: int
    sound: int

    def nats(self, weights: NameWeights) -> float:
        """What the name says against the pair."""
        return weights[0][self.kind] + weights[1][self.tie] + weights[2][self.sound]


@dataclass(frozen=True, slots=True)
class Names:
    """Nats against the worst name of each side, 0 or more, and the words, the worst first.

    :ivar many: how many names both sides have.
    :ivar plain: the lesser of the two sides' nats against words that are none else: a body whose
        title was translated freely.
    """

    missing: float
    extra: float
    missing_words: tuple[str, ...]
    extra_words: tuple[str, ...]
    many: int = 0
    plain: float = 0.0


def check_names(
    source: Side,
    target: Side,
    coverage: Coverage | None,
    weights: tuple[NameWeights, NameWeights] = (DEFAULT, DEFAULT),
) -> Names | None:
    """Compare the names of both sides; without a lexicon, sound and counterparts decide."""
    found = names_of(source, target, coverage)
    if found is None:
        return None
    missing, lost = _worst(found[0], weights[0])
    extra, added = _worst(found[1], weights[1])
    plain = [
        max([name.nats(side) for name in names if name.kind is Kind.PLAIN], default=0.0)
        for names, side in zip(found, weights, strict=True)
    ]
    return Names(missing, extra, lost, added, len(found[0]) + len(found[1]), max(0.0, min(plain)))


def names_of(
    source: Side, target: Side, coverage: Coverage | None
) -> tuple[list[Lone], list[Lone]] | None:
    """The names of both sides; None if there are only words that a title gives capitals."""
    ours, theirs = _names(source), _names(target)
    if not ours and not theirs:
        return [], []
    found = (
        _judge(ours, source, target, theirs, None if coverage is None else coverage.source),
        _judge(theirs, target, source, ours, None if coverage is None else coverage.target),
    )
    if not found[0] and not found[1] and (_shouts(source) or _shouts(target)):
        return None
    return found


def _names(side: Side) -> list[int]:
    """The places of words that may be names."""
    return list(compress(range(LONGEST), side.capitals))


def _worst(names: Sequence[Lone], weights: NameWeights) -> tuple[float, tuple[str, ...]]:
    lone = [(name.nats(weights), name.word) for name in names]
    lone = sorted(((nats, word) for nats, word in lone if nats > 0.0), reverse=True)
    return (lone[0][0] if lone else 0.0), tuple([word for _, word in lone])


def _shouts(side: Side) -> bool:
    """Whether a side is a headline: most of its longer words have a capital."""
    long = [word for word in side.words if len(word) > 3]
    return len(long) > 3 and sum([word[0].isupper() for word in long]) > 0.67 * len(long)


def _short(side: Side) -> set[str]:
    """Names of two letters inside a sentence: Xi, Ma; too short to be missed, not to be found."""
    words = side.words[:LONGEST]
    return {
        side.lowered[place]
        for place, word in enumerate(words)
        if len(word) == 2
        and word[0].isupper()
        and word[1].islower()
        and place
        and words[place - 1][0].islower()
    }


def openers(text: str) -> set[str]:
    """The words that open a sentence or a quotation, and have their capital from there."""
    first = _FIRST.match(text)
    found = {match[1] for match in _OPENING.finditer(text) if _opens(text, match.start())}
    return found if first is None else {first[1], *found}


def _opens(text: str, at: int) -> bool:
    """Whether the mark at a place ends a sentence or opens a quotation: after "Mr" and after an
    initial a full stop does not."""
    if text[at] != ".":
        return True
    start = at
    while start and text[start - 1].isalnum() and not text[start - 1].isdecimal():
        start -= 1
    before = text[start:at]
    return not before or before.lower() not in _TITLES and (len(before) > 1 or before.islower())


def _judge(
    places: Sequence[int],
    side: Side,
    other: Side,
    others: Sequence[int],
    half: Half | None,
) -> list[Lone]:
    """What each capitalised word is, and how near its partner; plain openers are left out.

    In a title every word opens: those that are always written with a capital are names there too.
    """
    if not places:
        return []
    opening, shouts = openers(side.text), _shouts(side)
    words, names = side.bare, other.bare[:LONGEST]
    written = set(names)
    rivals = {words[place] for place in places}
    heard = {names[place] for place in others} | _short(other)
    likes = _Likes(side.language, other.language)
    told: frozenset[int] | None = None
    found: list[Lone] = []
    for place in places:
        printed = side.words[place]
        kind = _kind(side, place, shouts or printed in opening, half)
        if kind is None:
            continue
        word, tie = words[place], 0
        if word in written:
            found.append(Lone(printed, kind, SAME, len(_SOUNDS)))
            continue
        if meant := notions(printed, side.language):
            if told is None:
                told = all_notions(_joined(other), other.language)
            tie = 0 if meant.isdisjoint(told) else TABLE
        if half is not None and not tie:
            tie = bisect_right(_TIES, half.ties[place])
        near = _nearest(word, rivals, heard, likes)
        found.append(Lone(printed, kind, tie, bisect_right(_SOUNDS, near)))
    return found


def _joined(side: Side) -> Sequence[str]:
    """The words, those of one capital letter that stand together as one: U.S."""
    if 1 not in map(len, side.words):
        return side.words[:LONGEST]
    found: list[str] = []
    run = ""
    for word in [*side.words[:LONGEST], ""]:
        if len(word) == 1 and word.isupper():
            run += word
            continue
        if len(run) > 1:
            found.append(run)
        run = ""
        found.append(word)
    return found[:-1]


class _Likes(dict[tuple[str, str], float]):
    """How near a word of one side sounds to one of the other, worked out once."""

    def __init__(self, language: str, other: str) -> None:
        super().__init__()
        self._languages = language, other

    def __missing__(self, pair: tuple[str, str]) -> float:
        (word, name), (language, other) = pair, self._languages
        if language == "en":
            found = likeness(word, language, name, other)
        else:
            found = likeness(name, other, word, language)
        self[pair] = found
        return found


def _nearest(word: str, rivals: Collection[str], names: Collection[str], likes: _Likes) -> float:
    """How near the nearest name of the other side sounds, less what a rival is nearer to."""
    best = 0.0
    for name in names:
        near = likes[word, name]
        if near > best and near > _SOUNDS[0]:
            rival = max([likes[one, name] for one in rivals if one != word], default=0.0)
            if rival > near and rival >= _CLAIMED:
                near *= near / rival
            best = max(best, near)
    return best


def _kind(side: Side, place: int, opens: bool, half: Half | None) -> Kind | None:
    if side.words[place].isupper():
        return Kind.NAME if notions(side.words[place], side.language) else Kind.INITIALS
    if half is None:
        return None if opens else Kind.UNKNOWN
    if side.stems[place] in half.names:
        return Kind.FIRST_NAME if opens else Kind.NAME
    if not half.classes[place]:
        return Kind.FIRST_UNKNOWN if opens else Kind.UNKNOWN
    return None if opens else Kind.PLAIN
