"""Armenian and Azerbaijani government sites: a dash behind the name, or a dash and no name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.finding import find_labels
from trilogue.corpora.transcripts.headings import DASH, HINT, headings, marked
from trilogue.corpora.transcripts.labels import Label, Strength, candidate, judge
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns

UNKNOWN: Final = ("A", "B")
"""Speakers of a conversation that names nobody, in turn."""

_BEHIND: Final = re.compile(r"(?P<label>[^\W\d_][^:–—!?]{1,118}?)\s*(?:\s[–—-]|՝|[–—])\s+(?=\S)")
_GREETING: Final = re.compile(
    r"(?:Dear|Distinguished|Esteemed|Ladies|Your|Mr|Good|Əziz|Hörmətli|Xanımlar|Уважаем|Дорог|Дамы)"
)
_PARTED: Final = re.compile(r"(?:[xXхХ*]\s*){3,}")
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
        if DASH.match(line.text) and not _ITEM_END.search(line.text) and not line.hint
    ]


def _unnamed(lines: Sequence[Line], named: Mapping[str, Label]) -> Labels:
    """Names, and dashes that change the speaker; a speech under a heading may have a few.

    :param named: labels of headings by their text.
    """
    found = dict(find_labels(lines))
    found |= {i: named[line.text] for i, line in enumerate(lines) if line.hint == HINT}
    dashed = [index for index in _dashed(lines) if index not in found]
    if named and len(dashed) < 3:
        return dict(sorted(found.items()))
    for other, index in enumerate(dashed):
        dash = DASH.match(lines[index].text)
        length = dash.end() if dash else 0
        found[index] = Label(lines[index].text[:length].strip(), length, name=UNKNOWN[other % 2])
    return dict(sorted(found.items()))


_NAMED: Final = Layout(_named)


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
    """Headings over a dash, or lines that start with a dash and hardly a name; or one greeting."""
    if headings(page.lines):
        return 0.65
    found = _dashed(page.lines)
    dashed, named = len(found), len(_named(page.lines))
    share = dashed / max(1, sum(bool(line.text) for line in page.lines))
    if dashed >= 3 and share > 0.3 and named * 2 < dashed:
        return 0.65
    greets = bool(found) and _GREETING.match(DASH.sub("", page.lines[found[0]].text, count=1))
    return 0.1 if greets else 0.0


def read_named(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a page of the form "Name – text"."""
    return read_turns(_NAMED, page, speaker)


def read_unnamed(page: Page, speaker: str | None = None) -> list[Reading]:
    """Speakers without a name are A and B in turn, and the document carries a warning."""
    above = headings(page.lines)
    named = {page.lines[index].text: label for index, label in above.items()}
    page = replace(page, lines=marked(page.lines, above))
    if any(label.name in UNKNOWN for label in _unnamed(page.lines, named).values()):
        page = replace(page, warnings=(*page.warnings, _WARNING))
    layout = Layout(
        lambda lines: _unnamed(lines, named),
        opens_prose=lambda text: _PARTED.fullmatch(text) is not None,
    )
    return read_turns(layout, page, speaker)
