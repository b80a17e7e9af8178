"""``trilogue align``: two files of segments in, their ladder out."""

from functools import partial
from pathlib import Path

import click

import trilogue
from trilogue.corpora.lines import file_lines
from trilogue.scripts.aligners import align_anew
from trilogue.scripts.bead_forms import FORMS, Beads

FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command()
@click.argument("source", type=FILE)
@click.argument("target", type=FILE)
@click.option("--from", "source_lang", required=True, metavar="LANG", help="Language of SOURCE.")
@click.option("--to", "target_lang", required=True, metavar="LANG", help="Language of TARGET.")
@click.option(
    "--draft", type=FILE, help="A machine translation of SOURCE, line by line: more evidence."
)
@click.option("--encoder", metavar="MODULE:FACTORY", help="What makes vectors: more evidence.")
@click.option("--aligner", metavar="MODULE:FACTORY", help="Your own aligner, instead of ours.")
@click.option("--allow-reorder", is_flag=True, help="Find blocks that stand in another order, too.")
@click.option(
    "--resegment", is_flag=True, help="Split lines where their clauses have lines of their own."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    default="ladder",
    show_default=True,
    help="Beads as indices; pairs as SOURCE<TAB>TARGET; beads with their texts; a memory of pairs.",
)
def align(
    source: Path,
    target: Path,
    source_lang: str,
    target_lang: str,
    draft: Path | None,
    encoder: str | None,
    aligner: str | None,
    allow_reorder: bool,
    resegment: bool,
    form: str,
) -> None:
    """Find which segments of two texts say the same.

    SOURCE and TARGET are UTF-8, a segment a line, and may be many-to-many, with parts missing on
    either side. A bead of the ladder is "[0, 1]:[0]:cost": indices from 0, an empty list where
    there is no counterpart, cost -log of the probability that this bead is right. TSV has only
    what corresponds, several segments of a side joined by a space, as trilogue score reads it.
    With --resegment, JSON lines say for each part its line, start and end.
    """
    sides = _segments(source), _segments(target)
    find = partial(
        trilogue.align_segments,
        source_lang=source_lang,
        target_lang=target_lang,
        encoder=encoder,
        aligner=aligner,
        reorder=allow_reorder,
    )
    named = partial(Beads, source_lang=source_lang, target_lang=target_lang, name=source)
    if resegment:
        if form == "ladder" or draft is not None:
            raise click.UsageError("--resegment cuts lines: it goes with no ladder and no --draft")
        beads = named(*align_anew(*sides, find))
    else:
        drafts = None if draft is None else list(file_lines(draft))
        beads = named(find(*sides, drafts=drafts), *sides)
    click.echo(FORMS[form](beads), nl=False)


def _segments(path: Path) -> list[str]:
    lines = list(file_lines(path))
    return [] if lines == [""] else lines  # What other tools write for no line at all.
