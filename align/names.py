"""Names across scripts: consonant skeletons that a name keeps when it is transliterated."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

_LETTERS: Final = {
    **dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяё", [
        "", "b", "v", "g", "d", "", "S", "s", "", "", "k", "l", "m", "n", "", "p", "r", "s", "t",
        "", "f", "", "s", "S", "S", "S", "", "", "", "", "", "", "",
    ], strict=True)),
    **dict(zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև", [
        "", "b", "g", "d", "", "s", "", "", "t", "S", "", "l", "", "s", "k", "", "s", "g", "S", "m",
        "", "n", "S", "", "S", "p", "S", "r", "s", "v", "t", "r", "s", "v", "p", "k", "", "f", "v",
    ], strict=True)),
    **dict(zip("bcdfgjklmnpqrstvwxzçğşəıöü", [
        "b", "k", "d", "f", "g", "S", "k", "l", "m", "n", "p", "k", "r", "s", "t", "v", "v", "ks",
        "s", "S", "g", "S", "", "", "", "",
    ], strict=True)),
}  # fmt: skip
"""Letter → class of consonant: s and z are one, the hushing sounds are one; a vowel has none."""

_ENGLISH: Final = (
    (re.compile(r"sch|tch|sh|ch|dj|dzh|zh"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"kh|gh"), ""),
    (re.compile(r"c(?=[eiy])|ts"), "s"),
)
_RUSSIAN: Final = ((re.compile(r"дж|тч"), "ж"), (re.compile(r"тс"), "с"))
_SOFT: Final = re.compile(r"g(?=[eiy])")
_SHORTEST: Final = 2
_FULL: Final = 4
CROWD: Final = 100
"""Words of one sound beyond which it tells no name; pairs would grow with the square of a book."""


def skeletons(word: str, language: str) -> tuple[str, ...]:
    """The consonant classes of a case-folded word, doubles as one: "putin" → "ptn".

    A word of a Latin script has two where its g may be hard or soft.
    """
    if language == "ru":
        for pattern, spelling in _RUSSIAN:
            word = pattern.sub(spelling, word)
    elif language == "az":
        word = word.replace("c", "j")
    elif language != "hy":
        for pattern, spelling in _ENGLISH:
            word = pattern.sub(spelling, word)
        if _SOFT.search(word):
            return _sounds(word), _sounds(_SOFT.sub("j", word))
    return (_sounds(word),)


def _sounds(word: str) -> str:
    out = ""
    for letter in word:
        sound = _LETTERS.get(letter, "")
        if sound and not out.endswith(sound):
            out += sound
    return out


def alike(
    source: Sequence[str], target: Sequence[str], *, source_lang: str, target_lang: str
) -> list[tuple[int, int, int]]:
    """Pairs of words that may be one name: (source index, target index, level).

    Level 3: the same word, or skeletons that agree in four classes or in all of three; 2: that
    agree in the first three; 1: that are the same two. A word has at most ``CROWD`` partners of
    one sound: where more agree in three classes four must; where more agree in four, it has none.
    """
    spelled: dict[str, list[int]] = defaultdict(list)
    sounded: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, word in _named(source):
        spelled[word].append(index)
        for sound in _keys(word, source_lang):
            for key in {sound[:3], sound[:_FULL]}:
                sounded[key].append((index, sound))
    found = []
    for index, word in _named(target):
        same = spelled.get(word, [])
        found += [(other, index, 3) for other in same]
        for sound in _keys(word, target_lang):
            for other, there in _like(sound, sounded):
                if other not in same:
                    full = len(sound) > 2 and sound[:_FULL] == there[:_FULL]
                    found.append((other, index, 1 if len(sound) == 2 else 3 if full else 2))
    return found


def _like(sound: str, sounded: dict[str, list[tuple[int, str]]]) -> Sequence[tuple[int, str]]:
    """Words that sound like one, with their skeletons."""
    for key in (sound[:3], sound[:_FULL]):
        found = sounded.get(key, [])
        if len(found) <= CROWD:
            return found
    return []


def _named(words: Sequence[str]) -> list[tuple[int, str]]:
    return [(i, word) for i, word in enumerate(words) if len(word) > 1 and not word.isdigit()]


def _keys(word: str, language: str) -> list[str]:
    if len(word) < _FULL:
        return []
    return [sound for sound in skeletons(word, language) if len(sound) >= _SHORTEST]
