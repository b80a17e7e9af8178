"""How texts are laid out: where paragraphs and turns begin, who speaks; soft anchors.

A translator may join two paragraphs or leave out who says "Thank you": layout is evidence with
weights, as words are. What one side lacks says nothing of the other.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trilogue.align.lattice import Floats, Integers
from trilogue.align.names import alike
from trilogue.align.stems import words
from trilogue.align.weights import Weights

PARAGRAPH, TURN = 1, 2
STARTS: Final = np.array([[0, 1, 2], [1, 3, 4], [2, 4, 5]])
"""Which weight a bead has by what begins on its two sides: nothing, a paragraph, a turn."""
_LABEL: Final = re.compile(r"\W*(\w(?:[^:.!?…]{0,80}[^\s:.!?…])?):(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one text.

    :ivar breaks: what begins with each segment: 0 nothing, PARAGRAPH or TURN.
    :ivar speakers: who says each segment, "" where that is not known.
    """

    breaks: tuple[int, ...]
    speakers: tuple[str, ...]

    def of(self, segments: Sequence[int]) -> "Layout":
        """That of some segments."""
        return Layout(
            tuple(self.breaks[i] for i in segments), tuple(self.speakers[i] for i in segments)
        )


Layouts = tuple[Layout, Layout]


def layout(texts: Sequence[str]) -> Layout:
    """What the segments themselves tell: a paragraph begins after a blank one, a turn with a label.

    A label is what stands before a colon, ends in a capitalised word, and is all of its segment
    or ends as another label does: "Chair:", "The Minister, Ann Lee: Thank you."
    """
    labels = [_label(text) for text in texts]
    often = Counter(_last(label) for label in labels)
    breaks, speakers, speaker = [], [], ""
    for k, (text, label) in enumerate(zip(texts, labels, strict=True)):
        is_label = label and (often[_last(label)] > 1 or text.rstrip().endswith(label + ":"))
        speaker = label if is_label else speaker
        after_blank = bool(k) and not texts[k - 1].strip()
        breaks.append(TURN if is_label else PARAGRAPH if after_blank else 0)
        speakers.append(speaker)
    return Layout(tuple(breaks), tuple(speakers))


def _label(text: str) -> str:
    found = _LABEL.match(text)
    return found[1] if found and _last(found[1])[:1].isupper() else ""


def _last(label: str) -> str:
    return label.split()[-1] if label else ""


class LayoutEvidence:
    """What two layouts say of beads."""

    def __init__(self, layouts: Layouts, *, source_lang: str, target_lang: str) -> None:
        sides = [np.array(side.breaks, np.int64) for side in layouts]
        # What only one side marks, the other does not deny.
        marked = min(int(side[1:].max(initial=0)) for side in sides)
        self.source, self.target = (np.minimum(side, marked) for side in sides)
        speakers = layouts[0].speakers, layouts[1].speakers
        self.speakers = _same(*speakers, source_lang=source_lang, target_lang=target_lang)

    @property
    def tells(self) -> bool:
        """Whether both sides are laid out."""
        return bool(self.source.any() or (self.speakers[0] >= 0).any())

    def values(self, rows: range, columns: range, m: int, n: int, weights: Weights) -> Floats:
        """Evidence of beads of m and n segments by their first ones, shape (rows, columns)."""
        source, target = self.source[rows.start : rows.stop], self.target[columns.start :]
        target = target[: len(columns)]
        out = weights.starts[STARTS[source[:, None], target[None, :]]]
        out += _inside(source, m, weights)[:, None] + _inside(target, n, weights)[None, :]
        here, there = (
            of[part.start : part.stop]
            for of, part in zip(self.speakers, (rows, columns), strict=True)
        )
        known = (here >= 0)[:, None] & (there >= 0)[None, :]
        differ = (here[:, None] != there[None, :]).astype(np.int64)
        out += known * weights.speakers[differ]
        return np.asarray(out, np.float32)


def _inside(breaks: Integers, m: int, weights: Weights) -> Floats:
    """What the breaks within m segments from each row on weigh; fewer at the end."""
    each = np.array([0.0, *weights.inside])[breaks]
    out = np.zeros(len(breaks))
    for k in range(1, min(m, len(breaks))):
        out[: len(breaks) - k] += each[k:]
    return np.asarray(out, np.float32)


def _same(
    source: Sequence[str], target: Sequence[str], *, source_lang: str, target_lang: str
) -> tuple[Integers, Integers]:
    """Speakers of both sides as numbers, equal for one who sounds the same; −1 if none does."""
    ours, theirs = (
        list(dict.fromkeys(word for name in side if (word := _surname(name, lang))))
        for side, lang in ((source, source_lang), (target, target_lang))
    )
    found = alike(ours, theirs, source_lang=source_lang, target_lang=target_lang)
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for i, j, _ in sorted(found, key=lambda link: (-link[2], link)):
        if ours[i] not in numbers[0] and theirs[j] not in numbers[1]:
            numbers[0][ours[i]] = numbers[1][theirs[j]] = len(numbers[0])
    first, second = (
        np.array([known.get(_surname(name, lang), -1) for name in side], np.int64)
        for side, lang, known in zip(
            (source, target), (source_lang, target_lang), numbers, strict=True
        )
    )
    return first, second


def _surname(name: str, language: str) -> str:
    return found[-1] if (found := words(name, language)) else ""
