"""Where in the texts the evidence of a failed check stands.

A reason is "check: words", and says of numbers and quoted words on which side they are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.corpora.glossary import Term
from trilogue.corpora.inflection import is_form, words

_QUOTED: Final = re.compile(r'"([^"]+)"')
_SIDE: Final = re.compile(r"\b(source|target) has (.+?)(?=, (?:target|source|not|none)\b|$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text; ``check`` names what is to be seen there, "" for nothing."""

    text: str
    check: str = ""
    note: str = ""


def marked(text: str, side: str, reasons: Iterable[str], terms: Sequence[Term] = ()) -> list[Mark]:
    """The text in stretches, with the evidence of its checks and the terms of the glossary.

    :param side: "source" or "target".
    :param reasons: as an assessment has them.
    """
    spans: list[tuple[int, int, str, str]] = []
    for reason in reasons:
        check, _, said = reason.partition(": ")
        for piece in _pieces(said, side):
            spans += [(start, end, check, reason) for start, end in _places(text, piece)]
    for term in terms:
        note = f"glossary: {', '.join(term.targets)}"
        spans += [(*span, "term", note) for span in _term(text, term.source)]
    return _cut(text, spans)


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


def _cut(text: str, spans: list[tuple[int, int, str, str]]) -> list[Mark]:
    """The whole text, each place marked once: by the first of those that claim it."""
    found, at = [], 0
    for start, end, check, note in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        if start > at:
            found.append(Mark(text[at:start]))
        found.append(Mark(text[start:end], check, note))
        at = end
    if at < len(text):
        found.append(Mark(text[at:]))
    return found
