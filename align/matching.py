"""Which official version belongs to which transcript.

Evidence is what survives translation: date and time, numbers, the consonants of names, the number
of turns, the length. Files that hold as many documents as their transcript are taken in order,
unless the evidence speaks against it; what stays doubtful is refused, never guessed.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.align.scores.names import skeleton
from trilogue.align.scores.numbers import Firmness, numbers_in
from trilogue.align.scores.text import visible
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.types import Document

MARGIN: Final = 0.12
"""By how much the best transcript must beat the next for a match by evidence."""
LEAST: Final = 0.2
"""A best transcript that is no better than this is none."""
_NAME: Final = re.compile(r"(?<=[\w,»”\"] )[^\W\d_]\w{2,}")
_BONES: Final = 4
"""Consonants of a name that are compared: its inflected ending mostly comes after them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A document without its text.

    :ivar where: file and title, for messages.
    """

    document_id: str
    where: str
    date: str | None
    time: str | None
    turns: int
    characters: int
    numbers: frozenset[float]
    names: frozenset[str]


def profile(document: Document) -> Profile:
    """What of a document survives translation."""
    text = visible(document.text)
    names = (skeleton(word, document.language) for word in _NAME.findall(text) if word[0].isupper())
    numbers = numbers_in(text, document.language)
    return Profile(
        document_id=document.id,
        where=f"{document.source} ({document.title or document.id})",
        date=document.date,
        time=document.time,
        turns=len(document.turns),
        characters=len(document.text),
        numbers=frozenset(min(n.values) for n in numbers if n.firmness is Firmness.DIGITS),
        names=frozenset(bones[:_BONES] for bones in names if len(bones) > 2),
    )


def match(
    sources: Sequence[Profile], references: Sequence[Profile], *, in_order: bool
) -> list[int]:
    """For each reference the index of the source that it translates.

    :param in_order: the references are one file, the sources another: equal counts then mean equal
        order, unless the evidence is against it.
    :raises AlignmentError: if a reference fits no source, or two about as well, or one that
        another reference fits too.
    """
    table = [[_likeness(source, reference) for source in sources] for reference in references]
    if in_order and len(sources) == len(references) and _order_holds(table):
        return list(range(len(references)))
    found: list[int] = []
    for reference, row in zip(references, table, strict=True):
        ranked = sorted(range(len(row)), key=lambda i: (-row[i], i))
        if not ranked or row[ranked[0]] < LEAST:
            way = "add its transcript, or take it out of the file"
            raise AlignmentError(f"{reference.where}: translates none of the transcripts; {way}")
        best = ranked[0]
        if len(ranked) > 1 and row[best] - row[ranked[1]] < MARGIN:
            two = f"{sources[best].where} or {sources[ranked[1]].where}"
            way = "give each official version the date and time of its transcript, or build them"
            raise AlignmentError(f"{reference.where}: may translate {two}; {way} one by one")
        if best in found:
            other = references[found.index(best)].where
            what = f"translates {sources[best].where}, and so does {other}"
            raise AlignmentError(f"{reference.where}: {what}; take one of them out")
        found.append(best)
    return found


def _order_holds(table: Sequence[Sequence[float]]) -> bool:
    """Whether no reference fits another source clearly better than the one of its own number."""
    return all(
        row[number] > -math.inf and max(row) - row[number] < MARGIN
        for number, row in enumerate(table)
    )


def _likeness(source: Profile, reference: Profile) -> float:
    """How well two documents fit, about 0 to 1, and more with date and time; −∞ on other days."""
    likeness = 0.0
    if source.date and reference.date:
        if source.date != reference.date:
            return -math.inf
        likeness += 0.25
        if source.time and reference.time:
            likeness += 0.5 if source.time == reference.time else -0.25
    sizes = abs(math.log((source.characters + 100) / (reference.characters + 100)))
    return (
        likeness
        + 0.4 * _shared(source.numbers, reference.numbers)
        + 0.4 * _shared(source.names, reference.names)
        + 0.1 * math.exp(-abs(source.turns - reference.turns))
        + 0.1 * math.exp(-3 * max(0.0, sizes - 0.2))
    )


def _shared(some: frozenset[object], others: frozenset[object]) -> float:
    """Dice coefficient; 0 if neither side has any, for then they tell nothing."""
    total = len(some) + len(others)
    return 2 * len(some & others) / total if total else 0.0
