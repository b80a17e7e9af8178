"""``trilogue evaluate``: how good something is, against what a person says is right."""

import click

from trilogue.scripts.commands.evaluate_ladder import evaluate_ladder


@click.group()
def evaluate() -> None:
    """Compare results with what is known to be right."""


evaluate.add_command(evaluate_ladder)
