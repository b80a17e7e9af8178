"""Names without their titles, and one identity a person."""

import pytest

from trilogue.corpora.transcripts.names import calmed, is_shouted, split_label, unify


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("President of Russian Ada Holt", "Ada Holt", "President of Russian"),
        ("President of Norway Ada Holt", "Ada Holt", "President of Norway"),
        ("Agriculture Minister Ivan Petrov", "Ivan Petrov", "Agriculture Minister"),
        (
            "President of the Academy of Sciences Ivan Petrov",
            "Ivan Petrov",
            "President of the Academy of Sciences",
        ),
        ("Ada Holt, keeper of the light", "Ada Holt", "keeper of the light"),
        (
            "Rosport CEO, Chairman of the Board Ivan Petrov",
            "Ivan Petrov",
            "Rosport CEO, Chairman of the Board",
        ),
        ("Minister I. Petrov", "I. Petrov", "Minister"),
        ("Председатель Портовой комиссии Зоя Бельская", "Зоя Бельская", None),
        (
            "В.Петров Петров Виктор Ильич глава Северной области",
            "Виктор Петров",
            "глава Северной области",
        ),
        ("Ada Holt", "Ada Holt", None),
        ("Moderator", "Moderator", None),
        ("Mr. Petrov", "Petrov", None),
        ("Emir Hamid bin Khalid Al Nordi", "Hamid bin Khalid Al Nordi", "Emir"),
    ],
)
def test_a_label_is_a_name_and_a_role(label: str, name: str, role: str | None) -> None:
    found = split_label(label)
    assert found[0] == name
    if role is not None:
        assert found[1] == role


def test_a_name_known_from_elsewhere_shows_where_it_starts() -> None:
    label = "President of Nordland Recep Tayyip Holtan"
    assert split_label(label, {"recep tayyip holtan": "Recep Tayyip Holtan"}) == (
        "Recep Tayyip Holtan",
        "President of Nordland",
    )


def test_initials_and_surnames_go_to_the_full_name() -> None:
    found = unify(["Ada Holt", "A. Holt", "Holt", "Ivan Petrov"])
    assert found == {
        "Ada Holt": "Ada Holt",
        "A. Holt": "Ada Holt",
        "Holt": "Ada Holt",
        "Ivan Petrov": "Ivan Petrov",
    }


def test_a_surname_of_two_people_stays_as_it_is() -> None:
    assert unify(["Ada Holt", "Ivor Holt", "Holt"])["Holt"] == "Holt"


def test_the_fullest_form_is_one_whatever_the_case_of_its_letters() -> None:
    found = unify(["ADA HOLT", "Ada Holt", "Ada Mary Holt", "Ms Holt", "I. Holt"])
    assert set(found.values()) == {"Ada Mary Holt", "I. Holt"}


def test_capitals_are_calmed_and_initials_are_not() -> None:
    assert calmed("CHAIR OF THE PORT ADA McNEIL-HOLT") == "Chair of the Port Ada McNeil-Holt"
    assert is_shouted("ADA HOLT")
    assert not is_shouted("NR")
