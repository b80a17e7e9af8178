"""``trilogue evaluate scores``: what the scores are worth on one's own labels."""

import json
from dataclasses import asdict
from pathlib import Path

import click

import trilogue
from trilogue.align.metrics import Bin
from trilogue.align.score_figures import ScoreFigures

FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command("scores")
@click.argument("labelled", type=FILE)
@click.option("--from", "source_lang", default="en", show_default=True, metavar="LANG")
@click.option("--to", "target_lang", required=True, metavar="LANG")
@click.option("--policy", type=FILE, help="Thresholds of your own, as TOML.")
@click.option("--calibration", type=FILE, help="Probabilities of your own (trilogue calibrate).")
@click.option(
    "--plot", type=click.Path(dir_okay=False, path_type=Path), help="Write charts as SVG here."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
def evaluate_scores(
    labelled: Path,
    source_lang: str,
    target_lang: str,
    policy: Path | None,
    calibration: Path | None,
    plot: Path | None,
    as_json: bool,
) -> None:
    """Compare the scores of the pairs in LABELLED with what people say of them.

    LABELLED is a table with tabs, its first line names the columns: source, target, and one or more
    of good (1 or 0), quality (0-100) and reference (a human translation). A column kind breaks
    recall down; a column second holds another draft. Recall is told at 5 % false alarms.
    """
    found = trilogue.evaluate_scores(
        labelled,
        source_lang=source_lang,
        target_lang=target_lang,
        policy=policy,
        calibration=calibration,
    )
    if plot is not None:
        from trilogue.scripts.charts import svg

        plot.write_text(svg(found), encoding="utf-8")
    click.echo(json.dumps(_object(found)) if as_json else _tables(found))


def _object(found: ScoreFigures) -> dict[str, object]:
    rows = asdict(found)
    del rows["goods"], rows["bads"]
    return rows


def _tables(found: ScoreFigures) -> str:
    lines = [f"{found.pairs:,} pairs, {found.good:,} of them good"]
    if found.detections:
        lines += ["", f"{'faithful':<20}{'bad pairs':>10}{'AUC':>8}{'recall at 5 %':>15}"]
        lines += [
            f"{one.kind or 'all kinds':<20}{one.bad:>10,}{one.auc:>8.3f}{one.recall:>15.3f}"
            for one in found.detections
        ]
        lines.append("")
    for title, value in (
        ("good pairs rejected", found.false_rejects),
        ("accepted pairs that are bad", found.false_accepts),
        ("  as their probabilities promise", found.promised),
        ("calibration error of faithful", found.faithful_error),
        ("Spearman of quality", found.spearman),
        ("calibration error of quality / 100", found.quality_error),
    ):
        if value is not None:
            lines.append(f"{title:<36}{value:>7.3f}")
    for name, bins in (("faithful", found.faithful), ("quality / 100", found.quality)):
        if bins:
            lines += ["", f"{name:<14}{'true':>6}   promised (o) and true (bar)"]
            lines += [_bar(one) for one in bins]
    return "\n".join(lines)


def _bar(one: Bin, width: int = 40) -> str:
    cells = ["="] * round(one.true * width) + [" "] * (width - round(one.true * width))
    cells.append(" ")
    cells[round(one.promised * width)] = "o"
    return f"{one.promised:<14.2f}{one.true:>6.2f}   |{''.join(cells)}| {one.pairs:,}"
