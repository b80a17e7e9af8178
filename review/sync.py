"""The corpus into the database: its units with what is known of them, and the decisions onto them.

The log is not touched. What it comes to is written beside each unit again, so that a database
whose ``units`` are lost is whole after the next run.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from trilogue.align.select import BY_PERSON
from trilogue.corpora import corpus as folders
from trilogue.corpora.batches import batched
from trilogue.corpora.choice import Choice, records
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.formats.records import Record
from trilogue.corpora.ids import anchor, content_hash
from trilogue.corpora.shards import key_of, parts
from trilogue.corpora.types import Origin
from trilogue.review import queue
from trilogue.review.folding import fold, text_of
from trilogue.review.log import entry_of
from trilogue.review.rebind import Placed, Rebound, rebind
from trilogue.review.tables import CHECKS, DECISIONS, META, STALE, UNITS
from trilogue.review.types import WAITING, Entry, Status, Track

_BATCH: Final = 1000
_PLACE: Final = ("unit_id", "anchor", "origin", "start", "end", "document_id", "lang")
_GATE: Final = ("verdict", "reasons", "faithful", "quality")
_NEW: Final[Mapping[str, Any]] = {
    "version": 0,
    "status": Status.OPEN,
    "second_version": 0,
    "second_status": Status.OPEN,
    "lease_until": 0,
    "waits": True,
}


def sync(connection: sa.Connection, corpus: Corpus, *, seed: int = 7) -> Rebound | None:
    """Show the corpus as it stands now.

    :param seed: of the samples. Once drawn they stay: later the first seed is kept.
    :returns: what became of the decisions; None if the corpus did not change.
    :raises FormatError: if the corpus is not finished.
    """
    now = fingerprint(corpus)
    if _meta(connection, "corpus") == now:
        return None
    if _meta(connection, "seed") is None:
        _set_meta(connection, "seed", str(seed))
    drawn_with = _meta(connection, "seed") or str(seed)
    connection.execute(UNITS.update().values(present=False))
    connection.execute(CHECKS.delete())
    for batch in batched(_rows(records(corpus, Choice()), drawn_with), _BATCH):
        _put(connection, batch)
    _set_meta(connection, "corpus", now)
    return settle(connection)


def fingerprint(corpus: Corpus) -> str:
    """Changes whenever a shard of units or scores does."""
    stages = [
        f"{stage}/{lang}"
        for stage in (folders.UNITS, folders.SCORES)
        for lang in corpus.languages()
    ]
    shards = ((stage, path) for stage in stages for path in parts(corpus.root / stage))
    return content_hash(*(f"{stage}/{path.name} {key_of(path)}" for stage, path in shards))


def settle(connection: sa.Connection) -> Rebound:
    """Rebind the log's decisions, and write beside each unit what they come to."""
    entries = _by_unit(connection)
    states = {unit: fold(found) for (unit, track), found in entries.items() if track == "first"}
    decided = frozenset(unit for unit, found in states.items() if found.entry is not None)
    columns = [UNITS.c[name] for name in _PLACE]
    present = connection.execute(sa.select(*columns).where(UNITS.c.present)).mappings()
    places = {row["unit_id"]: _placed(row) for row in present}
    rebound = rebind(_decided(connection, decided), places, settled=decided)
    _write_stale(connection, rebound)
    _write_states(connection, entries, rebound)
    queue.rank(connection)
    waits = UNITS.c.present & UNITS.c.status.in_(WAITING)
    for value in (True, False):
        wrong = (waits if value else ~waits) & (UNITS.c.waits != value)
        connection.execute(UNITS.update().where(wrong).values(waits=value))
    return rebound


def _rows(found: Iterable[Record], seed: str) -> Iterator[dict[str, Any]]:
    """The units that are to be reviewed: a person's own are an answer, no question."""
    positions: dict[str, int] = {}
    for record in found:
        if record.unit.origin is not Origin.POST_EDIT:
            lang = record.unit.target_lang
            positions[lang] = positions.get(lang, -1) + 1
            yield _row(record, positions[lang], seed)


def _row(record: Record, position: int, seed: str) -> dict[str, Any]:
    unit, found = record.unit, record.assessment
    assert found is not None  # what a corpus holds is judged
    return {
        "unit_id": unit.id,
        "anchor": anchor(unit.document_id, unit.start, unit.end, unit.target_lang, unit.source),
        "document_id": unit.document_id,
        "title": record.terms.title or "",
        "file": record.terms.file or "",
        "position": position,
        "lang": unit.target_lang,
        "source_lang": unit.source_lang,
        "origin": unit.origin,
        "start": unit.start,
        "end": unit.end,
        "segment_ids": json.dumps(unit.segment_ids),
        "source": unit.source,
        "target": unit.target,
        "model": unit.model,
        "speaker": unit.speaker or "",
        "turn": unit.turn,
        "verdict": found.verdict,
        "faithful": found.faithful,
        "quality": found.quality,
        "reasons": json.dumps(found.reasons, ensure_ascii=False),
        "need": 0.0,
        "draw": _draw(seed, unit.id),
        "present": True,
    }


