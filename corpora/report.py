"""What a corpus holds, in figures: read in one pass, so that memory does not grow with it."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from trilogue.corpora.corpus import UNITS, Corpus, ScoredUnit
from trilogue.corpora.types import BlockKind, Origin, Verdict

WORST: Final = 5
"""How many of the worst units a report names."""
BINS: Final = 10
"""Into so many equal parts the range of ``faithful`` is counted."""


@dataclass(frozen=True, slots=True)
class Share:
    """The units of one language and origin.

    :ivar verdicts: units by verdict.
    :ivar quality: mean of those that were measured, 0–100 on chrF's scale; None if none was.
    :ivar agreement: mean chrF with a second opinion, 0–100, of those that had one; None if none.
    :ivar false_accepts: share of the accepted units that their calibrated probabilities expect to
        be wrong, in [0, 1]; None if no accepted unit has one.
    :ivar faithful: how many units have a probability in each of :data:`BINS` equal parts of [0, 1].
    :ivar findings: check → units that it gave a reason for, the most frequent first.
    """

    language: str
    origin: Origin
    units: int
    verdicts: dict[Verdict, int]
    quality: float | None
    false_accepts: float | None
    agreement: float | None = None
    faithful: tuple[int, ...] = (0,) * BINS
    findings: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a corpus.

    :ivar left_out: input lines in no block; :ivar gaps: language → segments (source, target) that
        its official versions leave without a counterpart.
    :ivar worst: language → its lowest units, by verdict, then ``faithful``, then ``quality``.
    :ivar seconds: language → models whose second drafts the first ones were compared with.
    :ivar assessors: language → signatures of what scored it.
    """

    documents: int
    turns: int
    speakers: int
    speech_blocks: int
    left_out: int
    segments: int
    shares: tuple[Share, ...]
    worst: dict[str, tuple[ScoredUnit, ...]]
    models: dict[str, tuple[str, ...]]
    seconds: dict[str, tuple[str, ...]]
    assessors: dict[str, tuple[str, ...]]
    gaps: dict[str, dict[str, int]]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    """Running figures of one language and origin."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    quality: list[float] = field(default_factory=lambda: [0.0, 0.0])
    accepted: list[float] = field(default_factory=lambda: [0.0, 0.0])
    agreement: list[float] = field(default_factory=lambda: [0.0, 0.0])
    faithful: list[int] = field(default_factory=lambda: [0] * BINS)
    findings: Counter[str] = field(default_factory=Counter)

    def add(self, scored: ScoredUnit) -> None:
        found = scored.assessment
        self.findings.update({reason.partition(":")[0] for reason in found.reasons})
        if found.faithful is not None:
            self.faithful[min(int(found.faithful * BINS), BINS - 1)] += 1
        self.verdicts[found.verdict] += 1
        if found.quality is not None:
            self.quality = [self.quality[0] + 1, self.quality[1] + found.quality]
        if (agreement := found.scores.get("agreement")) is not None:
            self.agreement = [self.agreement[0] + 1, self.agreement[1] + agreement]
        if found.verdict is Verdict.ACCEPT and found.faithful is not None:
            self.accepted = [self.accepted[0] + 1, self.accepted[1] + 1 - found.faithful]

    def share(self, language: str, origin: Origin) -> Share:
        return Share(
            language=language,
            origin=origin,
            units=self.verdicts.total(),
            verdicts={verdict: self.verdicts[verdict] for verdict in Verdict},
            quality=_mean(*self.quality),
            false_accepts=_mean(*self.accepted),
            agreement=_mean(*self.agreement),
            faithful=tuple(self.faithful),
            findings=dict(self.findings.most_common()),
        )


def report(corpus: Corpus) -> Report:
    """Count what a corpus holds.

    :raises FormatError: if a shard is missing or is not what its footer says.
    """
    counts: Counter[str] = Counter()
    speakers: set[str] = set()
    warnings: list[str] = []
    for document in corpus.documents():
        counts["documents"] += 1
        counts["turns"] += len(document.turns)
        counts["blocks"] += sum(b.kind is BlockKind.SPEECH for b in document.blocks)
        counts["left_out"] += len(document.left_out)
        speakers.update(turn.speaker for turn in document.turns)
        warnings.extend(f"{document.source}: {warning}" for warning in document.warnings)
    shares: list[Share] = []
    worst: dict[str, tuple[ScoredUnit, ...]] = {}
    models: dict[str, tuple[str, ...]] = {}
    assessors: dict[str, tuple[str, ...]] = {}
    for language in corpus.languages():
        tallies: dict[Origin, _Tally] = {}
        named, signed = set[str](), set[str]()
        worst[language] = _worst(_tallied(corpus.scored(language), tallies, named, signed))
        shares.extend(tallies[o].share(language, o) for o in Origin if o in tallies)
        models[language] = tuple(sorted(named))
        assessors[language] = tuple(sorted(signed))
    return Report(
        documents=counts["documents"],
        turns=counts["turns"],
        speakers=len(speakers),
        speech_blocks=counts["blocks"],
        left_out=counts["left_out"],
        segments=sum(1 for _ in corpus.segments()),
        shares=tuple(shares),
        worst=worst,
        models=models,
        seconds={lang: _seconds(corpus, lang) for lang in corpus.languages()},
        assessors=assessors,
        gaps={lang: corpus.facts(f"{UNITS}/{lang}") for lang in corpus.languages()},
        warnings=tuple(warnings),
    )


def _seconds(corpus: Corpus, lang: str) -> tuple[str, ...]:
    return tuple(sorted({draft.model for _, draft in corpus.second_drafts(lang)}))


def _tallied(
    units: Iterable[ScoredUnit],
    tallies: dict[Origin, _Tally],
    models: set[str],
    signatures: set[str],
) -> Iterator[ScoredUnit]:
    for scored in units:
        tallies.setdefault(scored.unit.origin, _Tally()).add(scored)
        signatures.add(scored.assessment.signature)
        if scored.unit.model is not None:
            models.add(scored.unit.model)
        yield scored


def _worst(units: Iterable[ScoredUnit]) -> tuple[ScoredUnit, ...]:
    # The counter breaks ties by the order of the text: units themselves have no order.
    keyed = ((_badness(scored), n, scored) for n, scored in enumerate(units))
    return tuple(scored for _, _, scored in heapq.nsmallest(WORST, keyed))


def _badness(scored: ScoredUnit) -> tuple[int, float, float]:
    """Lowest first; what was not measured stands after what was measured as good."""
    found = scored.assessment
    order = (Verdict.REJECT, Verdict.REVIEW, Verdict.ACCEPT)
    faithful = 2.0 if found.faithful is None else found.faithful
    quality = 200.0 if found.quality is None else found.quality
    return order.index(found.verdict), faithful, quality


def _mean(number: float, total: float) -> float | None:
    return total / number if number else None
