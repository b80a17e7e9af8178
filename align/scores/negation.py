"""Negation: does the target deny what the source denies?

English and Russian say it with words, Armenian with the prefix չ-, Azerbaijani inside the verb
(gəlir, gəlmir). These three also deny twice: «никогда не», so that «никогда» alone is a loss.
Signal ``negation``: marks of the source less marks of the target, cut to −2 … 2; 0 is good, above
0 something was lost. Source: the grammars' lists; no model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from trilogue.align.scores.text import Telling


@dataclass(frozen=True, slots=True)
class Negations:
    """The marks of negation in a text, as printed.

    :ivar sure: "not", «не», չ-, deyil, -mir, …: what another text must deny too.
    :ivar loose: "without", "unable", «невозможно», -siz deny as well, but translations often say
        them positively: they answer for a sure mark on the other side, and need no answer.
    :ivar concord: «никогда», ոչինչ, heç stand with a denied verb; alone they deny nothing.
    """

    sure: tuple[str, ...]
    loose: tuple[str, ...]
    concord: tuple[str, ...] = ()


_SURE: Final = {
    "en": r"not|cannot|never|nothing|nobody|none|neither|nowhere|\w+n't",
    "ru": r"не|нет|нельзя|нету|несложно|нетрудно|невозможно|незачем|нечего|некому|некуда|негде",
    "hy": r"ոչ|չէ|ոչէ|անհնար\w{0,3}|անկարող"
    r"|չ(?!որս|որրորդ|որ(?:ն|ի|ը|ութ\w*)?$|որեքշ|ափ|ար(?!ժ|ձ|տահ|տադ|դար|եց|ած(?!ճ)|վ|թն|գել)|ին|եխ|եմպիոն|եր[քն]|նայած|ափազանց|ելի"
    r"|իլի|եռնոբիլ|արլ|արտ(?!ահ|ադ)|իկագո|եկ(?!ա|ե[լց]|ող)|եչեն|իպ|ու$|ուգուն|ամի(?!չ)|աղ|ղջիկ|ատ|երչիլ)\w+",
    "az": r"deyil\w*|yox|yoxdur\w*|yoxdu|yoxdan|yoxluğu\w*|mümkünsüz\w*"
    r"|(?!namaz|baxmayaraq|almaz|ülkə|dərmə|çərmə|gəlməd[ıi]r|çalmad[ıi]r)\w{2,}m[aə](?:"
    r"d[ıi](?!r)\w{0,9}|m[ıi]ş\w{0,9}|m[aə]\w{0,9}|y[ıi]b\w{0,6}|y[aə]?ca[qğm]\w{0,8}"
    r"|y[əa]?cə[kygm]\w{0,8}|ya?yan\w{0,8}|yan\w{0,8}|yən\w{0,8}|z(?!dan|dən)\w{0,8}"
    r"|mal[ıi]\w*|say[dm]\w*|r[aə]m|r[ıi][qk]|rs[ıi]n\w{0,4}|rsan|rsən|s[ıi]n(?:lar|lər)?|y[ıi]n(?:[ıi]z)?|yaraq|yərək"
    r"|sa(?!t)\w{0,8}|sə\w{0,8}|yım|yim|yaq|yək|y[ıi]nc[aə]|y[aə]s[ıi]\w{0,4})"
    r"|\w{2,}m[ıiuü]y[ıiuü]b\w{0,4}|\w{2,}m[ıiuü]yor\w{0,5}|\w{2,}m[ae]yaca[kğ]\w{0,6}|etməm|bilməm|olmam"
    r"|(?!dəm[ıi]r|ömür|kömür|əm[ıi]r|samur|t[əi]m[iu]r|amir|xəmir|məmur|yağmur|mahmur|izmir|kəşmir"
    r"|vladim|qədim|emir|səmir|krım|ədim)\w{2,}m[ıiuü]r(?:am|əm|san|sən|[ıiuü]q|[iü]k|lar|lər"
    r"|s[ıiuü]n[ıiuü]z(?:s[aə])?|d[ıiuü]\w{0,6}|s[aə]\w{0,5}|m[ıiuü]ş\w{0,5}|k[iı])?",
}
_CONCORD: Final = {
    "ru": r"ни|никогда|никто|никого|никому|никем|ничто|ничего|ничему|ничем|нигде|никуда|ниоткуда"
    r"|никак|никак(?:ой|ая|ое|ие|ого|их|ому|им|ими|ую)|нисколько|ничей|ничья",
    "hy": r"ոչինչ|ոչնչ\w+|երբեք|երբևէ|ոչմի|ոչոք",
    "az": r"heç|heçnə|heçkim|heçbir|heçvaxt|əsla|qətiyyən|zinhar",
}
_LOOSE: Final = {
    "en": r"no|nor|without|un(?!der|til|ion|it|iver|iq|cle|dou)\w{4,}|impossible|\w{3,}less|lack\w*"
    r"|fail\w*|refus\w+|hardly|barely|rarely|seldom|only|unless|except|den(?:y|ied|ies)|avoid\w*"
    r"|prevent\w*|instead|non|prohibit\w*|forbid\w*|nowhere|ban(?:s|ned|ning)?"
    r"|in(?:capable|adequate|sufficient|correct|valid|visible|complete|accurate|active|ability)"
    r"|dis(?:agree|like|approv|respect|hon|able|miss)\w*|mis(?:under|tak|lead)\w*",
    "ru": r"без|бес\w{3,}|без\w{3,}|отсутств\w+|не(?!ф[тд]|дел|бо$|бес|мец|мн|мк|р[ев]|скольк"
    r"|котор|кий|кое|д[рав]|сти|сет|сут|сл|го$|й|му|м$|е|вероят|завис|смотр|обход|прем|онац|гатив"
    r"|льс|птун|лсон|кто$|что$|когда$)\w{3,}|отказ\w+|лиш\w+|прекра\w+|кроме"
    r"|едва|вряд|редко|впервые|вскоре|плохо|недалеко|недавно|немноги\w?|некогда|скрыт\w{1,3}"
    r"|запре\w+|избе\w+|вместо|трудно|сложно|мало",
    "hy": r"առանց|ան(?:վավեր|հայտ|թույլ|բավար|տեղյ|ճիշտ|հասկ|ընդուն|հասան|գործ|օրին|իրակ|կարև|պաշտ|"
    r"պատաս|իմաստ|սահմ|տարբ|հաջո|արդա|բացա|մատչ|նշան|կասկ|հնազ|ցանկ|համա|կայո|պտու|վտանգ)\w*"
    r"|բացառ\w+|հազիվ|\w+զուրկ|բացի|մերժ\w+|դժվար\w*|արգել\w+|խուսափ\w+|փոխարեն|բացակա\w+"
    r"|պակաս\w*|միևնույն|հազվադեպ|քիչ|չնայած|հրաժար\w+|միայն|լուռ|լռ\w+",
    "az": r"\w{3,}s[ıiuü]z(?:l[ıiuü]\w*|dir|dır|dur|dür|c[aə]|d[aə]|i|ı|u|ü)?|qeyri|imtina\w*"
    r"|\w{2,}m[aə]d[aə]n|qadağan\w*|əvəzinə|bixəbər\w*|na(?:razı|məlum|tamam|haq|düz|yar)\w*"
    r"|məhrum\w*|çətin\w*|istisna\w*|çəkin\w*|\w{2,}(?:lma|lmə|nma|nmə|tmə|şma|şmə|rma|rmə)",
}
_PROHIBITION: Final = re.compile(r"\b[Մմ]ի\s+((?!հետաքրքիր)\w{2,}(?:իր|եք|ար|ուր))\b")
"""Armenian «մի մոռացիր»: do not forget."""
_DO_NOT: Final = re.compile(
    r"\w\w[\w,«»\"]* ((?!amma|cümə|kəlmə|tərcümə|düymə)\w{2,}m[aə])(?=[.!])"
)
"""Azerbaijani "Narahat olma.": do not worry; a word alone may be a noun."""
_NO_ONE: Final = re.compile(r"\b[Ոո]չ (?:մի|ոք|մեկ)")
"""Armenian «ոչ մի», «ոչ ոք»: no, nobody, beside a denied verb."""
_ALTERNATIVES: Final = re.compile(
    r"\b[Nn]ə\s\w.{1,60}?\b(?P<nor>nə)(?: də)?\s|\b(?P<may>\w{2,}m(?:aya|əyə)) bil\w"
)
"""Azerbaijani "nə … nə də", neither … nor, and "olmaya bilər", it may not be."""
_PHRASES: Final = re.compile(
    r"\b(?:not only|not just|not least|if not|or not|no\. ?\d|no longer|not to mention"
    r"|not long (?:ago|after)|not far|more often than not|why not|why don't|can't help|cannot help"
    r"|no doubt|not until|not unlike|nothing but|not merely|not simply|never mind|none other"
    r"|(?:is|was|are|were)n't until"
    r"|(?:do|did|does|is|are|was|were|has|have|wo|would|could)n't (?:you|it|he|she|they|we))\b"
)


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(tables[language]))
        for kind, tables in ((3, _CONCORD), (2, _SURE), (1, _LOOSE))
        if language in tables
    )


@lru_cache(maxsize=8)
def _marks(language: str) -> Telling[int]:
    """Finds 2 for a sure mark, 1 for a loose one, 3 for one of concord."""

    @lru_cache(maxsize=1 << 14)
    def kind_of(word: str) -> int:
        for kind, pattern in _patterns(language):
            if pattern.fullmatch(word):
                return kind
        return 0

    return Telling(kind_of)


_TOKENS: Final = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


def negations_in(text: str, words: Sequence[str], language: str) -> Negations | None:
    """The marks of a text; None for a language without a list.

    :param words: the lower-cased words of the text, which the caller has anyway.
    """
    if language not in _SURE:
        return None
    turns, more = 0, []
    if language == "en":
        text = text.lower().replace("’", "'")
        if "n't" in text:
            words = _TOKENS.findall(text)
        turns = len(_PHRASES.findall(text)) if "no" in text or "n't" in text else 0
    elif language == "hy":
        more = _PROHIBITION.findall(text)
    elif language == "az":
        more = [match[match.lastgroup] for match in _ALTERNATIVES.finditer(text) if match.lastgroup]
        more += _DO_NOT.findall(text)
    found: tuple[list[str], ...] = ([], [], more, [])
    for word, kind in _marks(language)(words):
        found[kind].append(word)
    sure = found[2]
    if language == "hy" and sure == ["ոչ"] and _NO_ONE.search(text):
        found[3].append(sure.pop())
    return Negations(tuple(sure[turns:]), tuple(sure[:turns] + found[1]), tuple(found[3]))
