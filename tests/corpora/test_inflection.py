"""Forms of a word, known by their endings alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.inflection import is_form, words

FORMS = {
    "en": "agreement agreements, country countries, commit committed, ratify ratified, vote voting",
    "ru": "участок участка, отец отцу, сделка сделок, соглашение соглашений, область областью,"
    " железная железных, партия партий, война войн, договор договоры, ратифицировать ратифицировал,"
    " посёлок поселка",
    "hy": "գիր գրի, ժողովուրդ ժողովրդի, երկիր երկրների, անկախություն անկախությամբ, լեզու լեզվի,"
    " տարի տարվա, սեր սիրո, հաշիվ հաշվի, օրենսգիրք օրենսգրքի, Եվրոպա Եվրոպայի, գիրք գրքերում,"
    " հանձնաժողով հանձնաժողո՞վը",
    "az": "bayraq bayrağı, çörək çörəyi, fikir fikri, Kabineti Kabinetinin, ölkə ölkələrimizin,"
    " sərhəd sərhədindən, məclis məclisdəki, İran İRANLA, oğul oğlumuz",
}
STRANGERS = {
    "en": "commit committee, party part, state status, nation national, road read",
    "ru": "суд судно, стол столица, партия партнёр, банк банкет, президент президиум, мир море",
    "hy": "գիր գին, օրենք օրինակ, սահման սահմանադրություն, նախագահ նախարար, երկիր երկար",
    "az": "qanun qan, dövlət dövlətçilik, ölkə ölüm, məclis məcbur, Azər Azərbaycan",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (language, *pair.split())  # type: ignore[misc]
        for language, text in table.items()
        for pair in text.split(", ")
    ]


def one_word(text: str, language: str) -> str:
    (word,) = words(text, language)
    return word


@pytest.mark.parametrize(("language", "word", "other"), pairs(FORMS))
def test_a_form_is_known(language: str, word: str, other: str) -> None:
    assert is_form(one_word(word, language), one_word(other, language), language)


@pytest.mark.parametrize(("language", "word", "other"), pairs(STRANGERS))
def test_another_word_is_no_form(language: str, word: str, other: str) -> None:
    assert not is_form(one_word(word, language), one_word(other, language), language)


def test_numbers_have_no_forms() -> None:
    assert not is_form("2021", "2022", "ru")
    assert is_form("2021", "2021", "ru")


def test_what_stands_behind_a_hyphen_is_a_word() -> None:
    assert words("BMT-nin, İRAN’la", "az") == ["bmt", "nin", "iran", "la"]
    assert words("Ինչո՞ւ և ինչպե՞ս", "hy") == ["ինչու", "եւ", "ինչպես"]


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(["en", "ru", "hy", "az"]))
def test_being_a_form_is_mutual(one: str, other: str, language: str) -> None:
    for word in words(one, language):
        assert is_form(word, word, language)
        for second in words(other, language):
            assert is_form(word, second, language) == is_form(second, word, language)
