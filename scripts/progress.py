"""How far a build is: a bar per stage on a terminal, a line per shard elsewhere, all on stderr."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tqdm import tqdm

from trilogue.scripts.plan import NEW

log: Final = logging.getLogger(__name__)


class Stage:
    """Counts the shards of one stage."""

    def __init__(self, name: str, bar: "tqdm[None] | None") -> None:
        self._name = name
        self._bar = bar
        self._said: set[str] = set()

    def begins(self, reason: str | None) -> None:
        """A shard is being made. Why one that stood is made again is said, once for each reason."""
        if reason not in (None, NEW) and reason not in self._said:
            self._said.add(str(reason))
            self._line(f"{self._name}: made again: {reason}", logging.INFO)

    def made(self, name: str, rows: object) -> None:
        """A shard was made."""
        if self._bar is None:
            log.info("%s: %s rows", name, rows)
        else:
            self._bar.update()

    def stood(self) -> None:
        """A shard was made before, or cannot be made now."""
        if self._bar is not None:
            self._bar.update()

    def failed(self, name: str, error: str) -> None:
        """A shard could not be made: said at once, on a line of its own."""
        if self._bar is not None:
            self._bar.update()
        self._line(f"{name}: {error}", logging.ERROR)

    def _line(self, line: str, level: int) -> None:
        if self._bar is None:
            log.log(level, "%s", line)
        else:
            self._bar.write(line, file=sys.stderr)


@contextmanager
def stage(name: str, total: int) -> Iterator[Stage]:
    """Show a stage of so many shards."""
    if not sys.stderr.isatty():
        yield Stage(name, None)
        return
    with tqdm(total=total, desc=name, unit="shard", file=sys.stderr) as bar:
        yield Stage(name, bar)
