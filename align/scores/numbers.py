"""Numbers, percentages and dates: read in four languages, matched across two.

"3.9 percent", «3,9%», «3,9 տոկոս» and «3,9 faiz» are one number, "48,000" and «48 тыс.» another,
"January 11, 2021" and «11.01.2021» the same three.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final, NamedTuple

from trilogue.align.scores.number_words import NumberWord, Part, number_word
from trilogue.align.scores.text import Telling, lower


class Firmness(IntEnum):
    """How sure it is that the other side must have the number too."""

    VAGUE = 0  # "one", "first", "half", "thousands": may match, need not
    WORDS = 1  # "three", "twenty-five", "March"
    DIGITS = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    :ivar text: as it is printed.
    :ivar values: its readings; "4,800" in Russian is 4.8 or 4,800.
    :ivar parts: what it is made of, if it may be a date, a clock time or a version.
    :ivar percent: followed by a percent sign or word.
    """

    text: str
    values: frozenset[float]
    firmness: Firmness
    parts: frozenset[float] = frozenset()
    percent: bool = False


_VERBS: Final = frozenset({"may", "march"})
"""In lower case they are no months."""
_SPACES: Final = "\u0020\u00a0\u202f\u2009"
_FIGURE: Final = re.compile(
    rf"(?P<grouped>(?<![\d.,])\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?![\d])(?:[.,]\d+)?)"
    r"|(?P<plain>\d+(?:[.,]\d+)*)(?::00(?!\d))?"  # full hours are told without minutes, too
    r"|(?P<percent>[%٪])"
    r"|(?P<roman>(?<![^\W_])[IVXL]{2,7}(?![^\W_])|(?<![^\W_])[VX](?=\s+(?:век|դար|əsr|centur)))"
)
_START: Final = re.compile(r"[\d%٪IVXL](?:(?<=[\d%٪])|[IVXL]|(?<=[VX])\b)")
"""Where a figure may start. A pattern that begins with one set of letters is searched for fast."""
_WORDS: Final = re.compile(r"[^\W\d_]+")
_YEAR: Final = re.compile(r"(?:-?(?:c[iıuü]|го|м|й|е|х)\b|-?ական)")
"""What follows a year of two digits: "90-cı il", «в 90-м»."""
_MILLIONS: Final = re.compile(r"m\b")
_HALF_DAY: Final = re.compile(r"\s?(?::\d\d)?\s?p\.?\s?m\b", re.IGNORECASE)
_DECADE: Final = re.compile(r"['’]?s\b")
_CENTURY: Final = re.compile(r"(?<!\d)(\d\d)\d\d[-–—/]$")
"""What stands before the second year of 2013–14."""
_RANGE: Final = re.compile(r"[\s–—-]{0,3}[^\W\d]{0,6}[\s–—-]{1,3}")
"""What stands between the numbers of "12 to 16 thousand", «600–700 тысяч», «12-ից 16 հազար»."""
_SUFFIX: Final = re.compile(r"-[^\W\d]{1,3}")
"""The ending of a number: «49-ти тысячам»."""
_FACTORS: Final = {
    "mi": (1.609,),
    "mp": (1.609,),
    "fe": (0.3048, 30.48),
    "fo": (0.3048, 30.48),
    "ft": (0.3048, 30.48),
    "in": (2.54,),
    "ya": (0.9144,),
    "po": (0.4536,),
    "lb": (0.4536,),
    "ou": (28.35,),
    "ac": (0.4047,),
    "ga": (3.785,),
    "na": (1.852,),
    "fa": (),
    "de": (),
    "°": (),
}
"""First letters of a unit → kilometres of a mile, metres and centimetres of a foot, centimetres of
an inch, metres of a yard, kilograms of a pound, grams of an ounce, hectares of an acre, litres of a
gallon, kilometres of a nautical mile; degrees have no factor."""
_IMPERIAL: Final = re.compile(
    r"\b(?:(mi)les?|(mp)h|(fe)et|(fo)ot|(ft)|(in)ch(?:es)?|(ya)rds?|(po)unds?|(lb)s?|(ou)nces?"
    r"|(ac)res?|(ga)llons?|(na)utical|(fa)hrenheit|(de)grees?)\b|(°)\s?F",
    re.IGNORECASE,
)
_TOLERANCE: Final = 0.06
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_JOINS: Final = frozenset({"", " ", "-", "\u00a0", "\u2011", " and ", " և ", " и "})


def numbers_in(text: str, language: str, words: Iterable[str] | None = None) -> list[Number]:
    """The numbers of a text, in its order.

    :param text: without invisible characters (``text.visible``).
    :param words: its words in lower case, if the caller has them.
    :param language: "en", "ru", "hy", "az"; of any other only digits are read.
    """
    first = _START.search(text)
    if words is None:
        words = _WORDS.findall(lower(text))
    elif first:  # a figure may be glued to a word
        words = chain.from_iterable(map(_WORDS.findall, words))
    figures = _figures(text, first)
    told = dict(_number_words(language)(words))
    if not told:
        return _read(figures, text, language) if figures else []
    return _read(sorted(figures + _places(text, told)), text, language)


