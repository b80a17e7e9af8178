"""The post-edits stage: a snapshot's answers on the documents of one shard, as units.

An accepted, edited, merged or split unit becomes units of origin ``post-edit``. A rejected one
becomes a row with its own id and nothing as its target, which marks that unit in the units stage;
so does one whose speaker was corrected.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from trilogue.align.pairing import SPEAKER
from trilogue.corpora import schema
from trilogue.corpora.ids import Recipe, content_hash, unit_id
from trilogue.corpora.shards import is_made, new_shard
from trilogue.corpora.types import Origin, TranslationUnit
from trilogue.review.answers import Answer
from trilogue.review.types import Kind, Part

VERSION: Final = 1
"""Raised when the same answers give other units."""
_REJECTS: Final = (Kind.REJECT, Kind.NOT_TRANSLATION)


def recipe(answers: Iterable[Answer], lang: str) -> Recipe:
    """What decides the rows: the answers themselves."""
    said = content_hash(*(answer.line() for answer in answers))
    return Recipe("post-edits", VERSION, {}, {"to": lang, "answers": said})


def post_edit_shard(answers: Sequence[Answer], out: Path, *, to: str) -> int:
    """Make the units that people decided; a shard already made by this recipe is left alone.

    :param answers: on the documents of the shard, in one language.
    :returns: rows written, 0 if there was nothing to do.
    """
    made_by = recipe(answers, to)
    if is_made(out, by=made_by):
        return 0
    with new_shard(out, schema=schema.UNITS, recipe=made_by) as shard:
        shard.write_rows([schema.unit_row(unit) for answer in answers for unit in _units(answer)])
        return shard.rows


def _units(answer: Answer) -> Iterator[TranslationUnit]:
    for part in answer.parts:
        if answer.kind is Kind.SPEAKER:
            yield _unit(answer, part, answer.unit_id, (SPEAKER,))
        elif answer.kind in _REJECTS:
            said = f"{answer.kind}: {answer.reason}" if answer.reason else str(answer.kind)
            yield _unit(answer, part, answer.unit_id, (f"review: {said}",))
        else:
            yield _unit(answer, part, _id(answer, part), ())


def _id(answer: Answer, part: Part) -> str:
    return unit_id(
        document_id=answer.document_id,
        start=part.start,
        end=part.end,
        source=part.source,
        target=part.text,
        target_lang=answer.lang,
        origin=Origin.POST_EDIT,
    )


def _unit(answer: Answer, part: Part, name: str, flags: tuple[str, ...]) -> TranslationUnit:
    return TranslationUnit(
        id=name,
        document_id=answer.document_id,
        segment_ids=answer.segment_ids,
        start=part.start,
        end=part.end,
        source=part.source,
        target=part.text,
        source_lang=answer.source_lang,
        target_lang=answer.lang,
        origin=Origin.POST_EDIT,
        speaker=answer.speaker,
        turn=answer.turn,
        flags=flags,
    )
