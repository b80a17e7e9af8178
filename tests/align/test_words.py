"""Words of a bead find each other across scripts, and what has no counterpart stays alone."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trilogue import models
from trilogue.align.lexicon import Lexicon
from trilogue.align.words import word_links

WEIGHTS = Path(models.__path__[0]) / "weights"


@pytest.fixture(scope="module")
def lexicons() -> dict[str, Lexicon]:
    return {lang: Lexicon.load(WEIGHTS / f"lexicon-{lang}.npz") for lang in ("ru", "hy", "az")}


def linked(source: str, target: str, lexicon: Lexicon) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for link in word_links(source, target, lexicon):
        word = source[slice(*link.source)]
        found.setdefault(word, set()).add(target[slice(*link.target)])
        assert 0 < link.probability <= 1
    return found


def test_words_numbers_and_names_find_their_counterparts(lexicons: dict[str, Lexicon]) -> None:
    source = "The new hospital in Yerevan has 1,240 beds, and Mr Petrosyan thanked the builders."
    target = "В новой больнице в Ереване 1240 коек, и господин Петросян поблагодарил строителей."
    found = linked(source, target, lexicons["ru"])
    assert found["hospital"] == {"больнице"}
    assert found["Yerevan"] == {"Ереване"}
    assert found["1,240"] == {"1240"}
    assert found["Petrosyan"] == {"Петросян"}
    assert found["builders"] == {"строителей"}


def test_the_order_of_words_may_differ(lexicons: dict[str, Lexicon]) -> None:
    source = "The President of Armenia arrived in Moscow in January 2021."
    target = "2021 թվականի հունվարին Հայաստանի նախագահը ժամանեց Մոսկվա։"
    found = linked(source, target, lexicons["hy"])
    assert found["President"] == {"նախագահը"}
    assert found["Moscow"] == {"Մոսկվա"}
    assert found["2021"] == {"2021"}


def test_two_words_may_be_one_and_marks_stand_inside_of_words(lexicons: dict[str, Lexicon]) -> None:
    found = linked("Has the Prime Minister spoken?", "Խոսե՞լ է վարչապետը։", lexicons["hy"])
    assert found["Prime"] == found["Minister"] == {"վարչապետը"}
    assert found["spoken"] == {"Խոսե՞լ"}


def test_what_was_added_stays_alone(lexicons: dict[str, Lexicon]) -> None:
    source, target = "Thank you.", "Təşəkkür edirəm, hörmətli həmkarlar."
    found = linked(source, target, lexicons["az"])
    assert set().union(*found.values()).isdisjoint({"hörmətli", "həmkarlar"})


def test_the_other_direction_has_the_same_links(lexicons: dict[str, Lexicon]) -> None:
    source, target = "We will build two schools in Ganja.", "Gəncədə iki məktəb tikəcəyik."
    there = word_links(source, target, lexicons["az"])
    back = word_links(target, source, lexicons["az"].reversed())
    assert {(link.source, link.target) for link in there} == {
        (link.target, link.source) for link in back
    }


def test_without_a_lexicon_numbers_and_names_are_left() -> None:
    found = linked(
        "Schneider hat 350 Karten verkauft.",
        "Schneider a vendu 350 billets.",
        Lexicon.empty("de", "fr"),
    )
    assert found["Schneider"] == {"Schneider"} and found["350"] == {"350"}
    assert "Karten" not in found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_links_inside_of_it(source: str, target: str) -> None:
    for link in word_links(source, target, Lexicon.empty("en", "ru")):
        assert 0 <= link.source[0] < link.source[1] <= len(source)
        assert 0 <= link.target[0] < link.target[1] <= len(target)


@pytest.mark.parametrize(("source", "target"), [("", "Да."), ("…", "—"), ("Yes.", "")])
def test_a_side_without_words_has_no_links(source: str, target: str) -> None:
    assert word_links(source, target, Lexicon.empty("en", "ru")) == ()
