"""Lines of text, read strictly: wherever text comes in as lines, it is read here."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from trilogue.corpora.errors import FormatError

CONVERT: Final = "Convert it, as with: iconv -f ENCODING -t UTF-8"


def text_lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of a UTF-8 stream as they come, so that line *n* out is line *n* in.

    Only a line feed ends a line. Its end (a carriage return before it, too) is taken off, and so is
    a byte order mark at the start.

    :param name: of the stream, for the message.
    :raises FormatError: at the first line that is not UTF-8.
    """
    for number, raw in enumerate(stream, start=1):
        text = decoded(raw, f"{name}:{number}", first=number == 1)
        yield text.removesuffix("\n").removesuffix("\r")


def file_lines(path: Path) -> Iterator[str]:
    """As :func:`text_lines`, of a file."""
    with path.open("rb") as stream:
        yield from text_lines(stream, str(path))


def decoded(raw: bytes, where: str, *, first: bool = False, way: str = CONVERT) -> str:
    """Bytes as UTF-8 text.

    :param where: file and line, for the message.
    :param first: whether this is the start of the file, where a byte order mark may stand.
    :param way: how whoever made the file gets out of it.
    :raises FormatError: if they are not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        got = f"byte 0x{error.object[error.start]:02x} at byte {error.start + 1} of the line"
        raise FormatError(f"{where}: got {got}, expected UTF-8 text. {way}") from None
