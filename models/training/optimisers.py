"""What moves the weights: Muon inside the layers, AdamW for the rest."""

import torch

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
