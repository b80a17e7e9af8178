"""The scores stage: every unit of a shard assessed, document by document."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, Protocol

from trilogue.corpora import schema
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.ids import Recipe
from trilogue.corpora.shards import is_made, key_of, new_shard, rows_of
from trilogue.corpora.types import Assessment, Origin, TranslationUnit

VERSION: Final = 1
"""Raised when the same units and assessor give other rows."""


class Assessing(Protocol):
    """Assesses pairs of one language pair."""

    @property
    def signature(self) -> str:
        """What decides its answers: scorers, calibration, policy."""

    def assess(
        self, pairs: Sequence[tuple[str, str]], *, second: Sequence[str | None] | None = None
    ) -> list[Assessment]:
        """One assessment a pair; ``second`` are other translations of the same sources."""


def recipe(units: str, assessor: str) -> Recipe:
    """What decides the rows: the key of the units, the assessor's signature."""
    return Recipe("scores", VERSION, {"units": units}, {"assessor": assessor})


def score_shard(units: Path, out: Path, *, assessor: Assessing) -> int:
    """Assess every unit of one shard; a shard already made by this recipe is left alone.

    A unit whose source another unit of the shard translates as well (the official version beside
    the draft) has that one as its second opinion.

    :param units: a units shard, all of one target language.
    :param out: the scores shard: row *i* assesses row *i* of ``units``.
    :returns: rows written, 0 if there was nothing to do.
    :raises AlignmentError: if the assessor answers with another number than it was asked for.
    """
    made_by = recipe(key_of(units), assessor.signature)
    if is_made(out, by=made_by):
        return 0
    with new_shard(out, schema=schema.SCORES, recipe=made_by) as shard:
        for group in _documents(units):
            pairs = [(unit.source, unit.target) for unit in group]
            said = assessor.assess(pairs, second=_seconds(group))
            if len(said) != len(group):
                what = f"{len(said)} assessments by {assessor.signature}, expected {len(group)}"
                raise AlignmentError(f"{units}:{shard.rows}: {what}")
            rows = zip(group, said, strict=True)
            shard.write_rows([schema.assessment_row(unit, answer) for unit, answer in rows])
        return shard.rows


def _documents(units: Path) -> Iterator[list[TranslationUnit]]:
    rows = rows_of(units, schema=schema.UNITS)
    for _, group in groupby(rows, key=lambda row: str(row["document_id"])):
        yield [schema.unit_of(row) for row in group]


def _seconds(units: Sequence[TranslationUnit]) -> list[str | None]:
    """For each unit what the other origin says of exactly the same segments."""
    drafts = {u.segment_ids[0]: u.target for u in units if u.origin is Origin.MACHINE}
    official = {u.segment_ids: u.target for u in units if u.origin is Origin.REFERENCE}
    return [_second(unit, drafts, official) for unit in units]


def _second(
    unit: TranslationUnit,
    drafts: Mapping[str, str],
    official: Mapping[tuple[str, ...], str],
) -> str | None:
    if unit.origin is Origin.MACHINE:
        return official.get(unit.segment_ids)
    said = [drafts[segment] for segment in unit.segment_ids if segment in drafts]
    return " ".join(said) if len(said) == len(unit.segment_ids) else None
