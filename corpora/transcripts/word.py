"""DOCX as lines, through python-docx."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.transcripts.markup import EXTRA
from trilogue.corpora.transcripts.pages import Line, Page, squeeze


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive, as DOCX files are."""
    return data.startswith(b"PK\x03\x04")


def word_page(name: str, data: bytes) -> Page:
    """Paragraphs and table cells of a document, in order; a line is a paragraph, counted from 1.

    :raises ConfigError: without python-docx.
    :raises FormatError: if the archive is broken or is no DOCX.
    """
    try:
        import docx
    except ImportError:
        what = "DOCX is read with python-docx, not installed"
        raise ConfigError(f"{name}: {what}. {EXTRA}") from None
    try:
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        what = f"a ZIP archive that is no DOCX ({error})"
        raise FormatError(f"{name}: {what}, expected text, HTML or DOCX.") from None
    return Page(name, tuple(_lines(document)), "docx")


def _lines(document: Any) -> Iterator[Line]:
    number = 0
    for paragraph in _paragraphs(document):
        for index, (text, bold) in enumerate(_parts(paragraph)):
            number += 1
            yield Line(number, text, bold, _hint(paragraph), parted=not index)


def _paragraphs(container: Any) -> Iterator[Any]:
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)
        else:
            yield item


def _parts(paragraph: Any) -> Iterator[tuple[str, int]]:
    """The lines of a paragraph (a manual break ends one), each with how much is bold."""
    text = bold = ""
    all_bold = True
    for run in paragraph.runs:
        for index, piece in enumerate(run.text.split("\n")):
            if index:
                yield squeeze(text), len(squeeze(bold))
                text, bold, all_bold = "", "", True
            all_bold = all_bold and (bool(run.bold) or not piece.strip())
            text += piece
            bold = text if all_bold else bold
    if not text and paragraph.text:  # text in hyperlinks and fields, which are no runs
        text = paragraph.text
    yield squeeze(text), len(squeeze(bold))


def _hint(paragraph: Any) -> str:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if style == "Title":
        return "title"
    return "heading" if style.startswith("Heading") else ""
