"""What moves the weights: Muon inside the layers, AdamW for the rest."""

from collections.abc import Sequence

import torch
from torch import Tensor

from trilogue.models.training.network import Network
from trilogue.models.training.recipe import Steps


def optimisers_of(network: Network, steps: Steps) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for the table, norms and biases.

    Muon's updates are scaled to the size of AdamW's, so that one rate serves both.
    """
    inner = [
        value
        for name, value in network.named_parameters()
        if name.endswith("weight") and value.ndim == 2
    ]
    chosen = {id(value) for value in inner}
    rest = [value for value in network.parameters() if id(value) not in chosen]
    return [
        torch.optim.Muon(
            inner, lr=steps.rate, weight_decay=steps.weight_decay, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(
            rest, lr=steps.rate, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True
        ),
    ]


def update(
    network: Network,
    optimisers: Sequence[torch.optim.Optimizer],
    average: dict[str, Tensor],
    *,
    rate: float,
    clip: float,
    keep: float,
) -> None:
    """Step along the gradients, which are gone afterwards, and let the average follow.

    :param keep: how much of the average stays, from 0 to 1.
    """
    torch.nn.utils.clip_grad_norm_(network.parameters(), clip)
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = rate
        optimiser.step()
        optimiser.zero_grad()
    with torch.no_grad():
        torch._foreach_lerp_(list(average.values()), list(network.state_dict().values()), 1 - keep)


def kept_at(step: int, steps: Steps) -> float:
    """How much of the average stays at the end of a step: little in the beginning."""
    return min(steps.average, step / (step + 10))
