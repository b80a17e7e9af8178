"""``trilogue models train`` and ``trilogue models evaluate``."""

import logging
from pathlib import Path

import click


@click.command()
@click.argument("recipe", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the run.  [default: .training/NAME]",
)
def train(recipe: Path, out: Path | None) -> None:
    """Train a model as RECIPE says. A killed run goes on where it was last saved."""
    from trilogue.models.training.recipe import read_recipe
    from trilogue.models.training.trainer import train as run

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    wanted = read_recipe(recipe)
    run(wanted, recipe.resolve().parent, out or Path(".training", wanted.name))


if __name__ == "__main__":
    train()
