"""Numbers are read in four languages and matched across two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.align.scores.numbers import Firmness, imperial_units, numbers_in, unmatched


def values(text: str, language: str) -> list[set[float]]:
    return [set(number.values) for number in numbers_in(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Growth was 3.9 percent.", "en"),
        ("Рост составил 3,9%.", "ru"),
        ("Աճը կազմեց 3,9 տոկոս։", "hy"),
        ("Artım 3,9 faiz oldu.", "az"),
    ],
)
def test_a_percentage_reads_the_same_in_every_language(text: str, language: str) -> None:
    (number,) = numbers_in(text, language)
    assert number.values == {3.9}
    assert number.percent


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("48,000 people", "en", 48_000.0),
        ("48 000 человек", "ru", 48_000.0),
        ("48 тыс. человек", "ru", 48_000.0),
        ("սեպտեմբերին՝ 48 հազար մարդ", "hy", 48_000.0),
        ("48 min nəfər", "az", 48_000.0),
        ("two hundred and five", "en", 205.0),
        ("двадцать пять тысяч", "ru", 25_000.0),
        ("քսանհինգ երկիր", "hy", 25.0),
        ("on iki ölkə", "az", 12.0),
        ("3,9 млн", "ru", 3_900_000.0),
    ],
)
def test_scales_separators_and_words_come_to_one_value(
    text: str, language: str, value: float
) -> None:
    assert any(value in found for found in values(text, language))


def test_a_date_in_words_is_the_date_in_figures() -> None:
    source = numbers_in("It was signed on January 11, 2021.", "en")
    target = numbers_in("Подписано 11.01.2021.", "ru")
    assert unmatched(source, target) == ([], [])


def test_a_changed_number_is_missing_on_both_sides() -> None:
    source = numbers_in("There were 48,000 of them.", "en")
    target = numbers_in("Их было 4 800.", "ru")
    missing, extra = unmatched(source, target)
    assert [number.text for number in missing] == ["48,000"]
    assert [number.text for number in extra] == ["4 800"]


def test_an_article_is_no_number_that_must_be_there() -> None:
    (number,) = numbers_in("bir ölkə", "az")
    assert number.firmness is Firmness.VAGUE
    assert unmatched([], [number]) == ([], [])


def test_converted_units_match_only_where_the_source_has_such_units() -> None:
    text = "He drove 100 miles."
    source, target = numbers_in(text, "en"), numbers_in("Он проехал 161 км.", "ru")
    assert unmatched(source, target, units=imperial_units(text)) == ([], [])
    assert unmatched(source, target) != ([], [])
    assert unmatched(source, target, units=imperial_units("A gallon of oil.")) != ([], [])
    assert not imperial_units("He drove 100 kilometres.")


def test_a_decade_is_its_first_year_and_no_other_century() -> None:
    source = numbers_in("It was founded in the 70s.", "en")
    assert unmatched(source, numbers_in("1970-ci illərdə yaradılıb.", "az")) == ([], [])
    years = numbers_in("It was founded in the 1970s.", "en")
    assert unmatched(years, numbers_in("1170-ci illərdə yaradılıb.", "az")) != ([], [])


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["en", "ru", "hy", "az", "de"]))
def test_a_plain_integer_is_itself_in_every_language(value: int, language: str) -> None:
    assert any(float(value) in found for found in values(f"a {value} b", language))


@given(st.text(max_size=60), st.sampled_from(["en", "ru", "hy", "az"]))
def test_a_text_has_the_numbers_that_it_has(text: str, language: str) -> None:
    numbers = numbers_in(text, language)
    assert unmatched(numbers, numbers) == ([], [])


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("It may rain; we march on.", "Возможен дождь; мы идём дальше.", "ru"),
        ("He cost us $150K.", "O bizə 150 min dollara başa gəldi.", "az"),
        ("Pre-tax profit of £450m.", "Прибыль до уплаты налогов — 450 млн фунтов.", "ru"),
        ("More than 100,000 people came.", "Yüz mindən çox adam gəldi.", "az"),
        ("A decade ago we began.", "10 il əvvəl başladıq.", "az"),
        ("It happened in 1948.", "Bu, 48-ci ildə baş verib.", "az"),
        ("At 11.30pm he left.", "В 23.30 он ушёл.", "ru"),
        ("A town of 16 million people.", "16-миллионный город.", "ru"),
        ("Hundreds of millions more.", "Daha yüz milyonlarla.", "az"),
        ("From 12,000 to 16,000 roubles.", "От 12 до 16 тысяч рублей.", "ru"),
        ("Given to 49,000 residents.", "Дали 49-ти тысячам жителей.", "ru"),
        ("The doors open at 3 p.m. sharp.", "Դռները բացվում են ժամը 15:00-ին։", "hy"),
        ("He won in 2013-14 and in '72.", "Он победил в 2013–2014 и в 1972 годах.", "ru"),
    ],
)
def test_numbers_that_are_told_in_another_way_agree(
    source: str, target: str, language: str
) -> None:
    assert unmatched(numbers_in(source, "en"), numbers_in(target, language)) == ([], [])
