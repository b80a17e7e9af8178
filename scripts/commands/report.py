"""``trilogue report``: what a corpus holds, in figures."""

from pathlib import Path

import click


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
def report(corpus: Path) -> None:
    """Print the figures of a corpus: verdicts, quality, and the worst units with their reasons.

    Quality is the expected chrF against a human translation, 0 to 100; "false accepts" the share of
    accepted units that their calibrated probabilities expect to be wrong.
    """
    from trilogue.corpora.corpus import Corpus
    from trilogue.corpora.report import report as figures
    from trilogue.scripts.tables import report_text

    click.echo(report_text(figures(Corpus(corpus)), title=str(corpus)))
