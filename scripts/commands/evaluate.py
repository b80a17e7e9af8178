"""``trilogue evaluate``: how good something is, against what a person says is right."""

from typing import Final

import click

from trilogue.scripts.lazy import LazyGroup

COMMANDS: Final = {
    "ladder": "evaluate_ladder:evaluate_ladder",
    "scores": "evaluate_scores:evaluate_scores",
}
"""Command → module and function in this package, in the order of use."""


@click.group(cls=LazyGroup, lazily=COMMANDS, no_args_is_help=True)
def evaluate() -> None:
    """Compare results with what is known to be right."""
