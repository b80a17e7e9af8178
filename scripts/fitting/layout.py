"""Fit what layout weighs: ``python -m trilogue.scripts.fitting.layout --shared ../shared``.

For each set of weights what paragraphs, turns and speakers weigh; all else stays as it is, so that
texts without layout are aligned as before. Documents are those of ``fitting.alignment``, of FLORES
dev. Their layout is made: breaks where both sides have one, and some that a side lost or added.
"""

import json
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from trilogue.align.evidence import Evidence
from trilogue.align.layout import PARAGRAPH, TURN, Layout, LayoutEvidence, Layouts
from trilogue.align.lexicon import Lexicon
from trilogue.align.sides import side
from trilogue.align.weights import SHAPES, AlignmentModel, Doubles, Weights, encoded, size
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
from trilogue.scripts.fitting.ladders import Known, documents

FIELDS: Final = ("starts", "inside", "speakers")
PENALTY: Final = 1.0
"""Pull towards weighing nothing."""
TURNS: Final = (0.0, 0.1, 0.3)
"""Shares of beads that a turn begins with; a document takes one."""
PARAGRAPHS: Final = (0.1, 0.3, 0.6)
LOST: Final = (0.02, 0.1, 0.3)
"""Shares of paragraphs that one side has not; a document takes one. Of turns a fifth of that."""
ADDED: Final = 0.3
"""Paragraphs that one side alone has, inside of beads too, for each that it lost."""
SPEAKERS: Final = ("Anna", "Boris", "Clara", "")
"""Who speaks in a document; one whose name is not known on both sides."""


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), default="../shared")
@click.option("--weights", type=click.Path(path_type=Path), default=WEIGHTS / "alignment.json")
def main(shared: Path, weights: Path) -> None:
    """Write what layout weighs into the weights; with vectors it weighs what it does without."""
    content: dict[str, Any] = json.loads(weights.read_text(encoding="utf-8"))
    model = AlignmentModel.load(weights)
    found = list(_documents(shared))
    for name in [name for name in model.sets if "vectors" not in name]:
        examples = [_example(document, name, model) for document in found]
        layout = fitted(examples, model.sets[name].weights)
        for each in (name, "vectors" if name == "none" else f"{name}+vectors"):
            old = model.sets[each]
            new = replace(old, weights=replace(old.weights, **layout))
            content["sets"][each] = encoded(new)
        print(f"{name}: {len(examples)} documents", flush=True)
    weights.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Document:
    """Two texts with a known ladder, and how they are laid out."""

    known: Known
    language: str
    lexicon: Lexicon | None
    layouts: Layouts


def _documents(shared: Path) -> Iterator[Document]:
    rng = random.Random(1)
    for language in DRAFTED:
        lexicon = Lexicon.load(WEIGHTS / f"lexicon-{language}.npz")
        rows = flores_rows(shared, language)
        for known in documents(rows, FLORES_DOCUMENTS[language], 1):
            yield Document(known, language, lexicon, laid_out(known, rng))


def laid_out(known: Known, rng: random.Random) -> Layouts:
    """A layout that both sides of a document share but for what one lost or added."""
    turns, paragraphs, lost = (rng.choice(shares) for shares in (TURNS, PARAGRAPHS, LOST))
    sides = [0] * len(known.source), [0] * len(known.target)
    i = j = 0
    starts = []
    for source, target in known.gold:
        kind = TURN if rng.random() < turns else PARAGRAPH if rng.random() < paragraphs else 0
        for breaks, at in zip(sides, (i, j), strict=True):
            kept = rng.random() >= (lost / 5 if kind == TURN else lost)
            if at < len(breaks) and kept:
                breaks[at] = max(breaks[at], kind)
        if kind == TURN:
            starts.append((i, j))
        i, j = i + len(source), j + len(target)
    for breaks in sides:
        for at in range(len(breaks)):
            if not breaks[at] and rng.random() < ADDED * lost * paragraphs:
                breaks[at] = PARAGRAPH
    speakers = [rng.choice(SPEAKERS) for _ in range(len(starts) + 1)]
    first, second = (
        tuple(speakers[bisect_right(at, k)] for k in range(len(breaks)))
        for breaks, at in zip(sides, zip(*starts, strict=True) if starts else ((), ()), strict=True)
    )
    return Layout(tuple(sides[0]), first), Layout(tuple(sides[1]), second)


def _example(document: Document, name: str, model: AlignmentModel) -> Example:
    """What layout says of the beads near the gold, and, as the first feature, all else."""
    known, language = document.known, document.language
    evidence = Evidence(
        side(known.source, "en"),
        side(known.target, language),
        ratio=model.ratio("en", language) or 1.0,
        lexicon=document.lexicon if "lexicon" in name else None,
        drafts=side(known.drafts, language) if "drafts" in name else None,
        layout=LayoutEvidence(document.layouts, source_lang="en", target_lang=language),
    )
    weights = model.sets[name].weights
    else_ = replace(weights, **{name: np.zeros(SHAPES[name]) for name in FIELDS})
    return example(known, evidence, {0: else_, **units_of(*FIELDS)})


def fitted(examples: Sequence[Example], weights: Weights) -> dict[str, Doubles]:
    """What layout weighs beside some weights, which stay."""
    free = Weights.of(np.zeros(size()))
    for name in FIELDS:
        getattr(free, name)[:] = 1
    # Segments that begin nothing on both sides are the rule: that weighs nothing.
    free.starts[0] = 0
    start = beside(weights).flat()
    found = Weights.of(fit(examples, start, mask=free.flat(), penalty=PENALTY))
    return {name: getattr(found, name) for name in FIELDS}


if __name__ == "__main__":
    main()
