"""Verbatim records of the United Nations: the Security Council and the General Assembly."""

import re
from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.chambers import HEADS, TITLES, named, names_somebody, office_label
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns

_OFFICES: Final = (
    r"(?:President|Chair(?:man|woman|person)?|Secretary-General|Deputy Secretary-General"
    r"|Vice-President|Rapporteur|Secretary|High Commissioner|Co-Chair\w*)"
)
_TITLED: Final = rf"(?:(?:His|Her) (?:Royal |Serene )?[A-Z]\w+ )?{TITLES} [^:()]{{2,60}}"
_BRACKETS: Final = r"(?:\s*\([^()]{2,120}\)){0,3}(?:, [A-Z][^:()]{2,80}(?:\s*\([^()]{2,80}\))?)?"
_LABEL: Final = re.compile(
    rf"(?P<label>(?:The (?:Acting |Temporary |Vice-|Deputy )?{_OFFICES}|President"
    rf"|{_TITLED}|{HEADS}(?: [A-Z][\w’'.-]*){{1,5}}){_BRACKETS})\s?:"
    r"(?=\s|$|[A-Z“\"])\s*"
)
_SYMBOL: Final = r"[SA]/(?:\d+/|C\.\d/\d+/)?(?:PV|SR)\.\d+(?:\s*\(Resumption \d+\))?"
_NUMBER: Final = r"(?:\d{2}-\d{5}(?:\s*\([A-Z]\))?|\*\d{7,}\*|\d+/\d+)"
_PAGE: Final = re.compile(
    rf"(?:(?:United Nations\s+)?{_SYMBOL}(?:\s.{{1,120}})?|\d{{2}}/\d{{2}}/\d{{4}}\s.{{1,120}}"
    rf"|.{{1,120}}\s{_SYMBOL}|{_NUMBER}(?:\s{_NUMBER})*|Accessible document.*"
    r"|.{0,20}Please recycle|Provisional|Official Records|United Nations|www\.un\.org\S*)"
)
_NOTICE: Final = re.compile(r"This record contains |Corrections should be |Any corrections? ")
_LEADERS: Final = re.compile(r"(?:\s?\.){4,}")
_CLERK: Final = re.compile(
    r"(?:The (?:meeting|session) (?:was (?:called to order|suspended|resumed|adjourned|reconvened)"
    r"|rose|resumed)|The agenda was adopted|A (?:recorded )?vote was taken|It was so decided"
    r"|The draft (?:resolution|decision)\b.{0,80}\bwas (?:not )?adopted"
    r"|The amendment was |Draft resolution .{0,120} was adopted"
    r"|The members of the .{5,40} observed|In the absence of the President"
    r"|(?:Mr|Ms|Mrs|Dame|Sir|His|Her)\.? .{2,160}(?:was escorted|took a (?:seat|place)"
    r"|took the Chair|returned to the Chair|presided|spoke in)"
    r"|The President (?:took|returned to) the Chair"
    r"|\[?The delegation of .{3,80} (?:subsequently|intended))"
)
_VOTES: Final = re.compile(
    r"(?:In favour|Against|Abstaining|Abstentions?|Present|Absent):?.{0,400}"
)
_OPENED: Final = re.compile(r"The meeting (?:was called to order|was resumed|resumed)\b")
_SURE: Final = re.compile(rf"\b{_SYMBOL}|\(spoke in \w+\)|\(interpretation from \w+\)")


def _labels(lines: Sequence[Line]) -> Labels:
    """Labels behind the list of members, which stands before the meeting is called to order."""
    opened = (index for index, line in enumerate(lines) if _OPENED.match(line.text))
    first = next(opened, 0)
    found: dict[int, Label] = {}
    for index, line in enumerate(lines):
        match = _LABEL.match(line.text) if index >= first else None
        if match is None or line.hint.startswith("left") or _LEADERS.search(line.text):
            continue
        if names_somebody(match["label"]):
            found[index] = office_label(match["label"].strip(), match.end())
    return found


def _left_out(text: str) -> str | None:
    return "page of the record" if _PAGE.fullmatch(text) else None


def _without_notice(page: Page) -> tuple[Page, list[tuple[Line, str]]]:
    """The page without the paragraph on corrections."""
    kept, out, inside = [], [], False
    for line in page.lines:
        if inside and (_left_out(line.text) or _LABEL.match(line.text) or _CLERK.match(line.text)):
            inside = False
        inside = bool(line.text) and (inside or _NOTICE.match(line.text) is not None)
        if inside:
            out.append((line, "notice of the record"))
        else:
            kept.append(line)
    return Page(page.name, tuple(kept), page.form, page.url, page.warnings), out


_LAYOUT: Final = Layout(
    _labels,
    _left_out,
    is_direction=lambda text: _CLERK.match(text) is not None,
    is_place=lambda text: text in ("New York", "Geneva", "Vienna", "Nairobi"),
    opens_list=lambda text: _VOTES.fullmatch(text) is not None,
    headings=True,
)


def sniff(page: Page) -> float:
    """Symbols of documents (S/PV.…) and "(spoke in …)"."""
    return named(page, _SURE, _labels(page.lines))


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a record; "(spoke in French)" is the turn's original language."""
    page, out = _without_notice(page)
    return read_turns(_LAYOUT, page, speaker, out=out)
