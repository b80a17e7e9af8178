"""``trilogue review``: what translators decide, and its way back into the corpus."""

from typing import Final

import click

from trilogue.scripts.lazy import LazyGroup

COMMANDS: Final = {
    "serve": "review_serve:serve",
    "account": "review_account:account",
    "export": "review_export:export",
    "import": "review_import:import_",
}
"""Command → module and function in this package, in the order of use."""


@click.group(cls=LazyGroup, lazily=COMMANDS, no_args_is_help=True)
def review() -> None:
    """Show units to translators, keep their decisions, hand them back to the build."""
