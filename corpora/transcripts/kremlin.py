"""Pages of the Kremlin site, as copied text or HTML, in English or Russian.

A document starts with its title, a summary, the date, the time (HH:MM) and the place, and ends with
lists of places, topics and persons and the publication status. Any number of them may follow each
other; "See also" blocks, photo counters and menus may stand anywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.corpora.transcripts import furniture
from trilogue.corpora.transcripts.assembly import Assembly, Reading
from trilogue.corpora.transcripts.dates import (
    parse_date,
    parse_date_and_time,
    parse_dateline,
    parse_time,
)
from trilogue.corpora.transcripts.directions import whole_line
from trilogue.corpora.transcripts.labels import Label, find_labels
from trilogue.corpora.transcripts.language import detect_language
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.wrapping import rejoin
from trilogue.corpora.types import BlockKind

ATTRIBUTION: Final = "President of Russia, kremlin.ru"
_OF_THE_SITE: Final = re.compile(
    r"kremlin\.ru|The Kremlin, Moscow|Novo-Ogaryovo|Vladimir Putin|Dmitry Medvedev|Москва, Кремль"
    r"|Ново-Огар[её]во|Владимир\w* Путин|Дмитри\w+ Медведев|В\. ?Путин|Д\. ?Медведев"
)
_SPOKEN: Final = re.compile(
    r"\b(?:I|I[’']\w+|we|you|our|us|my|me|your|я|мы|вы|нам|нас|наш\w*|мне|меня|ваш\w*|вас|вам)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"(?:Beginning|Start|Opening|Excerpts?|Transcript|Part|Fragments?|Начало|Выдержки"
    r"|Стенограмма)\b"
)
_MARK_OF_SITE: Final = re.compile(
    r"See also|Geography|Topics|Persons|Text version\w*|<…>|\d+ of \d+|Смотрите также|География"
    r"|Темы|Лица"
)
_STAMP: Final = re.compile(r"(?:Publication date|updated at|Дата публикации|обновлено):?$", re.I)
_TOP: Final = 40
_MARKS: Final = ("title", "summary", "date", "time", "place")
_NUMBER_OF_SUMMARY_LINES: Final = 6


@dataclass(frozen=True, slots=True)
class _Head:
    """Indices into the lines: where a document starts, its title, its date line, its body."""

    start: int
    title: int | None
    dated: int | None
    body: int


def sniff(page: Page) -> float:
    """1 if a head and a footer of the site are there, less for one of them."""
    lines = [line for line in page.lines if line.text]
    if any(line.hint == "date" for line in lines) and any(line.hint == "title" for line in lines):
        return 1.0
    heads = len(_dated(lines))
    feet = sum(furniture.STATUS.fullmatch(line.text) is not None for line in lines)
    return 0.95 if heads and feet else 0.8 if heads else 0.5 if feet > 1 else 0.0


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One reading a document; without any head the whole page is one.

    :param speaker: whose words stand before the first label of each document.
    """
    lines = rejoin([line for line in _spread(page.lines)])
    heads = _heads(lines)
    readings = []
    for index, head in enumerate(heads):
        end = heads[index + 1].start if index + 1 < len(heads) else len(lines)
        readings.append(_Document(lines, head, end, page, speaker).read())
    return readings


def _spread(lines: Sequence[Line]) -> list[Line]:
    """Lines with the site's glue undone: nothing is joined to a line of the head or the footer."""
    return [
        Line(line.number, line.text, line.bold, line.hint or "furniture?", line.width, line.indent)
        if furniture.reason(line.text)
        or furniture.SEE_ALSO.fullmatch(line.text)
        or _is_date(line)
        or line.text.casefold() in furniture.HEADINGS
        or parse_time(line.text)
        else line
        for line in lines
    ]


def _is_date(line: Line) -> bool:
    return len(line.text) < 60 and line.text[-1:] != "." and any(parse_date_and_time(line.text))


def _dated(lines: Sequence[Line]) -> list[int]:
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
    if not any(_MARK_OF_SITE.fullmatch(line.text) for line in lines):
        return []
    top = [
        i for i, line in enumerate(lines[:_TOP]) if len(line.text) < 40 and parse_date(line.text)
    ]
    return [i for i in top if i and not furniture.SEE_ALSO.fullmatch(lines[max(0, i - 2)].text)][:1]


