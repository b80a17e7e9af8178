"""``data/CONFIG/SPLIT-00000-of-0000N.parquet``: written row by row, named when N is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from trilogue.corpora.formats.parquet import BATCH, OPTIONS, ROW_GROUP
from trilogue.corpora.formats.records import Row
from trilogue.corpora.splits import Split

ROWS_A_FILE: Final = 4 * ROW_GROUP


@dataclass(frozen=True, slots=True)
class SplitSize:
    """What was written of one split: rows, bytes in Arrow's memory, bytes on disk."""

    rows: int
    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration of the dataset."""

    name: str
    schema: pa.Schema
    splits: dict[Split, SplitSize]


@contextmanager
def new_config(root: Path, name: str, schema: pa.Schema) -> Iterator["ConfigWriter"]:
    """Write one configuration; its files have their names when this ends well."""
    writer = ConfigWriter(root / "data" / name, name, schema)
    try:
        yield writer
        writer.finish()
    finally:
        writer.close()


class ConfigWriter:
    """Takes the rows of all splits in any order."""

    def __init__(self, folder: Path, name: str, schema: pa.Schema) -> None:
        self._folder = folder
        self._name = name
        self._schema = schema
        self._splits: dict[Split, _SplitWriter] = {}

    def add(self, split: Split, row: Row) -> None:
        """Append a row to a split."""
        if split not in self._splits:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._splits[split] = _SplitWriter(self._folder, split, self._schema)
        self._splits[split].add(row)

    def finish(self) -> None:
        """Write what is left and name the files."""
        for writer in self._splits.values():
            writer.finish()

    def close(self) -> None:
        """Let go of files that are still open."""
        for writer in self._splits.values():
            writer.close()

    def config(self) -> Config:
        """What was written; after :meth:`finish`."""
        sizes = {split: self._splits[split].size for split in Split if split in self._splits}
        return Config(self._name, self._schema, sizes)


@dataclass(slots=True)
class _SplitWriter:
    folder: Path
    split: Split
    schema: pa.Schema
    size: SplitSize = SplitSize(0, 0, 0)
    rows: int = 0
    memory: int = 0
    waiting: list[Row] = field(default_factory=list)
    tables: list[pa.Table] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    in_file: int = 0
    writer: Any = None

    def add(self, row: Row) -> None:
        self.waiting.append(row)
        if len(self.waiting) == BATCH:
            self._convert()
            if len(self.tables) * BATCH == ROW_GROUP:
                self._write_out()

    def _convert(self) -> None:
        """Rows wait as Arrow: a tenth of what they take as dictionaries."""
        self.tables.append(pa.Table.from_pylist(self.waiting, self.schema))
        self.waiting.clear()

    def _write_out(self) -> None:
        if self.writer is None or self.in_file >= ROWS_A_FILE:
            self.close()
            self.paths.append(self.folder / f".{self.split}-{len(self.paths):05d}.tmp")
            self.writer = pq.ParquetWriter(self.paths[-1], self.schema, **OPTIONS)
            self.in_file = 0
        table = pa.concat_tables(self.tables).combine_chunks()
        self.tables.clear()
        self.writer.write_table(table)
        self.memory += table.nbytes
        self.rows += table.num_rows
        self.in_file += table.num_rows

    def finish(self) -> None:
        if self.waiting:
            self._convert()
        if self.tables:
            self._write_out()
        self.close()
        disk = 0
        for number, path in enumerate(self.paths):
            name = f"{self.split}-{number:05d}-of-{len(self.paths):05d}.parquet"
            disk += path.rename(self.folder / name).stat().st_size
        self.size = SplitSize(self.rows, self.memory, disk)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None
