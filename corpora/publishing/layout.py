"""The folder that is published, made from a corpus: the same corpus makes the same bytes."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from trilogue.corpora import choice, multiway
from trilogue.corpora.choice import Choice
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import PublishError
from trilogue.corpora.formats.records import Record, terms_of
from trilogue.corpora.overlap import Overlap
from trilogue.corpora.publishing import card, plots
from trilogue.corpora.publishing.figures import Figures, LanguageFigures, Source
from trilogue.corpora.publishing.files import Config, new_config
from trilogue.corpora.publishing.metadata import MULTI, check, metadata
from trilogue.corpora.publishing.provenance import Provenance
from trilogue.corpora.publishing.rows import multi_row, multi_schema, pair_row, pair_schema
from trilogue.corpora.publishing.terms import LICENCES, TOMBSTONES, Permit, licences, tombstones
from trilogue.corpora.splits import Membership, splits


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds for the rows of all configurations."""

    corpus: Corpus
    licences: Mapping[str, str]
    splits: Mapping[str, Membership]
    gone: frozenset[str]


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
    known = _Known(
        corpus,
        licences(corpus.documents(), permit),
        splits(corpus),
        frozenset(stone.id for stone in stones),
    )
    figures = Figures(tombstones=len(stones))
    with _new_folder(folder) as root:
        pairs = [
            config
            for lang in choice.languages(corpus, ())
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
    return figures


def _write_pair(root: Path, lang: str, known: _Known, figures: Figures) -> Config:
    found = LanguageFigures()
    with new_config(root, f"en-{lang}", pair_schema(lang)) as writer:
        for record in choice.records(known.corpus, Choice(languages=(lang,))):
            unit = record.unit
            if known.gone.isdisjoint((unit.id, unit.document_id)):
                told = _licensed(record, known)
                found.add(told)
                writer.add(known.splits[unit.document_id].split, pair_row(told))
    if found.units:
        figures.languages[lang] = found
    return writer.config()


def _write_multi(root: Path, known: _Known, figures: Figures) -> Config:
    languages = tuple(figures.languages)
    with new_config(root, MULTI, multi_schema(languages)) as writer:
        for group in multiway.groups(known.corpus, Choice(), languages):
            name = group.document.id
            left = {
                lang: side
                for lang, side in group.sides.items()
                if known.gone.isdisjoint(scored.unit.id for scored in side)
            }
            if name in known.gone or not left:
                continue
            figures.rows += 1
            figures.complete_rows += len(left) == len(languages)
            row = multi_row(replace(group, sides=left), languages, known.licences[name])
            writer.add(known.splits[name].split, row)
    return writer.config()


def _overlap(known: _Known) -> Overlap:
    """Segment by segment: units of official versions join several, which no test set has so."""
    overlap = Overlap()
    for segment in known.corpus.segments():
        if segment.document_id not in known.gone:
            overlap.add(segment.text)
    return overlap


def _list_sources(known: _Known, figures: Figures) -> None:
    for document in known.corpus.documents():
        if document.id not in known.gone:
            terms = replace(terms_of(document, None), licence=known.licences[document.id])
            split = known.splits[document.id].split.value
            figures.sources.append(Source(document.id, terms, split))
    published = [known.splits[source.id] for source in figures.sources]
    figures.groups = len({one.group for one in published})
    figures.crossing = sum(one.crossing for one in published)


def _licensed(record: Record, known: _Known) -> Record:
    licence = known.licences[record.unit.document_id]
    return replace(record, terms=replace(record.terms, licence=licence))


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
