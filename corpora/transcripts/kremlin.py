"""Pages of the Kremlin site, as copied text or HTML, in English or Russian.

A document starts with its title, a summary, the date, the time (HH:MM) and the place, and ends with
lists of places, topics and persons and the publication status. Any number of them may follow each
other; "See also" blocks, photo counters and menus may stand anywhere.
"""

import re
from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts import furniture
from trilogue.corpora.transcripts.assembly import Assembly, Reading
from trilogue.corpora.transcripts.dates import (
    parse_dateline,
    parse_time,
)
from trilogue.corpora.transcripts.directions import whole_line
from trilogue.corpora.transcripts.finding import find_labels
from trilogue.corpora.transcripts.heads import (
    PRESIDENT,
    Head,
    dated_lines,
    find_heads,
    is_date,
    spread,
)
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.language import detect_language
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.wrapping import rejoin
from trilogue.corpora.types import BlockKind

ATTRIBUTION: Final = "President of Russia, kremlin.ru"
_OF_THE_SITE: Final = re.compile(
    r"kremlin\.ru|The Kremlin, Moscow|Novo-Ogaryovo|Vladimir Putin|Dmitry Medvedev|Москва, Кремль"
    r"|Ново-Огар[её]во|Владимир\w* Путин|Дмитри\w+ Медведев|В\. ?Путин|Д\. ?Медведев"
)
_DATE_OF_SITE: Final = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [а-я]+ \d{4} года")
_GLUED: Final = re.compile(
    r".{8,120}?(?:[a-zа-я»”)][A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [а-я]+ \d{4} года)"
)
"""A title and its date that the markup did not part."""
_QUOTED: Final = re.compile(r"[“„«][^“”„«»]*[”»]")
_SPOKEN: Final = re.compile(
    r"\b(?:I|I[’']\w+|we|you|our|us|my|me|your|я|мы|вы|нам|нас|наш\w*|мне|меня|ваш\w*|вас|вам)\b",
    re.IGNORECASE,
)


