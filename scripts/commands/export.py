"""``trilogue export``: the units of a corpus in the format that their next user's tool reads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from trilogue.corpora.types import Origin, Verdict


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--format",
    "name",
    required=True,
    type=click.Choice(["tmx", "jsonl"]),
    help="What to write (docs/formats.md).",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="File to write; one that is there is replaced when all is written.",
)
@click.option("--lang", "langs", multiple=True, help="Only this target language; repeat for more.")
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
def export(
    corpus: Path,
    name: str,
    out: Path,
    langs: tuple[str, ...],
    verdicts: tuple[str, ...],
    origins: tuple[str, ...],
    min_faithful: float | None,
) -> None:
    """Write the units of a corpus to a file.

    Units come in the order of the text, all origins and verdicts, unless less is asked for.
    """
    from trilogue.corpora.corpus import Corpus
    from trilogue.corpora.exports import Choice, records
    from trilogue.corpora.formats import jsonl, tmx

    writers: dict[str, Callable[[Path, Any], int]] = {
        "tmx": tmx.write_tmx,
        "jsonl": jsonl.write_jsonl,
    }
    choice = Choice(
        languages=langs,
        verdicts=tuple(map(Verdict, verdicts)),
        origins=tuple(map(Origin, origins)),
        min_faithful=min_faithful,
    )
    count = writers[name](out, records(Corpus(corpus), choice))
    click.echo(f"{out}: {count:,} units", err=True)
