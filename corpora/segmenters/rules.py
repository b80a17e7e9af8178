"""Where sentences end in English, Russian and Azerbaijani: one scan for marks, rules at each.

One compiled expression finds every place where a sentence can end: its mark, what closes after
it, the gap, what opens before the next word. It never backtracks (every repetition is
possessive), and a rule reads at most ``WINDOW`` characters to either side, so time is linear in
the text, whatever the text.
"""

import re
from collections.abc import Callable
from typing import Final

from trilogue.corpora.segmenters.tables import After, Tables

WINDOW: Final = 48
"""Characters that a rule may look back or ahead: longer than any abbreviation or name."""

CANDIDATE: Final = re.compile(
    r"""
    (?P<mark> [.!?…‼⁇⁈⁉]++ (?: [ \u00a0] [.!?] (?![.!?]) )*+ )   # "?!", "...", ". . ."
    (?P<close> (?: ["'”’»›)\]}] | \[\d{1,3}\] )*+ )
    (?P<gap> \s*+ )
    (?P<open> (?: ["'“”‘’«„‹(\[{¿¡*] | [-–—•]++ \s )*+ )
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]{1,32}(?:['’-][^\W\d_]{1,16})?")
_ROMAN = re.compile(r"(?=[IVXLC])[XLC]{0,6}(?:I[XV]|V?I{0,3})\b")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){1,8}[^\W\d_]")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[^\W\d_]|[IVXivx]{1,5})")
_OPENING = "\"'“‘«„‹([{*_¿¡—–-"


Verdict = Callable[[str, int, re.Match[str]], bool]
"""Whether the sentence of ``text`` that began at an offset ends at a match."""


def cut_at(text: str, candidates: re.Pattern[str], ends: Verdict) -> list[tuple[int, int]]:
    """The spans of ``text`` between the candidates at which a sentence ends.

    :param candidates: groups ``mark``, ``close``, ``gap``, ``open``; possessive, so that the scan
        is linear.
    :param ends: is asked only where something follows.
    """
    found = []
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for match in candidates.finditer(text, start, end):
        if match.end() < end and ends(text, start, match):
            found.append((start, match.end("close")))
            start = match.start("open")
    if start < end:
        found.append((start, end))
    return found


class RuleSegmenter:
    """Cuts a paragraph of one language by its tables."""

    def __init__(self, language: str, tables: Tables) -> None:
        self._signature = f"rules-{language}-1"
        self._tables = tables

    @property
    def signature(self) -> str:
        return self._signature

    def spans(self, paragraph: str) -> list[tuple[int, int]]:
        """Half-open offsets of the sentences; what lies outside them is white space."""
        return cut_at(paragraph, CANDIDATE, self._ends)

    def _ends(self, text: str, start: int, match: re.Match[str]) -> bool:
        """Whether the sentence that began at ``start`` ends at this mark."""
        mark, close, gap, _ = match.groups()
        after = text[match.end()]
        if not gap and not match["open"]:
            return self._glued(text, start, match)
        stop = mark[-1] == "." and len(mark) == 1
        if stop and not self._stops(text, start, match):
            return False
        if after.isupper():
            return stop or not close or not self._is_said(text, match)
        if after.islower():
            return not close and not match["open"] and self._ends_before_lower(text, match)
        return after.isalnum() or after not in ",;:)]}»”%&/=+<-–—"

    def _ends_before_lower(self, text: str, match: re.Match[str]) -> bool:
        """Before a small letter: after "?" and "!", and after an ordinary word, as people type."""
        mark, before = match["mark"], text[max(0, match.start() - 3) : match.start()]
        if mark in (".", "?", "!"):
            return before.rstrip()[-2:].isalnum()
        return mark[-1] in "?!"

    def _glued(self, text: str, start: int, match: re.Match[str]) -> bool:
        """A mark with no space after it: "hall.Thank you" is two sentences, "e.g." is none."""
        after = text[match.end() : match.end() + 2]
        if not (after[0].isupper() and (after[1:].islower() or after == "I ")):
            return False
        word = text[max(start, match.start() - WINDOW) : match.start()].rsplit(None, 1)[-1:]
        return bool(word) and word[0].isalpha() and word[0][-2:].islower() and len(word[0]) > 1

    def _stops(self, text: str, start: int, match: re.Match[str]) -> bool:
        """Whether a single full stop can end a sentence here: false after an abbreviation."""
        at = match.start()
        before = text[max(start, at - WINDOW) : at].split()
        if not before:
            return False
        word = before[-1].lstrip(_OPENING)
        key = word.lower()
        if len(word) == 1 and len(before) > 1 and before[-2][-1] == "." and len(before[-2]) < 4:
            key = before[-2].lstrip(_OPENING).lower() + key
        kind = self._tables.abbreviations.get(key)
        if kind is not None:
            return self._ends_abbreviation(kind, before, text, match)
        if _ENUMERATOR.fullmatch(word) and (at - len(word) <= start or _introduces(before)):
            return False
        if len(word) == 1 and word.isalpha() or _ACRONYM.fullmatch(word):
            if key in self._tables.pronouns and len(before) > 1 and before[-2].islower():
                return True
            return word.islower() or self._opens(text, match)
        return True

    def _ends_abbreviation(
        self, kind: After, before: list[str], text: str, match: re.Match[str]
    ) -> bool:
        after = text[match.end()]
        if kind is After.NEVER:
            return False
        if kind is After.NUMBER:
            return not (after.isdigit() or after in "§" or _ROMAN.match(text, match.end()))
        if kind is After.OPENER:
            return self._opens(text, match)
        if kind is After.COUNTED and not (len(before) > 1 and before[-2][-1:].isdigit()):
            return False
        return after.isupper() and self._next(text, match) not in self._tables.inward

    def _next(self, text: str, match: re.Match[str]) -> str:
        word = _WORD.match(text, match.end())
        return word[0].lower().replace("’", "'") if word else ""

    def _opens(self, text: str, match: re.Match[str]) -> bool:
        """Whether the next word is capitalised and one that opens sentences."""
        return text[match.end()].isupper() and self._next(text, match) in self._tables.openers

    def _is_said(self, text: str, match: re.Match[str]) -> bool:
        """Whether a closed quotation goes on with who says it: "Stop!" John cried."""
        following = text[match.end() : match.end() + WINDOW].split()[1:4]
        return any(word.strip(".,;:") in self._tables.saying for word in following)


def _introduces(before: list[str]) -> bool:
    """Whether the word before an enumerator introduces a list: "three points: 1. Trade"."""
    return len(before) > 1 and before[-2][-1] in ":;"
