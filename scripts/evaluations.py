"""What people say is right, against what came out: read from files, checked, compared."""

from pathlib import Path

from trilogue.align.beads import Agreement, compare
from trilogue.align.ladders import check_ladder, read_ladder
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.lines import file_lines
from trilogue.corpora.types import Ladder


def compare_ladders(
    gold: Path, test: Path, *, source: Path | None = None, target: Path | None = None
) -> Agreement:
    """How well the ladder of one file agrees with the true one of another.

    :param source: the source segments; both ladders must fit them, and the ``target``.
    :raises FormatError: if a file is no ladder.
    :raises AlignmentError: if a ladder does not fit, or uses a segment twice.
    """
    sizes = [
        None if path is None else sum(1 for _ in file_lines(path)) for path in (source, target)
    ]
    return compare(_checked(gold, *sizes), _checked(test, *sizes))


def _checked(path: Path, source: int | None, target: int | None) -> Ladder:
    ladder = read_ladder(path)
    reached = [
        1 + max((i for bead in ladder for i in bead.source), default=-1),
        1 + max((j for bead in ladder for j in bead.target), default=-1),
    ]
    try:
        check_ladder(
            ladder,
            source=reached[0] if source is None else source,
            target=reached[1] if target is None else target,
        )
    except AlignmentError as error:
        raise AlignmentError(f"{path}: {error}") from None
    return ladder