class _Token(NamedTuple):
    """A figure or a number word, where it stands in a text.

    :ivar kind: a group of ``_FIGURE``, or "word".
    """

    start: int
    end: int
    kind: str
    printed: str
    word: NumberWord | None = None


def _figures(text: str, start: re.Match[str] | None) -> list[_Token]:
    """The figures of a text.

    :param start: where the first may start.
    """
    found = []
    while start is not None:
        at = start.start() + 1
        if (match := _FIGURE.match(text, start.start())) is not None:
            at, kind = match.end(), match.lastgroup or ""
            found.append(_Token(match.start(), at, kind, match[kind]))
        start = _START.search(text, at)
    return found


def _places(text: str, told: Mapping[str, NumberWord | None]) -> list[_Token]:
    """Where words stand in a text, as whole words; a digit before or after is no part of one."""
    lowered = lower(text)
    found = []
    for form, word in told.items():
        at = lowered.find(form)
        while at >= 0:
            end = at + len(form)
            printed = text[at:end]
            if not _is_letter(lowered, at - 1) and not _is_letter(lowered, end):
                if printed not in _VERBS:
                    found.append(_Token(at, end, "word", printed, word))
            at = lowered.find(form, end)
    return found


def _is_letter(text: str, at: int) -> bool:
    letter = text[at : at + 1] if at >= 0 else ""
    return letter.isalnum() and not letter.isdecimal()


@lru_cache(maxsize=8)
def _number_words(language: str) -> Telling[NumberWord | None]:
    return Telling(lambda word: number_word(word, language))


def _read(tokens: Sequence[_Token], text: str, language: str) -> list[Number]:
    """The numbers of a text out of its figures and number words."""
    found: list[Number] = []
    words: list[tuple[int, int, NumberWord]] = []
    scaled = -1  # where the last number in digits ends
    between = ""  # what stands between it and the one before
    for start, end, kind, token, word in tokens:
        if word is not None:
            gap = text[scaled:start] if scaled >= 0 else None
            if word.part is Part.PERCENT:
                _mark_percent(found, words, text, start)
            elif word.part is Part.SCALE and gap is not None and found and _joins(gap):
                found[-1] = _scale(found[-1], word.value, text[scaled:end])
                if len(found) > 1 and _RANGE.fullmatch(between):
                    found[-2] = _also_scaled(found[-2], word.value)
                scaled = end
            else:
                words.append((start, end, word))
            continue
        found += _written(words, text)
        words = []
        if kind == "percent":
            if found and text[scaled:start].strip() == "":
                found[-1] = replace(found[-1], percent=True)
            continue
        if kind == "roman":
            found.append(Number(token, frozenset({_roman(token)}), Firmness.VAGUE))
            continue
        between = text[scaled:start] if scaled >= 0 else ""
        scaled, before = end, text[max(0, start - 5) : start]
        found.append(_digits(token, before, text[scaled : scaled + 8], language))
    return found + _written(words, text)


def _joins(gap: str) -> bool:
    """Whether a scale after this belongs to the number before it: «49-ти тысячам»."""
    ending = _SUFFIX.match(gap)
    return (gap if ending is None else gap[ending.end() :]) in _JOINS


def unmatched(
    source: Sequence[Number], target: Sequence[Number], *, units: frozenset[str] = frozenset()
) -> tuple[list[Number], list[Number]]:
    """The numbers of each side that the other has not, vague ones left out.

    :param units: that may have been converted (``imperial_units`` of the source): "80 miles" is
        «128 км» then.
    """
    if not source and not target:
        return [], []
    missing, extra = _missing(source, target), _missing(target, source)
    if units and missing and extra:
        pairs = [
            (one, other) for one in missing for other in extra if _converted(one, other, units)
        ]
        missing = [one for one in missing if all(one is not pair[0] for pair in pairs)]
        extra = [other for other in extra if all(other is not pair[1] for pair in pairs)]
    return missing, extra


def imperial_units(text: str) -> frozenset[str]:
    """The units of an English text that translators convert, by their first letters."""
    return frozenset(
        match[match.lastindex].lower() for match in _IMPERIAL.finditer(text) if match.lastindex
    )


def _converted(number: Number, other: Number, units: frozenset[str]) -> bool:
    for value in number.values:
        guesses = [value * factor for unit in units for factor in _FACTORS[unit]]
        if not units.isdisjoint(("fa", "de", "°")):
            guesses.append((value - 32.0) / 1.8)
        for found in other.values:
            if any(abs(found - guess) <= _TOLERANCE * abs(guess) for guess in guesses):
                return True
    return False


def _missing(these: Sequence[Number], those: Sequence[Number]) -> list[Number]:
    pool = frozenset[float]().union(*(number.values | number.parts for number in those))
    return [
        number
        for number in these
        if number.firmness > Firmness.VAGUE
        and not number.values & pool
        and not (len(number.parts) > 1 and number.parts <= pool)
    ]