def _draw(seed: str, unit_id: str) -> float:
    digest = hashlib.sha256(f"{seed}:{unit_id}".encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def _put(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    """Write units: what is known of those that stand is renewed, what was decided stays."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(UNITS)
    for told, some in _by_whom(rows).items():
        kept = ("unit_id", *_GATE) if told else ("unit_id",)
        renewed = {name: insert.excluded[name] for name in rows[0] if name not in kept}
        connection.execute(
            insert.on_conflict_do_update(index_elements=["unit_id"], set_=renewed),
            [{**_NEW, **row} for row in some],
        )
    checks = [
        {"unit_id": row["unit_id"], "name": name}
        for row in rows
        for name in sorted({reason.partition(":")[0][:40] for reason in json.loads(row["reasons"])})
        if name != BY_PERSON.rstrip(": ")
    ]
    if checks:
        connection.execute(CHECKS.insert(), checks)


def _by_whom(rows: list[dict[str, Any]]) -> dict[bool, list[dict[str, Any]]]:
    """Rows whose verdict a person gave, and the others.

    What the gate said before of the former is kept: how often it is wrong is told from that.
    """
    found: dict[bool, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(f'"{BY_PERSON}' in row["reasons"], []).append(row)
    return found


def _by_unit(connection: sa.Connection) -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for row in connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.seq)).mappings():
        found.setdefault((row["unit_id"], row["track"]), []).append(entry_of(row))
    return found


def _decided(connection: sa.Connection, decided: frozenset[str]) -> list[Placed]:
    """Where the decided units stood, in the order of their last entries."""
    asked = (
        sa.select(*(DECISIONS.c[name] for name in _PLACE))
        .where(DECISIONS.c.track == Track.FIRST)
        .order_by(DECISIONS.c.seq)
    )
    last: dict[str, Placed] = {}
    for row in connection.execute(asked).mappings():
        if row["unit_id"] in decided:
            last.pop(row["unit_id"], None)
            last[row["unit_id"]] = _placed(row)
    return list(last.values())


def _placed(row: Mapping[Any, Any]) -> Placed:
    return Placed(**{name: row[name] for name in _PLACE})


def _write_stale(connection: sa.Connection, rebound: Rebound) -> None:
    known = {row.unit_id for row in connection.execute(sa.select(STALE.c.unit_id))}
    gone = [{"b_unit": unit} for unit in known - set(rebound.stale)]
    if gone:
        connection.execute(STALE.delete().where(STALE.c.unit_id == sa.bindparam("b_unit")), gone)
    new = [{"unit_id": unit, "why": why} for unit, why in rebound.stale.items()]
    new = [row for row in new if row["unit_id"] not in known]
    if new:
        connection.execute(STALE.insert(), new)


def _write_states(
    connection: sa.Connection, entries: Mapping[tuple[str, str], list[Entry]], rebound: Rebound
) -> None:
    connection.execute(
        UNITS.update()
        .where(
            (UNITS.c.version > 0) | (UNITS.c.second_version > 0) | UNITS.c.carried_from.is_not(None)
        )
        .values({**_NEW, "decided_by": None, "text": None, "carried_from": None})
    )
    for new, old in rebound.to_confirm.items():
        said = text_of(fold(entries[old, Track.FIRST]))
        _update(connection, new, status=Status.CONFIRM, carried_from=old, text=said)
    for (unit, track), found in entries.items():
        state = fold(found)
        if track == Track.SECOND:
            _update(connection, unit, second_version=state.version, second_status=state.status)
            continue
        _update(connection, unit, version=state.version)
        if state.entry is not None:
            by = state.entry.account_id
            _update(connection, unit, status=state.status, decided_by=by, text=text_of(state))


def _update(connection: sa.Connection, unit_id: str, **values: Any) -> None:
    connection.execute(UNITS.update().where(UNITS.c.unit_id == unit_id).values(values))


def _meta(connection: sa.Connection, name: str) -> str | None:
    found = connection.execute(sa.select(META.c.value).where(META.c.name == name)).scalar()
    return None if found is None else str(found)


def _set_meta(connection: sa.Connection, name: str, value: str) -> None:
    connection.execute(META.delete().where(META.c.name == name))
    connection.execute(META.insert().values(name=name, value=value))
