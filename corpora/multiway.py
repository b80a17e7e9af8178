"""What several languages say of the same stretch of a document, side by side.

Official versions cut a document elsewhere than drafts do. So the units of all languages are put
into the smallest groups whose spans do not cross; in a group a language has its side if its units
cover the very segments that the group is made of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from trilogue.corpora.batches import taker
from trilogue.corpora.choice import Choice
from trilogue.corpora.corpus import Corpus, ScoredUnit
from trilogue.corpora.formats.records import Record, Terms, joint, terms_of
from trilogue.corpora.ids import unit_id
from trilogue.corpora.types import Assessment, Document, Origin, TranslationUnit, Verdict

_BEST_FIRST: Final = (Origin.POST_EDIT, Origin.REFERENCE, Origin.MACHINE)
_WORST_FIRST: Final = (Verdict.REJECT, Verdict.REVIEW, Verdict.ACCEPT)


@dataclass(frozen=True, slots=True)
class Group:
    """One stretch of a document.

    :ivar source: the English of it.
    :ivar sides: language → its units, in order; only languages that cover all segments.
    :ivar official: language → official versions of the document.
    """

    document: Document
    segment_ids: tuple[str, ...]
    source: str
    sides: dict[str, tuple[ScoredUnit, ...]] = field(default_factory=dict)
    official: Mapping[str, Sequence[Document]] = field(default_factory=dict)

    def terms(self) -> Terms:
        """Those of the document, and of the official versions that have a side here."""
        some = next(iter(self.sides.values()), ())
        found = terms_of(self.document, some[0].unit.turn if some else None)
        for lang, side in self.sides.items():
            if any(scored.unit.origin is not Origin.MACHINE for scored in side):
                found = joint(found, self.official.get(lang, ()))
        return found


def groups(corpus: Corpus, choice: Choice, languages: Sequence[str]) -> Iterator[Group]:
    """The groups of all documents, in the order of the text.

    Where units of a language overlap, a person's goes before an official one, and that before a
    machine's: a text is told once.
    """
    units = {lang: taker(_chosen(corpus, choice, lang)) for lang in languages}
    official = {lang: taker(corpus.references(lang)) for lang in languages}
    for document in corpus.documents():
        layers = {lang: _layer(take(document.id)) for lang, take in units.items()}
        versions = {lang: take(document.id) for lang, take in official.items()}
        for group in _groups(document, layers):
            yield replace(group, official=versions)


def pivoted(corpus: Corpus, choice: Choice, source: str, target: str) -> Iterator[Record]:
    """Pairs of two target languages, through the English that both translate.

    ``faithful`` is the product of both sides' (as if they erred independently), the verdict the
    worse one; ``quality`` has no measure for such pairs.
    """
    for group in groups(corpus, choice, (source, target)):
        if len(group.sides) == 2:
            yield _pair(group, source, target)


def text_of(side: Sequence[ScoredUnit]) -> str:
    """What the side of a group says."""
    return " ".join(scored.unit.target for scored in side)


def origin_of(units: Sequence[ScoredUnit]) -> Origin:
    """The origin that may be claimed for units together: the weakest."""
    return max((scored.unit.origin for scored in units), key=_BEST_FIRST.index)


def assessment_of(units: Sequence[ScoredUnit]) -> Assessment:
    """What holds for units together: the product of ``faithful``, the worst verdict."""
    found = [scored.assessment for scored in units]
    if len(found) == 1:
        return found[0]
    faithful: float | None = 1.0
    for one in found:
        known = faithful is not None and one.faithful is not None
        faithful = faithful * one.faithful if known else None  # type: ignore[operator]
    reasons = (
        f"{scored.unit.target_lang}: {reason}"
        for scored in units
        for reason in scored.assessment.reasons
    )
    signatures = dict.fromkeys(one.signature for one in found)
    return Assessment(
        faithful=faithful,
        quality=None,
        verdict=min((one.verdict for one in found), key=_WORST_FIRST.index),
        reasons=tuple(dict.fromkeys(reasons)),
        signature=f"product of {' and '.join(signatures)}",
    )


def _chosen(corpus: Corpus, choice: Choice, lang: str) -> Iterator[tuple[str, ScoredUnit]]:
    """The wanted units, each after the id of its document."""
    chosen = (scored for scored in corpus.scored(lang) if choice.takes(scored))
    return ((scored.unit.document_id, scored) for scored in chosen)


def _layer(units: Sequence[ScoredUnit]) -> list[ScoredUnit]:
    """Units that tell each segment once at most, in the order of the text."""
    told: set[str] = set()
    taken: list[ScoredUnit] = []
    for origin in _BEST_FIRST:
        for scored in units:
            if scored.unit.origin is origin and told.isdisjoint(scored.unit.segment_ids):
                told.update(scored.unit.segment_ids)
                taken.append(scored)
    return sorted(taken, key=lambda scored: (scored.unit.start, scored.unit.end))


def _groups(document: Document, layers: dict[str, list[ScoredUnit]]) -> Iterator[Group]:
    everything = [(s.unit.start, s.unit.end, s) for layer in layers.values() for s in layer]
    everything.sort(key=lambda entry: entry[:2])
    together: list[ScoredUnit] = []
    reach = -1
    for start, end, scored in everything:
        if together and start >= reach:
            yield _group(document, together)
            together = []
        together.append(scored)
        reach = max(reach, end)
    if together:
        yield _group(document, together)


def _group(document: Document, units: Sequence[ScoredUnit]) -> Group:
    sides: dict[str, list[ScoredUnit]] = {}
    for scored in units:
        sides.setdefault(scored.unit.target_lang, []).append(scored)
    covered = {lang: _segments(side) for lang, side in sides.items()}
    all_ids = set().union(*covered.values())
    whole = {lang: tuple(side) for lang, side in sides.items() if set(covered[lang]) == all_ids}
    fullest = max(covered, key=lambda lang: len(covered[lang]))
    source = " ".join(scored.unit.source for scored in sides[fullest])
    return Group(document, covered[fullest], source, whole)


def _segments(side: Sequence[ScoredUnit]) -> tuple[str, ...]:
    return tuple(name for scored in side for name in scored.unit.segment_ids)


def _pair(group: Group, source: str, target: str) -> Record:
    first, second = group.sides[source], group.sides[target]
    both = (*first, *second)
    start, end = first[0].unit.start, first[-1].unit.end
    origin = origin_of(both)
    models = dict.fromkeys(scored.unit.model for scored in both if scored.unit.model)
    unit = TranslationUnit(
        id=unit_id(
            document_id=group.document.id,
            start=start,
            end=end,
            source=text_of(first),
            target=text_of(second),
            target_lang=target,
            origin=origin,
        ),
        document_id=group.document.id,
        segment_ids=group.segment_ids,
        start=start,
        end=end,
        source=text_of(first),
        target=text_of(second),
        source_lang=source,
        target_lang=target,
        origin=origin,
        model="; ".join(models) or None,
        speaker=first[0].unit.speaker,
        turn=first[0].unit.turn,
        flags=tuple(dict.fromkeys(flag for scored in both for flag in scored.unit.flags)),
    )
    return Record(unit, assessment_of(both), group.terms(), pivot=group.source)
