"""``trilogue segment``: text in, one segment a line out."""

import contextlib
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

import click

from trilogue.corpora.languages import LANGUAGES
from trilogue.corpora.segmenters import (
    Newlines,
    checked_spans,
    load_segmenter,
    paragraphs,
    segmenter,
    text_lines,
)


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
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
    "own",
    metavar="MODULE:FACTORY",
    help="A segmenter of your own instead of ours (docs/segmenters.md).",
)
def segment(file: Path | None, lang: str, newlines: str, own: str | None) -> None:
    """Cut text into segments, one a line out.

    FILE, or standard input, is UTF-8; a line of it is a paragraph.
    """
    cutter = load_segmenter(own) if own else segmenter(lang)
    name = str(file) if file else "standard input"
    with _binary(file) as stream, click.open_file("-", "w", encoding="utf-8") as stdout:
        texts = paragraphs(text_lines(stream, name), Newlines(newlines))
        for number, text in enumerate(texts, start=1):
            for start, end in checked_spans(cutter, text, f"{name}, paragraph {number}"):
                stdout.write(f"{text[start:end]}\n")


def _binary(file: Path | None) -> AbstractContextManager[BinaryIO]:
    if file is None:
        return contextlib.nullcontext(sys.stdin.buffer)
    return file.open("rb")
