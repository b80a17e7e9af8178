"""Where in the texts the evidence of a failed check stands.

A reason is "check: words", and says of numbers and quoted words on which side they are. Where it
says that something is missing or added, the words without a partner are shown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from trilogue.corpora.glossary import Term
from trilogue.corpora.inflection import is_form, words
from trilogue.review.links import Words

_QUOTED: Final = re.compile(r'"([^"]+)"')
_SIDE: Final = re.compile(r"\b(source|target) has (.+?)(?=, (?:target|source|not|none)\b|$)")


_PARTNERS: Final = {"source": ("omission", "clause", "content"), "target": ("addition", "content")}
"""Checks that words without a partner explain, on each side."""
_NONE: Final = Words()


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text; ``check`` names what is to be seen there, "" for nothing.

    :ivar pieces: the text in words and what is between, each with the numbers of its word links.
    """

    text: str
    check: str = ""
    note: str = ""
    pieces: tuple[tuple[str, tuple[int, ...]], ...] = ()


def marked(
    text: str,
    side: str,
    reasons: Iterable[str],
    terms: Sequence[Term] = (),
    known: Words = _NONE,
) -> list[Mark]:
    """The text in stretches, with the evidence of its checks and the terms of the glossary.

    :param side: "source" or "target".
    :param reasons: as an assessment has them.
    :param known: the words of the text and their links.
    """
    spans: list[tuple[int, int, str, str]] = []
    for reason in reasons:
        check, _, said = reason.partition(": ")
        for piece in _pieces(said, side):
            spans += [(start, end, check, reason) for start, end in _places(text, piece)]
        if check in _PARTNERS[side]:
            spans += [(*span, check, reason) for span in known.alone]
    for term in terms:
        note = f"glossary: {', '.join(term.targets)}"
        spans += [(*span, "term", note) for span in _term(text, term.source)]
    return _cut(text, spans, known)


def _pieces(said: str, side: str) -> list[str]:
    """The words of a reason that may stand on a side."""
    found = _QUOTED.findall(said)
    for which, what in _SIDE.findall(said):
        if which == side:
            found += [piece for piece in what.split(" and ") if '"' not in piece]
    return found


def _places(text: str, piece: str) -> list[tuple[int, int]]:
    pattern = rf"(?<!\w){re.escape(piece)}(?!\w)"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def _term(text: str, term: str) -> list[tuple[int, int]]:
    """Where a term stands, in whatever form."""
    sought = words(term, "en")
    found = [(*match.span(), match[0].casefold()) for match in re.finditer(r"[^\W_]+", text)]
    spans = []
    for at in range(len(found) - len(sought) + 1):
        here = found[at : at + len(sought)]
        pairs = zip(here, sought, strict=True)
        if here and all(is_form(one[2], form, "en") for one, form in pairs):
            spans.append((here[0][0], here[-1][1]))
    return spans


def _cut(text: str, spans: list[tuple[int, int, str, str]], known: Words) -> list[Mark]:
    """The whole text, each place marked once: by the first of those that claim it."""
    found: list[tuple[int, int, str, str]] = []
    at = 0
    for start, end, check, note in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= at:
            found += [(at, start, "", ""), (start, end, check, note)]
            at = end
    found.append((at, len(text), "", ""))
    return [
        Mark(text[start:end], check, note, _words(text, start, end, known))
        for start, end, check, note in found
        if start < end
    ]


def _words(
    text: str, start: int, end: int, known: Words
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """A stretch cut at its linked words; one that reaches over its bounds is linked nowhere."""
    inside = [span for span in known.links if start <= span[0] and span[1] <= end]
    cuts = sorted({start, end, *(place for span in inside for place in span)})
    return tuple((text[a:b], known.links.get((a, b), ())) for a, b in pairwise(cuts))
