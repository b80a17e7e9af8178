"""``trilogue report``: what a corpus holds, in figures."""

from pathlib import Path

import click

import trilogue
from trilogue.scripts.tables import report_text


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
def report(corpus: Path) -> None:
    """Print the figures of a corpus: verdicts, quality, and the worst units with their reasons.

    Quality is the expected chrF against a human translation, 0 to 100; "false accepts" the share of
    accepted units that their calibrated probabilities expect to be wrong.
    """
    click.echo(report_text(trilogue.report(corpus), title=str(corpus)))
