"""``trilogue evaluate ladder``: how well a ladder agrees with the true one."""

import json
from pathlib import Path

import click

import trilogue
from trilogue.align.beads import Agreement, Counts

FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command("ladder")
@click.argument("gold", type=FILE)
@click.argument("test", type=FILE)
@click.option("--source", type=FILE, help="Source segments: both ladders must fit them.")
@click.option("--target", type=FILE, help="Target segments: both ladders must fit them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def evaluate_ladder(
    gold: Path, test: Path, source: Path | None, target: Path | None, as_json: bool
) -> None:
    """Compare the ladder TEST with the true ladder GOLD.

    Strict: a bead counts when it is exactly a gold bead; lax: when it shares a source and a target
    segment with one. Precision counts every bead of TEST, recall the beads of GOLD with both
    sides. The interval of F1 is 95 %, by bootstrap.
    """
    found = trilogue.evaluate_ladder(gold, test, source=source, target=target)
    click.echo(json.dumps(_object(found)) if as_json else _table(found))


def _object(found: Agreement) -> dict[str, object]:
    rows = {"strict": found.strict, "lax": found.lax}
    figures: dict[str, object] = {name: _figures(counts) for name, counts in rows.items()}
    figures["strict_f1_interval"] = [round(value, 4) for value in found.interval]
    figures["kinds"] = {kind: _figures(counts) for kind, counts in found.kinds.items()}
    return figures


def _figures(counts: Counts) -> dict[str, float | int]:
    return {
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
        "tested": counts.tested,
        "gold": counts.wanted,
    }


def _table(found: Agreement) -> str:
    low, high = found.interval
    lines = [f"{'':<8}{'precision':>10}{'recall':>8}{'F1':>8}   beads (gold: with both sides)"]
    rows = {"strict": found.strict, "lax": found.lax, **found.kinds}
    for name, counts in rows.items():
        figures = f"{counts.precision:>10.4f}{counts.recall:>8.4f}{counts.f1:>8.4f}"
        note = f"   95 %: {low:.4f} to {high:.4f}" if name == "strict" else ""
        lines.append(f"{name:<8}{figures}   {counts.tested} (gold: {counts.wanted}){note}")
    return "\n".join(lines)
