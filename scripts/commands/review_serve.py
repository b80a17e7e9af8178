"""``trilogue review serve``: the page that translators work on."""

from pathlib import Path

import click

import trilogue
from trilogue.scripts.commands.review_options import corpus_argument, database_option


@click.command()
@corpus_argument
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0 takes a free one.",
)
@click.option("--name", "names", multiple=True, help="Host name that people type; repeat for more.")
@click.option(
    "--glossary",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Terms to show and to check (docs/drafting.md).",
)
@click.option(
    "--second",
    "share",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Share of decided units that another person sees blindly.",
)
@click.option("--seed", default=7, show_default=True, help="Draws the samples, the first time.")
@click.option(
    "--https", is_flag=True, help="A proxy serves https before it: cookies go there only."
)
def serve(
    corpus: Path,
    database: str | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    glossary: Path | None,
    share: float,
    seed: int,
    https: bool,
) -> None:
    """Serve the review of a corpus until interrupted.

    The address, and on the first start an account and its token, go to standard error. Other
    addresses than this machine's own are served when there are accounts.
    """
    trilogue.review_serve(
        corpus,
        database=database,
        host=host,
        port=port,
        names=names,
        glossary=glossary,
        share=share,
        seed=seed,
        secure=https,
    )
