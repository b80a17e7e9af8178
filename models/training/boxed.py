"""A training run on one GPU, boxed in time, that translates its monolingual texts on the way.

A lent GPU is there for minutes, so the learning rate and the stages follow the clock. The network
learns both ways at once; at given moments its averaged weights make pairs of monolingual text, and
a later moment makes them again with better weights.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from threading import Thread

import numpy as np
import torch
from torch import Tensor

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models.training.back_translation import back_translate, head_of, tasks_of
from trilogue.models.training.cleaning import Pair
from trilogue.models.training.feeding import Arrays, Feed, Plan, TextPool, Workers, arrays
from trilogue.models.training.material import read_pairs, vocabulary_of, write_notes
from trilogue.models.training.measure import averaged
from trilogue.models.training.network import NO_DROPOUT, Masks, Network
from trilogue.models.training.optimisers import kept_at, optimisers_of, update
from trilogue.models.training.recipe import Box, Data, Recipe
from trilogue.models.training.trainer import save
from trilogue.models.training.vocabulary import UNKNOWN, Vocabulary

log = logging.getLogger(__name__)
LOG_SECONDS, SAVE_SECONDS = 20.0, 60.0
GENERATING_TOKENS = 160_000
AHEAD = 6

Tensors = tuple[Tensor, Tensor, Tensor]
"""Of a batch: source [rows, n], labels [rows, m], and where real labels lie in the flat labels."""


def text_pools(found: Mapping[Data, list[Pair]], vocabulary: Vocabulary) -> list[TextPool]:
    """The pools of a recipe's data as text; see ``material.read_pairs``."""
    pools = []
    for data, pairs in found.items():
        ours, theirs = [pair.source for pair in pairs], [pair.target for pair in pairs]
        back = data.task == "reverse"
        pools.append(
            TextPool(
                f"{data.lang}.{data.task}",
                head_of("en" if back else data.lang, vocabulary, made=data.task == "synthetic"),
                theirs if back else ours,
                ours if back else theirs,
                np.array([pair.weight for pair in pairs]),
                denoise=data.task == "denoise",
            )
        )
    return pools


def development_batches(
    development: Mapping[str, list[Pair]], vocabulary: Vocabulary, *, longest: int
) -> dict[str, Arrays]:
    """The development pairs of each language as one batch."""
    found = {}
    for code, pairs in development.items():
        ours = vocabulary.encode([pair.source for pair in pairs])
        theirs = vocabulary.encode([pair.target for pair in pairs])
        head = head_of(code, vocabulary, made=False)
        both = zip(ours, theirs, strict=True)
        rows = [([*head, *a, 0], [*b, 0]) for a, b in both if max(len(a), len(b)) <= longest]
        if rows:
            found[code] = arrays(rows, vocabulary.padding)
    return found


def tensors(batch: Arrays, device: torch.device) -> Tensors:
    """A batch on its way to the device: pinned, so that the host does not wait for the copy."""
    parts = [torch.from_numpy(part) for part in (batch.source, batch.labels, batch.where)]
    if device.type == "cuda":
        parts = [part.pin_memory().to(device, non_blocking=True) for part in parts]
    source, labels, where = (part.long() for part in parts)
    return source, labels, where


class Ahead:
    """Takes batches from the workers in a thread, so that the training loop hardly waits."""

    def __init__(self, workers: Workers, device: torch.device) -> None:
        self.room: Queue[tuple[Tensors, int]] = Queue(AHEAD)
        self.workers, self.device = workers, device
        Thread(target=self.fill, daemon=True).start()

    def fill(self) -> None:
        while True:
            batch = self.workers.queue.get()
            self.room.put((tensors(batch, self.device), len(batch.where)))

    def take(self) -> tuple[Tensors, int]:
        """The next batch and how many labels it has."""
        return self.room.get()


