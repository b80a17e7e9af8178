"""What a line break means: the end of a paragraph, or nothing (hard-wrapped text).

The policy, stated: in ``paragraph`` every line is a paragraph. In ``wrapped`` a line goes on with
the next one until a blank line, a list item or an indented line begins another paragraph; words
that were broken by a hyphen stay as they are, for a hyphen may be part of the word. ``auto``
looks at the first 200 filled lines: text is wrapped if lines are of nearly even, modest length
and most of them end in the middle of a sentence.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import BinaryIO, Final

from trilogue.corpora.errors import FormatError

SAMPLE: Final = 200
"""Filled lines that ``auto`` looks at."""
LONGEST: Final = 100
"""No hard-wrapped line is longer."""
_ITEM = re.compile(r"\s*(?:[-–—•*·]\s|\(?\d{1,3}[.)]\s|\(?[a-zа-яա-ֆ]\)\s)")
_ENDED = re.compile(r"[.!?…։:;]['\"”’»)\]]*$")


class Newlines(StrEnum):
    """How line breaks are read."""

    PARAGRAPH = "paragraph"
    WRAPPED = "wrapped"
    AUTO = "auto"


def text_lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of a UTF-8 stream without their ends, whether LF, CR LF or CR, as they come.

    :param name: of the file, for the message.
    :raises FormatError: at the first line that is not UTF-8.
    """
    for number, raw in enumerate(stream, start=1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            got = f"byte 0x{error.object[error.start]:02x} at column {error.start + 1}"
            way = "Convert it, as with: iconv -f ENCODING -t UTF-8"
            raise FormatError(f"{name}:{number}: got {got}, expected UTF-8 text. {way}") from None
        yield from text.removesuffix("\n").removesuffix("\r").split("\r")


def paragraphs(lines: Iterable[str], newlines: Newlines = Newlines.PARAGRAPH) -> Iterator[str]:
    """The paragraphs that lines make up; blank ones are left out.

    :param lines: without their line ends; read as they are needed.
    """
    if newlines is Newlines.AUTO:
        rest = iter(lines)
        head = list(itertools.islice(rest, SAMPLE))
        newlines = Newlines.WRAPPED if is_wrapped(head) else Newlines.PARAGRAPH
        lines = itertools.chain(head, rest)
    if newlines is Newlines.WRAPPED:
        return _joined(lines)
    return (line for line in lines if line and not line.isspace())


def is_wrapped(lines: list[str]) -> bool:
    """Whether lines look like the pieces of paragraphs rather than paragraphs."""
    inner = [
        line.rstrip()
        for line, after in itertools.pairwise(lines)
        if line.strip() and after.strip() and not _ITEM.match(after)
    ]
    if len(inner) < 3 or max(map(len, inner)) > LONGEST:
        return False
    broken = sum(not _ENDED.search(line) for line in inner)
    longest = max(map(len, inner))
    full = sum(len(line) > 0.75 * longest for line in inner)
    return broken > 0.6 * len(inner) and full > 0.6 * len(inner)


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Wrapped lines put together again, one blank between two."""
    paragraph: list[str] = []
    for line in lines:
        starts = not line.strip() or line[0].isspace() or _ITEM.match(line)
        if starts and paragraph:
            yield " ".join(paragraph)
            paragraph = []
        if line.strip():
            paragraph.append(line.strip())
    if paragraph:
        yield " ".join(paragraph)