def sniff(page: Page) -> float:
    """1 if the markup is the site's, less for a head, a footer or a president who speaks."""
    lines = [line for line in page.lines if line.text]
    if any(line.hint == "date" for line in lines) and any(line.hint == "title" for line in lines):
        return 1.0
    heads = dated_lines(lines)
    feet = sum(furniture.STATUS.fullmatch(line.text) is not None for line in lines)
    speaks = any(PRESIDENT.match(line.text) for line in lines)
    if heads and (feet or speaks):
        return 0.97
    if feet > 1 or speaks:
        return 0.8
    opening = "\n".join(line.text for line in lines[: heads[0] + 3]) if heads else ""
    if _OF_THE_SITE.search(opening):
        return 0.6  # others write of the president, too
    return 0.3 if len(heads) > 1 else 0.1 if heads else 0.0


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One reading a document; without any head the whole page is one.

    :param speaker: whose words stand before the first label of each document.
    """
    lines = rejoin([line for line in spread(page.lines)])
    heads = find_heads(lines)
    readings = []
    for index, head in enumerate(heads):
        end = heads[index + 1].start if index + 1 < len(heads) else len(lines)
        readings.append(_Document(lines, head, end, page, speaker).read())
    return readings


class _Document:
    """Reads one document; ``at`` is the line that comes next."""

    def __init__(
        self, lines: Sequence[Line], head: Head, end: int, page: Page, speaker: str | None
    ) -> None:
        self.lines, self.head, self.end, self.page = lines, head, end, page
        self.speaker = speaker
        self.assembly = Assembly()
        self.assembly.warnings.extend(page.warnings)
        self.told = False  # behind "* * *": told, not said
        self.over = False  # behind the publication status: the document is over
        self.labels: dict[int, Label] = {}
        self.tail = end
        self.footers: set[int] = set()
        self.asides: set[int] = set()

    def read(self) -> Reading:
        self._read_head()
        own = range(self.head.body, self.end)
        known = [self.assembly.fields.get(name) or "" for name in ("title", "summary")]
        free = [i for i in own if self.lines[i].hint in ("", "heading")]
        found = find_labels([self.lines[i] for i in free], known=_names(" ".join(known)))
        self.labels = {free[index]: label for index, label in found.items()}
        self.tail = self._tail()
        self.footers, self.asides = self._look_ahead()
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
        if source := furniture.SOURCE.fullmatch(line.text):
            page.metadata(line, "url", url=source["url"])
        elif why == "licence":
            page.metadata(line, "licence")
        elif line.hint == "left":
            page.leave_out(line, "page furniture")
        elif line.hint == "caption" and why:
            page.leave_out(line, why)
        elif self.head.dated is not None and line.text == self.lines[self.head.dated].text:
            page.leave_out(line, "date again")
        elif line.hint in ("caption", "summary", "date", "time", "place"):
            self._read_hinted(line)
        elif furniture.SEE_ALSO.fullmatch(line.text):
            return self._read_see_also(at)
        elif line.text.casefold() in furniture.HEADINGS and at in self.footers:
            return self._read_list(at)
        elif why:
            page.leave_out(line, why)
            self.over = self.over or why == "publication status"
            if why == "photo counter" and self._is_caption(at + 1):
                page.block(self.lines[at + 1], BlockKind.CAPTION)
                return at + 2
        elif at in self.labels:
            page.speaker(line, self.labels[at])
            self.told = self.over = False
        elif line.hint == "left?" or self.over or at >= self.tail:
            page.leave_out(line, "page furniture")
        else:
            self._read_text(at)
        return at + 1

    def _read_hinted(self, line: Line) -> None:
        if line.hint == "caption":
            self.assembly.block(line, BlockKind.CAPTION)
        elif line.hint == "summary":
            self.assembly.block(line, BlockKind.SUMMARY)
        else:
            self.assembly.leave_out(line, f"{line.hint} again")

    def _read_text(self, at: int) -> None:
        line, page = self.lines[at], self.assembly
        kind = whole_line(line.text)
        if kind is not None:
            page.block(line, kind)
            if kind is BlockKind.DIRECTION and "*" in line.text:
                self.told = at + 1 in self.asides
        elif not page.turns and self.speaker is not None:
            page.speaker(line, Label(self.speaker, 0))
        elif not page.turns or self.told:
            page.block(line, BlockKind.PROSE)
        else:
            page.block(line, BlockKind.SPEECH)

    def _look_ahead(self) -> tuple[set[int], set[int]]:
        """Lines behind which only the footer follows, and lines from which on all is told.

        A footer's lines are short, up to the publication status. Behind "* * *" a text is told, not
        said, if nobody in it says "I" or "you" up to the next label or the footer.
        """
        footers, asides = {self.end - 1}, {self.end}
        for index in range(self.end - 1, self.head.body - 1, -1):
            text = self.lines[index].text
            status = furniture.STATUS.fullmatch(text) is not None
            if status or (len(text) <= 80 and not text.endswith(".") and index in footers):
                footers.add(index - 1)
            ends = status or text.casefold() in furniture.HEADINGS or index in self.labels
            ends = ends or furniture.SEE_ALSO.fullmatch(text) is not None
            if ends or (index + 1 in asides and not _SPOKEN.search(_QUOTED.sub("", text))):
                asides.add(index)
        return footers, asides

    def _read_see_also(self, at: int) -> int:
        """The heading, and pairs of a title and a date (without a time)."""
        self.assembly.leave_out(self.lines[at], "see also")
        at += 1
        while at + 1 < self.end and at not in self.labels:
            if _GLUED.fullmatch(self.lines[at].text):
                self.assembly.leave_out(self.lines[at], "see also")
                at += 1
                continue
            ahead = next(
                (n for n in (1, 2) if at + n < self.end and is_date(self.lines[at + n])), 0
            )
            if not ahead or any(at + n in self.labels for n in range(ahead)):
                break
            for _ in range(ahead + 1):
                self.assembly.leave_out(self.lines[at], "see also")
                at += 1
        return at

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
        fields["url"] = fields.get("url") or self.page.url
        if named:
            fields["licence"] = named.group(1)
        elif "kremlin.ru" in (fields["url"] or "") or (
            _OF_THE_SITE.search(text) and self._has_marks()
        ):
            fields["licence"], fields["attribution"] = "CC-BY-4.0", ATTRIBUTION
        elif furniture.CREATIVE.search(text):
            fields["licence"] = "CC-BY-4.0"

    def _has_marks(self) -> bool:
        """The publication status, or a president who speaks under a date as the site writes it."""
        own = self.lines[self.head.start : self.end]
        if any(furniture.STATUS.fullmatch(line.text) for line in own):
            return True
        if self.head.dated is None or "time" not in self.assembly.fields:
            return False
        dated = _DATE_OF_SITE.match(self.lines[self.head.dated].text) is not None
        return dated and any(PRESIDENT.match(line.text) for line in own)


def _turned(name: str) -> str:
    """The site lists surnames first: "Lugovoy Timofei" is Timofei Lugovoy."""
    words = name.split()
    return f"{words[1]} {words[0]}" if len(words) == 2 else name


def _names(text: str) -> list[str]:
    """Runs of two or more capitalised words: the names in a title or a summary."""
    return re.findall(r"[^\W\d_a-zа-яё][\w’-]+(?: [^\W\d_a-zа-яё][\w’-]+)+", text)
