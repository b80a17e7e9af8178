"""Where converted models are kept: folders that are whole or absent, whoever else writes there."""

import contextlib
import errno
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import ConfigError, ModelError

VARIABLE: Final = "TRILOGUE_CACHE"
SEAL: Final = ".whole"


def root() -> Path:
    """``$TRILOGUE_CACHE``, else ``trilogue`` in the user's cache folder."""
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "trilogue"


def folder(key: str, make: Callable[[Path], None]) -> Path:
    """The cached folder ``key``; made if it is not there, made again if it is damaged.

    Several processes may ask at once: each makes its own, the first to finish is kept. A folder is
    damaged if a file of it has not the size and the checksum that its seal names: a model with
    other weights loads and drafts nonsense.

    :param key: a relative path; everything that decides the content stands in it.
    :param make: fills an empty folder.
    :raises ConfigError: if the cache cannot be written.
    """
    place = root() / key
    if _is_whole(place):
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        try:
            make(scratch)
            (scratch / SEAL).write_text(_content(scratch), encoding="utf-8")
            _move(scratch, place)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        reason = "no space left" if full else error.strerror or str(error)
        way = f"{'Free some, or name' if full else 'Name'} another folder with {VARIABLE}."
        raise ConfigError(f"{place}: cannot cache the converted model: {reason}. {way}") from error
    if not _is_whole(place):
        raise ModelError(f"{place}: damaged right after it was made. Remove it and try again.")
    return place


def _forget(place: Path) -> None:
    """Move a damaged folder away, so that nobody reads it while it is removed."""
    grave = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    with contextlib.suppress(FileNotFoundError):  # another process was quicker
        place.rename(grave / "damaged")
    shutil.rmtree(grave, ignore_errors=True)


def _move(scratch: Path, place: Path) -> None:
    for _ in range(2):
        try:
            scratch.rename(place)
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        if _is_whole(place):
            return
        _forget(place)
    scratch.rename(place)


def _is_whole(place: Path) -> bool:
    try:
        return (place / SEAL).read_text(encoding="utf-8") == _content(place)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _content(place: Path) -> str:
    """Size, checksum and name of each file; a checksum takes a millisecond for each megabyte."""
    files = sorted(path for path in place.iterdir() if path.name != SEAL)
    return "".join(f"{path.stat().st_size} {_checksum(path):08x} {path.name}\n" for path in files)


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while some := file.read(1 << 20):
            found = zlib.crc32(some, found)
    return found
