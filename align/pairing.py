"""The units stage: segments paired with their drafts and with the official version.

Drafts stand beside their segments already (the identity ladder). An official version is aligned,
with drafts and lexicon as evidence; each bead with two sides makes a unit of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final, Protocol

from trilogue.align.layout import PARAGRAPH, TURN, Layout, Layouts
from trilogue.corpora import schema
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.ids import Recipe, unit_id
from trilogue.corpora.shards import is_made, key_of, new_shard, rows_of
from trilogue.corpora.types import Bead, Draft, Ladder, Origin, TranslationUnit

VERSION: Final = 1
"""Raised when the same segments, drafts and official version give other units."""
SPEAKER: Final = "speaker"
"""Flag of a post-edits row that says who speaks in the unit of its id."""


class Aligner(Protocol):
    """Aligns a document with its official version."""

    @property
    def signature(self) -> str:
        """What decides its ladders: version, lexicon, settings."""

    def align(
        self,
        source: Sequence[str],
        target: Sequence[str],
        drafts: Sequence[str],
        layouts: Layouts | None = None,
    ) -> Ladder:
        """The ladder of two lists of segments; ``drafts`` are the source's, one each."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The official versions of a shard, and how they are aligned.

    :ivar documents: shard of the documents, which say what they translate.
    :ivar segments: shard of their segments.
    """

    documents: Path
    segments: Path
    aligner: Aligner


@dataclass(frozen=True, slots=True)
class _Line:
    """A segments row with its draft."""

    row: schema.Row
    draft: Draft


def recipe(
    segments: str,
    drafts: str,
    to: str,
    *,
    reference: str | None = None,
    aligner: str | None = None,
    post_edits: str | None = None,
) -> Recipe:
    """What decides the rows: the keys of the inputs, and how official versions are aligned.

    :param reference: key of the segments of the official versions, with the aligner's signature;
        without it nothing is aligned.
    :param post_edits: key of the units that people decided, if they decided any.
    """
    parents = {"segments": segments, "drafts": drafts}
    if post_edits is not None:
        parents["post-edits"] = post_edits
    if reference is None or aligner is None:
        return Recipe("units", VERSION, parents, {"to": to})
    return Recipe(
        "units", VERSION, {**parents, "reference": reference}, {"to": to, "aligner": aligner}
    )


def pair_shard(
    segments: Path,
    drafts: Path,
    out: Path,
    *,
    to: str,
    reference: Reference | None = None,
    post_edits: Path | None = None,
) -> int:
    """Make the units of one shard; a shard already made by this recipe is left alone.

    The footer counts ``beads`` of official versions, and the segments that have no counterpart:
    ``source_gaps`` (not in the official version) and ``target_gaps`` (only there).

    :param post_edits: units that people decided; one without a target marks the unit of its id, or
        says who speaks there, if its flag is :data:`SPEAKER`.
    :returns: rows written, 0 if there was nothing to do.
    :raises FormatError: if an input is not one of our shards.
    :raises AlignmentError: if drafts and segments are not of one making.
    """
    made_by = recipe(
        key_of(segments),
        key_of(drafts),
        to,
        reference=None if reference is None else key_of(reference.segments),
        aligner=None if reference is None else reference.aligner.signature,
        post_edits=None if post_edits is None else key_of(post_edits),
    )
    if is_made(out, by=made_by):
        return 0
    official = {} if reference is None else _official_segments(reference)
    decided = {} if post_edits is None else _post_edits(post_edits)
    with new_shard(out, schema=schema.UNITS, recipe=made_by) as shard:
        shard.facts.update(beads=0, source_gaps=0, target_gaps=0)
        for document_id, lines in _documents(segments, drafts):
            units = _machine(lines, to)
            if reference is not None and document_id in official:
                rows = official[document_id]
                ladder = reference.aligner.align(
                    [line.row["text"] for line in lines],
                    [row["text"] for row in rows],
                    [line.draft.text for line in lines],
                    (_layout([line.row for line in lines]), _layout(rows)),
                )
                _count(ladder, shard.facts)
                units += _official(lines, rows, ladder, to)
            units = _with(units, decided.get(document_id, ()))
            units.sort(key=lambda unit: (unit.start, unit.end, unit.origin))
            shard.write_rows([schema.unit_row(unit) for unit in units])
        return shard.rows


def _documents(segments: Path, drafts: Path) -> Iterator[tuple[str, list[_Line]]]:
    """The documents of a shard in their order, each as its segments with their drafts."""
    lines = _lines(
        rows_of(segments, schema=schema.SEGMENTS), rows_of(drafts, schema=schema.DRAFTS), drafts
    )
    for document_id, group in groupby(lines, key=lambda line: str(line.row["document_id"])):
        yield document_id, list(group)


def _lines(
    segments: Iterable[schema.Row], drafts: Iterable[schema.Row], where: Path
) -> Iterator[_Line]:
    try:
        for number, (row, said) in enumerate(zip(segments, drafts, strict=True)):
            if row["segment_id"] != said["segment_id"]:
                what = f"row {number} drafts {said['segment_id']}, expected {row['segment_id']}"
                raise AlignmentError(f"{where}: {what}; delete it and build again")
            flags = tuple(said["flags"])
            yield _Line(row, Draft(said["text"], said["model"], said["confidence"], flags))
    except ValueError:
        raise AlignmentError(
            f"{where}: another number of drafts than segments; delete it and build again"
        ) from None


def _official_segments(reference: Reference) -> Mapping[str, list[schema.Row]]:
    """The segments of the official version of each document."""
    translates = {
        row["document_id"]: row["reference_of"]
        for row in rows_of(reference.documents, schema=schema.DOCUMENTS, batch_size=16)
    }
    found: dict[str, list[schema.Row]] = {}
    for row in rows_of(reference.segments, schema=schema.SEGMENTS):
        found.setdefault(translates[row["document_id"]], []).append(row)
    return found


def _post_edits(post_edits: Path) -> Mapping[str, list[TranslationUnit]]:
    """What people decided, by document."""
    found: dict[str, list[TranslationUnit]] = {}
    for row in rows_of(post_edits, schema=schema.UNITS):
        found.setdefault(row["document_id"], []).append(schema.unit_of(row))
    return found


def _with(
    units: list[TranslationUnit], decided: Iterable[TranslationUnit]
) -> list[TranslationUnit]:
    """The units with persons' versions beside them, marked where they were rejected, and with the
    speakers that persons named."""
    told = list(decided)
    versions = {unit.id: unit for unit in told if unit.target}
    speakers = {unit.id: unit.speaker for unit in told if unit.flags == (SPEAKER,)}
    rejected = {u.id: u.flags for u in told if not u.target and u.flags != (SPEAKER,)}
    marked = [
        replace(
            unit,
            flags=(*unit.flags, *rejected.get(unit.id, ())),
            speaker=speakers.get(unit.id, unit.speaker),
        )
        for unit in units
    ]
    return [*marked, *versions.values()]


def _machine(lines: Sequence[_Line], to: str) -> list[TranslationUnit]:
    """Row *i* of the drafts translates row *i* of the segments: the ladder is the identity."""
    return [
        _unit([line.row], line.draft.text, to, origin=Origin.MACHINE, draft=line.draft)
        for line in lines
    ]


def _official(
    lines: Sequence[_Line], official: Sequence[schema.Row], ladder: Iterable[Bead], to: str
) -> list[TranslationUnit]:
    return [
        _unit(
            [lines[i].row for i in bead.source],
            " ".join(official[i]["text"] for i in bead.target),
            to,
            origin=Origin.REFERENCE,
            probability=bead.probability,
        )
        for bead in ladder
        if bead.source and bead.target
    ]


def _layout(rows: Sequence[schema.Row]) -> Layout:
    """Where the blocks and turns of a document begin, and who speaks."""
    breaks = [TURN]
    for before, row in zip(rows, rows[1:], strict=False):
        turn, block = row["turn"] != before["turn"], row["block"] != before["block"]
        breaks.append(TURN if turn else PARAGRAPH if block else 0)
    return Layout(tuple(breaks[: len(rows)]), tuple(row["speaker"] or "" for row in rows))


def _count(ladder: Iterable[Bead], facts: dict[str, int]) -> None:
    for bead in ladder:
        facts["beads"] += 1
        facts["source_gaps"] += 0 if bead.target else len(bead.source)
        facts["target_gaps"] += 0 if bead.source else len(bead.target)


def _unit(
    rows: Sequence[schema.Row],
    target: str,
    to: str,
    *,
    origin: Origin,
    draft: Draft | None = None,
    probability: float | None = None,
) -> TranslationUnit:
    first, last = rows[0], rows[-1]
    source = " ".join(row["text"] for row in rows)
    return TranslationUnit(
        id=unit_id(
            document_id=first["document_id"],
            start=first["start"],
            end=last["end"],
            source=source,
            target=target,
            target_lang=to,
            origin=origin,
        ),
        document_id=first["document_id"],
        segment_ids=tuple(row["segment_id"] for row in rows),
        start=first["start"],
        end=last["end"],
        source=source,
        target=target,
        source_lang=first["language"],
        target_lang=to,
        origin=origin,
        model=None if draft is None else draft.model,
        speaker=first["speaker"],
        turn=first["turn"],
        bead_probability=probability,
        flags=() if draft is None else draft.flags,
    )
