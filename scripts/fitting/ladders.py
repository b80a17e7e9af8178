"""Documents with a known ladder, made of line-parallel text: joined, split, shifted, dropped."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

Row = tuple[str, str, str, int]
"""A source line, its translation, a draft of it ("" for none), and its number."""
Indices = tuple[int, ...]

KINDS: Final = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 0), (0, 1))
SHARES: Final = (
    ((80, 5, 5, 2, 1.5, 1.5, 2.5, 2.5), 1),
    ((58, 8, 8, 6, 3, 3, 7, 7), 4),
    ((58, 8, 8, 6, 3, 3, 7, 7), 4),
    ((40, 12, 12, 10, 6, 6, 7, 7), 15),
)
"""Percent of each kind, and the longest run of lines that is dropped; a document takes one."""
FREEDOM: Final = (0.0, 0.0, 0.15, 0.3)
"""Shares of words that a document exchanges for others: free translations and poor lexicons."""
UNRELATED: Final = 0.04
"""Share of documents whose target is another document's."""


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

    def add_source(self, rows: Sequence[Row]) -> int:
        """Append the rows' sources as one segment; its index."""
        self.source.append(" ".join(row[0] for row in rows))
        self.drafts.append(" ".join(row[2] for row in rows))
        self.source_lines.append([row[3] for row in rows])
        return len(self.source) - 1

    def add_target(self, rows: Sequence[Row]) -> int:
        """Append the rows' targets as one segment; its index."""
        self.target.append(" ".join(row[1] for row in rows))
        self.target_lines.append([row[3] for row in rows])
        return len(self.target) - 1


def documents(rows: Sequence[Row], count: int, seed: int) -> Iterator[Known]:
    """Documents of 6 to 36 lines, spread evenly over the rows."""
    rng = random.Random(seed)
    before: Known | None = None
    for number in range(count):
        start, length = number * len(rows) // count, rng.randint(6, 36)
        chosen = rows[start : start + length]
        freedom = rng.choice(FREEDOM)
        known = noisy([_freed(row, rows, freedom, rng) for row in chosen], rng)
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


def noisy(rows: Sequence[Row], rng: random.Random) -> Known:
    """One document of some rows in a row."""
    shares, longest = rng.choice(SHARES)
    known, at = Known(), 0
    while at < len(rows):
        m, n = rng.choices(KINDS, shares)[0]
        need = 3 if (m, n) == (2, 2) else max(m, n)
        if need > len(rows) - at:
            m = n = need = 1
        if not m or not n:
            need = min(rng.randint(1, longest), len(rows) - at)
        _place(known, rows[at : at + need], m, n)
        at += need
    return known


def _place(known: Known, rows: Sequence[Row], m: int, n: int) -> None:
    if not m or not n:
        for row in rows:
            if m:
                known.gold.append(((known.add_source([row]),), ()))
            else:
                known.gold.append(((), (known.add_target([row]),)))
        return
    # Source segments end after `left`, target segments after `right` of the rows.
    left = [2, 3] if (m, n) == (2, 2) else list(range(1, m)) + [len(rows)]
    right = [1, 3] if (m, n) == (2, 2) else list(range(1, n)) + [len(rows)]
    source = [known.add_source(rows[a:b]) for a, b in zip([0, *left], left, strict=False)]
    target = [known.add_target(rows[a:b]) for a, b in zip([0, *right], right, strict=False)]
    known.gold.append((tuple(source), tuple(target)))
