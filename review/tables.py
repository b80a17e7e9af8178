"""The tables of a review, for SQLite and PostgreSQL alike.

``decisions`` is the log: rows are added, never changed. ``units`` shows the corpus and, beside it,
what the log comes to (``version``, ``status``, …), so that the queue is one indexed query. Times
are milliseconds since 1970.
"""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Integer, String, Text

METADATA: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

SERIAL: Final = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only what is called INTEGER."""

META: Final = sa.Table(
    "meta",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

ACCOUNTS: Final = sa.Table(
    "accounts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("salt", String(64), nullable=False),
    Column("token_hash", String(128), nullable=False),
    Column("disabled", Boolean, nullable=False),
)

SESSIONS: Final = sa.Table(
    "sessions",
    METADATA,
    Column("id_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires", BigInteger, nullable=False),
)

UNITS: Final = sa.Table(
    "units",
    METADATA,
    Column("unit_id", String(64), primary_key=True),
    Column("anchor", String(64), nullable=False, index=True),
    Column("document_id", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("lang", String(8), nullable=False),
    Column("source_lang", String(8), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("segment_ids", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("model", Text),
    Column("speaker", Text, nullable=False),
    Column("turn", Integer),
    Column("verdict", String(10), nullable=False),
    Column("faithful", Float),
    Column("quality", Float),
    Column("reasons", Text, nullable=False),
    Column("need", Float, nullable=False),
    Column("draw", Float, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("waits", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("decided_by", Integer),
    Column("text", Text),
    Column("second_version", Integer, nullable=False),
    Column("second_status", String(20), nullable=False),
    Column("carried_from", String(64)),
    Column("lease_by", Integer),
    Column("lease_until", BigInteger, nullable=False),
    sa.Index(None, "waits", "need", "position"),
    sa.Index(None, "waits", "lang", "need", "position"),
    sa.Index(None, "waits", "lang", "position"),
    sa.Index(None, "waits", "draw"),
    sa.Index(None, "present", "lang", "status"),
    sa.Index(None, "document_id", "lang", "position"),
    sa.Index(None, "document_id", "start"),
    sa.Index(None, "lease_by"),
)
"""``need`` orders the queue, the lowest first: ``faithful`` − 1, and −2 where that is not measured;
3 more beside a version that is decided, or official and accepted.
``draw`` in [0, 1) draws samples: it hashes the unit id with the seed. ``waits`` says in one column
that the unit is present and not decided. ``text`` is what a person made of the target, null while
nobody did."""

CHECKS: Final = sa.Table(
    "checks",
    METADATA,
    Column("unit_id", String(64), primary_key=True),
    Column("name", String(40), primary_key=True),
    sa.Index(None, "name"),
)
"""Which checks gave a unit's reasons, for the filter."""

DECISIONS: Final = sa.Table(
    "decisions",
    METADATA,
    Column("seq", SERIAL, primary_key=True, autoincrement=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("action", String(80), nullable=False, index=True),
    Column("unit_id", String(64), nullable=False),
    Column("track", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parts", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("meaning", Boolean, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("undoes", SERIAL),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("active_ms", Integer, nullable=False),
    Column("hter", Float),
    Column("changed", Integer, nullable=False),
    # The unit as it was seen: it outlives the unit.
    Column("anchor", String(64), nullable=False),
    Column("document_id", String(64), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("source_lang", String(8), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("segment_ids", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("draft", Text, nullable=False),
    Column("unit_speaker", Text, nullable=False),
    Column("turn", Integer),
    Column("verdict", String(10), nullable=False),
    sa.UniqueConstraint("unit_id", "track", "version"),
    sa.Index(None, "account_id"),
    sa.Index(None, "anchor"),
    sa.Index(None, "undoes"),
)

STALE: Final = sa.Table(
    "stale",
    METADATA,
    Column("unit_id", String(64), primary_key=True),
    Column("why", Text, nullable=False),
    Column("dismissed_by", Integer),
)
"""Decided units that a re-run left without a place."""

COMMENTS: Final = sa.Table(
    "comments",
    METADATA,
    Column("seq", SERIAL, primary_key=True, autoincrement=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("unit_id", String(64), nullable=False, index=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
)

SKIPS: Final = sa.Table(
    "skips",
    METADATA,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("unit_id", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

TYPED: Final = sa.Table(
    "typed",
    METADATA,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("unit_id", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""What a person typed and has not decided yet."""
