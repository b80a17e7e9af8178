"""Names of one side without a partner on the other.

Signals ``names_missing`` and ``names_extra``: the weight of the capitalised words of the source, of
the target, without a partner by sound (``names.likeness``) or by the lexicon; 0 is good. None where
capitals mean nothing: titles, capitals throughout. A partner is taken once: «Нью» does not stand
for York as well.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from trilogue.align.scores.coverage import Explainer
from trilogue.align.scores.names import likeness
from trilogue.align.scores.text import Side

_ALIKE: Final = 0.67
_PLAIN_ALIKE: Final = 0.75
"""The same for a word that is no name: it must be closer."""
_DOUBT: Final = 0.25
"""How much lighter a name gets that is almost a word of the other side."""
_DISTANT: Final = 0.3
"""Likeness from which a name that is left over may still be the other one's spelling."""
_AKIN: Final = 4.0
"""Affinity in the lexicon (nats above chance) that makes two words partners."""
_COMMON: Final = 0.3
"""Weight of a word that the lexicon knows, or that may have its capital from its place."""
_OPENING: Final = re.compile(r"""(?:^|[.!?։:;—"«“„(–-])[\s"'«“„(—–-]*([^\W_]+(?:['’][^\W_]+)*)""")
"""A word that opens a sentence or a quotation, and has its capital from there."""
_LONGEST: Final = 150
"""Words of a side that are looked at: the work grows with the product of the names."""


@dataclass(frozen=True, slots=True)
class Names:
    """Weights and words of the names without a partner, the worst first."""

    missing: float
    extra: float
    missing_words: tuple[str, ...]
    extra_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A capitalised word: its place, how it reads without an ending after an apostrophe."""

    place: int
    word: str
    weight: float


def check_names(source: Side, target: Side, explainer: Explainer | None) -> Names | None:
    """Compare the names of both sides; without a lexicon, sound alone decides."""
    if _shouts(source) or _shouts(target):
        return None
    ours = _names(source, explainer, target=False)
    theirs = _names(target, explainer, target=True)
    if not ours and not theirs:
        return Names(0.0, 0.0, (), ())
    left_ours, left_theirs = _match(ours, theirs, source, target, explainer)
    left_ours, left_theirs = _soften(left_ours, left_theirs, source, target)
    names = {name.place for name in theirs}
    rest = [k for k in range(min(_LONGEST, len(target.words))) if k not in names]
    missing = []
    for name in left_ours:
        near = max([_nearness(name.place, k, source, target, explainer) for k in rest], default=0.0)
        if near < 1.0:
            missing.append((name.weight * (1.0 - _DOUBT * near), source.words[name.place]))
    names = {name.place for name in ours}
    rest = [k for k in range(min(_LONGEST, len(source.words))) if k not in names]
    extra = []
    for name in left_theirs:
        near = max([_nearness(k, name.place, source, target, explainer) for k in rest], default=0.0)
        if near < 1.0:
            extra.append((name.weight * (1.0 - _DOUBT * near), target.words[name.place]))
    missing.sort(reverse=True)
    extra.sort(reverse=True)
    return Names(
        sum(weight for weight, _ in missing),
        sum(weight for weight, _ in extra),
        tuple(word for _, word in missing),
        tuple(word for _, word in extra),
    )


def _shouts(side: Side) -> bool:
    """Whether most words have a capital, so that a capital says nothing."""
    long = [word for word in side.words if len(word) > 3]
    return len(long) > 2 and sum([word[0].isupper() for word in long]) > 0.6 * len(long)


def _plain(word: str) -> str:
    return word.replace("’", "'").split("'")[0]


def _names(side: Side, explainer: Explainer | None, *, target: bool) -> list[_Name]:
    """The names of a side; a word that opens a sentence is one only if the lexicon lacks it."""
    found: list[_Name] = []
    capitals = [
        place
        for place, word in enumerate(side.words[:_LONGEST])
        if word[0].isupper() and len(word) > 2 and not word.isupper()
    ]
    if not capitals:
        return found
    openers = set(_OPENING.findall(side.text))
    for place in capitals:
        opens = side.words[place] in openers
        known = explainer is None or explainer.knows(side.stems[place], target=target)
        if opens and known:
            continue
        common = opens or (known and not _is_name(side.stems[place], explainer, target=target))
        found.append(_Name(place, _plain(side.lowered[place]), _COMMON if common else 1.0))
    return found


def _is_name(stem: str, explainer: Explainer | None, *, target: bool) -> bool:
    return explainer is None or explainer.is_name(stem, target=target)


def _match(
    ours: list[_Name],
    theirs: list[_Name],
    source: Side,
    target: Side,
    explainer: Explainer | None,
) -> tuple[list[_Name], list[_Name]]:
    """Pair names one to one, the likest first; what is left of both sides."""
    scored = []
    for i, one in enumerate(ours):
        for j, other in enumerate(theirs):
            score = likeness(one.word, source.language, other.word, target.language)
            if score < 0.9 and explainer is not None:
                akin = explainer.affinity(source.stems[one.place], target.stems[other.place])
                score = max(score, min(0.9, _ALIKE * akin / _AKIN))
            if score >= _ALIKE:
                scored.append((-score, abs(one.place - other.place), i, j))
    scored.sort()
    taken_ours: dict[int, int] = {}
    taken_theirs: set[int] = set()
    for _, _, i, j in scored:
        if i not in taken_ours and j not in taken_theirs:
            taken_ours[i] = j
            taken_theirs.add(j)
    left = [
        one
        for i, one in enumerate(ours)
        if i not in taken_ours and not _joined(i, ours, theirs, taken_ours, source, target)
    ]
    return left, [other for j, other in enumerate(theirs) if j not in taken_theirs]


def _soften(
    ours: list[_Name], theirs: list[_Name], source: Side, target: Side
) -> tuple[list[_Name], list[_Name]]:
    """Make a name that is left over lighter, the more it sounds like one left over there."""
    like = [
        [likeness(one.word, source.language, other.word, target.language) for other in theirs]
        for one in ours
    ]
    return (
        [_lighter(one, max(like[i], default=0.0)) for i, one in enumerate(ours)],
        [_lighter(one, max((row[j] for row in like), default=0.0)) for j, one in enumerate(theirs)],
    )


def _lighter(name: _Name, like: float) -> _Name:
    part = max(0.0, min(1.0, (like - _DISTANT) / (_ALIKE - _DISTANT)))
    return replace(name, weight=name.weight * (1.0 - part)) if part else name


def _joined(
    i: int,
    ours: list[_Name],
    theirs: list[_Name],
    taken: dict[int, int],
    source: Side,
    target: Side,
) -> bool:
    """Whether a name and the one beside it are one word over there: Hong Kong, Гонконг."""
    for a, b, other in ((i - 1, i, taken.get(i - 1)), (i, i + 1, taken.get(i + 1))):
        if other is not None:
            word = ours[a].word + ours[b].word
            if likeness(word, source.language, theirs[other].word, target.language) >= _ALIKE:
                return True
    return False


def _nearness(
    place: int, other: int, source: Side, target: Side, explainer: Explainer | None
) -> float:
    """How near a plain word and a name come to being partners; 1 if they are."""
    near = 0.0
    if explainer is not None:
        near = max(0.0, explainer.affinity(source.stems[place], target.stems[other]) / _AKIN)
    one, two = _plain(source.lowered[place]), _plain(target.lowered[other])
    if near < 1.0 and len(one) > 2 and len(two) > 2:
        near = max(near, likeness(one, source.language, two, target.language) / _PLAIN_ALIKE)
    return min(1.0, near)
