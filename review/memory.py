"""What was decided earlier on the same or similar sources, and where words were used."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from rapidfuzz import fuzz, process, utils

from trilogue.review.tables import UNITS
from trilogue.review.types import Status

LEAST: Final = 70
"""Likeness of sources, 0–100, from which on an earlier decision is shown."""
_USED: Final = (Status.ACCEPTED, Status.EDITED, Status.MERGED, Status.SPLIT)
_SHOWN: Final = 8
_LOOKED_AT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """An earlier decision; ``likeness`` of its source is 100 for the same."""

    unit_id: str
    source: str
    text: str
    likeness: int


def similar(connection: sa.Connection, source: str, *, lang: str, but: str = "") -> list[Hit]:
    """Earlier decisions on sources at least :data:`LEAST` alike, the most alike first.

    Of 20,000 decided units, at most, of a length that can be so alike.

    :param but: a unit that is left out: the one that is looked at.
    """
    # Indel's likeness is 2·m ⁄ (a + b), of which m can be the shorter length at most.
    ratio = LEAST / (200 - LEAST)
    length = sa.func.length(UNITS.c.source)
    asked = (
        sa.select(UNITS.c.unit_id, UNITS.c.source, UNITS.c.text)
        .where(UNITS.c.waits.is_(False), UNITS.c.lang == lang, UNITS.c.unit_id != but)
        .where(UNITS.c.status.in_(_USED))
        .where(UNITS.c.text.is_not(None), length.between(len(source) * ratio, len(source) / ratio))
        .limit(_LOOKED_AT)
    )
    rows = connection.execute(asked).all()
    best = process.extract(
        source,
        [row.source for row in rows],
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=LEAST,
        limit=_SHOWN * 4,
    )
    hits = {
        (rows[at].source, rows[at].text): Hit(
            rows[at].unit_id, rows[at].source, rows[at].text, int(likeness)
        )
        for _, likeness, at in best
    }
    return list(hits.values())[:_SHOWN]


def concordance(
    connection: sa.Connection, words: str, *, lang: str, limit: int = 20
) -> list[sa.RowMapping]:
    """Units whose source, draft or translation holds the words; decided ones first."""
    if not words.strip():
        return []
    columns = (UNITS.c.source, UNITS.c.target, UNITS.c.text)
    holds = sa.or_(*(column.icontains(words.strip(), autoescape=True) for column in columns))
    asked = (
        sa.select(UNITS)
        .where(UNITS.c.lang == lang, UNITS.c.present, holds)
        .order_by(UNITS.c.text.is_(None), UNITS.c.position)
        .limit(limit)
    )
    return list(connection.execute(asked).mappings())
