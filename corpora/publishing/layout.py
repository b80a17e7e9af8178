"""The folder that is published, made from a corpus: the same corpus makes the same bytes."""

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from trilogue.corpora import choice, multiway
from trilogue.corpora.choice import Choice
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import PublishError
from trilogue.corpora.formats.records import terms_of
from trilogue.corpora.overlap import Overlap
from trilogue.corpora.publishing import card, plots
from trilogue.corpora.publishing.figures import Figures, LanguageFigures, Source
from trilogue.corpora.publishing.files import Config, new_config
from trilogue.corpora.publishing.metadata import MULTI, check, metadata
from trilogue.corpora.publishing.provenance import Provenance
from trilogue.corpora.publishing.rows import multi_row, multi_schema, pair_row, pair_schema
from trilogue.corpora.publishing.terms import (
    LICENCES,
    TOMBSTONES,
    Permit,
    Withdrawn,
    check_licences,
    tombstones,
)
from trilogue.corpora.splits import Membership, splits
from trilogue.corpora.types import Document, TranslationUnit

log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds for the rows of all configurations.

    :ivar named: identifiers of what tombstones named and was met so far.
    """

    corpus: Corpus
    splits: Mapping[str, Membership]
    gone: Withdrawn
    named: set[str] = field(default_factory=set)

    def keeps(self, unit: TranslationUnit) -> bool:
        """Whether a unit is published."""
        self.named.update(self.gone.ids & {unit.id, unit.document_id, *unit.segment_ids})
        return not self.gone.takes(unit)

    def documents(self) -> Iterator[Document]:
        """Transcripts that are published."""
        for document in self.corpus.documents():
            self.named.update(self.gone.ids & {document.id})
            if document.id not in self.gone.ids:
                yield document

    def versions(self, lang: str) -> Iterator[tuple[str, Document]]:
        """Official versions that are published, each after the document that it translates."""
        for document, version in self.corpus.references(lang):
            self.named.update(self.gone.ids & {version.id})
            if self.gone.ids.isdisjoint((document, version.id)):
                yield document, version


def lay_out(
    corpus: Corpus,
    folder: Path,
    *,
    repo: str,
    permit: Permit,
    provenance: Provenance,
) -> Figures:
    """Write the dataset as a folder; one that stands there is replaced when all is written.

    :param repo: USER/NAME, which the card names.
    :param provenance: what is on record of the models and scores that the corpus names.
    :raises PublishError: if the terms do not allow for it, or nothing is left to publish.
    """
    stones = tombstones(corpus.root)
    corpus = Corpus(corpus.root, licence=permit.licence)
    languages = choice.languages(corpus, ())
    gone = _withdrawn(corpus, frozenset(stone.id for stone in stones), languages)
    known = _Known(corpus, splits(corpus), gone)
    versions = (version for lang in languages for _, version in known.versions(lang))
    check_licences(chain(known.documents(), versions), mixed=permit.mixed)
    figures = Figures(tombstones=len(stones))
    with _new_folder(folder) as root:
        pairs = [
            config
            for lang in languages
            if (config := _write_pair(root, lang, known, figures)).splits
        ]
        if not pairs:
            raise PublishError(f"{corpus.root}: nothing to publish: all units were taken down")
        configs = [_write_multi(root, known, figures), *pairs]
        _list_sources(known, figures)
        head = metadata(repo.partition("/")[2], figures, configs)
        check(head, root)
        facts = card.Facts(repo, head, figures, configs, _overlap(known), provenance)
        _write(root / "README.md", card.card(facts))
        _write(root / LICENCES, card.sources(figures))
        if stones:
            lines = (msgspec.json.encode(stone).decode() for stone in stones)
            _write(root / TOMBSTONES, "".join(f"{line}\n" for line in lines))
        _write(root / "plots" / "verdicts.svg", plots.verdicts_svg(figures.languages))
        _write(root / "plots" / "quality.svg", plots.quality_svg(figures.languages))
    for name in sorted(gone.ids - known.named):
        what = "names no unit, segment or document of the corpus (any more): nothing went for it"
        log.warning("%s: %r %s", corpus.root / TOMBSTONES, name, what)
    return figures


def _withdrawn(corpus: Corpus, ids: frozenset[str], languages: Iterable[str]) -> Withdrawn:
    versions = (
        (document, lang)
        for lang in languages
        for document, version in corpus.references(lang)
        if version.id in ids
    )
    return Withdrawn(ids, frozenset(versions))


def _write_pair(root: Path, lang: str, known: _Known, figures: Figures) -> Config:
    found = LanguageFigures(decoding=known.corpus.drafters(lang))
    with new_config(root, f"en-{lang}", pair_schema(lang)) as writer:
        for record in choice.records(known.corpus, Choice(languages=(lang,))):
            if known.keeps(record.unit):
                found.add(record)
                writer.add(known.splits[record.unit.document_id].split, pair_row(record))
    if found.units:
        figures.languages[lang] = found
    return writer.config()


def _write_multi(root: Path, known: _Known, figures: Figures) -> Config:
    languages = tuple(figures.languages)
    with new_config(root, MULTI, multi_schema(languages)) as writer:
        for group in multiway.groups(known.corpus, Choice(), languages):
            left = {
                lang: side
                for lang, side in group.sides.items()
                if all(known.keeps(scored.unit) for scored in side)
            }
            if not left or not known.gone.ids.isdisjoint(group.segment_ids):
                continue
            figures.rows += 1
            figures.complete_rows += len(left) == len(languages)
            row = multi_row(replace(group, sides=left), languages)
            writer.add(known.splits[group.document.id].split, row)
    return writer.config()


def _overlap(known: _Known) -> Overlap:
    """Segment by segment: units of official versions join several, which no test set has so."""
    overlap = Overlap()
    for segment in known.corpus.segments():
        if known.gone.ids.isdisjoint((segment.id, segment.document_id)):
            overlap.add(segment.text)
    return overlap


def _list_sources(known: _Known, figures: Figures) -> None:
    for document in known.documents():
        split = known.splits[document.id].split.value
        figures.sources.append(Source(document.id, terms_of(document, None), split))
    for lang in figures.languages:
        for name, version in known.versions(lang):
            split = known.splits[name].split.value
            figures.versions.append(Source(version.id, terms_of(version, None), split, lang))
    published = [known.splits[source.id] for source in figures.sources]
    figures.groups = len({one.group for one in published})
    figures.crossing = sum(one.crossing for one in published)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder that takes the place of another one when all went well."""
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        if folder.exists():
            shutil.rmtree(folder)
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
