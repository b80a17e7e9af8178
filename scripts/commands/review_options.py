"""What the commands of a review share."""

from pathlib import Path

import click

corpus_argument = click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
database_option = click.option(
    "--database",
    metavar="URL",
    envvar="TRILOGUE_REVIEW_DATABASE",
    show_envvar=True,
    help="postgresql://USER@HOST/NAME, one a corpus.  [default: DIR/review/decisions.sqlite]",
)
