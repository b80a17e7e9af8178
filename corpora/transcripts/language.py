"""Which of our four languages a text is in: by its letters and its commonest words."""

import re
from collections import Counter
from typing import Final

_COMMON: Final = {
    "en": frozenset("the of and to in is that we it for i you this with are on have".split()),
    "az": frozenset("və bu ki bir üçün biz də da ilə olan çox mən var bizim sizin siz o".split()),
}
_SAMPLE: Final = 20_000


def detect_language(text: str) -> str:
    """The code of the likeliest language, "en" if there is nothing to go by."""
    letters: Counter[str] = Counter()
    for letter, count in Counter(text[:_SAMPLE]).items():
        if letter.isalpha():
            letters[_script(letter)] += count
    if not letters:
        return "en"
    script = max(sorted(letters), key=letters.__getitem__)
    if script != "LATIN":
        return script
    words = Counter(re.findall(r"[^\W\d_]+", text[:_SAMPLE].casefold()))
    found = {code: sum(words[word] for word in common) for code, common in _COMMON.items()}
    schwas = sum(text[:_SAMPLE].count(letter) for letter in "əƏ")
    return "az" if found["az"] + schwas > found["en"] else "en"


def _script(letter: str) -> str:
    """The language of a script that only one of ours writes, else "LATIN"."""
    if "\u0400" <= letter <= "\u04ff":
        return "ru"
    if "\u0530" <= letter <= "\u058f" or "\ufb13" <= letter <= "\ufb17":
        return "hy"
    return "LATIN"
