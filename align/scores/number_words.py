"""Written-out numbers, scales, months and percent signs in the four languages: a table, no logic.

Each entry is a regular expression that must match a whole lower-cased word (ё written as е, without
Armenian emphasis marks) and the value that it stands for. Sources: the grammars' numeral tables.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final


class Part(IntEnum):
    """What a word does in a written-out number."""

    UNIT = 1  # 1–9
    TEEN = 2  # 10–19
    TEN = 3  # 20, 30, … 90, or a glued 25
    HUNDRED = 4  # 100; 200–900 where the language has a word for them
    SCALE = 5  # thousand, million, …
    MONTH = 6
    PERCENT = 7
    VAGUE = 8  # first, half, twice, dozen: may stand for a number, need not


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What one word stands for; ``vague`` words may match a number, nothing needs them to."""

    value: float
    part: Part
    vague: bool = False


SCALES: Final = {
    "en": [
        (r"thousands?|k", 1e3),
        (r"millions?|mln|mn", 1e6),
        (r"billions?|bn", 1e9),
        (r"trillions?", 1e12),
        (r"lakhs?", 1e5),
        (r"crores?", 1e7),
    ],
    "ru": [
        (r"тысяч(?:а|и|е|у|ей|ам|ами|ах|н\w{1,4})?|тыс", 1e3),
        (r"миллион(?:а|у|ом|е|ы|ов|ам|ами|ах|н\w{1,4})?|млн", 1e6),
        (r"миллиард(?:а|у|ом|е|ы|ов|ам|ами|ах|н\w{1,4})?|млрд", 1e9),
        (r"триллион(?:а|у|ом|е|ы|ов|ам|ами|ах)?|трлн", 1e12),
    ],
    "hy": [
        (r"հազար\w{0,7}", 1e3),
        (r"միլիոն\w{0,7}|մլն", 1e6),
        (r"միլիարդ\w{0,7}|բիլիոն\w{0,7}|մլրդ", 1e9),
        (r"տրիլիոն\w{0,7}|տրլն", 1e12),
    ],
    "az": [
        (r"min(?:i|ə|in|ini|inə|də|dən|lik|dir|dək|nəfər)?", 1e3),
        (r"milyon(?!lar)\w{0,6}|mln", 1e6),
        (r"milyard(?!lar)\w{0,6}|mlrd", 1e9),
        (r"trilyon\w{0,6}|trln", 1e12),
    ],
}
PERCENTS: Final = {
    "en": r"percent|percents|pct",
    "ru": r"процент\w{0,4}|процентн\w{1,4}",
    "hy": r"տոկոս\w{0,6}",
    "az": r"faiz\w{0,5}",
}
MONTHS: Final = {
    "en": "jan(?:uary)? feb(?:ruary)? march|mar apr(?:il)? may june|jun july|jul aug(?:ust)? "
    "sept?(?:ember)? oct(?:ober)? nov(?:ember)? dec(?:ember)?",
    "ru": "январ\\w{1,2} феврал\\w{1,2} март[аеу]? апрел\\w{1,2} ма[йяею] июн\\w{1,2} июл\\w{1,2} "
    "август[аеу]? сентябр\\w{1,2} октябр\\w{1,2} ноябр\\w{1,2} декабр\\w{1,2}",
    "hy": "հունվար\\w{0,4} փետրվար\\w{0,4} մարտ(?:ի|ին|ից)? ապրիլ\\w{0,4} մայիս\\w{0,4} "
    "հունիս\\w{0,4} հուլիս\\w{0,4} օգոստոս\\w{0,4} սեպտեմբեր\\w{0,4} հոկտեմբեր\\w{0,4} "
    "նոյեմբեր\\w{0,4} դեկտեմբեր\\w{0,4}",
    "az": "yanvar\\w{0,4} fevral\\w{0,4} mart(?:ın|da|dan|a|ı|ında|ından)? "
    "aprel\\w{0,4} may(?:ın|da|ı|dan)? "
    "iyun\\w{0,4} iyul\\w{0,4} avqust\\w{0,4} sentyabr\\w{0,4} oktyabr\\w{0,4} "
    "noyabr\\w{0,4} dekabr\\w{0,4}",
}
_RU_ORDINAL: Final = "(?:ый|ая|ое|ого|ой|ому|ую|ым|ом|ые|ых|ыми)"
_RU_SOFT: Final = "(?:ь|и|ью)"
CARDINALS: Final[dict[str, list[tuple[str, float]]]] = {
    "en": [
        (f"(?:{cardinal})(?:{'' if value == 100 else 's?'})|{ordinal}s?", value)
        for cardinal, ordinal, value in (
            ("two", "2nd", 2),
            ("three", "third", 3),
            ("four", "fourth", 4),
            ("five", "fifth", 5),
            ("six", "sixth", 6),
            ("seven", "seventh", 7),
            ("eight", "eighth", 8),
            ("nine", "ninth", 9),
            ("ten", "tenth", 10),
            ("eleven", "eleventh", 11),
            ("twelve", "twelfth", 12),
            ("thirteen", "thirteenth", 13),
            ("fourteen", "fourteenth", 14),
            ("fifteen", "fifteenth", 15),
            ("sixteen", "sixteenth", 16),
            ("seventeen", "seventeenth", 17),
            ("eighteen", "eighteenth", 18),
            ("nineteen", "nineteenth", 19),
            ("twenty|twenties", "twentieth", 20),
            ("thirty|thirties", "thirtieth", 30),
            ("fou?rty|fou?rties", "fortieth", 40),
            ("fifty|fifties", "fiftieth", 50),
            ("sixty|sixties", "sixtieth", 60),
            ("seventy|seventies", "seventieth", 70),
            ("eighty|eighties", "eightieth", 80),
            ("ninety|nineties", "ninetieth", 90),
            ("hundred", "hundredth", 100),
        )
    ],
    "ru": [
        (rf"дв(?:а|е|ух|ум|умя|ое|оих|оим)|втор{_RU_ORDINAL}", 2),
        (r"тр(?:и|ех|ем|емя|ое|оих|оим)|трет(?:ий|ья|ье|ьего|ьей|ьему|ью|ьим|ьем|ьи|ьих)", 3),
        (rf"четыр(?:е|ех|ем|ьмя)|четвер[оы]х?|четверт{_RU_ORDINAL}", 4),
        (rf"пят{_RU_SOFT}|пятер[оы]х?|пят{_RU_ORDINAL}", 5),
        (rf"шест{_RU_SOFT}|шестер[оы]х?|шест{_RU_ORDINAL}", 6),
        (rf"сем{_RU_SOFT}|семер[оы]х?|седьм{_RU_ORDINAL}", 7),
        (rf"восемь|восьми|восемью|восьмью|восьм{_RU_ORDINAL}", 8),
        (rf"девят{_RU_SOFT}|девят{_RU_ORDINAL}", 9),
        (rf"десят{_RU_SOFT}|десят{_RU_ORDINAL}", 10),
        *(
            (rf"{stem}надцат(?:{_RU_SOFT}|{_RU_ORDINAL})", value)
            for value, stem in enumerate(
                "один две? три четыр пят шест сем восем девят".replace("?", "").split(), start=11
            )
        ),
        (rf"двадцат(?:{_RU_SOFT}|{_RU_ORDINAL})", 20),
        (rf"тридцат(?:{_RU_SOFT}|{_RU_ORDINAL})", 30),
        (rf"сорок(?:а|ов{_RU_ORDINAL})?", 40),
        (rf"пятьдесят|пятидесяти|пятьюдесятью|пятидесят{_RU_ORDINAL}", 50),
        (rf"шестьдесят|шестидесяти|шестьюдесятью|шестидесят{_RU_ORDINAL}", 60),
        (rf"семьдесят|семидесяти|семьюдесятью|семидесят{_RU_ORDINAL}", 70),
        (rf"восемьдесят|восьмидесяти|восьмидесят{_RU_ORDINAL}", 80),
        (rf"девяност(?:о|а|{_RU_ORDINAL})", 90),
        (rf"сто|ста|сот{_RU_ORDINAL}", 100),
        (r"двести|двухсот|двумстам|двухстах", 200),
        (r"триста|трехсот|тремстам|трехстах", 300),
        (r"четыреста|четырехсот|четыремстам", 400),
        (r"пят(?:ьсот|исот|истам)", 500),
        (r"шест(?:ьсот|исот|истам)", 600),
        (r"сем(?:ьсот|исот|истам)", 700),
        (r"восемьсот|восьмисот|восьмистам", 800),
        (r"девят(?:ьсот|исот|истам)", 900),
    ],
    "az": [
        (r"iki(?:si|sini|sinin|nci\w*|mizin?|niz)?|ikinci\w*", 2),
        (r"üç(?:ü|ünü|üncü\w*)?", 3),
        (r"dörd(?:ü|ünü|üncü\w*)?", 4),
        (r"beş(?:i|ini|inci\w*)?", 5),
        (r"altı(?:ncı\w*)?", 6),
        (r"yeddi(?:si|sini|nci\w*)?", 7),
        (r"səkkiz(?:i|ini|inci\w*)?", 8),
        (r"doqquz(?:u|unu|uncu\w*)?", 9),
        (r"on|onuncu\w*", 10),
        (r"iyirmi(?:nci\w*)?", 20),
        (r"otuz(?:uncu\w*)?", 30),
        (r"qırx(?:ıncı\w*)?", 40),
        (r"əlli(?:nci\w*)?", 50),
        (r"altmış(?:ıncı\w*)?", 60),
        (r"yetmiş(?:inci\w*)?", 70),
        (r"səksən(?:inci\w*)?", 80),
        (r"doxsan(?:ıncı\w*)?", 90),
        (r"yüz(?:üncü\w*)?", 100),
    ],
}
VAGUE: Final[dict[str, list[tuple[str, float]]]] = {
    "en": [
        (r"one|ones|first|firstly|once|single|a", 1),
        (r"both|twice|double|doubled|couple|pair|secondly|second|seconds", 2),
        (r"decades?", 10),
        (r"century|centuries|hundreds", 100),
        (r"triple|tripled|thrice", 3),
        (r"dozens?", 12),
        (r"hal(?:f|ves)", 0.5),
        (r"quarters?", 0.25),
        (r"zero|no", 0),
    ],
    "ru": [
        (r"од(?:ин|на|но|ного|ной|ному|ну|ним|ном|ни|них|ними)|перв\w{2,3}|единственн\w{2,3}", 1),
        (
            r"об(?:а|е|оих|еих)|дважды|пар[ауы]|вдвое|двойн\w{2,3}|двукратн\w{2,3}|двухлетн\w{2,3}",
            2,
        ),
        (r"трижды|втрое|тройн\w{2,3}|трехлетн\w{2,3}", 3),
        (r"десят(?:ок|ки|ка|ков|ками)", 10),
        (r"дюжин\w?", 12),
        (r"пол|половин\w|полу\w+", 0.5),
        (r"полтор[аы]|полутора", 1.5),
        (r"четверть|четверти", 0.25),
        (r"сотн[яию]|сотен|сотни", 100),
        (r"ноль|нуль|ноля|нуля", 0),
    ],
    "hy": [
        (r"մեկ\w{0,4}|մի|առաջին\w{0,3}|միակ", 1),
        (r"երկուս\w{0,4}|կրկնակի|զույգ\w{0,3}|երկակի", 2),
        (r"եռակի", 3),
        (r"տասնյակ\w{0,5}", 10),
        (r"կես\w{0,3}", 0.5),
        (r"քառորդ\w{0,3}", 0.25),
        (r"հարյուրավոր", 100),
        (r"զրո\w{0,3}", 0),
    ],
    "az": [
        (r"bir(?:i|inci\w*|ini|inin)?|ilk|tək", 1),
        (r"hər(?:iki)|cüt\w{0,3}|ikiqat", 2),
        (r"üçqat", 3),
        (r"onlarla|onlarca", 10),
        (r"yarı\w{0,3}|yarım\w{0,3}", 0.5),
        (r"rüb\w{0,3}", 0.25),
        (r"yüzlər\w{0,3}", 100),
        (r"minlər\w{0,4}", 1000),
        (r"milyonlar\w{0,4}", 1e6),
        (r"milyardlar\w{0,4}", 1e9),
        (r"onillik\w{0,4}", 10),
        (r"əsr\w{0,4}", 100),
        (r"sıfır\w{0,3}", 0),
    ],
}
_HY_UNITS: Final = "մեկ երկու երեք չորս հինգ վեց յոթ ութ ինը|ինն".split()
_HY_ORDINALS: Final = (
    "մեկ երկրորդ երրորդ չորրորդ հինգերորդ վեցերորդ յոթերորդ ութերորդ իններորդ".split()
)
_HY_TENS: Final = "տասն?ը? քսան երեսուն քառասուն հիսուն վաթսուն յոթանասուն ութսուն իննսուն".split()
_HY_SUFFIX: Final = "(?:երորդ)?(?:ը|ն|ի|ին|ից|ով|ում|ական|ամյա|ամյակ)?(?:ը|ն|ի|ին)?"


