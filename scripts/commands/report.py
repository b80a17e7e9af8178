"""``trilogue report``: what a corpus holds, in figures."""

from pathlib import Path

import click

import trilogue


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page for a browser instead; it holds all that it needs.",
)
def report(corpus: Path, html: Path | None) -> None:
    """Print the figures of a corpus: verdicts, quality, and the worst units with their reasons.

    Quality is the expected chrF against a human translation, 0 to 100; "false accepts" the share of
    accepted units that their calibrated probabilities expect to be wrong.
    """
    from trilogue.corpora.shards import write_lines
    from trilogue.scripts.page import report_page
    from trilogue.scripts.tables import report_text

    found = trilogue.report(corpus)
    if html is None:
        click.echo(report_text(found, title=str(corpus)))
        return
    html.parent.mkdir(parents=True, exist_ok=True)
    write_lines(html, report_page(found, title=corpus.resolve().name).splitlines())
    click.echo(str(html), err=True)
