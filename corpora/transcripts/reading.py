"""Reading a transcript: the bytes, the page, the reader that knows it, the documents."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.transcripts import (
    capitals,
    dashes,
    hansard,
    interview,
    kremlin,
    plain,
    subtitles,
    timed,
    united_nations,
)
from trilogue.corpora.transcripts.assembly import Placement, Reading
from trilogue.corpora.transcripts.decoding import decode, read_bytes
from trilogue.corpora.transcripts.markdown import looks_like_markdown, without_marks
from trilogue.corpora.transcripts.markup import html_page, looks_like_html
from trilogue.corpora.transcripts.pages import Page, text_page
from trilogue.corpora.transcripts.word import is_zip, word_page
from trilogue.corpora.types import Document


@dataclass(frozen=True, slots=True)
class Reader:
    """One layout of transcripts.

    :ivar sniff: how sure it is that a page is one of its own, from 0 (not at all) to 1.
    :ivar read: the documents of a page; the second argument is the speaker of what stands before
        the first label, if the user gave one.
    """

    name: str
    sniff: Callable[[Page], float]
    read: Callable[[Page, str | None], list[Reading]]


_SAMPLE: Final = 2_000
"""Lines of a file by which its reader is chosen."""

READERS: Final = (
    Reader("srt", subtitles.sniff_srt, subtitles.read),
    Reader("vtt", subtitles.sniff_vtt, subtitles.read),
    Reader("kremlin", kremlin.sniff, kremlin.read),
    Reader("timed", timed.sniff, timed.read),
    Reader("un", united_nations.sniff, united_nations.read),
    Reader("state-department", capitals.sniff_state, capitals.read),
    Reader("white-house", capitals.sniff_house, capitals.read),
    Reader("hansard", hansard.sniff, hansard.read),
    Reader("primeminister-am", dashes.sniff_named, dashes.read_named),
    Reader("president-az", dashes.sniff_unnamed, dashes.read_unnamed),
    Reader("interview", interview.sniff, interview.read),
    Reader("plain", plain.sniff, plain.read),
)
"""All layouts, the more particular first; of equally sure ones the first reads."""


def read(path: Path, *, reader: str | None = None, speaker: str | None = None) -> list[Document]:
    """The documents of one transcript file, in their order.

    :param reader: name of a reader of :data:`READERS`; by default the one that is surest.
    :param speaker: whose words stand before the first label.
    :raises FormatError: if the file is not text, is not in UTF-8, or holds no transcript.
    :raises ConfigError: if there is no such reader, or a package that it needs is not installed.
    """
    return [reading.document for reading in readings(path, reader=reader, speaker=speaker)]


def explain(
    path: Path, *, reader: str | None = None, speaker: str | None = None
) -> tuple[str, list[Placement]]:
    """The name of the reader, and what each line of the file with words in it was taken for."""
    page = open_page(path)
    chosen = choose(page, reader or _default(page, speaker))
    found = _read(page, chosen, speaker)
    placements = [place for reading in found for place in reading.placements]
    return chosen.name, sorted(placements, key=lambda place: place.line)


def readings(path: Path, *, reader: str | None = None, speaker: str | None = None) -> list[Reading]:
    """As :func:`read`, with the account of the lines."""
    page = open_page(path)
    return _read(page, choose(page, reader or _default(page, speaker)), speaker)


def open_page(path: Path) -> Page:
    """The file as lines, whatever its format."""
    data = read_bytes(path)
    if is_zip(data):
        return word_page(path.name, data)
    decoded = decode(data, name=path.name)
    if looks_like_html(decoded.text):
        return html_page(path.name, decoded.text, warnings=decoded.warnings)
    page = text_page(path.name, decoded.text, warnings=decoded.warnings)
    return without_marks(page) if looks_like_markdown(page) else page


def choose(page: Page, name: str | None) -> Reader:
    """The reader of that name, or the surest one.

    :raises ConfigError: if there is none of that name.
    :raises FormatError: if no reader knows the page.
    """
    if name is not None:
        for reader in READERS:
            if reader.name == name:
                return reader
        known = ", ".join(reader.name for reader in READERS)
        raise ConfigError(f"--reader: got {name!r}, expected one of {known}.")
    found = _surest(replace(page, lines=page.lines[:_SAMPLE])) or _surest(page)
    if found is None:
        raise _no_transcript(page)
    return found


def _default(page: Page, speaker: str | None) -> str | None:
    """With its speaker given, a page that no reader knows is one speech."""
    return "plain" if speaker is not None and _surest(page) is None else None


def _surest(page: Page) -> Reader | None:
    sure = [(reader.sniff(page), -index) for index, reader in enumerate(READERS)]
    best, index = max(sure)
    return READERS[-index] if best > 0 else None


def _read(page: Page, reader: Reader, speaker: str | None) -> list[Reading]:
    found = reader.read(page, speaker)
    if not any(reading.document.turns for reading in found):
        raise _no_transcript(page)
    return found


def _no_transcript(page: Page) -> FormatError:
    what = f"no transcript in it: {sum(bool(line.text) for line in page.lines)} lines"
    expected = 'no speaker, expected "Name: text"'
    return FormatError(f"{page.name}: {what}, {expected}. Add the names, or pass --speaker.")
