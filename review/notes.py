"""What stands beside the log: comments, and the text that a person typed and did not decide yet."""

import sqlalchemy as sa

from trilogue.corpora.errors import FormatError
from trilogue.review.log import LONGEST
from trilogue.review.tables import ACCOUNTS, COMMENTS, TYPED
from trilogue.review.types import Account


def comment(
    connection: sa.Connection, unit_id: str, text: str, *, key: str, by: Account, now: int
) -> None:
    """Add a comment; the same key sent twice is one.

    :raises FormatError: if it says nothing, or too much.
    """
    if not text.strip() or len(text) > LONGEST:
        what = f"got {len(text)} characters, expected 1 to {LONGEST:,}"
        raise FormatError(f"unit {unit_id}: comment: {what}")
    if connection.execute(sa.select(COMMENTS.c.seq).where(COMMENTS.c.key == key)).first() is None:
        row = {"unit_id": unit_id, "account_id": by.id, "text": text.strip(), "at": now}
        connection.execute(COMMENTS.insert().values(key=key, **row))


def comments(connection: sa.Connection, unit_id: str) -> list[sa.RowMapping]:
    """The comments on a unit, with the ``name`` of who wrote them."""
    asked = (
        sa.select(COMMENTS.c.text, COMMENTS.c.at, ACCOUNTS.c.name)
        .join(ACCOUNTS, ACCOUNTS.c.id == COMMENTS.c.account_id)
        .where(COMMENTS.c.unit_id == unit_id)
        .order_by(COMMENTS.c.seq)
    )
    return list(connection.execute(asked).mappings())


def keep_typed(
    connection: sa.Connection, unit_id: str, text: str, *, by: Account, now: int
) -> None:
    """Keep what was typed so far.

    :raises FormatError: if it is too long.
    """
    if len(text) > LONGEST:
        raise FormatError(f"unit {unit_id}: {len(text)} characters, expected {LONGEST:,} at most")
    mine = (TYPED.c.account_id == by.id) & (TYPED.c.unit_id == unit_id)
    changed = connection.execute(TYPED.update().where(mine).values(text=text, at=now))
    if not changed.rowcount:
        row = {"account_id": by.id, "unit_id": unit_id, "text": text, "at": now}
        connection.execute(TYPED.insert().values(row))


def typed(connection: sa.Connection, unit_id: str, *, by: Account) -> str | None:
    """What this person typed there and did not decide; None if nothing."""
    mine = (TYPED.c.account_id == by.id) & (TYPED.c.unit_id == unit_id)
    found = connection.execute(sa.select(TYPED.c.text).where(mine)).scalar()
    return None if found is None else str(found)
