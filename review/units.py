"""A unit with all that a translator wants to see beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from trilogue.corpora.errors import FormatError
from trilogue.review import log, notes
from trilogue.review.folding import fold
from trilogue.review.tables import UNITS
from trilogue.review.types import Account, Entry, Track

Row = Mapping[Any, Any]
_REACH: Final = 2_000
"""Characters: no other unit that begins so far before this one is looked at for an overlap."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page of a unit shows.

    :ivar before, after: neighbours of its language in its document.
    :ivar others: the same segments in the other languages.
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
    found = connection.execute(sa.select(UNITS).where(UNITS.c.unit_id == unit_id)).mappings()
    row = found.first()
    if row is None:
        raise FormatError(f"unit {unit_id[:64]}: not in this review; open the next one instead")
    return row


def seen(connection: sa.Connection, unit_id: str, *, by: Account, now: int) -> Seen:
    """All that the page of a unit shows.

    :raises FormatError: if the review has no such unit.
    """
    unit = unit_row(connection, unit_id)
    entries = log.history(connection, unit_id)
    people = log.names(connection)
    held = unit["lease_until"] >= now and unit["lease_by"] not in (None, by.id)
    return Seen(
        unit=unit,
        reasons=tuple(json.loads(unit["reasons"])),
        before=list(reversed(_neighbours(connection, unit, -1, 2))),
        after=_neighbours(connection, unit, 1, 2),
        others=_others(connection, unit),
        history=[(entry, people[entry.account_id]) for entry in entries],
        comments=notes.comments(connection, unit_id),
        typed=notes.typed(connection, unit_id, by=by),
        holder=people.get(unit["lease_by"], "") if held else "",
        speaker=fold(entries).speaker or unit["speaker"],
    )


def next_of(connection: sa.Connection, unit: Row) -> Row | None:
    """The unit that it can be merged with: the next of its document, language and origin."""
    found = _neighbours(connection, unit, 1, 1, origin=unit["origin"])
    return found[0] if found else None


def neighbour(connection: sa.Connection, unit: Row, step: int) -> Row | None:
    """The unit before (−1) or after (1) it, in its document and language."""
    found = _neighbours(connection, unit, step, 1)
    return found[0] if found else None


def second_version(connection: sa.Connection, unit_id: str, track: Track) -> int:
    """The version of a unit on a track."""
    row = unit_row(connection, unit_id)
    return int(row["version"] if track is Track.FIRST else row["second_version"])


def _neighbours(
    connection: sa.Connection, unit: Row, step: int, count: int, *, origin: str = ""
) -> list[Row]:
    position = UNITS.c.position
    asked = sa.select(UNITS).where(
        UNITS.c.document_id == unit["document_id"],
        UNITS.c.lang == unit["lang"],
        UNITS.c.present,
        position > unit["position"] if step > 0 else position < unit["position"],
    )
    if origin:
        asked = asked.where(UNITS.c.origin == origin)
    order = position if step > 0 else position.desc()
    return list(connection.execute(asked.order_by(order).limit(count)).mappings())


def _others(connection: sa.Connection, unit: Row) -> list[Row]:
    asked = (
        sa.select(UNITS)
        .where(UNITS.c.document_id == unit["document_id"], UNITS.c.lang != unit["lang"])
        .where(UNITS.c.start.between(unit["start"] - _REACH, unit["end"] - 1))
        .where(UNITS.c.end > unit["start"], UNITS.c.present)
        .order_by(UNITS.c.lang, UNITS.c.start, UNITS.c.origin)
        .limit(8)
    )
    return list(connection.execute(asked).mappings())
