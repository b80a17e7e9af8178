"""Names across scripts: Pashinyan = Пашиняна = Փաշինյանի = Paşinyanla.

A word becomes a *skeleton*: its consonants in coarse classes, so that what the scripts and the
languages spell differently falls together (c, k, q, х and հ are one class). Endings are forgiven:
only as much of the inflected word is compared as the plain one is long.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

_DIGRAPHS: Final = {
    "en": [
        ("sch", "s"),
        ("tch", "č"),
        ("cz", "č"),
        ("eaux", "o"),
        ("eau", "o"),
        ("ieux", "io"),
        ("oux", "u"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ough", "o"),
        ("igh", "i"),
        ("dzh", "j"),
        ("dj", "j"),
        ("zh", "z"),
        ("kh", "h"),
        ("ph", "f"),
        ("th", "t"),
        ("sh", "s"),
        ("ch", "č"),
        ("ck", "k"),
        ("gh", "g"),
        ("wh", "v"),
        ("ts", "č"),
        ("tz", "č"),
        ("qu", "kv"),
        ("x", "ks"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "si"),
        ("ge", "je"),
        ("gi", "ji"),
        ("c", "k"),
        ("č", "c"),
    ],
    "ru": [
        ("дж", "j"),
        ("тц", "c"),
        ("тс", "c"),
        *((f"у{vowel}", f"в{vowel}") for vowel in "аеиоэ"),
    ],
    "hy": [
        ("եւ", "ev"),
        ("թց", "c"),
        *((f"ու{vowel}", f"վ{vowel}") for vowel in "աեիոէ"),
        ("ու", "u"),
    ],
    "az": [("x", "h"), *((f"u{vowel}", f"v{vowel}") for vowel in "aeioə")],
}
_LETTERS: Final = {
    **dict(
        zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", "abvgdezziiklmnoprstufhccss#i#eua", strict=True)
    ),
    "ё": "o",
    **dict(
        zip(
            "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
            "abgdezeetzilhckhzgcminsocpjrsvtrcvpkof",
            strict=True,
        )
    ),
    "և": "ev",
    "ə": "e",
    "ı": "i",
    "ö": "o",
    "ü": "u",
    "ğ": "g",
    "ç": "c",
    "ş": "s",
    "q": "k",
    "w": "v",
    "y": "i",
}
_W_VOWEL: Final = re.compile("([aeo])w(?![aeiou])")
_VOWEL_OF: Final = {"a": "o", "e": "u", "o": "o"}
"""What w makes of the vowel before it: Moscow, but not Howard."""
_SILENT: Final = re.compile("(?<=[aeiou])h(?![aeiouy])")
_VARIANTS: Final = (
    (_SILENT, ""),
    (re.compile("j"), "h"),
    (re.compile("j"), "y"),
    (re.compile("ch"), "k"),
    (re.compile("ch"), "sh"),
    (re.compile("g(?=[eiy])"), "gh"),
)
"""Other ways to say an English spelling: John, Jiménez, Jung, Bach, Michelle, Gerhard."""
_LATIN: Final = ("az",)
"""Languages that may leave an English name as it is spelled: Washinqton, Washington."""
_ENDING: Final = 4
"""Letters that an ending of the inflected word may have."""
_CLASS: Final = str.maketrans(
    {
        **dict.fromkeys("gkqhx", "K"),
        **dict.fromkeys("dt", "T"),
        **dict.fromkeys("szcj", "S"),
        **dict.fromkeys("bp", "P"),
        **dict.fromkeys("fvw", "F"),
        "l": "L",
        "m": "M",
        "n": "N",
        "r": "R",
        **dict.fromkeys("aeiouy#", None),
    }
)


@lru_cache(maxsize=1 << 14)
def letters(word: str, language: str) -> str:
    """A word in rough Latin letters as it sounds, lower case."""
    word = word.replace("İ", "i").lower()
    if language == "en":
        word = _unaccented(word)
        if word.startswith("x"):
            word = "s" + word[1:]
        word = _W_VOWEL.sub(lambda found: _VOWEL_OF[found[1]], word)
    for digraph, sound in _DIGRAPHS.get(language, ()):
        word = word.replace(digraph, sound)
    return "".join(_LETTERS.get(letter, letter) for letter in word)


@lru_cache(maxsize=1 << 14)
def skeleton(word: str, language: str) -> str:
    """The consonants of a word in eight classes, a first vowel as "A", doubled ones once.

    >>> skeleton("Pashinyan", "en"), skeleton("Пашиняна", "ru"), skeleton("Փաշինյանի", "hy")
    ('PSN', 'PSN', 'PSN')
    """
    sounds = letters(word, language)
    start = "A" if sounds[:1] in "aeiouy" and sounds else ""
    bones = sounds.translate(_CLASS)
    kept = [bone for before, bone in pairwise(" " + bones) if bone != before]
    return start + "".join(kept)


@lru_cache(maxsize=1 << 14)
def likeness(source: str, source_lang: str, target: str, target_lang: str) -> float:
    """How far two words sound like one name, 0 to 1; the target's ending is forgiven."""
    if source == target:
        return 1.0
    heard = _sound(target, target_lang)
    found = max([_likeness(one, heard) for one in _said(source, source_lang)])
    if target_lang in _LATIN and found < 1.0 and target.isascii():  # or left as it was
        heard = _sound(target, source_lang)
        found = max(found, _likeness(_sound(source, source_lang), heard))
    return found


_Sound = tuple[str, str]
"""How a word sounds: its skeleton and its letters."""


def _sound(word: str, language: str) -> _Sound:
    return skeleton(word, language), letters(word, language)


@lru_cache(maxsize=1 << 14)
def _said(word: str, language: str) -> tuple[_Sound, ...]:
    """The ways that a word may be said, its own spelling's first."""
    spelled = [word]
    if language == "en":
        others = [way.sub(sound, word) for way, sound in _VARIANTS]
        spelled += [other for other in others if other != word]
    return tuple([_sound(one, language) for one in spelled])


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _likeness(said: _Sound, heard: _Sound) -> float:
    (bones, sounds), (others, letters_heard) = said, heard
    if not bones or not others or bones[0] != others[0] and bones[:2] != others[:2]:
        if "K" not in (bones[:1], others[:1]) and "A" not in (bones[:1], others[:1]):
            return 0.0
    by_bones = _prefix_likeness(bones, others)
    return (2 * by_bones + _prefix_likeness(sounds, letters_heard)) / 3


def _prefix_likeness(word: str, other: str) -> float:
    """One minus the edit distance of what both have before their endings, by its length."""
    size = min(len(word), len(other))
    if size < 3 and len(word) != len(other):
        size = len(word)
    if not size:
        return 0.0
    start = word[:size]
    distance = Levenshtein.distance(start, other[:size])
    for end in (size - 1, size + 1):
        if distance:  # nothing is nearer than the same letters
            distance = min(distance, Levenshtein.distance(start, other[:end]))
    spare = max(0, len(word) - size) + max(0, len(other) - len(word) - _ENDING)
    return max(0.0, 1.0 - distance / size - 0.05 * spare)
