"""Progress, effort, agreement and the accuracy of the gate, told from the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import sqlalchemy as sa

from trilogue.corpora.types import Verdict
from trilogue.review import queue
from trilogue.review.agreement import alpha
from trilogue.review.audit import Rate, rate
from trilogue.review.folding import fold
from trilogue.review.log import entry_of
from trilogue.review.tables import ACCOUNTS, DECISIONS, UNITS
from trilogue.review.types import WAITING, Entry, Kind, Status, Track

_WRONG: Final = (Kind.REJECT, Kind.NOT_TRANSLATION)


@dataclass(frozen=True, slots=True)
class Effort:
    """Work on accepted and edited drafts.

    :ivar units: that were decided and stand.
    :ivar hter: mean over units, ≥ 0; None if none was accepted or edited.
    :ivar changed: characters inserted or deleted a unit, mean.
    :ivar seconds: active seconds a unit, median.
    :ivar words: source words an active hour, None while no time was measured.
    """

    who: str
    lang: str
    units: int
    edited: int
    hter: float | None
    changed: float | None
    seconds: float | None
    words: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """All figures; agreement is by language, None where too few units were judged twice."""

    progress: Mapping[str, Mapping[str, int]]
    effort: tuple[Effort, ...]
    agreement: Mapping[str, tuple[int, float | None]]
    false_accepts: Mapping[str, Rate]


def report(connection: sa.Connection) -> Report:
    """The figures as they stand."""
    standing = _standing(connection)
    return Report(
        progress=queue.progress(connection),
        effort=tuple(_effort(connection, standing)),
        agreement=_agreement(standing),
        false_accepts=_false_accepts(connection, standing),
    )


def is_wrong(entry: Entry) -> bool:
    """Whether a decision says that the draft did not say what the source says."""
    return entry.kind in _WRONG or entry.meaning


_Standing = dict[tuple[str, str], tuple[Entry, Mapping[Any, Any]]]


def _standing(connection: sa.Connection) -> _Standing:
    """For each unit and track the entry that decides it, with its row."""
    rows: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    for row in connection.execute(sa.select(DECISIONS).order_by(DECISIONS.c.seq)).mappings():
        rows.setdefault((row["unit_id"], row["track"]), []).append(row)
    found: _Standing = {}
    for key, some in rows.items():
        entry = fold([entry_of(row) for row in some]).entry
        if entry is not None:
            found[key] = entry, next(row for row in some if row["seq"] == entry.seq)
    return found


def _effort(connection: sa.Connection, standing: _Standing) -> Iterable[Effort]:
    people = {row.id: row.name for row in connection.execute(sa.select(ACCOUNTS))}
    groups: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    for (_, track), (entry, row) in standing.items():
        if track == Track.FIRST and entry.kind is not Kind.MERGED:
            groups.setdefault((people[entry.account_id], row["lang"]), []).append(row)
    for (who, lang), rows in sorted(groups.items()):
        measured = [row for row in rows if row["hter"] is not None]
        timed = [row for row in rows if row["active_ms"]]
        words = sum(len(row["source"].split()) for row in timed)
        spent = sum(row["active_ms"] for row in timed)
        yield Effort(
            who=who,
            lang=lang,
            units=len(rows),
            edited=sum(row["kind"] == Kind.EDIT for row in rows),
            hter=sum(row["hter"] for row in measured) / len(measured) if measured else None,
            changed=sum(row["changed"] for row in measured) / len(measured) if measured else None,
            seconds=median(row["active_ms"] / 1000 for row in timed) if timed else None,
            words=words * 3_600_000 / spent if spent else None,
        )


def _agreement(standing: _Standing) -> dict[str, tuple[int, float | None]]:
    """By language: how many units were judged twice, and alpha of how they were judged."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for (unit_id, track), (entry, row) in standing.items():
        first = standing.get((unit_id, Track.FIRST))
        if track == Track.SECOND and first is not None:
            pairs.setdefault(row["lang"], []).append((first[0].kind, entry.kind))
    return {lang: (len(found), alpha(found)) for lang, found in sorted(pairs.items())}


def _false_accepts(connection: sa.Connection, standing: _Standing) -> dict[str, Rate]:
    """By language, over the beginning of the seeded order that is decided without a gap.

    What was decided further on, found by other ways, would be no fair sample. A unit that another
    model drafted since is no gap: it waits for confirmation and ends the sample.
    """
    asked = (
        sa.select(UNITS.c.unit_id, UNITS.c.lang, UNITS.c.status)
        .where(UNITS.c.present, UNITS.c.verdict == Verdict.ACCEPT)
        .order_by(UNITS.c.lang, UNITS.c.draw)
    )
    wrong: dict[str, list[bool]] = {}
    ended: set[str] = set()
    for unit_id, lang, status in connection.execute(asked):
        wrong.setdefault(lang, [])
        if lang in ended:
            continue
        decided = standing.get((unit_id, Track.FIRST))
        if Status(status) in WAITING or decided is None:
            ended.add(lang)
        else:
            wrong[lang].append(is_wrong(decided[0]))
    return {lang: rate(sum(found), len(found)) for lang, found in wrong.items()}
