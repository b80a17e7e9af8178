"""``trilogue models train``: from bitext to a checkpoint, or from a checkpoint to a better one."""

import logging
from pathlib import Path

import click

import trilogue

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument(
    "recipe", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the run or of the tuned model.  [default: .training/NAME]",
)
@click.option("--from", "model", help="Tune this model: a folder, one of the hub, or builtin.")
@click.option("--corpus", type=FOLDER, help="Tune on the post-edits of this corpus.")
@click.option("--guard", type=FOLDER, help="en.txt and LANG.txt: what must not be forgotten.")
@click.option("--rate", type=float, default=1e-4, show_default=True, help="Of learning, to tune.")
def train(
    recipe: Path | None,
    out: Path | None,
    model: str | None,
    corpus: Path | None,
    guard: Path | None,
    rate: float,
) -> None:
    """Train a model as RECIPE says, or tune one on what translators settled.

    A killed run of a recipe goes on where it was last saved; one with a table [box] runs on a GPU,
    for the time that is said there. Tuning needs --from and --corpus; it prints chrF before and
    after on post-edits that were held out and on the guard, and writes nothing if more than half a
    point is lost there.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    if recipe is not None and model is None and corpus is None:
        click.echo(trilogue.train_model(recipe, out=out) / "checkpoint")
        return
    if recipe is not None or model is None or corpus is None or out is None:
        raise click.UsageError("expected RECIPE, or --from NAME --corpus DIR --out FOLDER")
    for one in trilogue.tune_model(model, corpus, out, guard=guard, rate=rate):
        gain = f"{one.before:.1f} → {one.after:.1f}"
        click.echo(f"{one.to}  chrF {gain}  {one.segments} segments of {one.on}")
