"""``trilogue models list``: which models could draft, and which one does."""

import json
from dataclasses import asdict, dataclass

import click

from trilogue.corpora.errors import ModelError
from trilogue.corpora.languages import TARGETS
from trilogue.models import registry


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate; ``taken`` if it is the one that drafts unless another is named."""

    to: str
    model: str
    licence: str
    chrf: float | None
    source: str
    here: bool
    taken: bool


@click.command("list")
@click.option("--to", type=click.Choice(TARGETS), help="This language alone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a model.")
def list_models(to: str | None, as_json: bool) -> None:
    """List the models that could draft, best first.

    Those marked "here" are on this machine, the one marked "*" drafts unless another is named.
    Nothing is fetched: `trilogue models pull NAME` does that.
    """
    for lang in (to,) if to else TARGETS:
        taken = _taken(lang)
        for one in registry.table()[lang]:
            here = registry.is_here(one.model)
            chosen = one.model == taken
            row = Row(lang, one.model, one.licence, one.chrf, one.source, here, chosen)
            click.echo(json.dumps(asdict(row)) if as_json else _line(row))


def _line(row: Row) -> str:
    score = "     –" if row.chrf is None else f"{row.chrf:>6.1f}"
    mark = "*" if row.taken else " "
    here = "here" if row.here else "    "
    return f"{mark} {row.to}  {here}  chrF {score}  {row.model}  {row.licence}  ({row.source})"


def _taken(lang: str) -> str | None:
    try:
        return registry.choose(lang).model
    except ModelError:
        return None
