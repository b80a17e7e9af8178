"""Words as the lexicons know them: case-folded, without marks inside, cut to a stem."""

import re
import unicodedata
from typing import Final

STEM: Final = 5
"""Letters that a stem keeps: inflection of all four languages is at the end of the word."""

_MARKS: Final = str.maketrans("", "", "\u055b\u055c\u055e\u0301\u0307\u00ad")
"""Armenian emphasis, exclamation and question marks stand inside of the word that they mark; a
combining dot is what case folding leaves of the Turkic capital İ."""
_DOTS: Final = str.maketrans({"İ": "i", "I": "ı"})
_LIGATURE: Final = str.maketrans({"և": "եւ"})
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words(text: str, language: str) -> list[str]:
    """The words of a text, case-folded; numbers are words, punctuation is not.

    :param language: two-letter code; only Azerbaijani is cased in a way of its own.
    """
    text = unicodedata.normalize("NFC", text)
    if language == "az":
        text = text.translate(_DOTS)
    folded = text.casefold().translate(_MARKS).translate(_LIGATURE).replace("’", "'")
    return _WORD.findall(folded)


def stem(word: str) -> str:
    """The first letters of a word; a number stays whole, or 2021 and 202 100 would be one."""
    return word if word[0].isdigit() else word[:STEM]


def stems(text: str, language: str) -> list[str]:
    """The stems of a text, in its order."""
    return [stem(word) for word in words(text, language)]
