"""The tables of a corpus folder, as Arrow schemas, and the rows' way from and to our types.

``VERSION`` stands in every footer. It is raised when a column changes its name, type or meaning; a
shard of another version is never read as if it were of this one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

import pyarrow as pa

from trilogue.corpora.ids import anchor
from trilogue.corpora.types import (
    Assessment,
    Block,
    BlockKind,
    Document,
    LeftOut,
    Origin,
    Segment,
    TranslationUnit,
    Turn,
    Verdict,
)

VERSION: Final = 1

Row = dict[str, Any]


def _column(name: str, kind: Any = None, *, null: bool = False) -> pa.Field:
    return pa.field(name, pa.string() if kind is None else kind, nullable=null)


def _list(name: str, *fields: pa.Field) -> pa.Field:
    """A list of strings, or of structures if ``fields`` are given; never null itself."""
    inner = pa.struct(fields) if fields else pa.string()
    return pa.field(name, pa.list_(pa.field("item", inner, nullable=False)), nullable=False)


DOCUMENTS: Final = pa.schema(
    [
        _column("document_id"),
        _column("source"),
        _column("text"),
        _column("language"),
        *(
            _column(name, null=True)
            for name in ("title", "date", "time", "place", "summary", "url")
        ),
        _column("licence", null=True),
        _column("attribution", null=True),
        _list("topics"),
        _list("geography"),
        _list("persons"),
        pa.field("turn_languages", pa.list_(pa.string()), nullable=False),
        _list("warnings"),
        _list(
            "blocks",
            _column("start", pa.int64()),
            _column("end", pa.int64()),
            _column("kind"),
            _column("line", pa.int64()),
            _column("turn", pa.int32(), null=True),
        ),
        _list(
            "turns",
            _column("speaker"),
            _column("printed"),
            _column("line", pa.int64()),
            _column("role", null=True),
        ),
        _list("left_out", _column("line", pa.int64()), _column("text"), _column("reason")),
        _column("reference_of", null=True),
    ]
)
"""``documents/`` and ``references/LANG/``: ``reference_of`` is the document that an official
version translates, null for a transcript."""

SEGMENTS: Final = pa.schema(
    [
        _column("segment_id"),
        _column("document_id"),
        _column("position", pa.int32()),
        _column("start", pa.int64()),
        _column("end", pa.int64()),
        _column("text"),
        _column("block", pa.int32()),
        _column("turn", pa.int32(), null=True),
        _column("speaker", null=True),
        _column("language"),
    ]
)

DRAFTS: Final = pa.schema(
    [
        _column("segment_id"),
        _column("text"),
        _column("target_lang"),
        _column("model"),
        _column("confidence", pa.float64(), null=True),
        _list("flags"),
    ]
)
"""``drafts/LANG/``: row *i* drafts row *i* of the segments shard of the same number."""

UNITS: Final = pa.schema(
    [
        _column("unit_id"),
        _column("anchor"),
        _column("document_id"),
        _list("segment_ids"),
        _column("start", pa.int64()),
        _column("end", pa.int64()),
        _column("source"),
        _column("target"),
        _column("source_lang"),
        _column("target_lang"),
        _column("origin"),
        _column("model", null=True),
        _column("speaker", null=True),
        _column("turn", pa.int32(), null=True),
        _column("bead_probability", pa.float64(), null=True),
        _list("flags"),
    ]
)

SCORES: Final = pa.schema(
    [
        _column("unit_id"),
        _column("target_lang"),
        _column("faithful", pa.float64(), null=True),
        _column("quality", pa.float64(), null=True),
        _column("verdict"),
        _list("reasons"),
        _list("scores", _column("name"), _column("value", pa.float64(), null=True)),
        _column("signature"),
    ]
)
"""``scores/assess/LANG/``: row *i* assesses row *i* of the units shard of the same number."""


def batch(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as one Arrow batch of ``schema``."""
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


def document_row(document: Document, *, reference_of: str | None = None) -> Row:
    """A row of :data:`DOCUMENTS`."""
    row = asdict(document)
    row["document_id"] = row.pop("id")
    row["reference_of"] = reference_of
    return row


def document_of(row: Mapping[str, Any]) -> Document:
    """Inverse of :func:`document_row`; ``reference_of`` is the caller's to read."""
    kept = {n: v for n, v in row.items() if n not in ("document_id", "reference_of")}
    tuples = ("topics", "geography", "persons", "turn_languages", "warnings")
    return Document(
        **{
            **kept,
            **{name: tuple(kept[name]) for name in tuples},
            "blocks": tuple(
                Block(**{**block, "kind": BlockKind(block["kind"])}) for block in kept["blocks"]
            ),
            "turns": tuple(Turn(**turn) for turn in kept["turns"]),
            "left_out": tuple(LeftOut(**line) for line in kept["left_out"]),
            "id": row["document_id"],
        }
    )


def segment_row(segment: Segment, *, speaker: str | None, language: str) -> Row:
    """A row of :data:`SEGMENTS`."""
    row = asdict(segment)
    row["segment_id"] = row.pop("id")
    return {**row, "speaker": speaker, "language": language}


def segment_of(row: Mapping[str, Any]) -> Segment:
    """Inverse of :func:`segment_row`."""
    names = ("document_id", "position", "start", "end", "text", "block", "turn")
    return Segment(id=row["segment_id"], **{name: row[name] for name in names})


def unit_row(unit: TranslationUnit) -> Row:
    """A row of :data:`UNITS`."""
    row = asdict(unit)
    row["unit_id"] = row.pop("id")
    row["anchor"] = anchor(unit.document_id, unit.start, unit.end, unit.target_lang, unit.source)
    return row


def unit_of(row: Mapping[str, Any]) -> TranslationUnit:
    """Inverse of :func:`unit_row`."""
    kept = {name: value for name, value in row.items() if name not in ("unit_id", "anchor")}
    changed = {
        "id": row["unit_id"],
        "origin": Origin(row["origin"]),
        "segment_ids": tuple(row["segment_ids"]),
        "flags": tuple(row["flags"]),
    }
    return TranslationUnit(**{**kept, **changed})


def assessment_row(unit: TranslationUnit, assessment: Assessment) -> Row:
    """A row of :data:`SCORES`."""
    scores = [{"name": name, "value": value} for name, value in assessment.scores.items()]
    return {
        "unit_id": unit.id,
        "target_lang": unit.target_lang,
        "faithful": assessment.faithful,
        "quality": assessment.quality,
        "verdict": str(assessment.verdict),
        "reasons": list(assessment.reasons),
        "scores": scores,
        "signature": assessment.signature,
    }


def assessment_of(row: Mapping[str, Any]) -> Assessment:
    """Inverse of :func:`assessment_row`."""
    return Assessment(
        faithful=row["faithful"],
        quality=row["quality"],
        verdict=Verdict(row["verdict"]),
        reasons=tuple(row["reasons"]),
        scores={score["name"]: score["value"] for score in row["scores"]},
        signature=row["signature"],
    )
