"""Whatever the lines are: each is accounted for, and the blocks are where they say."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trilogue.corpora.errors import FormatError
from trilogue.corpora.transcripts import READERS
from trilogue.corpora.transcripts.markup import html_page
from trilogue.corpora.transcripts.pages import text_page
from trilogue.corpora.types import Block, Document

PIECES = st.sampled_from(
    [
        "Events",
        "Meeting with Ada Holt",
        "June 3, 2014",
        "13:45",
        "1 of 2",
        "Ada Holt: Yes.",
        "MS. HOLT: No.",
        "Q    Why?",
        "Question: Why?",
        "Ada Holt – Yes.",
        "– Well.",
        "Ada Holt (00:04): Yes.",
        "Mr. Orlin (Nordland) (spoke in French): Yes.",
        "We see one thing: the ice.",
        "See also",
        "Topics",
        "Transport",
        "Publication status",
        "Text versionEvents",
        "<…>",
        "* * *",
        "(Laughter.) And then?",
        "and so on",
        ", he said",
        "~~no~~ yes [sic]",
        "",
        "Й и\u0306",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25))
def test_each_reader_accounts_for_each_line(pieces: list[str]) -> None:
    page = text_page("x.txt", unicodedata.normalize("NFC", "\n".join(pieces)))
    for reader in READERS:
        try:
            readings = reader.read(page, None)
        except FormatError as error:
            assert "has no speaker" in str(error)
            continue
        placed = {place.line for reading in readings for place in reading.placements}
        assert placed == {line.number for line in page.lines if line.text}, reader.name
        for reading in readings:
            document = reading.document
            texts = [document.text[block.start : block.end] for block in document.blocks]
            assert "\n".join(texts) == document.text
            assert not any("\n" in text or not text.strip() for text in texts)
            assert unicodedata.is_normalized("NFC", document.text)
            assert len(document.turn_languages) == len(document.turns)
            turns = [block.turn for block in document.blocks if block.turn is not None]
            assert turns == sorted(turns)
            assert all(0 <= turn < len(document.turns) for turn in turns)


CUES = st.sampled_from(
    [
        "1",
        "00:00:01,000 --> 00:00:02,000",
        "00:01.000 --> 00:02.000 align:start",
        "WEBVTT",
        "NOTE a note",
        "Ada Holt: Yes.",
        "<v Ada Holt>Good evening",
        "- Hello.",
        "and so on.",
        "<i>to the harbour</i>",
        "good<00:00:00.480><c> evening</c>",
        "[Music]",
        "",
        "",
    ]
)


@settings(deadline=None)
@given(st.lists(CUES, min_size=1, max_size=25))
def test_subtitles_account_for_each_line(pieces: list[str]) -> None:
    page = text_page("x.srt", "\n".join(pieces))
    for reader in READERS[:2]:
        for reading in reader.read(page, "Ivor Penrose"):
            placed = {place.line for place in reading.placements}
            assert placed == {line.number for line in page.lines if line.text}


TAGS = st.sampled_from(
    [
        "<p><b>Ada Holt:</b> Yes.</p>",
        "<p>Ada Holt: No.<br>And why?</p>",
        "<nav>Home <a>News</a></nav>",
        "<h1>Talks in Severny</h1>",
        "<div class='share'>Share</div>",
        "<time>June 3, 2014</time>",
        "<p>One thing: <i>the ice</i>, <s>salt</s> and sand.</p>",
        "<ul><li>– cranes</li><li>– quays</li></ul>",
        "<footer>© The harbour</footer>",
        "<table><tr><td>Ada Holt:</td><td>Well.</td></tr></table>",
        "loose words",
    ]
)


@settings(deadline=None)
@given(st.lists(TAGS, min_size=1, max_size=12))
def test_a_page_of_html_loses_no_word(pieces: list[str]) -> None:
    pytest.importorskip("lxml", reason="lxml is not installed")
    page = html_page("x.html", f"<html><body>{''.join(pieces)}</body></html>")
    words = Counter(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", "".join(pieces))))
    assert Counter(re.findall(r"\w+", " ".join(line.text for line in page.lines))) == words
    for reader in READERS:
        if reader.name in ("srt", "vtt"):
            continue
        for reading in reader.read(page, "Ivor Penrose"):
            told = [block_text(reading.document, block) for block in reading.document.blocks]
            told += [turn.printed for turn in reading.document.turns]
            told += [line.text for line in reading.document.left_out]
            kept = Counter(re.findall(r"\w+", " ".join(told)))
            lost = set(words - kept) - set("June 3 2014".split())
            assert not lost, (reader.name, lost)


def block_text(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]
