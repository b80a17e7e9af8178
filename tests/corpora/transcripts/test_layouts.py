"""Each layout on its example: which reader takes it, who speaks, what is not speech."""

from pathlib import Path

import pytest

from trilogue.corpora.transcripts import READERS, explain, read
from trilogue.corpora.types import BlockKind, Document

EXAMPLES = Path(__file__).parent / "examples"


def example(name: str) -> Document:
    (document,) = read(EXAMPLES / name)
    return document


def spoken(document: Document) -> list[str]:
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.SPEECH
    ]


@pytest.mark.parametrize(
    ("name", "reader", "language", "speakers"),
    [
        (
            "white-house.md",
            "white-house",
            "en",
            "Nora Quill|Q|Nora Quill|Q|Nora Quill|The President",
        ),
        ("state-department.txt", "state-department", "en", "Hale|Question|Hale|Question|Moderator"),
        ("un.txt", "un", "en", "The President|Orlin|Tavares"),
        (
            "hansard.txt",
            "hansard",
            "en",
            "Ada Holt|Ivor Penrose|Giles Marlow|Madam Deputy Speaker",
        ),
        (
            "primeminister-am.txt",
            "primeminister-am",
            "hy",
            "Արամ Սևունց|Նարե Լուսինյան|Արամ Սևունց|Լրագրող|Արամ Սևունց",
        ),
        ("president-az.txt", "president-az", "az", "A|B|A|B"),
        ("interview.md", "interview", "en", "Interviewer|Interviewee|Interviewer|Interviewee"),
        ("interview-initials.txt", "interview", "en", "NR|AH|NR|AH"),
        ("timed.txt", "timed", "en", "Ada Holt|Ivor Penrose|Ada Holt"),
        ("subtitles.srt", "srt", "en", "Ada Holt|Ivor Penrose"),
        ("subtitles.vtt", "vtt", "en", "Ada Holt|Ivor Penrose"),
        ("plain.txt", "plain", "en", "Zoya Belskaya|Lugovoy|Zoya Belskaya"),
        (
            "plain.hy.txt",
            "plain",
            "hy",
            "Զարուհի Սևունց|Տիգրան Լուսինյան|Հարց|Զարուհի Սևունց",
        ),
        ("plain.az.txt", "plain", "az", "Zəhra Bəlirli|Teymur Lügzadə|Sual|Zəhra Bəlirli"),
    ],
)
def test_a_layout_is_known_by_its_content(
    name: str, reader: str, language: str, speakers: str
) -> None:
    document = example(name)
    assert explain(EXAMPLES / name)[0] == reader
    assert document.language == language
    assert [turn.speaker for turn in document.turns] == speakers.split("|")


def test_every_reader_has_an_example() -> None:
    used = {explain(path)[0] for path in EXAMPLES.iterdir()}
    assert used == {reader.name for reader in READERS}


def test_struck_out_words_and_sic_are_not_said_but_listed() -> None:
    document = example("white-house.md")
    assert "First, the bridge will open on [Tuesday]." in spoken(document)
    assert "Thank you, Nora. Is the ferry still running?" in spoken(document)
    left = {(line.line, line.text, line.reason) for line in document.left_out}
    assert (13, "Monday", "struck out") in left
    assert (15, "[sic]", "editor's mark") in left


def test_a_record_of_the_united_nations_gives_the_language_of_each_turn() -> None:
    document = example("un.txt")
    assert document.turn_languages == ("fr", "ru", None)
    assert [turn.role for turn in document.turns] == [None, "Nordland", "Costa Clara"]
    assert document.date == "2022-03-25"
    assert document.time == "15:00"
    assert "The situation has three aspects: water, grain and roads." in spoken(document)[1]


def test_the_clerk_is_not_speech() -> None:
    document = example("hansard.txt")
    directions = [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.DIRECTION
    ]
    assert "Several hon. Members rose—" in directions
    assert "Prayers" in directions


def test_unnamed_speakers_come_with_a_warning() -> None:
    (warning,) = example("president-az.txt").warnings
    assert "speakers A and B" in warning


def test_cues_are_joined_to_sentences() -> None:
    wanted = "Good evening. Tonight we ask one question: who owns the river?"
    assert spoken(example("subtitles.srt"))[0] == wanted
    assert spoken(example("subtitles.vtt"))[0] == wanted


