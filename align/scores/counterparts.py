"""Names that do not sound alike, and the words that names are made of: Germany = Алмания.

A table of our own (``counterparts.tsv``): a line is a notion, with its forms in the languages.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from trilogue.align.scores.text import Telling, bare, lower

_LANGUAGES: Final = ("en", "ru", "hy", "az")
_SHORT: Final = 3
_CAPITALS: Final = re.compile(r"[A-ZƏĞÇŞÖÜİА-ЯЁԱ-Ֆ]{2,}(?=[^\W\d_A-ZƏĞÇŞÖÜİА-ЯЁԱ-Ֆ]{0,4}$)")
_ENDING: Final = {True: 3, False: 8}
"""Letters that may follow a form, by whether it is short."""


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, frozenset[int]]]:
    """Language → form → numbers of its notions."""
    found: dict[str, dict[str, set[int]]] = {one: defaultdict(set) for one in _LANGUAGES}
    text = Path(__file__).with_name("counterparts.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        if not line.startswith("#"):
            for language, forms in zip(_LANGUAGES, line.split("\t"), strict=True):
                for form in forms.split():
                    found[language][form].add(number)
    return {
        language: {form: frozenset(numbers) for form, numbers in forms.items()}
        for language, forms in found.items()
    }


@lru_cache(maxsize=1 << 14)
def notions(word: str, language: str) -> frozenset[int]:
    """The notions that a word, as printed, may stand for."""
    forms = _table().get(language)
    if forms is None:
        return frozenset()
    root = bare(word)
    capitals = _CAPITALS.match(root)  # with its ending: ՄԱԿի
    exact = frozenset[int]() if capitals is None else forms.get(capitals[0], frozenset())
    lowered = lower(root)
    for size in range(2, len(lowered) + 1):
        if len(lowered) - size <= _ENDING[size <= _SHORT]:
            exact |= forms.get(lowered[:size], frozenset())
    return exact


def all_notions(words: Iterable[str], language: str) -> frozenset[int]:
    """The notions of a text."""
    return frozenset().union(*[meant for _, meant in _telling(language)(words)])


@lru_cache(maxsize=8)
def _telling(language: str) -> Telling[frozenset[int]]:
    return Telling(lambda word: notions(word, language))
