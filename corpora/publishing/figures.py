"""What a dataset card tells in numbers: counted while the rows go by."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from trilogue.corpora.formats.records import Record, Terms
from trilogue.corpora.types import BY_PERSON, Origin, Verdict

BINS: Final = 10
"""Bars of the histogram of quality, each ten points of chrF wide."""


@dataclass(slots=True)
class LanguageFigures:
    """The units of one target language.

    :ivar quality: units by tenth of the scale; ``quality_sum`` of all that were measured.
    :ivar accepted: accepted units that have ``faithful``; ``accepted_wrong`` is how many of them
        their probabilities expect to be wrong.
    :ivar told: units that people rejected, or whose place their own versions took; ``untouched``
        drafts that no person decided on.
    :ivar decoding: how each model decoded, as it signs the drafts.
    :ivar indirect: units whose English is itself a translation; ``unknown`` those of which nobody
        noted what language was spoken.
    """

    units: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    origins: Counter[Origin] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    signatures: Counter[str] = field(default_factory=Counter)
    scores: set[str] = field(default_factory=set)
    quality: list[int] = field(default_factory=lambda: [0] * BINS)
    quality_sum: float = 0.0
    accepted: int = 0
    accepted_wrong: float = 0.0
    unjudged: int = 0
    told: int = 0
    untouched: int = 0
    decoding: list[str] = field(default_factory=list)
    indirect: int = 0
    unknown: int = 0
    characters: int = 0

    def add(self, record: Record) -> None:
        """Count one more unit."""
        unit, found = record.unit, record.assessment
        self.units += 1
        self.origins[unit.origin] += 1
        self.characters += len(unit.target)
        if unit.model is not None:
            self.models[unit.model] += 1
        self.unknown += record.terms.original_lang is None
        self.indirect += record.terms.original_lang not in (None, unit.source_lang)
        told = any(reason.startswith(BY_PERSON) for reason in found.reasons) if found else False
        self.told += told
        self.untouched += unit.origin is Origin.MACHINE and not told
        if found is None:
            self.unjudged += 1
            return
        self.verdicts[found.verdict] += 1
        self.signatures[found.signature] += 1
        self.scores.update(found.scores)
        self.unjudged += found.faithful is None
        if found.quality is not None:
            self.quality[min(BINS - 1, max(0, int(found.quality / 100 * BINS)))] += 1
            self.quality_sum += found.quality
        if found.verdict is Verdict.ACCEPT and found.faithful is not None:
            self.accepted += 1
            self.accepted_wrong += 1 - found.faithful

    @property
    def mean_quality(self) -> float | None:
        """Of the units that were measured; None if none was."""
        measured = sum(self.quality)
        return self.quality_sum / measured if measured else None

    @property
    def false_accepts(self) -> float | None:
        """Share of the accepted units that are expected to be wrong; None if it is not known."""
        return self.accepted_wrong / self.accepted if self.accepted else None


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript or an official version as the list of sources names it.

    :ivar split: of a version, that of the document it translates.
    """

    id: str
    terms: Terms
    split: str
    lang: str = "en"


@dataclass(slots=True)
class Figures:
    """Everything a card is written from, beside the sizes of the files."""

    languages: dict[str, LanguageFigures] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    versions: list[Source] = field(default_factory=list)
    groups: int = 0
    crossing: int = 0
    rows: int = 0
    complete_rows: int = 0
    tombstones: int = 0

    @property
    def texts(self) -> list[Source]:
        """All that has terms: transcripts and official versions."""
        return [*self.sources, *self.versions]
