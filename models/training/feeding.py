"""Batches made by worker processes while a GPU trains: drawn, cut into pieces, joined, padded.

A GPU takes batches faster than one process can make them, and learns pairs by heart where data is
short. So every draw is cut anew: half of the texts into sampled pieces (Kudo 2018, subword
regularisation), some neighbours joined into one longer segment. Nothing here needs torch.
"""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]
LENGTH_MULTIPLE, JOINED_CHARACTERS, ROUND_BATCHES = 8, 450, 10
MEAN_PIECE = 3.0  # characters: only the size of a round depends on it


@dataclass(frozen=True, slots=True)
class TextPool:
    """Pairs of one task as text; ``head`` ids stand before each source; ``denoise`` damages it."""

    name: str
    head: tuple[int, ...]
    sources: list[str]
    targets: list[str]
    weights: npt.NDArray[np.float64]
    denoise: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """How batches are made.

    ``tokens`` bounds rows × longest side; ``alpha`` is the sharpness of sampled pieces (Kudo's α;
    lower is wilder), ``sampled`` the share of rounds' texts so cut, ``joined`` the chance that a
    pair takes the next one of its pool along; ``longest`` bounds each side's ids.
    """

    pieces: str
    shift: int
    padding: int
    unknown: int
    tokens: int
    longest: int = 128
    alpha: float = 0.5
    sampled: float = 0.5
    joined: float = 0.3


@dataclass(frozen=True, slots=True)
class Arrays:
    """``source`` [rows, n] and ``labels`` [rows, m], padded; ``where`` real labels lie, flat."""

    source: Ids
    labels: Ids
    where: Ids


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fed from now on: shares by pool name, and how wildly."""

    shares: dict[str, float]
    sampled: float


def draw(pool: TextPool, count: int, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Indices of ``count`` pairs, evenly along their summed weights, in random order."""
    sums = np.cumsum(pool.weights)
    points = (np.arange(count) + random.random(count)) / count * sums[-1]
    drawn = np.minimum(np.searchsorted(sums, points, side="right"), len(sums) - 1)
    return random.permutation(drawn)


def joined_texts(
    pool: TextPool, drawn: npt.NDArray[np.int64], chance: float, random: np.random.Generator
) -> tuple[list[str], list[str]]:
    """Sources and targets of the drawn pairs; some take the next along, as two sentences would."""
    sources: list[str] = []
    targets: list[str] = []
    take = random.random(len(drawn)) < chance
    for at, along in zip(drawn.tolist(), take.tolist(), strict=True):
        source, target = pool.sources[at], pool.targets[at]
        if along and sources and len(sources[-1]) + len(source) < JOINED_CHARACTERS:
            sources[-1] += f" {source}"
            targets[-1] += f" {target}"
        else:
            sources.append(source)
            targets.append(target)
    return sources, targets


def encode(model: Any, texts: list[str], feed: Feed, sampled: float) -> list[list[int]]:
    """Ids of texts; the first of them, a share ``sampled``, are cut into sampled pieces."""
    cut = int(len(texts) * sampled)
    first = model.encode(
        texts[:cut], enable_sampling=True, nbest_size=-1, alpha=feed.alpha, num_threads=1
    )
    encoded = [*first, *model.encode(texts[cut:], num_threads=1)]
    return [[at + feed.shift if at > 1 else at for at in ids] for ids in encoded]


def damage(ids: list[int], unknown: int, random: np.random.Generator) -> list[int]:
    """Drop one id in ten, hide one in ten, and let neighbours change places."""
    chances = random.random((3, len(ids)))
    kept = [
        (at + chances[2, at] * 3, unknown if chances[1, at] < 0.1 else one)
        for at, one in enumerate(ids)
        if chances[0, at] > 0.1
    ]
    return [one for _, one in sorted(kept)]


