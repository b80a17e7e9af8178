"""Things that go wrong around the log: a full disk, a killed import, a second server, a clock."""

import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from trilogue.review import accounts, log, queue, sheets
from trilogue.review.database import noting, open_database, reading, writing
from trilogue.review.log import Conflict
from trilogue.review.memory import Memory
from trilogue.review.queue import Filter, Order
from trilogue.review.tables import DECISIONS, TYPED, UNITS
from trilogue.review.types import Account, Decision, Kind, Part, Role
from trilogue.review.web.app import make_app
from trilogue.review.web.calls import Desk, Recent
from trilogue.review.web.security import Attempts

People = dict[str, Account]


def rows(engine: sa.Engine, table: sa.Table) -> list[Any]:
    with reading(engine) as connection:
        return list(connection.execute(sa.select(table)).mappings())


def edit(unit: Any, key: str, text: str, version: int = 0) -> Decision:
    part = Part(unit["start"], unit["end"], unit["source"], text)
    return Decision(key, unit["unit_id"], Kind.EDIT, version, (part,))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_and_neither_the_text_nor_the_log_is_harmed(
    filled: sa.Engine, tmp_path: Path
) -> None:
    with writing(filled) as connection:
        token = accounts.add(connection, "Anahit", Role.TRANSLATOR)
    client = TestClient(make_app(Desk(filled, tmp_path / "corpus")), base_url="http://127.0.0.1")
    client.post("/sign-in", data={"name": "Anahit", "token": token})
    page = client.get("/next?lang=ru")
    unit, csrf = str(page.url.path), page.text.partition('name="csrf" content="')[2][:32]
    form = {"csrf": csrf, "key": "k" * 20, "action": "accept", "version": "0"}

    def full(connection: Any, *_: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    sa.event.listen(filled, "checkout", full)
    long = "Да. " * 4000  # more than the last pages have room for
    answer = client.post(f"{unit}/decide", data={**form, "text": long}, follow_redirects=False)
    assert answer.status_code == 503
    assert "database or disk is full" in answer.text and "Nothing was changed" in answer.text
    assert rows(filled, DECISIONS) == []
    assert {row["version"] for row in rows(filled, UNITS)} == {0}
    sa.event.remove(filled, "checkout", full)
    sa.event.listen(
        filled, "checkout", lambda connection, *_: connection.execute("PRAGMA max_page_count=99999")
    )
    answer = client.post(f"{unit}/decide", data={**form, "text": long}, follow_redirects=False)
    assert answer.status_code == 303
    assert [row["kind"] for row in rows(filled, DECISIONS)] == ["edit"]


_KILLED = """
import os, signal, sys
from pathlib import Path
from trilogue.review import log
from trilogue.review.exchange import receive
settle, seen = log._settle, []
def dies(*arguments):
    settle(*arguments)
    seen.append(1)
    if len(seen) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
log._settle = dies
list(receive(Path(sys.argv[1]), Path(sys.argv[2]), "Anahit", database=sys.argv[3]))
"""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_import_that_was_killed_inside_a_row_is_done_by_the_next_one(
    engine: sa.Engine, url: str, speeches: Any, people: People, tmp_path: Path
) -> None:
    from trilogue.review.sync import sync

    corpus = speeches()
    with writing(engine) as connection:
        sync(connection, corpus)
    sheet = tmp_path / "ru.csv"
    asked = Filter(lang="ru", order=Order.DOCUMENT)
    assert sheets.send(engine, sheet, "csv", asked, by=people["Anahit"]) == 12
    text = sheet.read_text(encoding="utf-8").replace("Спасибо всем.", "Благодарю всех.")
    sheet.write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", _KILLED, str(corpus.root), str(sheet), url]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert len(rows(engine, DECISIONS)) == 2  # the third was not committed
    done = Counter(one.done for one in sheets.receive(engine, sheet, by=people["Anahit"], now=9))
    assert done == {"unchanged": 10, "edited": 2}
    assert len(rows(engine, DECISIONS)) == len({row["unit_id"] for row in rows(engine, DECISIONS)})
    assert [row["text"] for row in rows(engine, UNITS) if row["text"]] == ["Благодарю всех."] * 4


def test_two_servers_on_one_database_lose_nothing_and_know_each_others_decisions(
    filled: sa.Engine, url: str, people: People
) -> None:
    other = open_database(url)
    units = [row for row in rows(filled, UNITS) if row["lang"] == "ru"]
    memories = {engine: Memory() for engine in (filled, other)}
    for engine, kept in memories.items():
        with reading(engine) as connection:
            assert kept.similar(connection, units[0]["source"], lang="ru") == []

    def decide(place: int) -> bool:
        engine, unit = (filled, other)[place % 2], units[place // 2]
        try:
            with writing(engine) as connection:
                said = edit(unit, f"key{place}", f"Текст {place}.")
                log.append(connection, [said], by=people["Anahit"], now=1)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(decide, range(2 * len(units))))
    assert sum(won) == len(units)
    assert Counter(row["unit_id"] for row in rows(other, DECISIONS)) == dict.fromkeys(
        (unit["unit_id"] for unit in units), 1
    )
    for engine, kept in memories.items():
        with reading(engine) as connection:
            hits = kept.similar(connection, units[0]["source"], lang="ru")
        assert hits and hits[0].likeness == 100
    other.dispose()


def test_a_clock_that_is_put_back_locks_nothing_and_nobody(
    filled: sa.Engine, people: People
) -> None:
    asked, day = Filter(lang="ru"), 86_400_000
    with noting(filled) as connection:  # while the clock was a day ahead
        given = queue.open_next(connection, asked, by=people["Anahit"], now=2 * day)
    with noting(filled) as connection:
        assert queue.open_next(connection, asked, by=people["Sona"], now=day) == given
    attempts = Attempts(most=1)
    attempts.failed(["address"], now=2 * day)
    assert not attempts.refuses(["address"], now=day)
    figure = Recent(5_000)
    assert figure.of(lambda: 1, now=2 * day) == 1
    assert figure.of(lambda: 2, now=day) == 2
    with writing(filled) as connection:
        unit = connection.execute(sa.select(UNITS).where(UNITS.c.unit_id == given)).mappings().one()
        for version, now in enumerate((2 * day, day)):
            said = edit(unit, f"key{version}", f"Текст {version}.", version)
            log.append(connection, [said], by=people["Sona"], now=now)
        entry = log.state(connection, unit["unit_id"]).entry
        assert entry is not None and entry.parts[0].text == "Текст 1."  # by number, not by time
        last = log.latest(connection, people["Sona"])
        assert last is not None and last.seq == entry.seq


def test_what_is_noted_without_waiting_for_the_disk_is_there_for_the_next(
    filled: sa.Engine, people: People
) -> None:
    from trilogue.review import notes

    unit = rows(filled, UNITS)[0]
    for text in ("Да", "Да."):
        with noting(filled) as connection:
            notes.keep_typed(connection, unit["unit_id"], text, by=people["Anahit"], now=1)
    assert [row["text"] for row in rows(filled, TYPED)] == ["Да."]
    with pytest.raises(RuntimeError, match="no"), noting(filled) as connection:
        notes.keep_typed(connection, unit["unit_id"], "Нет.", by=people["Anahit"], now=2)
        raise RuntimeError("no")
    assert [row["text"] for row in rows(filled, TYPED)] == ["Да."]
