"""What can be wrong with a draft as the source alone tells, without a reference.

Faults lead to one more try with other decoding; what is left of them is a flag of the draft. A
false alarm costs a second decoding, so the bounds are set to miss little: their rates on real
drafts and on human translations are printed by ``benchmarks/guards.py``.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

from trilogue.corpora.languages import language

VERSION: Final = 1
"""Raised when the same draft gets other flags."""


class Fault(StrEnum):
    """What a second try may mend."""

    EMPTY = "empty"
    CUT_OFF = "cut off"
    LOOP = "loop"
    SHORT = "too short"
    LONG = "too long"
    COPY = "copy"
    SCRIPT = "script"


SHORTEST_SHARE: Final = 0.7
LONGEST_SHARE: Final = 1.7
"""Of the source's characters. In FLORES and NTREX one human translation in a hundred is under .66
or over 1.7 of its source (ru, hy and az alike); the slack keeps short segments out of it."""
SHORT_SLACK: Final = 5
LONG_SLACK: Final = 15
LONGEST_PHRASE: Final = 8
SOLID_WORD: Final = 5
COPIED_RUN: Final = 4
FOREIGN_SHARE: Final = 0.3

_WORD: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_STUTTER: Final = re.compile(r"(\w{1,10}?)\1{5,}")
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_SEPARATOR: Final = r"[\s.,:'’\u00a0\u202f]?"


def faults(source: str, draft: str, *, to: str) -> tuple[Fault, ...]:
    """The faults of one draft, the worst first.

    :param source: the text that was drafted, English.
    :param to: the language the draft should be in.
    """
    letters = sum(map(str.isalpha, source))
    if not draft.strip():
        return (Fault.EMPTY,) if source.strip() else ()
    found = []
    if _loops(source, draft):
        found.append(Fault.LOOP)
    if len(draft) < SHORTEST_SHARE * len(source) - SHORT_SLACK:
        found.append(Fault.SHORT)
    if len(draft) > LONGEST_SHARE * len(source) + LONG_SLACK:
        found.append(Fault.LONG)
    if letters and _copies(source, draft):
        found.append(Fault.COPY)
    if letters and _foreign(source, draft, to) > FOREIGN_SHARE:
        found.append(Fault.SCRIPT)
    return tuple(found)


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(text)]


def _loops(source: str, draft: str) -> bool:
    """Whether the draft says something over again that the source does not."""
    repeated = _repetition(_words(draft))
    if repeated > _repetition(_words(source)):
        return True
    return bool(_STUTTER.search(draft)) and not _STUTTER.search(source)


def _repetition(words: list[str]) -> int:
    """How many words are a repetition of the words right before them.

    A short word twice is emphasis ("yes, yes"), so it takes three; a longer one or a phrase, two.
    """
    worst = 0
    for size in range(1, min(LONGEST_PHRASE, len(words) // 2) + 1):
        run = 0
        for at in range(size, len(words)):
            run = run + 1 if words[at] == words[at - size] else 0
            solid = size > 1 or len(words[at]) >= SOLID_WORD
            if run >= (size if solid else 2):
                worst = max(worst, run)
    return worst


def _copies(source: str, draft: str) -> bool:
    """Whether a run of source words stands in the draft, more than a name would explain."""
    ours, theirs = _WORD.findall(source), _WORD.findall(draft)
    run = min(COPIED_RUN, len(ours))
    if run < 2:
        return False
    there = {tuple(theirs[at : at + run]) for at in range(len(theirs) - run + 1)}
    for at in range(len(ours) - run + 1):
        words = tuple(ours[at : at + run])
        if words in there and sum(word[0].islower() for word in words) >= min(2, run - 1):
            return True
    return False


def _foreign(source: str, draft: str, to: str) -> float:
    """The share of letters that are not the target's, words of the source aside."""
    ours = language(to).alphabet
    kept = {word.casefold() for word in _WORD.findall(source)}
    total = foreign = 0
    for word in _words(draft):
        wrong = sum(_alphabet(letter) != ours for letter in word if letter.isalpha())
        total += sum(map(str.isalpha, word))
        if word not in kept or _alphabet(word[0]) != "LATIN":
            foreign += wrong
    return foreign / total if total else 0.0


@lru_cache(maxsize=4096)
def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]


NUMBER_WORDS: Final = {
    "ru": "ноль,один перв одн,дв втор,тр,четв четыр,пят,шест,сед сем,вос,дев,дес",
    "hy": "զրո,մեկ մի առաջ,երկ,երեք երր երե,չոր,հինգ հնգ,վեց,յոթ,ութ,ինն ինը,տաս",
    "az": "sıfır,bir ilk,iki,üç,dörd,beş,altı,yeddi,səkkiz,doqquz,on",
}
"""By language, how the words for 0 to 10 begin, separated by commas."""


def missing_numbers(source: str, draft: str, *, to: str) -> tuple[str, ...]:
    """The numbers of the source that the draft lacks, as they stand in the source.

    Thousands may be grouped otherwise, three zeros may be a word, a number up to ten may be one.
    """
    return tuple(number for number in _numbers(source) if not _says(number, draft, to))


def _numbers(source: str) -> Iterator[str]:
    yield from dict.fromkeys(match[0] for match in _NUMBER.finditer(source))


def _says(number: str, draft: str, to: str) -> bool:
    groups = re.split(r"[.,:]", number)
    while True:
        digits = _SEPARATOR.join(map(re.escape, groups))
        if re.search(rf"(?<!\d){digits}(?!\d)", draft):
            return True
        if len(groups) > 1 and groups[-1] == "000":
            groups.pop()
            continue
        break
    if number.isdecimal() and int(number) <= 10:
        stems = NUMBER_WORDS[to].split(",")[int(number)].split(" ")
        return any(word.startswith(stem) for word in _words(draft) for stem in stems)
    return False
