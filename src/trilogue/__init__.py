"""English political transcripts into reviewed, scored, publishable parallel corpora."""

__version__ = "0.1.0"
