"""Whole pages as they look when copied from their sites, with everything around the words.

``copies/PAGE`` is our own writing in the layout of a site; ``copies/PAGE.gold`` says of each line
with words what it is (number, what it is taken for, and who speaks where a turn begins).
"""

from pathlib import Path
from re import sub
from textwrap import fill

import pytest

from trilogue.corpora.transcripts import explain, read

COPIES = Path(__file__).parent / "copies"
PAGES = sorted(path for path in COPIES.iterdir() if path.suffix != ".gold")
NOT_NAMED = {"youtube.vtt": "Ada Holt", "youtube-copied.captions": "Ada Holt"}
"""Pages that name nobody, and who speaks on them."""


def account(path: Path) -> list[str]:
    """What each line is, in the form of the gold files."""
    speaker = NOT_NAMED.get(path.name)
    documents = read(path, speaker=speaker)
    turns = [turn for document in documents for turn in document.turns]
    found = []
    for line in explain(path, speaker=speaker)[1]:
        begins = line.taken in ("speech", "speaker") and turns and turns[0].line == line.line
        starts = (f"{turns[0].printed} | ", turns[0].printed) if turns else ()
        opens = begins and line.text.startswith(starts)
        name = f"\t{turns.pop(0).speaker}" if opens else ""
        found.append(f"{line.line}\t{line.taken}{name}")
    assert not turns
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_each_line_of_a_copied_page_is_taken_for_what_it_is(path: Path) -> None:
    gold = Path(f"{path}.gold").read_text("utf-8").splitlines()
    assert account(path) == gold


@pytest.mark.parametrize("path", [path for path in PAGES if path.suffix == ".txt"])
def test_a_copy_broken_at_72_columns_has_the_same_turns(path: Path, tmp_path: Path) -> None:
    paragraphs = (line for line in path.read_text("utf-8").split("\n") if line.strip())
    wrapped = (fill(line, 72, break_on_hyphens=False) for line in paragraphs)
    (tmp_path / path.name).write_text("\n\n".join(wrapped))
    speakers, again = (
        [turn.speaker for document in read(file) for turn in document.turns]
        for file in (path, tmp_path / path.name)
    )
    assert again == speakers


@pytest.mark.parametrize("path", [path for path in PAGES if path.suffix == ".txt"])
def test_a_copy_that_lost_its_blank_lines_or_its_blanks_behind_labels_has_the_same_turns(
    path: Path, tmp_path: Path
) -> None:
    text = path.read_text("utf-8")
    lost = sub(r"(?m)^([A-Z][\w .]{3,40}): (?=[A-Z])", r"\1:", sub(r"\n\n+", "\n", text))
    (tmp_path / path.name).write_text(lost)
    speakers, again = (
        [turn.speaker for document in read(file) for turn in document.turns]
        for file in (path, tmp_path / path.name)
    )
    assert again == speakers


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("kremlin-2006-archive.txt", "kremlin"),
        ("kremlin-print.txt", "kremlin"),
        ("white-house-2021.txt", "white-house"),
        ("state-2022.txt", "state-department"),
        ("un-sc.txt", "un"),
        ("un-ga.txt", "un"),
        ("hansard-1.txt", "hansard"),
        ("hansard-2.txt", "hansard"),
        ("pm-am-en.txt", "primeminister-am"),
        ("pm-am-hy.txt", "primeminister-am"),
        ("az-dash.txt", "president-az"),
        ("interview-bold.html", "interview"),
        ("rev.txt", "timed"),
        ("rev2.txt", "timed"),
        ("youtube.vtt", "vtt"),
    ],
)
def test_the_reader_is_chosen_by_what_the_page_looks_like(
    name: str, reader: str, tmp_path: Path
) -> None:
    assert explain(COPIES / name, speaker=NOT_NAMED.get(name))[0] == reader
    if name.endswith(".txt"):  # others write of the president of Russia, too
        text = (COPIES / name).read_text("utf-8")
        (tmp_path / name).write_text(f"{text}\nWe heard what Vladimir Putin said.\n")
        assert explain(tmp_path / name)[0] == reader


@pytest.mark.parametrize(
    ("name", "title", "date", "time", "place"),
    [
        (
            "kremlin-2013-site.txt",
            "Meeting with participants of the National Lighthouse Keepers’ Congress",
            "2013-07-04",
            "16:30",
            "Novo-Ogaryovo, Moscow Region",
        ),
        (
            "kremlin-forum.txt",
            "Meeting on the restoration of the northern lighthouses",
            "2018-05-24",
            "23:25",
            "St Petersburg",
        ),
        (
            "white-house-2021.txt",
            "Press Briefing by Press Secretary Nora Quill and Coast Guard Commandant Admiral "
            "Sean McBride, March 9, 2021",
            "2021-03-09",
            "13:07",
            "James S. Brady Press Briefing Room",
        ),
        (
            "state-2022.txt",
            "Department Press Briefing – August 18, 2022",
            "2022-08-18",
            "14:16",
            None,
        ),
        ("un-ga.txt", "12th plenary meeting", "2022-09-22", "09:00", "New York"),
        ("hansard-1.txt", "Ports and Harbours", "2022-03-09", None, None),
        (
            "pm-am-en.txt",
            "Prime Minister Aram Sevunts’s interview with Public Television",
            "2025-01-25",
            None,
            None,
        ),
    ],
)
def test_title_date_time_and_place_are_those_of_the_page(
    name: str, title: str, date: str, time: str | None, place: str | None
) -> None:
    (document,) = read(COPIES / name)
    found = (document.title, document.date, document.time, document.place)
    assert found == (title, date, time, place)
