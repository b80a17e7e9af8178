"""DOCX as lines, through python-docx."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
    for number, line in enumerate(_blocks(document), start=1):
        yield replace(line, number=number)


def _blocks(container: Any) -> Iterator[Line]:
    """The lines of paragraphs and tables; the number is not set yet."""
    for item in container.iter_inner_content():
        if not hasattr(item, "rows"):
            yield from _parts(item)
            continue
        rows = [_cells(row) for row in item.rows]
        named = len(rows) > 1 and all(map(_is_named, rows))
        for cells in rows:
            if named:
                yield from _named(cells)
            else:
                for cell in cells:
                    yield from _blocks(cell)


def _cells(row: Any) -> list[Any]:
    """The cells of a row; one that spans several columns counts once."""
    return list({id(cell._tc): cell for cell in row.cells}.values())


def _is_named(cells: Sequence[Any]) -> bool:
    """A row of a dialogue: a name in the first of two cells, what was said in the second."""
    if len(cells) != 2:
        return False
    name = squeeze(cells[0].text)
    words = name.removesuffix(":").split()
    return 0 < len(words) <= 8 and name[:1].isalpha() and name[-1:] not in ".!?…;"


def _named(cells: Sequence[Any]) -> Iterator[Line]:
    """The row as "Name: text"."""
    name = squeeze(cells[0].text).removesuffix(":")
    said = [line for line in _blocks(cells[1]) if line.text]
    first = said[0].text if said else ""
    yield Line(0, f"{name}: {first}".strip(), len(name), parted=True)
    yield from said[1:]


def _parts(paragraph: Any) -> Iterator[Line]:
    """The lines of a paragraph (a manual break ends one), each with how much is bold."""
    text = bold = ""
    all_bold, first, hint = True, True, _hint(paragraph)
    for words, is_bold in _runs(paragraph):
        for index, piece in enumerate(words.split("\n")):
            if index:
                yield Line(0, squeeze(text), len(squeeze(bold)), hint, parted=first)
                text, bold, all_bold, first = "", "", True, False
            all_bold = all_bold and (is_bold or not piece.strip())
            text += piece
            bold = text if all_bold else bold
    yield Line(0, squeeze(text), len(squeeze(bold)), hint, parted=first)


def _runs(paragraph: Any) -> Iterator[tuple[str, bool]]:
    """Text and weight of every run, those in links and accepted insertions too; struck out in ~~.

    The text of a text box is not the paragraph's.
    """
    from docx.text.run import Run

    for element in paragraph._p.xpath(".//w:r[not(ancestor::w:txbxContent)]"):
        run = Run(element, paragraph)
        struck = "~~" if run.font.strike and run.text.strip() else ""
        yield f"{struck}{run.text}{struck}", bool(run.bold)


def _hint(paragraph: Any) -> str:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    if style == "Title":
        return "title"
    return "heading" if style.startswith("Heading") else ""
