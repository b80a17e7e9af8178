"""Which unit is next, for whom: order, filters with counts, leases.

A unit that somebody opened is leased to them for a while, so that nobody else is given it. A lease
keeps nobody from deciding: two who decide all the same meet in the log, which has the last word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from trilogue.corpora.types import Origin, Verdict
from trilogue.review.tables import ACCOUNTS, CHECKS, SKIPS, UNITS
from trilogue.review.types import WAITING, Account, Status

LEASE_MS: Final = 10 * 60_000
_TRIES: Final = 20
_DONE: Final = [status for status in Status if status not in WAITING]

Row = Mapping[Any, Any]


class Order(StrEnum):
    """In which order the queue offers units."""

    FAITHFUL = "faithful"  # the lowest first, what is not measured before it; see rank
    DOCUMENT = "document"
    AUDIT = "audit"  # a seeded sample of what the gate accepted
    SECOND = "second"  # a seeded share of what others decided, seen without their decisions


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; an empty string or None asks for all.

    :ivar at_least, below: bounds of ``faithful``; units without the score are within none.
    :ivar status: of the units; without it, what waits.
    :ivar text: words that source, draft or translation hold, in any case.
    :ivar share: of decided units that get a second review, 0–1.
    """

    lang: str = ""
    verdict: str = ""
    reason: str = ""
    speaker: str = ""
    status: str = ""
    reviewer: str = ""
    document: str = ""
    text: str = ""
    at_least: float | None = None
    below: float | None = None
    order: Order = Order.FAITHFUL
    share: float = 0.1

    @property
    def looks_back(self) -> bool:
        """Whether decided units are asked for: deciding them again takes none off the queue."""
        waits = self.status in ("", *WAITING) and not self.reviewer
        return not waits and self.order is not Order.SECOND


# Statements of every page are made once: making one takes longer than asking it.
_WHO: Final = sa.bindparam("who", type_=sa.Integer)
_OF: Final = sa.bindparam("of", type_=sa.String)
_NOW: Final = sa.bindparam("now", type_=sa.BigInteger)
_FREE: Final = (
    (UNITS.c.lease_until < _NOW)
    # The clock was wrong when it was given; a little later than ours is another's request that
    # read the clock after us and was quicker.
    | (UNITS.c.lease_until > _NOW + 2 * LEASE_MS)
    | (UNITS.c.lease_by == _WHO)
)
_LEASE: Final = (
    UNITS.update()
    .where(UNITS.c.unit_id == _OF, _FREE)
    .values(lease_by=_WHO, lease_until=sa.bindparam("until"))
)
_GIVE_BACK: Final = (
    UNITS.update()
    .where(UNITS.c.lease_by == _WHO, UNITS.c.unit_id != _OF)
    .values(lease_by=None, lease_until=0)
)

_SAME: Final = (SKIPS.c.unit_id == UNITS.c.unit_id) & UNITS.c.waits

_BESIDE: Final = UNITS.alias("beside")
_ANSWERED: Final = (
    sa.exists()
    .where(_BESIDE.c.anchor == UNITS.c.anchor, _BESIDE.c.unit_id != UNITS.c.unit_id)
    .where(
        # Wrapped, so that SQLite looks the anchor up and not all that is present.
        sa.case((_BESIDE.c.present, 1), else_=0) == 1,
        _BESIDE.c.status.in_((Status.ACCEPTED, Status.EDITED, Status.SPLIT))
        | (_BESIDE.c.origin == Origin.REFERENCE)
        & (_BESIDE.c.verdict == Verdict.ACCEPT)
        & (UNITS.c.origin == Origin.MACHINE),
    )
)
_NEED: Final = sa.func.coalesce(UNITS.c.faithful - 1.0, -2.0) + sa.case((_ANSWERED, 3.0), else_=0.0)

_VERSIONS: Final = (
    sa.select(sa.func.count()).select_from(UNITS).where(UNITS.c.anchor == sa.bindparam("at"))
)
_RANK: Final = UNITS.update().where(UNITS.c.present, UNITS.c.need != _NEED).values(need=_NEED)
# Who decides the other version this very moment holds its row: neither waits for the other.
_HERE: Final = (
    sa.select(UNITS.c.unit_id)
    .where(UNITS.c.anchor == sa.bindparam("at"), UNITS.c.need != _NEED)
    .with_for_update(skip_locked=True)
)
_RANK_AT: Final = UNITS.update().where(UNITS.c.unit_id.in_(_HERE)).values(need=_NEED)

