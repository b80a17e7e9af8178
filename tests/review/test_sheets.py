"""Sheets go out and come back, and overwrite nothing that is newer."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.review import log, sheets
from trilogue.review.database import reading, writing
from trilogue.review.queue import Filter, Order
from trilogue.review.sheets import Outcome
from trilogue.review.tables import DECISIONS, UNITS
from trilogue.review.types import Account, Decision, Kind, Part

People = dict[str, Account]
RUSSIAN = Filter(lang="ru", order=Order.DOCUMENT)


def unit_at(engine: sa.Engine, position: int) -> Any:
    with reading(engine) as connection:
        asked = sa.select(UNITS).where(UNITS.c.lang == "ru", UNITS.c.position == position)
        return connection.execute(asked).mappings().one()


def on_page(engine: sa.Engine, position: int, text: str, by: Account) -> None:
    unit = unit_at(engine, position)
    part = Part(unit["start"], unit["end"], unit["source"], text)
    key = f"{position}{text}"
    said = Decision(key, unit["unit_id"], Kind.EDIT, unit["version"], (part,))
    with writing(engine) as connection:
        log.append(connection, [said], by=by, now=1)


def sent(engine: sa.Engine, path: Path, by: Account) -> Path:
    assert sheets.send(engine, path, path.suffix[1:], RUSSIAN, by=by) == 12
    return path


def back(engine: sa.Engine, path: Path, by: Account) -> list[Outcome]:
    return list(sheets.receive(engine, path, by=by, now=9))


Change = Callable[[Path, str, str], None]


def change_xlsx(path: Path, old: str, new: str) -> None:
    """Write other words into the cells that hold exactly ``old``, as a person would."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
                book.save(path)
                return
    raise AssertionError(f"no cell holds {old!r}")


def change_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


CHANGES: dict[str, Change] = {"xlsx": change_xlsx, "xliff": change_text, "csv": change_text}


@pytest.mark.parametrize("ending", CHANGES)
def test_what_was_changed_in_a_sheet_is_an_edit_and_the_rest_is_unchanged(
    filled: sa.Engine, people: People, tmp_path: Path, ending: str
) -> None:
    path = sent(filled, tmp_path / f"sheet.{ending}", people["Anahit"])
    CHANGES[ending](path, "Мы подписали 46 соглашений.", "Мы подписали 64 соглашения.")
    found = back(filled, path, people["Anahit"])
    assert [one.done for one in found] == ["unchanged", "edited", *["unchanged"] * 10]
    unit = unit_at(filled, 1)
    assert (unit["status"], unit["text"]) == ("edited", "Мы подписали 64 соглашения.")
    assert {one.done for one in back(filled, path, people["Anahit"])} == {"unchanged"}
    with reading(filled) as connection:
        assert len(connection.execute(sa.select(DECISIONS)).all()) == 1


@pytest.mark.parametrize("ending", CHANGES)
def test_a_newer_decision_is_not_overwritten_and_the_row_is_named(
    filled: sa.Engine, people: People, tmp_path: Path, ending: str
) -> None:
    path = sent(filled, tmp_path / f"sheet.{ending}", people["Anahit"])
    on_page(filled, 1, "Их шестьдесят четыре.", people["Rəşad"])
    CHANGES[ending](path, "Мы подписали 46 соглашений.", "Мы подписали 64 соглашения.")
    found = back(filled, path, people["Anahit"])
    why = "Rəşad decided (edit) meanwhile; decide on the page"
    unit_id = unit_at(filled, 1)["unit_id"]
    assert found[1] == Outcome(f"unit {unit_id}", "skipped", why, unit_id)
    assert unit_at(filled, 1)["text"] == "Их шестьдесят четыре."


def test_a_verdict_that_was_changed_decides_a_text_that_was_not(
    filled: sa.Engine, people: People, tmp_path: Path
) -> None:
    path = sent(filled, tmp_path / "sheet.xlsx", people["Anahit"])
    change_xlsx(path, "review", "accept")  # the second unit's
    change_xlsx(path, "accept", "reject")  # the first one's
    done = [one.done for one in back(filled, path, people["Anahit"])]
    assert done == ["rejected", "accepted", *["unchanged"] * 10]
    assert [unit_at(filled, at)["status"] for at in (0, 1)] == ["rejected", "accepted"]