def _digits(token: str, before: str, after: str, language: str) -> Number:
    """A number in digits, with every reading that its separators allow."""
    bare = re.sub(rf"[{_SPACES}'’]", "", token)
    pieces = re.split(r"[.,]", bare)
    parts: frozenset[float] = frozenset()
    if len(pieces) > 1 and all(len(piece) <= 2 for piece in pieces[:-1]) and bare == token:
        if len(pieces) > 2 or len(pieces[-1]) in (2, 4):
            parts = frozenset(float(piece) for piece in pieces)
    values = _readings(bare, pieces, language)
    if len(pieces) == 1:
        value = float(bare)
        if value <= 12 and _HALF_DAY.match(after):
            values |= {value % 12 + 12}
        elif 9 < value < 100 and (_DECADE if language == "en" else _YEAR).match(after):
            values |= {1900 + value, 2000 + value}
        elif len(token) == 2 and before.endswith(("'", "’")):
            values |= {1900 + value, 2000 + value}
        elif len(token) == 2 and (century := _CENTURY.search(before)):
            values |= {float(century[1] + token)}
    elif len(pieces) == 2 and float(pieces[0]) < 13 and _HALF_DAY.match(after):
        hour = int(pieces[0]) % 12 + 12
        values |= {float(f"{hour}.{pieces[1]}"), float(hour)}
        parts |= {float(hour)}
    if language == "en" and _MILLIONS.match(after):
        values |= {value * 1e6 for value in values}
    return Number(token, values, Firmness.DIGITS, parts)


def _readings(bare: str, pieces: list[str], language: str) -> frozenset[float]:
    whole = float("".join(pieces))
    if len(pieces) == 1:
        return frozenset({whole})
    marks = re.findall(r"[.,]", bare)
    grouped = all(len(piece) == 3 for piece in pieces[1:]) and 0 < len(pieces[0]) <= 3
    if len(set(marks)) > 1 or len(pieces) == 2:
        decimal = float("".join(pieces[:-1]) + "." + pieces[-1])
        if len(pieces) > 2:
            return frozenset({decimal})
        if not grouped:
            return frozenset({decimal})
        if language == "en":
            return frozenset({whole if marks[0] == "," else decimal, whole})
        return frozenset({decimal, whole})
    return frozenset({whole})


def _scale(number: Number, scale: float, printed: str) -> Number:
    values = frozenset(round(value * scale, 6) for value in number.values)
    return replace(number, text=number.text + printed, values=values, parts=frozenset())


def _also_scaled(number: Number, scale: float) -> Number:
    """The first number of a range, which may share the scale of the second."""
    values = {round(value * scale, 6) for value in number.values}
    return replace(number, values=number.values | values)


def _mark_percent(
    found: list[Number], words: list[tuple[int, int, NumberWord]], text: str, at: int
) -> None:
    """A percent word makes the number right before it a percentage."""
    if words:
        found += _written(words, text)
        words.clear()
    if found and text[:at].rstrip(_SPACES + "-").endswith(found[-1].text):
        found[-1] = replace(found[-1], percent=True)


def _roman(token: str) -> float:
    total = 0
    for one, following in pairwise([*(_ROMAN[letter] for letter in token), 0]):
        total += -one if one < following else one
    return float(total)


def _written(words: list[tuple[int, int, NumberWord]], text: str) -> list[Number]:
    """Numbers out of a run of number words: what stands side by side is added or multiplied."""
    numbers: list[Number] = []
    run: list[tuple[int, int, NumberWord]] = []
    for item in words:
        if run and not (text[run[-1][1] : item[0]] in _JOINS and _continues(run, item[2])):
            numbers.append(_number(run, text))
            run = []
        run.append(item)
    if run:
        numbers.append(_number(run, text))
    return numbers


def _continues(run: list[tuple[int, int, NumberWord]], word: NumberWord) -> bool:
    last = run[-1][2]
    if word.part is Part.MONTH or last.part is Part.MONTH:
        return False
    if word.part is Part.SCALE or (word.part is Part.HUNDRED and last.part is Part.UNIT):
        return last.value > 0
    if last.part is Part.VAGUE:
        return word.part is Part.HUNDRED
    if word.part is Part.VAGUE:
        return word.value == 1 and last.part is Part.TEN
    return last.part > word.part and last.part is not Part.TEEN


def _number(run: list[tuple[int, int, NumberWord]], text: str) -> Number:
    total = current = 0.0
    for _, _, word in run:
        if word.part is Part.SCALE:
            total += (current or 1.0) * word.value
            current = 0.0
        elif word.part is Part.HUNDRED and 0 < current < 10:
            current *= word.value
        else:
            current += word.value
    first = run[0][2]
    alone = len(run) == 1 and (first.vague or first.part is Part.SCALE or first.value == 100)
    firmness = Firmness.VAGUE if alone else Firmness.WORDS
    return Number(text[run[0][0] : run[-1][1]], frozenset({total + current}), firmness)
