"""XLSX: a table for people: frozen header, wrapped text, a filter on each column.

Cells are written as strings or numbers, never as formulas or links. Reading refuses what a sheet
made by people is not: archives that unpack out of proportion, and parts with a DOCTYPE.
"""

import datetime
import errno
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.formats.markup import OnLeftOut, unholdable
from trilogue.corpora.formats.output import new_file
from trilogue.corpora.formats.records import Record
from trilogue.corpora.formats.tables import TABLE, Cell, TableReader, cells_of
from trilogue.corpora.types import LeftOut

LONGEST: Final = 32_767
"""UTF-16 units that Excel takes in one cell."""
ROWS: Final = 1_048_576
"""Rows that Excel takes in one sheet, with the header."""
COLUMNS: Final = 1_024
"""Columns of a sheet that we read; ours have 40. One cell in the last of the 16,384 that Excel has
makes every cell before it, in each row."""
RATIO: Final = 200
"""How far a part may unpack. Sheets of text pack 5 to 30 times smaller, deflate goes to 1,032."""
UNPACKED: Final = 4 << 30

_NO_TEXT: Final = {"f": "a formula", "e": "an error"}
_WIDTHS: Final = {"source": 60, "target": 60, "reasons": 40, "verdict": 9, "faithful": 9}
_NUMBERS: Final = (int, float)
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    SyntaxError,  # the XML parser's own error is one
    NotImplementedError,
)


def write_xlsx(path: Path, records: Iterable[Record]) -> int:
    """Write one sheet; how many units.

    :raises ConfigError: if XlsxWriter is not installed.
    :raises FormatError: if a cell or the sheet is larger than Excel takes: nothing is cut.
    """
    xlsxwriter = _library("xlsxwriter", "XlsxWriter")
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with new_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), {"constant_memory": True, **literal})
        # The earliest date of a ZIP archive stands for none: the same units make the same bytes.
        book.set_properties({"created": datetime.datetime(1980, 1, 1)})
        sheet = book.add_worksheet("units")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        heading = book.add_format({"bold": True, "valign": "top"})
        for column, name in enumerate(TABLE):
            sheet.set_column(column, column, _WIDTHS.get(name, 14))
            sheet.write_string(0, column, name, heading)
        sheet.freeze_panes(1, 0)
        count = 0
        for record in records:
            count += 1
            if count >= ROWS:
                what = f"more than {ROWS - 1:,} units, a sheet takes no more"
                raise FormatError(f"{path}: {what}; export as csv, or one language at a time")
            _write_row(sheet, count, record, wrapped)
        sheet.autofilter(0, 0, count, len(TABLE) - 1)
        book.close()
    return count


def read_xlsx(
    path: Path, *, on_left_out: OnLeftOut, source_lang: str = "en", target_lang: str | None = None
) -> Iterator[Record]:
    """The units of the first sheet, ours or with columns of the same names.

    :param on_left_out: told of each row, column and formula that is not taken over.
    :param source_lang, target_lang: of rows that do not say.
    :raises ConfigError: if openpyxl is not installed.
    :raises FormatError: if it is no sound XLSX file, or has no columns ``source`` and ``target``.
    """
    openpyxl = _library("openpyxl", "openpyxl")
    check_archive(path)
    table = TableReader(path, on_left_out, source_lang, target_lang)
    number = 0
    for number, cells in enumerate(_rows(openpyxl, path), start=1):
        _check_place(path, number, len(cells))
        yield from table.record(number, [_value(cell, number, on_left_out) for cell in cells])
    if number == 0:
        raise FormatError(f"{path}: empty, expected a header with source and target")


