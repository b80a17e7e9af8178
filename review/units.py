"""A unit with all that a translator wants to see beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from trilogue.corpora.errors import FormatError
from trilogue.review import log, notes
from trilogue.review.folding import fold
from trilogue.review.tables import TYPED, UNITS
from trilogue.review.types import Account, Entry, Track

Row = Mapping[Any, Any]
_REACH: Final = 2_000
"""Characters: no other unit that begins so far before this one is looked at for an overlap."""
_COUNT: Final = 2
"""Neighbours that are shown on each side."""


def _beside(step: int, count: int, *, of_origin: bool = True) -> sa.Select[Any]:
    """The next units in a direction, of one document, language and, as a rule, origin."""
    position = UNITS.c.position
    here: sa.BindParameter[int] = sa.bindparam("position")
    asked = sa.select(UNITS).where(
        UNITS.c.document_id == sa.bindparam("document_id"),
        UNITS.c.lang == sa.bindparam("lang"),
        UNITS.c.present,
        position > here if step > 0 else position < here,
    )
    if of_origin:
        asked = asked.where(UNITS.c.origin == sa.bindparam("origin"))
    return asked.order_by(position if step > 0 else position.desc()).limit(count)


# Statements are made once: making one takes longer than asking it.
_UNIT: Final = sa.select(UNITS).where(UNITS.c.unit_id == sa.bindparam("unit_id"))
_WITH_TYPED: Final = (
    sa.select(UNITS, TYPED.c.text.label("typed"))
    .outerjoin(
        TYPED,
        (TYPED.c.unit_id == UNITS.c.unit_id) & (TYPED.c.account_id == sa.bindparam("account_id")),
    )
    .where(UNITS.c.unit_id == sa.bindparam("unit_id"))
)
_AROUND: Final = sa.union_all(
    *(sa.select(_beside(step, _COUNT).subquery()) for step in (-1, 1))
).order_by("position")
_STEP: Final = {step: _beside(step, 1, of_origin=False) for step in (-1, 1)}
_FOLLOWING: Final = _beside(1, 1)
_OTHERS: Final = (
    sa.select(UNITS)
    .where(UNITS.c.document_id == sa.bindparam("document_id"))
    .where(UNITS.c.start.between(sa.bindparam("start") - _REACH, sa.bindparam("end") - 1))
    .where(UNITS.c.end > sa.bindparam("start"), UNITS.c.present)
    .where(UNITS.c.unit_id != sa.bindparam("unit_id"))
    .order_by(UNITS.c.lang, UNITS.c.start, UNITS.c.origin)
    .limit(12)
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page of a unit shows.

    :ivar before, after: neighbours of its language and origin in its document.
    :ivar others: the same segments in the other languages, and other versions in its own.
    :ivar history: the entries of its first track, with who made each.
    :ivar typed: what this person typed there earlier, None if nothing.
    :ivar holder: who has it on lease, "" if nobody else does.
    """

    unit: Row
    reasons: tuple[str, ...]
    before: Sequence[Row]
    after: Sequence[Row]
    others: Sequence[Row]
    history: Sequence[tuple[Entry, str]]
    comments: Sequence[Row]
    typed: str | None
    holder: str
    speaker: str


def unit_row(connection: sa.Connection, unit_id: str) -> Row:
    """A unit's row.

    :raises FormatError: if the review has no such unit.
    """
    return _only(connection.execute(_UNIT, {"unit_id": unit_id}), unit_id)


def seen(connection: sa.Connection, unit_id: str, *, by: Account, now: int) -> Seen:
    """All that the page of a unit shows.

    :raises FormatError: if the review has no such unit.
    """
    asked = {"unit_id": unit_id, "account_id": by.id}
    unit = _only(connection.execute(_WITH_TYPED, asked), unit_id)
    entries = log.history(connection, unit_id) if unit["version"] else []
    held = unit["lease_until"] >= now and unit["lease_by"] not in (None, by.id)
    people = log.names(connection) if entries or held else {}
    around = _rows(connection, _AROUND, unit)
    return Seen(
        unit=unit,
        reasons=tuple(json.loads(unit["reasons"])),
        before=[row for row in around if row["position"] < unit["position"]],
        after=[row for row in around if row["position"] > unit["position"]],
        others=_rows(connection, _OTHERS, unit),
        history=[(entry, people[entry.account_id]) for entry in entries],
        comments=notes.comments(connection, unit_id),
        typed=unit["typed"],
        holder=people.get(unit["lease_by"], "") if held else "",
        speaker=fold(entries).speaker or unit["speaker"],
    )


def next_of(connection: sa.Connection, unit: Row) -> Row | None:
    """The unit that it can be merged with: the next of its document, language and origin."""
    found = _rows(connection, _FOLLOWING, unit)
    return found[0] if found else None


def neighbour(connection: sa.Connection, unit: Row, step: int) -> Row | None:
    """The unit before (−1) or after (1) it, in its document and language."""
    found = _rows(connection, _STEP[step], unit)
    return found[0] if found else None


def speakers(connection: sa.Connection, unit: Row) -> Sequence[str]:
    """Who speaks in a unit's document, by name."""
    same = (UNITS.c.document_id == unit["document_id"]) & (UNITS.c.lang == unit["lang"])
    asked = sa.select(UNITS.c.speaker).where(same, UNITS.c.present, UNITS.c.speaker != "")
    return connection.execute(asked.distinct().order_by(UNITS.c.speaker)).scalars().all()


def second_version(connection: sa.Connection, unit_id: str, track: Track) -> int:
    """The version of a unit on a track."""
    row = unit_row(connection, unit_id)
    return int(row["version"] if track is Track.FIRST else row["second_version"])


def _rows(connection: sa.Connection, asked: sa.Executable, unit: Row) -> Sequence[Row]:
    return connection.execute(asked, dict(unit)).mappings().all()


def _only(found: sa.CursorResult[Any], unit_id: str) -> Row:
    row = found.mappings().first()
    if row is None:
        raise FormatError(f"unit {unit_id[:64]}: not in this review; open the next one instead")
    return row
