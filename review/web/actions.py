"""What a person does: each changes the database, and leads to the next page."""

import secrets
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final

import sqlalchemy as sa
from starlette.responses import Response

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.review import accounts, log, notes, queue, sheets, units
from trilogue.review.database import noting, reading, writing
from trilogue.review.differences import difference
from trilogue.review.folding import fold
from trilogue.review.log import Conflict
from trilogue.review.sheets import Outcome
from trilogue.review.tables import COMMENTS, SKIPS, STALE
from trilogue.review.types import Account, Decision, Entry, Kind, Part, Track
from trilogue.review.web.calls import COOKIE, Call, page
from trilogue.review.web.pages import next_unit

_LONGEST_MS: Final = 3_600_000
_SHORT: Final = 60
_DONE: Final = {
    Kind.ACCEPT: "Accepted",
    Kind.EDIT: "Edited",
    Kind.REJECT: "Rejected",
    Kind.NOT_TRANSLATION: "No translation",
    Kind.MERGE: "Merged with the next",
    Kind.MERGED: "Merged with the one before",
    Kind.SPLIT: "Split",
    Kind.SPEAKER: "Speaker corrected",
}
_STAYS: Final = (Kind.SPEAKER,)
"""Kinds after which the same unit is shown again."""
_ASKED: Final = tuple(kind.value for kind in Kind if kind not in (Kind.UNDO, Kind.MERGED))


@page
def decide(call: Call) -> Response:
    """Write a decision and open the next unit; if somebody was first, show both."""
    unit = units.unit_row(call.connection, call.unit_id)
    decisions = _decisions(call, unit)
    try:
        with writing(call.engine) as connection:
            log.append(connection, decisions, by=call.by, now=call.now())
    except Conflict as conflict:
        return _show_conflict(call, conflict)
    said = f"{_DONE[decisions[0].kind]}: “{_short(unit)}”"
    if decisions[0].kind in _STAYS:
        return call.go(f"/units/{call.unit_id}", said=f"{said}.")
    return _go_on(call, said=f"{said}. U takes it back.")


@page
def undo(call: Call) -> Response:
    """Take back one decision of a unit."""
    expected, seq = _integer(call.form, "version"), _integer(call.form, "seq")
    try:
        with writing(call.engine) as connection:
            log.undo(
                connection, seq, key=_key(call.form), expected=expected, by=call.by, now=call.now()
            )
    except Conflict as conflict:
        return _show_conflict(call, conflict)
    return call.go(f"/units/{call.unit_id}", said=f"Taken back: no. {seq} of the history.")


@page
def undo_last(call: Call) -> Response:
    """Take back the last thing that this person did, and go there."""
    try:
        with writing(call.engine) as connection:
            unit, what = _take_back(connection, call)
    except Conflict as conflict:
        return _show_conflict(call, conflict)
    return call.go(f"/units/{unit['unit_id']}", said=f"Taken back: {what}, “{_short(unit)}”.")


def _take_back(connection: sa.Connection, call: Call) -> tuple[units.Row, str]:
    """Undo a person's last decision, skip or comment; its unit, and what it was."""
    entry = log.latest(connection, call.by)
    skipped, comment = (_last_of(connection, table, call.by) for table in (SKIPS, COMMENTS))
    at = [0 if one is None else one.at for one in (entry, skipped, comment)]
    if not any(at):
        raise FormatError("There is nothing yet that you could take back.")
    if entry is not None and entry.at == max(at):
        version = units.second_version(connection, entry.unit_id, entry.track)
        key, now = _key(call.form), call.now()
        log.undo(connection, entry.seq, key=key, expected=version, by=call.by, now=now)
        return units.unit_row(connection, entry.unit_id), _DONE[entry.kind].lower()
    if skipped is not None and skipped.at == max(at):
        queue.unskip(connection, skipped.unit_id, by=call.by)
        return units.unit_row(connection, skipped.unit_id), "skipped"
    notes.take_back(connection, comment.seq, by=call.by)
    return units.unit_row(connection, comment.unit_id), f"comment “{comment.text[:_SHORT]}”"


def _last_of(connection: sa.Connection, table: sa.Table, by: Account) -> Any:
    """The last row of this person's."""
    mine = sa.select(table).where(table.c.account_id == by.id)
    return connection.execute(mine.order_by(table.c.at.desc()).limit(1)).first()


