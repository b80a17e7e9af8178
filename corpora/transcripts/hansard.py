"""Hansard: members with constituency and party, on the line or alone above what they said."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.chambers import TITLES, named, names_somebody, office_label
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns

_NUMBER: Final = r"(?:(?:Q?\d{1,3}\.)\s*(?:\[\d+\]\s*)?)?"
_OFFICE: Final = r"The (?:[A-Z][\w’'-]*(?:,? (?:of|for|and|to|the|on|in))* ?){1,14}"
_CHAIR: Final = r"(?:(?:Madam |Mr\.? )?(?:Deputy )?Speaker|Madam Chair\w*|The Chair\w*)"
_NAME: Final = r"(?:[A-Z][\w’'.-]+ ){1,3}[A-Z][\w’'-]+"
_PARTY: Final = (
    r"\((?:Con|Lab|LD|Lab/Co-op|SNP|DUP|Ind|PC|Green|SDLP|Alliance|CB|Non-Afl|UUP|UKIP|Reform)\)"
)
_LABEL: Final = re.compile(
    rf"(?P<label>{_NUMBER}(?:{_CHAIR}|Hon\.? Members|An hon\.? Member|Several hon\.? Members"
    rf"|A Noble Lord|Noble Lords|{_OFFICE}|{TITLES} [^:()]{{2,40}}|{_NAME})"
    r"(?:\s*\([^()]{2,60}\)){0,3})\s?:(?=\s|$|[A-Z“\"])\s*"
)
_ALONE: Final = re.compile(
    rf"{_NUMBER}(?:{_CHAIR}(?:\s*\([^()]{{2,60}}\))?"
    rf"|{TITLES} [^:().]{{2,40}}\s*\([^()]{{2,60}}\)(?:\s*\([^()]{{2,20}}\))?"
    rf"|(?:[A-Z][\w’'-]+ ){{1,3}}\([^()]{{3,60}}\)\s*{_PARTY}|{_OFFICE}\([^()]{{3,60}}\))"
)
_BARE: Final = re.compile(rf"(?:{TITLES} )?[A-Z][\w’'-]+(?: (?:of )?[A-Z][\w’'.-]+){{0,4}}")
_SEAT: Final = re.compile(r"\([^()]{2,60}\)(?:\s*\([^()]{2,20}\))*")
_SHARE: Final = "Share this contribution"
_LEFT: Final = re.compile(
    r"(?:Column \d+\w*|\d{1,2} [A-Z][a-z]{2} \d{4} ?: ?Column .*|Share this contribution|Toggle .*"
    r"|Back to top|Previous|Next|Volume \d+|Hansard|UK Parliament|House of (?:Commons|Lords)"
    r"|- Hansard -.*|\d+\w?|Link to this .*|Download text)"
)
_CLERK: Final = re.compile(
    r"(?:.{3,80} rose(?:—|–|-|\.)?$|Question (?:again )?(?:put|proposed)"
    r"|(?:The )?House (?:divided|met|adjourned|proceeded|resumed|in Committee)"
    r"|Prayers|PRAYERS|\[.{3,60} in the Chair\]|Amendment .{0,60}(?:agreed to|negatived|withdrawn)"
    r"|Division (?:No\.|\d+)|(?:Ayes|Noes) \d+|Bill (?:read|reported|accordingly)"
    r"|Motion .{0,40}agreed to|Sitting suspended|Adjourned (?:at|accordingly)|Debate adjourned)"
)
_SURE: Final = re.compile(
    rf"{_PARTY}|\bhon\. (?:Friend|Member|Gentleman|Lady)"
    r"|\b(?:Mr\.?|Madam) (?:Deputy )?Speaker\b|\bHansard\b|\bnoble Lord"
)


def _labels(lines: Sequence[Line]) -> Labels:
    """Names with a colon, names that stand alone, and surnames of those met already."""
    found: dict[int, Label] = {}
    for index, line in enumerate(lines):
        match = None if line.hint.startswith("left") else _LABEL.match(line.text)
        if match and names_somebody(match["label"]):
            found[index] = office_label(match["label"].strip(), match.end())
        elif _ALONE.fullmatch(line.text) or line.hint == "speaker":
            found[index] = office_label(line.text, len(line.text))
    met = {(label.name or "").split()[-1] for label in found.values() if label.name}
    for index, line in enumerate(lines):
        text = line.text
        if index not in found and not line.hint and _BARE.fullmatch(text):
            if text.split()[-1] in met and index + 1 < len(lines):
                found[index] = office_label(text, len(text))
    holders = {label.role: label.name for label in found.values() if label.role and label.name}
    return {index: _held(label, holders) for index, label in sorted(found.items())}


def _held(label: Label, holders: Mapping[str, str]) -> Label:
    """An office alone is its holder's, who is named elsewhere: "The Prime Minister (Ada Holt)"."""
    holder = holders.get(label.name or "") if label.role is None else None
    return replace(label, name=holder, role=label.name) if holder else label


def _with_seats(page: Page) -> Page:
    """The page with each member's constituency on the member's line, and names marked.

    On the site a name, a line of brackets and "Share this contribution" stand above each
    contribution.
    """
    lines: list[Line] = []
    for line in page.lines:
        at = _last(lines)
        if at is not None and _SEAT.fullmatch(line.text) and _name(lines[at].text):
            more = (*lines[at].more, (line.number, line.text))
            lines[at] = replace(lines[at], text=f"{lines[at].text} {line.text}", more=more)
        elif at is not None and line.text == _SHARE and not lines[at].hint:
            if len(lines[at].text) < 120 and not re.search(r"[.!?—]$", lines[at].text):
                lines[at] = replace(lines[at], hint="speaker")
            lines.append(line)
        else:
            lines.append(line)
    return replace(page, lines=tuple(lines))


def _last(lines: Sequence[Line]) -> int | None:
    """The index of the last line with words, among the last three."""
    near: Iterator[int] = iter(range(len(lines) - 1, max(len(lines) - 4, -1), -1))
    return next((index for index in near if lines[index].text), None)


def _name(text: str) -> bool:
    return re.fullmatch(rf"{_NUMBER}{_BARE.pattern}", text) is not None


_LAYOUT: Final = Layout(
    _labels,
    lambda text: "page of the record" if _LEFT.fullmatch(text) else None,
    is_direction=lambda text: _CLERK.match(text) is not None,
    headings=True,
)


def sniff(page: Page) -> float:
    """Parties, the Speaker, hon. Members."""
    return named(page, _SURE, _labels(_with_seats(page).lines))


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a sitting; the member's constituency and party are the role."""
    return read_turns(_LAYOUT, _with_seats(page), speaker)
