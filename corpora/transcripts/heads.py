"""Where the documents of a Kremlin file start: title, summary, date, time, place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from trilogue.corpora.transcripts import furniture
from trilogue.corpora.transcripts.dates import (
    parse_date_and_time,
    parse_dateline,
    parse_time,
)
from trilogue.corpora.transcripts.finding import find_labels
from trilogue.corpora.transcripts.pages import Line

_PART: Final = re.compile(
    r"(?:Beginning|Start|Opening|Excerpts?|Transcript|Part|Fragments?|Начало|Выдержки"
    r"|Стенограмма)\b"
)
_STAMP: Final = re.compile(r"(?:Publication date|updated at|Дата публикации|обновлено):?$", re.I)
_TOP: Final = 40
_MARKS: Final = ("title", "summary", "date", "time", "place")
PRESIDENT: Final = re.compile(
    r"(?:(?:Acting |Russian )?President (?:of (?:the )?Russian? (?:Federation )?)?"
    r"|Президент России )?"
    r"(?:(?:V(?:ladimir|\.) ?Putin|D(?:mitry|\.) ?Medvedev)|В(?:ладимир |\. ?)Путин"
    r"|Д(?:митрий |\. ?)Медведев)\s*(?:\([^()]*\))?:",
    re.IGNORECASE,
)
_MARK_OF_SITE: Final = re.compile(
    r"See also|Geography|Topics|Persons|Text version\w*|<…>|\d+ of \d+|Смотрите также|География"
    r"|Темы|Лица"
)
_NUMBER_OF_SUMMARY_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class Head:
    """Indices into the lines: where a document starts, its title, its date line, its body."""

    start: int
    title: int | None
    dated: int | None
    body: int


def spread(lines: Sequence[Line]) -> list[Line]:
    """Lines with the site's glue undone: nothing is joined to a line of the head or the footer."""
    return [
        replace(line, hint=line.hint or "furniture?")
        if furniture.reason(line.text)
        or furniture.SEE_ALSO.fullmatch(line.text)
        or is_date(line)
        or line.text.casefold() in furniture.HEADINGS
        or parse_time(line.text)
        else line
        for line in lines
    ]


def is_date(line: Line) -> bool:
    return len(line.text) < 60 and line.text[-1:] != "." and any(parse_date_and_time(line.text))


def dated_lines(lines: Sequence[Line]) -> list[int]:
    """Indices of date lines that have their time with them: heads of documents."""
    found = []
    for index, line in enumerate(lines):
        stamp = index > 0 and _STAMP.search(lines[index - 1].text) is not None
        if line.hint.startswith("left") or len(line.text) > 120 or stamp:
            continue
        date, time, _ = parse_dateline(line.text)
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if date and (time or (len(following) < 20 and parse_time(following))):
            found.append(index)
    return found or _dated_at_top(lines)


def _dated_at_top(lines: Sequence[Line]) -> list[int]:
    """A date without a time, among the first lines of a page that has marks of the site."""
    marks = (_MARK_OF_SITE.fullmatch(line.text) or PRESIDENT.match(line.text) for line in lines)
    if not any(marks):
        return []
    first = min(find_labels(lines[:_TOP]), default=_TOP)
    top = [
        i
        for i, line in enumerate(lines[:first])
        if len(line.text) < 80 and parse_dateline(line.text)[0]
    ]
    return [i for i in top if i and not furniture.SEE_ALSO.fullmatch(lines[max(0, i - 2)].text)][:1]


def find_heads(lines: Sequence[Line]) -> list[Head]:
    dated = dated_lines(lines)
    hinted = next((i for i, line in enumerate(lines) if line.hint == "title"), None)
    if hinted is not None:
        return [_hinted_head(lines, hinted, dated)]
    if not dated:
        return [Head(0, None, None, 0)]
    heads: list[Head] = []
    floor = 0
    for date in dated:
        start = _start(lines, floor, date) if heads else 0
        heads.append(Head(start, _title(lines, start, date), date, _body(lines, date)))
        floor = heads[-1].body
    return heads


def _hinted_head(lines: Sequence[Line], title: int, dated: Sequence[int]) -> Head:
    """The head of a page that marks its parts; a page is one document."""
    marked = [i for i, line in enumerate(lines) if line.hint in _MARKS]
    date = next((i for i in marked if lines[i].hint == "date"), None)
    if date is None:
        date = next((i for i in dated if i > title), None)
    bodies = [max(marked) + 1] + ([_body(lines, date)] if date is not None else [])
    return Head(0, title, date, max(bodies))


def _start(lines: Sequence[Line], floor: int, date: int) -> int:
    """Where the head of a later document starts: behind the footer of the one before."""
    for index in range(date - 1, floor - 1, -1):
        text = lines[index].text
        if furniture.STATUS.fullmatch(text) or furniture.SOURCE.fullmatch(text):
            return index + 1
    return _title_before(lines, floor, date)


def _title_before(lines: Sequence[Line], floor: int, date: int) -> int:
    """The nearest line in front of the date that is no sentence; what is between is the summary."""
    lowest = max(floor, date - 1 - _NUMBER_OF_SUMMARY_LINES)
    for index in range(date - 1, lowest - 1, -1):
        if not re.search(r"[.!…:;,]$", lines[index].text) and not furniture.reason(
            lines[index].text
        ):
            return index
    return max(lowest, date - 1)


def _title(lines: Sequence[Line], start: int, date: int) -> int | None:
    own = [i for i in range(start, date) if furniture.reason(lines[i].text) is None]
    if not own:
        return None
    run = own[-1:]
    while len(run) < len(own) and run[0] - 1 == own[-len(run) - 1]:
        run.insert(0, own[-len(run) - 1])
    return run[0] if len(run) <= 4 else _title_before(lines, start, date)


def _body(lines: Sequence[Line], date: int) -> int:
    """The line behind date, time and place."""
    index = date + 1
    if index < len(lines) and parse_time(lines[index].text):
        index += 1
    return index + 1 if index < len(lines) and _is_place(lines, index) else index


def _is_place(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    if lines[index].hint == "place":
        return True
    if len(text) > 80 or re.search(r"[.:!?…]$", text) or not text[:1].isupper():
        return False
    if furniture.reason(text) or _PART.match(text) or ":" in text:
        return False
    return len(text.split()) <= 9