def _heads(lines: Sequence[Line]) -> list[_Head]:
    dated = _dated(lines)
    hinted = next((i for i, line in enumerate(lines) if line.hint == "title"), None)
    if hinted is not None:
        return [_hinted_head(lines, hinted, dated)]
    if not dated:
        return [_Head(0, None, None, 0)]
    heads: list[_Head] = []
    floor = 0
    for date in dated:
        start = _start(lines, floor, date) if heads else 0
        heads.append(_Head(start, _title(lines, start, date), date, _body(lines, date)))
        floor = heads[-1].body
    return heads


def _hinted_head(lines: Sequence[Line], title: int, dated: Sequence[int]) -> _Head:
    """The head of a page that marks its parts; a page is one document."""
    marked = [i for i, line in enumerate(lines) if line.hint in _MARKS]
    date = next((i for i in marked if lines[i].hint == "date"), None)
    if date is None:
        date = next((i for i in dated if i > title), None)
    bodies = [max(marked) + 1] + ([_body(lines, date)] if date is not None else [])
    return _Head(0, title, date, max(bodies))


def _start(lines: Sequence[Line], floor: int, date: int) -> int:
    """Where the head of a later document starts: behind the footer of the one before."""
    for index in range(date - 1, floor - 1, -1):
        if furniture.STATUS.fullmatch(lines[index].text):
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


