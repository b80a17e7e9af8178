"""What readers share that differ only in how a speaker is marked and what is not text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from trilogue.corpora.transcripts import furniture, sites
from trilogue.corpora.transcripts.assembly import Assembly, Reading
from trilogue.corpora.transcripts.dates import find_date, parse_date_and_time, parse_time
from trilogue.corpora.transcripts.directions import whole_line
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.language import detect_language
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.openings import read_opening
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.wrapping import rejoin
from trilogue.corpora.types import BlockKind

_STRUCK: Final = re.compile(r"\s?~~(.+?)~~")
_SIC: Final = re.compile(r"\s?\[sic\]", re.IGNORECASE)
_HEADING: Final = re.compile(r"[^\W_a-zа-яё].{0,198}[\w)”’\"]")
_CLOSED: Final = re.compile(r"[.!?…։:>)\]”\"*—–-]$")
_SENTENCE: Final = re.compile(r"[.!?…][\"”»’)\]]*(?:\s[\[(]\d+[\])])?$")


def read_turns(
    layout: Layout, page: Page, speaker: str | None, *, out: Sequence[tuple[Line, str]] = ()
) -> list[Reading]:
    """The one document of a page.

    :param out: lines that the reader has taken out of the page already, each with its reason.
    :raises FormatError: in a strict layout, if somebody speaks before the first label.
    """
    assembly = Assembly()
    assembly.warnings.extend(page.warnings)
    assembly.fields["url"] = page.url
    lines = _joined(assembly, layout, page, out)
    labels = layout.labels(lines)
    first, end = min(labels, default=len(lines)), _end(lines, labels, layout, page)
    read_opening(assembly, lines[:first], layout, page.name, speaker)
    _date_by_the_way(assembly, page, lines[first].number if first < len(lines) else 0)
    listing = told = False
    for index in range(first, len(lines)):
        line = lines[index]
        listing = index not in labels and (listing or layout.opens_list(line.text))
        told = index not in labels and (told or layout.opens_prose(line.text))
        if index > end:
            assembly.leave_out(line, sites.reason(line.text) or "page furniture")
        elif listing:
            assembly.block(line, BlockKind.DIRECTION)
        elif told and not sites.reason(line.text):
            assembly.block(line, whole_line(line.text) or BlockKind.PROSE)
        else:
            _read_line(assembly, line, labels.get(index), layout)
    spoken = "\n".join(line.text for line in lines)
    return [assembly.finish(page.name, language=detect_language(spoken))]


def _date_by_the_way(assembly: Assembly, page: Page, first: int) -> None:
    """A date in a line of the opening that says more: "9 Mar 2005 : Column 1517"."""
    opening = (line.text for line in page.lines if line.number < first and len(line.text) < 120)
    found = next((date for text in opening if (date := find_date(text))), None)
    if found and not assembly.fields.get("date"):
        assembly.fields["date"] = found


def _joined(
    assembly: Assembly, layout: Layout, page: Page, out: Sequence[tuple[Line, str]]
) -> list[Line]:
    """The lines of the transcript, unwrapped; those left out are accounted for.

    A paragraph goes on behind what was left out in its middle, as the head of a page.
    """
    for line, why in out:
        assembly.leave_out(line, why)
    kept: list[Line] = []
    torn = False
    for line in page.lines:
        out_of_it = layout.left_out(line.text) if line.text else None
        if out_of_it:
            assembly.leave_out(line, out_of_it)
            torn = True
            while kept and not kept[-1].text:
                kept.pop()
        elif line.text or not torn:
            kept.append(_guarded(_cleaned(line, assembly)) if line.text else line)
            torn = False
    fresh = frozenset(kept[index].number for index in layout.labels(kept))
    return rejoin(kept, fresh=fresh)


def _guarded(line: Line) -> Line:
    """Dates, times and menus are joined to nothing."""
    text = line.text
    if line.hint or len(text) > 60:
        return line
    alone = any(parse_date_and_time(text)) or parse_time(text) or sites.reason(text)
    return replace(line, hint="alone") if alone else line


def _end(lines: Sequence[Line], labels: Labels, layout: Layout, page: Page) -> int:
    """The index of the last line of the transcript: what ends it, or the last that is no menu.

    Without a mark of the end, the end of the page is cut off from the first menu on that no
    sentence follows.
    """
    last = max(labels, default=0)
    for index in range(last, len(lines)):
        if index not in labels and layout.is_end(lines[index].text):
            return index
    said = lines[last].number if lines else 0
    ends = (line.number for line in page.lines if line.number > said and layout.is_end(line.text))
    if mark := next(ends, 0):  # it was left out: "END 1:52 P.M. EST"
        return sum(line.number < mark for line in lines) - 1
    end = len(lines) - 1
    while end > last and (sites.reason(lines[end].text) or not _CLOSED.search(lines[end].text)):
        end -= 1
    menus = (i for i in range(end + 1, len(lines)) if sites.reason(lines[i].text))
    return next(menus, len(lines)) - 1


def _read_line(assembly: Assembly, line: Line, label: Label | None, layout: Layout) -> None:
    kind = whole_line(line.text)
    if label is not None:
        assembly.speaker(line, label)
    elif line.hint.startswith("left") or line.hint == "caption":
        assembly.leave_out(line, "page furniture")
    elif source := furniture.SOURCE.fullmatch(line.text):
        assembly.metadata(line, "url", url=source["url"])
    elif found := furniture.SPDX.search(line.text):
        assembly.metadata(line, "licence", licence=found.group(1))
    elif kind is not None:
        assembly.block(line, kind)
    elif layout.is_direction(line.text):
        assembly.block(line, BlockKind.DIRECTION)
    elif line.hint in ("title", "heading"):
        assembly.block(line, BlockKind.PROSE)
    elif parse_time(line.text):
        assembly.leave_out(line, "time")
    elif why := sites.reason(line.text):
        assembly.leave_out(line, why)
    elif layout.headings and _HEADING.fullmatch(line.text) and not _SENTENCE.search(line.text):
        assembly.block(line, BlockKind.PROSE)
    else:
        assembly.block(line, BlockKind.SPEECH)


def _cleaned(line: Line, assembly: Assembly) -> Line:
    """The line without words that were struck out and without "[sic]"; both are accounted for."""
    if "~~" not in line.text and "[sic]" not in line.text.lower():
        return line
    for found in _STRUCK.finditer(line.text):
        assembly.leave_out(Line(line.number, found.group(1)), "struck out")
    if _SIC.search(line.text):
        assembly.leave_out(Line(line.number, "[sic]"), "editor's mark")
    text = _SIC.sub("", _STRUCK.sub("", line.text)).strip()
    return replace(line, text=text, bold=min(line.bold, len(text)))
