"""The first tables: people, units, the log, and what stands beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _accounts()
    _checks()
    _meta()
    _stale()
    _units()
    _unit_indexes()
    _comments()
    _decisions()
    _sessions()
    _skips()
    _typed()


def downgrade() -> None:
    op.drop_table("typed")
    op.drop_table("skips")
    op.drop_table("sessions")
    op.drop_table("decisions")
    op.drop_table("comments")
    op.drop_table("units")
    op.drop_table("stale")
    op.drop_table("meta")
    op.drop_table("checks")
    op.drop_table("accounts")


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=128), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )


def _checks() -> None:
    op.create_table(
        "checks",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "name", name="pk_checks"),
    )
    op.create_index("ix_checks_name", "checks", ["name"], unique=False)


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )


def _stale() -> None:
    op.create_table(
        "stale",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("dismissed_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("unit_id", name="pk_stale"),
    )


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("anchor", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("source_lang", sa.String(length=8), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("segment_ids", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("faithful", sa.Float(), nullable=True),
        sa.Column("quality", sa.Float(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("need", sa.Float(), nullable=False),
        sa.Column("draw", sa.Float(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("second_version", sa.Integer(), nullable=False),
        sa.Column("second_status", sa.String(length=20), nullable=False),
        sa.Column("carried_from", sa.String(length=64), nullable=True),
        sa.Column("lease_by", sa.Integer(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name="pk_units"),
    )


def _unit_indexes() -> None:
    op.create_index("ix_units_anchor", "units", ["anchor"], unique=False)
    op.create_index(
        "ix_units_document_id_lang_position",
        "units",
        ["document_id", "lang", "position"],
        unique=False,
    )
    op.create_index("ix_units_document_id_start", "units", ["document_id", "start"], unique=False)
    op.create_index("ix_units_lease_by", "units", ["lease_by"], unique=False)
    op.create_index(
        "ix_units_present_lang_status", "units", ["present", "lang", "status"], unique=False
    )
    op.create_index("ix_units_waits_draw", "units", ["waits", "draw"], unique=False)
    op.create_index(
        "ix_units_waits_lang_need_position",
        "units",
        ["waits", "lang", "need", "position"],
        unique=False,
    )
    op.create_index(
        "ix_units_waits_lang_position", "units", ["waits", "lang", "position"], unique=False
    )
    op.create_index(
        "ix_units_waits_need_position", "units", ["waits", "need", "position"], unique=False
    )


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("seq", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_comments_account_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_comments"),
        sa.UniqueConstraint("key", name="uq_comments_key"),
    )
    op.create_index("ix_comments_unit_id", "comments", ["unit_id"], unique=False)


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("seq", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("track", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Boolean(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("undoes", _SERIAL, nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("active_ms", sa.Integer(), nullable=False),
        sa.Column("hter", sa.Float(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("source_lang", sa.String(length=8), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("segment_ids", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("unit_speaker", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_decisions_account_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_decisions"),
        sa.UniqueConstraint("key", name="uq_decisions_key"),
        sa.UniqueConstraint(
            "unit_id", "track", "version", name="uq_decisions_unit_id_track_version"
        ),
    )
    op.create_index("ix_decisions_account_id", "decisions", ["account_id"], unique=False)
    op.create_index("ix_decisions_action", "decisions", ["action"], unique=False)
    op.create_index("ix_decisions_anchor", "decisions", ["anchor"], unique=False)
    op.create_index("ix_decisions_undoes", "decisions", ["undoes"], unique=False)


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.PrimaryKeyConstraint("id_hash", name="pk_sessions"),
    )


def _skips() -> None:
    op.create_table(
        "skips",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_skips_account_id"),
        sa.PrimaryKeyConstraint("account_id", "unit_id", name="pk_skips"),
    )


def _typed() -> None:
    op.create_table(
        "typed",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_typed_account_id"),
        sa.PrimaryKeyConstraint("account_id", "unit_id", name="pk_typed"),
    )
