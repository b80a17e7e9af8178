"""The real file by its counts, and pages of our own writing by their words."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from trilogue.corpora.segmenters import segment_document, segmenter
from trilogue.corpora.transcripts import explain, read, readings
from trilogue.corpora.types import BlockKind, Document

REAL = Path(__file__).parents[4] / "shared/transcripts/kremlin-2021-01-11.txt"
EXAMPLES = Path(__file__).parent / "examples"

needs_real = pytest.mark.skipif(not REAL.exists(), reason=f"{REAL} is not here")


def spoken(document: Document) -> list[str]:
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.SPEECH
    ]


@needs_real
def test_the_real_file_has_four_documents_and_twelve_turns_of_three_speakers() -> None:
    documents = read(REAL)
    assert [len(document.turns) for document in documents] == [3, 3, 5, 1]
    speakers = {turn.speaker for document in documents for turn in document.turns}
    assert speakers == {"Vladimir Putin", "Ilham Aliyev", "Nikol Pashinyan"}
    assert [document.time for document in documents] == ["18:20", "19:30", "17:50", "17:40"]
    assert {document.licence for document in documents} == {"CC-BY-4.0"}
    assert documents[0].turns[0].role == "President of Russian"


@needs_real
def test_every_line_of_the_real_file_is_accounted_for_once() -> None:
    name, lines = explain(REAL)
    assert name == "kremlin"
    assert [line.line for line in lines] == list(range(1, 164))
    assert sum(line.taken == "speech" for line in lines) == 69


@needs_real
def test_the_real_file_has_94_lines_that_are_not_said_each_with_what_it_is() -> None:
    taken = Counter(line.taken for line in explain(REAL)[1] if line.taken != "speech")
    assert sum(taken.values()) == 94
    assert taken["title"] == taken["date"] == taken["time"] == taken["place"] == 4
    assert taken["caption"] == taken["left out: photo counter"] == 4
    assert taken["summary"] == 3 and taken["elision"] == 3
    assert taken["left out: see also"] == 12


@needs_real
def test_the_real_file_has_137_spoken_sentences_that_stay_the_same() -> None:
    segments = [s for d in read(REAL) for s in segment_document(d, segmenter("en"))]
    assert len(segments) == 137
    cut = "\n".join(segment.text for segment in segments)
    assert hashlib.sha256(cut.encode()).hexdigest()[:16] == "bb011bfc78fd9eaa"


@needs_real
def test_the_typo_in_a_role_is_kept_and_the_person_is_one() -> None:
    turns = [turn for document in read(REAL) for turn in document.turns]
    roles = {turn.role for turn in turns if turn.speaker == "Vladimir Putin"}
    assert roles == {"President of Russian", "President of Russia", None}


@needs_real
def test_what_is_said_in_the_real_file_stays_the_same() -> None:
    said = "\n".join(text for document in read(REAL) for text in spoken(document))
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == "f2cf65de56f5c1c5"


@needs_real
def test_the_name_of_the_file_is_not_in_the_id(tmp_path: Path) -> None:
    copy = tmp_path / "other name.txt"
    copy.write_bytes(REAL.read_bytes())
    assert [d.id for d in read(copy)] == [d.id for d in read(REAL)]


def test_a_glued_file_is_two_documents_with_their_own_heads() -> None:
    first, second = read(EXAMPLES / "kremlin.txt")
    assert first.title == "Meeting with head of the Northern Harbour Authority Timofei Lugovoy"
    assert (first.date, first.time, first.place) == (
        "2014-06-03",
        "13:45",
        "Novo-Ogaryovo, Moscow Region",
    )
    assert first.summary == "The reconstruction of berths was discussed."
    assert (first.topics, first.persons) == (("Transport",), ("Timofei Lugovoy",))
    assert second.title == "Opening of the Northern Lighthouse Museum"
    assert spoken(second) == ["Friends,", "The museum is open."]


def test_prose_before_a_colon_is_no_label_and_a_question_is_one() -> None:
    first, _ = read(EXAMPLES / "kremlin.txt")
    assert [turn.speaker for turn in first.turns] == [
        "Zoya Belskaya",
        "Timofei Lugovoy",
        "Question",
        "Timofei Lugovoy",
    ]
    assert "Today we face a different task: the ice." in spoken(first)


def test_a_list_of_names_that_is_broken_over_lines_is_one_paragraph() -> None:
    first, _ = read(EXAMPLES / "kremlin.txt")
    joined = "On Monday our engineers Gleb Onegin, Ruslan Safin and Vera Tikhaya surveyed the quay."
    assert joined in spoken(first)


def test_directions_and_elisions_are_blocks_of_their_own() -> None:
    first, _ = read(EXAMPLES / "kremlin.txt")
    asides = {
        first.text[block.start : block.end]: block.kind
        for block in first.blocks
        if block.kind in (BlockKind.DIRECTION, BlockKind.ELISION)
    }
    assert asides == {
        "(Laughter.)": BlockKind.DIRECTION,
        "<…>": BlockKind.ELISION,
        "* * *": BlockKind.DIRECTION,
    }


def test_what_is_told_behind_stars_is_prose() -> None:
    first, _ = read(EXAMPLES / "kremlin.txt")
    prose = [first.text[b.start : b.end] for b in first.blocks if b.kind is BlockKind.PROSE]
    assert prose == ["The delegation then visited the lighthouse."]


def test_menus_and_see_also_blocks_are_left_out_with_a_reason() -> None:
    first, _ = read(EXAMPLES / "kremlin.txt")
    reasons = {line.text: line.reason for line in first.left_out}
    assert reasons["Videos and Photos"] == "menu"
    assert reasons["1 of 2"] == "photo counter"
    assert reasons["Trip to the Northern Harbour"] == "see also"
    assert reasons["Text versionEvents"] == "publication status"


def test_a_russian_page_is_russian_and_its_initials_are_resolved() -> None:
    (document,) = read(EXAMPLES / "kremlin.ru.txt")
    assert document.language == "ru"
    assert [turn.speaker for turn in document.turns] == [
        "Зоя Бельская",
        "Тимофей Луговой",
        "Зоя Бельская",
        "Реплика",
    ]


def test_a_page_as_html_reads_as_its_text() -> None:
    (document,) = read(EXAMPLES / "kremlin.html")
    assert [turn.printed for turn in document.turns] == [
        "Chair of the Harbour Commission Zoya Belskaya",
        "Timofei Lugovoy",
        "Question",
        "Timofei Lugovoy (laughs)",
    ]
    assert document.url == "http://en.kremlin.ru/events/president/transcripts/1"
    assert document.place == "Novo-Ogaryovo, Moscow Region"
    assert document.topics == ("Transport",)
    assert "Today we face a different task: the ice." in spoken(document)
    assert not any("Facebook" in text or "See also" in text for text in spoken(document))


def test_a_speech_without_a_label_is_of_the_speaker_who_is_given(tmp_path: Path) -> None:
    page = tmp_path / "address.txt"
    head = "Address at the lighthouse\nJune 3, 2014\n13:45\nSeverny\n"
    page.write_text(head + "Friends, the light is on. We kept our word.\nThank you.\n")
    (document,) = read(page, speaker="Zoya Belskaya")
    assert [turn.speaker for turn in document.turns] == ["Zoya Belskaya"]
    assert spoken(document)[-1] == "Thank you."


def test_unknown_lines_behind_the_footer_are_never_speech(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    text = (EXAMPLES / "kremlin.txt").read_text()
    page.write_text(text + "Presidential Grants Fund of the North\nAn unknown button\n")
    *_, last = read(page)
    assert last.left_out[-1].reason == "page furniture"
    assert spoken(last)[-1] == "The museum is open."


def test_every_line_with_words_is_placed_for_each_example() -> None:
    for path in sorted(EXAMPLES.glob("*.txt")):
        numbers = [
            number
            for number, line in enumerate(path.read_text().split("\n"), start=1)
            if line.strip()
        ]
        placed = {place.line for reading in readings(path) for place in reading.placements}
        assert placed == set(numbers), path.name


def test_pages_below_each_other_are_parted_at_the_address_of_the_source(tmp_path: Path) -> None:
    first = (EXAMPLES.parent / "copies/kremlin-forum.txt").read_text()
    second = (EXAMPLES.parent / "copies/kremlin-forum-2.txt").read_text()
    (tmp_path / "two.txt").write_text(f"{first}\n{second}")
    documents = read(tmp_path / "two.txt")
    assert [(document.title, document.url) for document in documents] == [
        (
            "Meeting on the restoration of the northern lighthouses",
            "http://en.kremlin.ru/events/president/news/57555",
        ),
        ("Visit to the Northern Lighthouse", "http://en.kremlin.ru/events/president/news/57969"),
    ]
    assert {document.licence for document in documents} == {"CC-BY-4.0"}


def test_a_page_of_another_site_does_not_get_the_licence_of_this_one(tmp_path: Path) -> None:
    page = tmp_path / "visit.txt"
    speech = "Vladimir Putin: Good afternoon.\n\nAda Holt: Welcome.\n"
    page.write_text(f"Ada Holt met Vladimir Putin\n\n11 january 2021, 17:00\n\n{speech}")
    assert [document.licence for document in read(page)] == [None]
    page.write_text(f"Meeting with Ada Holt\n\nJanuary 11, 2021\n17:00\nMoscow\n\n{speech}")
    assert [document.licence for document in read(page)] == ["CC-BY-4.0"]
