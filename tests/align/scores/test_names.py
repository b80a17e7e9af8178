"""One name sounds alike in four scripts, and a swapped name is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.align.lexicon import Lexicon
from trilogue.align.scores.counterparts import notions
from trilogue.align.scores.explainer import Explainer
from trilogue.align.scores.name_check import Names, check_names, openers
from trilogue.align.scores.names import likeness, skeleton
from trilogue.align.scores.text import Pair, Side
from trilogue.corpora.types import Verdict
from trilogue.scripts.assessors import WEIGHTS, load_assessor


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


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Hong Kong and the UN signed the paper.", "Гонконг и ООН подписали документ.", "ru"),
        ("The EU welcomed Germany's offer.", "Евросоюз приветствовал предложение ФРГ.", "ru"),
        ("The United Kingdom left.", "Великобритания вышла.", "ru"),
        ("NATO's envoy spoke with Pashinyan.", "НАТО-ի բանագնացը խոսեց Փաշինյանի հետ:", "hy"),
        ("The US and the OSCE agree.", "ԱՄՆ-ն և ԵԱՀԿ-ն համաձայն են։", "hy"),
        ("Washington's answer came from Yerevan.", "Washington'un cavabı İrəvandan gəldi.", "az"),
        ("The U.S. Supreme Court met in Chile.", "ABŞ Ali Məhkəməsi Çilidə toplandı.", "az"),
        ("NATO's envoy visited Howard.", "NATO'nun elçisi Hovarda baş çəkdi.", "az"),
    ],
)
def test_a_name_that_its_language_calls_otherwise_is_its_partner(
    source: str, target: str, language: str
) -> None:
    assessor = load_assessor("en", language)
    (found,) = assessor.assess([Pair(source, target)])
    assert found.verdict is not Verdict.REJECT
    assert not [reason for reason in found.reasons if reason.startswith("name")]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Hong Kong and the UN signed the paper.", "Тайвань и ООН подписали документ.", "ru"),
        ("The UN left the United Kingdom.", "НАТО покинула Великобританию.", "ru"),
        ("The ministers will meet in Moscow.", "Նախարարները կհանդիպեն Փարիզում։", "hy"),
        ("The minister met Aliyev in Baku.", "Nazir Bakıda Ərdoğanla görüşdü.", "az"),
    ],
)
def test_a_swapped_name_is_seen_in_a_short_sentence(
    source: str, target: str, language: str
) -> None:
    (found,) = load_assessor("en", language).assess([Pair(source, target)])
    assert [reason for reason in found.reasons if reason.startswith("name")]


def check_in_russian(source: str, target: str) -> Names | None:
    """The names of a pair, with a lexicon."""
    explainer = Explainer(Lexicon.load(WEIGHTS / "lexicon-ru.npz"))
    sides = Side.of(source, "en"), Side.of(target, "ru")
    (coverage,) = explainer.coverages([sides])
    return check_names(*sides, coverage)


def test_a_name_in_a_title_is_still_a_name() -> None:
    source = "Putin Meets Erdogan To Discuss Trade And Transport"
    found = check_in_russian(source, "Путин обсудил торговлю с Меркель")
    assert found is not None
    assert found.missing_words == ("Erdogan",)
    assert found.extra_words == ("Меркель",)


@pytest.mark.parametrize(
    ("english", "other", "language"),
    [("John", "Джон", "ru"), ("Howard", "Hovard", "az"), ("Jiménez", "Խիմենեսի", "hy")],
)
def test_english_spellings_are_read_in_more_than_one_way(
    english: str, other: str, language: str
) -> None:
    assert likeness(english.lower(), "en", other.lower(), language) > 0.8


def test_each_line_of_the_counterparts_has_four_languages() -> None:
    assert notions("ООН", "ru") & notions("BMT", "az") & notions("UN", "en") & notions("ՄԱԿ", "hy")
    assert not notions("us", "en") & notions("США", "ru")


def test_titles_initials_and_closed_quotations_open_no_sentence() -> None:
    text = '"It is late," Mr. Adams said to Sen. Rivera. "We left." Nobody asked M. Dupont (Paris).'
    assert openers(text) == {"It", "We", "Nobody", "Paris"}


def test_a_name_is_not_any_longer_word_that_begins_like_it() -> None:
    assert (
        likeness("mike", "en", "макпартлина", "ru") < 0.8 < likeness("mike", "en", "майком", "ru")
    )


def test_an_abbreviation_is_known_with_its_ending() -> None:
    assert notions("ՄԱԿի", "hy") & notions("UN", "en")
    assert not notions("Us", "en") & notions("США", "ru")


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(["ru", "hy", "az"]))
def test_likeness_is_between_0_and_1(one: str, other: str, language: str) -> None:
    assert 0.0 <= likeness(one, "en", other, language) <= 1.0


def test_the_same_name_on_both_sides_is_its_own_partner() -> None:
    source = "They played a song by Alice in Chains."
    names = check_in_russian(source, "Они сыграли песню Alice in Chains.")
    assert names is not None
    assert names.extra_words == ()
