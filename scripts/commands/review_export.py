"""``trilogue review export``: decisions for the next build, or units for those who work offline."""

from pathlib import Path

import click

import trilogue
from trilogue.scripts.commands.review_options import corpus_argument, database_option


@click.command()
@corpus_argument
@database_option
@click.option(
    "--format",
    "name",
    type=click.Choice(["snapshot", "xlsx", "xliff", "csv"]),
    default="snapshot",
    show_default=True,
    help="snapshot is for 'trilogue build'; the others are sheets of units that wait.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The sheet to write.")
@click.option("--lang", default="", help="Sheets: only this target language.")
@click.option("--verdict", default="", help="Sheets: only units of this verdict.")
@click.option("--status", default="", help="Sheets: units of this status instead of those waiting.")
def export(
    corpus: Path,
    database: str | None,
    name: str,
    out: Path | None,
    lang: str,
    verdict: str,
    status: str,
) -> None:
    """Hand over what people decided, or send units to people who work offline.

    A snapshot goes to DIR/review/snapshots; the next 'trilogue build' of DIR makes units of it.
    """
    if name == "snapshot":
        path, count = trilogue.review_snapshot(corpus, database=database)
        click.echo(f"{path}: {count:,} units answered", err=True)
        return
    if out is None:
        raise click.UsageError("a sheet takes --out FILE")
    sent = trilogue.review_send(
        corpus, out, kind=name, database=database, lang=lang, verdict=verdict, status=status
    )
    click.echo(f"{out}: {sent:,} units", err=True)
