"""Tables for people: the columns and cells of CSV and XLSX, and CSV itself.

A cell is a text, a number or nothing: what is not known and an empty text are the same. A list is
one item a line, scores are a JSON object.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.foreign import (
    Completion,
    language_of,
    unwanted,
    wanting,
)
from trilogue.corpora.formats.markup import OnLeftOut
from trilogue.corpora.formats.output import new_text
from trilogue.corpora.formats.records import COLUMNS, Record, Row, finite, row_of
from trilogue.corpora.lines import decoded
from trilogue.corpora.types import LeftOut

Cell = str | int | float | None

_FIRST: Final = ("source", "target", "verdict", "reasons", "faithful", "quality")
TABLE: Final = (*_FIRST, *(name for name in COLUMNS if name not in _FIRST))
"""The columns in their order: what a translator looks at comes first."""

_LISTS: Final = ("segment_ids", "flags", "reasons")
_INTEGERS: Final = ("start", "end", "turn")
_FLOATS: Final = ("faithful", "quality", "bead_probability")
_FORMULA: Final = re.compile(r"'*(\s*[=+\-@|%＝＋－＠]|[\t\r\n])")
_LONGEST: Final = 131_072  # what Python's own csv reader takes for one cell
_EMPTY: Final = r"\-"


def cells_of(record: Record) -> list[Cell]:
    """The cells of a record, one a column of :data:`TABLE`."""
    row = row_of(record)
    for name in _LISTS:
        row[name] = "\n".join(map(_item, row[name]))
    row["scores"] = json.dumps(dict(row["scores"]), ensure_ascii=False) if row["scores"] else ""
    return [row[name] for name in TABLE]


def row_of_cells(cells: Mapping[str, Cell]) -> Row:
    """Inverse of :func:`cells_of`, for the columns that are there; empty cells are left away.

    :raises ValueError: if a cell is none that its column may hold.
    """
    row: Row = {"source": "", "target": ""}
    for name, cell in cells.items():
        if cell is None or cell == "":
            continue
        try:
            row[name] = _KINDS.get(name, _text)(cell)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return row


def write_csv(path: Path, records: Iterable[Record]) -> int:
    """Write a table that Excel opens as UTF-8 and takes no cell of for a formula; how many units.

    A text that a spreadsheet could take for a formula has an apostrophe before it.

    :raises FormatError: if a cell is longer than readers of CSV take.
    """
    count = 0
    with new_text(path, encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(TABLE)
        for record in records:
            writer.writerow([_harmless(record, cell) for cell in cells_of(record)])
            count += 1
    return count


def read_csv(
    path: Path, *, on_left_out: OnLeftOut, source_lang: str = "en", target_lang: str | None = None
) -> Iterator[Record]:
    """The units of a table, ours or with columns of the same names; commas, semicolons or tabs.

    :param on_left_out: told of each row and each column that is not taken over.
    :param source_lang, target_lang: of rows that do not say.
    :raises FormatError: if it is not UTF-8, no table, or has no columns ``source`` and ``target``.
    """
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        raise FormatError(f"{path}: empty, expected a header with source and target")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(_again(first, lines), delimiter=separator, strict=True)
    table = TableReader(path, on_left_out, source_lang, target_lang)
    before = 0
    try:
        for cells in reader:
            yield from table.record(before + 1, [_without_mark(cell) for cell in cells])
            before = reader.line_num
    except csv.Error as error:
        raise FormatError(f"{path}:{reader.line_num}: {error}; save it as CSV again") from None


class TableReader:
    """Turns the rows of a sheet into records; the first one names the columns."""

    def __init__(
        self, path: Path, on_left_out: OnLeftOut, source_lang: str, target_lang: str | None
    ) -> None:
        self._path = path
        self._tell = on_left_out
        self._given: Row = {"source_lang": source_lang}
        if target_lang is not None:
            self._given["target_lang"] = target_lang
        self._complete = Completion(path)
        self._header: list[str] | None = None

    def record(self, line: int, cells: Sequence[Cell]) -> Iterator[Record]:
        """The record of a row, if it holds one.

        :raises FormatError: if it is a header without the columns of a pair.
        """
        if self._header is None:
            self._header = self._columns(line, cells)
            return
        if all(cell is None or cell == "" for cell in cells):
            return
        if len(cells) > len(self._header):
            self._leave_out(line, cells, f"{len(cells)} cells, expected {len(self._header)}")
            return
        named = zip(self._header, cells, strict=False)  # a sheet drops empty cells at the end
        try:
            row = row_of_cells({name: cell for name, cell in named if name in COLUMNS})
            missing = wanting(row)
            if missing is not None:
                raise ValueError(f"no {missing}")
            whole = self._given | row
            if "target_lang" not in whole:
                raise ValueError("no target_lang")
            reason = unwanted(whole["target_lang"], self._given.get("target_lang"))
            if reason is not None:
                raise ValueError(reason)
            yield self._complete.record(whole)
        except ValueError as error:
            self._leave_out(line, cells, str(error))

    def _columns(self, line: int, cells: Sequence[Cell]) -> list[str]:
        header = [str(cell or "").strip().lower() for cell in cells]
        for name in ("source", "target"):
            if header.count(name) != 1:
                what = f"{header.count(name)} columns named {name!r} in the first row, expected 1"
                raise FormatError(f"{self._path}:{line}: {what}")
        for name in header:
            if name not in COLUMNS:
                self._tell(LeftOut(line, name, f"column {name!r}: none of ours"))
        return header

    def _leave_out(self, line: int, cells: Sequence[Cell], reason: str) -> None:
        text = " | ".join(str(cell) for cell in cells if cell is not None and cell != "")
        self._tell(LeftOut(line, text, reason))


def _item(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n") or _EMPTY


def _items(cell: Cell) -> tuple[str, ...]:
    return tuple(_unescaped(item) for item in _text(cell).split("\n"))


def _unescaped(item: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "-": ""}.get(m[1], m[1]), item)


def _scores(cell: Cell) -> dict[str, float | None]:
    return msgspec.json.decode(_text(cell), type=dict[str, float | None])


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, str) else str(cell)


def _integer(cell: Cell) -> int:
    number = finite(_text(cell))
    if not number.is_integer():
        raise ValueError(f"got {cell!r}, expected a whole number")
    return int(number)


def _number(cell: Cell) -> float:
    """Also as most of Europe writes it: a sheet that was saved there as CSV says 0,75."""
    return finite(_text(cell).replace(",", "."))


def _language(cell: Cell) -> str:
    lang = language_of(_text(cell))
    if lang is None:
        raise ValueError(f"{cell!r} is none of ours")
    return lang


_KINDS: Final[dict[str, Callable[[Cell], Any]]] = {
    **dict.fromkeys(_LISTS, _items),
    **dict.fromkeys(_INTEGERS, _integer),
    **dict.fromkeys(_FLOATS, _number),
    **dict.fromkeys(("source_lang", "target_lang"), _language),
    "scores": _scores,
}


def _harmless(record: Record, cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return repr(cell) if isinstance(cell, float) else cell
    if len(cell) >= _LONGEST:
        what = f"a cell of {len(cell):,} characters, readers of CSV take {_LONGEST:,}"
        raise FormatError(f"unit {record.unit.id}: {what}; export as jsonl")
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _without_mark(cell: str) -> str:
    """Inverse of :func:`_harmless` for texts: other apostrophes belong to the text."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            yield decoded(line, f"{path}:{number}", first=number == 1, way="Save it as CSV UTF-8")


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
