"""Readers of transcripts: who said what, and nothing of the page around it."""

from trilogue.corpora.transcripts.assembly import Placement, Reading
from trilogue.corpora.transcripts.reading import READERS, Reader, explain, read, readings

__all__ = ["READERS", "Placement", "Reader", "Reading", "explain", "read", "readings"]
