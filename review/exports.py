"""Decisions out of the database, as a snapshot for the next build."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from trilogue.review import answers
from trilogue.review.answers import Answer
from trilogue.review.database import reading
from trilogue.review.folding import fold
from trilogue.review.log import entry_of
from trilogue.review.tables import DECISIONS, UNITS
from trilogue.review.types import Entry, Kind, State, Track

_OF_THE_DRAFT: Final = (Kind.REJECT, Kind.NOT_TRANSLATION)


def snapshot(engine: sa.Engine, corpus: Path) -> tuple[Path, int]:
    """Write what people decided; the file, and how many units it answers.

    A text that a person gave stands also while it is to be confirmed beside another draft; a
    rejection was of the draft, and goes with it. Stale decisions stay behind.
    """
    with reading(engine) as connection:
        found = list(standing(connection))
    return answers.write(corpus, found), len(found)


def standing(connection: sa.Connection) -> Iterator[Answer]:
    """The answers of all units that stand."""
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
    present = sa.select(UNITS.c.unit_id, UNITS.c.carried_from).where(UNITS.c.present)
    here = connection.execute(present).all()
    carried = {row.carried_from for row in here if row.carried_from}
    for unit_id in sorted({row.unit_id for row in here} | carried):
        state = fold([entry_of(row) for row in rows.get(unit_id, ())])
        if state.entry is None or state.entry.kind is Kind.MERGED:
            continue
        if unit_id not in carried or state.entry.kind not in _OF_THE_DRAFT:
            own = next(row for row in rows[unit_id] if row["seq"] == state.entry.seq)
            yield _answer(own, state.entry, state, merged.get(state.entry.action, []))


def _answer(own: Mapping[Any, Any], entry: Entry, state: State, merged: list[str]) -> Answer:
    return Answer(
        document_id=own["document_id"],
        lang=own["lang"],
        unit_id=entry.unit_id,
        kind=entry.kind,
        parts=entry.parts,
        source_lang=own["source_lang"],
        segment_ids=(*json.loads(own["segment_ids"]), *merged),
        speaker=state.speaker or own["unit_speaker"] or None,
        turn=own["turn"],
        reason=entry.reason,
    )
