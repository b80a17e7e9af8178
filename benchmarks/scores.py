"""What the scores catch, on FLORES-200 dev and NTREX-128, by people and by engines.

    .venv/bin/python benchmarks/scores.py --shared ../shared [--to ru] [--quick]

Recall: share of the damaged pairs whose `faithful` lies below the value that 5 % of the good pairs
of the same text lie below. The calibrations were fitted on FLORES dev and on bitext: figures of
FLORES and of law and interface (another sample of the bitext) are in-sample, NTREX (news, another
translator) and the non-commercial sets (speech: TED; news: X-WMT) are held out. Damage is made by
trilogue.scripts.fitting.damage, seed 11 (fitted: 7); "merged" (two sources, one target), "near
name" (of a line nearby) and "2 numbers" (they change places) were never fitted on.
"""

import argparse
import gzip
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import sacrebleu

from trilogue.align.metrics import calibration_error, recall_at, spearman
from trilogue.align.scores import Assessor, Pair
from trilogue.corpora.types import Assessment, Verdict
from trilogue.scripts.assessors import load_assessor
from trilogue.scripts.fitting.damage import UNSEEN, Pairs, damages
from trilogue.scripts.fitting.score_data import ENGINES, WEAK, good_texts, lines, parallel

SEED = 11
GROUPS = {
    "unrelated": ("unrelated",),
    "by one": ("shifted",),
    "half gone": ("halved",),
    "clause": ("clipped",),
    "merged": ("merged",),
    "padded": ("padded",),
    "copy": ("copied",),
    "language": ("foreign",),
    "loop": ("looped",),
    "number": ("renumbered",),
    "name": ("renamed",),
    "negation": ("affirmed",),
    "denial": ("denied",),
    "near name": ("neighboured",),
    "2 numbers": ("exchanged",),
}


def assess(assessor: Assessor, pairs: Pairs) -> list[Assessment]:
    """Assess plain pairs."""
    return assessor.assess([Pair(source, target) for source, target in pairs])


def faithful(assessments: Sequence[Assessment]) -> np.ndarray:
    """The probabilities; without a calibration there is nothing to measure."""
    return np.array([one.faithful or 0.0 for one in assessments])


def texts(shared: Path, language: str, *, quick: bool) -> dict[str, tuple[Pairs, bool]]:
    """Good pairs by name, and whether FLORES in other languages is line-parallel to them."""
    flores = shared / "bench/flores-dev"
    found: dict[str, tuple[Pairs, bool]] = {
        "FLORES, people": (parallel(flores, language), True),
        "FLORES, Google": (parallel(flores, language, "google"), True),
        "NTREX, people": (parallel(shared / "bench/ntrex", language), False),
    }
    path = shared / f"bitext/noncommercial-en-{language}.tsv.gz"
    if path.exists():
        for name, title in (("ted", "TED, speech"), ("xwmt", "X-WMT, news")):
            with gzip.open(path, "rt", encoding="utf-8") as bitext:
                rows = [line.rstrip("\n").split("\t") for line in bitext]
            pairs = [(row[1], row[2]) for row in rows if row[0] == name]
            Random(SEED).shuffle(pairs)
            if pairs:
                found[title] = (pairs[:1000], False)
    for text in good_texts(shared, language, seed=SEED):
        if text.kind in ("legal", "interface"):
            found[f"{text.kind}, bitext"] = (text.pairs, False)
    if quick:
        found = {name: (pairs[:300], whole) for name, (pairs, whole) in found.items()}
    return found


