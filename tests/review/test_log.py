"""The log keeps what was decided: on SQLite and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.errors import FormatError
from trilogue.review import log, notes
from trilogue.review.database import reading, writing
from trilogue.review.folding import fold, standing
from trilogue.review.log import Conflict
from trilogue.review.tables import DECISIONS, TYPED, UNITS
from trilogue.review.types import (
    STATUS_OF,
    Account,
    Decision,
    Entry,
    Kind,
    Part,
    Status,
    Track,
)

People = dict[str, Account]


def some_unit(engine: sa.Engine, lang: str = "ru", position: int = 1) -> Any:
    with reading(engine) as connection:
        asked = sa.select(UNITS).where(UNITS.c.lang == lang, UNITS.c.position == position)
        return connection.execute(asked).mappings().one()


def edit(unit: Any, text: str, *, key: str, expected: int = 0, kind: Kind = Kind.EDIT) -> Decision:
    part = Part(unit["start"], unit["end"], unit["source"], text)
    return Decision(key, unit["unit_id"], kind, expected, (part,), active_ms=4000)


def decide(engine: sa.Engine, *decisions: Decision, by: Account, now: int = 1000) -> list[Entry]:
    with writing(engine) as connection:
        return log.append(connection, decisions, by=by, now=now)


def take_back(engine: sa.Engine, seq: int, expected: int, by: Account) -> list[Entry]:
    with writing(engine) as connection:
        return log.undo(
            connection, seq, key=f"undo-{seq}-{expected}", expected=expected, by=by, now=2
        )


def status(engine: sa.Engine, unit: Any) -> str:
    with reading(engine) as connection:
        asked = sa.select(UNITS.c.status).where(UNITS.c.unit_id == unit["unit_id"])
        return str(connection.execute(asked).scalar())


def test_a_decision_is_kept_with_the_effort_that_it_took(filled: sa.Engine, people: People) -> None:
    unit = some_unit(filled)
    [entry] = decide(
        filled, edit(unit, "Мы подписали 64 соглашения.", key="a"), by=people["Anahit"]
    )
    assert entry.parts[0].text == "Мы подписали 64 соглашения."
    with reading(filled) as connection:
        row = connection.execute(sa.select(DECISIONS)).mappings().one()
        now = some_unit(filled)
    assert row["hter"] == pytest.approx(0.5)  # two words of four
    assert row["changed"] == 4  # 4 and й out, 4 and я in
    assert row["active_ms"] == 4000
    assert (row["source"], row["draft"]) == (unit["source"], unit["target"])
    assert (now["status"], now["version"], now["text"]) == ("edited", 1, entry.parts[0].text)


def test_who_saw_an_older_version_overwrites_nothing(filled: sa.Engine, people: People) -> None:
    unit = some_unit(filled)
    decide(filled, edit(unit, "Их 64.", key="hers"), by=people["Anahit"])
    mine = edit(unit, "Шестьдесят четыре.", key="mine")
    with pytest.raises(Conflict, match=r"version 1, expected 0: somebody else decided") as met:
        decide(filled, mine, by=people["Rəşad"])
    assert met.value.mine == mine
    with reading(filled) as connection:
        assert [e.parts[0].text for e in log.history(connection, unit["unit_id"])] == ["Их 64."]
    decide(filled, replace(mine, expected=1, key="again"), by=people["Rəşad"])
    assert some_unit(filled)["text"] == "Шестьдесят четыре."


def test_of_many_who_decide_at_once_exactly_one_does(filled: sa.Engine, people: People) -> None:
    unit = some_unit(filled)
    together = threading.Barrier(8)

    def attempt(number: int) -> bool:
        together.wait()
        try:
            decide(filled, edit(unit, f"Вариант {number}.", key=str(number)), by=people["Anahit"])
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(8))) == [False] * 7 + [True]
    with reading(filled) as connection:
        assert len(log.history(connection, unit["unit_id"])) == 1


def test_the_same_decision_sent_again_is_one_decision(filled: sa.Engine, people: People) -> None:
    unit = some_unit(filled)
    first = decide(filled, edit(unit, "Их 64.", key="once"), by=people["Anahit"])
    assert decide(filled, edit(unit, "Их 64.", key="once"), by=people["Anahit"]) == first
    with pytest.raises(FormatError, match="its key was used for another one"):
        decide(filled, edit(unit, "Их 64.", key="once"), by=people["Rəşad"])
    assert some_unit(filled)["version"] == 1


def test_any_decision_is_undone_and_an_undo_as_well(filled: sa.Engine, people: People) -> None:
    unit, anahit = some_unit(filled), people["Anahit"]
    [first] = decide(filled, edit(unit, "Первое.", key="1"), by=anahit)
    [second] = decide(filled, edit(unit, "Второе.", key="2", expected=1), by=anahit)
    [older] = take_back(filled, first.seq, 2, anahit)
    assert some_unit(filled)["text"] == "Второе."
    take_back(filled, second.seq, 3, anahit)
    assert (status(filled, unit), some_unit(filled)["text"]) == ("open", None)
    take_back(filled, older.seq, 4, anahit)
    assert (status(filled, unit), some_unit(filled)["text"]) == ("edited", "Первое.")
    with pytest.raises(FormatError, match=f"decision {second.seq}: undone already"):
        take_back(filled, second.seq, 5, anahit)


def test_a_translator_undoes_nobody_elses_decision_and_a_reviewer_does(
    filled: sa.Engine, people: People
) -> None:
    unit = some_unit(filled)
    [entry] = decide(filled, edit(unit, "Их 64.", key="1"), by=people["Anahit"])
    with pytest.raises(FormatError, match="another's decision, which a translator cannot undo"):
        take_back(filled, entry.seq, 1, people["Rəşad"])
    assert status(filled, unit) == "edited"
    take_back(filled, entry.seq, 1, people["Мария"])
    assert status(filled, unit) == "open"


def test_a_merge_decides_two_units_and_its_undo_frees_both(
    filled: sa.Engine, people: People
) -> None:
    one, two = some_unit(filled), some_unit(filled, position=2)
    source = f"{one['source']} {two['source']}"
    whole = Part(one["start"], two["end"], source, "Мы подписали 64 соглашения, спасибо всем.")
    merge = (
        Decision("m", one["unit_id"], Kind.MERGE, 0, (whole,)),
        Decision("m:2", two["unit_id"], Kind.MERGED, 0),
    )
    entries = decide(filled, *merge, by=people["Anahit"])
    assert [status(filled, unit) for unit in (one, two)] == ["merged", "merged"]
    assert len({entry.action for entry in entries}) == 1
    take_back(filled, entries[1].seq, 1, people["Anahit"])
    assert [status(filled, unit) for unit in (one, two)] == ["open", "open"]


def test_a_merge_with_a_unit_that_somebody_decided_leaves_both_alone(
    filled: sa.Engine, people: People
) -> None:
    one, two = some_unit(filled), some_unit(filled, position=2)
    decide(filled, edit(two, "Спасибо!", key="2"), by=people["Rəşad"])
    whole = Part(one["start"], two["end"], f"{one['source']} {two['source']}", "Всё вместе.")
    with pytest.raises(Conflict, match=f"unit {two['unit_id']}: version 1, expected 0"):
        decide(
            filled,
            Decision("m", one["unit_id"], Kind.MERGE, 0, (whole,)),
            Decision("m:2", two["unit_id"], Kind.MERGED, 0),
            by=people["Anahit"],
        )
    assert [status(filled, unit) for unit in (one, two)] == ["open", "edited"]
    assert some_unit(filled)["version"] == 0


def test_who_speaks_is_noted_without_deciding_the_translation(
    filled: sa.Engine, people: People
) -> None:
    unit = some_unit(filled)
    said = Decision("s", unit["unit_id"], Kind.SPEAKER, 0, speaker="Levon Sarian")
    decide(filled, said, by=people["Anahit"])
    with reading(filled) as connection:
        found = log.state(connection, unit["unit_id"])
    assert (found.status, found.speaker, found.version) == (Status.OPEN, "Levon Sarian", 1)


def test_a_second_review_stands_beside_the_first_and_changes_nothing(
    filled: sa.Engine, people: People
) -> None:
    unit = some_unit(filled)
    decide(filled, edit(unit, "Их 64.", key="1"), by=people["Мария"])
    second = replace(edit(unit, "Мы подписали 64.", key="2"), track=Track.SECOND)
    undecided = replace(edit(some_unit(filled, position=2), "Да.", key="n"), track=Track.SECOND)
    with pytest.raises(FormatError, match="of what nobody decided yet"):
        decide(filled, undecided, by=people["Sona"])
    with pytest.raises(FormatError, match="by the first reviewer"):
        decide(filled, second, by=people["Мария"])
    with pytest.raises(FormatError, match="a second review by a translator, expected a reviewer"):
        decide(filled, second, by=people["Anahit"])
    decide(filled, second, by=people["Sona"])
    now = some_unit(filled)
    assert (now["text"], now["version"], now["second_status"]) == ("Их 64.", 1, "edited")


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "an empty translation"), ("  ", "an empty translation"), ("я" * 20_001, "over 20,000")],
)
def test_what_is_no_translation_is_refused(
    filled: sa.Engine, people: People, text: str, said: str
) -> None:
    with pytest.raises(FormatError, match=said):
        decide(filled, edit(some_unit(filled), text, key="1"), by=people["Anahit"])
    assert some_unit(filled)["version"] == 0


def test_a_unit_that_there_is_not_is_named(filled: sa.Engine, people: People) -> None:
    gone = replace(edit(some_unit(filled), "Да.", key="1"), unit_id="none")
    with pytest.raises(FormatError, match="unit none: not in this review"):
        decide(filled, gone, by=people["Anahit"])


def test_the_last_decision_that_can_be_undone_is_found(filled: sa.Engine, people: People) -> None:
    unit, anahit = some_unit(filled), people["Anahit"]
    with reading(filled) as connection:
        assert log.latest(connection, anahit) is None
    [first] = decide(filled, edit(unit, "Первое.", key="1"), by=anahit)
    [second] = decide(filled, edit(unit, "Второе.", key="2", expected=1), by=anahit)
    take_back(filled, second.seq, 2, anahit)
    with reading(filled) as connection:
        assert log.latest(connection, anahit) == first


KINDS = st.sampled_from([Kind.ACCEPT, Kind.EDIT, Kind.REJECT, Kind.SPEAKER, Kind.UNDO])


@given(st.lists(st.tuples(KINDS, st.integers(0, 20)), max_size=12))
def test_what_was_not_undone_decides_whatever_the_order_of_undos(
    asked: list[tuple[Kind, int]],
) -> None:
    entries: list[Entry] = []
    for seq, (kind, back) in enumerate(asked):
        undoes = back % seq if kind is Kind.UNDO and seq else None
        entries.append(
            Entry(seq, str(seq), "u", kind, seq, (), "", False, "", undoes, Track.FIRST, 0, 1, 0)
        )

    def stands(entry: Entry) -> bool:
        later = (one for one in entries[entry.seq + 1 :] if one.undoes == entry.seq)
        return not any(stands(one) for one in later if one.kind is Kind.UNDO)

    left = [entry for entry in entries if entry.kind is not Kind.UNDO and stands(entry)]
    assert standing(entries) == left
    deciding = [entry for entry in left if entry.kind in STATUS_OF]
    expected = STATUS_OF[deciding[-1].kind] if deciding else Status.OPEN
    assert fold(entries).status is expected


def typed(engine: sa.Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(sa.select(TYPED.c.text)).scalars())


def test_what_was_typed_stays_beside_a_corrected_speaker_and_comes_back_with_an_undo(
    filled: sa.Engine, people: People
) -> None:
    unit, anahit = some_unit(filled), people["Anahit"]
    with writing(filled) as connection:
        notes.keep_typed(connection, unit["unit_id"], "Наполовину", by=anahit, now=1)
    said = Decision("s", unit["unit_id"], Kind.SPEAKER, 0, speaker="Levon Sarian")
    decide(filled, said, by=anahit)
    assert typed(filled) == ["Наполовину"]
    [edited] = decide(filled, edit(unit, "Целиком.", key="e", expected=1), by=anahit)
    assert typed(filled) == []
    take_back(filled, edited.seq, 2, anahit)
    assert typed(filled) == ["Целиком."]


def test_the_text_of_another_is_nobody_elses_to_go_on_with(
    filled: sa.Engine, people: People
) -> None:
    [edited] = decide(filled, edit(some_unit(filled), "Да.", key="e"), by=people["Anahit"])
    take_back(filled, edited.seq, 1, people["Мария"])
    assert typed(filled) == []


@pytest.mark.parametrize("half", [0, 1])
def test_one_half_of_a_merged_pair_is_not_decided_alone(
    filled: sa.Engine, people: People, half: int
) -> None:
    one, two = some_unit(filled), some_unit(filled, position=2)
    whole = Part(one["start"], two["end"], f"{one['source']} {two['source']}", "Всё вместе.")
    merge = Decision("m", one["unit_id"], Kind.MERGE, 0, (whole,))
    decide(filled, merge, Decision("m:2", two["unit_id"], Kind.MERGED, 0), by=people["Anahit"])
    alone = edit((one, two)[half], "Одна.", key="e", expected=1)
    with pytest.raises(FormatError, match="merged with another unit; undo that first"):
        decide(filled, alone, by=people["Anahit"])
    assert [status(filled, unit) for unit in (one, two)] == ["merged", "merged"]
