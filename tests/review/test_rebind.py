"""Decisions outlive a re-run: what carries, what is to be confirmed, what is stale."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.review import log
from trilogue.review.database import default_url, open_database, reading, writing
from trilogue.review.rebind import Placed, rebind
from trilogue.review.sync import settle, sync
from trilogue.review.tables import METADATA, STALE, UNITS
from trilogue.review.types import Account, Decision, Kind, Part

MakeSpeeches = Callable[..., Corpus]
People = dict[str, Account]


def placed(unit_id: str, anchor: str, *, origin: str = "machine", document: str = "d") -> Placed:
    return Placed(unit_id, anchor, origin, 0, 9, document, "ru")


def test_the_same_unit_carries_and_the_same_anchor_is_to_be_confirmed() -> None:
    new = {"same": placed("same", "A"), "other": placed("other", "B")}
    found = rebind([placed("same", "A"), placed("old", "B"), placed("lost", "C")], new)
    assert found.carried == {"same"}
    assert found.to_confirm == {"other": "old"}
    assert found.stale == {"lost": "no segment has its bounds and words any more"}


def test_a_document_that_is_gone_is_said_to_be() -> None:
    found = rebind([placed("lost", "C", document="e")], {"x": placed("x", "A")})
    assert found.stale == {"lost": "its document is not in the corpus any more"}


def test_of_two_units_at_an_anchor_the_one_of_the_same_origin_takes_over() -> None:
    new = {"m": placed("m", "A"), "r": placed("r", "A", origin="reference")}
    assert rebind([placed("old", "A")], new).to_confirm == {"m": "old"}
    assert rebind([placed("o", "A", origin="reference")], new).to_confirm == {"r": "o"}


def test_of_two_old_decisions_at_an_anchor_the_later_one_counts() -> None:
    found = rebind([placed("older", "A"), placed("newer", "A")], {"m": placed("m", "A")})
    assert found.to_confirm == {"m": "newer"}
    assert found.stale == {}


def test_nothing_is_carried_onto_a_unit_that_was_decided_itself() -> None:
    found = rebind([placed("old", "A")], {"m": placed("m", "A")}, settled=frozenset({"m"}))
    assert (found.to_confirm, found.stale) == ({}, {})


def unit_of(engine: sa.Engine, lang: str, position: int) -> Any:
    with reading(engine) as connection:
        asked = sa.select(UNITS).where(
            UNITS.c.lang == lang, UNITS.c.position == position, UNITS.c.present
        )
        return connection.execute(asked).mappings().one()


def edited(engine: sa.Engine, unit: Any, text: str, by: Account) -> None:
    part = Part(unit["start"], unit["end"], unit["source"], text)
    said = Decision(
        f"{unit['unit_id']}-{text}", unit["unit_id"], Kind.EDIT, unit["version"], (part,)
    )
    with writing(engine) as connection:
        log.append(connection, [said], by=by, now=5)


def test_another_model_keeps_the_text_and_asks_for_confirmation(
    filled: sa.Engine, people: People, speeches: MakeSpeeches
) -> None:
    old = unit_of(filled, "ru", 1)
    edited(filled, old, "Мы подписали 64 соглашения.", people["Anahit"])
    with writing(filled) as connection:
        rebound = sync(connection, speeches("again", model="!"))
    new = unit_of(filled, "ru", 1)
    assert rebound is not None and rebound.to_confirm == {new["unit_id"]: old["unit_id"]}
    assert new["unit_id"] != old["unit_id"]
    assert (new["status"], new["text"]) == ("confirm", "Мы подписали 64 соглашения.")
    assert (new["carried_from"], new["version"]) == (old["unit_id"], 0)
    edited(filled, new, "Мы подписали 64 соглашения.", people["Anahit"])
    assert unit_of(filled, "ru", 1)["status"] == "edited"
    with writing(filled) as connection:
        assert settle(connection).stale == {}
    assert unit_of(filled, "ru", 1)["status"] == "edited"


def test_another_cut_of_the_text_makes_a_decision_stale_and_names_why(
    filled: sa.Engine, people: People, speeches: MakeSpeeches
) -> None:
    old, kept = unit_of(filled, "ru", 1), unit_of(filled, "ru", 0)
    edited(filled, old, "Мы подписали 64 соглашения.", people["Anahit"])
    edited(filled, kept, "Добрый день, коллеги.", people["Anahit"])
    with writing(filled) as connection:
        rebound = sync(connection, speeches("again", words=("64", "sixty-four")))
    assert rebound is not None and set(rebound.stale) == {old["unit_id"]}
    assert unit_of(filled, "ru", 0)["text"] == "Добрый день, коллеги."
    with reading(filled) as connection:
        [row] = connection.execute(sa.select(STALE)).mappings()
        assert row["why"] == "no segment has its bounds and words any more"
        assert [e.kind for e in log.history(connection, old["unit_id"])] == [Kind.EDIT]
    with writing(filled) as connection:  # back to the first cut: nothing was lost
        sync(connection, speeches("back"))
        assert connection.execute(sa.select(STALE)).first() is None
    assert unit_of(filled, "ru", 1)["text"] == "Мы подписали 64 соглашения."


def test_the_same_corpus_is_not_read_again(filled: sa.Engine, speeches: MakeSpeeches) -> None:
    with writing(filled) as connection:
        assert sync(connection, speeches("copy")) is None


def test_what_stands_beside_the_units_is_told_by_the_log_alone(
    filled: sa.Engine, people: People
) -> None:
    for position, text in ((0, "Добрый день."), (1, "Их 64."), (1, "Их шестьдесят четыре.")):
        edited(filled, unit_of(filled, "ru", position), text, people["Anahit"])
    names = ("unit_id", "version", "status", "decided_by", "text", "second_status", "waits")
    columns = sa.select(*(UNITS.c[name] for name in names)).order_by(UNITS.c.unit_id)
    with writing(filled) as connection:
        before = connection.execute(columns).all()
        connection.execute(
            UNITS.update().values(status="rejected", text="?", second_version=3, waits=False)
        )
        settle(connection)
        assert connection.execute(columns).all() == before


def test_the_migrations_make_the_tables_that_the_code_reads(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_opening_a_database_again_changes_nothing(url: str) -> None:
    open_database(url).dispose()
    engine = open_database(url)
    with reading(engine) as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    engine.dispose()


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("nonsense", "got 'nonsense', expected sqlite:///FILE"),
        ("mysql://root@localhost/x", "got 'mysql', expected sqlite:///FILE"),
        ("postgresql://u:secret@/x?host=/nowhere", r"u:\*\*\*@.*name another database"),
    ],
)
def test_what_is_no_database_is_refused_without_showing_the_password(bad: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        open_database(bad)


def test_the_default_database_stands_in_the_corpus_folder(tmp_path: Path) -> None:
    open_database(default_url(tmp_path)).dispose()
    assert (tmp_path / "review" / "decisions.sqlite").is_file()
