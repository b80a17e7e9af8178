"""A recipe from its file to a checkpoint that drafts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from trilogue.models.training import boxed, trainer
from trilogue.models.training.recipe import Recipe, read_recipe

if TYPE_CHECKING:
    from torch import Tensor


def run(path: Path, out: Path | None = None) -> Path:
    """Train as a recipe says, and export what came of it.

    :param out: the folder of the run, ``.training/NAME`` if it is None.
    :returns: the folder: ``last.pt`` to go on from, and ``checkpoint`` in Marian's layout.
    :raises ConfigError: if the recipe makes no sense.
    """
    recipe, root = read_recipe(path), path.resolve().parent
    folder = out or Path(".training", recipe.name)
    if recipe.box is not None:
        average = boxed.train_recipe(recipe, root, folder).average
    else:
        average = trainer.train(recipe, root, folder).average
    _export(recipe, {name: value.cpu() for name, value in average.items()}, folder)
    return folder


def _export(recipe: Recipe, average: "Mapping[str, Tensor]", folder: Path) -> None:
    from trilogue.models import shortlist
    from trilogue.models.training import card
    from trilogue.models.training.export import export
    from trilogue.models.training.material import COUNTS, PIECES
    from trilogue.models.training.vocabulary import Vocabulary

    vocabulary = Vocabulary(folder / PIECES)
    shape = recipe.shape(len(vocabulary))
    counts = json.loads((folder / COUNTS).read_text(encoding="utf-8"))
    text = card.text(recipe, shape, counts)
    lists = json.loads((folder / shortlist.FILE).read_text(encoding="utf-8"))
    export(average, shape, vocabulary, folder / "checkpoint", card=text, shortlists=lists)
