"""Whether a word is a form of another, by endings alone: no dictionary, no lemmas.

Two words are forms of one word if both are a common stem and an ending of the language. Stems
change in ways that each language has rules for: «участок» and «участка», «գիր» and «գրի»,
"bayraq" and "bayrağı". What changes otherwise is named as a second translation of the term.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

VERSION: Final = 1
"""Raised when other words are forms of one another."""

_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = str.maketrans("", "", "\u055b\u055c\u055e\u0301\u0307\u00ad")
"""Armenian emphasis, exclamation and question stand inside of a word; U+0307 is left of İ."""
_AZERBAIJANI: Final = str.maketrans({"İ": "i", "I": "ı"})
_FOLDED: Final = str.maketrans({"և": "եւ", "ё": "е", "’": "'"})


def words(text: str, language: str) -> list[str]:
    """The words of a text, case-folded; what stands behind a hyphen or an apostrophe is a word."""
    text = unicodedata.normalize("NFC", text)
    if language == "az":
        text = text.translate(_AZERBAIJANI)
    return _WORD.findall(text.casefold().translate(_MARKS).translate(_FOLDED))


@lru_cache(maxsize=1 << 14)
def is_form(word: str, other: str, language: str) -> bool:
    """Whether two words, as :func:`words` gives them, may be forms of one; symmetric.

    Homographs are forms of one another: endings cannot tell a bank (банк) from a jar (банка).
    """
    if word == other:
        return True
    if word[0] != other[0] or word[0].isdigit():
        return False
    return not _stems(word, language).isdisjoint(_stems(other, language))


@lru_cache(maxsize=1 << 14)
def _stems(word: str, language: str) -> frozenset[str]:
    """All that the word may be without its ending, in all ways its stem may be written.

    The stem of a verb has a mark: an ending of verbs makes no noun a form of another.
    """
    found: set[str] = set()
    for stem, ending in _cut(word, language):
        for pattern, mark in _ENDINGS[language](stem):
            if pattern.fullmatch(ending):
                found.update(f"{one}{mark}" for one in (stem, *_CHANGES[language](stem)))
    return frozenset(found)


def _cut(word: str, language: str) -> Iterator[tuple[str, str]]:
    """The word in two, at every place; a stem keeps two letters, and a vowel if it is written."""
    for at in range(min(2, len(word)), len(word) + 1):
        if language == "hy" or any(letter in _VOWELS[language] for letter in word[:at]):
            yield word[:at], word[at:]


_VOWELS: Final = {
    "en": frozenset("aeiouy"),
    "ru": frozenset("аеиоуыэюя"),
    "hy": frozenset("աեէըիոօու"),
    "az": frozenset("aeəıioöuü"),
}
_VERB: Final = "…"


def _any_of(text: str) -> re.Pattern[str]:
    return re.compile("|".join(text.split()))


_RUSSIAN: Final = (
    (
        _any_of(
            "|а я о е ь й у ю ы и ом ем ой ей ою ею ью ам ям ами ями ах ях ов ев ий ия ие ию ии"
            " ием иям иями иях ый ая ое ее ые ого его ому ему ым им ую юю ых их ыми ими ья ье ьи"
            " ьям ьями ьях ьев ьей ьем"
        ),
        "",
    ),
    (
        _any_of(
            "ть ти л ла ло ли ет ит ут ют ат ят ете ите ешь ишь ем им ться лся лась лось лись ется"
            " ится утся ются атся ятся"
        ),
        _VERB,
    ),
)
_ARMENIAN: Final = (
    (
        re.compile(
            r"(?:ն?եր)?(?:յ?ի|յ?ու|յ?ում|յ?ով|յ?ից|ուց|ո|վա|վան|ան|ամբ|աց|անց|որեն)?(?:ը|ն|ս|դ)?"
        ),
        "",
    ),
    (_any_of("ել ալ եց եցի եցին եցինք ած ում ելու ալու ելիս ելով ի են ենք ում"), _VERB),
)
_ENGLISH: Final = ((_any_of("|s es e ed d ing"), ""), (_any_of("y ies ied ying"), "i"))


def _azerbaijani_chain(vowel: str) -> re.Pattern[str]:
    """The suffixes of nouns in their order, with the vowels that harmonise with the stem's last."""
    wide = "a" if vowel in "aıou" else "ə"
    flat = "ı" if wide == "a" else "i"
    same = {"a": "ı", "e": "i", "ə": "i", "o": "u", "ö": "ü"}.get(vowel, vowel)

    def chain(narrow: str) -> str:
        return (
            f"(?:{narrow}m{narrow}z|{narrow}n{narrow}z|{narrow}m|{narrow}n|s?{narrow}|m|n)?"
            f"(?:n?{narrow}n|n?{narrow}|[ny]?{wide}|y{narrow}|n?d{wide}n?|y?l{wide}|nc{wide})?"
            f"(?:k[ıi])?(?:d[{narrow}{flat}]r)?"
        )

    return re.compile(f"{chain(same)}|l{wide}r{chain(flat)}")


