"""The scores stage: every unit of a shard assessed, document by document."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, Protocol

from trilogue.align.scores.text import Pair
from trilogue.align.select import by_persons
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
        self,
        pairs: Sequence[Pair],
        *,
        second: Sequence[str | None] | None = None,
        document: Sequence[Hashable] | None = None,
    ) -> list[Assessment]:
        """One assessment a pair.

        :param second: another translation of each source, None where there is none.
        :param document: of which run of text each pair is; neighbours in it are compared.
        """


def recipe(units: str, assessor: str, *, seconds: str | None = None) -> Recipe:
    """What decides the rows: the key of the units (and, in it, of the drafts), the assessor.

    :param seconds: the key of the second drafts, None if there are none.
    """
    parents = {"units": units} if seconds is None else {"units": units, "seconds": seconds}
    return Recipe("scores", VERSION, parents, {"assessor": assessor})


def score_shard(
    units: Path, drafts: Path, out: Path, *, assessor: Assessing, seconds: Path | None = None
) -> int:
    """Assess every unit of one shard; a shard already made by this recipe is left alone.

    A unit whose source another unit translates as well (the official version beside the draft) has
    that one as its second opinion, else a draft has another model's; its neighbours are those of
    its own origin.

    :param units: a units shard, all of one target language.
    :param drafts: the drafts that it was made of: they know how sure the model was.
    :param out: the scores shard: row *i* assesses row *i* of ``units``.
    :param seconds: another model's drafts of the same segments.
    :returns: rows written, 0 if there was nothing to do.
    :raises AlignmentError: if the assessor answers with another number than it was asked for.
    """
    key = None if seconds is None else key_of(seconds)
    made_by = recipe(key_of(units), assessor.signature, seconds=key)
    if is_made(out, by=made_by):
        return 0
    sure = {row["segment_id"]: row["confidence"] for row in rows_of(drafts, schema=schema.DRAFTS)}
    others = {} if seconds is None else _texts(seconds)
    with new_shard(out, schema=schema.SCORES, recipe=made_by) as shard:
        for group in _documents(units):
            said = _assess(group, sure, others, assessor, f"{units}:{shard.rows}")
            rows = (schema.assessment_row(unit, said[unit.id]) for unit in group)
            shard.write_rows(list(rows))
        return shard.rows


def _texts(drafts: Path) -> dict[str, str]:
    return {row["segment_id"]: row["text"] for row in rows_of(drafts, schema=schema.DRAFTS)}


def _documents(units: Path) -> Iterator[list[TranslationUnit]]:
    rows = rows_of(units, schema=schema.UNITS)
    for _, group in groupby(rows, key=lambda row: str(row["document_id"])):
        yield [schema.unit_of(row) for row in group]


def _assess(
    units: Sequence[TranslationUnit],
    sure: Mapping[str, float | None],
    others: Mapping[str, str],
    assessor: Assessing,
    where: str,
) -> dict[str, Assessment]:
    """The assessments of a document's units, by unit id."""
    runs = sorted(units, key=lambda unit: unit.origin)
    said = assessor.assess(
        [_pair(unit, sure) for unit in runs],
        second=_seconds(runs, others),
        document=[unit.origin for unit in runs],
    )
    if len(said) != len(runs):
        what = f"{len(said)} assessments by {assessor.signature}, expected {len(runs)}"
        raise AlignmentError(f"{where}: {what}")
    return by_persons(units, {u.id: answer for u, answer in zip(runs, said, strict=True)})


def _pair(unit: TranslationUnit, sure: Mapping[str, float | None]) -> Pair:
    machine = unit.origin is Origin.MACHINE
    return Pair(
        unit.source,
        unit.target,
        flags=unit.flags,
        model=unit.model if machine else None,
        confidence=sure.get(unit.segment_ids[0]) if machine else None,
        bead_probability=unit.bead_probability,
    )


def _seconds(units: Sequence[TranslationUnit], others: Mapping[str, str]) -> list[str | None]:
    """For each unit what the other origin, else the other model, says of the same segments."""
    drafts = {u.segment_ids[0]: u.target for u in units if u.origin is Origin.MACHINE}
    official = {u.segment_ids: u.target for u in units if u.origin is Origin.REFERENCE}
    return [_second(unit, drafts, official, others) for unit in units]


def _second(
    unit: TranslationUnit,
    drafts: Mapping[str, str],
    official: Mapping[tuple[str, ...], str],
    others: Mapping[str, str],
) -> str | None:
    if unit.origin is Origin.MACHINE:
        return official.get(unit.segment_ids) or others.get(unit.segment_ids[0])
    said = [drafts[segment] for segment in unit.segment_ids if segment in drafts]
    return " ".join(said) if len(said) == len(unit.segment_ids) else None
