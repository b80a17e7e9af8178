"""One run at a time on one set of shards.

``.lock`` lists the living runs: process, host, start and the shards that each took. It is read and
rewritten under ``flock``, so two runs never both think they are alone; array jobs on other shards
stand side by side in it. A run that died on this host is dropped, and that is said.
"""

import fcntl
import json
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from trilogue.corpora.errors import ConfigError, FormatError

LOCK: Final = ".lock"
ENDED: Final = ("Z", "X")
"""States of a process that is over, though nobody has asked yet how it ended."""
log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holder:
    """A run that holds shards ``first`` to ``last``; both None if it holds the whole corpus.

    :ivar birth: when the process began in the kernel's clock, where that can be told: process
        numbers come again, a pair of number and birth does not.
    """

    pid: int
    host: str
    start: str
    birth: str | None
    first: int | None
    last: int | None

    def overlaps(self, other: "Holder") -> bool:
        """Whether the two want a shard in common."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        return self.first <= other.last and other.first <= self.last

    def is_dead(self) -> bool:
        """Whether the process is surely gone; of another host nobody here knows."""
        if self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        if next(iter(_stat(self.pid)), None) in ENDED:
            return True
        return self.birth is not None and _birth(self.pid) != self.birth


@contextmanager
def locked(root: Path, *, numbers: range | None = None) -> Iterator[None]:
    """Hold a corpus, or some of its shards, while the block runs.

    :raises ConfigError: if another run holds any of them.
    """
    mine = _me(numbers)
    with _opened(root) as file:
        holders = _holders(root, file)
        dead = [holder for holder in holders if holder.is_dead()]
        living = [holder for holder in holders if holder not in dead]
        for holder in living:
            if holder.overlaps(mine):
                raise ConfigError(_taken(root, holder))
        for holder in dead:
            log.info("%s: took over from process %d, which died", root, holder.pid)
        _write(file, [*living, mine])
    try:
        yield
    finally:
        with _opened(root) as file:
            left = [holder for holder in _holders(root, file) if holder != mine]
            _write(file, left)
            if not left:
                (root / LOCK).unlink(missing_ok=True)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keep the other runs of this corpus waiting while the block changes what all of them share.

    Only inside of :func:`locked`, and briefly.
    """
    with _opened(root):
        yield


def _me(numbers: range | None) -> Holder:
    first, last = (None, None) if numbers is None else (numbers.start, numbers.stop - 1)
    start = datetime.now(UTC).isoformat(timespec="seconds")
    pid = os.getpid()
    return Holder(pid, socket.gethostname(), start, _birth(pid), first, last)


def _birth(pid: int) -> str | None:
    """The start time in clock ticks since boot, on Linux; None where there is no /proc."""
    stat = _stat(pid)
    return stat[19] if stat else None


def _stat(pid: int) -> list[str]:
    """What the kernel says of a process after its name, the state first; nothing without /proc."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


@contextmanager
def _opened(root: Path) -> Iterator[TextIO]:
    """The lock file, opened and flocked; made if need be, and never one that was just unlinked."""
    path = root / LOCK
    while True:
        with path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                same = path.stat().st_ino == os.fstat(file.fileno()).st_ino
            except FileNotFoundError:
                same = False
            if same:
                yield file
                return


def _holders(root: Path, file: TextIO) -> list[Holder]:
    file.seek(0)
    text = file.read()
    try:
        return [Holder(**entry) for entry in json.loads(text)] if text else []
    except (TypeError, ValueError):
        way = "delete it if nothing is running on this corpus"
        raise FormatError(f"{root / LOCK}: not a lock of ours: got {text[:40]!r}; {way}") from None


def _write(file: TextIO, holders: list[Holder]) -> None:
    file.seek(0)
    file.truncate()
    json.dump([asdict(holder) for holder in holders], file)
    file.flush()


def _taken(root: Path, holder: Holder) -> str:
    which = "" if holder.first is None else f" on shards {holder.first}-{holder.last}"
    who = f"process {holder.pid} on {holder.host} since {holder.start}{which}"
    here = holder.host == socket.gethostname()
    way = "wait for it" if here else f"wait for it, or delete {root / LOCK} if that host is gone"
    return f"{root}: another run is at work: {who}; {way}"
