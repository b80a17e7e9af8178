"""What stands beside the log: comments, and the text that a person typed and did not decide yet."""

from typing import Final

import sqlalchemy as sa

from trilogue.corpora.errors import FormatError
from trilogue.review.log import LONGEST
from trilogue.review.tables import ACCOUNTS, COMMENTS, TYPED
from trilogue.review.types import Account

_COMMENTS: Final = (
    sa.select(COMMENTS.c.seq, COMMENTS.c.text, COMMENTS.c.at, ACCOUNTS.c.name)
    .join(ACCOUNTS, ACCOUNTS.c.id == COMMENTS.c.account_id)
    .where(COMMENTS.c.unit_id == sa.bindparam("unit_id"))
    .order_by(COMMENTS.c.seq)
)
_MINE: Final = (TYPED.c.account_id == sa.bindparam("who")) & (TYPED.c.unit_id == sa.bindparam("of"))
_KEEP: Final = TYPED.update().where(_MINE).values(text=sa.bindparam("said"), at=sa.bindparam("now"))
_KEEP_FIRST: Final = TYPED.insert().values(
    account_id=sa.bindparam("who"),
    unit_id=sa.bindparam("of"),
    text=sa.bindparam("said"),
    at=sa.bindparam("now"),
)


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


def take_back(connection: sa.Connection, seq: int, *, by: Account) -> None:
    """Take a comment away that this person made; one that is gone already stays gone."""
    mine = (COMMENTS.c.seq == seq) & (COMMENTS.c.account_id == by.id)
    connection.execute(COMMENTS.delete().where(mine))


def comments(connection: sa.Connection, unit_id: str) -> list[sa.RowMapping]:
    """The comments on a unit, with the ``name`` of who wrote them."""
    return list(connection.execute(_COMMENTS, {"unit_id": unit_id}).mappings())


def keep_typed(
    connection: sa.Connection, unit_id: str, text: str, *, by: Account, now: int
) -> None:
    """Keep what was typed so far.

    :raises FormatError: if it is too long.
    """
    if len(text) > LONGEST:
        raise FormatError(f"unit {unit_id}: {len(text)} characters, expected {LONGEST:,} at most")
    asked = {"who": by.id, "of": unit_id, "said": text, "now": now}
    if not connection.execute(_KEEP, asked).rowcount:
        connection.execute(_KEEP_FIRST, asked)
