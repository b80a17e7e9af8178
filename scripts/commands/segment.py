"""``trilogue segment``: text in, one segment a line out."""

from pathlib import Path

import click

import trilogue
from trilogue.corpora.languages import LANGUAGES
from trilogue.corpora.segmenters import Newlines
from trilogue.scripts.streams import lines_in, name_of, put_lines


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--lang",
    required=True,
    metavar="LANG",
    type=click.Choice(list(LANGUAGES)),
    help="Language of the text: en, ru, hy or az.",
)
@click.option(
    "--newlines",
    type=click.Choice([policy.value for policy in Newlines]),
    default=Newlines.PARAGRAPH.value,
    show_default=True,
    help="What a line break means: wrapped joins hard-wrapped lines, auto looks whether they are.",
)
@click.option(
    "--segmenter",
    metavar="MODULE:FACTORY",
    help="A segmenter of your own instead of ours (docs/segmenters.md).",
)
def segment(file: Path | None, lang: str, newlines: str, segmenter: str | None) -> None:
    """Cut text into segments, one a line out.

    FILE, or standard input, is UTF-8; a line of it is a paragraph.
    """
    with lines_in(file) as lines:
        put_lines(
            trilogue.segment(
                lines, lang=lang, newlines=newlines, segmenter=segmenter, name=name_of(file)
            )
        )
