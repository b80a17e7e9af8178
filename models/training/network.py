"""A Marian transformer that trains fast on a CPU: ``MarianMTModel``'s function.

Matrix products run in bfloat16 (on AMX units if there are any), master weights stay in float32.
Queries, keys and values are one product; the loss never holds all logits; dropout masks are cut
from a pool, because drawing them costs more than the products do.
``export`` turns the weights into a Marian checkpoint.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor, nn
from torch.nn import functional

LABEL_CHUNK, LABEL_CHUNK_CUDA = 512, 8192
BLOCKED = -1e4
MASK_POOL = 1 << 24


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network; ``vocabulary`` counts the padding row, which is the last."""

    vocabulary: int
    width: int = 256
    heads: int = 4
    inner: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    positions: int = 256


class Masks:
    """Dropout masks, cut at random places from a pool drawn once from the seed."""

    def __init__(self, rate: float, seed: int, dtype: torch.dtype) -> None:
        self.rate = rate
        self.offsets = torch.Generator().manual_seed(seed)
        if rate:
            keep = torch.rand(MASK_POOL, generator=torch.Generator().manual_seed(seed)) >= rate
            self.pool = keep.to(dtype) / (1 - rate)

    def __call__(self, states: Tensor) -> Tensor:
        """Drop a share ``rate`` of the elements and scale up the rest."""
        if not self.rate:
            return states
        size = states.numel()
        if size > MASK_POOL // 2 or not states.is_cpu:
            return functional.dropout(states, self.rate)
        start = int(torch.randint(MASK_POOL - size, (1,), generator=self.offsets))
        return states * self.pool[start : start + size].view(states.shape)


NO_DROPOUT = Masks(0.0, 0, torch.float32)


@lru_cache(maxsize=2)
def logit_room(chunk: int, rows: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    """Room for the logits and the chances of one chunk, kept: fresh pages are slow."""
    return torch.empty(2, chunk, rows, dtype=dtype, device=device)


class SmoothedLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy over a tied projection, a few hundred labels at a time.

    Gradients are made in the forward pass, so the logits of one chunk are all that is ever held;
    the uniform part of the smoothing is a rank-one term and costs no pass over them.
    Returns the summed plain loss (nats); its gradient is that of the smoothed one.
    """

    @staticmethod
    def forward(
        ctx: torch.autograd.function.FunctionCtx,
        states: Tensor,
        table: Tensor,
        labels: Tensor,
        smoothing: float,
    ) -> Tensor:
        train = ctx.needs_input_grad[0]  # type: ignore[attr-defined]
        state_grads = torch.empty_like(states)
        table_grads = torch.zeros_like(table, dtype=torch.float32)
        size, device = LABEL_CHUNK if states.is_cpu else LABEL_CHUNK_CUDA, states.device
        room = logit_room(size, len(table), states.dtype, device)
        plain, rows = torch.zeros((), device=device), torch.arange(size, device=device)
        for start in range(0, len(labels), size):
            chunk, gold = states[start : start + size], labels[start : start + size, None]
            logits, chances = room[:, : len(chunk)]
            torch.mm(chunk, table.T, out=logits)
            torch.softmax(logits, -1, out=chances)
            hit = chances.gather(1, gold)
            plain -= hit.float().clamp_min(1e-20).log().sum()
            if train:
                chances[rows[: len(gold)], gold[:, 0]] = hit[:, 0] - (1 - smoothing)
                state_grads[start : start + size] = chances @ table
                table_grads += chances.T @ chunk
        if train:
            uniform = smoothing / len(table)
            state_grads -= uniform * table.sum(0)
            table_grads -= uniform * states.sum(0)
            ctx.save_for_backward(state_grads, table_grads.to(table.dtype))
        return plain

    @staticmethod
    def backward(
        ctx: torch.autograd.function.FunctionCtx, grad: Tensor
    ) -> tuple[Tensor, Tensor, None, None]:
        state_grads, table_grads = ctx.saved_tensors  # type: ignore[attr-defined]
        low = grad.to(state_grads.dtype)
        return state_grads * low, table_grads * low, None, None


def sinusoids(positions: int, width: int) -> Tensor:
    """Marian's positions: all sines, then all cosines."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000) / width))
    angles = torch.arange(positions)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Linear(nn.Module):
    """An affine map whose float32 master weights are cast to the dtype of what it maps."""

    def __init__(self, inputs: int, outputs: int, *, gain: float = 1.0, parts: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))
        for part in self.weight.data.chunk(parts):
            nn.init.xavier_uniform_(part, gain)

    def forward(self, states: Tensor) -> Tensor:
        return functional.linear(states, self.weight.to(states.dtype), self.bias.to(states.dtype))


class Norm(nn.LayerNorm):
    """A layer norm whose float32 weights are cast where the device asks for one dtype."""

    def forward(self, states: Tensor) -> Tensor:
        if states.is_cpu:
            return super().forward(states)
        weight, bias = self.weight.to(states.dtype), self.bias.to(states.dtype)
        return functional.layer_norm(states, self.normalized_shape, weight, bias, self.eps)


