"""Splits go by event and by repetition, and new documents never move old ones."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.splits import Split, assign, normalised, split_of, splits
from trilogue.corpora.types import Document

Said = tuple[Document, list[str]]


def said(name: str, date: str | None, *sentences: str) -> Said:
    return Document(name, f"{name}.txt", "", (), (), date=date), list(sentences)


ONE = "We have built sixty-four schools in the mountains."
TWO = "Every bridge on the northern road was repaired in spring."
THREE = "The council meets again in the second week of November."
THANKS = "Thank you all."


def test_documents_of_one_day_are_one_group() -> None:
    found = assign([said("a", "2024-05-05", ONE), said("b", "2024-05-05", TWO)])
    assert found["a"].group == found["b"].group == "event:2024-05-05"


def test_documents_without_a_date_are_groups_of_their_own() -> None:
    found = assign([said("a", None, ONE), said("b", None, TWO)])
    assert {member.group for member in found.values()} == {"document:a", "document:b"}


def test_a_document_that_repeats_an_older_one_joins_it() -> None:
    found = assign(
        [said("a", "2024-05-05", ONE, TWO), said("b", "2024-06-06", TWO.upper(), ONE, THREE)]
    )
    assert found["b"].group == found["a"].group
    assert not found["b"].crossing


def test_short_sentences_that_everybody_says_repeat_nothing() -> None:
    found = assign([said("a", "2024-05-05", THANKS, ONE), said("b", "2024-06-06", THANKS, TWO)])
    assert found["a"].group != found["b"].group


def test_a_day_goes_where_its_first_document_went() -> None:
    found = assign(
        [
            said("a", "2024-05-05", ONE, TWO),
            said("b", "2024-06-06", ONE, TWO),
            said("c", "2024-06-06", THREE),
        ]
    )
    assert found["c"].group == found["a"].group


def test_a_repetition_that_comes_too_late_to_join_is_told() -> None:
    found = assign(
        [
            said("a", "2024-05-05", ONE),
            said("b", "2024-06-06", TWO),
            said("c", "2024-06-06", ONE),
        ]
    )
    assert found["c"].group == "event:2024-06-06"
    assert found["c"].crossing


DOCUMENTS = st.lists(
    st.builds(
        said,
        st.uuids().map(str),
        st.sampled_from([None, "2024-05-05", "2024-06-06", "2024-07-07"]),
        st.sampled_from([ONE, TWO, THREE, THANKS]),
        st.sampled_from([ONE, TWO, THREE, THANKS]),
    ),
    max_size=8,
    unique_by=lambda one: one[0].id,
)


@given(old=DOCUMENTS, new=DOCUMENTS)
def test_new_documents_never_move_old_ones(old: list[Said], new: list[Said]) -> None:
    before = assign(old)
    after = assign([*old, *new])
    assert {name: after[name] for name in before} == before


@given(documents=DOCUMENTS)
def test_a_group_is_never_cut(documents: list[Said]) -> None:
    found = assign(documents)
    by_group: dict[str, set[Split]] = {}
    for member in found.values():
        by_group.setdefault(member.group, set()).add(member.split)
    assert all(len(some) == 1 for some in by_group.values())


def test_shares_of_groups_are_as_told() -> None:
    counted = Counter(split_of(f"event:{number}") for number in range(20_000))
    assert 0.04 < counted[Split.TEST] / 20_000 < 0.06
    assert 0.04 < counted[Split.VALIDATION] / 20_000 < 0.06


def test_a_split_is_the_same_on_every_machine() -> None:
    names = [f"event:2024-05-{day:02}" for day in range(1, 31)]
    assert [name[-2:] for name in names if split_of(name) is not Split.TRAIN] == [
        "04",
        "14",
        "29",
    ]


def test_a_corpus_is_split_by_its_documents(forum: Corpus) -> None:
    found = splits(forum)
    assert sorted(found) == ["council", "forum"]
    documents = list(forum.documents())
    moved = assign([(replace(documents[0], date=None), [])])
    assert moved[documents[0].id].group == f"document:{documents[0].id}"


def test_words_are_compared_without_case_marks_and_compatibility_forms() -> None:
    assert normalised("“Ｗｅ” have — 64 PAGES!") == ["we", "have", "64", "pages"]