@page
def skip(call: Call) -> Response:
    """Leave a unit to others."""
    with writing(call.engine) as connection:
        unit = units.unit_row(connection, call.unit_id)
        queue.skip(connection, call.unit_id, by=call.by, now=call.now())
    return _go_on(call, said=f"Skipped: “{_short(unit)}”. U takes it back.")


@page
def offer_again(call: Call) -> Response:
    """Put what this person skipped back into their queue."""
    with writing(call.engine) as connection:
        queue.offer_again(connection, by=call.by)
    return call.go("/next", said="What you skipped is in your queue again.")


@page
def comment(call: Call) -> Response:
    """Add a comment to a unit."""
    with writing(call.engine) as connection:
        units.unit_row(connection, call.unit_id)
        text = call.form.get("text", "")
        notes.comment(
            connection, call.unit_id, text, key=_key(call.form), by=call.by, now=call.now()
        )
    return call.go(f"/units/{call.unit_id}", said="Your comment is kept. U takes it back.")


@page
def take_back_comment(call: Call) -> Response:
    """Take back a comment of one's own."""
    with writing(call.engine) as connection:
        notes.take_back(connection, _integer(call.form, "seq"), by=call.by)
    return call.go(f"/units/{call.unit_id}", said="Taken back: your comment.")


@page
def typed(call: Call) -> Response:
    """Keep what was typed so far; answer with what it changes and which terms it has.

    Who types still works on the unit, however long it takes: it stays theirs.
    """
    text, now = call.form.get("text", ""), call.now()
    unit = units.unit_row(call.connection, call.unit_id)
    with noting(call.engine) as connection:
        notes.keep_typed(connection, call.unit_id, text, by=call.by, now=now)
        if not queue.is_leased(unit, by=call.by, now=now):
            queue.lease(connection, call.unit_id, by=call.by, now=now)
    terms = call.desk.glossary.check(unit["source"], text, to=unit["lang"])
    changes = difference(unit["target"], text)
    return call.show("changes.html", unit=unit, changes=changes, terms=terms)


