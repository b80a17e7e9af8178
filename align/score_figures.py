"""What scores are worth on pairs that people judged: their labels against our assessments."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

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


@dataclass(slots=True)
class _Seen:
    """What is kept of the pairs: a few numbers each, eight bytes a number."""

    pairs: int = 0
    rejected: int = 0
    accepted: int = 0
    wrong: int = 0
    doubt: float = 0.0
    goods: "array[float]" = field(default_factory=lambda: array("d"))
    bads: "dict[str, array[float]]" = field(default_factory=lambda: defaultdict(lambda: array("d")))
    promised: "array[float]" = field(default_factory=lambda: array("d"))
    true: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, one: Labelled, said: Assessment) -> None:
        self.pairs += 1
        if one.quality is not None and said.quality is not None:
            self.promised.append(said.quality / 100)
            self.true.append(one.quality / 100)
        if one.good is None or said.faithful is None:
            return
        (self.goods if one.good else self.bads[one.kind]).append(said.faithful)
        if said.verdict is Verdict.ACCEPT:
            self.accepted += 1
            self.wrong += not one.good
            self.doubt += 1.0 - said.faithful
        elif said.verdict is Verdict.REJECT and one.good:
            self.rejected += 1


def figures(judged: Iterable[tuple[Labelled, Assessment]]) -> ScoreFigures:
    """Compare labels with assessments."""
    seen = _Seen()
    for one, said in judged:
        seen.add(one, said)
    goods = np.array(seen.goods)
    bads = np.concatenate([np.empty(0), *(np.array(some) for some in seen.bads.values())])
    chances, truths = np.r_[goods, bads], np.r_[np.ones(len(goods)), np.zeros(len(bads))]
    both = len(goods) > 0 and len(bads) > 0
    promised, true = np.array(seen.promised), np.array(seen.true)
    return ScoreFigures(
        pairs=seen.pairs,
        good=len(goods),
        detections=tuple(_detections(goods, bads, seen.bads)) if both else (),
        false_rejects=_share(seen.rejected, len(goods)),
        false_accepts=_share(seen.wrong, seen.accepted) if len(bads) else None,
        promised=_share(seen.doubt, seen.accepted),
        spearman=metrics.spearman(promised, true) if len(promised) > 1 else None,
        faithful=tuple(metrics.reliability(chances, truths)) if both else (),
        quality=tuple(metrics.reliability(promised, true)) if len(promised) else (),
        faithful_error=metrics.calibration_error(chances, truths) if both else None,
        quality_error=metrics.calibration_error(promised, true) if len(promised) else None,
        goods=tuple(goods.tolist()),
        bads=tuple(bads.tolist()),
    )


def _detections(
    goods: metrics.Array, bads: metrics.Array, by_kind: Mapping[str, Sequence[float]]
) -> Iterator[Detection]:
    """Of all bad pairs together, then of each kind that has a name."""
    groups: dict[str, metrics.Values] = {"": bads}
    groups.update((kind, by_kind[kind]) for kind in sorted(by_kind) if kind)
    for kind, values in groups.items():
        recall = metrics.recall_at(goods, values, FALSE_ALARM)
        yield Detection(kind, len(values), metrics.auc(goods, values), recall)


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None
