"""Fit what vectors weigh: ``python -m trilogue.scripts.fitting.vectors --encoder module:factory``.

For each set of weights without vectors one with them: what vectors, kinds of beads and gaps weigh
is fitted, all other evidence stays as it is. Documents are made of FLORES-200 dev, whose lines are
encoded; a segment of several lines has the sum of their vectors, as beads have.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from trilogue.align.evidence import Evidence
from trilogue.align.lattice import Floats
from trilogue.align.lexicon import Lexicon
from trilogue.align.sides import side
from trilogue.align.vectors import Encoder, VectorEvidence, load_encoder, weighted
from trilogue.align.weights import AlignmentModel, Fitted, Weights, encoded, size
from trilogue.scripts.fitting.alignment import (
    DRAFTED,
    FLORES_DOCUMENTS,
    WEIGHTS,
    Example,
    beside,
    example,
    fit,
    flores_rows,
    units_of,
)
from trilogue.scripts.fitting.ladders import Known, Row, documents

START: Final = (-1.5, -1.2, -0.8, -0.2, 0.8, 1.6, 2.4, 3.0)
"""Where the weights of vectors start from."""
Pair = tuple[Floats, Floats]


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), default="../shared")
@click.option("--weights", type=click.Path(path_type=Path), default=WEIGHTS / "alignment.json")
@click.option("--encoder", required=True, help="module:factory of what encodes.")
def main(shared: Path, weights: Path, encoder: str) -> None:
    """Add sets with vectors to the weights, or replace those that are there."""
    content: dict[str, Any] = json.loads(weights.read_text(encoding="utf-8"))
    model = AlignmentModel.load(weights)
    encode = load_encoder(encoder)
    known = list(_documents(shared, encode))
    for name in [name for name in model.sets if "vectors" not in name]:
        fitted = model.sets[name]
        examples = [_example(*document, name, fitted, model) for document in known]
        found = replace(fitted, weights=_fitted(examples, fitted.weights))
        content["sets"]["vectors" if name == "none" else f"{name}+vectors"] = encoded(found)
        print(f"{name}: {len(examples)} documents", flush=True)
    content["vectors_of"] = encode.signature
    weights.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _documents(shared: Path, encode: Encoder) -> Iterator[tuple[Known, str, Lexicon, Pair]]:
    for language in DRAFTED:
        lexicon = Lexicon.load(WEIGHTS / f"lexicon-{language}.npz")
        rows = flores_rows(shared, language)
        vectors = _vectors(rows, encode)
        for known in documents(rows, FLORES_DOCUMENTS[language] // 2, 3, whole=True):
            yield known, language, lexicon, vectors


def _vectors(rows: Sequence[Row], encode: Encoder) -> Pair:
    """Unit vectors of lines, times their lengths: what segments add up from."""
    sides = []
    for k in (0, 1):
        texts = [row[:2][k] for row in rows]
        found = encode.encode(texts)
        lengths = np.array([[len(text)] for text in texts], np.float32)
        sides.append(found / np.linalg.norm(found, axis=1, keepdims=True) * lengths)
    return sides[0], sides[1]


def _example(
    known: Known,
    language: str,
    lexicon: Lexicon,
    vectors: Pair,
    name: str,
    fitted: Fitted,
    model: AlignmentModel,
) -> Example:
    """What vectors say of the beads near the gold, and, as the first feature, all else."""
    source, target = side(known.source, "en"), side(known.target, language)
    lines = ((vectors[0], known.source_lines, source), (vectors[1], known.target_lines, target))
    sides = [
        weighted(np.stack([of[rows].sum(0) for rows in each]), one.lengths, where="FLORES")
        for of, each, one in lines
    ]
    evidence = Evidence(
        source,
        target,
        ratio=model.ratio("en", language) or 1.0,
        lexicon=lexicon if "lexicon" in name else None,
        drafts=side(known.drafts, language) if "drafts" in name else None,
        vectors=VectorEvidence(sides[0], sides[1], fitted),
    )
    return example(known, evidence, {0: fitted.weights, **units_of("vectors")})


def _fitted(examples: Sequence[Example], weights: Weights) -> Weights:
    """The weights with those of vectors, kinds and gaps fitted."""
    free, start = Weights.of(np.zeros(size())), beside(weights)
    for name in ("vectors", "kinds", "gaps"):
        getattr(free, name)[:] = 1
    start.vectors[:] = START
    found = Weights.of(fit(examples, start.flat(), mask=free.flat()))
    return replace(weights, vectors=found.vectors, kinds=found.kinds, gaps=found.gaps)


if __name__ == "__main__":
    main()
