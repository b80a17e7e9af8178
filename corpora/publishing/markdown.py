"""How a card says numbers, lists and tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

UNKNOWN: Final = "–"


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a table."""
    names = [str(name) for name in head]
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return " ".join(str(value).replace("|", "\\|").split()) if value is not None else UNKNOWN


def joined(names: Sequence[str]) -> str:
    """A list in a sentence."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def counted(number: int, what: str) -> str:
    """One document, two documents."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def share(part: int, whole: int) -> str:
    """A part in percent of the whole."""
    return f"{part / whole:.1%}" if whole else UNKNOWN


def figure(value: float | None, digits: int) -> str:
    """A number that may not be known."""
    return UNKNOWN if value is None else f"{value:.{digits}f}"
