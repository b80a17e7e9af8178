"""A corpus folder as its readers see it: documents, segments, units with what is known of them.

Everything is streamed in the order of the shards; nothing here writes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from trilogue.corpora import membership, schema, shards
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.types import Assessment, Document, Draft, Segment, TranslationUnit

DOCUMENTS: Final = "documents"
SEGMENTS: Final = "segments"
DRAFTS: Final = "drafts"
SECONDS: Final = "seconds"
REFERENCES: Final = "references"
REFERENCE_SEGMENTS: Final = "reference_segments"
POST_EDITS: Final = "post_edits"
UNITS: Final = "units"
SCORES: Final = "scores/assess"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit and what was found out about it."""

    unit: TranslationUnit
    assessment: Assessment


class Corpus:
    """Reads a corpus that ``trilogue build`` made.

    :param root: the folder.
    :param licence: of documents and official versions that state none.
    :raises ConfigError: if it is no corpus.
    :raises FormatError: if it is one of another schema.
    """

    def __init__(self, root: Path, *, licence: str | None = None) -> None:
        if not membership.is_corpus(root):
            missing = "" if root.exists() else "no such folder, "
            raise ConfigError(f"{root}: {missing}not a corpus; make one with 'trilogue build'")
        membership.check_root(root)
        self.root = root
        self._licence = licence

    def languages(self) -> list[str]:
        """The target languages that have units, sorted."""
        folder = self.root / UNITS
        found = folder.iterdir() if folder.is_dir() else iter(())
        return sorted(path.name for path in found if shards.parts(path))

    def documents(self) -> Iterator[Document]:
        """The transcripts."""
        for row in self._rows(DOCUMENTS, schema.DOCUMENTS):
            yield self._licensed(row)

    def segments(self) -> Iterator[Segment]:
        """The segments of the transcripts, document by document."""
        for row in self._rows(SEGMENTS, schema.SEGMENTS):
            yield schema.segment_of(row)

    def references(self, lang: str) -> Iterator[tuple[str, Document]]:
        """The official versions in a language, each after the id of the document it translates."""
        for path in shards.parts(self.root / REFERENCES / lang):
            for row in shards.rows_of(path, schema=schema.DOCUMENTS):
                yield row["reference_of"], self._licensed(row)

    def reference_segments(self, lang: str) -> Iterator[Segment]:
        """The segments of the official versions in a language, in the order of these."""
        for path in shards.parts(self.root / REFERENCE_SEGMENTS / lang):
            for row in shards.rows_of(path, schema=schema.SEGMENTS):
                yield schema.segment_of(row)

    def drafts(self, lang: str) -> Iterator[tuple[str, Draft]]:
        """What the model said in a language, each after the id of its segment."""
        for row in self._rows(f"{DRAFTS}/{lang}", schema.DRAFTS):
            yield row["segment_id"], _draft(row)

    def drafters(self, lang: str) -> list[str]:
        """The signatures of what drafted into a language: model, engine, decoding, guards."""
        footers = map(shards.footer_of, shards.parts(self.root / DRAFTS / lang))
        return sorted({footer.recipe.options["model"] for footer in footers})

    def second_drafts(self, lang: str) -> Iterator[tuple[str, Draft]]:
        """What another model said, as :meth:`drafts`, where the scores compare with it."""
        for number in self._numbers():
            scores = self._part(f"{SCORES}/{lang}", number)
            if SECONDS in shards.footer_of(scores).recipe.parents:
                path = self._part(f"{SECONDS}/{lang}", number)
                for row in shards.rows_of(path, schema=schema.DRAFTS):
                    yield row["segment_id"], _draft(row)

    def units(self, lang: str) -> Iterator[TranslationUnit]:
        """All units of a language: machine and reference, in the order of the text."""
        for row in self._rows(f"{UNITS}/{lang}", schema.UNITS):
            yield schema.unit_of(row)

    def scored(self, lang: str) -> Iterator[ScoredUnit]:
        """All units of a language with their assessments.

        :raises FormatError: if scores are missing, or were made of other units.
        """
        for number in self._numbers():
            units = self._part(f"{UNITS}/{lang}", number)
            scores = self._part(f"{SCORES}/{lang}", number)
            if shards.footer_of(scores).recipe.parents.get("units") != shards.key_of(units):
                raise FormatError(f"{scores}: made of other units than {units}; {_AGAIN}")
            pairs = zip(
                shards.rows_of(units, schema=schema.UNITS),
                shards.rows_of(scores, schema=schema.SCORES),
                strict=True,
            )
            for unit, score in pairs:
                yield ScoredUnit(schema.unit_of(unit), schema.assessment_of(score))

    def facts(self, stage: str) -> dict[str, int]:
        """The counts that a stage left in its footers, added up over its shards."""
        total: dict[str, int] = {}
        for path in shards.parts(self.root / stage):
            for name, value in shards.footer_of(path).facts.items():
                total[name] = total.get(name, 0) + value
        return total

    def manifest(self) -> dict[str, Any]:
        """The report that the last build left.

        :raises FormatError: if there is none: no build came to its end yet.
        """
        path = self.root / MANIFEST
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise FormatError(f"{path}: missing: no build was finished; {_AGAIN}") from None
        assert isinstance(said, dict)
        return said

    def _licensed(self, row: schema.Row) -> Document:
        return schema.document_of({**row, "licence": row["licence"] or self._licence})

    def _numbers(self) -> Iterator[int]:
        return (s.number for s in membership.shards(self.root) if s.lang is None)

    def _rows(self, stage: str, table: pa.Schema) -> Iterator[schema.Row]:
        for number in self._numbers():
            yield from shards.rows_of(self._part(stage, number), schema=table)

    def _part(self, stage: str, number: int) -> Path:
        path = shards.part(self.root / stage, number)
        if not path.exists():
            raise FormatError(f"{path}: missing: the build is not finished; {_AGAIN}")
        return path


def _draft(row: schema.Row) -> Draft:
    return Draft(row["text"], row["model"], row["confidence"], tuple(row["flags"]))


_AGAIN: Final = "run 'trilogue build --corpus DIR' again"
