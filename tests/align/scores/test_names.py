"""One name sounds alike in four scripts, and a swapped name is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.align.lexicon import Lexicon
from trilogue.align.scores.coverage import Explainer
from trilogue.align.scores.name_check import check_names
from trilogue.align.scores.names import likeness, skeleton
from trilogue.align.scores.text import Side
from trilogue.scripts.assessors import WEIGHTS


@pytest.mark.parametrize(
    ("word", "language"), [("Пашиняна", "ru"), ("Փաշինյանի", "hy"), ("Paşinyanla", "az")]
)
def test_an_inflected_name_in_another_script_sounds_like_the_english_one(
    word: str, language: str
) -> None:
    assert likeness("Pashinyan", "en", word, language) > 0.85
    assert skeleton(word, language).startswith(skeleton("Pashinyan", "en"))


@pytest.mark.parametrize(
    ("word", "language"), [("Лондон", "ru"), ("Երևանում", "hy"), ("Bakıda", "az")]
)
def test_another_name_does_not(word: str, language: str) -> None:
    assert likeness("Pashinyan", "en", word, language) < 0.5


def test_a_swapped_name_is_missing_on_one_side_and_extra_on_the_other() -> None:
    source = Side.of("The meeting was held in Lachin yesterday.", "en")
    names = check_names(source, Side.of("Вчера встреча прошла в Шуше.", "ru"), None)
    assert names is not None
    assert names.missing_words == ("Lachin",)
    assert names.extra_words == ("Шуше",)


def test_a_title_in_capitals_has_no_names_to_speak_of() -> None:
    source = Side.of("Joint Statement On Trade And Transport", "en")
    assert check_names(source, Side.of("Совместное заявление о торговле", "ru"), None) is None


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(["ru", "hy", "az"]))
def test_likeness_is_between_0_and_1(one: str, other: str, language: str) -> None:
    assert 0.0 <= likeness(one, "en", other, language) <= 1.0


def test_the_same_name_on_both_sides_is_its_own_partner() -> None:
    explainer = Explainer(Lexicon.load(WEIGHTS / "lexicon-ru.npz"))
    source = Side.of("They played a song by Alice in Chains.", "en")
    names = check_names(source, Side.of("Они сыграли песню Alice in Chains.", "ru"), explainer)
    assert names is not None
    assert names.extra_words == ()
