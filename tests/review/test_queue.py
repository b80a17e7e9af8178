"""Who gets which unit: order, filters, leases; on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from trilogue.review import log, queue
from trilogue.review.database import reading, writing
from trilogue.review.queue import Filter, Order
from trilogue.review.tables import UNITS
from trilogue.review.types import Account, Decision, Kind, Part, Track

People = dict[str, Account]
MINUTE = 60_000


def take(engine: sa.Engine, asked: Filter, by: Account, *, now: int = 1, after: str = "") -> Any:
    """The unit that the queue gives a person."""
    with writing(engine) as connection:
        unit_id = queue.open_next(connection, asked, by=by, now=now, after=after)
    with reading(engine) as connection:
        found = sa.select(UNITS).where(UNITS.c.unit_id == unit_id)
        return connection.execute(found).mappings().first()


def decide(
    engine: sa.Engine, unit: Any, by: Account, kind: Kind = Kind.ACCEPT, text: str = "Да."
) -> None:
    part = Part(unit["start"], unit["end"], unit["source"], text)
    said = Decision(f"{unit['unit_id']}-{by.name}", unit["unit_id"], kind, 0, (part,))
    with writing(engine) as connection:
        log.append(connection, [said], by=by, now=5)


def test_what_was_not_measured_comes_first_then_the_least_faithful(
    filled: sa.Engine, people: People
) -> None:
    seen = []
    for _ in range(4):
        unit = take(filled, Filter(lang="hy"), people["Anahit"])
        seen.append(unit["faithful"])
        decide(filled, unit, people["Anahit"])
    assert seen == [None, None, 0.2, 0.2]


@pytest.mark.parametrize("verdict", ["accept", "review"])
def test_a_draft_waits_behind_all_others_while_its_official_version_stands(
    filled: sa.Engine, people: People, verdict: str
) -> None:
    asked, anahit = Filter(lang="ru"), people["Anahit"]
    with writing(filled) as connection:
        draft = queue.listed(connection, asked, by=anahit)[2]
        official = {"unit_id": "official", "origin": "reference", "verdict": verdict}
        connection.execute(UNITS.insert().values({**draft, **official, "faithful": 0.9}))
        queue.rank(connection)

    def place() -> int:
        with reading(filled) as connection:
            listed = [row["unit_id"] for row in queue.listed(connection, asked, by=anahit)]
        return listed.index(draft["unit_id"]) - len(listed)

    assert place() == (-1 if verdict == "accept" else -11)
    decide(filled, {**draft, "unit_id": "official"}, anahit)
    assert place() == -1
    with writing(filled) as connection:
        [done] = log.history(connection, "official")
        log.undo(connection, done.seq, key="undo", expected=1, by=anahit, now=6)
    assert place() == (-1 if verdict == "accept" else -11)


def test_the_order_of_the_document_is_that_of_the_text(filled: sa.Engine, people: People) -> None:
    sources = []
    for _ in range(3):
        unit = take(filled, Filter(lang="az", order=Order.DOCUMENT), people["Anahit"])
        sources.append(unit["source"])
        decide(filled, unit, people["Anahit"])
    assert sources == [
        "Good afternoon, colleagues.",
        "We have signed 64 agreements.",
        "Thank you all.",
    ]


def test_many_at_once_get_a_unit_each(filled: sa.Engine, people: People) -> None:
    with ThreadPoolExecutor(5) as pool:
        given = list(pool.map(lambda one: take(filled, Filter(lang="ru"), one), people.values()))
    assert len({unit["unit_id"] for unit in given}) == 5


def test_a_lease_ends_and_another_gets_the_unit(filled: sa.Engine, people: People) -> None:
    asked = Filter(lang="ru")
    first = take(filled, asked, people["Anahit"])
    assert take(filled, asked, people["Rəşad"])["unit_id"] != first["unit_id"]
    later = queue.LEASE_MS + 2
    assert take(filled, asked, people["Sona"], now=later)["unit_id"] == first["unit_id"]


def test_a_slow_request_takes_no_unit_from_one_that_read_the_clock_after_it(
    filled: sa.Engine, people: People
) -> None:
    first = take(filled, Filter(lang="ru"), people["Anahit"], now=MINUTE)
    slow = take(filled, Filter(lang="ru"), people["Rəşad"], now=MINUTE - 5)
    assert slow["unit_id"] != first["unit_id"]


def test_a_person_who_comes_back_gets_their_unit_again(filled: sa.Engine, people: People) -> None:
    first = take(filled, Filter(lang="ru"), people["Anahit"])
    assert take(filled, Filter(lang="ru"), people["Anahit"], now=MINUTE) is not None
    with writing(filled) as connection:
        assert not queue.lease(connection, first["unit_id"], by=people["Rəşad"], now=MINUTE)
        assert queue.lease(connection, first["unit_id"], by=people["Anahit"], now=MINUTE)


def test_going_to_another_unit_gives_the_first_one_back(filled: sa.Engine, people: People) -> None:
    asked = Filter(lang="ru")
    first = take(filled, asked, people["Anahit"])
    take(filled, asked, people["Anahit"], after=first["unit_id"])
    assert take(filled, asked, people["Rəşad"])["unit_id"] == first["unit_id"]


def test_who_skips_a_unit_is_not_offered_it_and_others_are(
    filled: sa.Engine, people: People
) -> None:
    asked = Filter(lang="ru")
    first = take(filled, asked, people["Anahit"])
    with writing(filled) as connection:
        queue.skip(connection, first["unit_id"], by=people["Anahit"], now=1)
    assert take(filled, asked, people["Anahit"])["unit_id"] != first["unit_id"]
    assert take(filled, asked, people["Rəşad"])["unit_id"] == first["unit_id"]
    with writing(filled) as connection:
        assert queue.unskip(connection, first["unit_id"], by=people["Anahit"])
        assert not queue.unskip(connection, first["unit_id"], by=people["Anahit"])
        for unit_id in (first["unit_id"], "of another corpus"):
            queue.skip(connection, unit_id, by=people["Anahit"], now=1)
        assert queue.skipped(connection, by=people["Anahit"]) == 1
        queue.offer_again(connection, by=people["Anahit"])
    later = queue.LEASE_MS + 10
    assert take(filled, asked, people["Anahit"], now=later)["unit_id"] == first["unit_id"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (Filter(), 36),
        (Filter(lang="ru"), 12),
        (Filter(verdict="review"), 18),
        (Filter(reason="number"), 18),
        (Filter(reason="negation"), 0),
        (Filter(at_least=0.5), 24),
        (Filter(at_least=0.5, below=0.9), 12),
        (Filter(speaker="Nino Karali"), 36),
        (Filter(speaker="Levon"), 0),
        (Filter(status="edited"), 0),
        (Filter(document="council", lang="az"), 6),
        (Filter(text="64 agreements"), 3),
        (Filter(text="TƏŞƏKKÜR"), 4),
        (Filter(text="ՇՆՈՐՀ"), 4),
        (Filter(text="спасибо"), 4),
        (Filter(text="təşəkkür"), 4),
        (Filter(text="100%"), 0),
        (Filter(text="_"), 0),
        (Filter(speaker="' OR 1=1 --"), 0),
        (Filter(text="'); DROP TABLE decisions; --"), 0),
        (Filter(lang="ru", order=Order.AUDIT), 6),
    ],
    ids=str,
)
def test_a_filter_counts_what_it_lists(
    filled: sa.Engine, people: People, asked: Filter, number: int
) -> None:
    with reading(filled) as connection:
        assert queue.count(connection, asked, by=people["Anahit"]) == number
        assert len(queue.listed(connection, asked, by=people["Anahit"])) == number


def test_each_facet_counts_under_the_other_filters(filled: sa.Engine, people: People) -> None:
    unit = take(filled, Filter(lang="ru"), people["Anahit"])
    decide(filled, unit, people["Anahit"])
    with reading(filled) as connection:
        found = queue.counts(connection, Filter(lang="ru", verdict="review"), by=people["Sona"])
    assert found["lang"] == [("az", 6), ("hy", 6), ("ru", 5)]
    assert found["verdict"] == [("accept", 6), ("review", 5)]
    assert found["reason"] == [("number", 5)]
    assert found["status"] == [("open", 5), ("accepted", 1)]
    assert found["speaker"] == [("Nino Karali", 5)]
    assert found["reviewer"] == [("Anahit", 1)]  # what waits has none: of what was decided


def test_decided_units_are_found_by_their_status_and_reviewer(
    filled: sa.Engine, people: People
) -> None:
    unit = take(filled, Filter(lang="ru"), people["Anahit"])
    decide(filled, unit, people["Anahit"])
    asked = Filter(status="accepted", reviewer="Anahit")
    with reading(filled) as connection:
        found = queue.listed(connection, asked, by=people["Sona"])
        none = queue.listed(
            connection, Filter(status="accepted", reviewer="Sona"), by=people["Sona"]
        )
    assert [row["unit_id"] for row in found] == [unit["unit_id"]]
    assert none == []


@pytest.mark.parametrize("order", [Order.FAITHFUL, Order.DOCUMENT, Order.AUDIT])
def test_a_walk_through_decided_units_sees_each_once_and_ends(
    filled: sa.Engine, people: People, order: Order
) -> None:
    for _ in range(12):
        decide(filled, take(filled, Filter(lang="ru"), people["Anahit"]), people["Anahit"])
    asked = Filter(reviewer="Anahit", order=order)
    with reading(filled) as connection:
        listed = [row["unit_id"] for row in queue.listed(connection, asked, by=people["Sona"])]
    seen, after = [], ""
    while unit := take(filled, asked, people["Sona"], after=after):
        seen.append(after := unit["unit_id"])
    assert seen == listed
    assert len(seen) == (6 if order is Order.AUDIT else 12)


def test_the_second_review_offers_what_others_decided(filled: sa.Engine, people: People) -> None:
    unit = take(filled, Filter(lang="ru"), people["Мария"])
    decide(filled, unit, people["Мария"])
    asked = Filter(lang="ru", order=Order.SECOND, share=1.0)
    assert take(filled, asked, people["Мария"]) is None
    second = take(filled, asked, people["Sona"])
    assert second["unit_id"] == unit["unit_id"]
    said = Decision("second", unit["unit_id"], Kind.REJECT, 0, track=Track.SECOND)
    with writing(filled) as connection:
        log.append(connection, [said], by=people["Sona"], now=9)
    assert take(filled, asked, people["Sona"]) is None


def test_an_audit_draws_the_same_sample_for_everyone(filled: sa.Engine, people: People) -> None:
    with reading(filled) as connection:
        asked = Filter(order=Order.AUDIT)
        [mine, hers] = [
            [row["unit_id"] for row in queue.listed(connection, asked, by=people[name])]
            for name in ("Anahit", "Sona")
        ]
        draws = [row["draw"] for row in queue.listed(connection, asked, by=people["Sona"])]
    assert mine == hers
    assert draws == sorted(draws) and all(0 <= draw < 1 for draw in draws)


def test_progress_counts_every_language(filled: sa.Engine, people: People) -> None:
    decide(filled, take(filled, Filter(lang="ru"), people["Anahit"]), people["Anahit"])
    with reading(filled) as connection:
        assert queue.progress(connection) == {
            "az": {"open": 12},
            "hy": {"open": 12},
            "ru": {"open": 11, "accepted": 1},
        }
