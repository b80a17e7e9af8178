"""Lines broken inside a sentence are joined, others are not; nothing is lost on the way."""

import textwrap
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.transcripts import read
from trilogue.corpora.transcripts.pages import first_part, text_page
from trilogue.corpora.transcripts.wrapping import rejoin

PARAGRAPHS = [
    "The quay was built in 1911, and nobody has repaired it since the great storm of 1954, "
    "although three councils have promised to do so before the ice comes.",
    "We have heard that promise too often. The cranes are older than their operators, and the "
    "railway line ends two kilometres from the water.",
    "Ada Holt: I would like to add one thing to what has been said about the cranes, because it is "
    "the cranes that decide how many ships can be served in a week.",
    "A port without cranes is a beach; a beach without visitors is a swamp, as my grandfather used "
    "to say when he was asked about the future of the town.",
]


def rejoined(text: str) -> list[str]:
    return [line.text for line in rejoin(text_page("x", text).lines)]


def test_a_file_broken_at_one_width_is_unwrapped() -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert rejoined(wrapped) == PARAGRAPHS


def test_paragraphs_that_are_not_broken_stay_apart() -> None:
    assert rejoined("\n".join(PARAGRAPHS)) == PARAGRAPHS


def test_a_sentence_broken_around_a_link_is_joined() -> None:
    text = "I met with\nAda Holt\n, who came in the 3\nrd\nweek of May.\nMr Holt,\nWe agreed."
    assert rejoined(text) == [
        "I met with Ada Holt, who came in the 3rd week of May.",
        "Mr Holt,",
        "We agreed.",
    ]


def test_a_label_broken_over_two_lines_is_one() -> None:
    filler = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    label = (
        "Director of the Northern Lighthouse and Member of the Harbour\nCouncil Ivan Petrov: Yes."
    )
    assert rejoined(f"{filler}\n\n{label}")[-1] == label.replace("\n", " ")


def test_items_of_a_list_stay_apart() -> None:
    text = "We need the following\n– salt\n– sand\n1) patience"
    assert len(rejoined(text)) == 4


@given(st.text(alphabet="aB .,:\n–1(", max_size=300))
def test_every_line_with_words_is_in_one_joined_line(text: str) -> None:
    page = text_page("x", text)
    found = [
        part
        for line in rejoin(page.lines)
        for part in [(line.number, first_part(line)), *line.more]
    ]
    assert found == [(line.number, line.text) for line in page.lines if line.text]


def test_a_hyphen_at_the_end_of_a_line_goes_if_the_page_has_the_word_without_it(
    tmp_path: Path,
) -> None:
    said = (
        "The Acting President: The General Assembly will now consider the reports of the Com-\n"
        "mittee. The Committee has met for a long-\n"
        "term programme, and the second- and third-\n"
        "year plans were before it as well as many others that the members had asked for and\n"
        "that nobody had read, so that the Commit-\n"
        "tee waited for the reports and the pre- and\n"
        "post-war records, and then for the lists of all who wished to speak on it that day and\n"
        "the next day, before it rose.\n"
        "Mr. Orlin (Nordland): Thank you.\n"
    )
    (tmp_path / "un.txt").write_text(said)
    (document,) = read(tmp_path / "un.txt", reader="un")
    for whole in ("of the Committee.", "long-term", "third-year", "Committee waited", "pre- and"):
        assert whole in document.text, whole
