"""Snapshots and sheets from the command line."""

import time
from collections.abc import Iterator
from pathlib import Path

from trilogue.review import accounts, exports, sheets
from trilogue.review.database import reading
from trilogue.review.queue import Filter, Order
from trilogue.review.serving import opened
from trilogue.review.sheets import Outcome
from trilogue.review.types import Account, Role

_NOBODY = Account(0, "", Role.TRANSLATOR)


def snapshot(corpus: Path, *, database: str | None = None) -> tuple[Path, int]:
    """Write what people decided for the next build; the file, and how many units it answers."""
    return exports.snapshot(opened(corpus, database), corpus)


def send(
    corpus: Path,
    out: Path,
    name: str,
    *,
    database: str | None = None,
    lang: str = "",
    verdict: str = "",
    status: str = "",
) -> int:
    """Write units, in the order of the text, to a sheet; how many."""
    asked = Filter(lang=lang, verdict=verdict, status=status, order=Order.DOCUMENT)
    return sheets.send(opened(corpus, database), out, name, asked, by=_NOBODY)


def receive(
    corpus: Path, sheet: Path, name: str, *, database: str | None = None
) -> Iterator[Outcome]:
    """Take over what a sheet decides, in the name of an account.

    :raises ConfigError: if there is no such account.
    """
    engine = opened(corpus, database)
    with reading(engine) as connection:
        by = accounts.named(connection, name)
    yield from sheets.receive(engine, sheet, by=by, now=time.time_ns() // 1_000_000)
