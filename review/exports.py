"""Decisions out of the database, as a snapshot for the next build."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from trilogue.review import answers
from trilogue.review.answers import Answer
from trilogue.review.database import reading
from trilogue.review.folding import fold
from trilogue.review.log import entry_of
from trilogue.review.tables import DECISIONS, UNITS
from trilogue.review.types import Entry, Kind, Part, State, Status, Track

_OF_THE_DRAFT: Final = (Kind.REJECT, Kind.NOT_TRANSLATION)
_SEEN: Final = (
    "document_id lang unit_id carried_from start end source source_lang segment_ids turn status"
)
_PRESENT: Final = sa.select(*(UNITS.c[name] for name in _SEEN.split())).where(UNITS.c.present)


def snapshot(engine: sa.Engine, corpus: Path) -> tuple[Path, int]:
    """Write what people decided; the file, and how many answers it has.

    A text that a person gave stands also while it is to be confirmed beside another draft; a
    rejection was of the draft, and goes with it. Stale decisions stay behind.
    """
    with reading(engine) as connection:
        found = list(standing(connection))
    return answers.write(corpus, found), len(found)


def standing(connection: sa.Connection) -> Iterator[Answer]:
    """The answers of all units that stand.

    Who speaks is said of the words: a correction holds for all units inside, in each language.
    """
    rows: dict[str, list[Mapping[Any, Any]]] = {}
    asked = sa.select(DECISIONS).where(DECISIONS.c.track == Track.FIRST).order_by(DECISIONS.c.seq)
    for row in connection.execute(asked).mappings():
        rows.setdefault(row["unit_id"], []).append(row)
    merged = {
        row["action"]: json.loads(row["segment_ids"])
        for some in rows.values()
        for row in some
        if row["kind"] == Kind.MERGED
    }
    here = connection.execute(_PRESENT).mappings().all()
    carried = {row["carried_from"] for row in here if row["status"] == Status.CONFIRM}
    decided = {
        unit_id: fold([entry_of(row) for row in rows[unit_id]])
        for unit_id in sorted(({row["unit_id"] for row in here} | carried) & rows.keys())
    }
    named = _named(rows, decided)
    for unit_id, state in decided.items():
        if state.entry is None or state.entry.kind is Kind.MERGED:
            continue
        if unit_id not in carried or state.entry.kind not in _OF_THE_DRAFT:
            own = next(row for row in rows[unit_id] if row["seq"] == state.entry.seq)
            speaker = _speaker(own, named) or own["unit_speaker"]
            yield _answer(own, state.entry, speaker, merged.get(state.entry.action, []))
    for unit in here:
        if speaker := _speaker(unit, named):
            yield _correction(unit, speaker)


_Named = dict[str, list[tuple[int, int, str]]]
"""Document → bounds of words, and the speaker whom a person named there; the last one counts."""


def _named(rows: Mapping[str, Sequence[Mapping[Any, Any]]], decided: Mapping[str, State]) -> _Named:
    said = [
        (max(row["seq"] for row in rows[unit_id]), rows[unit_id][0], state.speaker)
        for unit_id, state in decided.items()
        if state.speaker
    ]
    found: _Named = {}
    for _, row, speaker in sorted(said, key=lambda one: one[0]):
        found.setdefault(row["document_id"], []).append((row["start"], row["end"], speaker))
    return found


def _speaker(unit: Mapping[Any, Any], named: _Named) -> str:
    """Who speaks, by a correction of the same words: in whatever language it was made."""
    for start, end, speaker in reversed(named.get(unit["document_id"], [])):
        if start <= unit["start"] and unit["end"] <= end:
            return speaker
    return ""


def _correction(unit: Mapping[Any, Any], speaker: str) -> Answer:
    return Answer(
        document_id=unit["document_id"],
        lang=unit["lang"],
        unit_id=unit["unit_id"],
        kind=Kind.SPEAKER,
        parts=(Part(unit["start"], unit["end"], unit["source"], ""),),
        source_lang=unit["source_lang"],
        segment_ids=tuple(json.loads(unit["segment_ids"])),
        speaker=speaker,
        turn=unit["turn"],
    )


def _answer(own: Mapping[Any, Any], entry: Entry, speaker: str, merged: list[str]) -> Answer:
    return Answer(
        document_id=own["document_id"],
        lang=own["lang"],
        unit_id=entry.unit_id,
        kind=entry.kind,
        parts=entry.parts,
        source_lang=own["source_lang"],
        segment_ids=(*json.loads(own["segment_ids"]), *merged),
        speaker=speaker or None,
        turn=own["turn"],
        reason=entry.reason,
    )
