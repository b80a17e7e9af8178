"""What can be wrong with a draft as the source alone tells, without a reference.

Faults lead to one more try with other decoding; what is left of them is a flag of the draft. A
false alarm costs a second decoding, so the bounds are set to miss little: their rates on real
drafts and on human translations are held by ``tests/models/test_guards.py``.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

from trilogue.corpora.languages import language

VERSION: Final = 2
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


SHORTEST_SHARE: Final = 0.78
LONGEST_SHARE: Final = 1.7
"""Of the source's characters, with slack for short segments. Human translations of FLORES and NTREX
are outside in one line of a hundred; of the lines of OPUS-MT (hy, az) that are shorter than .6 of
the reference, which nobody has when drafting, five of six are found."""
SHORT_SLACK: Final = 5
LONG_SLACK: Final = 15
LONGEST_PHRASE: Final = 8
COPIED_RUN: Final = 4
FOREIGN_SHARE: Final = 0.3

_WORD: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_DOUBLE: Final = re.compile(r"\b(\w{5,})\b[\s,]+\1\b", re.IGNORECASE)
"""A word said twice; shorter ones may be emphasis ("да, да")."""
_STUTTER: Final = re.compile(r"(\w{1,10}?)\1{5,}")
_TRIPLE: Final = re.compile(r"([^\W\d_IXХМ])\1\1")
"""A letter three times on end, Roman numbers aside: one human translation in two thousand, 15 to 20
drafts in a thousand of a small model, and the right spelling is often next in the beam."""
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_SEPARATOR: Final = r"[\s.,:։'’\u00a0\u202f]?"


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
    if _repetition(_words(draft)) > _repetition(_words(source)):
        return True
    return any(
        pattern.search(draft) and not pattern.search(source)
        for pattern in (_DOUBLE, _STUTTER, _TRIPLE)
    )


def _repetition(words: list[str]) -> int:
    """How many words at most repeat the words right before them: a phrase, or one word twice."""
    worst = 0
    for size in range(1, min(LONGEST_PHRASE, len(words) // 2) + 1):
        run = 0
        for at in range(size, len(words)):
            run = run + 1 if words[at] == words[at - size] else 0
            if run >= max(size, 2):
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
    "en": "zero,one first,two second,three third,four,fi,six,seven,eight,nin,ten",
    "ru": "ноль,один перв одн,дв втор,тр,четв четыр,пят,шест,сед сем,вос,дев,дес",
    "hy": "զրո,մեկ մի առաջ,երկ,երեք երր երե,չոր,հինգ հնգ,վեց,յոթ,ութ,ինն ինը,տաս",
    "az": "sıfır,bir ilk,iki,üç,dörd,beş,altı,yeddi,səkkiz,doqquz,on",
}
"""By language, how the words for 0 to 10 begin, separated by commas."""


def missing_numbers(source: str, draft: str, *, to: str) -> tuple[str, ...]:
    """The numbers of the source that the draft lacks, as they stand in the source.

    Thousands may be grouped otherwise, three zeros may be a word, a number up to ten may be one,
    a century may be in Roman digits.
    """
    return tuple(number for number in _numbers(source) if not _says(number, draft, to))


def _numbers(source: str) -> Iterator[str]:
    yield from dict.fromkeys(match[0] for match in _NUMBER.finditer(source))


def _says(number: str, draft: str, to: str) -> bool:
    groups = re.split(r"[.,:]", number)
    if len(number) == 4 and number[0] == "0":  # 0230, a time of day
        groups = [number[:2], number[2:]]
    while not _stands(groups, draft):
        if len(groups) == 1 or groups[-1] != "000":
            return number.isdecimal() and _is_written_out(int(number), draft, to)
        groups.pop()
    return True


def _stands(groups: list[str], draft: str) -> bool:
    digits = _SEPARATOR.join(map(re.escape, groups))
    return bool(re.search(rf"(?<!\d)0?{digits}(?!\d)", draft))


def _is_written_out(number: int, draft: str, to: str) -> bool:
    words = _words(draft)
    if 0 < number < len(_ROMAN) and _ROMAN[number].casefold() in (
        w.partition("-")[0] for w in words
    ):
        return True
    stems = NUMBER_WORDS[to].split(",")
    return number < len(stems) and any(
        word.startswith(stem) for word in words for stem in stems[number].split(" ")
    )


_ROMAN: Final = (
    "- I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()
)
