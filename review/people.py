"""Accounts from the command line."""

from pathlib import Path

from trilogue.corpora.corpus import Corpus
from trilogue.review import accounts
from trilogue.review.database import default_url, open_database, writing
from trilogue.review.types import Role


def account(
    corpus: Path, name: str, role: str, *, database: str | None = None, end: bool = False
) -> str | None:
    """Make an account, or end one; the new token, None if it was ended.

    :raises ConfigError: if it is no corpus, no name, or there is no such account to end.
    """
    Corpus(corpus)
    with writing(open_database(database or default_url(corpus))) as connection:
        if end:
            accounts.disable(connection, name)
            return None
        return accounts.add(connection, name, Role(role))
