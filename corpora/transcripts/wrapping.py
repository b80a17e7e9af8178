"""Lines that were broken inside a sentence, put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from trilogue.corpora.transcripts.labels import LONGEST, Strength, candidate, judge
from trilogue.corpora.transcripts.lexicon import ALL_ROLES, LINKS
from trilogue.corpora.transcripts.names import bare
from trilogue.corpora.transcripts.pages import Line

_ENDS: Final = re.compile(r"[.!?…:;։՝][\"”»’)\]]*$|>$|^\W+$")
_ITEM: Final = re.compile(r"(?:[–—•·*-]|\(?\w{1,3}[.)])\s")
_CLOSING: Final = frozenset(",.;:!?)”’")
_ORDINALS: Final = frozenset(("st", "nd", "rd", "th"))
_LINKED: Final = 5
"""Words of the longest link that a sentence is broken around."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENED: Final = re.compile(r"([^\W\d_]+)-$")
_SUSPENDED: Final = re.compile(r"(?:and|or|to|и|или|və|ya)\b")
_SLACK: Final = 6
_WRAPPED_AT_MOST: Final = 120
_STARTS_LOW: Final = 0.3
_PAIRS: Final = 4


def rejoin(lines: Sequence[Line], *, fresh: frozenset[int] = frozenset()) -> list[Line]:
    """Lines with those that go on in the middle of a sentence joined to the line before.

    A file whose lines are all broken at one width is unwrapped, paragraph by paragraph; in others
    only what is plainly inside a sentence is joined ("Ilham Aliyev / and Nikol Pashinyan").
    An empty line parts, unless what follows starts in lower case in the middle of a sentence.

    :param fresh: numbers of lines that start with a label, by what the layout knows.
    """
    wrapped = wrapped_at(lines)
    words = _words(lines)
    open_ones: list[_Paragraph] = []
    last_width, after_blank = 0, True
    for index, line in enumerate(lines):
        if not line.text:
            after_blank = True
            continue
        last = open_ones[-1] if open_ones else None
        if last is None or line.parted or line.hint or last.first.hint:
            goes_on = False
        elif after_blank:
            goes_on = line.text[0].islower() and _inside_sentence(last.tail, line.text, "")
            goes_on = goes_on and not _is_label(line)
        elif wrapped:
            goes_on = _fills(last.tail, last_width, line, wrapped)
            goes_on = goes_on and not _starts_anew(last, line, fresh)
        else:
            following = lines[index + 1].text if index + 1 < len(lines) else ""
            goes_on = _inside_sentence(last.tail, line.text, following)
            goes_on = goes_on and not _is_label(line)
        if last is not None and goes_on and (wrapped or line.number not in fresh):
            last.add(line, words)
        else:
            open_ones.append(_Paragraph(line))
        last_width, after_blank = line.width, False
    return [paragraph.line() for paragraph in open_ones]


class _Paragraph:
    """Lines that are being joined; rules look at its last code points only, so time is linear.

    :ivar tail: its end, all of it while it is no longer than the longest label.
    """

    def __init__(self, first: Line) -> None:
        self.first, self.tail, self.whole = first, first.text[-LONGEST:], first.text[:LONGEST]
        self._pieces, self._more = [first.text], list(first.more)

    def add(self, line: Line, words: frozenset[str]) -> None:
        """Put a line behind it, with a space between if a space belongs there.

        A hyphen at the end of a line goes if the page has the word without it ("Com-⏎mittee").

        :param words: those of the page, in small letters; none if no line of it ends in a hyphen.
        """
        cut = _HYPHENED.search(self.tail) if words and line.text[0].islower() else None
        cut = None if _SUSPENDED.match(line.text) else cut
        if cut and f"{cut[1]}{line.text.split(maxsplit=1)[0].rstrip('.,;:!?)')}".lower() in words:
            self._pieces[-1] = self._pieces[-1][:-1]
            self.tail = self.tail[:-1]
            if self._more:
                number, text = self._more[-1]
                self._more[-1] = number, text[:-1]
        tight = (
            cut is not None
            or line.text[0] in _CLOSING
            or (self.tail[-1].isdigit() and line.text.split(maxsplit=1)[0] in _ORDINALS)
        )
        piece = line.text if tight else f" {line.text}"
        self._pieces.append(piece)
        self._more += [(line.number, line.text), *line.more]
        self.tail = f"{self.tail}{piece}"[-LONGEST:]
        self.whole = f"{self.whole}{piece}"[:LONGEST]

    def line(self) -> Line:
        """The lines as one."""
        return replace(self.first, text="".join(self._pieces), more=tuple(self._more))


def _words(lines: Sequence[Line]) -> frozenset[str]:
    """The words of a page with hyphens at ends of lines, none if it has no such line."""
    if not any(_HYPHENED.search(line.text[-40:]) for line in lines):
        return frozenset()
    return frozenset(word for line in lines for word in _WORD.findall(line.text.lower()))


def wrapped_at(lines: Sequence[Line]) -> int:
    """The width at which the lines of a file are broken, 0 if they are not.

    Full lines show it: many of those that another one follows break off inside a sentence.
    """
    widths = sorted(line.width for line in lines if line.text)
    if len(widths) < 8:
        return 0
    widest = widths[int(0.98 * (len(widths) - 1))]
    full = [two.text for one, two in pairwise(lines) if one.width > 0.75 * widest and two.text]
    low = sum(text[0].islower() for text in full)
    if widest > _WRAPPED_AT_MOST or len(full) < _PAIRS or low < _STARTS_LOW * len(full):
        return 0
    return widest


def _fills(last: str, last_width: int, line: Line, wrapped: int) -> bool:
    """Whether the first word of ``line`` had no room on the line before.

    Behind the end of a sentence it must really have had none: there a paragraph may end.
    """
    first = line.text.split(maxsplit=1)[0]
    slack = 0 if _ENDS.search(last) else _SLACK
    return last_width + 1 + len(first) > wrapped - slack or line.text[:1].islower()


def _starts_anew(last: _Paragraph, line: Line, fresh: frozenset[int]) -> bool:
    """A list item, or a label of its own: not the end of one that starts on the line before."""
    if _ITEM.match(line.text):
        return True
    if line.number not in fresh and not _is_label(line):
        return False
    whole = ":" not in last.whole and bare(last.whole.split()[0]) in ALL_ROLES
    return not (whole and _is_label(replace(line, text=f"{last.whole} {line.text}")))


def _is_label(line: Line) -> bool:
    label = candidate(line)
    return label is not None and judge(label, line.text[label.length :]) is Strength.STRONG


def _inside_sentence(last: str, text: str, following: str) -> bool:
    """Whether a line goes on in a text that is broken here and there, as around links."""
    if text[0] in _CLOSING:
        return not last.endswith(":")
    if _ENDS.search(last) or _ITEM.match(text):
        return False
    if text[0].islower():
        return True
    if text[0].isalnum() and last.split()[-1].casefold() in LINKS:
        return True
    if not text[0].isalpha():
        return False
    short = len(text.split()) <= _LINKED and not _ENDS.search(text)
    salutation = last.endswith(",") and len(last.split()) <= _LINKED
    goes_on = following[:1].islower() or following[:1] in _CLOSING
    return short and bool(following) and goes_on and not salutation and " " in last
