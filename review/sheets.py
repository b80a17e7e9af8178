"""Sheets for people who work without the page: XLSX or XLIFF out, and back in.

Each row says which version of the unit was sent. Coming back, three texts meet: what was sent, what
the sheet says, what the unit says now. A newer decision is never overwritten: the row is left out,
and the outcome says why.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.formats.records import Record, Terms
from trilogue.corpora.formats.tables import read_csv, write_csv
from trilogue.corpora.formats.xliff import write_xliff
from trilogue.corpora.formats.xliff_reading import read_xliff
from trilogue.corpora.formats.xlsx import read_xlsx, write_xlsx
from trilogue.corpora.ids import content_hash
from trilogue.corpora.types import Assessment, LeftOut, Origin, TranslationUnit, Verdict
from trilogue.review import log, queue
from trilogue.review.database import reading, writing
from trilogue.review.folding import fold, text_of
from trilogue.review.log import Conflict
from trilogue.review.queue import Filter
from trilogue.review.tables import UNITS
from trilogue.review.types import Account, Decision, Kind, Part

_VERSION: Final = "review version "
_MOST: Final = 100_000

WRITERS: Final[dict[str, Callable[[Path, Iterable[Record]], int]]] = {
    "xlsx": write_xlsx,
    "xliff": write_xliff,
    "csv": write_csv,
}
"""Name on the command line → writer."""
READERS: Final[dict[str, Callable[..., Iterator[Record]]]] = {
    ".xlsx": read_xlsx,
    ".xliff": read_xliff,
    ".xlf": read_xliff,
    ".csv": read_csv,
}
"""Ending of a file → reader."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row.

    :ivar done: "accepted", "edited", "rejected", "unchanged" or "skipped".
    :ivar why: for what was skipped.
    :ivar unit_id: of a unit that there is, to look at; "" if there is none.
    """

    where: str
    done: str
    why: str = ""
    unit_id: str = ""


def send(engine: sa.Engine, path: Path, name: str, asked: Filter, *, by: Account) -> int:
    """Write the units of a queue to a sheet; how many.

    :param name: a key of :data:`WRITERS`.
    :raises ConfigError: if a package is not installed.
    :raises FormatError: if the format cannot hold a unit.
    """
    with reading(engine) as connection:
        rows = queue.listed(connection, asked, by=by, limit=_MOST)
        return WRITERS[name](path, (_record(row) for row in rows))


def receive(engine: sa.Engine, path: Path, *, by: Account, now: int) -> Iterator[Outcome]:
    """Take over what a sheet decides, row by row; each row that is not, with its reason.

    :raises ConfigError: if it has an ending that is none of ours, or a package is not installed.
    :raises FormatError: if it is no sound file; rows before the damage are taken over.
    """
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise ConfigError(f"{path}: got {path.suffix!r}, expected {', '.join(READERS)}")
    left_out: list[LeftOut] = []
    for record in read(path, on_left_out=left_out.append):
        yield from _told(left_out)
        yield _take(engine, record, by, now)
    yield from _told(left_out)


def _told(left_out: list[LeftOut]) -> Iterator[Outcome]:
    for one in left_out:
        yield Outcome(f"line {one.line}", "skipped", one.reason)
    left_out.clear()


def _record(row: Mapping[Any, Any]) -> Record:
    text = row["target"] if row["text"] is None else row["text"]
    unit = TranslationUnit(
        id=row["unit_id"],
        document_id=row["document_id"],
        segment_ids=tuple(json.loads(row["segment_ids"])),
        start=row["start"],
        end=row["end"],
        source=row["source"],
        target=text,
        source_lang=row["source_lang"],
        target_lang=row["lang"],
        origin=Origin(row["origin"]),
        model=row["model"],
        speaker=row["speaker"] or None,
        turn=row["turn"],
        flags=(f"{_VERSION}{row['version']}",),
    )
    reasons = tuple(json.loads(row["reasons"]))
    verdict = Verdict(row["verdict"])
    found = Assessment(row["faithful"], row["quality"], verdict, reasons)
    return Record(unit, found, Terms(file=row["file"] or None, title=row["title"] or None))


def _take(engine: sa.Engine, record: Record, by: Account, now: int) -> Outcome:
    """Decide as a row says, if it says anything and nobody was faster."""
    where = f"unit {record.unit.id}"
    with reading(engine) as connection:
        asked = sa.select(UNITS).where(UNITS.c.unit_id == record.unit.id, UNITS.c.present)
        unit = connection.execute(asked).mappings().first()
        if unit is None:
            return Outcome(where, "skipped", "not in this review, or no more")
        entries = log.history(connection, record.unit.id)
        people = log.names(connection)
    if record.unit.source != unit["source"]:
        return Outcome(where, "skipped", "its source was changed in the sheet")
    version = _version(record)
    if version is None or version > len(entries):
        return Outcome(where, "skipped", f"says no version that there is: got {version}")
    sent = text_of(fold(entries[:version])) or unit["target"]
    decision = _decision(record, unit, sent, version)
    if decision is None:
        return Outcome(where, "unchanged")
    current = fold(entries).entry
    if version < len(entries):
        if (
            current is not None
            and current.kind == decision.kind
            and current.parts == decision.parts
        ):
            return Outcome(where, "unchanged")
        last = current or entries[-1]
        did = "took a decision back" if last.kind is Kind.UNDO else f"decided ({last.kind})"
        why = f"{people[last.account_id]} {did} meanwhile; decide on the page"
        return Outcome(where, "skipped", why, record.unit.id)
    try:
        with writing(engine) as connection:
            log.append(connection, [decision], by=by, now=now)
    except (Conflict, FormatError) as error:
        return Outcome(where, "skipped", str(error), record.unit.id)
    done = {Kind.ACCEPT: "accepted", Kind.EDIT: "edited", Kind.REJECT: "rejected"}
    return Outcome(where, done[decision.kind])


def _decision(record: Record, unit: Mapping[Any, Any], sent: str, version: int) -> Decision | None:
    """What a row decides: another text edits; the same text with another verdict is judged."""
    text = record.unit.target.strip()
    verdict = None if record.assessment is None else record.assessment.verdict
    judged = verdict is not None and verdict != unit["verdict"]
    reason = ""
    if text != sent.strip():
        kind = Kind.ACCEPT if text == unit["target"].strip() else Kind.EDIT
    elif judged and verdict is Verdict.ACCEPT:
        kind = Kind.ACCEPT if text == unit["target"].strip() else Kind.EDIT
    elif judged and verdict is Verdict.REJECT:
        kind, text, reason = Kind.REJECT, "", "rejected in a sheet"
    else:
        return None
    part = Part(unit["start"], unit["end"], unit["source"], text)
    key = content_hash("sheet", unit["unit_id"], str(version), kind, text)
    return Decision(key, unit["unit_id"], kind, version, (part,), reason)


def _version(record: Record) -> int | None:
    """The version that was sent."""
    for flag in record.unit.flags:
        number = flag.removeprefix(_VERSION)
        if flag.startswith(_VERSION) and number.isascii() and number.isdecimal():
            return int(number[:9])
    return None
