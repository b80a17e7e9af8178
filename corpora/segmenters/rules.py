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

VERSION: Final = 4
"""Raised when the same text is cut otherwise."""

CANDIDATE: Final = re.compile(
    r"""
    (?P<mark>
        [.!?…‼⁇⁈⁉]++ (?: [ \u00a0] [.!?] (?![.!?]) )*+                    # "?!", "...", ". . ."
      | : (?<=please[ ]the[ ][Cc]ourt:) (?=\s)                            # before a bench
      | (?: -{2,3}+ | — ) (?= [ ][A-Z] )                                # "he was -- And then"
      | [:;=] -? [)D] \)*+ (?!\S) | \) (?<! \)\) ) \){2,}+ (?!\S)       # ":-)", ")))"
      | [\u2600-\u27bf\u200d\ufe0f\U0001f1e6-\U0001faff] (?!\w)
      | [*=_~] (?<! \S .) (?: \*{2,}+ | [ ] \* [ ] \* | [=_~]{4,}+ ) (?!\S)   # "* * *", "====="
    )
    (?P<close>
      (?: ["'”’»›)\]}] | “ (?!\S) | \[\d{1,3}\] )*+
      (?: (?: [ ]? [\u2600-\u27bf\u200d\ufe0f\U0001f1e6-\U0001faff] ){1,9}+ (?!\w) )?+
    )
    (?P<gap> \s*+ )
    (?P<open> (?: ["'“”‘’«„‹(\[{¿¡] | \*{1,2}+ (?=[^*\s]) | [-–—•]++ \s )*+ )
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]{1,32}(?:['’-][^\W\d_]{1,16})?")
_ROMAN = re.compile(r"(?:[IVXLC]{2,7}|[VXLC])\b|I(?=[.;:)]|,\s\w{1,4}\.| of\b)")
_COUNT = re.compile(r"\(?(?:\d\S*(?<!,)$|[IVXLC]{1,7}(?:[–-][IVXLC]{1,7})?$)")
_LETTERED = re.compile(r"(?!I)[^\W\d_a-zа-яё][.)]")
_ACRONYM = re.compile(r"(?:^|-)(?:[^\W\d_]\.){1,8}[^\W\d_]$")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|\d{1,4}(?:[.–-]\d{1,3}){1,5}|[^\W\d_]|[IVXivx]{1,5})")
_ASIDE = re.compile(r"[^\W\d_]{2,16}(?:\s[^\W\d_]{1,16}){0,2}[.!]?[)\]]")
_SMALL_NUMBER = re.compile(r"\(?\d{1,3}(?:[.–-]\d{1,3})*")
_COUNTED = re.compile(r"^\d+(?:-(?=\w\w))?")
_SHORT = re.compile(r"\w{1,4}\.(?!\.)")
_PAUSE = re.compile(r"[.… \u00a0]{2,}|…")
_QUOTE = re.compile('["”’»]')
_SITE = re.compile(r"(?:com|org|net|info|gov|edu|ru|am|az|html?)\b", re.IGNORECASE)
_STOPS = ".!?…‼⁇⁈⁉"
_SEPARATORS = "*=_~"
_OPENING = "\"'“‘«„‹([{*_¿¡—–-"


class Place:
    """A candidate and what stands around it.

    :ivar before: the words between the start of the sentence (``start``) and the mark, as far as
        ``WINDOW`` characters back.
    :ivar word: the last of them, without what opens before it; empty if there is none.
    :ivar after: the character that follows.
    """

    __slots__ = ("after", "before", "match", "start", "text", "word")

    def __init__(self, text: str, start: int, match: re.Match[str]) -> None:
        at = match.start()
        self.text, self.start, self.match = text, start, match
        self.before = text[start if at - start < WINDOW else at - WINDOW : at].split()
        self.word = self.before[-1].lstrip(_OPENING) if self.before else ""
        self.after = text[match.end()]

    @property
    def earlier(self) -> str:
        """The word before that."""
        return self.before[-2] if len(self.before) > 1 else ""

    @property
    def following(self) -> str:
        """The next word, in small letters."""
        word = _WORD.match(self.text, self.match.end())
        return word[0].lower().replace("’", "'") if word else ""


Ends = Callable[[Place], bool]
"""Whether a sentence ends at a place."""


def cut_at(text: str, candidates: re.Pattern[str], ends: Ends) -> list[tuple[int, int]]:
    """The spans of ``text`` between the candidates at which a sentence ends.

    :param candidates: groups ``mark``, ``close``, ``gap``, ``open``; possessive, so that the scan
        is linear.
    :param ends: is asked only where something stands on both sides.
    """
    found = []
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for match in candidates.finditer(text, start, end):
        if match.end() < end and _says(text, start, match) and ends(Place(text, start, match)):
            found.append((start, match.end("close")))
            start = match.start("open")
    if start < end:
        found.append((start, end))
    return found


def _says(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether anything was said before the mark: an ellipsis may also begin a sentence."""
    said = match.start() - start
    if said > 3 or match["mark"][0] in _SEPARATORS:
        return True
    return any(map(str.isalnum, text[start : match.start()]))


class RuleSegmenter:
    """Cuts a paragraph of one language by its tables."""

    def __init__(self, language: str, tables: Tables) -> None:
        self._signature = f"rules-{language}-{VERSION}"
        self._tables = tables

    @property
    def signature(self) -> str:
        return self._signature

    def spans(self, paragraph: str) -> list[tuple[int, int]]:
        """Half-open offsets of the sentences; what lies outside them is white space."""
        return cut_at(paragraph, CANDIDATE, self._ends)

    def _ends(self, place: Place) -> bool:
        mark, close, gap, opening = place.match.groups()
        if not gap and not opening:
            return self._is_glued(place)
        if mark[0] in "-—":
            return self._is_broken_off(place)
        if mark == "." and not self._stops(place):
            return False
        if place.after.isupper():
            if mark == ".":
                return True
            return not (self._is_said(place) if close else self._is_unfinished(place))
        if mark[0] not in _STOPS:
            return mark[0] in _SEPARATORS  # ":-)" ends something before a capital only
        if place.after.islower():
            return self._ends_before_small(place)
        return place.after.isalnum() or place.after not in ",;:)]}»”%&/=+<|#-–—"

    def _is_glued(self, place: Place) -> bool:
        """Whether two sentences stand together without a space: "hall.Thank you"; not "e.g.A"."""
        text, at, word = place.text, place.match.end(), place.word
        if not place.after.isupper() or text[at + 1 : at + 2].isupper():
            return False
        if len(word) < 2 or not word.isalpha() or not word[-2:].islower():
            return False
        if _SITE.match(text, at) or _SHORT.match(text, at) or self._kind(place) is not None:
            return False
        return word[0].islower() or self._opens(place)

    def _ends_before_small(self, place: Place) -> bool:
        """Before a small letter: where nobody bothers with capitals, and before "(laughs)"."""
        mark, close, _, opening = place.match.groups()
        if mark[-1] in ".…" and mark != "." and opening != "(":
            return False
        if opening:
            return opening in "([" and _ASIDE.match(place.text, place.match.end()) is not None
        word = place.before[-1] if place.before else "."
        if close or word[-1] in '"”’»' and place.following in self._tables.saying:
            return False  # 'asked "why"? said Holt'
        lax = self._tables.lax or place.text[place.start].islower()
        if mark == ".":
            plain = word[-1].isalnum() or word[-1] in ")\"'”»"
            plain = plain and "." not in word and not _SMALL_NUMBER.fullmatch(word)
            return plain and (lax or len(word) > 4 and word[-1].isalpha())
        if mark == "!":
            return lax and word[0].islower() and word not in self._tables.exclaimed
        return lax

    def _stops(self, place: Place) -> bool:
        """Whether a single full stop can end a sentence here: false after an abbreviation."""
        word = place.word
        kind = self._kind(place)
        if kind is not None:
            return self._stops_after(kind, place)
        if not word or len(word) > 5 and word.isalpha():
            return True
        earlier = place.earlier
        if len(word) < 16 and _ENUMERATOR.fullmatch(word):
            begun = place.match.start() - len(word) - place.start
            if begun <= 1 or earlier[-1:] in (":", ";") and len(earlier) > 1:
                return False  # "1. Trade. 2. Energy." and "three tasks: 1. Trade."
            headed = begun == len(earlier) + 1 and earlier.lower() in self._tables.heads
            if headed and not place.match["open"]:
                return False  # "Article 5. Language."
        if len(word) == 1 and word.isalpha() or "." in word and _ACRONYM.search(word):
            if word.lower() in self._tables.pronouns and earlier.islower():
                return True
            return self._opens(place)
        return True

    def _kind(self, place: Place) -> After | None:
        """What the tables say of a word, or of it together with the one before ("и др", "т. е")."""
        known, word = self._tables.abbreviations, place.word
        if "." in word and ("-" in word or "–" in word):
            word = word.replace("–", "-").rpartition("-")[2]  # "Russia-U.S.", "Mon.–Fri."
        key = word.lower()
        if len(key) < 4 and len(place.before) > 1:
            earlier = place.earlier.lstrip(_OPENING).lower()
            pair = known.get(f"{earlier}{key}" if earlier.endswith(".") else f"{earlier}_{key}")
            if pair is not None:
                return pair
        if len(word) == 1 and word.isupper():
            return None
        if key[:1].isdigit() and key.endswith(("st", "nd", "rd", "th")):
            return None
        found = known.get(word) or known.get(key) or known.get(_COUNTED.sub("", key))
        _, hyphen, ending = key.rpartition("-")
        return known.get(ending) if not found and hyphen and len(ending) > 1 else found

    def _stops_after(self, kind: After, place: Place) -> bool:
        """Whether the full stop of an abbreviation of a kind ends the sentence, too."""
        if kind is After.NEVER:
            return False
        if place.after.isupper() and _QUOTE.search(place.match["close"]):
            return True  # 'against the "U.S." They'
        if kind is After.OPENER:
            return self._opens(place)
        if not place.after.isupper():
            return False
        if kind is After.NUMBER:
            return not self._counts(place)
        if kind is After.COUNTED and not (place.word[0].isdigit() or _COUNT.match(place.earlier)):
            return False
        if self._opens(place):
            return True
        return place.following not in self._tables.inward and not self._leads(place)

    def _counts(self, place: Place) -> bool:
        """Whether a Roman numeral or a letter ("app. A.") follows; I is one where it is no word."""
        if place.following == "i" and "i" not in self._tables.pronouns:
            return True
        at = place.match.end()
        return (_ROMAN.match(place.text, at) or _LETTERED.match(place.text, at)) is not None

    def _leads(self, place: Place) -> bool:
        """Whether all so far is when something happens: "At 10 a.m. Putin", "В 2020 г. Россия"."""
        if place.match.start() - place.start > WINDOW:
            return False
        first = place.before[0].lower()
        return first in self._tables.leading or first.isdigit()

    def _opens(self, place: Place) -> bool:
        """Whether the next word is capitalised, opens sentences, and is no initial ("А. С.")."""
        word = place.following
        if not place.after.isupper() or word not in self._tables.openers:
            return False
        return len(word) > 1 or not place.text.startswith(".", place.match.end() + 1)

    def _is_broken_off(self, place: Place) -> bool:
        """Whether a speaker starts anew behind a dash: "she is -- And then"; not "-- I think"."""
        word, at = place.word, place.match.start()
        if not self._tables.interrupted or not word.islower() or not place.text[at - 1].isspace():
            return False
        pronoun = place.following.partition("'")[0] in self._tables.pronouns
        return len(place.before) > 2 and not pronoun and self._opens(place)

    def _is_unfinished(self, place: Place) -> bool:
        """Whether an ellipsis stands where somebody falters: "the… Well", "We… We must"."""
        if _PAUSE.fullmatch(place.match["mark"]) is None:
            return False
        word = place.word.lower()
        return word in self._tables.faltering or bool(word) and word == place.following

    def _is_said(self, place: Place) -> bool:
        """Whether a closed quotation goes on: "Stop!" John cried; «Кто виноват?» Герцена."""
        text, match, following = place.text, place.match, place.following
        if match["open"] or following != "i" and following in self._tables.openers:
            return False
        if "»" in match["close"]:
            opened = text.rfind("«", max(place.start, match.start() - WINDOW), match.start())
            return opened > 0 and text[max(place.start, opened - 2) : opened].strip().isalnum()
        words = text[match.end() : match.end() + WINDOW].split()[1:4]
        return any(word.rstrip(".,;:") in self._tables.saying for word in words)
