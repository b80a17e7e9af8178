"""Small finished corpora, written shard by shard as a build writes them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from trilogue.corpora import corpus, membership, schema
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.ids import Recipe, unit_id
from trilogue.corpora.membership import Member, Shard
from trilogue.corpora.shards import new_shard, part, write_lines
from trilogue.corpora.types import (
    Assessment,
    Block,
    BlockKind,
    Document,
    Origin,
    Segment,
    TranslationUnit,
    Turn,
    Verdict,
)

Judged = tuple[TranslationUnit, Assessment]


def one_liners(root: Path, licences: Sequence[tuple[str, str | None]]) -> Corpus:
    """A corpus of one-line documents, named and licensed, with one Russian draft each."""
    documents = [document(n, f"The line to {n} is open.", licence=x) for n, x in licences]
    drafts = [judged(found, [0], "ru", "Линия открыта.", Origin.MACHINE) for found in documents]
    return write_corpus(root, documents, {"ru": drafts})


def forum(root: Path) -> Corpus:
    """Two documents of three segments; the Russian of the first one is official as well, and joins
    its last two."""
    documents = [
        document(
            "forum", "Good afternoon.\nWe have 64 pages.\nThank you all.", licence="CC-BY-4.0"
        ),
        document("council", "The line is open.\nIt has 12 stations.\nThank you all."),
    ]
    units: dict[str, list[Judged]] = {}
    for lang, prefix in (("az", "az"), ("hy", "հայ"), ("ru", "ру")):
        units[lang] = [
            judged(found, [index], lang, f"{prefix} {text}", Origin.MACHINE)
            for found in documents
            for index, text in enumerate(found.text.split("\n"))
        ]
    official = [
        judged(documents[0], [0], "ru", "Добрый день.", Origin.REFERENCE),
        judged(documents[0], [1, 2], "ru", "64 страницы, спасибо.", Origin.REFERENCE),
    ]
    units["ru"] = sorted(
        units["ru"] + official,
        key=lambda one: (one[0].document_id != "forum", one[0].start, one[0].end, one[0].origin),
    )
    return write_corpus(root, documents, units)


def document(name: str, text: str, *, licence: str | None = "CC-BY-4.0") -> Document:
    """A document of one turn, a line of text a block."""
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        blocks.append(Block(start, start + len(line), BlockKind.SPEECH, number, 0))
        start += len(line) + 1
    return Document(
        id=name,
        source=f"{name}.txt",
        text=text,
        blocks=tuple(blocks),
        turns=(Turn("Nino Karali", "Nino Karali", 1),),
        title=name.title(),
        date="2024-05-05",
        url=f"https://example.org/{name}",
        licence=licence,
        attribution="Regional Forum",
    )


def segments(found: Document) -> list[Segment]:
    """A segment a block."""
    return [
        Segment(
            f"{found.id}:{index}",
            found.id,
            index,
            block.start,
            block.end,
            found.text[block.start : block.end],
            index,
            0,
        )
        for index, block in enumerate(found.blocks)
    ]


def judged(
    found: Document, indices: Sequence[int], lang: str, target: str, origin: Origin
) -> Judged:
    """A unit of some segments: what is official is accepted, else every second draft."""
    taken = [segments(found)[index] for index in indices]
    source = " ".join(segment.text for segment in taken)
    unit = TranslationUnit(
        id=unit_id(
            document_id=found.id,
            start=taken[0].start,
            end=taken[-1].end,
            source=source,
            target=target,
            target_lang=lang,
            origin=origin,
        ),
        document_id=found.id,
        segment_ids=tuple(segment.id for segment in taken),
        start=taken[0].start,
        end=taken[-1].end,
        source=source,
        target=target,
        source_lang="en",
        target_lang=lang,
        origin=origin,
        model=f"builtin-{lang}@1" if origin is Origin.MACHINE else None,
        speaker="Nino Karali",
        turn=0,
    )
    accepted = origin is not Origin.MACHINE or indices[0] % 2 == 0
    verdict = Verdict.ACCEPT if accepted else Verdict.REVIEW
    reasons = () if accepted else ("numbers: 64 is missing",)
    faithful = 0.9 if accepted else 0.5
    return unit, Assessment(faithful, 50.0, verdict, reasons, {"length": 0.25}, "faithful@1")


def write_corpus(
    root: Path,
    documents: Sequence[Document],
    units: Mapping[str, Sequence[Judged]],
    *,
    of: str = "",
) -> Corpus:
    """One shard of everything; ``of`` is part of every recipe: other rows have another key."""
    root.mkdir()
    options = {"of": of}
    members = tuple(Member(found.id, found.source, "0") for found in documents)
    membership.write(root, [Shard(0, members)])
    _shard(root / corpus.DOCUMENTS, schema.DOCUMENTS, map(schema.document_row, documents), options)
    rows = [
        schema.segment_row(segment, speaker="Nino Karali", language="en")
        for found in documents
        for segment in segments(found)
    ]
    _shard(root / corpus.SEGMENTS, schema.SEGMENTS, rows, options)
    for lang, pairs in units.items():
        rows = [schema.unit_row(unit) for unit, _ in pairs]
        made = _shard(root / corpus.UNITS / lang, schema.UNITS, rows, options)
        scores = [schema.assessment_row(unit, found) for unit, found in pairs]
        _shard(root / corpus.SCORES / lang, schema.SCORES, scores, options, {"units": made})
    write_lines(root / corpus.MANIFEST, ['{"complete": true, "stages": {}}'])
    return Corpus(root)


def add_version(corpus_: Corpus, lang: str, of: str, *, licence: str | None) -> None:
    """The official version of a document, which its units of that origin were taken from."""
    version = document(f"{of}-{lang}", "Line.", licence=licence)
    rows = [schema.document_row(version, reference_of=of)]
    _shard(corpus_.root / corpus.REFERENCES / lang, schema.DOCUMENTS, rows, {})


def _shard(
    folder: Path,
    table: pa.Schema,
    rows: Iterable[schema.Row],
    options: Mapping[str, str],
    parents: Mapping[str, str] | None = None,
) -> str:
    recipe = Recipe(folder.name, 1, parents or {}, {"folder": folder.name, **options})
    with new_shard(part(folder, 0), schema=table, recipe=recipe) as shard:
        shard.write_rows(list(rows))
    return recipe.key
