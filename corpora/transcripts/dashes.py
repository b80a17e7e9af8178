"""Armenian and Azerbaijani government sites: a dash behind the name, or a dash and no name."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.labels import Label, Strength, candidate, find_labels, judge
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns

UNKNOWN: Final = ("A", "B")
"""Speakers of a conversation that names nobody, in turn."""

_BEHIND: Final = re.compile(r"(?P<label>[^\W\d_][^:–—!?]{1,118}?)\s*(?:\s[–—-]|՝|[–—])\s+(?=\S)")
_BARE: Final = re.compile(r"[–—-]\s*(?=\S)")
_ITEM_END: Final = re.compile(r"[;,]$")
_WARNING: Final = "speakers are not named: dashes are read as speakers A and B in turn"


def _named(lines: Sequence[Line]) -> Labels:
    """Labels with a colon or a dash behind them."""
    return dict(sorted({**_behind(lines), **find_labels(lines)}.items()))


def _behind(lines: Sequence[Line]) -> dict[int, Label]:
    """Labels with a dash behind them; a doubtful one if it comes back, or stands in the opening."""
    judged: dict[int, tuple[Label, Strength]] = {}
    for index, line in enumerate(lines):
        match = _BEHIND.match(line.text)
        if match is not None and not line.hint:
            label = Label(match["label"].strip(), match.end())
            judged[index] = label, judge(label, line.text[match.end() :])
    sure = {index: label for index, (label, how) in judged.items() if how is Strength.STRONG}
    opening = "\n".join(line.text for line in lines[: min(sure, default=0)])
    times = Counter(label.printed for label, _ in judged.values())
    for index, (label, how) in judged.items():
        again = times[label.printed] >= 2 or (label.printed in opening and " " in label.printed)
        if how is Strength.WEAK and again and len(label.printed.split()) <= 5:
            sure[index] = label
    return dict(sorted(sure.items()))


def _dashed(lines: Sequence[Line]) -> list[int]:
    """Lines that start with a dash and are no items of a list."""
    return [
        index
        for index, line in enumerate(lines)
        if _BARE.match(line.text) and not _ITEM_END.search(line.text) and not line.hint
    ]


def _unnamed(lines: Sequence[Line]) -> Labels:
    found = dict(find_labels(lines))
    other = 0
    for index in _dashed(lines):
        match = _BARE.match(lines[index].text)
        if index not in found and match:
            name = UNKNOWN[other % 2]
            found[index] = Label(match.group().strip(), match.end(), name=name)
            other += 1
    return dict(sorted(found.items()))


_NAMED: Final = Layout(_named)
_UNNAMED: Final = Layout(_unnamed)


def _colons(page: Page) -> int:
    return sum(
        (label := candidate(line)) is not None
        and judge(label, line.text[label.length :]) is Strength.STRONG
        for line in page.lines
    )


def sniff_named(page: Page) -> float:
    """At least two names with a dash behind them, and more of them than of names with a colon."""
    behind = len(_behind(page.lines))
    return 0.7 if behind >= 2 and behind > _colons(page) else 0.0


def sniff_unnamed(page: Page) -> float:
    """Lines that start with a dash, and hardly a name."""
    dashed, named = len(_dashed(page.lines)), len(_named(page.lines))
    share = dashed / max(1, sum(bool(line.text) for line in page.lines))
    return 0.65 if dashed >= 3 and share > 0.3 and named * 2 < dashed else 0.0


def read_named(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a page of the form "Name – text"."""
    return read_turns(_NAMED, page, speaker)


def read_unnamed(page: Page, speaker: str | None = None) -> list[Reading]:
    """Speakers A and B take turns, and the document carries a warning."""
    warned = Page(page.name, page.lines, page.form, page.url, (*page.warnings, _WARNING))
    return read_turns(_UNNAMED, warned, speaker)
