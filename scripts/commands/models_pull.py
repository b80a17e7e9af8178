"""``trilogue models pull``: fetch a model of the hub, to draft with it from then on."""

import click

from trilogue.models import registry


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME[@REV]...")
def pull(names: tuple[str, ...]) -> None:
    """Fetch models of the hub and print the folder of each.

    A model of `trilogue models list` comes in the revision that stands there, unless another is
    named. Needs trilogue[hub] and a network.
    """
    for name in names:
        click.echo(registry.pull(name))
