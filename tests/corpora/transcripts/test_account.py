"""Whatever the lines are: each is accounted for, and the blocks are where they say."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from trilogue.corpora.errors import FormatError
from trilogue.corpora.transcripts import READERS
from trilogue.corpora.transcripts.pages import text_page

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
        if reader.name in ("srt", "vtt"):
            continue
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
