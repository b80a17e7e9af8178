"""``trilogue models evaluate``: how good a model's drafts are, beside what is published."""

import json
from dataclasses import asdict
from pathlib import Path

import click

import trilogue
from trilogue.models.evaluation import Quality
from trilogue.models.registry import table

TARGETS = ("ru", "hy", "az")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", multiple=True, help="Target language; repeat for more.  [default: ru hy az]")
@click.option("--model", help="A folder, a model of the hub, or builtin.  [default: as draft]")
@click.option(
    "--beam", type=click.IntRange(min=1), help="Width of the search.  [default: the model's own]"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a language.")
def evaluate(
    folder: Path, to: tuple[str, ...], model: str | None, beam: int | None, as_json: bool
) -> None:
    """Draft FOLDER/en.txt and score it against FOLDER/LANG.txt, line by line.

    chrF and BLEU as sacrebleu counts them; copied: the chrF of the source itself, the floor;
    length: characters of drafts for one of references; loops: drafts that say the same three
    times running; lost: share of the source's numbers that a draft lacks.
    """
    for at, lang in enumerate(to or TARGETS):
        found = trilogue.evaluate_model(folder, to=lang, model=model, beam=beam)
        if as_json:
            click.echo(json.dumps({"to": lang, **asdict(found)}))
            continue
        if not at:
            click.echo(
                f"{'':<4}{'chrF':>6}{'BLEU':>6}{'copied':>8}{'length':>8}{'loops':>7}{'lost':>7}"
            )
        click.echo(_row(lang, found))
        if at == len(to or TARGETS) - 1:
            click.echo(f"\nchrF {found.chrf_signature}\nBLEU {found.bleu_signature}")


def _row(lang: str, found: Quality) -> str:
    published = "; ".join(
        f"{one.model.partition('@')[0]} {one.chrf} ({one.source})"
        for one in table().get(lang, ())
        if one.chrf is not None
    )
    figures = f"{found.chrf:>6.1f}{found.bleu:>6.1f}{found.copied:>8.1f}{found.length:>8.2f}"
    return f"{lang:<4}{figures}{found.loops:>7}{found.lost_numbers:>7.1%}   published: {published}"
