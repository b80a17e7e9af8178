"""``trilogue models``: what drafts, trained and measured."""

from typing import Final

import click

from trilogue.scripts.lazy import LazyGroup

COMMANDS: Final = {
    "list": "models_list:list_models",
    "pull": "models_pull:pull",
    "train": "models_train:train",
    "evaluate": "models_evaluate:evaluate",
}
"""Command → module and function in this package, in the order of use."""


@click.group(cls=LazyGroup, lazily=COMMANDS, no_args_is_help=True)
def models() -> None:
    """List, fetch, train and measure the models that draft."""