class _Document:
    """Reads one document; ``at`` is the line that comes next."""

    def __init__(
        self, lines: Sequence[Line], head: _Head, end: int, page: Page, speaker: str | None
    ) -> None:
        self.lines, self.head, self.end, self.page = lines, head, end, page
        self.speaker = speaker
        self.assembly = Assembly()
        self.assembly.warnings.extend(page.warnings)
        self.aside = False  # behind "* * *": speech may be over
        self.over = False  # behind the publication status: the document is over
        self.labels: dict[int, Label] = {}
        self.tail = end

    def read(self) -> Reading:
        self._read_head()
        own = range(self.head.body, self.end)
        known = [self.assembly.fields.get(name) or "" for name in ("title", "summary")]
        free = [i for i in own if self.lines[i].hint in ("", "heading")]
        found = find_labels([self.lines[i] for i in free], known=_names(" ".join(known)))
        self.labels = {free[index]: label for index, label in found.items()}
        self.tail = self._tail()
        at = self.head.body
        while at < self.end:
            at = self._read_line(at)
        self._set_terms()
        spoken = "\n".join(line.text for line in self.lines[self.head.start : self.end])
        return self.assembly.finish(self.page.name, language=detect_language(spoken))

    def _tail(self) -> int:
        """Where menus start that stand behind the text: no sentence and no label follows them."""
        last = self.end
        while last > self.head.body and last - 1 not in self.labels:
            text = self.lines[last - 1].text
            if re.search(r"[.!?…:>)\]”\"*]$", text) and furniture.reason(text) is None:
                break
            last -= 1
        menus = [i for i in range(last, self.end) if furniture.reason(self.lines[i].text) == "menu"]
        return menus[0] if menus else self.end

    def _read_head(self) -> None:
        head, page = self.head, self.assembly
        for index in range(head.start, head.body):
            line = self.lines[index]
            if line.hint.startswith("left"):
                page.leave_out(line, "page furniture")
            elif index == head.title:
                page.block(line, BlockKind.TITLE)
                page.fields["title"] = line.text
            elif line.hint == "summary":
                self._read_summary(line)
            elif line.hint == "caption":
                page.block(line, BlockKind.CAPTION)
            elif line.hint in ("date", "time", "place") or (
                head.dated is not None and index >= head.dated
            ):
                self._read_dateline(line, index)
            elif furniture.reason(line.text) or head.title is None or index < head.title:
                page.leave_out(line, furniture.reason(line.text) or "before the title")
            else:
                self._read_summary(line)

    def _read_summary(self, line: Line) -> None:
        before = self.assembly.fields.get("summary")
        self.assembly.block(line, BlockKind.SUMMARY)
        self.assembly.fields["summary"] = f"{before} {line.text}" if before else line.text

    def _read_dateline(self, line: Line, index: int) -> None:
        if index == self.head.dated:
            found = zip(("date", "time", "place"), parse_dateline(line.text), strict=True)
            fields = {name: value for name, value in found if value}
            self.assembly.metadata(line, "date", **fields)
        elif (alone := parse_time(line.text)) and "time" not in self.assembly.fields:
            self.assembly.metadata(line, "time", time=alone)
        else:
            self.assembly.metadata(line, "place", place=line.text)

    def _read_line(self, at: int) -> int:
        """Take the line at ``at`` and what belongs to it; returns the line behind."""
        line, page = self.lines[at], self.assembly
        why = furniture.reason(line.text)
        if why == "licence":
            page.metadata(line, "licence")
        elif line.hint == "left":
            page.leave_out(line, "page furniture")
        elif line.hint == "caption" and why:
            page.leave_out(line, why)
        elif line.hint in ("caption", "summary", "date", "time", "place"):
            self._read_hinted(line)
        elif furniture.SEE_ALSO.fullmatch(line.text):
            return self._read_see_also(at)
        elif line.text.casefold() in furniture.HEADINGS and self._in_footer(at):
            return self._read_list(at)
        elif why:
            page.leave_out(line, why)
            self.over = self.over or why == "publication status"
            if why == "photo counter" and self._is_caption(at + 1):
                page.block(self.lines[at + 1], BlockKind.CAPTION)
                return at + 2
        elif at in self.labels:
            page.speaker(line, self.labels[at])
            self.aside = self.over = False
        elif line.hint == "left?" or self.over or at >= self.tail:
            page.leave_out(line, "page furniture")
        else:
            self._read_text(line)
        return at + 1

    def _read_hinted(self, line: Line) -> None:
        if line.hint == "caption":
            self.assembly.block(line, BlockKind.CAPTION)
        elif line.hint == "summary":
            self.assembly.block(line, BlockKind.SUMMARY)
        else:
            self.assembly.leave_out(line, f"{line.hint} again")

    def _read_text(self, line: Line) -> None:
        page, kind = self.assembly, whole_line(line.text)
        if kind is not None:
            page.block(line, kind)
            self.aside = self.aside or (kind is BlockKind.DIRECTION and "*" in line.text)
        elif not page.turns and self.speaker is not None:
            page.speaker(line, Label(self.speaker, 0))
        elif not page.turns or (self.aside and not _SPOKEN.search(line.text)):
            page.block(line, BlockKind.PROSE)
        else:
            page.block(line, BlockKind.SPEECH)
            self.aside = False

    def _read_see_also(self, at: int) -> int:
        """The heading, and pairs of a title and a date (without a time)."""
        self.assembly.leave_out(self.lines[at], "see also")
        at += 1
        while at + 1 < self.end and at not in self.labels:
            ahead = next(
                (n for n in (1, 2) if at + n < self.end and _is_date(self.lines[at + n])), 0
            )
            if not ahead or any(at + n in self.labels for n in range(ahead)):
                break
            for _ in range(ahead + 1):
                self.assembly.leave_out(self.lines[at], "see also")
                at += 1
        return at

    def _in_footer(self, at: int) -> bool:
        """A heading of the footer: only short lines follow, up to the publication status."""
        for line in self.lines[at + 1 : self.end]:
            if furniture.STATUS.fullmatch(line.text):
                return True
            if len(line.text) > 80 or line.text.endswith("."):
                return False
        return True

    def _read_list(self, at: int) -> int:
        field = furniture.HEADINGS[self.lines[at].text.casefold()]
        self.assembly.metadata(self.lines[at], f"heading of {field}")
        items, at = [], at + 1
        while at < self.end:
            text = self.lines[at].text
            if text.casefold() in furniture.HEADINGS or furniture.reason(text):
                break
            self.assembly.metadata(self.lines[at], field)
            items.append(_turned(text) if field == "persons" else text)
            at += 1
        self.assembly.fields[field] = (*self.assembly.fields.get(field, ()), *items)
        return at

    def _is_caption(self, at: int) -> bool:
        if at >= self.end or at in self.labels or self.assembly.turns:
            return False
        text = self.lines[at].text
        return len(text) < 400 and not furniture.reason(text) and whole_line(text) is None

    def _set_terms(self) -> None:
        """Licence, attribution and address, if the page says whose it is."""
        fields = self.assembly.fields
        text = "\n".join(line.text for line in self.lines[self.head.start : self.end])
        named = furniture.SPDX.search(text)
        fields["url"] = self.page.url
        if named:
            fields["licence"] = named.group(1)
        elif _OF_THE_SITE.search(text) or "kremlin.ru" in (self.page.url or ""):
            fields["licence"], fields["attribution"] = "CC-BY-4.0", ATTRIBUTION
        elif furniture.CREATIVE.search(text):
            fields["licence"] = "CC-BY-4.0"


def _turned(name: str) -> str:
    """The site lists surnames first: "Lugovoy Timofei" is Timofei Lugovoy."""
    words = name.split()
    return f"{words[1]} {words[0]}" if len(words) == 2 else name


def _names(text: str) -> list[str]:
    """Runs of two or more capitalised words: the names in a title or a summary."""
    return re.findall(r"[^\W\d_a-zа-яё][\w’-]+(?: [^\W\d_a-zа-яё][\w’-]+)+", text)