def damage_table(assessor: Assessor, shared: Path, language: str, *, quick: bool) -> None:
    """Recall by kind of damage, false alarms of the verdicts, calibration error."""
    print(f"\nen→{language} · recall of faithful at 5 % false alarm, damage seed {SEED}")
    print(
        f"{'':16}"
        + "".join(f"{name:>10}" for name in GROUPS)
        + f"{'reject':>9}{'review':>9}{'ECE':>7}"
    )
    flores = shared / "bench/flores-dev"
    others = [lines(flores / f"{one}.txt") for one in ("en", "ru", "hy", "az") if one != language]
    for title, (pairs, whole) in texts(shared, language, quick=quick).items():
        good = assess(assessor, pairs)
        sure = faithful(good)
        foreign = [other[: len(pairs)] for other in others] if whole else []
        bad: dict[str, list[float]] = {}
        for kind, damaged in damages(pairs, language, foreign=foreign, seed=SEED, unseen=True):
            some = assess(assessor, [(source, target) for _, source, target in damaged])
            bad.setdefault(kind, []).extend(faithful(some))
        cells = []
        for kinds in GROUPS.values():
            values = np.array([value for kind in kinds for value in bad.get(kind, [])])
            cells.append(f"{recall_at(sure, values):10.3f}" if len(values) else f"{'–':>10}")
        rates = [
            np.mean([one.verdict is v for one in good]) for v in (Verdict.REJECT, Verdict.REVIEW)
        ]
        known = [values for kind, values in bad.items() if kind not in UNSEEN]
        wrong = np.concatenate([sample(values, len(sure) // 10) for values in known])
        both = np.r_[sure, wrong]
        truth = np.r_[np.ones(len(sure)), np.zeros(len(wrong))]
        print(
            f"{title:16}"
            + "".join(cells)
            + f"{rates[0]:9.3f}{rates[1]:9.3f}{calibration_error(both, truth):7.3f}"
        )


def sample(values: list[float], most: int) -> np.ndarray:
    """A fixed sample, so that every kind of damage weighs alike."""
    return np.array(Random(SEED).sample(values, min(most, len(values))))


def quality_table(assessor: Assessor, shared: Path, language: str) -> None:
    """Rank correlation of quality with sentence chrF, by engine and over all of them."""
    flores = shared / "bench/flores-dev"
    references = lines(flores / f"{language}.txt")
    second = parallel(flores, language, WEAK[language])
    truth: list[float] = []
    alone: list[float] = []
    guess: list[float] = []
    drafts: list[float] = []
    cells = []
    for engine in ENGINES[language]:
        if engine == WEAK[language]:
            continue
        pairs = [Pair(*pair) for pair in parallel(flores, language, engine)]
        chrf = [
            sacrebleu.sentence_chrf(pair.target, [reference]).score
            for pair, reference in zip(pairs, references, strict=True)
        ]
        said = assessor.assess(pairs, second=[draft for _, draft in second])
        mine = [one.quality or 0.0 for one in said]
        truth += chrf
        guess += mine
        alone += [one.quality or 0.0 for one in assessor.assess(pairs)]
        drafts += [one.scores["agreement"] or 0.0 for one in said]
        cells.append(f"{engine} {spearman(np.array(mine), np.array(chrf)):.2f}")
    t, g = np.array(truth), np.array(guess)
    print(f"\nen→{language} · Spearman of quality with chrF, second draft by {WEAK[language]}")
    print(
        f"  all engines {spearman(g, t):.3f}; that draft alone {spearman(np.array(drafts), t):.3f}"
    )
    print(f"  without it {spearman(np.array(alone), t):.3f}; by engine: {', '.join(cells)}")
    print(f"  calibration error of quality / 100: {calibration_error(g / 100, t / 100):.3f}")


def speed(assessor: Assessor, shared: Path, language: str) -> None:
    """Pairs a second of one core, second pass over the same text."""
    pairs = [Pair(*pair) for pair in parallel(shared / "bench/ntrex", language)]
    assessor.assess(pairs)
    start = time.process_time()
    assessor.assess(pairs)
    print(
        f"\nen→{language} · {len(pairs) / (time.process_time() - start):,.0f} pairs/s of CPU time"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--to", nargs="*", default=["ru", "hy", "az"])
    parser.add_argument("--quick", action="store_true", help="300 pairs a text")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"{options.shared} is absent: nothing to measure on")
        return
    for language in options.to:
        assessor = load_assessor("en", language)
        print(f"\n{assessor.signature}")
        damage_table(assessor, options.shared, language, quick=options.quick)
        quality_table(assessor, options.shared, language)
        speed(assessor, options.shared, language)


if __name__ == "__main__":
    main()
