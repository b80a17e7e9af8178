"""Plain text, "Name: text", in any of our languages: the reader of last resort."""

from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.finding import find_labels
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns


def _labels(lines: Sequence[Line]) -> Labels:
    free = [index for index, line in enumerate(lines) if line.hint in ("", "heading")]
    found = find_labels([lines[index] for index in free])
    return {free[index]: label for index, label in found.items()}


_LAYOUT: Final = Layout(_labels, strict=True)


def sniff(page: Page) -> float:
    """Any label at all."""
    return 0.2 if _labels(page.lines) else 0.0


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a file.

    :raises FormatError: if somebody speaks before the first label and ``speaker`` is not given.
    """
    return read_turns(_LAYOUT, page, speaker)
