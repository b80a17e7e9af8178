"""From the options of a build to what it is asked for, and who works on it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from trilogue.scripts import tools
from trilogue.scripts.build import Request
from trilogue.scripts.executors import Executor
from trilogue.scripts.executors.named import executor_of
from trilogue.scripts.recipe import Recipe, load
from trilogue.scripts.references import Asked

if TYPE_CHECKING:
    from trilogue.scripts.verbs import BuildOptions


@contextmanager
def running(
    transcripts: Sequence[Path | str], corpus: Path | str, options: "BuildOptions"
) -> Iterator[tuple[Request, Executor]]:
    """The request, and an executor that is at work while the block runs.

    :raises ConfigError: if the recipe is none, or the executor cannot be had.
    """
    request = Request(
        transcripts=tuple(map(Path, transcripts)),
        root=Path(corpus),
        recipe=_recipe(options),
        tools=tools.TOOLS,
        asked=tuple(Asked(lang, Path(file)) for lang, file in options.get("references", ())),
        numbers=options.get("shards"),
        replacing=options.get("replace", False),
    )
    with executor_of(options.get("executor", "local"), options.get("jobs")) as executor:
        yield request, executor


def _recipe(options: "BuildOptions") -> Recipe:
    """The recipe file, if there is one, with what was given before it."""
    file = options.get("recipe")
    base = load(Path(file)) if file else Recipe()
    given = {
        "to": tuple(options.get("to", ())),
        "reader": options.get("reader"),
        "speaker": options.get("speaker"),
        "models": {**base.models, **options.get("models", {})},
        "segmenters": {**base.segmenters, **options.get("segmenters", {})},
    }
    kept = {name: value for name, value in given.items() if value}
    return msgspec.structs.replace(base, **kept)
