"""CSV, XLSX, Moses and JSON lines: formulas, bombs, limits, and files that do not fit together."""

import csv
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.formats import xlsx
from trilogue.corpora.formats.jsonl import read_jsonl, write_jsonl
from trilogue.corpora.formats.moses import read_moses, write_moses
from trilogue.corpora.formats.parquet import read_parquet, write_parquet
from trilogue.corpora.formats.records import Record
from trilogue.corpora.formats.tables import read_csv, write_csv
from trilogue.corpora.formats.xlsx import read_xlsx, write_xlsx
from trilogue.corpora.types import LeftOut, Origin, TranslationUnit

DANGEROUS = ["=1+1", "=cmd|' /C calc'!A0", "+7 495", "-2", "@SUM(A1)", "\t=1", " =1", "＝1+1"]


def record(source: str, target: str = "Да.") -> Record:
    unit = TranslationUnit("a" * 24, "d", ("s",), 0, 1, source, target, "en", "ru", Origin.MACHINE)
    return Record(unit)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_can_be_taken_for_a_formula(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "c.csv", [record(text, text)])
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file)
    assert row[0] == row[1] == f"'{text}"
    (back,) = read_csv(tmp_path / "c.csv", on_left_out=lambda line: None)
    assert back.unit.source == text


@pytest.mark.parametrize("text", ["'Tis so.", "''", "Yes = no", "'=1", "''=1"])
def test_apostrophes_of_the_text_stay_its_own(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "c.csv", [record(text)])
    (back,) = read_csv(tmp_path / "c.csv", on_left_out=lambda line: None)
    assert back.unit.source == text


@pytest.mark.parametrize("text", [*DANGEROUS, "https://example.org/", "12", "TRUE"])
def test_every_text_in_a_sheet_is_a_string(text: str, tmp_path: Path) -> None:
    write_xlsx(tmp_path / "c.xlsx", [record(text)])
    cell = openpyxl.load_workbook(tmp_path / "c.xlsx").active["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_sheet_is_made_for_people(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "c.xlsx", [record("Yes."), record("No.")])
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(3, sheet.max_column).coordinate}"
    assert sheet["A2"].alignment.wrap_text
    assert [sheet.cell(1, column).value for column in (1, 2, 3)] == ["source", "target", "verdict"]


@pytest.mark.parametrize("text", ["a" * 32_768, "𝄞" * 16_384])
def test_a_cell_over_the_limit_of_excel_is_an_error_and_not_cut(text: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"unit a+: source has 32,768 characters, a cell takes"):
        write_xlsx(tmp_path / "c.xlsx", [record(text)])
    assert list(tmp_path.iterdir()) == []
    write_xlsx(tmp_path / "c.xlsx", [record(text[1:])])


def test_a_sheet_over_the_limit_of_excel_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    write_xlsx(tmp_path / "c.xlsx", [record("Yes.")] * 2)
    with pytest.raises(FormatError, match=r"more than 2 units, a sheet takes no more"):
        write_xlsx(tmp_path / "c.xlsx", [record("Yes.")] * 3)


def test_a_formula_in_a_sheet_is_left_out_and_listed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["source", "target", "target_lang"])
    book.active.append(["Yes.", '=CONCAT("Д","а")', "ru"])
    book.active.append(["No.", "Нет.", "ru"])
    book.active.append(["#REF!", "Да.", "ru"])
    book.save(tmp_path / "c.xlsx")
    left_out: list[LeftOut] = []
    (back,) = read_xlsx(tmp_path / "c.xlsx", on_left_out=left_out.append)
    assert back.unit.source == "No."
    assert [(line.line, line.reason) for line in left_out] == [
        (2, "a formula, not a text"),
        (2, "no target"),
        (4, "an error, not a text"),
        (4, "no source"),
    ]


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "c.xlsx", [record("Yes.")])
    with zipfile.ZipFile(tmp_path / "c.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + b" " * (64 << 20) + b"</sst>")
    with pytest.raises(FormatError, match=r"sharedStrings\.xml unpacks to 67,108,8\d\d bytes from"):
        list(read_xlsx(tmp_path / "c.xlsx", on_left_out=lambda line: None))


def test_a_part_with_a_doctype_is_refused(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "c.xlsx", [record("Yes.")])
    laugh = '<?xml version="1.0"?><!-- x --><!DOCTYPE sst [<!ENTITY a "ha">]><sst>&a;</sst>'
    for name, data in (("a", laugh.encode()), ("b", laugh.encode("utf-16"))):
        bad = tmp_path / f"{name}.xlsx"
        bad.write_bytes((tmp_path / "c.xlsx").read_bytes())
        with zipfile.ZipFile(bad, "a") as archive:
            archive.writestr("xl/more.xml", data)
        with pytest.raises(FormatError, match=r"xl/more\.xml has a DOCTYPE, which no sheet needs"):
            list(read_xlsx(bad, on_left_out=lambda line: None))


def with_sheet(path: Path, rows: str) -> Path:
    """A sheet of these rows after a header, in an archive that is otherwise ours."""
    write_xlsx(path.with_name("whole.xlsx"), [record("Yes.")])
    head = "".join(cell(f"{letter}1", text) for letter, text in (("A", "source"), ("B", "target")))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f'<sheetData><row r="1">{head}</row>{rows}</sheetData>'
    with (
        zipfile.ZipFile(path.with_name("whole.xlsx")) as whole,
        zipfile.ZipFile(path, "w") as archive,
    ):
        for part in whole.infolist():
            found = whole.read(part)
            if part.filename.endswith("sheet1.xml"):
                found = f'<worksheet xmlns="{space}">{body}</worksheet>'.encode()
            archive.writestr(part.filename, found)
    return path


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            f'<row r="2">{cell("XFD2", "far")}</row>',
            r"row 2 reaches to column 16,384, expected 1,024",
        ),
        (
            f'<row r="900000000">{cell("A900000000", "far")}</row>',
            r"a row after 1,048,576, where sheets end",
        ),
    ],
)
def test_a_cell_far_away_does_not_make_the_sheet_as_large_as_it_pretends(
    rows: str, said: str, tmp_path: Path
) -> None:
    path = with_sheet(tmp_path / "c.xlsx", rows)
    with pytest.raises(FormatError, match=said):
        list(read_xlsx(path, on_left_out=lambda line: None, target_lang="ru"))


