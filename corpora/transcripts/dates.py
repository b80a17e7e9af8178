"""Dates, times and places as transcripts print them."""

import re
from typing import Final

_MONTHS: Final = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի "
        "նոյեմբերի դեկտեմբերի",
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    )
    for number, name in enumerate(names.split(), start=1)
}
_SHORT: Final = {name[:3]: number for name, number in _MONTHS.items() if name.isascii()}
_MONTH_FIRST: Final = re.compile(r"(\w+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s+(\w+)\.?,?\s+(\d{4})(?:\s*(?:года|г\.|թ\.|թվական|il))?"
)
_DIGITS: Final = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
_DATELINE: Final = re.compile(
    r"(?P<date>\w+ \d{1,2}, \d{4}|\d{1,2} \w+ \d{4}(?: года)?)(?:,\s+|\s+(?:[-–—|]\s+)?)"
    r"(?P<time>\d{1,2}:\d{2})(?:,\s+|\s+(?:[-–—|]\s+)?)(?P<place>.{2,80})"
)
_PLACE_LAST: Final = re.compile(
    r"(?P<date>[^\W\d]+ \d{1,2}, \d{4}|\d{1,2} [^\W\d]+ \d{4}(?: года)?), "
    r"(?P<place>[^\W\d][^\d:.]{2,78})"
)
_PLACE_FIRST: Final = re.compile(
    r"(?P<place>[^\W\d][^\d:.]{2,58}), (?P<date>[^\W\d]+ \d{1,2}, \d{4}|\d{1,2} [^\W\d]+ \d{4})"
)
_WEEKDAY: Final = re.compile(r"^[^\W\d_]+day,?\s+", re.IGNORECASE)
_TIME: Final = re.compile(
    r"(?P<h>[01]?\d|2[0-3])(?:[:.](?P<m>[0-5]\d)|(?=\s*[ap]\.?m))\s*(?P<half>[ap]\.?m\.?)?\s*"
    r"(?:[A-Z]{2,4}|hours|\(?Moscow time\)?)?",
    re.IGNORECASE,
)


def parse_date(text: str) -> str | None:
    """ISO 8601 of a text that is a date and nothing else, None if it is not."""
    text = _WEEKDAY.sub("", text.strip().rstrip("."))
    if found := _MONTH_FIRST.fullmatch(text):
        name, day, year = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, name, year = found.groups()
    elif found := _DIGITS.fullmatch(text):
        day, month, year = found.groups()
        return _iso(int(year), int(month), int(day))
    elif found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        return _iso(int(year), int(month), int(day))
    else:
        return None
    name = name.casefold()
    number = _MONTHS.get(name) or (_SHORT.get(name) if len(name) in (3, 4) else None)
    return _iso(int(year), number, int(day)) if number else None


def _iso(year: int, month: int, day: int) -> str | None:
    if 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04}-{month:02}-{day:02}"
    return None


def parse_time(text: str) -> str | None:
    """HH:MM of a text that is a time of day and nothing else."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, half = int(found["h"]), (found["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{found['m'] or '00'}"


def find_date(text: str) -> str | None:
    """The first date that stands in a text."""
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        for found in pattern.finditer(text):
            if date := parse_date(found.group()):
                return date
    return None


def parse_dateline(text: str) -> tuple[str | None, str | None, str | None]:
    """Date, time and place of "June 3, 2014, 13:45, Sochi" or of "Sochi, June 3, 2014".

    Time or place may be missing and are None then; all three are if the text is anything else.
    """
    date, time = parse_date_and_time(text)
    if date:
        return date, time, None
    alone = _PLACE_LAST.fullmatch(text)
    if alone and (date := parse_date(alone["date"])):
        return date, None, alone["place"]
    if (late := _PLACE_FIRST.fullmatch(text)) and (date := parse_date(late["date"])):
        return date, None, late["place"]
    found = _DATELINE.fullmatch(text)
    if found and (date := parse_date(found["date"])) and (time := parse_time(found["time"])):
        return date, time, found["place"]
    return None, None, None


def parse_date_and_time(text: str) -> tuple[str | None, str | None]:
    """Date and time of one line, as "January 11, 2021, 18:20"; either may be missing."""
    head, comma, tail = text.rpartition(",")
    if " - " in text or " – " in text:
        head, comma, tail = re.split(r"( [-–] )", text, maxsplit=1)
    if comma and (time := parse_time(tail)) and (date := parse_date(head)):
        return date, time
    return parse_date(text), None
