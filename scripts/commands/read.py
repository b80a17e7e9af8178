"""``trilogue read``: transcripts in, documents as JSON lines out."""

import json
from pathlib import Path

import click

import trilogue
from trilogue.corpora.documents import document_to_json
from trilogue.corpora.types import Document
from trilogue.scripts.streams import put_lines


@click.command()
@click.argument("transcripts", metavar="TRANSCRIPT...", nargs=-1, required=True, type=Path)
@click.option("--reader", metavar="NAME", help="Layout of the file.  [default: found by content]")
@click.option("--speaker", metavar="NAME", help="Who speaks before the first label.")
@click.option("--explain", is_flag=True, help="Show each line with what it was taken for.")
def read(
    transcripts: tuple[Path, ...], reader: str | None, speaker: str | None, explain: bool
) -> None:
    """Read transcripts; print each document as one line of JSON.

    Text, Markdown, HTML, SRT, WebVTT and DOCX are read. What is in no field of a document is listed
    in its "left_out", with line and reason.
    """
    if explain:
        for path, layout, lines in trilogue.explain(*transcripts, reader=reader, speaker=speaker):
            click.echo(f"{path}: read as {layout}", err=True)
            put_lines(f"{line.line}\t{line.taken}\t{line.text}" for line in lines)
        return
    documents = trilogue.read(*transcripts, reader=reader, speaker=speaker)
    put_lines(_object(document) for document in documents)


def _object(document: Document) -> str:
    for warning in document.warnings:
        click.echo(f"{document.source}: {warning}", err=True)
    return json.dumps(document_to_json(document), ensure_ascii=False)
