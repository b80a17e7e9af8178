"""Runs the migrations on the connection that :mod:`trilogue.review.database` hands over."""

from alembic import context

from trilogue.review.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
