"""The log of decisions: what was decided is never changed, and never lost to somebody else's.

A person decides on the version of a unit that they saw. If it has another one by now, nothing is
written and both are told; the database holds that with ``unique (unit_id, track, version)``.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from trilogue.corpora.errors import FormatError, ReviewConflictError
from trilogue.review import effort, queue
from trilogue.review.folding import fold, text_of
from trilogue.review.tables import ACCOUNTS, DECISIONS, SKIPS, TYPED, UNITS
from trilogue.review.types import (
    STATUS_OF,
    WAITING,
    Account,
    Decision,
    Entry,
    Kind,
    Part,
    Role,
    State,
    Status,
    Track,
)

_NO_LAST: Final = (Kind.UNDO, Kind.MERGED)
LONGEST: Final = 20_000
"""Characters of a text that a person may give."""
_SEEN: Final = (
    "anchor document_id lang source_lang origin start end segment_ids source turn verdict".split()
)
# Statements of every page are made once: making one takes longer than asking it.
_NAMES: Final = sa.select(ACCOUNTS.c.id, ACCOUNTS.c.name)
_HISTORY: Final = (
    sa.select(DECISIONS)
    .where(DECISIONS.c.unit_id == sa.bindparam("unit_id"), DECISIONS.c.track == sa.bindparam("of"))
    .order_by(DECISIONS.c.seq)
)
_BY_KEY: Final = (
    sa.select(DECISIONS)
    .where(DECISIONS.c.key.in_(sa.bindparam("keys", expanding=True)))
    .order_by(DECISIONS.c.seq)
)
_OF_ACTION: Final = (
    sa.select(DECISIONS)
    .where(DECISIONS.c.action == sa.bindparam("action"))
    .order_by(DECISIONS.c.seq)
)
_UNIT: Final = sa.select(UNITS).where(UNITS.c.unit_id == sa.bindparam("unit_id"))
_VERSION: Final = {Track.FIRST: UNITS.c.version, Track.SECOND: UNITS.c.second_version}
_ADVANCE: Final = {
    track: UNITS.update()
    .where(UNITS.c.unit_id == sa.bindparam("of"), column == sa.bindparam("seen"))
    .values({column: column + 1})
    for track, column in _VERSION.items()
}
_INSERT: Final = DECISIONS.insert()
_SETTLED: Final = {
    track: UNITS.update()
    .where(UNITS.c.unit_id == sa.bindparam("of"))
    .values({**{name: sa.bindparam(f"new_{name}") for name in names}, "lease_by": None})
    for track, names in (
        (Track.FIRST, ("status", "decided_by", "text", "waits", "lease_until")),
        (Track.SECOND, ("second_status", "lease_until")),
    )
}
_CLEAR: Final = tuple(
    table.delete().where(
        table.c.account_id == sa.bindparam("who"),
        table.c.unit_id.in_(sa.bindparam("of", expanding=True)),
    )
    for table in (TYPED, SKIPS)
)


class Conflict(ReviewConflictError):
    """Somebody decided first.

    :ivar mine: what was to be written.
    :ivar version: the unit's by now.
    """

    def __init__(self, mine: Decision, version: int) -> None:
        self.mine, self.version = mine, version
        what = f"version {version}, expected {mine.expected}"
        way = "somebody else decided meanwhile; look at both and decide again"
        super().__init__(f"unit {mine.unit_id}: {what}: {way}")


def append(
    connection: sa.Connection, decisions: Sequence[Decision], *, by: Account, now: int
) -> list[Entry]:
    """Write one action: all of its decisions or none; sent again, it is not written again.

    :param connection: in a transaction that the caller ends.
    :param now: milliseconds since 1970.
    :returns: the entries.
    :raises Conflict: if a unit has another version than was expected. Nothing is to be committed.
    :raises FormatError: if a decision is not one that can be taken on its unit.
    """
    already = _entries(connection, _BY_KEY, keys=[one.key for one in decisions])
    if already:
        return _same(already, decisions, by)
    action = decisions[0].key
    for decision in decisions:
        _advance(connection, decision)
    for decision in decisions:
        unit = _unit(connection, decision.unit_id)
        _check(connection, decision, unit, by)
        connection.execute(_INSERT, _row(decision, unit, action, by, now))
    written = _entries(connection, _OF_ACTION, action=action)
    for decision in decisions:
        _settle(connection, decision.unit_id, decision.track)
    decided = [one.unit_id for one in decisions if one.kind in STATUS_OF]
    if decided:
        _clear(connection, decided, by)
    return written


def undo(
    connection: sa.Connection, seq: int, *, key: str, expected: int, by: Account, now: int
) -> list[Entry]:
    """Take back an entry, with the others of its action.

    :param expected: version of the entry's unit that the person saw.
    :raises Conflict: as :func:`append`; then nothing is to be committed.
    :raises FormatError: if there is none such, it is taken back already, or it is another's and
        ``by`` is no reviewer.
    """
    found = _entries(connection, sa.select(DECISIONS).where(DECISIONS.c.seq == seq))
    if not found:
        raise FormatError(f"decision {seq}: not in the log, expected one of its numbers")
    together = _entries(connection, _OF_ACTION, action=found[0].action)
    asked = [
        Decision(
            key=key if entry.seq == seq else f"{key}:{entry.unit_id}",
            unit_id=entry.unit_id,
            kind=Kind.UNDO,
            expected=(
                expected
                if entry.seq == seq
                else _version(connection, entry.unit_id, entry.track) or 0
            ),
            undoes=entry.seq,
            track=entry.track,
        )
        for entry in sorted(together, key=lambda entry: entry.seq != seq)
    ]
    written = append(connection, asked, by=by, now=now)
    _put_back(connection, found[0], by, now)
    return written


def _put_back(connection: sa.Connection, undone: Entry, by: Account, now: int) -> None:
    """What a person wrote themselves is theirs to write on, where nothing decides the unit now."""
    text = " ".join(part.text for part in undone.parts)
    own = undone.account_id == by.id and undone.kind in (Kind.EDIT, Kind.SPLIT)
    if own and state(connection, undone.unit_id, track=undone.track).entry is None:
        here = {"account_id": by.id, "unit_id": undone.unit_id}
        typed = sa.select(TYPED).where(*(TYPED.c[name] == value for name, value in here.items()))
        if connection.execute(typed).first() is None:
            connection.execute(TYPED.insert().values(**here, text=text, at=now))


def history(connection: sa.Connection, unit_id: str, *, track: Track = Track.FIRST) -> list[Entry]:
    """The entries of a unit, in their order."""
    return _entries(connection, _HISTORY, unit_id=unit_id, of=track)


def state(
    connection: sa.Connection,
    unit_id: str,
    *,
    track: Track = Track.FIRST,
    waiting: Status = Status.OPEN,
) -> State:
    """What the entries of a unit come to."""
    return fold(history(connection, unit_id, track=track), waiting=waiting)


def latest(connection: sa.Connection, account: Account) -> Entry | None:
    """A person's last entry that can be undone: none of their undos, and not undone itself.

    Of a merge it is the entry of the first unit, which has the words.
    """
    undone = DECISIONS.alias()
    standing = ~sa.exists().where(undone.c.undoes == DECISIONS.c.seq)
    asked = (
        sa.select(DECISIONS)
        .where(DECISIONS.c.account_id == account.id, DECISIONS.c.kind.not_in(_NO_LAST), standing)
        .order_by(DECISIONS.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(asked).mappings().first()
    return None if row is None else entry_of(row)


def names(connection: sa.Connection) -> dict[int, str]:
    """The names of all accounts, also of disabled ones, by their ids."""
    return {row.id: row.name for row in connection.execute(_NAMES)}


def entry_of(row: Mapping[Any, Any]) -> Entry:
    """A row of the log."""
    return Entry(
        seq=row["seq"],
        action=row["action"],
        unit_id=row["unit_id"],
        kind=Kind(row["kind"]),
        version=row["version"],
        parts=tuple(Part.of(part) for part in json.loads(row["parts"])),
        reason=row["reason"],
        meaning=row["meaning"],
        speaker=row["speaker"],
        undoes=row["undoes"],
        track=Track(row["track"]),
        active_ms=row["active_ms"],
        account_id=row["account_id"],
        at=row["at"],
    )


def _entries(connection: sa.Connection, asked: sa.Select[Any], **values: Any) -> list[Entry]:
    return [entry_of(row) for row in connection.execute(asked, values).mappings()]


def _same(already: Sequence[Entry], decisions: Iterable[Decision], by: Account) -> list[Entry]:
    """What stands for a key that was sent before, if it is the same decision."""
    said = [(one.unit_id, one.kind, one.account_id, one.parts, one.reason) for one in already]
    asked = [(one.unit_id, one.kind, by.id, one.parts, one.reason) for one in decisions]
    if sorted(said, key=repr) != sorted(asked, key=repr):
        raise FormatError(f"decision {already[0].action}: its key was used for another one")
    return list(already)


def _advance(connection: sa.Connection, decision: Decision) -> None:
    """Count the unit's version up, if it is the expected one: the lock of the whole thing."""
    told = {"of": decision.unit_id, "seen": decision.expected}
    if connection.execute(_ADVANCE[decision.track], told).rowcount == 1:
        return
    version = _version(connection, decision.unit_id, decision.track)
    if version is None:
        raise FormatError(f"unit {decision.unit_id}: not in this review; was the corpus rebuilt?")
    raise Conflict(decision, version)


