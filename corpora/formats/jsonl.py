"""JSON lines: one object a record, every column under its own name."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.output import new_text
from trilogue.corpora.formats.records import COLUMNS, Record, record_of, row_of


def write_jsonl(path: Path, records: Iterable[Record]) -> int:
    """Write one object a line; how many."""
    count = 0
    with new_text(path) as file:
        for line in json_lines(records):
            file.write(line + "\n")
            count += 1
    return count


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """One object a record, without line ends."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    for record in records:
        row = row_of(record)
        row["scores"] = dict(row["scores"])
        yield encode(row)


def read_jsonl(path: Path) -> Iterator[Record]:
    """The records of a file that :func:`write_jsonl` made.

    :raises FormatError: at the first line that is not one: nothing is skipped.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            where = f"{path}:{number}"
            try:
                row = msgspec.json.decode(line)
                if not isinstance(row, dict):
                    raise FormatError(f"{where}: got {line[:40]!r}, expected an object; {_WAY}")
                unknown = sorted(set(row) - set(COLUMNS))
                if unknown:
                    raise FormatError(f"{where}: unknown key {unknown[0]!r}; {_WAY}")
                record = record_of(row)
            except (ValueError, RecursionError) as error:
                raise FormatError(f"{where}: {error}; {_WAY}") from None
            yield record


_WAY: Final = "the keys are described in docs/formats.md"