def check_archive(path: Path) -> None:
    """Refuse an archive that would unpack out of proportion, or whose parts bring a DOCTYPE.

    :raises FormatError: if it does, or is no archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > UNPACKED:
                raise FormatError(f"{path}: unpacks to more than {UNPACKED >> 30} GiB; refused")
            for part in parts:
                if part.file_size > max(1 << 20, RATIO * part.compress_size):
                    what = f"{part.filename} unpacks to {part.file_size:,} bytes"
                    raise FormatError(f"{path}: {what} from {part.compress_size:,}; refused")
                if part.filename.endswith((".xml", ".rels")):
                    _check_prolog(path, archive, part.filename)
    except (*_DAMAGED, OSError) as error:
        _raise_the_disks(error)
        raise FormatError(f"{path}: not an XLSX file ({error}); save it as XLSX again") from None


def _raise_the_disks(error: Exception) -> None:
    """What the disk refuses is the disk's to tell; a place before the file is the archive's lie."""
    if isinstance(error, OSError) and error.errno != errno.EINVAL:
        raise error


def _check_prolog(path: Path, archive: zipfile.ZipFile, name: str) -> None:
    def refuse(*_: object) -> None:
        raise FormatError(f"{path}: {name} has a DOCTYPE, which no sheet needs; refused")

    begun = False

    def begin(*_: object) -> None:
        nonlocal begun
        begun = True

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    with archive.open(name) as part:
        while not begun and (chunk := part.read(4096)):
            try:
                parser.Parse(chunk)
            except expat.ExpatError as error:
                raise FormatError(f"{path}: {name}: {error}; save it as XLSX again") from None


def _write_row(sheet: Any, number: int, record: Record, style: Any) -> None:
    for column, cell in enumerate(cells_of(record)):
        if cell is None or cell == "":
            continue
        if isinstance(cell, _NUMBERS):
            sheet.write_number(number, column, cell, style)
            continue
        _check_text(record, TABLE[column], cell)
        sheet.write_string(number, column, cell, style)


def _check_text(record: Record, name: str, text: str) -> None:
    units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units > LONGEST:
        what = f"{name} has {units:,} characters, a cell takes {LONGEST:,}"
        raise FormatError(f"unit {record.unit.id}: {what}; export as csv or jsonl")
    if not text.isascii() and unholdable(_CONTROL.sub("", text)):
        what = f"{name} holds a character that XLSX cannot"
        raise FormatError(f"unit {record.unit.id}: {what}; export as csv or jsonl")
    if "_x" in text and _shown(_written(text)) != text:
        what = f"{name} holds {text!r}, which Excel takes for an escaped character"
        raise FormatError(f"unit {record.unit.id}: {what}; export as csv or jsonl")


_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f]")


def _written(text: str) -> str:
    """How XlsxWriter escapes, as Excel does: not always so that it can be told apart again."""
    marked = _ESCAPE.sub(r"_x005F\g<0>", text)
    return _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", marked)


def _shown(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _rows(openpyxl: Any, path: Path) -> Iterator[tuple[Any, ...]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        try:
            yield from book.worksheets[0].iter_rows()
        finally:
            book.close()
    except (*_DAMAGED, OSError) as error:
        _raise_the_disks(error)
        raise FormatError(f"{path}: damaged ({error}); save it as XLSX again") from None


def _check_place(path: Path, number: int, width: int) -> None:
    """Refuse a sheet before what nobody wrote in it, made up cell by cell, takes all day."""
    if number > ROWS:
        raise FormatError(f"{path}: a row after {ROWS:,}, where sheets end; save it as XLSX again")
    if width > COLUMNS:
        what = f"reaches to column {width:,}, expected {COLUMNS:,} at most"
        raise FormatError(f"{path}: row {number} {what}; delete what stands there")


def _value(cell: Any, line: int, on_left_out: OnLeftOut) -> Cell:
    value = cell.value
    if cell.data_type in _NO_TEXT:
        on_left_out(LeftOut(line, str(value), f"{_NO_TEXT[cell.data_type]}, not a text"))
        return None
    if isinstance(value, str):
        return _shown(value)
    if value is None or isinstance(value, _NUMBERS):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _library(module: str, name: str) -> Any:
    try:
        return __import__(module)
    except ImportError:
        what = f"XLSX takes {name}, which is not installed"
        raise ConfigError(f"formats: {what}; pip install 'trilogue[formats]'") from None
