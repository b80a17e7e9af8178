"""Input as the readers see it: numbered lines of clean text, whatever format the file had."""

import re
from dataclasses import dataclass
from typing import Final

_BREAKS: Final = re.compile(r"[\s\u0085\u200b\u2028\u2029\ufeff]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a paragraph of a page.

    :ivar number: of the line in the input file, from 1.
    :ivar text: NFC, runs of white space as one space, none at either end; "" for an empty line.
    :ivar bold: how many code points from the start are set in bold; 0 in plain text.
    :ivar hint: what the markup says that it is ("title", "date", "furniture", …), "" if nothing.
    :ivar width: code points of the line as it stands in the file: shows hard wrapping; 0 where
        lines are no lines of text.
    :ivar indent: white space in front of it.
    :ivar more: lines of the file that were joined to this one, as (number, text); their text is the
        end of ``text``.
    :ivar parted: the format says that a paragraph starts here, so nothing joins it to another.
    """

    number: int
    text: str
    bold: int = 0
    hint: str = ""
    width: int = 0
    indent: int = 0
    more: tuple[tuple[int, str], ...] = ()
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One input file.

    :ivar name: of the file, without folder; stands in error messages.
    :ivar form: "text", "markdown", "html" or "docx".
    """

    name: str
    lines: tuple[Line, ...]
    form: str = "text"
    url: str | None = None
    warnings: tuple[str, ...] = ()


def squeeze(text: str) -> str:
    """The text with every run of white space, line separators included, as one space."""
    return _BREAKS.sub(" ", text).strip()


def text_page(name: str, text: str, *, form: str = "text", warnings: tuple[str, ...] = ()) -> Page:
    """Lines of plain text; ``text`` has line feeds as its only line ends."""
    lines = []
    for number, raw in enumerate(text.split("\n"), start=1):
        bare = raw.rstrip()
        indent = len(bare) - len(bare.lstrip())
        lines.append(Line(number, squeeze(raw), width=len(bare), indent=indent))
    while lines and not lines[-1].text:
        lines.pop()
    return Page(name, tuple(lines), form, warnings=warnings)


def first_part(line: Line) -> str:
    """The text of a line before other lines were joined to it."""
    end = len(line.text)
    for _, part in reversed(line.more):
        end -= len(part)
        end -= line.text.endswith(" ", 0, end)
    return line.text[:end]
