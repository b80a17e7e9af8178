"""``trilogue review import``: sheets that come back."""

from collections import Counter
from pathlib import Path

import click

import trilogue
from trilogue.scripts.commands.review_options import corpus_argument, database_option


@click.command("import")
@corpus_argument
@click.argument("sheet", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", "name", required=True, metavar="NAME", help="Account that decided.")
@database_option
def import_(corpus: Path, sheet: Path, name: str, database: str | None) -> None:
    """Take over what a sheet (XLSX, XLIFF, CSV) decides.

    Never over a decision that is newer than the sheet: such rows are skipped, and named with the
    reason, one a line.
    """
    tally: Counter[str] = Counter()
    for outcome in trilogue.review_receive(corpus, sheet, by=name, database=database):
        tally[outcome.done] += 1
        if outcome.done == "skipped":
            click.echo(f"{outcome.where}\t{outcome.why}")
    said = ", ".join(f"{number:,} {done}" for done, number in sorted(tally.items()))
    click.echo(f"{sheet}: {said or 'no rows'}", err=True)
