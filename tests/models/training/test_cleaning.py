"""Pairs are mended, and dropped for a reason that can be counted."""

from pathlib import Path

import pytest

from trilogue.corpora.errors import FormatError
from trilogue.models.training.cleaning import (
    Held,
    Tally,
    clean,
    clean_mono,
    fault,
    mend,
    mend_armenian,
    read_table,
)
from trilogue.models.training.sources import MONO


def kept(
    code: str, *rows: tuple[str, str, str], held: Held | None = None
) -> tuple[list[str], Tally]:
    tally = Tally()
    pairs = clean([list(row) for row in rows], code, held or Held(), tally)
    return [pair.target for pair in pairs], tally


@pytest.mark.parametrize(
    ("source", "target", "code", "why"),
    [
        ("Open the door.", "Откройте дверь.", "ru", None),
        ("Open %s now.", "Откройте %s сейчас.", "ru", "markup"),
        ("Ubuntu Linux", "Ubuntu Linux", "az", "copied"),
        ("Open the door.", "Open the window.", "ru", "target alphabet"),
        ("Откройте", "Откройте дверь", "ru", "source alphabet"),
        ("Yes.", "Да, конечно, мы придём завтра утром.", "ru", "ratio"),
        (
            "A saying of the church",
            "եկեղեցու ուսմունքի մէջ ճշմարտութիւնը",
            "hy",
            "classical orthography",
        ),
        ("", "Да", "ru", "length"),
    ],
)
def test_a_pair_is_kept_or_dropped_for_one_named_reason(
    source: str, target: str, code: str, why: str | None
) -> None:
    assert fault(source, target, code) == why


def test_armenian_gets_its_own_full_stop_and_reformed_ligature() -> None:
    assert mend_armenian("Նա եկավ: Եւ գնաց եւ եկավ:", "He came. And he went and came.") == (
        "Նա եկավ։ Եվ գնաց և եկավ։"
    )
    assert mend_armenian("Ժամը՝ 12:30", "Time: 12:30") == "Ժամը՝ 12:30"


def test_mending_takes_out_what_cannot_be_seen() -> None:
    assert mend("  a\u00adb\u200b  c\u00a0d ") == "ab c d"


def test_a_source_without_a_licence_to_publish_is_refused() -> None:
    targets, tally = kept("az", ("ted", "Thank you.", "Təşəkkür edirəm."))
    assert targets == []
    assert tally.dropped == {"source not allowed": 1}


def test_the_armenian_bible_is_dropped_and_the_russian_one_is_kept() -> None:
    assert kept("hy", ("bible", "In the beginning.", "Սկզբում էր բանը։"))[0] == []
    assert kept("ru", ("bible", "In the beginning.", "В начале было слово."))[0] != []


def test_a_pair_that_meets_held_out_text_on_either_side_is_dropped() -> None:
    held = Held()
    held.add("We now have four month old mice that are not diabetic.")
    rows = (
        (
            "tatoeba",
            "He said: we now have four month old mice that are fat.",
            "Он сказал: у нас есть мыши.",
        ),
        ("tatoeba", "We have mice that are fat.", "У нас есть толстые мыши."),
    )
    targets, tally = kept("ru", *rows, held=held)
    assert targets == ["У нас есть толстые мыши."]
    assert tally.dropped == {"held out": 1}


def test_a_duplicate_in_another_case_is_dropped_once() -> None:
    targets, tally = kept(
        "ru", ("aosp", "Open file", "Открыть файл"), ("odoo", "Open File", "Открыть Файл")
    )
    assert targets == ["Открыть файл"]
    assert tally.dropped == {"duplicate": 1}


def test_long_prose_weighs_more_than_a_label() -> None:
    rows = [
        [
            "wmt_newstest",
            "The two presidents met in the old town on Monday.",
            "Два президента встретились в старом городе.",
        ],
        ["debian_mo", "Side pane", "Боковая панель"],
    ]
    prose, label = clean(rows, "ru", Held(), Tally())
    assert prose.weight > 20 * label.weight


def test_text_of_one_language_is_cleaned_too() -> None:
    rows = [
        ["ilur_sport", "Թիմը հաղթեց երեկ։"],
        ["ilur_sport", "The team won"],
        ["ted_mono", "Թիմը հաղթեց այսօր։"],
    ]
    tally = Tally()
    assert [pair.target for pair in clean_mono(rows, "hy", Held(), tally, MONO)] == [
        "Թիմը հաղթեց երեկ։"
    ]
    assert tally.dropped == {"target alphabet": 1, "source not allowed": 1}


def test_a_row_with_another_number_of_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "en-ru.tsv"
    path.write_text("a\tb\tc\na\tb\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"en-ru\.tsv:2: 2 columns, expected 3"):
        list(read_table(path, 3))
