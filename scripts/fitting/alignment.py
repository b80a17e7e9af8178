"""Fit the aligner's weights: ``python -m trilogue.scripts.fitting.alignment --shared ../shared``.

Gold ladders are made of FLORES dev and of shippable bitext in the order of its documents, under
lexicons that never saw either. The weights are those of a conditional random field over ladders:
gradients of the log-probability of the gold, by forward–backward. No weight is fitted on NTREX.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click
import numpy as np
import numpy.typing as npt

from trilogue.align import ibm, stems
from trilogue.align.evidence import Evidence
from trilogue.align.lattice import (
    IMPOSSIBLE,
    LARGEST,
    Floats,
    Gaps,
    Lattice,
    Window,
    empty_scores,
    place,
    taken,
)
from trilogue.align.lexicon import Lexicon
from trilogue.align.marginals import marginals
from trilogue.align.sides import side
from trilogue.align.weights import FORMAT, KNOTS, SHAPES, SPREADS, Fitted, Weights, encoded, size
from trilogue.scripts.fitting.bitext import read_pairs
from trilogue.scripts.fitting.ladders import Known, Row, documents

WEIGHTS: Final = Path(__file__).resolve().parents[2] / "models/weights"
HELD_OUT: Final = {"ru": (), "hy": ("bilinguator", "un_sdg"), "az": ("bilinguator", "react_docs")}
"""Bitext that documents are made of; the lexicon used here is learned without it."""
DRAFTED: Final = {
    "ru": ("bergamot-base", "google", "bergamot-tiny"),
    "hy": ("opusmt", "nllb", "google"),
    "az": ("opusmt", "argos", "nllb", "google"),
}
FLORES_DOCUMENTS: Final = {"ru": 90, "hy": 100, "az": 100}
BITEXT_DOCUMENTS: Final = 90
GAPS: Final = SHAPES["gaps"][0]
NEAR: Final = 9
"""Columns on each side of the gold that a lattice of the fit holds."""
BATCH: Final = 16
STEPS: Final = 160

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A document as numbers: what each piece of evidence says of each bead near the gold.

    :ivar cells: flat places of the beads in (rows, LARGEST, LARGEST, columns), by their start.
    :ivar features: shape (weights without the gaps', beads).
    :ivar gold: sums of features over the gold's beads, and its gap counts.
    """

    rows: int
    columns: int
    cells: npt.NDArray[np.int64]
    features: npt.NDArray[np.float16]
    gold: Doubles
    kinds: Doubles

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Of beads by their first segments."""
        return self.rows, LARGEST, LARGEST, self.columns


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), default="../shared")
@click.option("--out", type=click.Path(path_type=Path), default=WEIGHTS / "alignment.json")
def main(shared: Path, out: Path) -> None:
    """Make documents, fit one set of weights for each combination of evidence, write them."""
    texts: list[Example] = []
    drafted, bare, ratios = [], [], {}
    for language, held_out in HELD_OUT.items():
        lexicon, rows = prepare(shared, language, held_out)
        flores = flores_rows(shared, language)
        ratio = sum(len(row[1]) for row in flores) / sum(len(row[0]) for row in flores)
        ratios[f"en-{language}"] = round(ratio, 3)
        for known in documents(flores, FLORES_DOCUMENTS[language], 1):
            drafted.append(_example(known, language, ratio, lexicon, drafts=True))
            bare.append(_example(known, language, ratio, None, drafts=True))
        for lines, count, seed in (
            (flores, FLORES_DOCUMENTS[language], 1),
            (rows, BITEXT_DOCUMENTS if rows else 0, 2),
        ):
            for known in documents(lines, count, seed, whole=True):
                texts.append(_example(known, language, ratio, lexicon, drafts=False))
        print(f"{language}: {len(drafted)} and {len(texts)} documents so far", flush=True)
    usual = _fitted(texts, _start(), without=("drafts", "vectors"))
    both = _fitted(drafted, usual, without=("vectors",))
    found = {
        "lexicon": usual,
        "lexicon+drafts": both,
        "drafts": _fitted(bare, both, without=("words", "vectors")),
        "none": _fitted(bare, usual, without=("words", "drafts", "vectors")),
    }
    lined, cut = _shares(texts), _shares(drafted)
    content = {
        "format": FORMAT,
        "fitted_on": _told(len(drafted), len(texts)),
        "ratios": ratios,
        "sets": {
            name: encoded(Fitted(Weights.of(w), *(lined if w is usual else cut)))
            for name, w in found.items()
        },
    }
    out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _told(drafted: int, lined: int) -> str:
    held = "; ".join(f"{lang}: {', '.join(names)}" for lang, names in HELD_OUT.items() if names)
    return (
        f"{drafted} documents of FLORES-200 dev (CC BY-SA 4.0) with published systems' drafts, "
        f"{lined} of whole lines of it and of shippable bitext ({held}); "
        "made by scripts.fitting.alignment"
    )


def prepare(shared: Path, language: str, held_out: Sequence[str]) -> tuple[Lexicon, list[Row]]:
    """A lexicon that did not see the documents, and their rows."""
    if not held_out:
        return Lexicon.load(WEIGHTS / f"lexicon-{language}.npz"), []
    rows: list[Row] = []
    pairs, weights = [], []
    for pair in read_pairs(shared, language):
        if pair.origin in held_out:
            rows.append((pair.source, pair.target, "", len(rows)))
        else:
            pairs.append((stems.stems(pair.source, "en"), stems.stems(pair.target, language)))
            weights.append(pair.weight)
    lexicon = ibm.learn(
        pairs,
        source_lang="en",
        target_lang=language,
        weights=weights,
        smallest=0.003,
        largest_vocabulary=40_000,
    )
    return lexicon, rows


def flores_rows(shared: Path, language: str) -> list[Row]:
    """FLORES dev with drafts of several systems, ten lines each in turn."""
    folder = shared / "bench/flores-dev"
    names = DRAFTED[language]
    source, target, *drafts = (
        (folder / name).read_text(encoding="utf-8").splitlines()
        for name in ("en.txt", f"{language}.txt", *(f"mt/{n}.{language}.txt" for n in names))
    )
    return [(text, target[i], drafts[i // 10 % len(names)][i], i) for i, text in enumerate(source)]


def _example(
    known: Known, language: str, ratio: float, lexicon: Lexicon | None, *, drafts: bool
) -> Example:
    """What each piece of evidence that there is says of each bead near the gold of a document."""
    evidence = Evidence(
        side(known.source, "en"),
        side(known.target, language),
        ratio=ratio,
        lexicon=lexicon,
        drafts=side(known.drafts, language) if drafts else None,
    )
    units: dict[int, Weights] = {}
    for number in range(size() - GAPS - LARGEST * LARGEST):
        unit = Weights.of(np.eye(1, size(), number)[0])
        absent = lexicon is None and unit.words.any(), not drafts and unit.drafts.any()
        if not any(absent) and not unit.vectors.any():
            units[number] = unit
    return example(known, evidence, units)


def example(known: Known, evidence: Evidence, units: Mapping[int, Weights]) -> Example:
    """A document as numbers.

    :param units: which feature is the score under which weights; kinds are always features.
    """
    rows, columns = len(known.source), len(known.target)
    starts, runs = _gold_of(known)
    shape = (rows, LARGEST, LARGEST, columns)
    cells = np.flatnonzero(_near(known, shape).ravel())
    n_kinds = LARGEST * LARGEST
    features = np.zeros((size() - GAPS, len(cells)), np.float16)
    for number, unit in units.items():
        features[number] = _scores(evidence, rows, columns, unit).ravel()[cells]
    kind = np.unravel_index(cells, shape)
    features[-n_kinds + kind[1] * LARGEST + kind[2], np.arange(len(cells))] = 1
    at = {cell: number for number, cell in enumerate(cells.tolist())}
    flat = [int(np.ravel_multi_index(start, shape)) for start in starts]
    chosen = features[:, [at[cell] for cell in flat]].astype(np.float64).sum(1)
    kinds = np.zeros((LARGEST, LARGEST))
    for _, m, n, _ in starts:
        kinds[m, n] += 1
    return Example(rows, columns, cells, features, np.concatenate([chosen, runs]), kinds)


def _scores(evidence: Evidence, rows: int, columns: int, unit: Weights) -> Floats:
    """Scores of beads by their first segments."""
    if evidence.vectors is None:
        return evidence.scores(range(rows), range(columns), unit)
    return taken(evidence.lattice([Window(0, rows, 0, columns)], unit), 0, rows, columns)


def _gold_of(known: Known) -> tuple[list[tuple[int, int, int, int]], Doubles]:
    """Beads as (row, m − 1, n − 1, column), and counts of gaps in the order of their weights."""
    beads, runs = [], np.zeros(GAPS)
    i = j = left = right = 0
    for source, target in [*known.gold, ((-1,), (-1,))]:
        if source and target:
            if left:
                runs[:2] += (1, left - 1)
            if right:
                runs[2:4] += (1, right - 1)
            runs[4] += bool(left and right)
            left = right = 0
            beads.append((i, len(source) - 1, len(target) - 1, j))
        left, right = left + len(source), right + len(target)
        if source and target:
            left = right = 0
        i, j = i + len(source), j + len(target)
    return beads[:-1], runs


def _near(known: Known, shape: tuple[int, int, int, int]) -> npt.NDArray[np.bool_]:
    """Which beads are near the gold and within the texts."""
    rows, _, _, columns = shape
    at, i, j = np.zeros(rows + 1, np.int64), 0, 0
    for source, target in known.gold:
        at[i : i + len(source) + 1] = j
        i, j = i + len(source), j + len(target)
    near = np.abs(np.arange(columns)[None, :] - at[:rows, None]) <= NEAR
    out = np.broadcast_to(near[:, None, None, :], shape).copy()
    for k in range(1, LARGEST):
        out[max(rows - k, 0) :, k:] = False
        out[:, :, k:, max(columns - k, 0) :] = False
    return out


def _start() -> Doubles:
    """Where the fit starts: 0.3 of what each piece says on its own, by counts on FLORES dev."""
    weights = Weights.of(np.zeros(size()))
    weights.words[:] = 0.3 * np.maximum(KNOTS, -1.2)
    weights.numbers[:] = (-0.9, 1.4)
    weights.names[:] = (-0.2, 0.8, 0.5, 1.3, 0.7)
    weights.drafts[:] = (-0.2, 0.1, 0.3, 0.5)
    weights.lengths[:] = -0.3 * np.array(SPREADS)
    weights.kinds[:] = -2.0 * np.add.outer(np.arange(LARGEST), np.arange(LARGEST))
    weights.gaps[:] = (-3, -2, -3, -2, -1)
    return weights.flat()


def units_of(*fields: str) -> dict[int, Weights]:
    """For each weight of some fields, by its number: that one 1 and all others 0."""
    units = {number: Weights.of(np.eye(1, size(), number)[0]) for number in range(size())}
    return {
        number: unit
        for number, unit in units.items()
        if any(getattr(unit, name).any() for name in fields)
    }


def beside(weights: Weights) -> Weights:
    """Where a fit starts whose first feature is what all other evidence says by these weights."""
    start = replace(Weights.of(np.zeros(size())), kinds=weights.kinds, gaps=weights.gaps)
    start.words.ravel()[0] = 1
    return start


def _fitted(examples: Sequence[Example], start: Doubles, *, without: Sequence[str]) -> Doubles:
    """Weights for some evidence; of what is absent they are 0.

    :param without: the fields of evidence that is absent.
    """
    free = Weights.of(np.ones(size()))
    for name in without:
        getattr(free, name)[:] = 0
    mask = free.flat()
    return fit(examples, start * mask, mask=mask)


def fit(
    examples: Sequence[Example], start: Doubles, *, mask: Doubles, penalty: float = 3.0
) -> Doubles:
    """Adam with a falling rate; the mean of the last third of the steps.

    :param mask: 1 for the weights that are free, 0 for those that stay.
    :param penalty: pull of each weight towards the start.
    """
    weights, order = start.copy(), list(range(len(examples)))
    centre = weights.copy()
    first, second, mean = (np.zeros(size()) for _ in range(3))
    rng = random.Random(1)
    batches = _batches(order, rng)
    for step in range(1, STEPS + 1):
        batch = next(batches)
        slope = _slope([examples[k] for k in batch], weights, mask)
        slope = slope * len(examples) / len(batch) * mask + penalty * (weights - centre)
        first = 0.9 * first + 0.1 * slope
        second = 0.98 * second + 0.02 * slope * slope
        rate = 0.07 * (1 - 0.9 * step / STEPS)
        change = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.98**step)) + 1e-8)
        weights = weights - rate * change
        if 3 * step > 2 * STEPS:
            mean += weights
    return np.asarray(mean / (STEPS - 2 * STEPS // 3))


def _batches(order: list[int], rng: random.Random) -> Iterator[list[int]]:
    while True:
        rng.shuffle(order)
        yield from (order[k : k + BATCH] for k in range(0, len(order) - BATCH + 1, BATCH))


def _slope(examples: Sequence[Example], weights: Doubles, mask: Doubles) -> Doubles:
    """Gradient of −log p(gold), summed over examples: expected features less the gold's."""
    windows = [Window(0, example.rows, 0, example.columns) for example in examples]
    scores = empty_scores(windows)
    bead_weights = weights[:-GAPS].astype(np.float32)
    for lane, example in enumerate(examples):
        begun = np.full(example.shape, IMPOSSIBLE, np.float32)
        begun.ravel()[example.cells] = bead_weights @ example.features.astype(np.float32)
        place(begun, scores, lane)
    sizes = np.array([(example.rows, example.columns) for example in examples])
    found = marginals(Lattice(scores, Gaps.of(weights[-GAPS:]), sizes[:, 0], sizes[:, 1]))
    slope = np.zeros(size())
    beads = found.beads()
    for lane, example in enumerate(examples):
        likely = taken(beads, lane, example.rows, example.columns).ravel()[example.cells]
        slope[:-GAPS] += example.features @ likely
        slope -= example.gold
    opened = found.opened_source.sum(), found.opened_target.sum()
    alone = found.source_gaps.sum(), found.target_gaps.sum()
    slope[-GAPS:] += (
        opened[0], alone[0] - opened[0], opened[1], alone[1] - opened[1], found.both.sum()
    )  # fmt: skip
    return slope * mask


def _shares(examples: Sequence[Example]) -> tuple[Doubles, Doubles, Doubles]:
    """How often kinds of beads and runs happen: see ``Fitted``."""
    kinds = np.sum([example.kinds for example in examples], 0) + 0.5
    runs = np.sum([example.gold[-GAPS:] for example in examples], 0)
    events = kinds.sum() + runs[0] + runs[2]
    further = runs[[1, 3]] / (runs[[0, 2]] + runs[[1, 3]])
    return kinds / events, runs[[0, 2]] / events, further


if __name__ == "__main__":
    main()
