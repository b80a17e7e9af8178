"""``trilogue read``: transcripts in, documents as JSON lines out."""

import json
from pathlib import Path

import click

from trilogue.corpora.documents import document_to_json
from trilogue.corpora.transcripts import explain as explain_lines
from trilogue.corpora.transcripts import read as read_documents


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
    for path in transcripts:
        if explain:
            name, lines = explain_lines(path, reader=reader, speaker=speaker)
            click.echo(f"{path}: read as {name}", err=True)
            for line in lines:
                click.echo(f"{line.line}\t{line.taken}\t{line.text}")
            continue
        for document in read_documents(path, reader=reader, speaker=speaker):
            for warning in document.warnings:
                click.echo(f"{path}: {warning}", err=True)
            click.echo(json.dumps(document_to_json(document), ensure_ascii=False))