_CHAINS: Final = {vowel: ((_azerbaijani_chain(vowel), ""),) for vowel in sorted(_VOWELS["az"])}


def _azerbaijani_endings(stem: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return _CHAINS[next(letter for letter in reversed(stem) if letter in _VOWELS["az"])]


_Endings = Callable[[str], tuple[tuple[re.Pattern[str], str], ...]]
_ENDINGS: Final[dict[str, _Endings]] = {
    "en": lambda stem: _ENGLISH,
    "ru": lambda stem: _RUSSIAN,
    "hy": lambda stem: _ARMENIAN,
    "az": _azerbaijani_endings,
}
"""By language, what may follow a stem, and the mark that the stem then has."""

_FLEETING: Final = re.compile(r"(.+[^аеиоуыэюя])[оеь]([кцнлрмйтвгб]ь?)")
_CLUSTER: Final = re.compile(r"(.+[^аеиоуыэюяйь])ь?([кцнлрмтвгб])")
_NARROW_ARMENIAN: Final = re.compile(r"(.*[^աեէըիոու])(ու|ի)([^աեէըիոու]+)")
_BRIGHT: Final = re.compile(r"(.*)(?:ե|է)([^աեէըիոու]+)")
_GLIDE: Final = re.compile(r"(.*ու)յ([^աեէըիոու]+)")
_NARROW: Final = re.compile(r"(.*[^aeəıioöuü])[ıiuü]([^aeəıioöuü])")
_SOFTENED: Final = {"k": "y", "q": "ğ"}


def _russian(stem: str) -> Iterator[str]:
    """«участок» and «участк-»: the vowel before the last consonant comes and goes."""
    if found := _FLEETING.fullmatch(stem):
        yield f"{found[1]}{found[2].rstrip('ь')}"
    elif found := _CLUSTER.fullmatch(stem):
        yield f"{found[1]}{found[2]}"
    yield from ([stem.rstrip("ь")] if stem.endswith("ь") else [])


def _armenian(stem: str) -> Iterator[str]:
    """Narrow vowels fall when an ending takes the stress: «գիր», «գր-»; «-ություն», «-ությ-»."""
    if stem.endswith(("ություն", "ության", "ությամբ")):
        yield stem[: stem.rindex("ությ") + 4]
    if found := _NARROW_ARMENIAN.fullmatch(stem):
        yield f"{found[1]}{found[3]}"
    if found := _BRIGHT.fullmatch(stem):
        yield f"{found[1]}ի{found[2]}"
    if found := _GLIDE.fullmatch(stem):
        yield f"{found[1]}{found[2]}"
    if stem.endswith("ու"):
        yield f"{stem[:-2]}վ"
    if stem.endswith("ի"):
        yield stem[:-1]


def _azerbaijani(stem: str) -> Iterator[str]:
    """ "bayraq" and "bayrağ-", "çörək" and "çörəy-", "fikir" and "fikr-"."""
    if len(stem) > 2 and stem[-1] in _SOFTENED:
        yield stem[:-1] + _SOFTENED[stem[-1]]
    if found := _NARROW.fullmatch(stem):
        yield f"{found[1]}{found[2]}"


def _english(stem: str) -> Iterator[str]:
    """ "committed" and "commit": a consonant that is doubled before an ending."""
    if len(stem) > 3 and stem[-1] == stem[-2]:
        yield stem[:-1]


_CHANGES: Final[dict[str, Callable[[str], Iterator[str]]]] = {
    "en": _english,
    "ru": _russian,
    "hy": _armenian,
    "az": _azerbaijani,
}
