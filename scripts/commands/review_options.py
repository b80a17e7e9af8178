"""What the commands of a review share."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from trilogue.corpora.errors import ConfigError

corpus_argument = click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
database_option = click.option(
    "--database",
    metavar="URL",
    envvar="TRILOGUE_REVIEW_DATABASE",
    show_envvar=True,
    help="postgresql://USER@HOST/NAME, one a corpus.  [default: DIR/review/decisions.sqlite]",
)


def from_review(module: str, name: str) -> Callable[..., Any]:
    """A function of the review.

    :raises ConfigError: if the extra is not installed.
    """
    try:
        found: Callable[..., Any] = getattr(import_module(f"trilogue.review.{module}"), name)
    except ImportError as error:
        if error.name is None or error.name.startswith("trilogue"):
            raise
        what = f"review: takes {error.name}, which is not installed"
        raise ConfigError(f"{what}; pip install 'trilogue[review]'") from None
    return found
