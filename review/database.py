"""Opening the database of a review: SQLite beside the corpus, or PostgreSQL by its URL."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any, Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from trilogue.corpora.errors import ConfigError

MIGRATIONS: Final = Path(__file__).with_name("migrations")
_DIALECTS: Final = ("sqlite", "postgresql")
_WRITES: Final = "writes"
_TURN: Final = "turn"
_SOON: Final = sa.text("SET LOCAL synchronous_commit TO off")


def default_url(corpus: Path) -> str:
    """The SQLite file of a corpus, in its folder ``review``."""
    return f"sqlite:///{corpus.resolve() / 'review' / 'decisions.sqlite'}"


def open_database(url: str) -> sa.Engine:
    """Connect, and bring the tables up to date.

    :raises ConfigError: if it is no SQLite or PostgreSQL URL, or nothing answers there.
    """
    engine = _engine(url)
    try:
        _upgrade(engine)
    except sa.exc.OperationalError as error:
        why = str(error.orig).strip().splitlines()[0]
        raise ConfigError(
            f"{_shown(engine)}: {why}; name another database with --database"
        ) from None
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to look with: SQLite shows it one state, PostgreSQL the latest at each look."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # no round trips for BEGIN and ROLLBACK
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction: all of the block is kept, or nothing. At its end it is on the disk.

    SQLite takes its one write lock at the beginning: a reader that turned writer would be refused.
    """
    with _transaction(engine, "FULL") as connection:
        yield connection


@contextmanager
def noting(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that survives a killed server, but perhaps no power cut.

    For leases and for what is being typed, which come many times a decision, and which the person's
    own browser holds too: nobody waits for the disk.
    """
    with _transaction(engine, "NORMAL") as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(_SOON)
        yield connection


@contextmanager
def _transaction(engine: sa.Engine, synchronous: str) -> Iterator[sa.Connection]:
    # Threads of one process line up here: SQLite's own way of waiting is to sleep and look again.
    turn: AbstractContextManager[Any] = engine.get_execution_options().get(_TURN) or nullcontext()
    with turn, engine.connect() as connection:
        connection.execution_options(**{_WRITES: synchronous})
        with connection.begin():
            yield connection


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ConfigError(f"database: got {url!r}, expected {_expected()}") from None
    backend = parsed.get_backend_name()
    if backend not in _DIALECTS:
        raise ConfigError(f"database: got {backend!r}, expected {_expected()}")
    try:
        if backend == "sqlite":
            return _sqlite(parsed)
        plain = parsed.drivername == "postgresql"
        named = parsed.set(drivername="postgresql+psycopg") if plain else parsed
        return sa.create_engine(named, pool_size=20, max_overflow=40, pool_pre_ping=True)
    except ImportError as error:
        extra = "pip install 'trilogue[postgres]'"
        raise ConfigError(f"database: {backend} takes {error.name}; {extra}") from None


def _sqlite(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    turn = {_TURN: Lock()}
    engine = sa.create_engine(url, pool_size=20, max_overflow=40, execution_options=turn)
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _: object) -> None:
    """Our own BEGIN instead of the driver's; a log that readers do not block.

    SQLite's own ``lower`` knows ASCII alone.
    """
    connection.isolation_level = None
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in ("busy_timeout=20000", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _begin(connection: sa.Connection) -> None:
    synchronous = connection.get_execution_options().get(_WRITES)
    if synchronous is None:
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA synchronous={synchronous}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":  # two servers that start together take turns
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7119441)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _shown(engine: sa.Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def _expected() -> str:
    return "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
