"""Pairs in, assessments out: signals, gates, probabilities and verdicts for two languages."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from trilogue.align.calibration import Calibration
from trilogue.align.lexicon import Lexicon
from trilogue.align.scores.coverage import Coverage
from trilogue.align.scores.explainer import Explainer
from trilogue.align.scores.features import FEATURES, features
from trilogue.align.scores.findings import empty_side, findings
from trilogue.align.scores.measure import SIGNALS, Fitted, Measurer
from trilogue.align.scores.text import Pair, Side
from trilogue.align.select import Policy
from trilogue.corpora.errors import AlignmentError, ConfigError
from trilogue.corpora.glossary import Glossary
from trilogue.corpora.types import Assessment

VERSION: Final = "scores-4"
"""Raised by hand when a signal changes what it says."""

_DIGITS: Final = 4


@dataclass(frozen=True)
class Assessor:
    """Assesses pairs of one source and one target language.

    :ivar lexicon: without it there are no coverage signals.
    :ivar calibration: without it ``faithful`` and ``quality`` are None and nothing is accepted.
    :ivar glossary: without it, or without a term in the target language, terms are not checked.
    """

    source_lang: str
    target_lang: str
    policy: Policy
    lexicon: Lexicon | None = None
    calibration: Calibration | None = None
    glossary: Glossary | None = None
    measurer: Measurer = field(init=False, repr=False, compare=False)
    signature: str = field(init=False)

    def __post_init__(self) -> None:
        calibration, lexicon = self.calibration, self.lexicon
        if calibration is not None and (unknown := calibration.features - FEATURES):
            what = ", ".join(sorted(unknown))
            raise ConfigError(f"{calibration.signature}: unknown features: {what}. Fit it again.")
        fitted = None
        if calibration is not None:
            fitted = Fitted(
                calibration.length_ratio,
                calibration.length_spread,
                calibration.source_words,
                calibration.target_words,
                calibration.source_names,
                calibration.target_names,
            )
        explainer = None if lexicon is None else Explainer(lexicon)
        measurer = Measurer(
            self.source_lang,
            self.target_lang,
            explainer=explainer,
            fitted=fitted,
            glossary=self.glossary,
        )
        object.__setattr__(self, "measurer", measurer)
        object.__setattr__(self, "signature", self._signature())

    def assess(
        self,
        pairs: Sequence[Pair],
        *,
        second: Sequence[str | None] | None = None,
        document: Sequence[Hashable] | None = None,
    ) -> list[Assessment]:
        """Assess pairs.

        :param second: another draft of each source, None where there is none.
        :param document: says that the pairs are consecutive, and of which document each is: only
            then are they compared with their neighbours.
        :raises AlignmentError: if there is not one draft or document a pair.
        """
        for name, given in (("second", second), ("document", document)):
            if given is not None and len(given) != len(pairs):
                raise AlignmentError(f"{name}: got {len(given)}, expected one a pair: {len(pairs)}")
        sides = [self.measurer.sides(pair) for pair in pairs]
        margins: list[float | None] = [None] * len(pairs)
        coverages: Sequence[Coverage | None]
        explainer = self.measurer.explainer
        if explainer is None or document is None:
            coverages = self.measurer.coverages(sides)
        else:
            coverages, margins = explainer.margins(sides, document)
        return [
            self._assess(
                pair,
                sides[k],
                coverages[k],
                margins[k],
                None if second is None else second[k],
            )
            for k, pair in enumerate(pairs)
        ]

    def _assess(
        self,
        pair: Pair,
        sides: tuple[Side, Side],
        coverage: Coverage | None,
        margin: float | None,
        second: str | None,
    ) -> Assessment:
        if not pair.source.strip() or not pair.target.strip():
            return self._refuse(pair)
        measured = self.measurer.measure(pair, *sides, coverage, second=second, neighbours=margin)
        calibration = self.calibration
        faithful = quality = None
        ratios: dict[str, float] = {}
        if calibration is not None:
            seen = features(measured)
            ratios = calibration.ratios(seen)
            right = calibration.chance_right(seen, model=pair.model)
            measured.values["right"] = right
            faithful = round(calibration.probability(ratios, right=right), 6)
            if (expected := calibration.expected_chrf(seen, model=pair.model)) is not None:
                quality = round(expected, 2)
        verdict, reasons = self.policy.judge(
            self.target_lang,
            faithful=faithful,
            quality=quality,
            findings=findings(pair, measured, ratios),
        )
        scores = {
            name: None if value is None else round(value, _DIGITS)
            for name, value in measured.values.items()
        }
        return Assessment(faithful, quality, verdict, reasons, scores, self.signature)

    def _refuse(self, pair: Pair) -> Assessment:
        """An empty side: nothing to measure, nothing to translate from or to."""
        verdict, reasons = self.policy.judge(
            self.target_lang, faithful=0.0, quality=None, findings=[empty_side(pair)]
        )
        return Assessment(0.0, None, verdict, reasons, dict.fromkeys(SIGNALS), self.signature)

    def _signature(self) -> str:
        """Version, lexicon, calibration, policy, glossary: whatever changes an assessment."""
        parts = [VERSION, f"{self.source_lang}-{self.target_lang}"]
        parts.append("no lexicon" if self.lexicon is None else _lexicon_signature(self.lexicon))
        parts.append("none" if self.calibration is None else self.calibration.signature)
        parts.append(self.policy.signature)
        parts += [] if self.glossary is None else [self.glossary.signature]
        return "+".join(parts)


def _lexicon_signature(lexicon: Lexicon) -> str:
    digest = sha256()
    for table in (lexicon.forward, lexicon.backward):
        digest.update(table.offsets.tobytes())
        digest.update(table.columns.tobytes())
        digest.update(table.probabilities.tobytes())
    digest.update("\n".join(lexicon.source.stems + lexicon.target.stems).encode())
    return f"lexicon@{digest.hexdigest()[:12]}"
