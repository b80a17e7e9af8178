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
_KINDS: Final = (
    ("?", "?՞;"),
    ("!", "!՜"),
    (":", ":՝"),
    ("(", "("),
    ("\"'", "\"'«»“”„‟‘’"),
    ("…", "…"),
)
_ENDS: Final = ".?!…:։․;"


def punctuation(source: str, target: str) -> float:
    """Agreement of the marks of both sides, as they are printed."""
    agree = 1.0
    total = len(_KINDS) + 1
    ours, theirs = source.rstrip(" \"'»”)"), target.rstrip(" \"'»”)")
    agree = float((ours[-1:] in _ENDS) == (theirs[-1:] in _ENDS))
    for these, those in _KINDS:
        agree += any(mark in source for mark in these + those[:1]) == any(
            mark in target for mark in those
        )
    return agree / total


def markup_lost(source: str, target: str) -> list[str]:
    """Placeholders, tags and addresses that are on one side only, those of the source first."""
    if not _MARKUP.search(source) and not _MARKUP.search(target):
        return []
    ours, theirs = _MARKUP.findall(source), _MARKUP.findall(target)
    return [mark for mark in ours if mark not in theirs] + [
        mark for mark in theirs if mark not in ours
    ]