def pad(rows: Sequence[list[int]], padding: int) -> Ids:
    """Rows of ids as one array, its width a multiple that matrix units like."""
    width = -(-max(map(len, rows)) // LENGTH_MULTIPLE) * LENGTH_MULTIPLE
    padded = np.full((len(rows), width), padding, np.int32)
    for at, row in enumerate(rows):
        padded[at, : len(row)] = row
    return padded


def arrays(pairs: Sequence[tuple[list[int], list[int]]], padding: int) -> Arrays:
    """One batch of encoded pairs."""
    source = pad([ours for ours, _ in pairs], padding)
    labels = pad([theirs for _, theirs in pairs], padding)
    return Arrays(source, labels, np.flatnonzero(labels != padding).astype(np.int32))


def cut_batches(
    pairs: list[tuple[list[int], list[int]]], feed: Feed, random: np.random.Generator
) -> list[Arrays]:
    """Batches of pairs of like length, in random order."""
    pairs.sort(key=lambda pair: (max(len(pair[0]), len(pair[1])), len(pair[1])))
    groups: list[list[tuple[list[int], list[int]]]] = [[]]
    for pair in pairs:
        longest = -(-max(map(len, pair)) // LENGTH_MULTIPLE) * LENGTH_MULTIPLE
        if groups[-1] and (len(groups[-1]) + 1) * longest > feed.tokens:
            groups.append([])
        groups[-1].append(pair)
    return [
        arrays(groups[at], feed.padding) for at in random.permutation(len(groups)) if groups[at]
    ]


def make_round(
    pools: Sequence[TextPool], plan: Plan, model: Any, feed: Feed, random: np.random.Generator
) -> list[Arrays]:
    """A round of batches: every pool by its share of the plan."""
    total = sum(plan.shares.get(pool.name, 0.0) for pool in pools)
    pairs: list[tuple[list[int], list[int]]] = []
    for pool in pools:
        share = plan.shares.get(pool.name, 0.0) / total
        if not share:
            continue
        mean = sum(map(len, pool.targets[:2000])) / min(2000, len(pool.targets)) / MEAN_PIECE
        drawn = draw(pool, int(np.ceil(ROUND_BATCHES * feed.tokens * share / mean)), random)
        sources, targets = joined_texts(pool, drawn, feed.joined, random)
        ours = encode(model, sources, feed, plan.sampled)
        theirs = encode(model, targets, feed, plan.sampled)
        if pool.denoise:
            ours = [damage(ids, feed.unknown, random) for ids in ours]
        head = list(pool.head)
        pairs += [
            ([*head, *one, 0], [*other, 0])
            for one, other in zip(ours, theirs, strict=True)
            if 0 < len(one) <= feed.longest and 0 < len(other) <= feed.longest
        ]
    return cut_batches(pairs, feed, random)


def work(
    number: int,
    pools: Sequence[TextPool],
    feed: Feed,
    plans: Sequence[Plan],
    stage: Any,
    folder: Path,
    queue: "Queue[Arrays]",
    seed: int,
) -> None:
    """A worker's life: rounds without end; before each, pools that were written since are read."""
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=feed.pieces)
    sentencepiece.set_random_generator_seed(seed * 1000 + number)
    random = np.random.default_rng([seed, number])
    found: dict[str, list[TextPool]] = {}
    while True:
        for path in sorted(folder.glob("made-*.pickle")):
            if path.name not in found:
                found[path.name] = pickle.loads(path.read_bytes())
        newest = {pool.name: pool for name in sorted(found) for pool in found[name]}
        all_pools = [pool for pool in pools if pool.name not in newest] + list(newest.values())
        for batch in make_round(all_pools, plans[stage.value], model, feed, random):
            queue.put(batch)


@dataclass(frozen=True, slots=True)
class Workers:
    """Running workers: batches come out of ``queue``; ``stage`` says which plan they follow."""

    processes: list[BaseProcess]
    queue: "Queue[Arrays]"
    stage: Any
    folder: Path

    @classmethod
    def start(
        cls,
        pools: Sequence[TextPool],
        feed: Feed,
        plans: Sequence[Plan],
        folder: Path,
        *,
        count: int,
        seed: int,
    ) -> "Workers":
        """Fork ``count`` workers: before CUDA is touched, and so that they share the texts."""
        context = get_context("fork")
        queue: Queue[Arrays] = context.Queue(4 * count)
        stage = context.Value("i", 0)
        processes: list[BaseProcess] = [
            context.Process(
                target=work,
                args=(number, pools, feed, plans, stage, folder, queue, seed),
                daemon=True,
            )
            for number in range(count)
        ]
        for process in processes:
            process.start()
        return cls(processes, queue, stage, folder)

    def add(self, name: str, pools: list[TextPool]) -> None:
        """Hand pools made during the run to every worker; one of the same name is replaced."""
        part = self.folder / f"{name}.part"
        part.write_bytes(pickle.dumps(pools))
        part.rename(self.folder / f"made-{name}.pickle")

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