WRITERS: dict[str, Callable[[Path, list[Record]], int]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
    "moses": lambda path, found: write_moses(path, found, pairs=[("en", "ru")]),
}


@pytest.mark.parametrize("name", WRITERS)
def test_half_a_surrogate_pair_is_refused_by_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"half of a surrogate pair in '.*Yes \\ud800\."):
        WRITERS[name](tmp_path / "c", [record("Yes \ud800.")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"source,target", b"PK\x03\x04 cut"])
def test_what_is_no_sheet_is_refused_in_one_line(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "c.xlsx").write_bytes(data)
    with pytest.raises(FormatError, match=r"c\.xlsx: not an XLSX file \("):
        list(read_xlsx(tmp_path / "c.xlsx", on_left_out=lambda line: None))


def test_a_sheet_without_a_row_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "c.xlsx")
    with pytest.raises(FormatError, match=r"c\.xlsx: empty, expected a header with source"):
        list(read_xlsx(tmp_path / "c.xlsx", on_left_out=lambda line: None))


def test_a_sheet_that_lacks_its_parts_is_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(FormatError, match=r"c\.xlsx: damaged \("):
        list(read_xlsx(tmp_path / "c.xlsx", on_left_out=lambda line: None))


def test_a_table_of_another_maker_is_read_and_what_does_not_fit_is_listed(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "Source;Target;Client;faithful;verdict;target_lang\r\n"
        "Yes.;Да.;A;0,5;accept;ru-RU\r\n"
        '"Two\r\nlines.";Две.;A;\r\n'
        " ;Пусто.;A;\r\n"
        "No.;Нет.;A;high\r\n"
        "Maybe.;Может.;A;0.5;;;more\r\n"
        "Ja.;Oui.;;;;fr\r\n"
        "\r\n",
        encoding="utf-8",
        newline="",
    )
    left_out: list[LeftOut] = []
    found = list(read_csv(tmp_path / "c.csv", on_left_out=left_out.append, target_lang="ru"))
    assert [record.unit.source for record in found] == ["Yes.", "Two\r\nlines."]
    assert [record.unit.target_lang for record in found] == ["ru", "ru"]
    assert [r.assessment and r.assessment.faithful for r in found] == [0.5, None]
    assert [(line.line, line.reason) for line in left_out] == [
        (1, "column 'client': none of ours"),
        (5, "no source"),
        (6, "faithful: could not convert string to float: 'high'"),
        (7, "7 cells, expected 6"),
        (8, "target_lang: 'fr' is none of ours"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"c\.csv: empty, expected a header with source and target"),
        (b"a,b\n1,2\n", r"c\.csv:1: 0 columns named 'source' in the first row, expected 1"),
        (b"source,target,source\n", r"c\.csv:1: 2 columns named 'source'"),
        (b"source,target\nYes,\xc4\xe0\n", r"c\.csv:2: got byte 0xc4 at byte 5 .* Save it as CSV"),
        (b'source,target\n"Yes,\n', r"c\.csv:\d: unexpected end of data"),
        (b"source,target\n" + b"a" * 140_000 + b",b\n", r"field larger than field limit"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(data)
    with pytest.raises(FormatError, match=said):
        list(read_csv(tmp_path / "c.csv", on_left_out=lambda line: None, target_lang="ru"))


def test_a_cell_that_no_reader_of_csv_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="a cell of 131,072 characters, readers of CSV take"):
        write_csv(tmp_path / "c.csv", [record("a" * 131_072)])
    assert list(tmp_path.iterdir()) == []


def test_a_line_break_would_shift_moses_files_and_is_refused(tmp_path: Path) -> None:
    for mark in "\n\r\x0b\x0c\x85\u2028":
        with pytest.raises(FormatError, match=r"unit a+: a line break \(U\+.* a line cannot hold"):
            write_moses(tmp_path / "c", [record(f"One{mark}two.")], pairs=[("en", "ru")])
    assert list(tmp_path.iterdir()) == []


def test_moses_files_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    (tmp_path / "c.en-ru.en").write_text("One.\nTwo.\n")
    (tmp_path / "c.en-ru.ru").write_text("Раз.\n")
    with pytest.raises(FormatError, match=r"c\.en-ru\.ru:2: missing; take files that were written"):
        list(read_moses(tmp_path / "c", ("en", "ru"), on_left_out=print))
    (tmp_path / "c.en-ru.ru").write_text("Раз.\nДва.\nТри.\n")
    with pytest.raises(FormatError, match=r"c\.en-ru\.ru: more lines than the 2 of"):
        list(read_moses(tmp_path / "c", ("en", "ru"), on_left_out=print))


def test_moses_files_without_ids_are_read(tmp_path: Path) -> None:
    # As Windows writes it: a byte order mark in front, a carriage return in each line.
    (tmp_path / "c.en-ru.en").write_bytes("\ufeffOne.\r\nTwo.\r\n".encode())
    (tmp_path / "c.en-ru.ru").write_text("Раз.\n\n")
    left_out: list[LeftOut] = []
    (back,) = read_moses(tmp_path / "c", ("en", "ru"), on_left_out=left_out.append)
    assert (back.unit.source, back.unit.target, back.unit.start) == ("One.", "Раз.", 0)
    assert left_out == [LeftOut(2, "Two.", "no target")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", r"c\.jsonl:1: Input data was truncated"),
        (b"[]", r"c\.jsonl:1: got b'\[\]\\n', expected an object"),
        (b'{"id": "a", "identity": 1}', r"c\.jsonl:1: unknown key 'identity'"),
        (b'{"id": "a"}', r"c\.jsonl:1: Object missing required field"),
        (b'{"start": NaN}', r"c\.jsonl:1: JSON is malformed"),
        (b'{"id": "\xff"}', r"c\.jsonl:1: "),
        (b"[" * 100_000, r"c\.jsonl:1: "),
    ],
)
def test_a_line_that_is_no_record_is_refused(line: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_bytes(line + b"\n")
    with pytest.raises(FormatError, match=said):
        list(read_jsonl(tmp_path / "c.jsonl"))


def test_what_is_no_parquet_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.parquet").write_bytes(b"PAR1 cut")
    with pytest.raises(FormatError, match=r"c\.parquet: not a Parquet file \("):
        list(read_parquet(tmp_path / "c.parquet"))
    path = tmp_path / "c.parquet"
    write_parquet(path, [record("Yes.")])
    path.write_bytes(
        path.read_bytes().replace(b"\x28\xb5\x2f\xfd", b"\0\0\0\0")
    )  # of zstd's frames
    with pytest.raises(FormatError, match=r"c\.parquet: damaged \("):
        list(read_parquet(path))


def test_an_archive_that_lost_bytes_on_its_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    write_xlsx(path, [record("Yes.")])
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + whole[130:])  # its first part begins before the file does
    with pytest.raises(FormatError, match=r"c\.xlsx: not an XLSX file \("):
        list(read_xlsx(path, on_left_out=lambda line: None))


def test_a_place_beyond_64_bits_is_refused(tmp_path: Path) -> None:
    far = record("Yes.")
    far = replace(far, unit=replace(far.unit, end=1 << 70))
    with pytest.raises(FormatError, match=r"c\.parquet: a value that its column cannot hold"):
        write_parquet(tmp_path / "c.parquet", [far])
    assert list(tmp_path.iterdir()) == []


def test_a_time_that_no_calendar_has_is_left_out_and_listed(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "source,target,created\nYes.,Да.,0001-01-01T00:00:00+14:00\nNo.,Нет.,yesterday\n"
    )
    left_out: list[LeftOut] = []
    assert list(read_csv(tmp_path / "c.csv", on_left_out=left_out.append, target_lang="ru")) == []
    assert [line.reason.partition(",")[0] for line in left_out] == [
        "got '0001-01-01T00:00:00+14:00'",
        "Invalid RFC3339 encoded datetime",
    ]


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a folder, expected a file to write"):
        write_csv(tmp_path, [])


def test_a_score_that_no_cell_says_stays_unknown(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "c.xlsx", [replace(record("Yes."), assessment=None)])
    (back,) = read_xlsx(tmp_path / "c.xlsx", on_left_out=lambda line: None)
    assert back.assessment is None
