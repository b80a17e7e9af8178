"""Negation: does the target deny what the source denies?

English and Russian say it with words, Armenian with the prefix չ-, Azerbaijani inside the verb
(gəlir, gəlmir). Signal ``negation``: marks of the source less marks of the target, cut to −2 … 2;
0 is good, above 0 something was lost. Source: the grammars' lists; no model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Negations:
    """The marks of negation in a text, as printed: sure ones, and ones that may be turned about.

    "without", "unable", «невозможно» and -siz deny as well, but translations often say them
    positively, and so they answer for a sure mark on the other side and need no answer themselves.
    """

    sure: tuple[str, ...]
    loose: tuple[str, ...]


_SURE: Final = {
    "en": r"not|cannot|never|nothing|nobody|none|neither|nowhere|\w+n't",
    "ru": r"не|ни|нет|никогда|никто|никого|никому|никем|ничто|ничего|ничему|ничем|нигде|никуда"
    r"|нельзя|никак\w{0,3}|нету",
    "hy": r"ոչ|ոչինչ|ոչնչ\w+|երբեք|չէ|ոչմի|ոչէ"
    r"|չ(?!որս|որրորդ|որ(?:ն|ի|ը|ութ\w*)?$|որեքշ|ափ|ար(?!ժ)|ին|եխ|եմպիոն|եր[քն]|նայած|ափազանց|ելի"
    r"|իլի|եռնոբիլ|արլ|արտ|իկագո|եկ|եչեն|իպ|ու$|ուգուն|ամի(?!չ)|աղ|ղջիկ|ատ|երչիլ)\w+",
    "az": r"deyil\w*|yox|yoxdur\w*|yoxdu|yoxsa|heç|heçnə|heçkim|əsla|qətiyyən"
    r"|\w{2,}m[aə](?:d[ıi](?!r)\w{0,4}|m[ıi]ş\w{0,6}|ma(?:q|ğ)\w{0,5}|mə(?:k|y)\w{0,5}|mas[ıi]\w{0,4}"
    r"|məs[ıi]\w{0,4}|y[ıi]b\w{0,5}|yaca[qğ]\w{0,6}|yəcə[kyg]\w{0,6}|ya?yan\w{0,6}|yan\w{0,7}"
    r"|yən\w{0,7}|z(?:lar|lər|d[ıi]|san|sən|sa|sə)?|s[ıi]n(?:lar|lər)?|y[ıi]n(?:[ıi]z)?|yaraq"
    r"|yərək|sa(?:lar|n|m|q|nız)?|sə(?:lər|n|m|k|niz)?|yım|yim|yaq|yək)"
    r"|(?!dəmir|ömür|kömür|əmir|samur|timur|amir)\w{2,}m[ıiuü]r(?:am|əm|san|sən|[ıiuü]q|[iü]k|lar|lər"
    r"|s[ıiuü]n[ıiuü]z|d[ıiuü]\w{0,3})?",
}
_LOOSE: Final = {
    "en": r"no|nor|without|un\w{4,}|impossible|\w+less|lack\w*|fail\w*|refus\w+|hardly|barely"
    r"|rarely|seldom|only|unless|except|den(?:y|ied|ies)|avoid\w*|prevent\w*|instead|non"
    r"|prohibit\w*|forbid\w*|in(?:capable|adequate|sufficient|correct|valid|visible|complete)"
    r"|dis\w{5,}|mis\w{4,}",
    "ru": r"без|бес\w{3,}|без\w{3,}|отсутств\w+|не(?!ф[тд]|дел|бо$|бес|мец|мн|мк|р[ев]|скольк"
    r"|котор|кий|кое|д[рав]|сти|сет|сут|сл|го$|й|му|м$|е)\w{3,}|отказ\w+|лиш\w+|прекра\w+|кроме"
    r"|едва|вряд|запре\w+|избе\w+|вместо",
    "hy": r"առանց|ան(?!ձ|ց|ուն|դամ|վան|գամ|հատ|գլ|ընդ)\w{3,}|բացառ\w+|մի|հազիվ|\w+զուրկ"
    r"|բացի|մերժ\w+|դժվար\w*|արգել\w+|խուսափ\w+|փոխարեն|բացակա\w+|պակաս\w*|չնայած",
    "az": r"\w{3,}s[ıiuü]z\w{0,7}|nə|qeyri|imtina\w*|\w{2,}m[aə]dan|\w{2,}mədən|başqa"
    r"|çətin\w*|qadağan\w*|yalnız|əvəzinə|bi\w{2,}|na\w{4,}|məhrum\w*|\w{2,}ma(?:yın)?|\w{2,}mə(?:yin)?",
}
_PHRASES: Final = re.compile(
    r"\b(?:not only|not just|not least|if not|or not|no\. ?\d|no longer|not to mention"
    r"|why not|why don't|can't help|cannot help|no doubt|not until|not unlike|nothing but|"
    r"not merely|not simply|never mind|none other|isn't it|don't you|aren't you|didn't he)\b"
)


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    if language not in _SURE:
        return None
    return re.compile(_SURE[language]), re.compile(_LOOSE[language])


@lru_cache(maxsize=1 << 16)
def _kind(word: str, language: str) -> int:
    """2 for a sure mark, 1 for a loose one, 0 for none."""
    patterns = _patterns(language)
    if patterns is None:
        return 0
    sure, loose = patterns
    return 2 if sure.fullmatch(word) else 1 if loose.fullmatch(word) else 0


_TOKENS: Final = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


def negations_in(text: str, words: Sequence[str], language: str) -> Negations | None:
    """The marks of a text; None for a language without a list.

    :param words: the lower-cased words of the text, which the caller has anyway.
    """
    if language not in _SURE:
        return None
    sure: list[str] = []
    loose: list[str] = []
    if language == "en":
        text = text.lower().replace("’", "'")
        if "n't" in text:
            words = _TOKENS.findall(text)
        turns = len(_PHRASES.findall(text)) if "no" in text or "n't" in text else 0
    else:
        turns = 0
    for word in words:
        if kind := _kind(word, language):
            (sure if kind == 2 else loose).append(word)
    return Negations(tuple(sure[turns:]), tuple(sure[:turns] + loose))
