"""The training loop: steps, measures, checkpoints; a killed run goes on where it was saved."""

import ctypes
import logging
import os
import pickle
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models.training.batches import Batch, Batches
from trilogue.models.training.material import Material, fingerprint, prepare
from trilogue.models.training.measure import Development, averaged, measure, rough_chrf
from trilogue.models.training.network import Masks, Network
from trilogue.models.training.optimisers import kept_at, optimisers_of, update
from trilogue.models.training.recipe import Recipe, Steps

log = logging.getLogger(__name__)
TRIM_EVERY = 50


def tune_processor() -> None:
    """One thread, no denormal numbers, and memory that is not given back at every step."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    try:
        libc = ctypes.CDLL("libc.so.6")
        for option, value in ((-3, 32 << 20), (-1, 1 << 30)):  # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD
            libc.mallopt(option, value)
    except (OSError, AttributeError):
        log.info("no glibc: memory is left as it is")


def trim_memory() -> None:
    """Give back what the allocator keeps in pieces: batches of many shapes leave gigabytes."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        log.debug("no glibc: nothing to trim")


def rate_at(step: int, steps: Steps) -> float:
    """The learning rate of a step: up, level, and down to nothing at the end."""
    left = (steps.steps - step) / max(1, steps.decay)
    return steps.rate * min(1.0, (step + 1) / max(1, steps.warmup), max(0.0, left))


@dataclass(slots=True)
class Run:
    """The whole state of a run; all of it is in a checkpoint."""

    network: Network
    optimisers: list[torch.optim.Optimizer]
    average: dict[str, Tensor]
    masks: Masks
    batches: Batches
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    best: float = float("inf")
    since_best: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)

    def state(self, mark: str) -> dict[str, Any]:
        return {
            "fingerprint": mark,
            "network": self.network.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self.optimisers],
            "average": self.average,
            "masks": self.masks.offsets.get_state(),
            "torch": torch.get_rng_state(),
            "cursor": self.batches.cursor,
            "scalars": (self.step, self.tokens, self.seconds, self.best, self.since_best),
            "history": self.history,
        }

    def load(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        for optimiser, kept in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(kept)
        self.average = state["average"]
        self.masks.offsets.set_state(state["masks"])
        torch.set_rng_state(state["torch"])
        self.batches.cursor = tuple(state["cursor"])
        self.step, self.tokens, self.seconds, self.best, self.since_best = state["scalars"]
        self.history = state["history"]


def save(state: dict[str, Any], path: Path) -> None:
    """Write a checkpoint whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as stream:
        torch.save(state, stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.rename(path)


def load_checkpoint(path: Path) -> dict[str, Any]:
    """:raises ModelError: if the file is not a checkpoint of ours."""
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("no archive")
        state: dict[str, Any] = torch.load(path, weights_only=True)
    except (OSError, RuntimeError, ValueError, pickle.UnpicklingError) as error:
        raise ModelError(f"{path}: not a checkpoint ({error})") from error
    return state


def new_run(recipe: Recipe, material: Material, root: Path) -> Run:
    """A fresh run, from scratch or from the averaged weights of the recipe's ``start``."""
    torch.manual_seed(recipe.seed)
    steps = recipe.training
    dtype = torch.bfloat16 if steps.bfloat16 else torch.float32
    network = Network(recipe.shape(len(material.vocabulary)), dtype=dtype)
    if recipe.start is not None:
        network.load_state_dict(load_checkpoint(root / recipe.start)["average"])
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    batches = Batches(
        material.pools, tokens=steps.tokens, padding=material.vocabulary.padding, seed=recipe.seed
    )
    return Run(
        network,
        optimisers_of(network, steps),
        average,
        Masks(steps.dropout, recipe.seed, dtype),
        batches,
    )


def train_step(run: Run, batch: Batch, steps: Steps) -> float:
    """One update; returns the plain loss per token (nats)."""
    loss = run.network(
        batch.source, batch.inputs, batch.labels, smoothing=steps.smoothing, drop=run.masks
    )
    (loss / batch.tokens).backward()
    rate = rate_at(run.step, steps)
    run.step += 1
    run.tokens += batch.tokens
    keep = kept_at(run.step, steps)
    update(run.network, run.optimisers, run.average, rate=rate, clip=steps.clip, keep=keep)
    value = loss.item() / batch.tokens
    if value != value:
        raise ModelError(f"step {run.step}: the loss is not a number. Lower training.rate.")
    return float(value)


def report(run: Run, recipe: Recipe, development: Development, loss: float, speed: float) -> bool:
    """Measure the averaged weights, log one line, and say whether to go on."""
    row: dict[str, Any] = {
        "step": run.step,
        "tokens": run.tokens,
        "seconds": round(run.seconds),
        "loss": round(loss, 3),
    }
    rough = recipe.training.rough_chrf
    with averaged(run.network, run.average) as network:
        row |= measure(network, development)
        if rough and run.step // recipe.training.measure % rough == 0:
            row |= rough_chrf(network, development)
    run.history.append(row)
    better = row["dev"] < run.best - 1e-3
    run.best, run.since_best = (row["dev"], 0) if better else (run.best, run.since_best + 1)
    numbers = " ".join(f"{name} {value}" for name, value in row.items())
    log.info("%s rate %.2e tokens/s %.0f", numbers, rate_at(run.step, recipe.training), speed)
    return run.since_best < recipe.training.patience


def train(recipe: Recipe, root: Path, folder: Path, *, until: int | None = None) -> Run:
    """Train as the recipe says, going on from ``folder`` if a run of it was saved there.

    :param root: the folder that the recipe's paths start from.
    :param folder: takes checkpoints, pieces and material; ``last.pt`` is the newest checkpoint.
    :param until: stop (and save) after this step, as if the run had been killed there.
    :raises ConfigError: if ``folder`` holds a run on other data.
    """
    tune_processor()
    folder.mkdir(parents=True, exist_ok=True)
    material = prepare(recipe, root, folder)
    run, mark, last = new_run(recipe, material, root), fingerprint(recipe), folder / "last.pt"
    if last.exists():
        state = load_checkpoint(last)
        if state["fingerprint"] != mark:
            raise ConfigError(
                f"{last}: a run on other data, got {state['fingerprint']}, "
                f"expected {mark}. Name another folder."
            )
        run.load(state)
        log.info("goes on from step %d", run.step)
    steps, development = recipe.training, Development.of(material, recipe)
    saved, measured, since, total, counted = time.monotonic(), run.tokens, time.monotonic(), 0.0, 0
    source, goal = iter(run.batches), steps.steps if until is None else until
    while run.step < goal:
        began = time.monotonic()
        total += train_step(run, next(source), steps)
        counted += 1
        run.seconds += time.monotonic() - began
        if run.step % TRIM_EVERY == 0:
            trim_memory()
        if run.step % steps.measure == 0:
            speed = (run.tokens - measured) / (time.monotonic() - since)
            going = report(run, recipe, development, total / counted, speed)
            measured, since, total, counted = run.tokens, time.monotonic(), 0.0, 0
            if not going:
                log.info(
                    "stops early: %d measures without a better development loss", steps.patience
                )
                break
        if time.monotonic() - saved > 60 * steps.save_minutes:
            save(run.state(mark), last)
            saved = time.monotonic()
    save(run.state(mark), last)
    return run
