"""The drafts stage: every segment of a shard in a target language."""

from pathlib import Path
from typing import Any, Final

from trilogue.corpora import schema
from trilogue.corpora.batches import batched
from trilogue.corpora.errors import ModelError
from trilogue.corpora.ids import Recipe
from trilogue.corpora.shards import is_made, key_of, new_shard, rows_of
from trilogue.corpora.stages import Translator

VERSION: Final = 1
"""Raised when the same segments and translator give other drafts."""


def recipe(segments: str, translator: str, to: str, *, stage: str = "drafts") -> Recipe:
    """What decides the rows: the key of the segments, the translator's signature, the language.

    :param stage: "drafts", or "seconds" for another model's of the same segments.
    """
    return Recipe(stage, VERSION, {"segments": segments}, {"model": translator, "to": to})


def draft_shard(
    source: Path,
    out: Path,
    *,
    translator: Translator,
    to: str,
    stage: str = "drafts",
    batch_size: int = 64,
) -> int:
    """Draft every segment of one shard; a shard already made by this recipe is left alone.

    :param source: a segments shard.
    :param out: the drafts shard: row *i* is the draft of source row *i*.
    :param translator: its ``signature`` is part of the recipe, and so is ``stage``.
    :returns: rows drafted, 0 if there was nothing to do.
    :raises FormatError: if ``source`` is not one of our shards.
    :raises ModelError: if the translator answers with another number of drafts than texts.
    """
    made_by = recipe(key_of(source), translator.signature, to, stage=stage)
    if is_made(out, by=made_by):
        return 0
    with new_shard(out, schema=schema.DRAFTS, recipe=made_by) as shard:
        for some in batched(rows_of(source, schema=schema.SEGMENTS), batch_size):
            where = f"{source}:{shard.rows}"
            shard.write_rows(_drafts(some, translator, to, where))
        return shard.rows


def _drafts(
    segments: list[dict[str, Any]], translator: Translator, to: str, where: str
) -> list[schema.Row]:
    drafts = translator.translate([segment["text"] for segment in segments])
    if len(drafts) != len(segments):
        what = f"{len(drafts)} drafts by {translator.signature}, expected {len(segments)}"
        raise ModelError(f"{where}: {what}")
    return [
        {
            "segment_id": segment["segment_id"],
            "text": draft.text,
            "target_lang": to,
            "model": draft.model,
            "confidence": draft.confidence,
            "flags": list(draft.flags),
        }
        for segment, draft in zip(segments, drafts, strict=True)
    ]
