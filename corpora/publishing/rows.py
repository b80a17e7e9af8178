"""The columns of a published dataset, as Arrow and as the hub's ``dataset_info`` spells them."""

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from trilogue.corpora.formats.parquet import SCHEMA, arrow_row
from trilogue.corpora.formats.records import Record, Row
from trilogue.corpora.ids import content_hash
from trilogue.corpora.multiway import Group, assessment_of, origin_of, text_of

TRANSLATION: Final = "translation"
_TERMS: Final = ("title", "date", "url", "licence", "attribution", "original_lang")
_SIDE: Final = {"origin": pa.string(), "verdict": pa.string(), "faithful": pa.float64()}


def pair_schema(lang: str) -> pa.Schema:
    """A pair: what JSON lines hold, and the structure that training scripts take."""
    # Sorted, as the ``Translation`` feature of ``datasets`` has its languages.
    sides = pa.struct([(side, pa.string()) for side in sorted(("en", lang))])
    return SCHEMA.append(pa.field(TRANSLATION, sides))


def pair_row(record: Record) -> Row:
    """A row under :func:`pair_schema`."""
    unit = record.unit
    row = arrow_row(record)
    row[TRANSLATION] = {unit.source_lang: unit.source, unit.target_lang: unit.target}
    return row


def multi_schema(languages: Sequence[str]) -> pa.Schema:
    """All languages of a stretch of text in a row; a language that has no unit of it is null."""
    fields = [
        pa.field("id", pa.string()),
        pa.field("document_id", pa.string()),
        pa.field("segment_ids", pa.list_(pa.string())),
        pa.field("speaker", pa.string()),
        *(pa.field(lang, pa.string()) for lang in ("en", *languages)),
    ]
    for lang in languages:
        fields += [pa.field(f"{lang}_{name}", kind) for name, kind in _SIDE.items()]
    return pa.schema([*fields, *(pa.field(name, pa.string()) for name in _TERMS)])


def multi_row(group: Group, languages: Sequence[str]) -> Row:
    """A row under :func:`multi_schema`."""
    some = next(iter(group.sides.values()), ())
    terms = group.terms()
    row: Row = {name: getattr(terms, name) for name in _TERMS}
    row["id"] = content_hash("multi", group.document.id, *group.segment_ids)
    row["document_id"] = group.document.id
    row["segment_ids"] = group.segment_ids
    row["speaker"] = some[0].unit.speaker if some else None
    row["en"] = group.source
    for lang in languages:
        side = group.sides.get(lang)
        if side is not None:
            judged = assessment_of(side)
            row[lang] = text_of(side)
            row[f"{lang}_origin"] = origin_of(side).value
            row[f"{lang}_verdict"] = judged.verdict.value
            row[f"{lang}_faithful"] = judged.faithful
    return row


def features(schema: pa.Schema) -> list[dict[str, Any]]:
    """The columns as the YAML of a dataset card has them."""
    return [{"name": field.name, **_feature(field.name, field.type)} for field in schema]


def _feature(name: str, kind: pa.DataType) -> dict[str, Any]:
    if name == TRANSLATION:
        return {"dtype": {"translation": {"languages": [side.name for side in kind]}}}
    if pa.types.is_list(kind):
        inner = kind.value_type
        return {"list": features(pa.schema(list(inner))) if pa.types.is_struct(inner) else "string"}
    return {"dtype": {"double": "float64"}.get(str(kind), str(kind))}
