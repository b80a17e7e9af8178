"""Repetition: does the target go round in circles where the source does not?

Signal ``repetition``: words of the target that only say again what stands before them, less those
of the source; 0 is good. Catches the loops of neural decoders; no model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.align.scores.text import Telling

_LONGEST: Final = 12
"""Words of the longest period."""
_ORDER: Final = 3
_STUTTER: Final = re.compile(r"(.{1,12}?)\1{4,}")


@dataclass(frozen=True, slots=True)
class Repetition:
    """What is repeated: how many words too many, and the phrase."""

    excess: int
    phrase: str | None = None


def repetition(source: Sequence[str], target: Sequence[str]) -> Repetition:
    """Repetition in the lower-cased words of the target beyond that of the source."""
    words, phrase = _repeated(target)
    if words == 0:
        return Repetition(0)
    excess = words - _repeated(source)[0]
    return Repetition(excess, phrase) if excess > 0 else Repetition(0)


def _repeated(words: Sequence[str]) -> tuple[int, str | None]:
    """The most words that repeat what stands right before them, or that trigrams repeat."""
    if stutters := _stutters(words):
        return len(stutters) * 3, stutters[0][0]
    again = len(words) - len(set(words))
    if not again:
        return 0, None
    best, phrase = 0, None
    for period in _periods(words):
        run = 0
        for at in range(period, len(words)):
            run = run + 1 if words[at] == words[at - period] else 0
            if run >= period and run > best:
                best, phrase = run, " ".join(words[at - period + 1 : at + 1])
    if again < _ORDER:
        return best, phrase
    seen: set[tuple[str, ...]] = set()
    again = 0
    for at in range(len(words) - _ORDER + 1):
        gram = tuple(words[at : at + _ORDER])
        again += gram in seen
        seen.add(gram)
        if again > best:
            best, phrase = again, " ".join(gram)
    return best, phrase


_stutters: Final = Telling(lambda word: len(word) > 9 and _STUTTER.search(word) is not None)
"""Finds words that go round in circles themselves."""


def _periods(words: Sequence[str]) -> list[int]:
    """How far apart equal words stand, up to the longest period that is looked at."""
    places: dict[str, list[int]] = {}
    found: set[int] = set()
    for at, word in enumerate(words):
        before = places.get(word)
        if before is None:
            places[word] = [at]
        else:
            found.update(at - there for there in before[-_LONGEST:] if at - there <= _LONGEST)
            before.append(at)
    return sorted(found)
