"""``trilogue calibrate``: a policy and probabilities fitted to what translators decided."""

from pathlib import Path

import click

import trilogue
from trilogue.corpora.languages import TARGETS
from trilogue.scripts.commands.build import assignments
from trilogue.scripts.commands.review_options import database_option


@click.command()
@click.argument("decided", type=click.Path(exists=True, path_type=Path), metavar="DIR|TABLE")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="New folder for policy.toml and the calibrations.",
)
@click.option("--lang", "langs", multiple=True, metavar="LANG", help="Only these languages.")
@click.option(
    "--false-accepts",
    type=click.FloatRange(0.0, 1.0, min_open=True, max_open=True),
    default=0.02,
    show_default=True,
    help="Share of the accepted units that may be wrong.",
)
@click.option(
    "--policy",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Policy to start from, instead of the default.",
)
@click.option(
    "--calibration",
    "calibrations",
    multiple=True,
    metavar="LANG=FILE",
    callback=assignments(TARGETS),
    help="Calibration to start from: the one that the corpus was scored with.",
)
@database_option
def calibrate(
    decided: Path,
    out: Path,
    langs: tuple[str, ...],
    false_accepts: float,
    policy: Path | None,
    calibrations: list[tuple[str, str]],
    database: str | None,
) -> None:
    """Fit the gate to the decisions of a review of the corpus in DIR, or to labels in a TABLE.

    Of a review, accepted drafts and edits of wording only are good, rejected ones and edits of
    meaning are bad. TABLE is as for trilogue evaluate scores, with a column good, and one --lang.
    Nothing is changed in place: a policy and calibrations are written to a new folder, for
    trilogue score --policy --calibration, and for the recipe of trilogue build. They belong
    together: the policy's thresholds hold for these calibrations.
    """
    found = trilogue.calibrate(
        decided,
        out=out,
        langs=langs,
        false_accepts=false_accepts,
        policy=policy,
        calibrations={lang: Path(file) for lang, file in calibrations},
        database=database,
    )
    for one in found:
        before, wrong = one.before
        click.echo(
            f"{one.language}: {one.decisions:,} decisions, {one.bad:,} on wrong drafts; accepted "
            f"until now {before:,}, {wrong:,} of them wrong; from faithful {one.threshold:.4f} on "
            f"{one.accepted:,}, {one.wrong:,} wrong"
        )
        if not one.accepted:
            click.echo(
                f"{one.language}: no threshold keeps to {false_accepts:g}; nothing is accepted",
                err=True,
            )
    click.echo(f"{out}: policy.toml and {len(found)} calibrations")
