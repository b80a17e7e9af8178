"""``trilogue publish``: a corpus as a dataset on the Hugging Face hub."""

from pathlib import Path

import click

import trilogue


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--repo", required=True, metavar="USER/NAME", help="The dataset on the hub.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Write the folder, print what differs from the hub, change nothing there.",
)
@click.option(
    "--licence",
    metavar="SPDX",
    help="Licence of documents that state none; without it they are refused.",
)
@click.option(
    "--mixed-licences", is_flag=True, help="Publish documents of different licences together."
)
def publish(
    corpus: Path, repo: str, dry_run: bool, licence: str | None, mixed_licences: bool
) -> None:
    """Publish a corpus: data, card, licences, in one commit, with a tag.

    The dataset stands in DIR/publish first. A new repository is private. A corpus that did not
    change makes no commit.
    """
    outcome = trilogue.publish(
        corpus, repo, dry_run=dry_run, licence=licence, mixed_licences=mixed_licences
    )
    for change in outcome.changes:
        click.echo(f"{change.action:<7} {change.size:>12,}  {change.path}")
    if outcome.published is None:
        click.echo(f"{outcome.folder}: {len(outcome.changes)} files differ; dry run", err=True)
    else:
        done = outcome.published
        what = "committed" if done.changes else "unchanged, no commit"
        click.echo(f"{repo}: {what}, {done.tag} at {done.sha}", err=True)
