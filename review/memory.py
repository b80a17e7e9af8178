"""What was decided earlier on the same or similar sources, and where words were used."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import sqlalchemy as sa
from rapidfuzz import fuzz, process, utils

from trilogue.corpora.batches import batched
from trilogue.review.tables import DECISIONS, UNITS
from trilogue.review.types import Status

LEAST: Final = 70
"""Likeness of sources, 0–100, from which on an earlier decision is shown."""
_USED: Final = (Status.ACCEPTED, Status.EDITED, Status.MERGED, Status.SPLIT)
_SHOWN: Final = 8
_COMPARED: Final = 2_000
_LATE: Final = 100
"""Entries that are looked for again: PostgreSQL numbers them before it shows them to others."""
_BATCH: Final = 500
_SINCE: Final = sa.select(DECISIONS.c.seq, DECISIONS.c.unit_id).where(
    DECISIONS.c.seq > sa.bindparam("seq")
)
_UNITS: Final = sa.select(
    UNITS.c.unit_id, UNITS.c.lang, UNITS.c.source, UNITS.c.text, UNITS.c.status
).where(UNITS.c.unit_id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Hit:
    """An earlier decision; ``likeness`` of its source is 100 for the same."""

    unit_id: str
    source: str
    text: str
    likeness: int


@dataclass
class Memory:
    """The decided sources of a review by their words; of the log it reads what is new to it."""

    _last: int = 0
    _seen: set[int] = field(default_factory=set)
    _shelves: dict[str, "_Shelf"] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def similar(
        self, connection: sa.Connection, source: str, *, lang: str, but: str = ""
    ) -> list[Hit]:
        """Earlier decisions on sources at least :data:`LEAST` alike, the most alike first.

        They share a word with the source; where very many do, a rare one.

        :param but: a unit that is left out: the one that is looked at.
        """
        with self._lock:
            self._renew(connection)
            shelf = self._shelves.get(lang, _Shelf())
            found = [hit for hit in shelf.similar(source) if hit.unit_id != but]
        once = {(hit.source, hit.text): hit for hit in reversed(found)}
        return sorted(once.values(), key=lambda hit: -hit.likeness)[:_SHOWN]

    def _renew(self, connection: sa.Connection) -> None:
        asked = connection.execute(_SINCE, {"seq": self._last - _LATE})
        new = {row.seq: row.unit_id for row in asked if row.seq not in self._seen}
        for ids in batched(sorted(set(new.values())), _BATCH):
            for unit_id, lang, source, text, status in connection.execute(_UNITS, {"ids": ids}):
                shelf = self._shelves.setdefault(lang, _Shelf())
                shelf.take(unit_id)
                if status in _USED and text is not None:
                    shelf.put(unit_id, source, text)
        self._last = max(self._last, *new, 0)
        self._seen = {seq for seq in self._seen | new.keys() if seq > self._last - _LATE}


@dataclass
class _Shelf:
    """What was decided in one language: units with source, text, and the plain source.

    Plain is without case and punctuation. ``holding`` says which units hold a word, or are a text.
    """

    units: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    holding: dict[str, dict[str, None]] = field(default_factory=dict)

    def put(self, unit_id: str, source: str, text: str) -> None:
        plain = utils.default_process(source)
        self.units[unit_id] = source, text, plain
        for key in _keys(plain):
            self.holding.setdefault(key, {})[unit_id] = None

    def take(self, unit_id: str) -> None:
        if unit_id in self.units:
            *_, plain = self.units.pop(unit_id)
            for key in _keys(plain):
                del self.holding[key][unit_id]

    def similar(self, source: str) -> list[Hit]:
        plain = utils.default_process(source)
        best = process.extract(
            plain,
            {unit_id: self.units[unit_id][2] for unit_id in self._near(plain)},
            scorer=fuzz.ratio,
            score_cutoff=LEAST,
            limit=_SHOWN * 4,
        )
        return [Hit(name, *self.units[name][:2], int(likeness)) for _, likeness, name in best]

    def _near(self, plain: str) -> Sequence[str]:
        """The same text first, then by the rarest word that is shared."""
        found: dict[str, None] = {}
        for holders in sorted((self.holding.get(key, {}) for key in _keys(plain)), key=len):
            found |= holders
            if len(found) >= _COMPARED:
                break
        return list(found)[:_COMPARED]


def _keys(plain: str) -> set[str]:
    """The words, and the text itself, which no word is."""
    return {*plain.split(), f"={plain}"}


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
