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
    (?P<mark>
        [.!?…‼⁇⁈⁉]++ (?: [ \u00a0] [.!?] (?![.!?]) )*+   # "?!", "...", ". . ."
      | [:;=] -? [)D] \)*+ (?!\S)                          # ":-)"
      | (?<!\S) (?: [*=_~]{3,}+ | \* [ ] \* [ ] \* ) (?!\S)
    )
    (?P<close> (?: ["'”’»›)\]}] | \[\d{1,3}\] )*+ )
    (?P<gap> \s*+ )
    (?P<open> (?: ["'“”‘’«„‹(\[{¿¡] | \*{1,2}+ (?=[^*\s]) | [-–—•]++ \s )*+ )
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]{1,32}(?:['’-][^\W\d_]{1,16})?")
_ROMAN = re.compile(r"(?:[IVXLC]{2,7}|[VXLC])\b|I(?=[.,;:)]| of\b)")
_COUNT = re.compile(r"\(?(?:\d|[IVXLC]{1,7}(?:[–-][IVXLC]{1,7})?$)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){1,8}[^\W\d_]")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,4}(?:[.–-]\d{1,3}){0,5}|[^\W\d_]|[IVXivx]{1,5})")
_ASIDE = re.compile(r"[^\W\d_]{2,16}(?:\s[^\W\d_]{1,16}){0,2}[.!]?[)\]]")
_SITE = re.compile(r"(?:com|org|net|info|gov|edu|ru|am|az|html?)\b", re.IGNORECASE)
_OPENING = "\"'“‘«„‹([{*_¿¡—–-"

Ends = Callable[[str, int, re.Match[str]], bool]
"""Whether the sentence of a text that began at an offset ends at a candidate."""


def cut_at(text: str, candidates: re.Pattern[str], ends: Ends) -> list[tuple[int, int]]:
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
        mark, close, gap, opening = match.groups()
        after = text[match.end()]
        if not gap and not opening:
            return self._is_glued(text, start, match)
        if mark == "." and not self._stops(text, start, match):
            return False
        if after.isupper():
            if mark == ".":
                return True
            return not (self._is_said if close else self._is_unfinished)(text, match)
        if after.islower():
            return self._ends_before_small(text, match)
        return after.isalnum() or after not in ",;:)]}»”%&/=+<-–—"

    def _is_glued(self, text: str, start: int, match: re.Match[str]) -> bool:
        """Whether two sentences stand together without a space: "hall.Thank you"; not "e.g.A"."""
        after = text[match.end() : match.end() + 8]
        if not after[0].isupper() or after[1:2].isupper() or _SITE.match(after):
            return False
        word = text[max(start, match.start() - WINDOW) : match.start()].rsplit(None, 1)[-1:]
        return bool(word) and word[0].isalpha() and word[0][-2:].islower() and len(word[0]) > 1

    def _ends_before_small(self, text: str, match: re.Match[str]) -> bool:
        """Before a small letter: where nobody bothers with capitals, and before "(laughs)"."""
        mark, close, _, opening = match.groups()
        before = text[max(0, match.start() - 2) : match.start()].rstrip()[-1:]
        if opening:
            aside = opening[0] in "([" and len(opening) == 1
            return aside and _ASIDE.match(text, match.end()) is not None
        if close or mark[-1] in ".…" and len(mark) > 1 or mark == "…":
            return False
        if mark == "!":
            word = text[max(0, match.start() - WINDOW) : match.start()].split()[-1:]
            return bool(word) and word[0][0].islower() and word[0] not in self._tables.exclaimed
        return mark != "." or before.isalnum() or before in ")\"'”»"

    def _stops(self, text: str, start: int, match: re.Match[str]) -> bool:
        """Whether a single full stop can end a sentence here: false after an abbreviation."""
        at = match.start()
        before = text[max(start, at - WINDOW) : at].split()
        if not before:
            return False
        word = before[-1].lstrip(_OPENING)
        kind = self._kind(word, before)
        if kind is not None:
            return self._stops_after(kind, before, text, match)
        if len(word) < 5 and _ENUMERATOR.fullmatch(word):
            if at - len(word) <= start + 1 or len(before) > 1 and before[-2][-1] in ":;":
                return False
        if len(word) == 1 and word.isalpha() or "." in word and _ACRONYM.fullmatch(word):
            if word.lower() in self._tables.pronouns and len(before) > 1 and before[-2].islower():
                return True
            return self._opens(text, match)
        return True

    def _kind(self, word: str, before: list[str]) -> After | None:
        """What the tables say of a word, or of it together with the one before ("и др", "т. е")."""
        known = self._tables.abbreviations
        key = word.lower()
        if len(key) < 4 and len(before) > 1:
            earlier = before[-2].lstrip(_OPENING).lower()
            pair = known.get(f"{earlier}{key}" if earlier.endswith(".") else f"{earlier}_{key}")
            if pair is not None:
                return pair
        if len(word) == 1 and word.isupper():
            return None
        return known.get(word) or known.get(key)

    def _stops_after(self, kind: After, before: list[str], text: str, match: re.Match[str]) -> bool:
        """Whether the full stop of an abbreviation of a kind ends the sentence, too."""
        after = text[match.end()]
        if kind is After.OPENER:
            return self._opens(text, match)
        if kind is After.NEVER or not after.isupper():
            return False
        if kind is After.NUMBER:
            return _ROMAN.match(text, match.end()) is None
        if kind is After.COUNTED and not _COUNT.match(before[-2] if len(before) > 1 else ""):
            return False
        return self._next(text, match) not in self._tables.inward

    def _next(self, text: str, match: re.Match[str]) -> str:
        word = _WORD.match(text, match.end())
        return word[0].lower().replace("’", "'") if word else ""

    def _opens(self, text: str, match: re.Match[str]) -> bool:
        """Whether the next word is capitalised and one that opens sentences."""
        return text[match.end()].isupper() and self._next(text, match) in self._tables.openers

    def _is_unfinished(self, text: str, match: re.Match[str]) -> bool:
        """Whether an ellipsis stands where somebody falters: "I… I mean", "the… Well"."""
        if match["mark"][-1] not in ".…":
            return False
        word = text[max(0, match.start() - WINDOW) : match.start()].rsplit(None, 1)[-1:]
        last = word[0].lstrip(_OPENING).lower() if word else ""
        return last in self._tables.faltering or bool(last) and last == self._next(text, match)

    def _is_said(self, text: str, match: re.Match[str]) -> bool:
        """Whether a closed quotation goes on with who says it: "Stop!" John cried."""
        following = self._next(text, match)
        if following != "i" and following in self._tables.openers:
            return False
        words = text[match.end() : match.end() + WINDOW].split()[1:4]
        return any(word.rstrip(".,;:") in self._tables.saying for word in words)
