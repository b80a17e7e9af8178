"""What scores are worth on pairs that people judged: their labels against our assessments."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.align import metrics
from trilogue.align.scores.agreement import agreement
from trilogue.corpora.types import Assessment, Verdict

FALSE_ALARM: Final = 0.05
"""The rate of false alarms at which recall is told."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair that somebody judged.

    :ivar good: whether the target says what the source says, None if nobody told.
    :ivar quality: how good it is, 0–100, None if nobody told.
    :ivar kind: of damage, or of text: recall is told for each kind of bad pairs.
    :ivar second: another draft of the source.
    """

    source: str
    target: str
    good: bool | None = None
    quality: float | None = None
    kind: str = ""
    second: str | None = None


@dataclass(frozen=True, slots=True)
class Detection:
    """How ``faithful`` tells bad pairs of one kind from all good ones."""

    kind: str
    bad: int
    auc: float
    recall: float


@dataclass(frozen=True, slots=True)
class ScoreFigures:
    """All figures; what the labels do not tell is None or empty.

    :ivar detections: all bad pairs together first (kind ""), then by kind.
    :ivar false_rejects: share of the good pairs that the policy rejects, and ``false_accepts`` of
        the accepted pairs that are bad; ``promised`` what their probabilities say of the latter.
    :ivar faithful: promised against true, in tenths; ``quality`` likewise, both over 100.
    """

    pairs: int
    good: int
    detections: tuple[Detection, ...]
    false_rejects: float | None
    false_accepts: float | None
    promised: float | None
    spearman: float | None
    faithful: tuple[metrics.Bin, ...]
    quality: tuple[metrics.Bin, ...]
    faithful_error: float | None
    quality_error: float | None
    goods: tuple[float, ...] = ()
    bads: tuple[float, ...] = ()


def truth_of(target: str, reference: str) -> float:
    """The quality of a target beside a human translation: sentence chrF, 0–100."""
    return agreement(target, reference)


def figures(judged: Iterable[tuple[Labelled, Assessment]]) -> ScoreFigures:
    """Compare labels with assessments; of each pair a few numbers are kept."""
    goods: list[float] = []
    bads: dict[str, list[float]] = defaultdict(list)
    verdicts: list[tuple[bool, Verdict, float]] = []
    quality: list[tuple[float, float]] = []
    pairs = 0
    for one, said in judged:
        pairs += 1
        if one.quality is not None and said.quality is not None:
            quality.append((said.quality / 100, one.quality / 100))
        if one.good is None or said.faithful is None:
            continue
        verdicts.append((one.good, said.verdict, said.faithful))
        (goods if one.good else bads[one.kind]).append(said.faithful)
    everything = [value for values in bads.values() for value in values]
    accepted = [(good, faithful) for good, verdict, faithful in verdicts if verdict == "accept"]
    chances = [*goods, *everything]
    truths = [1.0] * len(goods) + [0.0] * len(everything)
    promised, true = [p for p, _ in quality], [t for _, t in quality]
    return ScoreFigures(
        pairs=pairs,
        good=len(goods),
        detections=tuple(_detections(goods, bads)),
        false_rejects=_mean([v is Verdict.REJECT for good, v, _ in verdicts if good]),
        false_accepts=_mean([not good for good, _ in accepted]) if everything else None,
        promised=_mean([1.0 - faithful for _, faithful in accepted]),
        spearman=metrics.spearman(promised, true) if len(quality) > 1 else None,
        faithful=tuple(metrics.reliability(chances, truths)) if goods and everything else (),
        quality=tuple(metrics.reliability(promised, true)) if quality else (),
        faithful_error=(
            metrics.calibration_error(chances, truths) if goods and everything else None
        ),
        quality_error=metrics.calibration_error(promised, true) if quality else None,
        goods=tuple(goods),
        bads=tuple(everything),
    )


def _detections(goods: Sequence[float], bads: dict[str, list[float]]) -> Iterable[Detection]:
    everything = [value for values in bads.values() for value in values]
    if not goods or not everything:
        return
    named = [(kind, values) for kind, values in sorted(bads.items()) if kind]
    for kind, values in [("", everything), *named]:
        recall = metrics.recall_at(goods, values, FALSE_ALARM)
        yield Detection(kind, len(values), metrics.auc(goods, values), recall)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
