"""Fit what support weighs: ``python -m trilogue.scripts.fitting.support --shared ../shared``.

Sums over words are fitted in ``fitting.alignment``, on documents some of which lost half of their
words' links. They leave a segment that nothing explains too cheap: beads took in neighbours that
people had left out. Here a value of the whole sum is fitted on top, for sets with a lexicon, on
documents whose words are mostly their own; all else stays as it is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from trilogue.align.evidence import Evidence
from trilogue.align.lattice import IMPOSSIBLE, Floats
from trilogue.align.lexicon import Lexicon
from trilogue.align.sides import side
from trilogue.align.weights import SHAPES, AlignmentModel, Doubles, Weights, encoded, size
from trilogue.scripts.fitting.alignment import (
    HELD_OUT,
    WEIGHTS,
    Example,
    beside,
    example,
    fit,
    flores_rows,
    prepare,
    units_of,
)
from trilogue.scripts.fitting.ladders import Known, documents

FREEDOMS: Final = (0.0, 0.0, 0.0, 0.15)
"""As ``ladders.FREEDOM``."""
FLORES: Final = ((60, 1, True), (30, 5, False))
"""Documents of FLORES dev in each language: how many, seed, whether of whole lines."""
BITEXT: Final = ((90, 2, True), (60, 6, False))
PENALTY: Final = 0.5
"""Pull towards weighing nothing."""


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), default="../shared")
@click.option("--weights", type=click.Path(path_type=Path), default=WEIGHTS / "alignment.json")
def main(shared: Path, weights: Path) -> None:
    """Write what support weighs into the sets of weights for a lexicon, without and with drafts."""
    content: dict[str, Any] = json.loads(weights.read_text(encoding="utf-8"))
    model = AlignmentModel.load(weights)
    found = list(_documents(shared))
    for name, drafts in (("lexicon", False), ("lexicon+drafts", True)):
        old = model.sets[name]
        chosen = [document for document in found if not drafts or any(document.known.drafts)]
        examples = [_example(document, old.weights, model, drafts=drafts) for document in chosen]
        new = replace(old.weights, support=fitted(examples, old.weights))
        content["sets"][name] = encoded(replace(old, weights=new))
        print(f"{name}: {len(examples)} documents", flush=True)
    weights.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Document:
    """Two texts with a known ladder, and a lexicon that saw neither."""

    known: Known
    language: str
    lexicon: Lexicon


def _documents(shared: Path) -> Iterator[Document]:
    for language, held_out in HELD_OUT.items():
        lexicon, rows = prepare(shared, language, held_out)
        for lines, kinds in ((flores_rows(shared, language), FLORES), (rows, BITEXT)):
            for count, seed, whole in kinds if lines else ():
                for known in documents(lines, count, seed, whole=whole, freedoms=FREEDOMS):
                    yield Document(known, language, lexicon)


class Added(Evidence):
    """Evidence whose score under weights of support is what these add to all else."""

    usual: Weights
    known: Floats | None = None

    def scores(self, rows: range, columns: range, weights: Weights) -> Floats:
        if not weights.support.any():
            return super().scores(rows, columns, weights)
        if self.known is None:
            self.known = super().scores(rows, columns, self.usual)
        changed = super().scores(rows, columns, replace(self.usual, support=weights.support))
        return np.where(self.known > IMPOSSIBLE / 2, changed - self.known, 0).astype(np.float32)


def _example(
    document: Document, weights: Weights, model: AlignmentModel, *, drafts: bool
) -> Example:
    """What support says of the beads near the gold, and, as the first feature, all else."""
    known, language = document.known, document.language
    evidence = Added(
        side(known.source, "en"),
        side(known.target, language),
        ratio=model.ratio("en", language) or 1.0,
        lexicon=document.lexicon,
        drafts=side(known.drafts, language) if drafts else None,
    )
    evidence.usual = replace(weights, support=np.zeros(SHAPES["support"]))
    return example(known, evidence, {0: evidence.usual, **units_of("support")})


def fitted(examples: list[Example], weights: Weights) -> Doubles:
    """What support weighs beside some weights, which stay."""
    free = Weights.of(np.zeros(size()))
    free.support[:] = 1
    start = beside(weights).flat()
    return Weights.of(fit(examples, start, mask=free.flat(), penalty=PENALTY)).support


if __name__ == "__main__":
    main()
