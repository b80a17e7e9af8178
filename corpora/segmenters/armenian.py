"""Armenian: its full stop is "։", often typed as a colon, and no dot ends anything.

The dot (".", or "․") joins clauses and marks abbreviations and initials; question, emphasis and
exclamation marks (՞ ՛ ՜) stand inside words. So abbreviations need no table here.
"""

import re
from typing import Final

from trilogue.corpora.segmenters.rules import cut_at

CANDIDATE: Final = re.compile(
    r"""
    (?P<mark> [։:…?!]++ [։:.…?!]*+ | \.{2,} [։:.…?!]*+ | ․{2,} )
    (?P<close> ["'”’»›)\]}]*+ )
    (?P<gap> \s*+ )
    (?P<open> (?: ["'“”‘«„‹(\[{*] | [-–—•]++ \s )*+ )
    """,
    re.VERBOSE,
)


class ArmenianSegmenter:
    """Cuts Armenian paragraphs at "։", at a colon that stands for it, and at ellipses."""

    signature = "rules-hy-1"

    def spans(self, paragraph: str) -> list[tuple[int, int]]:
        """Half-open offsets of the sentences; what lies outside them is white space."""
        return cut_at(paragraph, CANDIDATE, _ends)


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    mark, after = match["mark"], text[match.end()]
    if mark[0] == "։" and not after.isdigit():
        return bool(match["gap"] or match["open"]) or after.isupper()
    if not match["gap"]:
        return mark[-1] in "։:" and after.isupper() and text[match.start() - 1].isalpha()
    if mark[-1] in "։:":
        return after not in ",;)]}»։:" and not (after.islower() and match["close"])
    return after.isupper()
