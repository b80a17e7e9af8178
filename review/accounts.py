"""People: named accounts, tokens that are stored hashed, sessions.

A token is 32 random bytes, shown once. Signing in makes a session of its own, which ends after
twelve hours, or when the account is disabled.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from trilogue.corpora.errors import ConfigError
from trilogue.review.tables import ACCOUNTS, SESSIONS
from trilogue.review.types import Account, Role

HOURS: Final = 12
_SESSION: Final = (
    sa.select(ACCOUNTS.c.id, ACCOUNTS.c.name, ACCOUNTS.c.role, SESSIONS.c.csrf)
    .join(SESSIONS, SESSIONS.c.account_id == ACCOUNTS.c.id)
    .where(SESSIONS.c.id_hash == sa.bindparam("id_hash"), SESSIONS.c.expires >= sa.bindparam("now"))
    .where(~ACCOUNTS.c.disabled)
)
_NAME: Final = re.compile(r"[\w.@ -]{1,80}")


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in; ``csrf`` has to come with whatever they ask to be changed."""

    account: Account
    csrf: str


def add(connection: sa.Connection, name: str, role: Role) -> str:
    """Make an account, or give one a new token and role.

    :returns: the token, which is kept nowhere.
    :raises ConfigError: if it is no name.
    """
    if not _NAME.fullmatch(name) or name != name.strip():
        raise ConfigError(f"account: got {name!r}, expected letters, digits, spaces and . @ - _")
    token, salt = secrets.token_urlsafe(32), secrets.token_hex(16)
    values = {
        "role": role,
        "salt": salt,
        "token_hash": _hashed(token, salt),
        "disabled": False,
    }
    known = connection.execute(
        ACCOUNTS.update().where(ACCOUNTS.c.name == name).values(values)
    ).rowcount
    if not known:
        connection.execute(ACCOUNTS.insert().values(name=name, **values))
    else:
        _end_sessions(connection, name)
    return token


def disable(connection: sa.Connection, name: str) -> None:
    """End an account: what it decided stays, under its name.

    :raises ConfigError: if there is none.
    """
    changed = ACCOUNTS.update().where(ACCOUNTS.c.name == name).values(disabled=True)
    if not connection.execute(changed).rowcount:
        raise ConfigError(f"account: got {name!r}, expected one that there is")
    _end_sessions(connection, name)


def everybody(connection: sa.Connection) -> list[Account]:
    """All accounts that may sign in, by name."""
    rows = connection.execute(
        sa.select(ACCOUNTS).where(~ACCOUNTS.c.disabled).order_by(ACCOUNTS.c.name)
    )
    return [Account(row.id, row.name, Role(row.role)) for row in rows]


def named(connection: sa.Connection, name: str) -> Account:
    """An account that may sign in.

    :raises ConfigError: if there is none of that name.
    """
    for account in everybody(connection):
        if account.name == name:
            return account
    raise ConfigError(f"account: got {name!r}, expected one that there is; add it first")


def sign_in(connection: sa.Connection, name: str, token: str, *, now: int) -> str | None:
    """The id of a new session, None if name and token do not fit.

    An unknown name takes as long as a wrong token.
    """
    row = connection.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.name == name)).first()
    salt = row.salt if row else "0" * 32
    right = hmac.compare_digest(_hashed(token, salt), row.token_hash if row else "")
    if row is None or row.disabled or not right:
        return None
    connection.execute(SESSIONS.delete().where(SESSIONS.c.expires < now))
    session = secrets.token_urlsafe(32)
    connection.execute(
        SESSIONS.insert().values(
            id_hash=_digest(session),
            account_id=row.id,
            csrf=secrets.token_hex(16),
            expires=now + HOURS * 3_600_000,
        )
    )
    return session


def session_of(connection: sa.Connection, session: str, *, now: int) -> Session | None:
    """Who a session belongs to, None if it is none of ours or over."""
    row = connection.execute(_SESSION, {"id_hash": _digest(session), "now": now}).first()
    return None if row is None else Session(Account(row.id, row.name, Role(row.role)), row.csrf)


def sign_out(connection: sa.Connection, session: str) -> None:
    """End a session."""
    connection.execute(SESSIONS.delete().where(SESSIONS.c.id_hash == _digest(session)))


def _end_sessions(connection: sa.Connection, name: str) -> None:
    own = sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.name == name)
    connection.execute(SESSIONS.delete().where(SESSIONS.c.account_id.in_(own)))


def _hashed(token: str, salt: str) -> str:
    return hashlib.scrypt(token.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
