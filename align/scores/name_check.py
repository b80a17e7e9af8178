"""Names of one side without a partner on the other.

Signals ``names_missing`` and ``names_extra``: nats against the worst of the capitalised words of
the source, of the target, that neither sound (``names.likeness``) nor the lexicon explains; 0 is
good. None where capitals mean nothing: titles, capitals throughout. How much a lonely name weighs
depends on what it is (a word that no lexicon knows, a name that it knows, a plain word with a
capital, the first of a sentence, an abbreviation) and on how near the other side comes to it; the
weights are fitted (``scripts.fitting.names``).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from trilogue.align.scores.coverage import Coverage, Explainer, by_sound
from trilogue.align.scores.names import likeness
from trilogue.align.scores.text import Side

PARTNERED: Final = 1.2
"""Evidence (``coverage``) from which a word has its partner."""
_NEAR: Final = (0.3, 0.45, 0.58)
"""Between the levels of the nearest sound among what is left over on the other side."""
_OPENING: Final = re.compile(r"""(?:^|[.!?։:;—"«“„(–-])[\s"'«“„(—–-]*([^\W_]+(?:['’][^\W_]+)*)""")
"""A word that opens a sentence or a quotation, and has its capital from there."""
_LONGEST: Final = 150
"""Words of a side that are looked at: the work grows with the product of the names."""


class Kind(IntEnum):
    """What a capitalised word is."""

    UNKNOWN = 0
    NAME = 1
    PLAIN = 2
    FIRST_UNKNOWN = 3
    FIRST_NAME = 4
    INITIALS = 5


LEVELS: Final = len(_NEAR) + 3
"""Levels of how near a name is to having a partner: by sound, by a weak hint, by a good one."""
NameWeights = Sequence[Sequence[float]]
"""Nats by ``Kind``, nats by level: their sum is what a name says against the pair."""
DEFAULT: Final[NameWeights] = (
    (0.0, -0.5, -1.5, -0.5, -0.5, -2.0),
    (3.0, 2.5, 1.5, 0.5, 0.0, -3.0),
)
"""Without a calibration."""


@dataclass(frozen=True, slots=True)
class Lone:
    """A name, what it is and how far from a partner: indices into ``NameWeights``."""

    word: str
    kind: Kind
    level: int


@dataclass(frozen=True, slots=True)
class Names:
    """Nats against the worst name of each side, 0 or more, and the words, the worst first.

    :ivar many: how many names both sides have.
    """

    missing: float
    extra: float
    missing_words: tuple[str, ...]
    extra_words: tuple[str, ...]
    many: int = 0


def check_names(
    source: Side,
    target: Side,
    explainer: Explainer | None,
    coverage: Coverage | None = None,
    weights: tuple[NameWeights, NameWeights] = (DEFAULT, DEFAULT),
) -> Names | None:
    """Compare the names of both sides; without a lexicon, sound alone decides.

    :param coverage: of the two sides, if the caller has it already.
    """
    found = names_of(source, target, explainer, coverage)
    if found is None:
        return None
    missing, lost = _worst(found[0], weights[0])
    extra, added = _worst(found[1], weights[1])
    return Names(missing, extra, lost, added, len(found[0]) + len(found[1]))


def names_of(
    source: Side, target: Side, explainer: Explainer | None, coverage: Coverage | None
) -> tuple[list[Lone], list[Lone]] | None:
    """The names of both sides; None if most words have a capital, so that it says nothing."""
    ours, theirs = _capitals(source), _capitals(target)
    if not ours and not theirs:
        return [], []
    if _shouts(source) or _shouts(target):
        return None
    if coverage is None:
        coverage = by_sound(source, target) if explainer is None else None
    if coverage is None:
        assert explainer is not None
        coverage = explainer.coverage(source, target)
    return (
        _judge(ours, source, coverage.source, target, coverage.target, explainer, back=False),
        _judge(theirs, target, coverage.target, source, coverage.source, explainer, back=True),
    )


def _worst(names: Sequence[Lone], weights: NameWeights) -> tuple[float, tuple[str, ...]]:
    kinds, levels = weights
    lone = [(kinds[name.kind] + levels[name.level], name.word) for name in names]
    lone = sorted(((nats, word) for nats, word in lone if nats > 0.0), reverse=True)
    return (lone[0][0] if lone else 0.0), tuple([word for _, word in lone])


def _shouts(side: Side) -> bool:
    long = [word for word in side.words if len(word) > 3]
    return len(long) > 2 and sum([word[0].isupper() for word in long]) > 0.6 * len(long)


def _capitals(side: Side) -> list[int]:
    """Places of the capitalised words, abbreviations too; one letter is none."""
    return [
        place
        for place, word in enumerate(side.words[:_LONGEST])
        if word[0].isupper() and len(word) > 1 and (len(word) > 2 or word.isupper())
    ]


def _judge(
    places: Sequence[int],
    side: Side,
    evidence: Sequence[float],
    other: Side,
    others: Sequence[float],
    explainer: Explainer | None,
    *,
    back: bool,
) -> list[Lone]:
    """What each capitalised word is, and how near its partner; plain openers are left out."""
    found: list[Lone] = []
    if not places:
        return found
    openers = set(_OPENING.findall(side.text))
    left: list[str] | None = None
    for place in places:
        kind = _kind(side, place, side.words[place] in openers, explainer, back=back)
        if kind is None:
            continue
        r = evidence[place]
        if r >= 0.0:
            level = len(_NEAR) + (2 if r >= PARTNERED else 1)
        elif explainer is not None and explainer.answers(
            side.stems[place], other.stems, target=back
        ):
            level = len(_NEAR) + 2
        else:
            if left is None:
                left = [
                    _plain(other.lowered[k])
                    for k, (word, its) in enumerate(zip(other.words, others, strict=False))
                    if its < (PARTNERED if word[0].isupper() else 0.0) and len(word) > 2
                ]
            level = bisect_right(_NEAR, _nearest(_plain(side.lowered[place]), side, left, other))
        found.append(Lone(side.words[place], kind, level))
    return found


def _plain(word: str) -> str:
    return word.replace("’", "'").split("'")[0]


def _nearest(word: str, side: Side, left: Sequence[str], other: Side) -> float:
    if side.language == "en":
        return max([likeness(word, "en", one, other.language) for one in left], default=0.0)
    return max([likeness(one, other.language, word, side.language) for one in left], default=0.0)


def _kind(
    side: Side, place: int, opens: bool, explainer: Explainer | None, *, back: bool
) -> Kind | None:
    stem = side.stems[place]
    if side.words[place].isupper():
        return Kind.INITIALS
    if explainer is None:
        return None if opens else Kind.UNKNOWN
    if not explainer.knows(stem, target=back):
        return Kind.FIRST_UNKNOWN if opens else Kind.UNKNOWN
    if explainer.is_name(stem, target=back):
        return Kind.FIRST_NAME if opens else Kind.NAME
    return None if opens else Kind.PLAIN
