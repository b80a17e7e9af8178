"""Running the review page: on this machine alone, unless there are accounts and it is asked for."""

import getpass
import ipaddress
import logging
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa
import uvicorn

from trilogue.corpora import glossaries
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.glossary import Glossary
from trilogue.review import accounts
from trilogue.review.database import default_url, open_database, reading, writing
from trilogue.review.links import Lexicons, no_lexicon
from trilogue.review.sync import sync
from trilogue.review.types import Role
from trilogue.review.web.app import make_app
from trilogue.review.web.calls import Desk
from trilogue.review.web.security import LOOPBACK

_KEPT: Final = 75
"""Seconds that an idle connection is kept: people think for longer than the usual five."""
log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Service:
    """How a review is served.

    :ivar database: URL; SQLite in the corpus folder if it is None.
    :ivar names: by which people reach the server, beside ``host`` itself.
    :ivar lexicons: for the links between words.
    :ivar share: of decided units that get a second review, 0–1.
    :ivar secure: whether a proxy serves https before it.
    """

    corpus: Path
    database: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    glossary: Path | None = None
    lexicons: Lexicons = no_lexicon
    share: float = 0.1
    seed: int = 7
    secure: bool = False


def serve(service: Service) -> None:
    """Serve until interrupted. The address goes to the log, and a first token if one was made.

    :raises ConfigError: if the address is open to others and there are no accounts, or taken.
    :raises FormatError: if the corpus is not finished.
    """
    engine = opened(service.corpus, service.database, seed=service.seed)
    _check_people(engine, service)
    known = Glossary(()) if service.glossary is None else glossaries.read(service.glossary)
    desk = Desk(
        engine,
        service.corpus.resolve(),
        glossary=known,
        lexicons=service.lexicons,
        share=service.share,
        secure=service.secure,
    )
    app = make_app(desk, hosts=(*LOOPBACK, service.host, *service.names))
    taken = _bound(service)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEPT,
    )
    log.info("http://%s:%d/", service.host, taken.getsockname()[1])
    uvicorn.Server(config).run(sockets=[taken])


def opened(corpus: Path, database: str | None, *, seed: int = 7) -> sa.Engine:
    """The database of a corpus, showing the corpus as it stands.

    :raises ConfigError: if it is no corpus, or no database answers.
    :raises FormatError: if the corpus is not finished.
    """
    found = Corpus(corpus)
    engine = open_database(database or default_url(corpus))
    with writing(engine) as connection:
        rebound = sync(connection, found, seed=seed)
    if rebound is not None and (rebound.to_confirm or rebound.stale):
        carried, confirm, stale = map(len, (rebound.carried, rebound.to_confirm, rebound.stale))
        said = "decisions: %d carried over, %d to confirm, %d stale"
        log.info(said, carried, confirm, stale)
    return engine


def _check_people(engine: sa.Engine, service: Service) -> None:
    with reading(engine) as connection:
        if accounts.everybody(connection):
            return
    if not _is_loopback(service.host):
        way = "make one for each person with 'trilogue review account'"
        raise ConfigError(f"serve: {service.host} is open to others and has no accounts; {way}")
    name = getpass.getuser()
    with writing(engine) as connection:
        token = accounts.add(connection, name, Role.ADMIN)
    log.info("first account: name %s, token %s (shown this once)", name, token)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(service: Service) -> socket.socket:
    family = socket.AF_INET6 if ":" in service.host else socket.AF_INET
    try:
        taken = socket.create_server((service.host, service.port), family=family, backlog=256)
    except OSError as error:
        what = f"{service.host}:{service.port}: {error.strerror or error}"
        raise ConfigError(f"serve: {what}; name another with --host or --port") from None
    # asyncio sets it on sockets that name their protocol alone, which this one does not: without
    # it the body of each answer waits 40 ms for the acknowledgement of its head (Nagle).
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return taken
