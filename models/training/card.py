"""What a checkpoint says of itself: how it was made, of what, how good it is, and its limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trilogue.models.evaluation import Quality
from trilogue.models.training.network import Shape
from trilogue.models.training.recipe import Recipe
from trilogue.models.training.sources import MONO, SOURCES

MEASURES = "chrF|BLEU|chrF of copying|length|loops|lost numbers"


@dataclass(frozen=True, slots=True)
class Measured:
    """Scores of drafts into one language on one set."""

    set: str
    to: str
    quality: Quality


def parameters(shape: Shape) -> int:
    """How many weights a network of this shape has."""
    layer = 4 * shape.width**2 + 2 * shape.width * shape.inner
    cross = 4 * shape.width**2
    layers = shape.encoder_layers * layer + shape.decoder_layers * (layer + cross)
    return shape.vocabulary * shape.width + layers


def text(
    recipe: Recipe,
    shape: Shape,
    counts: Mapping[str, Mapping[str, int]],
    *,
    made: str = "",
    measured: Sequence[Measured] = (),
    limits: str = "",
) -> str:
    """The card, as Markdown.

    :param counts: file → source → pairs or segments kept, see ``material.write_counts``.
    :param made: how the run went: steps, tokens, time, on what; ``limits`` what to beware of.
    """
    size = f"{shape.encoder_layers}+{shape.decoder_layers} layers, width {shape.width}"
    weights = f"{parameters(shape) / 1e6:.1f} M weights"
    parts = [
        f"# {recipe.name}",
        f"English to Russian (`>>rus<<`), Armenian (`>>hye<<`) and Azerbaijani (`>>aze_Latn<<`); "
        f"{size}, {shape.vocabulary - 1} pieces, {weights}. {made}".strip(),
        limits,
        scores(measured),
        sources(counts),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def scores(measured: Sequence[Measured]) -> str:
    """The table of scores, with their signatures."""
    if not measured:
        return ""
    names = MEASURES.split("|")
    head = ["| set | language | " + " | ".join(names) + " |", "|---" * (len(names) + 2) + "|"]
    rows = [
        f"| {one.set} | {one.to} | {q.chrf:.1f} | {q.bleu:.1f} | {q.copied:.1f} | {q.length:.2f} | "
        f"{q.loops} | {q.lost_numbers:.1%} |"
        for one in measured
        for q in [one.quality]
    ]
    first = measured[0].quality
    signatures = f"chrF `{first.chrf_signature}`, BLEU `{first.bleu_signature}`."
    return "\n".join([*head, *rows, "", signatures])


def sources(counts: Mapping[str, Mapping[str, int]]) -> str:
    """The table of what it was trained on, after cleaning."""
    rows = ["Pairs and segments after cleaning:", "", "| file | source | kept | licence |"]
    rows.append("|---|---|---|---|")
    known = SOURCES | MONO
    rows += [
        f"| {file} | {source} | {kept:,} | {known[source].licence} |"
        for file, kinds in counts.items()
        for source, kept in kinds.items()
        if source in known
    ]
    return "\n".join(rows)