def test_a_unit_that_was_decided_before_it_was_sent_is_edited_further(
    filled: sa.Engine, people: People, tmp_path: Path
) -> None:
    on_page(filled, 1, "Их 64.", people["Rəşad"])
    path = tmp_path / "sheet.csv"
    asked = Filter(lang="ru", status="edited")
    assert sheets.send(filled, path, "csv", asked, by=people["Anahit"]) == 1
    change_text(path, "Их 64.", "Их шестьдесят четыре.")
    assert [one.done for one in back(filled, path, people["Anahit"])] == ["edited"]
    assert unit_at(filled, 1)["version"] == 2


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("We have signed 64 agreements.", "We have signed it.", "its source was changed"),
        ("review version 0", "review version 7", "says no version that there is: got 7"),
        ("review version 0", "nothing", "says no version that there is: got None"),
    ],
)
def test_a_row_that_was_damaged_is_skipped_with_its_reason(
    filled: sa.Engine, people: People, tmp_path: Path, old: str, new: str, why: str
) -> None:
    path = sent(filled, tmp_path / "sheet.csv", people["Anahit"])
    change_text(path, old, new)
    skipped = [one for one in back(filled, path, people["Anahit"]) if one.done == "skipped"]
    assert len(skipped) == 1 and skipped[0].why.startswith(why)
    with reading(filled) as connection:
        assert connection.execute(sa.select(DECISIONS)).all() == []


def test_a_row_of_another_corpus_and_a_text_that_is_no_translation_are_skipped(
    filled: sa.Engine, people: People, tmp_path: Path
) -> None:
    path = sent(filled, tmp_path / "sheet.csv", people["Anahit"])
    change_text(path, unit_at(filled, 2)["unit_id"], "f" * 24)
    change_text(path, "Мы подписали 46 соглашений.", "я" * 20_001)
    skipped = [one.why for one in back(filled, path, people["Anahit"]) if one.done == "skipped"]
    assert "over 20,000 characters" in skipped[0]
    assert skipped[1] == "not in this review, or no more"


def test_text_that_looks_like_a_formula_is_text_there_and_back(
    filled: sa.Engine, people: People, tmp_path: Path
) -> None:
    words = "=HYPERLINK(1)"
    on_page(filled, 1, words, people["Rəşad"])
    path = tmp_path / "sheet.xlsx"
    sheets.send(filled, path, "xlsx", Filter(lang="ru", status="edited"), by=people["Anahit"])
    assert [one.done for one in back(filled, path, people["Anahit"])] == ["unchanged"]
    assert unit_at(filled, 1)["text"] == words


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<x>" + b" " * (64 << 20) + b"</x>")


def doctype(path: Path) -> None:
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<xliff version="1.2"><file source-language="en" target-language="ru"><body>'
        '<trans-unit id="1"><source>a</source><target>&x;</target></trans-unit>'
        "</body></file></xliff>",
        encoding="utf-8",
    )


def nonsense(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * 99)


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("s.xlsx", bomb, "refused"),
        ("s.xlsx", nonsense, "not an XLSX file"),
        ("s.xliff", doctype, "s.xliff"),
        ("s.xliff", nonsense, "s.xliff"),
        ("s.csv", nonsense, "UTF-8"),
    ],
)
def test_a_hostile_file_is_refused_and_changes_nothing(
    filled: sa.Engine,
    people: People,
    tmp_path: Path,
    name: str,
    make: Callable[[Path], None],
    said: str,
) -> None:
    make(tmp_path / name)
    with pytest.raises(FormatError, match=said):
        back(filled, tmp_path / name, people["Anahit"])
    with reading(filled) as connection:
        assert connection.execute(sa.select(DECISIONS)).all() == []


def test_a_file_of_another_kind_is_refused(
    filled: sa.Engine, people: People, tmp_path: Path
) -> None:
    (tmp_path / "s.ods").write_bytes(io.BytesIO(b"x").read())
    with pytest.raises(ConfigError, match=r"got '\.ods', expected \.xlsx"):
        back(filled, tmp_path / "s.ods", people["Anahit"])
