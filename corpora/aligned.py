"""The documents of a corpus beside their translations, as ladders: what other aligners compare."""

from collections.abc import Collection, Iterator, Sequence

from trilogue.corpora.batches import taker
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.ladder import Aligned, cost_of
from trilogue.corpora.types import Bead, Ladder, Origin, Segment, TranslationUnit


def aligned(corpus: Corpus, lang: str, origins: Collection[Origin] = ()) -> Iterator[Aligned]:
    """Each document with its official version, or with its drafts where it has none.

    :param origins: what translations are wanted; all if there is none. A document that has none of
        these is left away.
    :raises FormatError: if the corpus is not finished or damaged.
    """
    segments = taker((segment.document_id, segment) for segment in corpus.segments())
    units = taker((unit.document_id, unit) for unit in corpus.units(lang))
    official = taker(_official_segments(corpus, lang))
    for document in corpus.documents():
        own, made, version = segments(document.id), units(document.id), official(document.id)
        references = [unit for unit in made if unit.origin is Origin.REFERENCE]
        if version and (not origins or Origin.REFERENCE in origins):
            yield _official(own, references, version)
            continue
        drafts = _drafts([unit for unit in made if not origins or unit.origin in origins])
        if drafts:
            yield _drafted(own, drafts)


def _official_segments(corpus: Corpus, lang: str) -> Iterator[tuple[str, str]]:
    """Each segment of the official versions, after the id of the document that it translates."""
    texts = taker((segment.document_id, segment) for segment in corpus.reference_segments(lang))
    for translated, version in corpus.references(lang):
        for segment in texts(version.id):
            yield translated, segment.text


def _official(
    segments: Sequence[Segment], units: Sequence[TranslationUnit], version: Sequence[str]
) -> Aligned:
    place = {segment.id: number for number, segment in enumerate(segments)}
    beads: list[Bead] = []
    at = 0
    for unit in units:
        target = _found(unit, version, at)
        at = target[-1] + 1
        source = tuple(place[name] for name in unit.segment_ids)
        beads.append(Bead(source, target, cost_of(unit.bead_probability)))
    ladder = with_gaps(beads, len(segments), len(version))
    return Aligned(tuple(segments), tuple(version), ladder, (Origin.REFERENCE,) * len(segments))


def _found(unit: TranslationUnit, version: Sequence[str], at: int) -> tuple[int, ...]:
    """Which segments of the official version a unit is made of: the first ones that say it.

    A unit does not tell; where the version says the same twice, the one not aligned is as good.
    """
    for first in (*range(at, len(version)), *range(at)):
        said = ""
        for last in range(first, len(version)):
            said = f"{said} {version[last]}" if last > first else version[last]
            if said == unit.target:
                return tuple(range(first, last + 1))
            if not unit.target.startswith(said):
                break
    what = "its target is not in the official version"
    raise FormatError(f"unit {unit.id}: {what}; run 'trilogue build' again")


def with_gaps(beads: Sequence[Bead], sources: int, targets: int) -> Ladder:
    """The ladder of all segments: what no bead has stands alone, where it belongs."""
    free = (
        sorted(set(range(sources)).difference(*(bead.source for bead in beads)), reverse=True),
        sorted(set(range(targets)).difference(*(bead.target for bead in beads)), reverse=True),
    )
    found: list[Bead] = []
    for bead in (*beads, Bead((sources,), (targets,))):
        while free[0] and free[0][-1] < bead.source[0]:
            found.append(Bead((free[0].pop(),), ()))
        while free[1] and free[1][-1] < bead.target[0]:
            found.append(Bead((), (free[1].pop(),)))
        found.append(bead)
    return tuple(found[:-1])


def _drafts(units: Sequence[TranslationUnit]) -> list[list[TranslationUnit]]:
    """Units that tell each segment once: what a person made of drafts goes before them.

    A segment that a person cut in two has two units.
    """
    found: dict[tuple[str, ...], list[TranslationUnit]] = {}
    told: set[str] = set()
    for origin in (Origin.POST_EDIT, Origin.MACHINE):
        for unit in units:
            if unit.origin is not origin:
                continue
            if unit.segment_ids in found and origin is Origin.POST_EDIT:
                found[unit.segment_ids].append(unit)
            elif told.isdisjoint(unit.segment_ids):
                found[unit.segment_ids] = [unit]
                told.update(unit.segment_ids)
    return sorted(found.values(), key=lambda group: group[0].start)


def _drafted(segments: Sequence[Segment], groups: Sequence[list[TranslationUnit]]) -> Aligned:
    place = {segment.id: number for number, segment in enumerate(segments)}
    origins = [Origin.MACHINE] * len(segments)
    beads: list[Bead] = []
    texts: list[str] = []
    for group in groups:
        source = tuple(place[name] for name in group[0].segment_ids)
        target = tuple(range(len(texts), len(texts) + len(group)))
        beads.append(Bead(source, target, cost_of(group[0].bead_probability)))
        texts.extend(unit.target for unit in group)
        for index in source:
            origins[index] = group[0].origin
    ladder = with_gaps(beads, len(segments), len(texts))
    return Aligned(tuple(segments), tuple(texts), ladder, tuple(origins))