def _version(connection: sa.Connection, unit_id: str, track: Track) -> int | None:
    asked = sa.select(_VERSION[track]).where(UNITS.c.unit_id == unit_id)
    return connection.execute(asked).scalar()


def _unit(connection: sa.Connection, unit_id: str) -> Mapping[Any, Any]:
    return connection.execute(_UNIT, {"unit_id": unit_id}).mappings().one()


def _check(
    connection: sa.Connection, decision: Decision, unit: Mapping[Any, Any], by: Account
) -> None:
    where = f"unit {decision.unit_id}: {decision.kind}"
    texts = [part.text for part in decision.parts] + [decision.reason, decision.speaker]
    if any(len(text) > LONGEST or "\0" in text for text in texts):
        raise FormatError(f"{where}: a text over {LONGEST:,} characters, or with a null in it")
    translates = decision.kind in (Kind.ACCEPT, Kind.EDIT, Kind.MERGE, Kind.SPLIT)
    if translates and not all(part.text.strip() for part in decision.parts):
        raise FormatError(f"{where}: an empty translation; reject the unit if it has none")
    if decision.track is Track.SECOND:
        if by.role.level < Role.REVIEWER.level:
            raise FormatError(f"{where}: a second review by a {by.role}, expected a reviewer")
        if unit["decided_by"] == by.id:
            raise FormatError(f"{where}: a second review by the first reviewer; leave it to others")
        if unit["decided_by"] is None and decision.kind is not Kind.UNDO:
            raise FormatError(f"{where}: a second review of what nobody decided yet")
    elif unit["status"] == Status.MERGED and decision.kind in STATUS_OF:
        # Another decision would free only one half: the other would be in no version, or in two.
        raise FormatError(f"{where}: it is merged with another unit; undo that first")
    if decision.kind is Kind.UNDO:
        _check_undo(connection, decision, by)