class Attention(nn.Module):
    """Multi-head attention; ``project`` holds query, key and value side by side."""

    def __init__(self, shape: Shape, gain: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.project = Linear(shape.width, 3 * shape.width, parts=3)
        self.project.weight.data[2 * shape.width :] *= gain
        self.out = Linear(shape.width, shape.width, gain=gain)

    def split(self, states: Tensor, parts: int) -> list[Tensor]:
        rows, length, _ = states.shape
        split = states.view(rows, length, parts, self.heads, -1).permute(2, 0, 3, 1, 4)
        return list(split.unbind(0))

    def forward(self, states: Tensor, memory: Tensor | None, mask: Tensor) -> Tensor:
        if memory is None:
            query, key, value = self.split(self.project(states), 3)
        else:
            width, dtype = states.shape[-1], states.dtype
            weight, bias = self.project.weight.to(dtype), self.project.bias.to(dtype)
            (query,) = self.split(functional.linear(states, weight[:width], bias[:width]), 1)
            key, value = self.split(functional.linear(memory, weight[width:], bias[width:]), 2)
        query = query * query.shape[-1] ** -0.5
        scores = query @ key.transpose(-1, -2) + mask
        mixed = scores.softmax(-1) @ value
        return self.out(mixed.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]


class Layer(nn.Module):
    """A post-norm layer of the encoder, or of the decoder if ``crossing``."""

    def __init__(self, shape: Shape, *, crossing: bool, gain: float) -> None:
        super().__init__()
        self.own = Attention(shape, gain)
        self.own_norm = Norm(shape.width)
        self.cross = Attention(shape, gain) if crossing else None
        self.cross_norm = Norm(shape.width) if crossing else None
        self.widen = Linear(shape.width, shape.inner, gain=gain)
        self.narrow = Linear(shape.inner, shape.width, gain=gain)
        self.last_norm = Norm(shape.width)

    def forward(
        self,
        states: Tensor,
        own_mask: Tensor,
        memory: Tensor | None,
        memory_mask: Tensor | None,
        drop: Masks,
    ) -> Tensor:
        states = self.own_norm(states + drop(self.own(states, None, own_mask)))
        if self.cross is not None and self.cross_norm is not None and memory_mask is not None:
            states = self.cross_norm(states + drop(self.cross(states, memory, memory_mask)))
        inner = drop(self.narrow(functional.relu(self.widen(states))))
        return self.last_norm(states + inner)  # type: ignore[no-any-return]


class Network(nn.Module):
    """Encoder, decoder and the one table of embeddings, tied three ways.

    Values and feed-forward weights start small (``gain``): post-norm layers that start near the
    identity stand a higher rate and a shorter warm-up.
    """

    def __init__(
        self, shape: Shape, *, dtype: torch.dtype = torch.float32, gain: float = 0.5
    ) -> None:
        super().__init__()
        self.shape, self.dtype = shape, dtype
        self.table = nn.Parameter(
            torch.randn(shape.vocabulary - 1, shape.width) * shape.width**-0.5
        )
        self.encoder = nn.ModuleList(
            Layer(shape, crossing=False, gain=gain) for _ in range(shape.encoder_layers)
        )
        self.decoder = nn.ModuleList(
            Layer(shape, crossing=True, gain=gain) for _ in range(shape.decoder_layers)
        )
        self.register_buffer("places", sinusoids(shape.positions, shape.width), persistent=False)

    def embed(self, table: Tensor, ids: Tensor, drop: Masks) -> Tensor:
        """Embeddings scaled by √width, plus positions; the padding id (the last) is a zero row."""
        padded = functional.pad(table, (0, 0, 0, 1))
        states = functional.embedding(ids, padded) * math.sqrt(self.shape.width)
        places = self.places[: ids.shape[1]]  # type: ignore[index]
        return drop(states + places.to(states.dtype))

    def encode(self, table: Tensor, source: Tensor, drop: Masks) -> tuple[Tensor, Tensor]:
        """:returns: the memory [rows, length, width] and its mask, low at padding."""
        mask = (source == self.shape.vocabulary - 1)[:, None, None, :].to(self.dtype) * BLOCKED
        states = self.embed(table, source, drop)
        for layer in self.encoder:
            states = layer(states, mask, None, None, drop)
        return states, mask

    def decode(
        self, table: Tensor, inputs: Tensor, memory: Tensor, mask: Tensor, drop: Masks
    ) -> Tensor:
        """:returns: the last states [rows, length, width] of the decoder."""
        states = self.embed(table, inputs, drop)
        length = inputs.shape[1]
        future = torch.full((length, length), BLOCKED, dtype=self.dtype, device=inputs.device).triu(
            1
        )
        for layer in self.decoder:
            states = layer(states, future, memory, mask, drop)
        return states

    def forward(
        self,
        source: Tensor,
        inputs: Tensor,
        labels: Tensor,
        *,
        smoothing: float,
        drop: Masks,
        where: Tensor | None = None,
    ) -> Tensor:
        """The summed loss of the labels that are not padding.

        :param source: ids [rows, source length]; ``inputs`` and ``labels`` [rows, target length].
        :param where: the places of labels that are not padding, flat; looked for if it is None,
            which makes the host wait for a GPU.
        """
        table = self.table.to(self.dtype)
        memory, mask = self.encode(table, source, drop)
        states = self.decode(table, inputs, memory, mask, drop)
        if where is None:
            where = (labels != self.shape.vocabulary - 1).flatten().nonzero().squeeze(1)
        kept = states.flatten(0, 1).index_select(0, where)
        gold = labels.flatten().index_select(0, where)
        loss: Tensor = SmoothedLoss.apply(  # type: ignore[no-untyped-call]
            kept, table, gold, smoothing
        )
        return loss
