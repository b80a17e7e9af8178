"""``trilogue align``: two files of segments in, their ladder out."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

import click

from trilogue.align.aligner import align_segments
from trilogue.align.ladders import text_lines, written
from trilogue.align.lexicon import Lexicon
from trilogue.align.weights import AlignmentModel
from trilogue.corpora.types import Ladder
from trilogue.scripts.assessors import WEIGHTS

log = logging.getLogger(__name__)
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
    drafts = None if draft is None else text_lines(draft)
    lexicon = find_lexicon(source_lang, target_lang)
    if lexicon is None:
        log.warning(
            "no lexicon for %s-%s: names, numbers, lengths%s are all there is to go by",
            source_lang,
            target_lang,
            "" if drafts is None else " and the draft",
        )
    ladder = align_segments(
        *sides,
        source_lang=source_lang,
        target_lang=target_lang,
        model=AlignmentModel.load(WEIGHTS / "alignment.json"),
        lexicon=lexicon,
        drafts=drafts,
    )
    linked = sum(len(bead.source) for bead in ladder if bead.target)
    if 20 * linked < len(sides[0]):
        log.warning(
            "%d of %d source segments have a counterpart: are these the same text?",
            linked,
            len(sides[0]),
        )
    click.echo(FORMS[form](ladder, *sides), nl=False)


def _segments(path: Path) -> list[str]:
    lines = text_lines(path)
    return [] if lines == [""] else lines  # What other tools write for no line at all.


def find_lexicon(source_lang: str, target_lang: str) -> Lexicon | None:
    """The built-in lexicon of two languages, in either direction."""
    straight = WEIGHTS / f"lexicon-{target_lang}.npz"
    if source_lang == "en" and straight.exists():
        return Lexicon.load(straight)
    back = WEIGHTS / f"lexicon-{source_lang}.npz"
    if target_lang == "en" and back.exists():
        return Lexicon.load(back).reversed()
    return None


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
