"""Batches drawn from pools of encoded pairs: by share of the pool, by weight in it, by length.

The order of a run is a function of the seed and of a cursor (round, batch), nothing else: a resumed
run sees what an unbroken one would have seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Ids = npt.NDArray[np.int32]
ROUND_TOKENS = 400_000


@dataclass(frozen=True, slots=True)
class Side:
    """Token ids of many segments, end to end; segment *i* is ``ids[starts[i]:starts[i + 1]]``."""

    ids: Ids
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, segments: Sequence[Sequence[int]]) -> "Side":
        starts = np.zeros(len(segments) + 1, np.int64)
        np.cumsum([len(segment) for segment in segments], out=starts[1:])
        flat = [at for segment in segments for at in segment]
        return cls(np.array(flat, np.int32), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> npt.NDArray[np.int64]:
        return np.diff(self.starts)

    def segment(self, at: int) -> Ids:
        return self.ids[self.starts[at] : self.starts[at + 1]]


@dataclass(frozen=True, slots=True)
class Pool:
    """Encoded pairs of one task: sources with tag and end, targets with end, and weights."""

    name: str
    source: Side
    target: Side
    weights: npt.NDArray[np.float64]
    share: float


@dataclass(frozen=True, slots=True)
class Batch:
    """``source`` [rows, n], ``inputs`` and ``labels`` [rows, m], padded; ``tokens`` real labels."""

    source: Tensor
    inputs: Tensor
    labels: Tensor
    tokens: int


Place = tuple[int, int]  # pool, pair


def collate(pools: Sequence[Pool], places: Sequence[Place], padding: int) -> Batch:
    """Pad pairs into one batch; the decoder starts from the padding id, as Marian's does."""
    sources = [pools[pool].source.segment(at) for pool, at in places]
    targets = [pools[pool].target.segment(at) for pool, at in places]
    source = np.full((len(places), max(map(len, sources))), padding, np.int64)
    labels = np.full((len(places), max(map(len, targets))), padding, np.int64)
    for row, (ours, theirs) in enumerate(zip(sources, targets, strict=True)):
        source[row, : len(ours)] = ours
        labels[row, : len(theirs)] = theirs
    inputs = np.full_like(labels, padding)
    inputs[:, 1:] = labels[:, :-1]
    tokens = int((labels != padding).sum())
    return Batch(
        torch.from_numpy(source), torch.from_numpy(inputs), torch.from_numpy(labels), tokens
    )


def cut(pools: Sequence[Pool], places: Sequence[Place], tokens: int) -> list[list[Place]]:
    """Groups of pairs of like length; rows × longest side is at most ``tokens`` in each."""

    def size(place: Place) -> tuple[int, int]:
        pool, at = pools[place[0]], place[1]
        ours = int(pool.source.starts[at + 1] - pool.source.starts[at])
        theirs = int(pool.target.starts[at + 1] - pool.target.starts[at])
        return max(ours, theirs), theirs

    groups: list[list[Place]] = []
    group: list[Place] = []
    for place in sorted(places, key=lambda place: (size(place), place)):
        if group and (len(group) + 1) * size(place)[0] > tokens:
            groups.append(group)
            group = []
        group.append(place)
    return [*groups, group] if group else groups


class Batches:
    """An endless row of batches; ``cursor`` says where it stands and can be set."""

    def __init__(self, pools: Sequence[Pool], *, tokens: int, padding: int, seed: int) -> None:
        self.pools, self.tokens, self.padding, self.seed = pools, tokens, padding, seed
        self.cursor = (0, 0)
        self.sums = [np.cumsum(pool.weights) for pool in pools]
        shares = np.array([pool.share for pool in pools])
        means = [
            float((pool.target.lengths() * pool.weights).sum() / pool.weights.sum())
            for pool in pools
        ]
        self.counts = np.ceil(ROUND_TOKENS * shares / shares.sum() / np.array(means)).astype(int)

    def round(self, number: int) -> list[list[Place]]:
        """The batches of one round, in order: pairs are drawn evenly along their summed weights."""
        random = np.random.default_rng([self.seed, number])
        places: list[Place] = []
        for index, (sums, count) in enumerate(zip(self.sums, self.counts, strict=True)):
            points = (np.arange(count) + random.random(count)) / count * sums[-1]
            drawn = np.minimum(np.searchsorted(sums, points, side="right"), len(sums) - 1)
            places += [(index, int(at)) for at in drawn]
        groups = cut(
            self.pools, [places[at] for at in random.permutation(len(places))], self.tokens
        )
        return [groups[at] for at in random.permutation(len(groups))]

    def __iter__(self) -> Iterator[Batch]:
        while True:
            number, first = self.cursor
            groups = self.round(number)
            for at in range(first, len(groups)):
                self.cursor = (number, at + 1)
                yield collate(self.pools, groups[at], self.padding)
            self.cursor = (number + 1, 0)
