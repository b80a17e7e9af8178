"""Punctuation and markup: does the target end, quote and mark up as the source does?

Signal ``punctuation``: the share of kinds of marks on which both sides agree, 1 is good. Signal
``markup``: placeholders, tags and addresses of one side that the other lacks, 0 is good. Rules
only; each language writes its marks in its own way.
"""

import re
from typing import Final

_MARKUP: Final = re.compile(
    r"%(?:\d+\$)?[sdifu@]|%\(\w+\)[sd]|\{\{?[\w.]*\}?\}|\$\{?\w+\}?|</?[a-zA-Z]\w*[^<>]*>"
    r"|https?://[^\s<>\"»]+|[\w.+-]+@[\w-]+\.[\w.]+"
)
_MARKERS: Final = "%{$<@/"
"""One of them is in all that ``_MARKUP`` finds."""
_KINDS: Final = (
    ("?", "?՞;"),
    ("!", "!՜"),
    (":", ":՝"),
    ("(", "("),
    ("\"'", "\"'«»“”„‟‘’"),
    ("…", "…"),
)
"""Marks of the source, and what the target may have instead."""
_ENDS: Final = ".?!…:։․;"


def punctuation(source: str, target: str) -> float:
    """Agreement of the marks of both sides, as they are printed."""
    ours, theirs = source.rstrip(" \"'»”)"), target.rstrip(" \"'»”)")
    agree = int((ours[-1:] in _ENDS) == (theirs[-1:] in _ENDS))
    for these, those in _KINDS:
        agree += _has(source, these) == _has(target, those)
    return agree / (len(_KINDS) + 1)


def _has(text: str, marks: str) -> bool:
    for mark in marks:  # any() over a generator takes three times as long
        if mark in text:
            return True
    return False


def markup_lost(source: str, target: str) -> list[str]:
    """Placeholders, tags and addresses that are on one side only, those of the source first."""
    if not _has(source, _MARKERS) and not _has(target, _MARKERS):
        return []
    ours, theirs = _MARKUP.findall(source), _MARKUP.findall(target)
    return [mark for mark in ours if mark not in theirs] + [
        mark for mark in theirs if mark not in ours
    ]