@page
def take_sheet(call: Call) -> Response:
    """Take over a sheet that came back; say what became of each row."""
    if call.file is None or not call.file[0]:
        raise FormatError("sheet: got no file, expected one")
    name, content = call.file
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if ending not in sheets.READERS:
        raise FormatError(f"sheet: got {ending[:20]!r}, expected {', '.join(sheets.READERS)}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{ending}"  # what the sheet is called names no place of ours
        path.write_bytes(content)
        found: list[Outcome] = []
        try:
            found.extend(sheets.receive(call.engine, path, by=call.by, now=call.now()))
        except (FormatError, ConfigError) as error:
            found.append(Outcome(name, "skipped", str(error).removeprefix(f"{path}: ")))
    return call.show("sheet.html", name=name, outcomes=found, tally=Counter(o.done for o in found))


@page
def dismiss(call: Call) -> Response:
    """Take a decision off the stale list: somebody looked at it."""
    with writing(call.engine) as connection:
        mine = STALE.c.unit_id == call.unit_id
        connection.execute(STALE.update().where(mine).values(dismissed_by=call.by.id))
    return call.go("/stale")


@page
def sign_out(call: Call) -> Response:
    """End the session."""
    with writing(call.engine) as connection:
        accounts.sign_out(connection, call.request.cookies.get(COOKIE, ""))
    answer = call.go("/sign-in")
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


def _go_on(call: Call, *, said: str) -> Response:
    unit_id = next_unit(call, after=call.unit_id)
    if unit_id is None:
        return call.go("/done" if call.filter.looks_back else "/next", said=said)
    return call.go(f"/units/{unit_id}", said=said)


def _short(unit: Mapping[Any, Any]) -> str:
    """A source's beginning, to know it by."""
    source = unit["source"]
    return source if len(source) <= _SHORT else f"{source[:_SHORT].rstrip()}…"


def _decisions(call: Call, unit: Mapping[Any, Any]) -> tuple[Decision, ...]:
    """What the form asks for."""
    form = call.form
    kind = _kind(form, unit)
    text = form.get("text", "").strip()
    first = Decision(
        key=_key(form),
        unit_id=call.unit_id,
        kind=kind,
        expected=_integer(form, "version"),
        parts=_parts(kind, form, unit, text),
        reason=form.get("reason", "").strip(),
        meaning=form.get("meaning") == "yes",
        speaker=form.get("speaker", "").strip(),
        track=Track.SECOND if form.get("track") == Track.SECOND else Track.FIRST,
        active_ms=min(_integer(form, "active_ms", missing=0), _LONGEST_MS),
    )
    if kind is not Kind.MERGE:
        return (first,)
    following = units.next_of(call.connection, unit)
    if following is None or following["unit_id"] != form.get("following"):
        raise FormatError(f"unit {call.unit_id}: merge: its next unit is another by now")
    whole = Part(unit["start"], following["end"], f"{unit['source']} {following['source']}", text)
    return (
        Decision(**{**_fields(first), "parts": (whole,)}),
        Decision(
            key=f"{first.key}:2",
            unit_id=following["unit_id"],
            kind=Kind.MERGED,
            expected=_integer(form, "following_version"),
        ),
    )


def _fields(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in Decision.__slots__}


def _kind(form: Mapping[str, str], unit: Mapping[Any, Any]) -> Kind:
    """The action; accepting a text that was changed is an edit."""
    asked = form.get("action", "")
    if asked not in _ASKED:
        raise FormatError(f"unit {unit['unit_id']}: action: got {asked[:40]!r}, expected a kind")
    if asked in (Kind.ACCEPT, Kind.EDIT):
        same = form.get("text", "").strip() == unit["target"].strip()
        return Kind.ACCEPT if same else Kind.EDIT
    if asked == Kind.SPEAKER and not form.get("speaker", "").strip():
        raise FormatError(f"unit {unit['unit_id']}: speaker: got nothing, expected a name")
    if asked == Kind.REJECT and not form.get("reason", "").strip():
        raise FormatError(f"unit {unit['unit_id']}: reject: got no reason, expected one")
    return Kind(asked)


def _parts(
    kind: Kind, form: Mapping[str, str], unit: Mapping[Any, Any], text: str
) -> tuple[Part, ...]:
    start, end, source = unit["start"], unit["end"], unit["source"]
    if kind in (Kind.ACCEPT, Kind.EDIT):
        return (Part(start, end, source, text),)
    if kind in (Kind.REJECT, Kind.NOT_TRANSLATION):
        return (Part(start, end, source, ""),)
    if kind is not Kind.SPLIT:
        return ()
    if len(source) != end - start:
        raise FormatError(f"unit {unit['unit_id']}: split: it is of more than one segment")
    cut, typed_cut = _integer(form, "cut_source"), _integer(form, "cut_text")
    one, two = source[:cut], source[cut:]
    if not (one.strip() and two.strip()):
        raise FormatError(f"unit {unit['unit_id']}: split: cut at {cut}, expected inside")
    middle, rest = start + len(one.rstrip()), end - len(two.lstrip())
    return (
        Part(start, middle, one.rstrip(), text[:typed_cut].strip()),
        Part(rest, end, two.lstrip(), text[typed_cut:].strip()),
    )


def _show_conflict(call: Call, conflict: Conflict) -> Response:
    """Mine, theirs and the draft; nothing was written."""
    mine = conflict.mine
    with reading(call.engine) as connection:
        unit = units.unit_row(connection, mine.unit_id)
        people = log.names(connection)
        entries = log.history(connection, mine.unit_id, track=mine.track)
        state = fold(entries)
    theirs = state.entry or entries[-1]
    return call.show(
        "conflict.html",
        status=409,
        unit=unit,
        mine=mine,
        mine_text=_text(mine),
        theirs=theirs,
        theirs_text=_text(theirs),
        who=people[theirs.account_id],
        is_own=theirs.account_id == call.by.id,
        changes=difference(_text(theirs), _text(mine)),
        version=conflict.version,
        key=secrets.token_hex(16),
        own=mine.unit_id == call.unit_id and mine.kind in (Kind.ACCEPT, Kind.EDIT),
    )


def _text(said: Decision | Entry) -> str:
    return " ".join(part.text for part in said.parts)


def _key(form: Mapping[str, str]) -> str:
    key = form.get("key", "")
    if not (8 <= len(key) <= 40 and key.isalnum() and key.isascii()):
        raise FormatError(f"key: got {key[:50]!r}, expected 8 to 40 letters and digits")
    return key


def _integer(form: Mapping[str, str], name: str, *, missing: int | None = None) -> int:
    given = form.get(name, "")
    if not given and missing is not None:
        return missing
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise FormatError(f"{name}: got {given[:40]!r}, expected a whole number")
    return int(given)
