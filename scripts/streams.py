"""Text filters: lines from a file or standard input, lines to standard output."""

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from trilogue.corpora.lines import text_lines

STDIN: Final = "standard input"


def name_of(file: Path | None) -> str:
    """What a message calls the input."""
    return STDIN if file is None else str(file)


@contextlib.contextmanager
def lines_in(file: Path | None) -> Iterator[Iterator[str]]:
    """The lines of a file, or of standard input, while the block runs.

    :raises FormatError: as they are read, at the first that is not UTF-8.
    """
    with contextlib.nullcontext(sys.stdin.buffer) if file is None else file.open("rb") as stream:
        yield text_lines(stream, name_of(file))


def put_lines(lines: Iterable[str]) -> None:
    """Print lines as they come, in UTF-8 and ended by a line feed wherever this runs."""
    with click.open_file("-", "w", encoding="utf-8") as stdout:
        stdout.writelines(f"{line}\n" for line in lines)
