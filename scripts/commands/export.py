"""``trilogue export``: the units of a corpus in the format that their next user's tool reads."""

from pathlib import Path

import click

import trilogue
from trilogue.corpora.languages import TARGETS
from trilogue.corpora.types import Origin, Verdict

NAMES = ["tmx", "xliff", "xliff2", "csv", "xlsx", "jsonl", "moses", "ladder", "parquet"]


def two_languages(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[str, str] | None:
    """Two different target languages with a hyphen between."""
    if value is None:
        return None
    first, _, second = value.partition("-")
    if first not in TARGETS or second not in TARGETS or first == second:
        expected = f"expected two of {', '.join(TARGETS)}, as ru-hy"
        raise click.BadParameter(f"got {value!r}, {expected}", ctx, param)
    return first, second


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--format",
    "name",
    required=True,
    type=click.Choice(NAMES),
    help="What to write (docs/exchange.md): xliff is XLIFF 1.2, xliff2 is XLIFF 2.1.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="File to write, replaced when all is written; for moses and ladder, PATH.en-ru.en etc.",
)
@click.option(
    "--lang",
    "langs",
    multiple=True,
    help="Only this target language; repeat for more.  [default: all]",
)
@click.option(
    "--only",
    "verdicts",
    multiple=True,
    type=click.Choice([verdict.value for verdict in Verdict]),
    help="Only units of this verdict; repeat for more.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    type=click.Choice([origin.value for origin in Origin]),
    help="Only units of this origin; repeat for more.",
)
@click.option(
    "--min-faithful",
    type=click.FloatRange(0, 1),
    help="Only units at least this faithful; those without the score stay behind.",
)
@click.option(
    "--pivot",
    callback=two_languages,
    metavar="LANG-LANG",
    help="Pair two target languages through the English, as ru-hy.",
)
def export(
    corpus: Path,
    name: str,
    out: Path,
    langs: tuple[str, ...],
    verdicts: tuple[str, ...],
    origins: tuple[str, ...],
    min_faithful: float | None,
    pivot: tuple[str, str] | None,
) -> None:
    """Write the units of a corpus to a file.

    Units come in the order of the text, all origins and verdicts, unless less is asked for.
    """
    count = trilogue.export(
        corpus,
        name,
        out,
        langs=langs,
        verdicts=verdicts,
        origins=origins,
        min_faithful=min_faithful,
        pivot=pivot,
    )
    click.echo(f"{out}: {count:,} units", err=True)
