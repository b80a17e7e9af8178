"""Documents with a known ladder, made of line-parallel text: joined, cut, shifted, dropped."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

Row = tuple[str, str, str, int]
"""A source line, its translation, a draft of it ("" for none), and its number."""
Indices = tuple[int, ...]
Cut = tuple[int, int]
"""A row, and where in its text a segment ends: 0 for before all of it."""

KINDS: Final = (
    (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 0), (0, 1),
    (1, 4), (4, 1), (2, 3), (3, 2), (3, 3),
)  # fmt: skip
LINED: Final = 8
"""Kinds, the first ones, of documents whose segments are whole lines."""
SHARES: Final = (
    ((79, 5, 5, 2, 1.5, 1.5, 2.5, 2.5, 0.3, 0.3, 0.4, 0.4, 0.2), 1),
    ((58, 8, 8, 6, 3, 3, 7, 7, 0.5, 0.5, 0.8, 0.8, 0.4), 4),
    ((58, 8, 8, 6, 3, 3, 7, 7, 0.5, 0.5, 0.8, 0.8, 0.4), 4),
    ((40, 12, 12, 10, 6, 6, 7, 7, 1, 1, 1.5, 1.5, 0.8), 15),
)
"""Percent of each kind, and the longest run of lines that is dropped; a document takes one."""
CUTS: Final = (0.0, 0.3, 0.6)
"""Shares of segments' ends that are those of clauses, not of lines; a document takes one."""
SCRAPS: Final = (0.0, 0.3)
"""Shares of gaps that are a heading, a caption, a page's number: a few words of some other line."""
FREEDOM: Final = (0.0, 0.0, 0.15, 0.3)
"""Shares of words that a document exchanges for others: free translations and poor lexicons."""
UNRELATED: Final = 0.04
"""Share of documents whose target is another document's."""
_CLAUSE: Final = re.compile(r"(?<=[,;:)՝])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Noise:
    """What happens to one document: see the constants."""

    shares: tuple[float, ...]
    longest: int
    cuts: float = 0.0
    scraps: float = 0.0


@dataclass(slots=True)
class Known:
    """Two texts, drafts of the source, and the true ladder.

    :ivar source_lines: numbers of the lines that each source segment is made of; ``target_lines``.
    """

    source: list[str] = field(default_factory=list)
    target: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    gold: list[tuple[Indices, Indices]] = field(default_factory=list)
    source_lines: list[list[int]] = field(default_factory=list)
    target_lines: list[list[int]] = field(default_factory=list)

    def add_source(self, text: str, draft: str, lines: list[int]) -> int:
        """Append a source segment; its index."""
        self.source.append(text)
        self.drafts.append(draft)
        self.source_lines.append(lines)
        return len(self.source) - 1

    def add_target(self, text: str, lines: list[int]) -> int:
        """Append a target segment; its index."""
        self.target.append(text)
        self.target_lines.append(lines)
        return len(self.target) - 1


def documents(
    rows: Sequence[Row],
    count: int,
    seed: int,
    *,
    whole: bool = False,
    freedoms: Sequence[float] = FREEDOM,
) -> Iterator[Known]:
    """Documents of 6 to 36 lines, spread evenly over the rows.

    :param whole: segments are of whole lines, in the usual kinds of beads; only where a document
        has too few lines left for its last bead are they cut at clauses.
    :param freedoms: see ``FREEDOM``.
    """
    rng = random.Random(seed)
    before: Known | None = None
    for number in range(count):
        start, length = number * len(rows) // count, rng.randint(6, 36)
        chosen = rows[start : start + length]
        freedom = rng.choice(freedoms)
        shares, longest = rng.choice(SHARES)
        noise = Noise(shares, longest, rng.choice(CUTS), rng.choice(SCRAPS))
        if whole:
            noise = Noise(shares[:LINED], longest)
        known = noisy([_freed(row, rows, freedom, rng) for row in chosen], rng, noise, scraps=rows)
        if before is not None and rng.random() < UNRELATED:
            gold: list[tuple[Indices, Indices]] = [((i,), ()) for i in range(len(known.source))]
            gold += [((), (j,)) for j in range(len(before.target))]
            lines = known.source_lines, before.target_lines
            known = Known(known.source, before.target, known.drafts, gold, *lines)
        if known.source and known.target:
            yield known
            before = known


def _freed(row: Row, rows: Sequence[Row], freedom: float, rng: random.Random) -> Row:
    """A row some of whose words on either side are another row's; the last word stays."""
    sides = []
    for k, text in enumerate(row[:3]):
        words = text.split()
        for at in range(len(words) - 1):
            if rng.random() < freedom:
                others = rng.choice(rows)[:3][k].split()
                words[at] = rng.choice(others) if others else words[at]
        sides.append(" ".join(words))
    return sides[0], sides[1], sides[2], row[3]


def noisy(rows: Sequence[Row], rng: random.Random, noise: Noise, scraps: Sequence[Row]) -> Known:
    """One document of some rows in a row.

    :param scraps: rows that headings and the like are taken from.
    """
    known, at = Known(), 0
    while at < len(rows):
        m, n = rng.choices(KINDS[: len(noise.shares)], noise.shares)[0]
        if not m or not n:
            if rng.random() < noise.scraps:
                _place_scrap(known, rng.choice(scraps), m, rng)
                continue
            need = min(rng.randint(1, noise.longest), len(rows) - at)
            _place_alone(known, rows[at : at + need], m)
        else:
            cuts = sum(rng.random() < noise.cuts for _ in range(m + n - 2))
            need = m + n - 1 - cuts
            ends = _ends(rows[at : at + need], m, n, rng)
            if ends is None:
                need, ends = 1, ([], [])
            _place(known, rows[at : at + need], ends)
        at += need
    return known


def _place_alone(known: Known, rows: Sequence[Row], m: int) -> None:
    for row in rows:
        if m:
            known.gold.append(((known.add_source(row[0], row[2], [row[3]]),), ()))
        else:
            known.gold.append(((), (known.add_target(row[1], [row[3]]),)))


def _place_scrap(known: Known, row: Row, m: int, rng: random.Random) -> None:
    """Leave alone a few words of a row that stands elsewhere."""
    words = rng.randint(1, 5)
    source, target, draft, number = row
    short = [" ".join(text.split()[:words]) for text in (source, target, draft)]
    _place_alone(known, [(short[0], short[1], short[2], number)], m)


def _ends(
    rows: Sequence[Row], m: int, n: int, rng: random.Random
) -> tuple[list[Cut], list[Cut]] | None:
    """Where m source and n target segments end within some rows, None if that cannot be.

    No end is one of both sides, or the bead would be two: the end of a row belongs to one side, and
    a row is cut at its clauses on one side.
    """
    sides = [0] * (m - 1) + [1] * (n - 1)
    rng.shuffle(sides)
    if len(sides) < len(rows) - 1:
        return None
    found: tuple[list[Cut], list[Cut]] = ([], [])
    for row, side in zip(range(1, len(rows)), sides, strict=False):
        found[side].append((row, 0))
    for side in sides[len(rows) - 1 :]:
        options = [
            (number, match.end())
            for number, row in enumerate(rows)
            if not any(number == other and place for other, place in found[1 - side])
            for match in _CLAUSE.finditer(row[:2][side])
            if (number, match.end()) not in found[side]
        ]
        if not options:
            return None
        found[side].append(rng.choice(options))
    return sorted(found[0]), sorted(found[1])


def _place(known: Known, rows: Sequence[Row], ends: tuple[list[Cut], list[Cut]]) -> None:
    """Append the rows as one bead, whose segments end where they are said to."""
    source = [
        known.add_source(_text(rows, 0, first, last), _draft(rows, first, last), lines)
        for first, last, lines in _segments(rows, ends[0])
    ]
    target = [
        known.add_target(_text(rows, 1, first, last), lines)
        for first, last, lines in _segments(rows, ends[1])
    ]
    known.gold.append((tuple(source), tuple(target)))


def _segments(rows: Sequence[Row], ends: Sequence[Cut]) -> Iterator[tuple[Cut, Cut, list[int]]]:
    """Each segment's beginning, end, and the numbers of the rows that it is of."""
    bounds = [(0, 0), *ends, (len(rows), 0)]
    for first, last in zip(bounds, bounds[1:], strict=False):
        yield first, last, [row[3] for row in rows[first[0] : last[0] + bool(last[1])]]


def _text(rows: Sequence[Row], side: int, first: Cut, last: Cut) -> str:
    parts = [row[:2][side] for row in rows[first[0] : last[0] + bool(last[1])]]
    if last[1]:
        parts[-1] = parts[-1][: last[1]]
    parts[0] = parts[0][first[1] :]
    return " ".join(part.strip() for part in parts)


def _draft(rows: Sequence[Row], first: Cut, last: Cut) -> str:
    """The draft of a source segment: of a row that was cut, the same share of its words."""
    words: list[str] = []
    for number, row in enumerate(rows[first[0] : last[0] + bool(last[1])], first[0]):
        of = row[2].split()
        begin, end = (
            round(len(of) * place / len(row[0])) if number == at else default
            for (at, place), default in ((first, 0), (last, len(of)))
        )
        words += of[begin:end]
    return " ".join(words)