def _check_undo(connection: sa.Connection, decision: Decision, by: Account) -> None:
    entries = history(connection, decision.unit_id, track=decision.track)
    [entry] = [one for one in entries if one.seq == decision.undoes]
    if entry.account_id != by.id and by.role.level < Role.REVIEWER.level:
        what = "another's decision, which a translator cannot undo"
        raise FormatError(f"unit {decision.unit_id}: {what}; ask a reviewer")
    gone = {one.undoes for one in entries if one.kind is Kind.UNDO}
    taken_back = {one.undoes for one in entries if one.seq in gone}
    if entry.seq in gone - taken_back:
        raise FormatError(f"decision {entry.seq}: undone already")


def _row(
    decision: Decision, unit: Mapping[Any, Any], action: str, by: Account, now: int
) -> dict[str, Any]:
    text = " ".join(part.text for part in decision.parts)
    edits = decision.kind in (Kind.EDIT, Kind.ACCEPT)
    return {
        **{name: unit[name] for name in _SEEN},
        "draft": unit["target"],
        "unit_speaker": unit["speaker"],
        "key": decision.key,
        "action": action,
        "unit_id": decision.unit_id,
        "track": decision.track,
        "version": decision.expected + 1,
        "kind": decision.kind,
        "parts": json.dumps([part.row() for part in decision.parts], ensure_ascii=False),
        "reason": decision.reason,
        "meaning": decision.meaning,
        "speaker": decision.speaker,
        "undoes": decision.undoes,
        "account_id": by.id,
        "at": now,
        "active_ms": max(0, decision.active_ms),
        "hter": effort.hter(unit["target"], text) if edits else None,
        "changed": effort.changed(unit["target"], text) if edits else 0,
    }


def _settle(connection: sa.Connection, unit_id: str, track: Track) -> None:
    """Show in ``units`` what the log comes to."""
    unit = _unit(connection, unit_id)
    waiting = Status.CONFIRM if unit["carried_from"] else Status.OPEN
    told: dict[str, Any] = {"of": unit_id, "new_lease_until": 0}
    if track is Track.SECOND:
        told["new_second_status"] = state(connection, unit_id, track=track).status
    else:
        found = state(connection, unit_id, waiting=waiting)
        told |= {
            "new_status": found.status,
            "new_decided_by": None if found.entry is None else found.entry.account_id,
            "new_text": text_of(found),
            "new_waits": unit["present"] and found.status in WAITING,
        }
    connection.execute(_SETTLED[track], told)
    if track is Track.FIRST:
        queue.rank(connection, at=unit["anchor"])


def _clear(connection: sa.Connection, unit_ids: Sequence[str], by: Account) -> None:
    """What was typed is decided, and a unit that was skipped is skipped no more."""
    for statement in _CLEAR:
        connection.execute(statement, {"who": by.id, "of": list(unit_ids)})
