"""Output files that are whole or absent."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.shards import sync


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place when all went well.

    Whatever goes wrong inside, nothing is left but the file that stood there before, if one did.

    :raises ConfigError: if ``path`` is a folder.
    :raises FormatError: if a text holds half of a surrogate pair, which is no character.
    :raises OSError: if the disk does not take it; ``filename`` is ``path``.
    """
    if path.is_dir():
        raise ConfigError(f"{path}: a folder, expected a file to write; name one in it")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            sync(temporary)
            temporary.rename(path)
        finally:
            with suppress(OSError):  # it is gone if it has taken its place
                temporary.unlink()
        sync(path.parent)
    except UnicodeEncodeError as error:
        near = error.object[max(0, error.start - 20) : error.end + 20]
        what = f"half of a surrogate pair in {near!r}, which is no character"
        raise FormatError(f"{path}: {what}; take it out, or export as tmx or xliff") from None
    except OSError as error:
        if error.filename is not None and Path(error.filename) != temporary:
            raise
        why = os.strerror(error.errno) if error.errno else str(error)
        raise OSError(error.errno or 0, why, str(path)) from error


@contextmanager
def new_text(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A text file made as :func:`new_file` does; line ends are written as they are given."""
    with (
        new_file(path) as temporary,
        temporary.open("w", encoding=encoding, newline="", buffering=1 << 20) as file,
    ):
        yield file
