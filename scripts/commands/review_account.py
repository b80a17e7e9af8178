"""``trilogue review account``: who may sign in."""

from pathlib import Path

import click

import trilogue
from trilogue.scripts.commands.review_options import corpus_argument, database_option


@click.command()
@corpus_argument
@click.argument("name")
@database_option
@click.option(
    "--role",
    type=click.Choice(["translator", "reviewer", "admin"]),
    default="translator",
    show_default=True,
    help="Reviewers see second reviews, and undo what others decided; admins may all.",
)
@click.option("--disable", is_flag=True, help="End the account; what it decided stays.")
def account(corpus: Path, name: str, database: str | None, role: str, disable: bool) -> None:
    """Make an account, or give it a new token and role; print the token, which is kept nowhere."""
    token = trilogue.review_account(corpus, name, role=role, database=database, end=disable)
    if token is not None:
        click.echo(token)
