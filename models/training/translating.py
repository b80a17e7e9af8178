"""Greedy translation of very many segments by a network in training, with a cache."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from trilogue.models.training.network import NO_DROPOUT, Attention, Layer, Network

Cache = list[tuple[Tensor, Tensor]]


def attend(
    attention: Attention, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None
) -> Tensor:
    """One position of the decoder [rows, 1, width] over keys and values [rows, heads, n, size]."""
    scores = query @ key.transpose(-1, -2)
    if mask is not None:
        scores = scores + mask
    mixed = scores.softmax(-1) @ value
    out: Tensor = attention.out(mixed.transpose(1, 2).flatten(2))
    return out


def memory_of(layer: Layer, memory: Tensor) -> tuple[Tensor, Tensor]:
    """Keys and values of the encoder's states for a decoder layer, made once."""
    cross = layer.cross
    assert cross is not None
    width = memory.shape[-1]
    weight, bias = cross.project.weight[width:], cross.project.bias[width:]
    key, value = cross.split(
        functional.linear(memory, weight.to(memory.dtype), bias.to(memory.dtype)), 2
    )
    return key, value


def step(
    layer: Layer,
    states: Tensor,
    own: tuple[Tensor, Tensor] | None,
    memory: tuple[Tensor, Tensor],
    mask: Tensor,
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """A decoder layer for one more position: its states, and its keys and values so far."""
    assert layer.cross is not None and layer.cross_norm is not None
    query, key, value = layer.own.split(layer.own.project(states), 3)
    if own is not None:
        key, value = torch.cat([own[0], key], 2), torch.cat([own[1], value], 2)
    scale = query.shape[-1] ** -0.5
    states = layer.own_norm(states + attend(layer.own, query * scale, key, value, None))
    width = states.shape[-1]
    weight, bias = layer.cross.project.weight[:width], layer.cross.project.bias[:width]
    (query,) = layer.cross.split(
        functional.linear(states, weight.to(states.dtype), bias.to(states.dtype)), 1
    )
    states = layer.cross_norm(states + attend(layer.cross, query * scale, *memory, mask))
    inner = layer.narrow(functional.relu(layer.widen(states)))
    return layer.last_norm(states + inner), (key, value)


@torch.no_grad()
def greedy_batch(network: Network, source: Tensor, longest: int) -> list[list[int]]:
    """Greedy ids of each row of ``source`` [rows, n], without the end."""
    padding, table = network.shape.vocabulary - 1, network.table.to(network.dtype)
    memory, mask = network.encode(table, source, NO_DROPOUT)
    layers: list[Layer] = list(network.decoder)  # type: ignore[arg-type]
    memories = [memory_of(layer, memory) for layer in layers]
    caches: list[tuple[Tensor, Tensor] | None] = [None] * len(layers)
    chosen = torch.full((len(source), 1), padding, device=source.device)
    done = torch.zeros(len(source), dtype=torch.bool, device=source.device)
    found = []
    for place in range(longest):
        padded = functional.pad(table, (0, 0, 0, 1))
        states = functional.embedding(chosen, padded) * math.sqrt(network.shape.width)
        states = states + network.places[place : place + 1].to(states.dtype)  # type: ignore[index]
        for at, layer in enumerate(layers):
            states, caches[at] = step(layer, states, caches[at], memories[at], mask)
        chosen = (states[:, -1] @ table.T).argmax(-1).masked_fill(done, 0)[:, None]
        found.append(chosen)
        done |= chosen[:, 0] == 0
        if place % 8 == 7 and bool(done.all()):
            break
    rows = torch.cat(found, 1).tolist()
    return [row[: row.index(0)] if 0 in row else row for row in rows]


def translate(
    network: Network, sources: Sequence[Sequence[int]], *, tokens: int, growth: float = 1.6
) -> list[list[int]]:
    """Greedy ids of every source (tag and end included), in order.

    :param tokens: rows × longest source of one batch.
    :param growth: outputs end at this many times the source's length, and ten.
    """
    device = network.table.device
    order = sorted(range(len(sources)), key=lambda at: len(sources[at]))
    found: list[list[int]] = [[] for _ in sources]
    while order:
        width = len(sources[order[-1]])
        rows, order = order[-max(1, tokens // width) :], order[: -max(1, tokens // width)]
        batch = torch.full((len(rows), width), network.shape.vocabulary - 1, dtype=torch.long)
        for row, at in enumerate(rows):
            batch[row, : len(sources[at])] = torch.tensor(sources[at])
        limit = min(int(growth * width) + 10, network.shape.positions - 1)
        drafts = greedy_batch(network, batch.to(device), limit)
        for at, draft in zip(rows, drafts, strict=True):
            found[at] = draft
    return found
