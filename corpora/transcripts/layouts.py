"""How one kind of transcript is printed: what readers differ in that share the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.pages import Line

Labels = Mapping[int, Label]


def nothing(_: str) -> str | None:
    """No line is the site's."""
    return None


def never(_: str) -> bool:
    """No line is of the kind."""
    return False


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of transcript is printed.

    :ivar labels: finds the labels: index of a line → label.
    :ivar left_out: the reason why a line is no part of the transcript, None if it is.
    :ivar is_direction: lines that are the clerk's, beside those in brackets.
    :ivar is_place: lines of the head that say where it was.
    :ivar is_end: the line that a transcript ends with: what follows it is the site's.
    :ivar opens_list: lines of the clerk's that a list follows, up to the next label: votes.
    :ivar opens_prose: lines behind which all is told, not said, up to the next label.
    :ivar headings: short lines that end no sentence are headings, not speech.
    :ivar strict: a greeting before the first label is an error, other words there a warning.
    :ivar spoken: everything is said, as in subtitles: there is no title and no prose.
    """

    labels: Callable[[Sequence[Line]], Labels]
    left_out: Callable[[str], str | None] = nothing
    is_direction: Callable[[str], bool] = never
    is_place: Callable[[str], bool] = never
    is_end: Callable[[str], bool] = never
    opens_list: Callable[[str], bool] = never
    opens_prose: Callable[[str], bool] = never
    headings: bool = False
    strict: bool = False
    spoken: bool = False
