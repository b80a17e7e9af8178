"""Cutting documents into segments: rules for English, Russian, Armenian and Azerbaijani."""

from trilogue.corpora.segmenters.documents import checked_spans, segment_document
from trilogue.corpora.segmenters.lines import Newlines, paragraphs
from trilogue.corpora.segmenters.loading import load_segmenter, segmenter, spans_of

__all__ = [
    "Newlines",
    "checked_spans",
    "load_segmenter",
    "paragraphs",
    "segment_document",
    "segmenter",
    "spans_of",
]
