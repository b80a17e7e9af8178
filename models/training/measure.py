"""What a run says about itself while it trains: development loss, use of the source, rough chrF."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sacrebleu
import torch
from torch import Tensor

from trilogue.models.training.batches import Batch, collate, cut
from trilogue.models.training.cleaning import Pair
from trilogue.models.training.material import Material, encode_pool
from trilogue.models.training.network import NO_DROPOUT, Network
from trilogue.models.training.recipe import Data, Recipe
from trilogue.models.training.vocabulary import Vocabulary

SAMPLE, LONGEST_DRAFT = 40, 64


@dataclass(frozen=True, slots=True)
class Development:
    """Batches and texts of the development set, by language."""

    batches: dict[str, list[Batch]]
    samples: dict[str, list[Pair]]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, material: Material, recipe: Recipe) -> "Development":
        batches, samples = {}, {}
        for lang, pairs in material.development.items():
            data = Data(path="", lang=lang, task="forward", share=1.0)
            pool = encode_pool(
                data, pairs, material.vocabulary, recipe.training.longest, recipe.seed
            )
            places = [(0, at) for at in range(len(pool.source))]
            groups = cut([pool], places, recipe.training.tokens)
            batches[lang] = [
                collate([pool], group, material.vocabulary.padding) for group in groups
            ]
            samples[lang] = pairs[:: max(1, len(pairs) // SAMPLE)][:SAMPLE]
        return cls(batches, samples, material.vocabulary)


@contextmanager
def averaged(network: Network, average: dict[str, Tensor]) -> Iterator[Network]:
    """The network with its averaged weights; afterwards as it was."""
    trained = {name: value.clone() for name, value in network.state_dict().items()}
    network.load_state_dict(average)
    try:
        yield network
    finally:
        network.load_state_dict(trained)


@torch.no_grad()
def loss_of(network: Network, batches: list[Batch], *, shuffled: bool = False) -> float:
    """Plain loss per token (nats); ``shuffled`` gives every target the source of its neighbour."""
    total, tokens = 0.0, 0
    for batch in batches:
        source = batch.source.roll(1, 0) if shuffled else batch.source
        loss = network(source, batch.inputs, batch.labels, smoothing=0.0, drop=NO_DROPOUT)
        total, tokens = total + loss.item(), tokens + batch.tokens
    return total / max(1, tokens)


def measure(network: Network, development: Development) -> dict[str, float]:
    """Development loss by language, their mean as ``dev``, and the gap to shuffled sources."""
    losses = {lang: loss_of(network, batches) for lang, batches in development.batches.items()}
    mean = sum(losses.values()) / max(1, len(losses))
    wrong = [loss_of(network, batches, shuffled=True) for batches in development.batches.values()]
    gap = sum(wrong) / max(1, len(wrong)) - mean
    rounded = {lang: round(loss, 3) for lang, loss in losses.items()}
    return {"dev": round(mean, 4), **rounded, "gap": round(gap, 3)}


@torch.no_grad()
def greedy(
    network: Network,
    vocabulary: Vocabulary,
    texts: list[str],
    tag: str,
    longest: int = LONGEST_DRAFT,
) -> list[str]:
    """Greedy drafts without a cache: slow, exact, for a few dozen short segments."""
    encoded = [[vocabulary.ids[tag], *ids, 0] for ids in vocabulary.encode(texts)]
    width = max(map(len, encoded))
    source = torch.full((len(texts), width), vocabulary.padding)
    for row, ids in enumerate(encoded):
        source[row, : len(ids)] = torch.tensor(ids)
    table = network.table.to(network.dtype)
    memory, mask = network.encode(table, source, NO_DROPOUT)
    drafts = torch.full((len(texts), 1), vocabulary.padding)
    done = torch.zeros(len(texts), dtype=torch.bool)
    for _ in range(longest):
        states = network.decode(table, drafts, memory, mask, NO_DROPOUT)[:, -1]
        chosen = (states @ table.T).argmax(-1).masked_fill(done, 0)
        drafts = torch.cat([drafts, chosen[:, None]], 1)
        done |= chosen == 0
        if bool(done.all()):
            break
    return [vocabulary.decode(row) for row in drafts[:, 1:].tolist()]


def rough_chrf(network: Network, development: Development) -> dict[str, float]:
    """chrF of greedy drafts of a few development segments: a trend, not a score."""
    from trilogue.corpora.languages import language

    found = {}
    for lang, pairs in development.samples.items():
        sources, references = [pair.source for pair in pairs], [pair.target for pair in pairs]
        drafts = greedy(network, development.vocabulary, sources, language(lang).tag)
        found[f"chrf-{lang}"] = round(sacrebleu.corpus_chrf(drafts, [references]).score, 1)
    return found
