"""Segments of a document: speech only, by offsets, with ids that a re-run gives again."""

import dataclasses

import pytest

from trilogue.corpora.errors import FormatError
from trilogue.corpora.segmenters import segment_document, segmenter
from trilogue.corpora.types import Block, BlockKind, Document, Turn

TEXT = "Meeting of ministers\nThank you. We will go on.\n(Laughter.)\nGood."


def document() -> Document:
    return Document(
        id="d1",
        source="visit.txt",
        text=TEXT,
        blocks=(
            Block(0, 20, BlockKind.TITLE, line=1),
            Block(21, 46, BlockKind.SPEECH, line=2, turn=0),
            Block(47, 58, BlockKind.DIRECTION, line=3, turn=0),
            Block(59, 64, BlockKind.SPEECH, line=4, turn=1),
        ),
        turns=(Turn("Ann Stone", "Ann Stone", 2), Turn("Lev Orlov", "Lev Orlov", 4)),
    )


def test_only_speech_is_cut_and_offsets_are_the_documents() -> None:
    segments = segment_document(document(), segmenter("en"))
    assert [segment.text for segment in segments] == ["Thank you.", "We will go on.", "Good."]
    assert all(TEXT[segment.start : segment.end] == segment.text for segment in segments)
    assert [(s.position, s.block, s.turn) for s in segments] == [(0, 1, 0), (1, 1, 0), (2, 3, 1)]


def test_ids_are_the_same_again_and_differ_by_document_and_place() -> None:
    first = [segment.id for segment in segment_document(document(), segmenter("en"))]
    assert first == [segment.id for segment in segment_document(document(), segmenter("en"))]
    other = dataclasses.replace(document(), id="d2")
    assert not set(first) & {s.id for s in segment_document(other, segmenter("en"))}
    assert len(set(first)) == 3
    assert first[0] == "5d75152fe2cfe987"


@dataclasses.dataclass(frozen=True)
class Wrong:
    made: list[tuple[int, int]]
    signature: str = "wrong-1"

    def spans(self, paragraph: str) -> list[tuple[int, int]]:
        return self.made


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([(0, 10)], r"^visit\.txt:2: wrong-1: left out 'We will go on\.', expected only"),
        ([(0, 10), (5, 25)], r"^visit\.txt:2: wrong-1: got a span 5–25 after 10 of 25"),
        ([(0, 26)], r"got a span 0–26 after 0 of 25 characters, expected ascending spans"),
        ([(0, 0), (0, 25)], r"got a span 0–0 after 0"),
        ([(0, 11), (11, 25)], r"got a span 0–11 with white space at an end, expected it outside"),
    ],
)
def test_a_segmenter_that_loses_or_doubles_text_is_refused(
    spans: list[tuple[int, int]], message: str
) -> None:
    with pytest.raises(FormatError, match=message):
        segment_document(document(), Wrong(spans))
