"""Script and language: is the target in the language that it should be in?

Signal ``script``: share of the target's letters in the right alphabet, words that the source has
too (brands, abbreviations) left out; 1 is good. Signal ``language``: evidence in nats that the
target is in a neighbour language; below 0 is good, above 3 is sure. A sentence of Ukrainian has і
and ї, one of Turkish lacks the ə of every second Azerbaijani word: letters and little words that
occur in one language and not in the other settle it. Letter and word frequencies are our counts
over public text. lingua does the same in 112 MB; the two were not measured side by side.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, NamedTuple

from trilogue.align.scores.text import Memo, Side, lower
from trilogue.corpora.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A language that is taken for ours: what it has and ours has not.

    :ivar letters: a regular expression for letters, ``words`` for whole lower-cased words.
    """

    name: str
    letters: str | None
    words: str


_NEIGHBOURS: Final = {
    "ru": (
        Neighbour(
            "Ukrainian",
            r"[іїєґ]|['’ʼ](?=[яюєї])",
            r"та|що|це|як|від|або|його|якщо|буде|було|був|є|й|із|щоб|але|ви|ми|вони|до|при",
        ),
        Neighbour("Belarusian", r"[іў]", r"што|гэта|ад|каб|для|яго|ён|яна|быў|была|ці|вы"),
        Neighbour(
            "Bulgarian",
            r"ъ(?![еёюя])|щ(?=[ъо])",
            r"се|са|ще|че|това|който|която|което|които|със|към|през|след|беше|бъде|е|тази|този"
            r"|тези|има|няма|може|както|също|само|като|ли|си|ги|му|й|във|ако|или|бил|още|те|тя"
            r"|няколко|между|поради|според|съм|сте|моля|трябва|най|по-?|всички|всеки|една|един|едно|"
            r"\w{3,}(?:ът|ят|ите|ета|ията|ото|иите)",
        ),
        Neighbour("Serbian", r"[јљњђћџ]", r"је|су|се|да|као|није|или|од|који|која|које|са|за"),
        Neighbour("Macedonian", r"[јљњѓќѕџ]", r"се|што|со|од|кој|која|кои|има|ќе|беше|во|ја|го"),
        Neighbour(
            "a Turkic language", r"[әғқңөұүһҳҷӣӯҗҫҙӕӑӗ]", r"және|менен|үшін|бул|жана|бар|бол\w+"
        ),
    ),
    "az": (
        Neighbour(
            "Turkish",
            r"[â]|(?<=[aeıioöuü])ğ(?=[aı])",
            r"ve|için|ile|de|gibi|daha|çok|değil|kadar|ise|veya|ancak|tarafından|her|ne|diye|göre|etti"
            r"|etmek|edildi|edilen|yok|şey|hiç|ben|sen|lütfen|kendi|değer|şekilde|önce|nasıl"
            r"|\w+(?:yor\w*|ecek|mek|lerin?|leri|den)",
        ),
        Neighbour("Turkmen", r"[äýňž]", r"we|bilen|üçin|boýunça|ýa|hem|däl"),
        Neighbour(
            "Uzbek", r"[oOgG]['ʻʼ‘’]", r"va|bilan|uchun|yoki|emas|ham|kerak|lozim|\w*sh\w*|\w*ch\w*"
        ),
        Neighbour(
            "English",
            None,
            r"the|of|and|to|in|is|that|for|was|with|are|this|be|you|your|it|on|at|by|from|not|have"
            r"|or|an|as|we|they|he|she|will|can|if",
        ),
        Neighbour(
            "German", r"[äß]", r"der|die|das|und|ist|nicht|ein|eine|zu|mit|den|für|auf|werden"
        ),
        Neighbour("French", r"[éèàêùœ]", r"le|la|les|des|et|est|une|un|du|pour|dans|que|qui|pas"),
    ),
}
_OWN: Final = {
    "ru": re.compile(
        r"\w*[ыэё]\w*|что|кто|его|ее|их|для|из|к|о|он|она|они|мы|чтобы|если|также|будет|может|только"
        r"|котор\w{2,3}|когда|после|есть|быть|был[ао]?|во|со|\w{2,}(?:ться|ого|его|ешь|ишь|ует|ают|ях)"
    ),
    "az": re.compile(r"\w*[əqx]\w*"),
}
_LETTER: Final = 2.5
_WORD: Final = 1.2
_SCHWA_EVERY: Final = 0.075
"""Share of ə among the letters of Azerbaijani, on the low side; no neighbour has any."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """What the letters and little words say.

    :ivar script: share of letters in the right alphabet, None if there are no letters to judge.
    :ivar foreign: evidence in nats for a neighbour, None if we know no neighbours of the language.
    :ivar guess: the likeliest neighbour.
    """

    script: float | None
    foreign: float | None
    guess: str | None


class _Compiled(NamedTuple):
    name: str
    letters: re.Pattern[str] | None
    words: re.Pattern[str]


@lru_cache(maxsize=8)
def _neighbours(language: str) -> tuple[_Compiled, ...]:
    return tuple(
        _Compiled(one.name, re.compile(one.letters) if one.letters else None, re.compile(one.words))
        for one in _NEIGHBOURS.get(language, ())
    )


class _Said(NamedTuple):
    """What a word says: its letters, how many are in the right alphabet, and evidence in nats for
    each neighbour and for our own language last; words with digits say nothing."""

    letters: int
    right: int
    evidence: tuple[float, ...] | None


_SILENT: Final = _Said(0, 0, None)


@lru_cache(maxsize=8)
def _said_in(language: str) -> Memo[_Said]:
    return Memo(partial(_said, language=language))


def _said(word: str, language: str) -> _Said:
    if not word.isalpha():
        return _SILENT
    low, high, more = _RANGES[LANGUAGES[language].alphabet]
    right = sum(1 for letter in word if low <= letter <= high or letter in more)
    return _Said(len(word), right, _evidence(lower(word), language))


def _evidence(word: str, language: str) -> tuple[float, ...] | None:
    found = []
    for _, letters, words in _neighbours(language):
        nats = _LETTER * len(letters.findall(word)) if letters else 0.0
        found.append(nats + (_WORD if words.fullmatch(word) else 0.0))
    own = _OWN.get(language)
    found.append(_WORD / 2 if own is not None and own.fullmatch(word) else 0.0)
    return tuple(found) if any(found) else None


_RANGES: Final = {
    "LATIN": ("A", "\u024f", "əƏʻʼ"),
    "CYRILLIC": ("\u0400", "\u052f", ""),
    "ARMENIAN": ("\u0531", "\u058f", ""),
}


def tongue(source: Side, target: Side) -> Tongue:
    """Judge the target; words that it shares with the source say nothing."""
    language = target.language
    if language not in LANGUAGES or source.language not in LANGUAGES:
        return Tongue(None, None, None)
    said = list(map(_said_in(language).__getitem__, _own_words(source, target)))
    total = sum([word.letters for word in said])
    if not total:
        return Tongue(None, None, None)
    script = sum([word.right for word in said]) / total
    neighbours = _neighbours(language)
    if not neighbours:
        return Tongue(script, None, None)
    told = [word.evidence for word in said if word.evidence]
    *sums, own = map(sum, zip(*told, strict=True)) if told else (0.0,) * (len(neighbours) + 1)
    best = max(range(len(sums)), key=sums.__getitem__)
    foreign = sums[best] - own
    if language == "az":
        schwas = target.text.count("ə") + target.text.count("Ə")
        foreign += -2.5 * schwas if schwas else _SCHWA_EVERY * total
    return Tongue(script, foreign, neighbours[best].name if sums[best] else None)


def _own_words(source: Side, target: Side) -> Sequence[str]:
    """The target's words that the source lacks; with one alphabet those in lower case, too: a
    copied sentence is in another language."""
    if target.distinct.isdisjoint(source.distinct):
        return target.words
    theirs = source.distinct
    if LANGUAGES[source.language].alphabet == LANGUAGES[target.language].alphabet:
        return [word for word in target.words if word not in theirs or word.islower()]
    return [word for word in target.words if word not in theirs]
