"""``trilogue models train``: from bitext to a checkpoint."""

import logging
from pathlib import Path

import click

import trilogue


@click.command()
@click.argument("recipe", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the run.  [default: .training/NAME]",
)
def train(recipe: Path, out: Path | None) -> None:
    """Train a model as RECIPE says, and print the folder of its checkpoint.

    A killed run goes on where it was last saved; one with a table [box] runs on a GPU, for the time
    that is said there.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    click.echo(trilogue.train_model(recipe, out=out) / "checkpoint")
