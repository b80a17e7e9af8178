"""Pairs that people judged, read from a table, and what the scores make of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from trilogue.align.score_figures import Labelled, ScoreFigures, figures, truth_of
from trilogue.align.scores import Pair
from trilogue.corpora.batches import batched
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.lines import file_lines
from trilogue.corpora.types import Assessment
from trilogue.scripts.assessors import BATCH, Own, load_assessor

COLUMNS: Final = ("source", "target", "good", "quality", "reference", "kind", "second")
_TRUTHS: Final = {
    **dict.fromkeys(("1", "yes", "true", "good"), True),
    **dict.fromkeys(("0", "no", "false", "bad"), False),
    "": None,
}


def evaluate_scores(
    labelled: Path, *, source_lang: str, target_lang: str, own: Own
) -> ScoreFigures:
    """What the scores are worth on the pairs of a table.

    :raises FormatError: if it is no table of labelled pairs.
    :raises ConfigError: if there is no calibration for the languages: nothing to evaluate.
    """
    return figures(assessed(labelled, source_lang=source_lang, target_lang=target_lang, own=own))


def assessed(
    labelled: Path, *, source_lang: str, target_lang: str, own: Own
) -> Iterator[tuple[Labelled, Assessment]]:
    """The pairs of a table with what the scores make of them, streamed; raises as above."""
    assessor = load_assessor(source_lang, target_lang, own)
    if assessor.calibration is None:
        known = "Scores have probabilities from en to ru, hy and az."
        raise ConfigError(
            f"{source_lang}-{target_lang}: no calibration, so nothing to judge. {known}"
        )
    for some in batched(read(labelled), BATCH):
        pairs = [Pair(one.source, one.target) for one in some]
        found = assessor.assess(pairs, second=[one.second for one in some])
        yield from zip(some, found, strict=True)


def read(path: Path) -> Iterator[Labelled]:
    """The pairs of a table: tabs between columns, the first line names them.

    :raises FormatError: if a needed column is missing, or a cell is not what it should be.
    """
    lines = file_lines(path)
    head = next(lines, "").split("\t")
    _check_head(path, head)
    for number, line in enumerate(lines, start=2):
        cells = line.split("\t")
        if len(cells) != len(head):
            got = f"got {len(cells)} columns, expected {len(head)}"
            raise FormatError(f"{path}:{number}: {got}. Separate columns by one tab.")
        yield _labelled(f"{path}:{number}", dict(zip(head, cells, strict=True)))


def _check_head(path: Path, head: Sequence[str]) -> None:
    unknown = [name for name in head if name not in COLUMNS]
    told = {"good", "quality", "reference"} & set(head)
    if unknown or not {"source", "target"} <= set(head) or not told or len(set(head)) < len(head):
        got = f"got columns {', '.join(head) or 'none'}"
        needed = "source, target and one of good, quality, reference"
        also = "kind and second may stand beside them"
        raise FormatError(f"{path}:1: {got}, expected {needed}; {also}.")


def _labelled(where: str, cells: dict[str, str]) -> Labelled:
    good = cells.get("good", "").strip().lower()
    if good not in _TRUTHS:
        raise FormatError(f"{where}: good is {good!r}, expected 1 or 0, or nothing")
    return Labelled(
        cells["source"],
        cells["target"],
        _TRUTHS[good],
        _quality(where, cells),
        cells.get("kind", "").strip(),
        cells.get("second") or None,
    )


def _quality(where: str, cells: dict[str, str]) -> float | None:
    told = cells.get("quality", "").strip()
    if not told:
        reference = cells.get("reference", "").strip()
        return truth_of(cells["target"], reference) if reference else None
    try:
        value = float(told)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 100.0:
        raise FormatError(f"{where}: quality is {told!r}, expected 0 to 100")
    return value
