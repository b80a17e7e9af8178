"""Cutting documents into segments: rules for English, Russian, Armenian and Azerbaijani."""

from trilogue.corpora.segmenters.documents import segment_document
from trilogue.corpora.segmenters.lines import Newlines, paragraphs, text_lines
from trilogue.corpora.segmenters.loading import load_segmenter, segmenter

__all__ = [
    "Newlines",
    "load_segmenter",
    "paragraphs",
    "segment_document",
    "segmenter",
    "text_lines",
]
