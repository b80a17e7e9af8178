"""White House and State Department: speakers in capitals, "Q" and "QUESTION" for the press."""

import re
from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.dates import parse_time
from trilogue.corpora.transcripts.finding import find_labels
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns

_WORD: Final = r"(?:Ma?c[A-Z]++|O[’'][A-Z]++|[A-Z][A-Z.’'-]*+)"
_CAPITALS: Final = re.compile(
    rf"(?P<label>\[?(?:THE )?{_WORD}(?:[ ,]++{_WORD}){{0,24}}+\]?(?:\s*\([^()]{{2,60}}\))?)"
    r"\s?:(?=\s|$)\s*"
)
_PRESS: Final = re.compile(r"(?P<label>Q|A)(?:\s+|[.:]\s*|$)(?=[A-Z\"“(\[…—–'’$\d-]|$)")
_COLON: Final = re.compile(r"A[.:]")
_RELEASE: Final = re.compile(
    r"(?:THE WHITE HOUSE|The White House|Office of the (?:Press Secretary|Spokesperson)|# ?# ?#"
    r"|###|-30-"
    r"|(?:For )?Immediate Release.*|U\.?S\.? Department of State|Department of State|BRIEFING ROOM"
    r"|SPEECHES AND REMARKS|PRESS BRIEFINGS|END|Home ?[>›].*|Share this.*|\(?AS (?:PREPARED"
    r"|DELIVERED)\)?"
    r"|Via (?:Teleconference|Telephone)|OFFICE OF THE SPOKESPERSON|Department Press Briefings?"
    r"|TRANSCRIPT:?|DPB ?# ?\d+|Index for Today[’'`]s Briefing"
    r"|DEPARTMENT PRESS BRIEFINGS?|Remarks|REMARKS|(?:ACTING )?(?:DEPUTY )?[A-Z .’'-]+, "
    r"(?:[A-Z]+ )?SPOKESPERSON)",
)
_END: Final = re.compile(
    r"END\b.{0,60}|# ?# ?#|-30-"
    r"|\(?The (?:briefing|press conference|meeting) (?:was concluded|ended|concluded).{0,60}"
)
_PLACE: Final = re.compile(
    r".{0,40}\b(?:Press Briefing Room|Rose Garden|Oval Office|East Room|South Lawn|Room"
    r"|Roosevelt Room"
    r"|Washington, D\.?C\.?|State Dining Room|Cabinet Room|Aboard Air Force One)"
)
_HOUSE: Final = re.compile(r"\bTHE (?:VICE )?PRESIDENT:|\b(?:White House|WHITE HOUSE)\b|\bPsaki\b")
_STATE: Final = re.compile(
    r"\bDepartment (?:of State|Press)\b|^M[RS]S? [A-Z]+:|^QUESTION:(?=(?:.*\n)+?(?:SECRETARY|"
    r"AMBASSADOR|M[RS]S?\.?) [A-Z]+:)",
    re.M,
)


def _labels(lines: Sequence[Line]) -> Labels:
    """Labels in capitals, and others that :func:`find_labels` is sure of."""
    free = [i for i, line in enumerate(lines) if line.hint in ("", "heading")]
    mixed = find_labels([lines[i] for i in free])
    found = {free[index]: label for index, label in mixed.items()}
    return dict(sorted({**found, **_in_capitals(lines)}.items()))


def _in_capitals(lines: Sequence[Line]) -> dict[int, Label]:
    found = {}
    for index, line in enumerate(lines):
        match = _CAPITALS.match(line.text) or _PRESS.match(line.text)
        if match and not line.hint.startswith("left"):
            found[index] = Label(match["label"].strip(), match.end(), _note(match["label"]))
    if any(len(label.printed) > 1 for label in found.values()):  # "A Nordish diplomat said…"
        return {i: x for i, x in found.items() if x.printed != "A" or _COLON.match(lines[i].text)}
    return found


def _note(label: str) -> str | None:
    found = re.search(r"\(([^()]*)\)$", label)
    return found.group(1) if found else None


def _left_out(text: str) -> str | None:
    if _RELEASE.fullmatch(text):
        return "release line"
    if re.match(r"END\b.{0,30}\d", text):
        return "time of the end"
    return None


def _is_end(text: str) -> bool:
    """The mark of the end, or the time at which it was."""
    return _END.fullmatch(text) is not None or parse_time(text) is not None


_LAYOUT: Final = Layout(
    _labels,
    _left_out,
    is_place=lambda text: _PLACE.fullmatch(text) is not None,
    is_end=_is_end,
)


def _share(page: Page) -> float:
    """Share of the labels that are in capitals, 0 if fewer than two are or none has a title."""
    found = _in_capitals(page.lines)
    colons = sum(
        re.match(r"[A-Z][\w.’' -]{1,40}:(?:\s|$)", line.text) is not None for line in page.lines
    )
    named = any(" " in label.printed for label in found.values())
    return len(found) / max(len(found), colons) if named and len(found) >= 2 else 0.0


def sniff_house(page: Page) -> float:
    """Speakers in capitals; surer with "THE PRESIDENT:", "Q" or the name of the house."""
    text = "\n".join(line.text for line in page.lines)
    press = sum(_PRESS.match(line.text) is not None for line in page.lines)
    sure = 0.9 if press or _HOUSE.search(text) else 0.6
    return sure * _share(page)


def sniff_state(page: Page) -> float:
    """The name of the department, titles without a dot, or "QUESTION"; the press is no "Q"."""
    text = "\n".join(line.text for line in page.lines)
    press = any(_PRESS.match(line.text) for line in page.lines)
    return (0.92 if _STATE.search(text) and not press else 0.5) * _share(page)


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document; times of begin and end are not speech."""
    return read_turns(_LAYOUT, page, speaker)