FACETS: Final = ("lang", "verdict", "reason", "speaker", "status", "reviewer")


def open_next(
    connection: sa.Connection, asked: Filter, *, by: Account, now: int, after: str = ""
) -> str | None:
    """Lease the first unit that waits, is not another's and was not skipped; its id.

    :param connection: in a transaction that the caller ends.
    :param after: a unit that is not wanted again, "" for none.
    """
    wanted = _wanted(asked, further=asked.looks_back and bool(after))
    told = {"who": by.id, "now": now, "after": after}
    for _ in range(_TRIES):
        unit_id = connection.execute(wanted, told).scalar()
        if unit_id is None:
            return None
        if lease(connection, unit_id, by=by, now=now):
            return str(unit_id)
    return None


@lru_cache(maxsize=500)
def _wanted(asked: Filter, *, further: bool) -> sa.Select[Any]:
    """The first unit of a queue that is offered to ``who`` at ``now``, other than ``after``.

    :param further: only what stands after ``after``: else two decided units take turns for ever.
    """
    skipped = sa.exists().where(SKIPS.c.unit_id == UNITS.c.unit_id, SKIPS.c.account_id == _WHO)
    last = UNITS.alias()
    place = _place(asked, last), last.c.unit_id == sa.bindparam("after")
    beyond = sa.tuple_(*_place(asked)) > sa.select(*place[0]).where(place[1]).scalar_subquery()
    return (  # type: ignore[no-any-return]
        _ordered(sa.select(UNITS.c.unit_id), asked)
        .where(*_conditions(asked), *_offered(asked, _WHO), _FREE, ~skipped)
        .where(beyond if further else UNITS.c.unit_id != sa.bindparam("after"))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def lease(connection: sa.Connection, unit_id: str, *, by: Account, now: int) -> bool:
    """Keep a unit for a person, and give back the others that they have; False if it is another's.

    :param connection: in a transaction that the caller ends.
    """
    told = {"who": by.id, "of": unit_id, "now": now, "until": now + LEASE_MS}
    if not connection.execute(_LEASE, told).rowcount:
        return False
    connection.execute(_GIVE_BACK, told)
    return True


def is_leased(unit: Row, *, by: Account, now: int) -> bool:
    """Whether a unit is this person's for another while, so that nothing is to be written."""
    return bool(unit["lease_by"] == by.id and unit["lease_until"] - now > LEASE_MS // 2)


def skip(connection: sa.Connection, unit_id: str, *, by: Account, now: int) -> None:
    """Offer a unit to this person no more, until they decide or unskip it."""
    unskip(connection, unit_id, by=by)
    connection.execute(SKIPS.insert().values(account_id=by.id, unit_id=unit_id, at=now))
    mine = (UNITS.c.lease_by == by.id) & (UNITS.c.unit_id == unit_id)
    connection.execute(UNITS.update().where(mine).values(lease_by=None, lease_until=0))


def unskip(connection: sa.Connection, unit_id: str, *, by: Account) -> bool:
    """Take back a skip; whether there was one."""
    mine = (SKIPS.c.account_id == by.id) & (SKIPS.c.unit_id == unit_id)
    return bool(connection.execute(SKIPS.delete().where(mine)).rowcount)


def offer_again(connection: sa.Connection, *, by: Account) -> None:
    """Take back all that a person skipped."""
    connection.execute(SKIPS.delete().where(SKIPS.c.account_id == by.id))


def skipped(connection: sa.Connection, *, by: Account) -> int:
    """How many units this person skipped that wait still."""
    asked = sa.select(sa.func.count()).select_from(SKIPS.join(UNITS, _SAME))
    return int(connection.execute(asked.where(SKIPS.c.account_id == by.id)).scalar() or 0)


def rank(connection: sa.Connection, *, at: str = "") -> None:
    """Put behind all others what waits beside a version that was decided or, if it is official,
    accepted by the gate: it would be thrown out beside that.

    :param at: only units of this anchor.
    """
    if not at:
        connection.execute(_RANK)
    elif (connection.execute(_VERSIONS, {"at": at}).scalar() or 0) > 1:
        connection.execute(_RANK_AT, {"at": at})


def listed(
    connection: sa.Connection, asked: Filter, *, by: Account, limit: int = 50, offset: int = 0
) -> list[Row]:
    """Units in the queue's order, decided ones too if the filter asks for them."""
    found = _ordered(sa.select(UNITS), asked).where(*_conditions(asked), *_offered(asked, by.id))
    return list(connection.execute(found.limit(limit).offset(offset)).mappings())


def count(connection: sa.Connection, asked: Filter, *, by: Account) -> int:
    """How many units :func:`listed` has in all."""
    found = sa.select(sa.func.count()).select_from(UNITS)
    where = (*_conditions(asked), *_offered(asked, by.id))
    return int(connection.execute(found.where(*where)).scalar() or 0)


def counts(
    connection: sa.Connection, asked: Filter, *, by: Account
) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values with the number of units, under all other filters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for facet in FACETS:
        where = [*_conditions(asked, but=facet), *_offered(asked, by.id, but=facet)]
        found[facet] = _facet(connection, facet, where)
    return found


def progress(connection: sa.Connection) -> dict[str, dict[str, int]]:
    """Language → status → number of units."""
    rows = connection.execute(
        sa.select(UNITS.c.lang, UNITS.c.status, sa.func.count())
        .where(UNITS.c.present)
        .group_by(UNITS.c.lang, UNITS.c.status)
        .order_by(UNITS.c.lang)
    )
    found: dict[str, dict[str, int]] = {}
    for lang, status, number in rows:
        found.setdefault(lang, {})[status] = number
    return found


def _facet(
    connection: sa.Connection, facet: str, where: list[sa.ColumnElement[bool]]
) -> list[tuple[str, int]]:
    number = sa.func.count()
    if facet == "reason":
        column: sa.ColumnElement[Any] = CHECKS.c.name
        table = UNITS.join(CHECKS, CHECKS.c.unit_id == UNITS.c.unit_id)
    elif facet == "reviewer":
        column, table = ACCOUNTS.c.name, UNITS.join(ACCOUNTS, ACCOUNTS.c.id == UNITS.c.decided_by)
    else:
        column = UNITS.c[facet]
        rows = connection.execute(sa.select(column, number).where(*where).group_by(column))
        return _largest((str(value), int(times)) for value, times in rows)
    grouped = sa.select(column, number).select_from(table).where(*where).group_by(column)
    return _largest((str(value), int(times)) for value, times in connection.execute(grouped))


def _largest(found: Any) -> list[tuple[str, int]]:
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:200]


def _ordered(found: Any, asked: Filter) -> Any:
    return found.order_by(*_place(asked))


def _place(asked: Filter, of: sa.FromClause = UNITS) -> tuple[sa.ColumnElement[Any], ...]:
    """What a queue is ordered by."""
    by = {
        Order.FAITHFUL: ("need", "position"),
        Order.DOCUMENT: ("lang", "position"),
        Order.AUDIT: ("draw",),
        Order.SECOND: ("draw",),
    }
    return tuple(of.c[name] for name in (*by[asked.order], "unit_id"))


def _offered(asked: Filter, who: Any, but: str = "") -> list[sa.ColumnElement[bool]]:
    """What an order is about, beside what is filtered."""
    if asked.order is Order.SECOND:
        return [
            UNITS.c.waits.is_(False),
            UNITS.c.status.in_(_DONE),
            UNITS.c.second_status == Status.OPEN,
            UNITS.c.decided_by != who,
            UNITS.c.draw < asked.share,
        ]
    found: list[sa.ColumnElement[bool]] = []
    if asked.order is Order.AUDIT:
        found.append(UNITS.c.verdict == Verdict.ACCEPT)
    # Who decided is asked of decided units: its counts are theirs, whatever the status.
    if not (asked.status or asked.reviewer or but in ("status", "reviewer")):
        found.append(UNITS.c.waits.is_(True))
    return found


def _conditions(asked: Filter, but: str = "") -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [UNITS.c.present.is_(True)]
    for name in ("lang", "verdict", "speaker", "status"):
        value = getattr(asked, name)
        if value and name != but:
            found.append(UNITS.c[name] == value)
    if asked.document:
        found.append(UNITS.c.document_id == asked.document)
    if asked.reason and but != "reason":
        named = (CHECKS.c.unit_id == UNITS.c.unit_id) & (CHECKS.c.name == asked.reason)
        found.append(sa.exists().where(named))
    if asked.reviewer and but != "reviewer":
        person = sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.name == asked.reviewer)
        found.append(UNITS.c.decided_by.in_(person))
    if asked.at_least is not None:
        found.append(UNITS.c.faithful >= asked.at_least)
    if asked.below is not None:
        found.append(UNITS.c.faithful < asked.below)
    if asked.text:
        columns = (UNITS.c.source, UNITS.c.target, UNITS.c.text)
        found.append(sa.or_(*(column.icontains(asked.text, autoescape=True) for column in columns)))
    return found
