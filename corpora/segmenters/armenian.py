"""Armenian: its full stop is "։", often typed as a colon, and no dot ends anything.

The dot (".", or "․") joins clauses and marks abbreviations and initials; question, emphasis and
exclamation marks (՞ ՛ ՜) stand inside words. So abbreviations need no table here.
"""

import re
from typing import Final

from trilogue.corpora.segmenters.rules import VERSION, WINDOW, Place, cut_at

CANDIDATE: Final = re.compile(
    r"""
    (?P<mark> [։:…?!]++ [։:.…?!]*+ | \.{2,} [։:.…?!]*+ | ․{2,} )
    (?P<close> ["'”’»›)\]}]*+ )
    (?P<gap> \s*+ )
    (?P<open> (?: ["'“”‘«„‹(\[{*] | [-–—•]++ \s )*+ )
    """,
    re.VERBOSE,
)

_SAYS: Final = re.compile(r"(?:աս(?:աց|ում|ել|եց)|պատասխան|գոռ|բացական|հարց|շշնջ|գր(?:եց|ել|ում))")


class ArmenianSegmenter:
    """Cuts Armenian paragraphs at "։", at a colon that stands for it, and at ellipses."""

    signature = f"rules-hy-{VERSION}"

    def spans(self, paragraph: str) -> list[tuple[int, int]]:
        """Half-open offsets of the sentences; what lies outside them is white space."""
        return cut_at(paragraph, CANDIDATE, _ends)


def _ends(place: Place) -> bool:
    match, after = place.match, place.after
    mark, before = match["mark"], place.text[match.start() - 1]
    if mark in "։:" and before.isdigit() and after.isdigit():
        return False  # a time or a score, also typed as "20: 15"
    if re.search("[»–—-]", match["close"] + match["open"]) and _SAYS.match(place.text, match.end()):
        return False  # "«…։»– ասաց նա", "…։ – պատասխանեց նա"
    if not match["gap"] and not match["open"]:
        return mark[-1] in "։:" and after.isupper() and before.isalpha()
    if mark[-1] in "։:":
        return not (after in ",;)]}»։:" or mark in "։:" and _is_inside(place))
    return after.isupper()


def _is_inside(place: Place) -> bool:
    """Whether a colon is one: in a quoted title («Արցախ: ակնարկ» գրքում), or after a quotation."""
    text, match = place.text, place.match
    if match["close"]:
        return match["mark"] == ":" and place.after.islower()
    back = max(place.start, match.start() - WINDOW)
    if text.rfind("«", back, match.start()) <= text.rfind("»", back, match.start()):
        return False
    _, closed, rest = text[match.end() : match.end() + WINDOW].partition("»")
    word = rest.lstrip(" -").split(maxsplit=1)[:1]
    return bool(closed and word) and word[0][0].islower() and _SAYS.match(word[0]) is None