@dataclass(slots=True)
class BoxedRun:
    """The state of a run; ``average`` is what is kept of it, ``slowed`` what its rate is cut by."""

    network: Network
    optimisers: list[torch.optim.Optimizer]
    average: dict[str, Tensor]
    drop: Masks
    step: int = 0
    tokens: int = 0
    loss: Tensor = field(default_factory=lambda: torch.zeros(()))
    counted: int = 0
    slowed: float = 1.0


def start_run(recipe: Recipe, vocabulary: Vocabulary, device: torch.device) -> BoxedRun:
    """A fresh run."""
    torch.manual_seed(recipe.seed)
    kind = torch.bfloat16 if recipe.training.bfloat16 else torch.float32
    network = Network(recipe.shape(len(vocabulary)), dtype=kind).to(device)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    drop = Masks(recipe.training.dropout, recipe.seed, kind)
    return BoxedRun(network, optimisers_of(network, recipe.training), average, drop)


def rate_at(past: float, step: int, recipe: Recipe, box: Box) -> float:
    """The learning rate at ``past`` (0–1) of the time: up by steps, level, down by the clock."""
    left = (1 - past) / box.decay
    return recipe.training.rate * min(1.0, (step + 1) / recipe.training.warmup, max(0.0, left))


def batch_loss(network: Network, batch: Tensors, drop: Masks, smoothing: float) -> Tensor:
    """The summed plain loss of a batch (nats); its gradient is that of the smoothed one."""
    source, labels, where = batch
    inputs = torch.full_like(labels, network.shape.vocabulary - 1)
    inputs[:, 1:] = labels[:, :-1]
    loss: Tensor = network(source, inputs, labels, smoothing=smoothing, drop=drop, where=where)
    return loss


def train_step(run: BoxedRun, batch: Tensors, labels: int, rate: float, recipe: Recipe) -> None:
    """One update; the loss stays on the device, so that the host runs ahead of it."""
    steps = recipe.training
    loss = batch_loss(run.network, batch, run.drop, steps.smoothing)
    (loss / labels).backward()  # type: ignore[no-untyped-call]
    run.step, run.tokens, run.counted = run.step + 1, run.tokens + labels, run.counted + labels
    run.loss = run.loss.to(loss.device) + loss.detach()
    rate, keep = rate * run.slowed, kept_at(run.step, steps)
    update(run.network, run.optimisers, run.average, rate=rate, clip=steps.clip, keep=keep)


@torch.no_grad()
def measure(run: BoxedRun, batches: Mapping[str, Arrays]) -> dict[str, float]:
    """Loss per token (nats) of the averaged weights on the development set of each language."""
    with averaged(run.network, run.average) as network:
        device, found = network.table.device, {}
        for code, batch in batches.items():
            loss = batch_loss(network, tensors(batch, device), NO_DROPOUT, 0.0)
            found[code] = round(loss.item() / len(batch.where), 3)
        return found


def report(run: BoxedRun, past: float, seconds: float, batches: Mapping[str, Arrays]) -> None:
    """One line on how it goes; a loss that is no number takes the averaged weights, more slowly.

    :raises ModelError: if that has not helped either.
    """
    loss, speed = run.loss.item() / max(1, run.counted), run.counted / seconds
    if loss != loss:
        if run.slowed < 0.2 or any(bool(value.isnan().any()) for value in run.average.values()):
            raise ModelError(f"step {run.step}: the loss is not a number. Lower training.rate.")
        run.slowed /= 2
        run.network.load_state_dict(run.average)
    where = f"{past:.3f} step {run.step} tokens {run.tokens / 1e6:.1f}M"
    log.info("%s loss %.3f dev %s tokens/s %.0f", where, loss, measure(run, batches), speed)
    run.loss, run.counted = torch.zeros_like(run.loss), 0


def save_average(run: BoxedRun, path: Path) -> None:
    """Keep the averaged weights."""
    kept = {name: value.cpu() for name, value in run.average.items()}
    save({"average": kept, "step": run.step, "tokens": run.tokens}, path)


