"""Names keep their consonants across scripts; what sounds like everything is no name."""

import random

import pytest

from trilogue.align.names import CROWD, alike


@pytest.mark.parametrize(
    ("source", "target", "lang", "level"),
    [
        ("putin", "путин", "ru", 3),
        ("yerevan", "երևան", "hy", 3),
        ("washington", "вашингтоном", "ru", 3),
        ("table", "собака", "ru", None),
    ],
)
def test_a_name_is_heard_in_another_script(
    source: str, target: str, lang: str, level: int | None
) -> None:
    found = alike([source], [target], source_lang="en", target_lang=lang)
    assert found == ([] if level is None else [(0, 0, level)])


def test_pairs_grow_with_the_words_of_a_book_and_not_with_their_square() -> None:
    rng = random.Random(7)
    words = sorted({"".join(rng.choices("bdgklmnprstv", k=7)) + "a" for _ in range(8000)})
    crowded = [f"{word[:3]}a{word[3:]}" for word in words]
    counts = [
        len(alike(some, some, source_lang="en", target_lang="az"))
        for some in (crowded[: len(crowded) // 4], crowded)
    ]
    assert counts[1] <= 2 * CROWD * len(crowded)
    assert counts[1] < 8 * counts[0]


def test_the_same_word_is_found_in_any_crowd() -> None:
    crowd = [f"merter{letter}{other}" for letter in "bcdfghjklmn" for other in "aeiouxyzqwtr"]
    found = alike([*crowd, "mertens"], ["mertens"], source_lang="en", target_lang="az")
    assert (len(crowd), 0, 3) in found
    assert len(found) <= CROWD + 1
