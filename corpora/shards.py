"""Shards: Parquet files that are whole or absent, and that say what made them.

A stage writes ``STAGE/part-NNNNN.parquet``. The footer holds the recipe and the schema version, so
that marker and data cannot disagree; a shard of the same key is skipped, any other is made again.
"""

import json
import os
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from trilogue.corpora import schema as tables
from trilogue.corpora.errors import FormatError
from trilogue.corpora.ids import Recipe

FOOTER: Final = b"trilogue"
REMAKE: Final = "delete it and build again to have it remade"
ROW_GROUP: Final = 4096
"""Rows that a writer gathers before it writes them: bounds its memory, keeps files compact."""


@dataclass(frozen=True, slots=True)
class Footer:
    """What a shard says of itself; ``facts`` are counts that its stage left beside the rows."""

    recipe: Recipe
    rows: int
    facts: Mapping[str, int]


def part(folder: Path, number: int) -> Path:
    """The path of a shard in a stage folder."""
    return folder / f"part-{number:05d}.parquet"


def number_of(path: Path) -> int:
    """Inverse of :func:`part`."""
    return int(path.stem.removeprefix("part-"))


def parts(folder: Path) -> list[Path]:
    """The shards of a stage folder in order; none if there is no such folder."""
    return sorted(folder.glob("part-*.parquet"), key=number_of)


class ShardWriter:
    """Takes the rows of one shard. Made by :func:`new_shard` alone."""

    def __init__(self, temporary: Path, schema: pa.Schema, path: Path) -> None:
        self.facts: dict[str, int] = {}
        self._writer = pq.ParquetWriter(
            str(temporary), schema, compression="zstd", write_page_checksum=True
        )
        self._schema = schema
        self._path = path
        self._waiting: list[pa.RecordBatch] = []
        self._gathered = 0
        self.rows = 0

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Append rows.

        :raises FormatError: if they are not of the shard's schema, hold a null where it allows
            none, or a NaN anywhere.
        """
        if not batch.schema.equals(self._schema, check_metadata=False):
            raise FormatError(
                f"{self._path}: rows {batch.schema.names}, expected {self._schema.names}"
            )
        for field, column in zip(self._schema, batch.columns, strict=True):
            fault = _fault(field, column)
            if fault:
                raise FormatError(f"{self._path}: near row {self.rows}: {fault}")
        self._waiting.append(batch)
        self._gathered += batch.num_rows
        self.rows += batch.num_rows
        if self._gathered >= ROW_GROUP:
            self._write_out()

    def write_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Append rows given as dictionaries."""
        self.write_batch(tables.batch(rows, self._schema))

    def _write_out(self) -> None:
        if self._gathered:
            self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema))
        self._waiting, self._gathered = [], 0

    def finish(self, recipe: Recipe) -> None:
        """Write what is left and the footer."""
        self._write_out()
        said = {"schema": tables.VERSION, "recipe": recipe.to_json(), "facts": self.facts}
        self._writer.add_key_value_metadata({FOOTER: json.dumps(said)})
        self._writer.close()

    def abandon(self) -> None:
        """Close without a footer of ours; on a full disk closing fails as well, and may."""
        with suppress(OSError, pa.ArrowException):
            self._writer.close()


@contextmanager
def new_shard(path: Path, *, schema: pa.Schema, recipe: Recipe) -> Iterator[ShardWriter]:
    """Write a shard: under a temporary name, then synced, renamed, and its folder synced.

    Whatever goes wrong inside, nothing is left but the shard that stood there before, if one did.

    :raises FormatError: if rows are refused (see :meth:`ShardWriter.write_batch`).
    :raises OSError: if the disk does not take it; ``filename`` is the shard.
    """
    with _naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _temporary(path)
        with _or_nothing(temporary), ExitStack() as failing:
            writer = ShardWriter(temporary, schema, path)
            failing.callback(writer.abandon)
            yield writer
            writer.finish(recipe)
            failing.pop_all()
            sync(temporary)
            temporary.rename(path)
        sync(path.parent)


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text file that is whole or absent, as :func:`new_shard` does.

    :raises OSError: if the disk does not take it; ``filename`` is the file.
    """
    temporary = _temporary(path)
    with _naming(path):
        with _or_nothing(temporary):
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{line}\n" for line in lines)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(path)
        sync(path.parent)


def _temporary(path: Path) -> Path:
    """A hidden name beside a file, that no other process of any host uses."""
    return path.with_name(f".{path.name}.{socket.gethostname()}.{os.getpid()}.tmp")


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the file that was to be written, whatever the system names of it, in its errors."""
    try:
        yield
    except OSError as error:
        if error.filename is not None and Path(error.filename).suffix != ".tmp":
            raise
        why = os.strerror(error.errno) if error.errno else str(error)
        raise OSError(error.errno or 0, why, str(path)) from error


