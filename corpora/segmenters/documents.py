"""From a document to its segments: the speech, cut; nothing of it lost."""

import hashlib

from trilogue.corpora.errors import FormatError
from trilogue.corpora.stages import Segmenter
from trilogue.corpora.types import BlockKind, Document, Segment


def segment_document(document: Document, segmenter: Segmenter) -> list[Segment]:
    """The segments of a document's speech, in its order, by offsets into its text.

    :raises FormatError: if the segmenter loses text, or its spans overlap or leave the paragraph.
    """
    segments: list[Segment] = []
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.SPEECH:
            continue
        paragraph = document.text[block.start : block.end]
        where = f"{document.source}:{block.line}"
        for first, last in checked_spans(segmenter, paragraph, where):
            start, end = block.start + first, block.start + last
            text = document.text[start:end]
            segments.append(
                Segment(
                    id=_segment_id(document.id, start, end, text),
                    document_id=document.id,
                    position=len(segments),
                    start=start,
                    end=end,
                    text=text,
                    block=index,
                    turn=block.turn,
                )
            )
    return segments


def checked_spans(segmenter: Segmenter, paragraph: str, where: str) -> list[tuple[int, int]]:
    """What a segmenter, ours or a user's, makes of a paragraph, held to its promise.

    :param where: file and line, for the message.
    :raises FormatError: if a span is empty, overlaps another, leaves the paragraph, begins or ends
        with white space, or if something else than white space lies outside the spans.
    """
    spans = segmenter.spans(paragraph)
    reached = 0
    for start, end in spans:
        if not reached <= start < end <= len(paragraph):
            got = f"got a span {start}–{end} after {reached} of {len(paragraph)} characters"
            raise FormatError(f"{where}: {segmenter.signature}: {got}, expected ascending spans")
        if paragraph[start].isspace() or paragraph[end - 1].isspace():
            got = f"got a span {start}–{end} with white space at an end"
            raise FormatError(
                f"{where}: {segmenter.signature}: {got}, expected it outside of spans"
            )
        _check_gap(paragraph[reached:start], where, segmenter.signature)
        reached = end
    _check_gap(paragraph[reached:], where, segmenter.signature)
    return spans


def _check_gap(gap: str, where: str, signature: str) -> None:
    if gap and not gap.isspace():
        got = f"left out {gap.strip()[:40]!r}"
        raise FormatError(f"{where}: {signature}: {got}, expected only white space")


def _segment_id(document_id: str, start: int, end: int, text: str) -> str:
    """Sixteen hexadecimal digits that hash what a segment says and where it stands."""
    content = f"{document_id}\x00{start}\x00{end}\x00{text}"
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
