"""Segments cut badly are cut anew, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from trilogue.align.resegmenting import Part, parts, resegmented
from trilogue.corpora.types import Bead

PARAGRAPH = "We met in Baku. The talks were long, and they were useful. I thank our hosts."


def said(texts: list[str], found: tuple[Part, ...] | list[Part]) -> list[str]:
    return [texts[part.segment][part.start : part.end] for part in found]


def one_to_one(count: int) -> tuple[Bead, ...]:
    return tuple(Bead((i,), (i,), 0.1, 0.9) for i in range(count))


def test_a_paragraph_is_cut_where_its_clauses_end() -> None:
    assert said([PARAGRAPH], parts([PARAGRAPH])) == [
        "We met in Baku.",
        "The talks were long,",
        "and they were useful.",
        "I thank our hosts.",
    ]


def test_a_quotation_closes_before_the_cut_and_a_dash_begins_what_follows() -> None:
    text = "Նա ասաց. «Մենք կգանք վաղը։» Հետո բոլորը գնացին — ոմանք ոտքով, ոմանք գնացքով։"
    assert said([text], parts([text])) == [
        "Նա ասաց.",
        "«Մենք կգանք վաղը։»",
        "Հետո բոլորը գնացին",
        "— ոմանք ոտքով,",
        "ոմանք գնացքով։",
    ]


def test_scraps_stay_where_they_are() -> None:
    assert said(["Yes. No. Yes."], parts(["Yes. No. Yes."])) == ["Yes. No. Yes."]


@given(st.lists(st.text(max_size=80), max_size=4))
def test_parts_hold_all_that_is_not_white_space(texts: list[str]) -> None:
    found = parts(texts)
    for number, text in enumerate(texts):
        own = [part for part in found if part.segment == number]
        joined = "".join(text[part.start : part.end] for part in own)
        assert "".join(joined.split()) == "".join(text.split())
        assert all(a.end <= b.start for a, b in zip(own, own[1:], strict=False))


def test_a_paragraph_beside_sentences_is_split_as_they_are() -> None:
    source = parts([PARAGRAPH])
    target = parts(
        ["Мы встретились в Баку.", "Переговоры были долгими,", "но полезными.", "Спасибо."]
    )
    cut = resegmented(source, target, one_to_one(4))
    assert len(cut.source) == len(cut.target) == 4
    assert [(bead.source, bead.target) for bead in cut.ladder] == [((i,), (i,)) for i in range(4)]


def test_two_segments_that_say_the_same_stay_whole() -> None:
    texts = (
        [PARAGRAPH],
        ["Мы встретились в Баку. Переговоры были долгими, но полезными. Спасибо всем вам."],
    )
    source, target = parts(texts[0]), parts(texts[1])
    cut = resegmented(source, target, one_to_one(4))
    assert said(texts[0], cut.source) == texts[0]
    assert said(texts[1], cut.target) == texts[1]
    assert cut.ladder == (Bead((0,), (0,), 0.1, 0.9),)


def test_a_part_without_counterpart_goes_with_its_segment() -> None:
    source = [Part(0, 0, 20), Part(0, 21, 40), Part(0, 41, 60)]
    target = [Part(0, 0, 20), Part(1, 0, 20)]
    ladder = (Bead((0,), (0,)), Bead((1,), ()), Bead((2,), (1,)))
    cut = resegmented(source, target, ladder)
    assert cut.source == (Part(0, 0, 40), Part(0, 41, 60))
    assert [(bead.source, bead.target) for bead in cut.ladder] == [((0,), (0,)), ((1,), (1,))]


def test_a_sentence_end_that_moved_makes_three_pairs_of_two() -> None:
    # Source: "a b | c", target: "A | B C".
    source = [Part(0, 0, 20), Part(0, 21, 40), Part(1, 0, 20)]
    target = [Part(0, 0, 20), Part(1, 0, 20), Part(1, 21, 40)]
    cut = resegmented(source, target, one_to_one(3))
    assert cut.source == tuple(source) and cut.target == tuple(target)


def test_whole_segments_alone_stay_alone() -> None:
    source, target = [Part(0, 0, 9), Part(1, 0, 9)], [Part(0, 0, 9)]
    ladder = (Bead((0,), ()), Bead((1,), (0,)))
    assert resegmented(source, target, ladder).ladder == ladder
