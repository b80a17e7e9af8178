"""Words that translate each other, and words that have no partner, as the page shows them."""

import pytest

from trilogue.review.evidence import Mark, marked
from trilogue.review.links import Words, linked
from trilogue.scripts.aligners import find_lexicon

SOURCE = "The question of the lower canal remains open, and I do not want to open it today."
DRAFT = "Вопрос нижнего канала остаётся открытым."
OMISSION = "omission: part of the source is not in the target (length -3.0 standard deviations)"


def pieces(marks: list[Mark]) -> list[tuple[str, tuple[int, ...]]]:
    return [piece for mark in marks for piece in mark.pieces]


def test_words_that_translate_each_other_have_a_number_in_common() -> None:
    here, there = linked(SOURCE, DRAFT, find_lexicon("en", "ru"))
    source, draft = (
        marked(SOURCE, "source", [], known=here),
        marked(DRAFT, "target", [], known=there),
    )
    numbers = {word: set(links) for word, links in pieces(draft) if links}
    for word, partner in (("question", "Вопрос"), ("canal", "канала"), ("open", "открытым")):
        links = next(links for text, links in pieces(source) if text == word)
        assert set(links) & numbers[partner], word
    assert "".join(text for text, _ in pieces(source)) == SOURCE
    assert "".join(text for text, _ in pieces(draft)) == DRAFT


@pytest.mark.parametrize(
    ("side", "text", "reason", "seen"),
    [
        ("source", SOURCE, OMISSION, {"want", "today"}),
        ("target", DRAFT, OMISSION, set()),
        ("source", SOURCE, "number: source has 2", set()),
    ],
)
def test_what_is_missing_is_marked_where_its_words_stand(
    side: str, text: str, reason: str, seen: set[str]
) -> None:
    known = dict(
        zip(("source", "target"), linked(SOURCE, DRAFT, find_lexicon("en", "ru")), strict=True)
    )
    found = {mark.text for mark in marked(text, side, [reason], known=known[side]) if mark.check}
    assert seen <= found and bool(found) == bool(seen)
    assert not {"The", "of", "and", "it", "question"} & found


def test_what_was_added_is_marked_in_the_draft() -> None:
    draft = "Спасибо вам за воду и овец."
    words = linked("Thank you for the water.", draft, find_lexicon("en", "ru"))[1]
    found = marked(
        draft, "target", ["addition: part of the target is not in the source"], known=words
    )
    assert [mark.text for mark in found if mark.check] == ["овец"]


def test_nothing_is_linked_without_a_lexicon_and_the_text_is_whole() -> None:
    assert linked(SOURCE, DRAFT, None) == (Words(), Words())
    assert pieces(marked(SOURCE, "source", [OMISSION])) == [(SOURCE, ())]
