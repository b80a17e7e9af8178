"""The segments stage: documents cut into segments, shard by shard."""

from pathlib import Path
from typing import Final

from trilogue.corpora import schema
from trilogue.corpora.ids import Recipe
from trilogue.corpora.segmenters import segment_document
from trilogue.corpora.shards import is_made, key_of, new_shard, rows_of
from trilogue.corpora.stages import Segmenter
from trilogue.corpora.types import Document

VERSION: Final = 1
"""Raised when the same document and segmenter give other segments."""


def recipe(documents: str, segmenter: str) -> Recipe:
    """What decides the rows: the key of the documents shard, the segmenter's signature."""
    return Recipe("segments", VERSION, {"documents": documents}, {"segmenter": segmenter})


def segment_shard(source: Path, out: Path, *, segmenter: Segmenter) -> int:
    """Segment every document of one shard; a shard already made by this recipe is left alone.

    :param source: a documents shard, all of one language.
    :param out: the segments shard, document by document in the order of ``source``.
    :param segmenter: of that language; its ``signature`` is part of the recipe.
    :returns: rows written, 0 if there was nothing to do.
    :raises FormatError: if ``source`` is not one of our shards.
    """
    made_by = recipe(key_of(source), segmenter.signature)
    if is_made(out, by=made_by):
        return 0
    with new_shard(out, schema=schema.SEGMENTS, recipe=made_by) as shard:
        for row in rows_of(source, schema=schema.DOCUMENTS, batch_size=16):
            shard.write_rows(_segments(schema.document_of(row), segmenter))
        return shard.rows


def _segments(document: Document, segmenter: Segmenter) -> list[schema.Row]:
    return [
        schema.segment_row(
            segment,
            speaker=None if segment.turn is None else document.turns[segment.turn].speaker,
            language=document.language,
        )
        for segment in segment_document(document, segmenter)
    ]