def train_recipe(recipe: Recipe, root: Path, folder: Path, *, device: str = "cuda") -> BoxedRun:
    """Clean the recipe's data and train on it; see :func:`train_boxed`.

    :param root: the folder that the recipe's paths start from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found, development, counts = read_pairs(recipe, root)
    vocabulary = vocabulary_of(recipe, root, found, folder)
    write_notes(found, counts, vocabulary, folder)
    pools = text_pools(found, vocabulary)
    return train_boxed(recipe, pools, development, vocabulary, folder, device=device)


def train_boxed(
    recipe: Recipe,
    pools: list[TextPool],
    development: Mapping[str, list[Pair]],
    vocabulary: Vocabulary,
    folder: Path,
    *,
    device: str = "cuda",
) -> BoxedRun:
    """Train for the seconds of the recipe's box.

    :param folder: takes ``last.pt``, every minute and at the end.
    :raises ConfigError: if the recipe has no box, or there is no such device.
    """
    box, began = recipe.box, time.monotonic()
    if box is None:
        raise ConfigError(f"{recipe.name}: no table [box], expected one: seconds, stages.")
    if device == "cuda" and not torch.cuda.is_available():
        raise ConfigError(f"{recipe.name}: a boxed run needs a GPU, got none. Remove [box].")
    folder.mkdir(parents=True, exist_ok=True)
    feed = Feed(
        str(vocabulary.path),
        vocabulary.shift,
        vocabulary.padding,
        vocabulary.ids[UNKNOWN],
        tokens=box.tokens,
        longest=recipe.training.longest,
        alpha=box.alpha,
        joined=box.joined,
    )
    plans = [Plan(stage.shares, stage.sampled) for stage in box.stages]
    workers = Workers.start(pools, feed, plans, folder, count=box.workers, seed=recipe.seed)
    try:
        run = start_run(recipe, vocabulary, torch.device(device))
        batches = development_batches(development, vocabulary, longest=recipe.training.longest)
        return Loop(recipe, box, run, workers, pools, batches, vocabulary, began).go(folder)
    finally:
        workers.stop()


@dataclass(slots=True)
class Loop:
    """What the loop of a run holds on to; ``began`` is when its box was opened."""

    recipe: Recipe
    box: Box
    run: BoxedRun
    workers: Workers
    pools: list[TextPool]
    batches: Mapping[str, Arrays]
    vocabulary: Vocabulary
    began: float

    def past(self) -> float:
        """How much of the time is over, from 0 to 1."""
        return (time.monotonic() - self.began) / self.box.seconds

    def go(self, folder: Path) -> BoxedRun:
        """Train to the end of the time."""
        run, moments = self.run, list(self.box.back)
        ahead = Ahead(self.workers, run.network.table.device)
        since = saved = time.monotonic()
        while (now := self.past()) < 1:
            if moments and now >= moments[0]:
                moments.pop(0)
                self.make_pairs(len(self.box.back) - len(moments))
                since = time.monotonic()
            stages = self.box.stages[:-1]
            self.workers.stage.value = sum(now >= stage.until for stage in stages)
            batch, labels = ahead.take()
            train_step(
                run, batch, labels, rate_at(now, run.step, self.recipe, self.box), self.recipe
            )
            if (seconds := time.monotonic() - since) > LOG_SECONDS:
                report(run, now, seconds, self.batches)
                since = time.monotonic()
            if time.monotonic() - saved > SAVE_SECONDS:
                save_average(run, folder / "last.pt")
                saved = time.monotonic()
        report(run, 1.0, time.monotonic() - since, self.batches)
        save_average(run, folder / "last.pt")
        return run

    def make_pairs(self, number: int) -> None:
        """Translate the monolingual texts with the averaged weights, and hand the pairs out."""
        with averaged(self.run.network, self.run.average) as network:
            tasks = tasks_of(self.pools)
            pools = back_translate(network, tasks, self.vocabulary, tokens=GENERATING_TOKENS)
        self.workers.add(str(number), pools)
        self.run.loss, self.run.counted = torch.zeros_like(self.run.loss), 0
