"""A trained Marian checkpoint goes on learning, from what translators settled in a corpus.

Any checkpoint that transformers loads: ours, or one of OPUS-MT. A few hundred post-edits would make
it forget the rest, so half of every batch is *anchors*, the model's own drafts of unreviewed
segments, and what it loses elsewhere is measured before anything is written (Barone et al. 2017
compare such guards).
"""

import copy
import logging
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import MarianMTModel

from trilogue.corpora.errors import ModelError
from trilogue.models.checkpoint import END, UNKNOWN, Checkpoint
from trilogue.models.decoding import grouped
from trilogue.models.pieces import Pieces
from trilogue.models.training.reviewed import Lesson, Lessons

log = logging.getLogger(__name__)
KEPT = ("vocab.json", "target_vocab.json", "source.spm", "target.spm", "tokenizer_config.json")
BESIDE = ("generation_config.json", "shortlist.json")
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Tuning:
    """How to go on: AdamW at a steady ``rate`` until ``patience`` epochs bring nothing.

    ``tokens`` bounds rows × longest side of a batch.
    """

    rate: float = 1e-4
    epochs: int = 12
    patience: int = 2
    tokens: int = 1024
    smoothing: float = 0.1
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Example:
    """Ids of a source, tag and end included, and of its target, end included."""

    source: tuple[int, ...]
    target: tuple[int, ...]


class Reader:
    """Lessons as ids of a checkpoint."""

    def __init__(self, model: Checkpoint, languages: Sequence[str]) -> None:
        """:raises ModelError: if the checkpoint does not have one of the languages."""
        self.pieces = {to: Pieces(model, to=to) for to in languages}
        self.source = {token: at for at, token in enumerate(model.source_tokens)}
        self.target = {token: at for at, token in enumerate(model.target_tokens)}
        self.longest = model.shape.positions // 2

    def examples(self, lessons: Sequence[Lesson]) -> list[Example]:
        """The lessons that the model can hold; others are left out, and that is said."""
        found = []
        for one in lessons:
            read = self.pieces[one.to]
            framed = read.framed(read.split(read.written(one.source)))
            said = [*read.said(one.target), END]
            source = tuple(self.source[token] for token in framed)
            target = tuple(self.target.get(token, self.target[UNKNOWN]) for token in said)
            if max(len(source), len(target)) <= self.longest:
                found.append(Example(source, target))
        if left := len(lessons) - len(found):
            log.info("%d of %d pairs are too long and left out", left, len(lessons))
        return found


def batches(
    examples: Sequence[Example], *, tokens: int, order: random.Random
) -> list[list[Example]]:
    """Batches of like length, in random order."""
    lengths = [max(len(one.source), len(one.target)) for one in examples]
    groups = [[examples[at] for at in group] for group in grouped(lengths, tokens=tokens)]
    order.shuffle(groups)
    return groups


def loss_of(model: Any, batch: Sequence[Example], *, start: int, smoothing: float) -> Tensor:
    """The mean smoothed loss of a batch (nats a token)."""
    padding = model.config.pad_token_id
    source = _padded([one.source for one in batch], padding)
    labels = _padded([one.target for one in batch], IGNORED)
    inputs = torch.full_like(labels, start)
    inputs[:, 1:] = labels[:, :-1].masked_fill(labels[:, :-1] == IGNORED, padding)
    out = model(
        input_ids=source, attention_mask=(source != padding).long(), decoder_input_ids=inputs
    )
    loss: Tensor = torch.nn.functional.cross_entropy(
        out.logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, label_smoothing=smoothing
    )
    return loss


def _padded(rows: Sequence[Sequence[int]], padding: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *[padding] * (width - len(row))] for row in rows])


@torch.no_grad()
def development_loss(model: Any, examples: Sequence[Example], *, start: int, tokens: int) -> float:
    """Plain loss per batch, averaged over labels (nats a token)."""
    model.eval()
    total, labels = 0.0, 0
    for batch in batches(examples, tokens=tokens, order=random.Random(0)):
        count = sum(len(one.target) for one in batch)
        total += loss_of(model, batch, start=start, smoothing=0.0).item() * count
        labels += count
    return total / labels


def epoch(
    settled: Sequence[Example], anchors: Sequence[Example], tuning: Tuning, order: random.Random
) -> Iterator[list[Example]]:
    """The batches of an epoch: every settled pair once, and as many anchors, drawn anew."""
    drawn = order.sample(anchors, min(len(anchors), len(settled)))
    return iter(batches([*settled, *drawn], tokens=tuning.tokens, order=order))


def tune(model: Checkpoint, lessons: Lessons, tuning: Tuning, out: Path) -> None:
    """Tune a checkpoint and write what came of it, whole or not at all.

    :param out: a new folder.
    :raises ModelError: if the loss is no number, or no epoch was better than none.
    """
    torch.manual_seed(tuning.seed)
    order = random.Random(tuning.seed)
    reader = Reader(model, sorted({one.to for one in (*lessons.train, *lessons.anchors)}))
    settled, anchors = reader.examples(lessons.train), reader.examples(lessons.anchors)
    develop, start = reader.examples(lessons.develop), model.shape.start
    network: Any = MarianMTModel.from_pretrained(model.folder, dtype=torch.float32)
    empty = not network.model.shared.weight[model.shape.padding].any()
    optimiser = torch.optim.AdamW(network.parameters(), lr=tuning.rate, weight_decay=0.0)
    before = best = development_loss(network, develop, start=start, tokens=tuning.tokens)
    kept, since = None, 0
    for number in range(1, tuning.epochs + 1):
        network.train()
        for batch in epoch(settled, anchors, tuning, order):
            loss = loss_of(network, batch, start=start, smoothing=tuning.smoothing)
            if not torch.isfinite(loss):
                raise ModelError(f"epoch {number}: the loss is not a number. Lower --rate.")
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
        found = development_loss(network, develop, start=start, tokens=tuning.tokens)
        log.info("epoch %d: development loss %.3f (before: %.3f)", number, found, before)
        if found < best:
            best, since, kept = found, 0, copy.deepcopy(network.state_dict())
        elif (since := since + 1) >= tuning.patience:
            break
    if kept is None:
        what = f"no epoch is better than the {before:.3f} it began with"
        raise ModelError(f"{model.name}: {what}. Lower --rate, or review more units.")
    network.load_state_dict(kept)
    if empty:  # both engines count on a row that was zero
        with torch.no_grad():
            network.model.shared.weight[model.shape.padding] = 0
    write(network, model, out)


def write(network: Any, model: Checkpoint, out: Path) -> None:
    """A folder with the tuned weights in half precision and the rest of the checkpoint."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".tuned-") as room:
        folder = Path(room, "checkpoint")
        network.half().save_pretrained(folder)
        for name in (*KEPT, *BESIDE):
            if (model.folder / name).is_file():
                shutil.copyfile(model.folder / name, folder / name)
        folder.rename(out)
