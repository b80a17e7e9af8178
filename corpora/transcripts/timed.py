"""Speakers with a time code: "Name (00:04):", "Name: (00:04)", "[00:00:04] Name:", "Name  0:04"."""

import re
from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.names import calmed, is_shouted, split_label
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns

_CODE: Final = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_NAME: Final = r"[^\W\d_][^:\[\]()\d]{0,78}?(?: \d{1,2})?"
_PATTERNS: Final = (
    re.compile(rf"(?P<name>{_NAME})\s?:?\s*[(\[]\s*{_CODE}\s*[)\]]\s*:?(?:\s+|$)"),
    re.compile(rf"[(\[]?{_CODE}[)\]]?\s*[-–—]?\s*(?P<name>{_NAME})\s?:(?:\s+|$)"),
    re.compile(rf"(?P<name>{_NAME})\s+{_CODE}$"),
)
_ALONE: Final = re.compile(rf"[(\[]?{_CODE}[)\]]?(?:\s*(?:-->|[-–—])\s*{_CODE})?:?")


def _labels(lines: Sequence[Line]) -> Labels:
    found = {}
    for index, line in enumerate(lines):
        for pattern in _PATTERNS:
            match = pattern.match(line.text)
            if match and not line.hint:
                name = match["name"].strip(" :")
                name, role = split_label(calmed(name) if is_shouted(name) else name)
                printed = match.group().rstrip(" :")
                found[index] = Label(printed, match.end(), name=name, role=role)
                break
    return found


def _left_out(text: str) -> str | None:
    return "time code" if _ALONE.fullmatch(text) else None


_LAYOUT: Final = Layout(_labels, _left_out)


def sniff(page: Page) -> float:
    """At least two labels with a time code."""
    return 0.85 if len(_labels(page.lines)) >= 2 else 0.0


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a recording; the codes stay in the printed labels."""
    return read_turns(_LAYOUT, page, speaker)