def _armenian() -> list[tuple[str, float]]:
    """Armenian glues its compounds: քսանհինգ is twenty-five."""
    plain = list(zip(_HY_UNITS, _HY_ORDINALS, range(1, 10), strict=True))
    rows: list[tuple[str, float]] = []
    for units, ordinal, value in plain[1:]:
        rows.append((f"(?:{units}|{ordinal}){_HY_SUFFIX}", value))
    for tens, ten in zip(_HY_TENS, range(10, 100, 10), strict=True):
        rows.append((tens + _HY_SUFFIX, ten))
        for units, ordinal, value in plain:
            rows.append((f"{tens}(?:{units}|{ordinal}){_HY_SUFFIX}", ten + value))
    rows.append((f"հարյուր{_HY_SUFFIX}", 100))
    return rows


def _part(value: float, language: str) -> Part:
    if value < 10:
        return Part.UNIT
    if value < 20 and not (language == "az" and value == 10):  # on iki is twelve
        return Part.TEEN
    return Part.TEN if value < 100 else Part.HUNDRED


def _rows(language: str) -> list[tuple[str, NumberWord]]:
    """All words of a language, in the order in which they are tried."""
    cardinals = _armenian() if language == "hy" else CARDINALS.get(language, [])
    rows = [(form, NumberWord(value, Part.SCALE)) for form, value in SCALES.get(language, [])]
    rows += [(form, NumberWord(value, _part(value, language))) for form, value in cardinals]
    for month, form in enumerate(MONTHS.get(language, "").split(), start=1):
        rows.append((form, NumberWord(month, Part.MONTH)))
    if language in PERCENTS:
        rows.append((PERCENTS[language], NumberWord(0, Part.PERCENT)))
    for form, value in VAGUE.get(language, []):
        rows.append((form, NumberWord(value, Part.VAGUE, vague=True)))
    return rows


@lru_cache(maxsize=8)
def _table(language: str) -> tuple[re.Pattern[str], list[NumberWord]] | None:
    rows = _rows(language)
    if not rows:
        return None
    one = "|".join(f"({form})" for form, _ in rows)
    return re.compile(one), [word for _, word in rows]


@lru_cache(maxsize=1 << 14)
def number_word(word: str, language: str) -> NumberWord | None:
    """What a lower-cased word stands for, None if it is no number word of that language."""
    table = _table(language)
    if table is None:
        return None
    pattern, words = table
    match = pattern.fullmatch(word.replace("ё", "е"))
    return None if match is None or match.lastindex is None else words[match.lastindex - 1]