def test_a_turn_goes_on_until_the_next_label() -> None:
    document = example("plain.txt")
    turns = [block.turn for block in document.blocks if block.kind is BlockKind.SPEECH]
    assert turns == [0, 1, 1, 2]


def test_a_word_document_keeps_its_bold_labels(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    document.add_heading("Minutes of the harbour council", level=0)
    for label, text in (("Zoya Belskaya:", " Good morning."), ("Moored:", " Here are we.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(text)
    document.save(tmp_path / "minutes.docx")
    (found,) = read(tmp_path / "minutes.docx")
    assert found.title == "Minutes of the harbour council"
    assert [turn.printed for turn in found.turns] == ["Zoya Belskaya", "Moored"]
    assert spoken(found) == ["Good morning.", "Here are we."]


def test_a_word_document_keeps_links_tables_and_what_was_struck_out(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    paragraph = document.add_paragraph("Zoya Belskaya: The berths open in ")
    paragraph.add_run("May").font.strike = True
    paragraph.add_run(" June, as ")
    link = docx.oxml.OxmlElement("w:hyperlink")
    link.append(paragraph.add_run("the plan")._r)
    paragraph._p.append(link)
    paragraph.add_run(" says.")
    table = document.add_table(rows=2, cols=2)
    rows = [("Timofei Lugovoy", "And the cranes?"), ("Zoya Belskaya", "They too.\nBoth of them.")]
    for row, (name, text) in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = name, text
    document.save(tmp_path / "minutes.docx")
    (found,) = read(tmp_path / "minutes.docx")
    assert [turn.speaker for turn in found.turns] == [
        "Zoya Belskaya",
        "Timofei Lugovoy",
        "Zoya Belskaya",
    ]
    assert spoken(found) == [
        "The berths open in June, as the plan says.",
        "And the cranes?",
        "They too.",
        "Both of them.",
    ]
    assert [(line.text, line.reason) for line in found.left_out] == [("May", "struck out")]


def test_an_article_before_a_noun_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "briefing.txt"
    path.write_text(
        "MS. QUILL: Hello.\n\nQ  Why?\n\nMS. QUILL: Look.\n\nA Nordish diplomat asked.\n"
    )
    (found,) = read(path, reader="white-house")
    assert [turn.printed for turn in found.turns] == ["MS. QUILL", "Q", "MS. QUILL"]


def test_captions_without_full_stops_are_cut_at_pauses_and_after_many_words(tmp_path: Path) -> None:
    cues = [
        f"{n}\n00:00:{at:02},000 --> 00:00:{at:02},900\nwe now talk about river number {n}\n"
        for n, at in enumerate([*range(25), *range(40, 78)])
    ]
    (tmp_path / "a.srt").write_text("\n".join(cues))
    (document,) = read(tmp_path / "a.srt", speaker="Ada Holt")
    words = [len(document.text[block.start : block.end].split()) for block in document.blocks]
    assert words == [63, 63, 49, 63, 63, 63, 63, 14]
    assert document.warnings == (
        "captions without full stops are cut at pauses, and after 60 words",
    )


def test_a_member_whom_prose_addresses_or_quotes_does_not_speak(tmp_path: Path) -> None:
    lines = (
        "The Prime Minister (Ada Holt): I beg to move.",
        "Ivor Penrose (Northwick) (Ind): Will my hon. Friend give way?",
        "Mr Orme, let me ask you this: who pays? I asked Mr Speaker.",
        "Mr Orme asked at the time: who pays?",
    )
    (tmp_path / "h.txt").write_text("\n\n".join(lines))
    (document,) = read(tmp_path / "h.txt", reader="hansard")
    assert [turn.speaker for turn in document.turns] == ["Ada Holt", "Ivor Penrose"]


def test_a_page_without_any_name_is_one_speech_if_its_speaker_is_given(tmp_path: Path) -> None:
    page = tmp_path / "speech.txt"
    page.write_text(
        "Statement by the Mayor in the Town Council\n\n1 November 2018\n\nDear colleagues,\n\n"
        "The quay is ready. We open it in May.\n"
    )
    (document,) = read(page, speaker="Ada Holt")
    assert [turn.speaker for turn in document.turns] == ["Ada Holt"]
    assert spoken(document) == ["Dear colleagues,", "The quay is ready. We open it in May."]
    assert document.date == "2018-11-01"
