"""``trilogue align``: two files of segments in, their ladder out."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

import trilogue
from trilogue.align.ladders import written
from trilogue.corpora.lines import file_lines
from trilogue.corpora.types import Ladder

FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command()
@click.argument("source", type=FILE)
@click.argument("target", type=FILE)
@click.option("--from", "source_lang", required=True, metavar="LANG", help="Language of SOURCE.")
@click.option("--to", "target_lang", required=True, metavar="LANG", help="Language of TARGET.")
@click.option(
    "--draft", type=FILE, help="A machine translation of SOURCE, line by line: more evidence."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["ladder", "tsv", "jsonl"]),
    default="ladder",
    show_default=True,
    help="Beads as indices; pairs as SOURCE<TAB>TARGET; or beads with their texts.",
)
def align(
    source: Path, target: Path, source_lang: str, target_lang: str, draft: Path | None, form: str
) -> None:
    """Find which segments of two texts say the same.

    SOURCE and TARGET are UTF-8, a segment a line, and may be many-to-many, with parts missing on
    either side. A bead of the ladder is "[0, 1]:[0]:cost": indices from 0, an empty list where
    there is no counterpart, cost -log of the probability that this bead is right. TSV has only
    what corresponds, several segments of a side joined by a space, as trilogue score reads it.
    """
    sides = _segments(source), _segments(target)
    ladder = trilogue.align_segments(
        *sides,
        source_lang=source_lang,
        target_lang=target_lang,
        drafts=None if draft is None else list(file_lines(draft)),
    )
    click.echo(FORMS[form](ladder, *sides), nl=False)


def _segments(path: Path) -> list[str]:
    lines = list(file_lines(path))
    return [] if lines == [""] else lines  # What other tools write for no line at all.


def _ladder(ladder: Ladder, source: Sequence[str], target: Sequence[str]) -> str:
    return written(ladder)


def _tsv(ladder: Ladder, source: Sequence[str], target: Sequence[str]) -> str:
    return "".join(
        f"{_joined(source, bead.source)}\t{_joined(target, bead.target)}\n"
        for bead in ladder
        if bead.source and bead.target
    )


def _jsonl(ladder: Ladder, source: Sequence[str], target: Sequence[str]) -> str:
    lines = []
    for bead in ladder:
        content = {
            "source": bead.source,
            "target": bead.target,
            "source_text": _joined(source, bead.source),
            "target_text": _joined(target, bead.target),
            "cost": round(bead.cost, 4),
            "probability": None if bead.probability is None else round(bead.probability, 4),
        }
        lines.append(json.dumps(content, ensure_ascii=False) + "\n")
    return "".join(lines)


def _joined(texts: Sequence[str], indices: Sequence[int]) -> str:
    return " ".join(" ".join(texts[i].split()) for i in indices)


FORMS = {"ladder": _ladder, "tsv": _tsv, "jsonl": _jsonl}