@contextmanager
def _or_nothing(temporary: Path) -> Iterator[None]:
    """Remove a temporary file that was not renamed: the block went wrong, or was interrupted."""
    try:
        yield
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def footer_of(path: Path) -> Footer:
    """What a shard says of itself.

    :raises FormatError: if it is not one of our shards, cut short, or of another schema version.
    :raises FileNotFoundError: if there is none.
    """
    with _parquet(path) as file:
        return _footer(path, file)


def key_of(path: Path) -> str:
    """The key of a shard; raises as :func:`footer_of`."""
    return footer_of(path).recipe.key


def is_made(path: Path, *, by: Recipe) -> bool:
    """Whether the shard is there and made by this recipe; raises as :func:`footer_of`."""
    return path.exists() and key_of(path) == by.key


def rows_of(path: Path, *, schema: pa.Schema, batch_size: int = 512) -> Iterator[tables.Row]:
    """The rows of a shard, streamed; the only way that stages read one.

    :raises FormatError: as :func:`footer_of`; if its columns are others than those of the schema;
        or at rows whose bytes are not those that were written.
    """
    with _parquet(path) as file:
        _footer(path, file)
        if not file.schema_arrow.equals(schema, check_metadata=False):
            got, expected = file.schema_arrow.names, schema.names
            raise FormatError(f"{path}: columns {got}, expected {expected}: not made by this stage")
        for batch in _batches(path, file, batch_size):
            yield from batch.to_pylist()


def _batches(path: Path, file: pq.ParquetFile, size: int) -> Iterator[pa.RecordBatch]:
    try:
        yield from file.iter_batches(size)
    except (OSError, pa.ArrowException) as error:
        said = str(error).splitlines()[0]
        raise FormatError(f"{path}: rows cannot be read ({said}); {REMAKE}") from None


def sweep(root: Path, *, numbers: range | None = None) -> int:
    """Remove the temporary files that dead runs left under ``root``.

    Only for the driver that holds the lock on these shards: a living run's files would go too.

    :param numbers: of the shards to sweep; all, and what is beside them, if it is None.
    :returns: how many files were removed.
    """
    removed = 0
    for path in root.rglob(".*.tmp"):
        shard = path.name.removeprefix(".part-").split(".", 1)[0]
        if numbers is None or (shard.isdecimal() and int(shard) in numbers):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


@contextmanager
def _parquet(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True)
    except pa.ArrowInvalid as error:
        raise FormatError(f"{path}: {_damage(path, error)}") from None
    with file:
        yield file


def _damage(path: Path, error: pa.ArrowInvalid) -> str:
    """Why a file cannot be opened as Parquet, and the way out."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"PAR1":
        return f"a shard that was cut short or damaged; {REMAKE}"
    return f"not a Parquet file ({str(error).splitlines()[0]}); move it out of the corpus"


def _footer(path: Path, file: pq.ParquetFile) -> Footer:
    said = (file.metadata.metadata or {}).get(FOOTER)
    foreign = f"{path}: a Parquet file that Trilogue did not make; move it out of the corpus"
    if said is None:
        raise FormatError(foreign)
    try:
        parts = json.loads(said)
        version = int(parts["schema"])
        if version != tables.VERSION:
            newer = "a newer Trilogue; use that one"
            older = f"an older Trilogue; {REMAKE}"
            made = newer if version > tables.VERSION else older
            raise FormatError(
                f"{path}: schema {version}, expected {tables.VERSION}: made by {made}"
            )
        recipe = Recipe.from_json(parts["recipe"])
        return Footer(recipe, file.metadata.num_rows, parts["facts"])
    except (KeyError, TypeError, ValueError):
        raise FormatError(foreign) from None


def _fault(field: pa.Field, column: pa.Array) -> str | None:
    """What is in a column that may not be there, looking into lists and structures."""
    if column.null_count and not field.nullable:
        return f"a null in {field.name}, which allows none"
    if pa.types.is_floating(field.type):
        found = pc.any(pc.is_nan(column)).as_py()
        return f"a NaN in {field.name}, expected a number or null" if found else None
    if pa.types.is_list(field.type):
        return _fault(field.type.value_field, column.flatten())
    if pa.types.is_struct(field.type):
        inner = zip(field.type, column.flatten(), strict=True)
        return next((fault for sub, values in inner if (fault := _fault(sub, values))), None)
    return None
