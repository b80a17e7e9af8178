"""Effort, agreement, audit, differences, evidence, memory: figures that a person could check."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.glossary import Glossary, Term
from trilogue.review import log, memory, queue
from trilogue.review.agreement import alpha
from trilogue.review.audit import rate
from trilogue.review.database import reading, writing
from trilogue.review.differences import difference
from trilogue.review.effort import changed, hter
from trilogue.review.evidence import marked
from trilogue.review.queue import Filter, Order
from trilogue.review.report import report
from trilogue.review.tables import UNITS
from trilogue.review.types import Account, Decision, Kind, Part, Track

People = dict[str, Account]


@pytest.mark.parametrize(
    ("draft", "edited", "words", "letters"),
    [
        ("Спасибо всем.", "Спасибо всем.", 0.0, 0),
        ("Мы подписали 46 соглашений.", "Мы подписали 64 соглашения.", 0.5, 4),
        ("Շնորհակալ եմ։", "Շնորհակալ ենք։", 0.5, 3),  # մ out, ն and ք in
        ("a b c d", "d a b c", 0.25, 4),  # one phrase moved
        ("", "Да.", 1.0, 3),
        ("Да.", " ", None, 4),
    ],
)
def test_effort_is_counted_in_words_and_in_letters(
    draft: str, edited: str, words: float | None, letters: int
) -> None:
    found = hter(draft, edited)
    assert found == (words if words is None else pytest.approx(words))
    assert changed(draft, edited) == letters


def test_alpha_is_that_of_krippendorffs_own_example() -> None:
    # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section B: 0.095.
    one, two = "0100000010", "1110010000"
    assert alpha(list(zip(one, two, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_many_judges_with_gaps_is_that_of_the_same_paper() -> None:
    # Section C: four observers, twelve units, nominal data: 0.743.
    judged = "111 2232 3333 3333 2222 1234 4444 1121 2222 555 11 3".split()
    assert alpha(judged) == pytest.approx(0.743, abs=5e-4)


@pytest.mark.parametrize("judged", [[], ["a"], ["aa", "aa"], ["a", "b"]])
def test_alpha_is_unknown_where_nobody_could_have_disagreed(judged: list[str]) -> None:
    assert alpha(judged) is None


def test_a_rate_has_wilsons_interval() -> None:
    found = rate(3, 100)  # 0.0103 to 0.0845 in Wilson's tables
    assert found.low == pytest.approx(0.0103, abs=1e-4)
    assert found.high == pytest.approx(0.0845, abs=1e-4)
    assert rate(0, 0).share is None
    assert rate(0, 50).low == 0.0


@given(st.text("аб яԱ 1,.", max_size=30), st.text("аб яԱ 1,.", max_size=30))
def test_a_difference_spells_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after


def test_a_difference_is_in_whole_words_and_what_goes_comes_first() -> None:
    pieces = [(p.kind, p.text) for p in difference("Их 46 там.", "Их 64 там.")]
    assert pieces == [("same", "Их "), ("out", "46"), ("in", "64"), ("same", " там.")]


@pytest.mark.parametrize(
    ("before", "after", "out", "into"),
    [
        ("Մի՞թե նա եկավ։", "Արդյո՞ք նա եկավ։", "Մի՞թե", "Արդյո՞ք"),
        ("Мы всё сказали.", "Стороны заявили.", "Мы всё сказали", "Стороны заявили"),
        ("Bakı-Tbilisi xətti", "Bakı-Qars xətti", "Bakı-Tbilisi", "Bakı-Qars"),
    ],
)
def test_a_difference_cuts_no_word_and_reads_a_phrase_at_a_time(
    before: str, after: str, out: str, into: str
) -> None:
    pieces = [(p.kind, p.text) for p in difference(before, after) if p.kind != "same"]
    assert pieces == [("out", out), ("in", into)]


@pytest.mark.parametrize(
    ("text", "side", "reason", "seen"),
    [
        ("It has 64 of 640.", "source", "number: source has 64, target has 46", ["64"]),
        ("В нём 46.", "target", "number: source has 64, target has 46", ["46"]),
        (
            "12 and 64.",
            "source",
            "number: source has 12 and 64, not found in the target",
            ["12", "64"],
        ),
        ("We did not go.", "source", 'negation: source "did not", none in the target', ["did not"]),
        ("Putin spoke.", "source", 'name: "Putin" not found in the target', ["Putin"]),
        ("It has 64.", "source", "omission: part of the source is not in the target", []),
        ("(64) a.b", "source", 'markup: "(64)" is on one side only', ["(64)"]),
    ],
)
def test_the_evidence_of_a_reason_is_marked_on_its_side(
    text: str, side: str, reason: str, seen: list[str]
) -> None:
    found = marked(text, side, [reason])
    assert [mark.text for mark in found if mark.check] == seen
    assert "".join(mark.text for mark in found) == text


def test_a_term_of_the_glossary_is_marked_in_any_form() -> None:
    terms = Glossary.of([Term("trade agreement", "ru", ("торговое соглашение",))])
    text = "Two trade agreements were signed."
    found = marked(text, "source", [], terms.asked(text, to="ru"))
    assert [mark.text for mark in found if mark.check] == ["trade agreements"]


def decide(engine: sa.Engine, unit: Any, by: Account, kind: Kind, text: str, **more: Any) -> None:
    part = Part(unit["start"], unit["end"], unit["source"], text)
    key = f"{unit['unit_id']}{by.name}{kind}"
    said = Decision(key, unit["unit_id"], kind, 0, (part,), **more)
    with writing(engine) as connection:
        log.append(connection, [said], by=by, now=1)


def in_order(engine: sa.Engine, order: Order, by: Account, lang: str = "ru") -> list[Any]:
    with reading(engine) as connection:
        return queue.listed(connection, Filter(lang=lang, order=order), by=by)


def test_the_report_tells_effort_agreement_and_false_accepts(
    filled: sa.Engine, people: People
) -> None:
    anahit, sona = people["Anahit"], people["Sona"]
    audit = in_order(filled, Order.AUDIT, anahit)
    decide(filled, audit[0], anahit, Kind.ACCEPT, audit[0]["target"], active_ms=2000)
    decide(filled, audit[1], anahit, Kind.EDIT, "Совсем другое.", meaning=True, active_ms=4000)
    decide(filled, audit[2], anahit, Kind.EDIT, "Добрый день всем.", active_ms=9000)
    decide(filled, audit[4], anahit, Kind.REJECT, "", reason="x")  # behind a gap: no fair sample
    for unit, kind in ((audit[0], Kind.ACCEPT), (audit[1], Kind.REJECT), (audit[2], Kind.EDIT)):
        text = "" if kind is Kind.REJECT else "Так."
        decide(filled, unit, sona, kind, text, track=Track.SECOND)
    with reading(filled) as connection:
        found = report(connection)
    [effort] = found.effort
    assert (effort.who, effort.lang, effort.units, effort.edited) == ("Anahit", "ru", 4, 2)
    assert effort.seconds == 4.0
    words = sum(len(audit[at]["source"].split()) for at in range(3))
    assert effort.words == pytest.approx(words * 3600 / 15)
    rate_found = found.false_accepts["ru"]
    assert (rate_found.wrong, rate_found.of) == (1, 3)
    assert found.false_accepts["hy"].of == 0
    twice, agreed = found.agreement["ru"]
    assert twice == 3 and agreed == pytest.approx(alpha(["aa", "er", "ee"]))
    assert found.progress["ru"] == {"open": 8, "accepted": 1, "edited": 2, "rejected": 1}


def test_the_memory_finds_like_sources_of_the_same_language(
    filled: sa.Engine, people: People
) -> None:
    with reading(filled) as connection:
        asked = sa.select(UNITS).where(UNITS.c.source == "Thank you all.", UNITS.c.lang == "ru")
        one = connection.execute(asked).mappings().first()
    assert one is not None
    decide(filled, one, people["Anahit"], Kind.EDIT, "Благодарю всех.")
    kept = memory.Memory()
    with reading(filled) as connection:
        [same] = kept.similar(connection, "Thank you all.", lang="ru")
        [like] = kept.similar(connection, "Thank you both.", lang="ru")
        assert (same.text, same.likeness) == ("Благодарю всех.", 100)
        assert 70 <= like.likeness < 100
        assert kept.similar(connection, "Thank you all.", lang="hy") == []
        assert kept.similar(connection, "The bridge.", lang="ru") == []
        assert kept.similar(connection, "Thank you all.", lang="ru", but=one["unit_id"]) == []
        found = memory.concordance(connection, "БЛАГОДАРЮ", lang="ru")
        assert [row["text"] for row in found] == ["Благодарю всех."]
        assert memory.concordance(connection, " ", lang="ru") == []


def test_the_memory_follows_what_is_decided_and_taken_back(
    filled: sa.Engine, people: People
) -> None:
    kept = memory.Memory()

    def known() -> list[str]:
        with reading(filled) as connection:
            hits = kept.similar(connection, "Thank you all.", lang="ru")
            return [hit.text for hit in hits]

    assert known() == []
    with reading(filled) as connection:
        asked = sa.select(UNITS).where(UNITS.c.source == "Thank you all.", UNITS.c.lang == "ru")
        one, two = connection.execute(asked).mappings().all()
    decide(filled, one, people["Anahit"], Kind.EDIT, "Благодарю всех.")
    assert known() == ["Благодарю всех."]
    decide(filled, two, people["Anahit"], Kind.EDIT, "Всем спасибо.")
    assert sorted(known()) == ["Благодарю всех.", "Всем спасибо."]
    with writing(filled) as connection:
        entry = log.latest(connection, people["Anahit"])
        assert entry is not None
        log.undo(connection, entry.seq, key="undo0001", expected=1, by=people["Anahit"], now=2)
    assert known() == ["Благодарю всех."]
