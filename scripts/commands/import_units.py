"""``trilogue import``: units out of other tools' files, as JSON lines or in another format."""

from pathlib import Path

import click

import trilogue
from trilogue.corpora.languages import LANGUAGES
from trilogue.corpora.types import LeftOut
from trilogue.scripts.commands.export import NAMES

READERS = ["tmx", "xliff", "csv", "xlsx", "jsonl", "moses", "ladder", "parquet"]
FORMATS = [name for name in NAMES if name != "ladder"]
LANG = click.Choice(list(LANGUAGES))


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--reader", type=click.Choice(READERS), help="What FILE is.  [default: by its ending]"
)
@click.option("--from", "source_lang", type=LANG, help="Source language, where FILE does not say.")
@click.option(
    "--to",
    "target_lang",
    type=LANG,
    help="Target language, where FILE does not say; units in others are left out.",
)
@click.option(
    "--format",
    "name",
    type=click.Choice(FORMATS),
    default="jsonl",
    show_default=True,
    help="What to write; anything but jsonl needs --out.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="File to write, replaced when all is written.  [default: standard output]",
)
def import_units(
    file: Path,
    reader: str | None,
    source_lang: str | None,
    target_lang: str | None,
    name: str,
    out: Path | None,
) -> None:
    """Read the units of a translation memory, a CAT tool's job or a table.

    FILE is TMX, XLIFF 1.2 or 2, CSV, XLSX, JSON lines, Parquet, or what the names of Moses files or
    of a ladder begin with; one that trilogue export wrote gives back the same units. What is not
    taken over is listed on standard error, with its line and the reason.
    """
    from trilogue.corpora.formats.jsonl import json_lines

    if out is None and name != "jsonl":
        raise click.UsageError(f"--format {name} needs --out PATH.", click.get_current_context())
    left_out = 0

    def tell(line: LeftOut) -> None:
        nonlocal left_out
        left_out += 1
        text = f": {' '.join(line.text.split())[:80]}" if line.text else ""
        click.echo(f"{file}:{line.line}: {line.reason}{text}", err=True)

    count = 0
    if out is not None:
        count = trilogue.convert(
            file,
            out,
            name,
            reader=reader,
            source_lang=source_lang,
            target_lang=target_lang,
            on_left_out=tell,
        )
    else:
        units = trilogue.import_units(
            file,
            reader=reader,
            source_lang=source_lang,
            target_lang=target_lang,
            on_left_out=tell,
        )
        for line in json_lines(units):
            click.echo(line)
            count += 1
    click.echo(f"{out or file}: {count:,} units, {left_out:,} things left out", err=True)
