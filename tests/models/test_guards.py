"""Faults that the source alone gives away, and the drafts that must not be accused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.models import guards
from trilogue.models.guards import Fault

FLORES = Path(__file__).parents[2].parent / "shared" / "bench" / "flores-dev"
SOURCE = "The ministers discussed the construction of the new railway in detail."


@pytest.mark.parametrize(
    ("draft", "to", "fault"),
    [
        ("  ", "ru", Fault.EMPTY),
        ("Министры подробно обсудили обсудили строительство железной дороги.", "ru", Fault.LOOP),
        ("Министры обсудили, как строить, как строить новую железную дорогу.", "ru", Fault.LOOP),
        ("Նախարարները մանրամասն քննարկել են գագագագագագա կառուցումը։", "hy", Fault.LOOP),
        ("Nazirlər yeni dəmmmir yolunun tikintisini ətraflı müzakirə etdilər.", "az", Fault.LOOP),
        ("Министры обсудили.", "ru", Fault.SHORT),
        (SOURCE.replace(".", ", and that was all."), "az", Fault.COPY),
        ("Министры discussed the construction of the новой железной дороги.", "ru", Fault.COPY),
        ("Nazirlər yeni dəmir yolunun tikintisini ətraflı müzakirə ediblər.", "ru", Fault.SCRIPT),
        ("Министры подробно обсудили строительство новой дороги.", "hy", Fault.SCRIPT),
    ],
)
def test_a_fault_is_seen(draft: str, to: str, fault: Fault) -> None:
    assert fault in guards.faults(SOURCE, draft, to=to)


@pytest.mark.parametrize(
    ("source", "draft", "to"),
    [
        (SOURCE, "Министры подробно обсудили строительство новой железной дороги.", "ru"),
        (SOURCE, "Նախարարները մանրամասն քննարկեցին նոր երկաթուղու կառուցումը։", "hy"),
        (SOURCE, "Nazirlər yeni dəmir yolunun tikintisini ətraflı müzakirə etdilər.", "az"),
        ("Yes, yes, of course.", "Да, да, конечно.", "ru"),
        ("Thank you. Thank you very much.", "Спасибо. Спасибо большое.", "ru"),
        ("BRICS.", "BRICS.", "az"),
        ("Skype for Business", "Skype for Business", "ru"),
        ("SOS, SOS, SOS!", "SOS, SOS, SOS!", "ru"),
        ("The 18th century brought peace.", "XVIII столетие принесло мир.", "ru"),
        ("The text is on www.example.org today.", "Mətn bu gün www.example.org-dadır.", "az"),
        ("…", "…", "hy"),
        ("12.5", "12,5", "az"),
        ("", "", "ru"),
        ("Good afternoon, colleagues.", "Добрый день, коллеги.", "ru"),
    ],
)
def test_a_good_draft_is_not_accused(source: str, draft: str, to: str) -> None:
    assert guards.faults(source, draft, to=to) == ()


@pytest.mark.parametrize(
    ("source", "draft", "to", "missing"),
    [
        ("It grew by 12 percent in 2021.", "Рост составил 12 процентов.", "ru", ("2021",)),
        ("1,200 people", "1 200 человек", "ru", ()),
        ("1,200 people", "1200 մարդ", "hy", ()),
        ("1,200 people", "12 человек", "ru", ("1,200",)),
        ("2,000 people", "2 тысячи человек", "ru", ()),
        ("at 9:30 am", "в 09:30", "ru", ()),
        ("0230 UTC", "02:30 UTC", "ru", ()),
        ("The 19th century", "XIX əsr", "az", ()),
        ("The 18th century", "XVIII-м веке", "ru", ()),
        ("3 roads", "три дороги", "ru", ()),
        ("3 roads", "երեք ճանապարհ", "hy", ()),
        ("5 and 5 and 7", "beş yol", "az", ("7",)),
        ("11 roads", "111 дорог", "ru", ("11",)),
        ("No number", "Никакого числа", "ru", ()),
    ],
)
def test_numbers_that_a_draft_lacks_are_named(
    source: str, draft: str, to: str, missing: tuple[str, ...]
) -> None:
    assert guards.missing_numbers(source, draft, to=to) == missing


@given(st.text(), st.text(), st.sampled_from(["ru", "hy", "az"]))
def test_any_text_is_judged(source: str, draft: str, to: str) -> None:
    assert len(set(guards.faults(source, draft, to=to))) <= len(Fault)
    for number in guards.missing_numbers(source, draft, to=to):
        assert number in source


@given(st.text(), st.sampled_from(["ru", "hy", "az"]))
def test_a_number_is_never_missing_from_its_own_source(text: str, to: str) -> None:
    assert guards.missing_numbers(text, text, to=to) == ()


def lines(path: Path) -> list[str]:
    if not path.is_file():
        pytest.skip(f"{path}: not here; it is part of the shared data")
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("name", "at_least"), [("opusmt.az", (0.8, 85)), ("opusmt.hy", (0.85, 60))]
)
def test_real_bad_drafts_are_found(name: str, at_least: tuple[float, int]) -> None:
    to = name[-2:]
    english, human = lines(FLORES / "en.txt"), lines(FLORES / f"{to}.txt")
    drafts = lines(FLORES / "mt" / f"{name}.txt")
    short = found = missing = 0
    for source, draft, reference in zip(english, drafts, human, strict=True):
        if len(draft) < 0.6 * len(reference):
            short += 1
            found += bool(guards.faults(source, draft, to=to))
        missing += bool(guards.missing_numbers(source, draft, to=to))
    assert found / short >= at_least[0]
    assert missing >= at_least[1]


@pytest.mark.parametrize("to", ["ru", "hy", "az"])
def test_human_translations_are_seldom_accused(to: str) -> None:
    english, human = lines(FLORES / "en.txt"), lines(FLORES / f"{to}.txt")
    accused = sum(
        bool(guards.faults(source, draft, to=to))
        for source, draft in zip(english, human, strict=True)
    )
    assert accused / len(english) <= 0.02
