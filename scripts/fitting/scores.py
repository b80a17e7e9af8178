"""Fit the calibrations of ``trilogue score``:

    python -m trilogue.scripts.fitting.scores --shared ../shared

Good pairs: FLORES-200 dev by people and by two good engines, and samples of five kinds of text from
the bitext. Bad pairs: the same, damaged by ``damage``. Expected chrF: what published engines made
of FLORES-200 dev. NTREX is never read here. The lexicons were learned from the same bitext, not
from FLORES, so the bitext's kinds look a little better than text of their kind that is new; the
validation with one kind left out says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

import click
import msgspec
import numpy as np
import sacrebleu

from trilogue.align.calibration import FORMAT, Calibration, Gate, Linear, Quality
from trilogue.align.lexicon import Lexicon
from trilogue.align.scores.coverage import EDGES, RARITIES
from trilogue.align.scores.explainer import Explainer
from trilogue.align.scores.measure import Fitted, Measurer
from trilogue.align.scores.text import Pair
from trilogue.align.select import Policy
from trilogue.scripts.fitting.damage import Pairs, damages, unrelated
from trilogue.scripts.fitting.gates import PLANS, RULES, fit_gate, table
from trilogue.scripts.fitting.names import fit_names
from trilogue.scripts.fitting.regression import Array, isotonic, ridge
from trilogue.scripts.fitting.score_data import (
    ENGINES,
    FLORES,
    GOOD,
    MACHINE,
    WEAK,
    Row,
    Text,
    damaged_pairs,
    good_texts,
    lines,
    measure_all,
    parallel,
)
from trilogue.scripts.fitting.validation import false_rejects, quality_errors

SEED: Final = 7
QUALITY: Final = {
    "agreement": 1,
    "confidence": 1,
    "belonging_scaled": 1,
    "rendered_source": 1,
    "rendered_target": 1,
    "gap_source_scaled": -1,
    "short": -1,
    "long_by": -1,
    "punctuation": -1,
    "unlike_numbers": -1,
    "extra": -1,
    "repeated": -1,
    "unexpected_script": -1,
    "denied": 0,
    "words": 0,
    "capitals": 0,
    "figures": 0,
    "source_word": 0,
    "target_word": 0,
    "shared": 0,
}
"""Feature → its direction in the expected chrF."""

Measured = dict[str, dict[str, list[Row]]]
"""Kind of text → kind of damage ("good" for none) → features."""


def fit_signals(measurer: Measurer, pairs: Pairs) -> Fitted:
    """Length ratio and spread, the weights of words by how they are explained, and of names."""
    sides = [measurer.sides(Pair(source, target)) for source, target in pairs]
    ours = np.array([source.letters + 4.0 for source, _ in sides])
    theirs = np.array([target.letters + 4.0 for _, target in sides])
    ratio = float(theirs.sum() / ours.sum())
    spread = float(np.mean((theirs - ratio * ours) ** 2 / ((ratio * ours + theirs) / 2)))
    explainer = measurer.explainer
    assert explainer is not None
    wrong = damaged_pairs(unrelated(pairs, Random(SEED)))
    counts = np.full((2, 2, len(EDGES) + 1, len(RARITIES) + 1), 2.0)
    for bad, some in enumerate((sides, [measurer.sides(Pair(*pair)) for pair in wrong])):
        for found in explainer.coverages(some):
            for side, half in enumerate((found.source, found.target)):
                levels = np.searchsorted(EDGES, half.evidence, side="right")
                np.add.at(counts[bad, side], (levels, np.array(half.classes, np.int64)), 1.0)
    shares = counts / counts.sum(axis=2, keepdims=True)
    weights = np.round(np.log(shares[1] / shares[0]), 3)
    return Fitted(
        round(ratio, 4),
        round(spread, 4),
        weights[0].tolist(),
        weights[1].tolist(),
        *fit_names(measurer, pairs, seed=SEED),
    )


def measure_texts(measurer: Measurer, texts: Sequence[Text], foreign: Pairs) -> Measured:
    """Features of all texts, good and damaged.

    :param foreign: FLORES in two languages, from which lines in a wrong language are taken.
    """
    found: Measured = {}
    for text in texts:
        rows: dict[str, list[Row]] = defaultdict(list)
        rows["good"] = measure_all(measurer, [Pair(*pair) for pair in text.pairs])
        others = [list(side) for side in zip(*foreign, strict=True)] if text.whole else []
        for kind, damaged in damages(text.pairs, measurer.target_lang, foreign=others, seed=SEED):
            pairs = [Pair(source, target) for _, source, target in damaged]
            rows[kind] += measure_all(measurer, pairs)
        if text.whole:
            measure_neighbours(measurer, text.pairs, rows)
        found[text.kind] = rows
    return found


def measure_neighbours(measurer: Measurer, pairs: Pairs, rows: Mapping[str, list[Row]]) -> None:
    """Add the margin over the neighbours to what was measured of a whole text, good and shifted."""
    explainer = measurer.explainer
    assert explainer is not None
    sides = [measurer.sides(Pair(source, target)) for source, target in pairs]
    shift = [(source, sides[(k + 1) % len(sides)][1]) for k, (source, _) in enumerate(sides)]
    for kind, some in (("good", sides), ("shifted", shift)):
        _, margins = explainer.margins(some, [0] * len(some))
        for row, margin in zip(rows[kind], margins, strict=True):
            row["neighbours"] = max(-6.0, min(6.0, margin or 0.0))


def fit_gates(measured: Measured, kinds: Iterable[str]) -> dict[str, Gate]:
    """The gates, from the named kinds of text; a gate that they have nothing for is left out."""
    kinds = list(kinds)
    gates = {}
    for name, plan in PLANS.items():
        good = [row for kind in kinds for row in measured[kind]["good"]]
        bad = [row for kind in kinds for some in plan.damage for row in measured[kind][some]]
        if plan.needs is None or any(plan.needs in row for row in good):
            gates[name] = fit_gate(plan, good, bad)
    return gates | RULES


def fit_faithful(calibration: Calibration, measured: Measured) -> list[tuple[float, float]]:
    """Odds → probability, with as many good pairs as bad ones, every kind of damage alike.

    What people translated, each kind by gates that were fitted on the others: gates are too sure
    of the text that they were fitted on, and machines translate more closely than people.
    """
    odds: dict[str, list[float]] = defaultdict(list)
    for kind in measured:
        if not kind.startswith(MACHINE):
            unseen = [other for other in measured if not _same_text(kind, other)]
            known = msgspec.structs.replace(calibration, gates=fit_gates(measured, unseen))
            for name, rows in measured[kind].items():
                odds[name] += [against(known, row) for row in rows]
    shares = {name: 1.0 if name == "good" else 1.0 / (len(odds) - 1) for name in odds}
    knots = isotonic(
        np.concatenate([odds[name] for name in sorted(odds)]),
        np.concatenate([np.full(len(odds[name]), float(name == "good")) for name in sorted(odds)]),
        np.concatenate([np.full(len(odds[n]), shares[n] / len(odds[n])) for n in sorted(odds)]),
        knots=40,
        rising=False,
    )
    return [(x, min(0.999, max(0.001, p))) for x, p in knots]


def _same_text(kind: str, other: str) -> bool:
    """Whether two kinds have the same sources: machines translated what the first kind is."""
    return kind == other or (kind == FLORES and other.startswith(MACHINE))


def against(calibration: Calibration, row: Row) -> float:
    """Log odds against a pair that stands alone."""
    alone = {name: value for name, value in row.items() if name != "neighbours"}
    return calibration.odds_against(calibration.ratios(alone))


def quality_rows(
    measurer: Measurer, flores: Path, drafts: Sequence[Pair], *, second: str | None
) -> tuple[list[Row], Array]:
    """Features and chrF of drafts of FLORES dev, with or without an engine's second draft.

    :param drafts: one a line.
    """
    language = measurer.target_lang
    seconds: Sequence[str | None] = [None] * len(drafts)
    if second is not None:
        seconds = [target for _, target in parallel(flores, language, second)]
    rows = measure_all(measurer, drafts, second=seconds)
    chrf = [
        sacrebleu.sentence_chrf(pair.target, [reference]).score
        for pair, reference in zip(drafts, lines(flores / f"{language}.txt"), strict=True)
    ]
    return rows, np.array(chrf)


def fit_quality(rows: list[Row], chrf: Array) -> Quality:
    """The line and its staircase."""
    signs = {name: sign for name, sign in QUALITY.items() if name in rows[0]}
    values = table(rows, list(signs))
    bias, found = ridge(values, chrf, signs=list(signs.values()))
    weights = {
        name: round(float(weight), 4)
        for name, weight in zip(signs, found, strict=True)
        if round(float(weight), 4)
    }
    line = Linear(round(bias, 4), weights)
    guessed = np.array([line(row) for row in rows])
    return Quality(line, isotonic(guessed, chrf, np.ones(len(chrf)), knots=20))


def fit(shared: Path, weights: Path, language: str) -> Calibration:
    """Everything for English and one language."""
    flores = shared / "bench/flores-dev"
    explainer = Explainer(Lexicon.load(weights / f"lexicon-{language}.npz"))
    texts = good_texts(shared, language, seed=SEED)
    plain = Measurer("en", language, explainer=explainer)
    fitted = fit_signals(plain, [pair for text in texts[: 1 + len(GOOD)] for pair in text.pairs])
    measurer = Measurer("en", language, explainer=explainer, fitted=fitted)
    measured = measure_texts(measurer, texts, parallel(flores, "ru" if language != "ru" else "hy"))
    return assemble(measurer, fitted, measured, flores, Policy.load(weights / "policy.toml"))


def assemble(
    measurer: Measurer, fitted: Fitted, measured: Measured, flores: Path, policy: Policy
) -> Calibration:
    """Gates, probabilities and quality out of what was measured, and how they validate."""
    language = measurer.target_lang
    engines = {
        name: {
            engine: quality_rows(
                measurer,
                flores,
                [Pair(*pair) for pair in parallel(flores, language, engine)],
                second=second,
            )
            for engine in ENGINES[language]
            if engine != second
        }
        for name, second in (("alone", None), ("second", WEAK[language]))
    }
    quality = {name: fit_quality(*_joined(list(rows.values()))) for name, rows in engines.items()}
    draft = Calibration(
        format=FORMAT,
        source_lang=measurer.source_lang,
        target_lang=language,
        fitted_on=described(language, measured),
        length_ratio=fitted.ratio,
        length_spread=fitted.spread,
        source_words=[list(row) for row in fitted.source_words],
        target_words=[list(row) for row in fitted.target_words],
        source_names=[list(row) for row in fitted.source_names],
        target_names=[list(row) for row in fitted.target_names],
        gates=fit_gates(measured, measured),
        faithful=[(0.0, 0.5)],
        quality=quality,
    )
    validated = false_rejects(
        draft,
        measured,
        policy,
        lambda known, kinds: msgspec.structs.replace(known, gates=fit_gates(measured, kinds)),
    )
    validated |= quality_errors(engines["second"], fit_quality)
    return msgspec.structs.replace(
        draft, faithful=fit_faithful(draft, measured), validated=validated
    )


def described(language: str, measured: Measured) -> dict[str, str]:
    """On what a calibration was fitted, in words."""
    return {
        "script": f"python -m trilogue.scripts.fitting.scores, seed {SEED}",
        "good": ", ".join(f"{kind} {len(rows['good'])}" for kind, rows in measured.items()),
        "damage": ", ".join(sorted({k for rows in measured.values() for k in rows} - {"good"})),
        "quality": f"FLORES-200 dev by {', '.join(ENGINES[language])}; second draft: "
        f"{WEAK[language]}",
    }


def _joined(parts: Sequence[tuple[list[Row], Array]]) -> tuple[list[Row], Array]:
    return [row for rows, _ in parts for row in rows], np.concatenate([chrf for _, chrf in parts])


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--weights", type=click.Path(path_type=Path, exists=True), default="models/weights")
@click.option("--to", "languages", multiple=True, default=("ru", "hy", "az"))
def main(shared: Path, weights: Path, languages: Sequence[str]) -> None:
    """Fit and write models/weights/calibration-LANG.json."""
    for language in languages:
        path = weights / f"calibration-{language}.json"
        calibration = fit(shared, weights, language)
        calibration.save(path)
        click.echo(f"{path}: {calibration.signature}")


if __name__ == "__main__":
    main()
