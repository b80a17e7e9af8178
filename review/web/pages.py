"""The pages that are looked at: nothing is changed by them but leases."""

import json
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from starlette.responses import Response

from trilogue.corpora.errors import FormatError
from trilogue.review import log, memory, queue, sheets, units
from trilogue.review.database import noting
from trilogue.review.differences import difference
from trilogue.review.evidence import marked
from trilogue.review.links import linked
from trilogue.review.queue import FACETS, Order
from trilogue.review.report import report
from trilogue.review.tables import DECISIONS, STALE
from trilogue.review.types import Kind, Status, Track
from trilogue.review.web.calls import Call, page

SHOWN = 50
"""Units on a page of the list."""


@page
def home(call: Call) -> Response:
    """To the queue."""
    return call.go("/next")


@page
def open_next(call: Call) -> Response:
    """Lease the next unit and go there, or say that there is none."""
    unit_id = next_unit(call)
    return _nothing(call) if unit_id is None else call.go(f"/units/{unit_id}")


@page
def show_done(call: Call) -> Response:
    """The end of a walk through decided units, which stay in their queue."""
    return _nothing(call)


def _nothing(call: Call) -> Response:
    return call.show("empty.html", skipped=queue.skipped(call.connection, by=call.by))


def next_unit(call: Call, *, after: str = "") -> str | None:
    """The next unit of this person's queue."""
    with noting(call.engine) as connection:
        return queue.open_next(connection, call.filter, by=call.by, now=call.now(), after=after)


@page
def show_unit(call: Call) -> Response:
    """The page that the work is done on."""
    now = call.now()
    found = units.seen(call.connection, call.unit_id, by=call.by, now=now)
    done = call.desk.progress.of(lambda: queue.progress(call.connection), now=now)
    if not queue.is_leased(found.unit, by=call.by, now=now):
        with noting(call.engine) as connection:
            queue.lease(connection, call.unit_id, by=call.by, now=now)
    return call.show("unit.html", **unit_values(call, found), progress=done)


def unit_values(call: Call, found: units.Seen) -> dict[str, Any]:
    """What the template of a unit is given."""
    unit, blind = found.unit, call.filter.order is Order.SECOND
    carried = _carried(call, unit)
    said = None if blind or carried is Kind.MERGE else unit["text"]
    text = found.typed if found.typed is not None else said or unit["target"]
    lang, glossary = unit["lang"], call.desk.glossary
    terms = glossary.asked(unit["source"], to=lang)
    lexicon = call.desk.lexicons(unit["source_lang"], lang)
    words = linked(unit["source"], unit["target"], lexicon)
    return {
        "seen": found,
        "unit": unit,
        "following": found.after[0] if found.after else None,
        "blind": blind,
        "track": Track.SECOND if blind else Track.FIRST,
        "version": unit["second_version"] if blind else unit["version"],
        "text": text,
        "said": said,
        "key": secrets.token_hex(16),
        "source": marked(unit["source"], "source", found.reasons, terms, words[0]),
        "draft": marked(unit["target"], "target", found.reasons, known=words[1]),
        "terms": glossary.check(unit["source"], text, to=lang),
        "asked_terms": terms,
        "changes": difference(unit["target"], text),
        "merged": unit["status"] == Status.MERGED and not blind,
        "merged_text": unit["text"] if carried is Kind.MERGE else "",
        "carried": carried,
        "can_split": len(unit["source"]) == unit["end"] - unit["start"],
        "kinds": Kind,
    }


def _carried(call: Call, unit: units.Row) -> Kind | None:
    """What was decided of a unit that is to be confirmed: a merge spoke of two units."""
    if unit["status"] != Status.CONFIRM:
        return None
    decided = log.state(call.connection, unit["carried_from"]).entry
    return None if decided is None else decided.kind


@page
def step(call: Call) -> Response:
    """To the unit before or after this one in the text; past the end to the queue."""
    direction = -1 if call.request.query_params.get("to") == "previous" else 1
    unit = units.unit_row(call.connection, call.unit_id)
    found = units.neighbour(call.connection, unit, direction)
    return call.go(f"/units/{(found or unit)['unit_id']}")


@page
def show_memory(call: Call) -> Response:
    """Earlier decisions on the same or similar sources."""
    unit = units.unit_row(call.connection, call.unit_id)
    hits = call.desk.memory.similar(
        call.connection, unit["source"], lang=unit["lang"], but=unit["unit_id"]
    )
    return call.show("memory.html", hits=hits, unit=unit)


@page
def show_speakers(call: Call) -> Response:
    """Who speaks in the unit's document, as suggestions."""
    unit = units.unit_row(call.connection, call.unit_id)
    return call.show("speakers.html", speakers=units.speakers(call.connection, unit))


@page
def show_concordance(call: Call) -> Response:
    """Where words were used."""
    given = call.request.query_params
    words, lang = given.get("words", "")[:200].replace("\0", ""), given.get("in", "")
    rows = memory.concordance(call.connection, words, lang=lang)
    return call.show("concordance.html", rows=rows, words=words)


@page
def show_list(call: Call) -> Response:
    """The queue as a list, filtered, a page at a time."""
    given = call.request.query_params.get("page", "1")
    number = max(1, min(int(given), 100_000)) if given.isdecimal() and len(given) < 7 else 1
    offset = (number - 1) * SHOWN
    rows = queue.listed(call.connection, call.filter, by=call.by, limit=SHOWN, offset=offset)
    count = queue.count(call.connection, call.filter, by=call.by)
    facets = queue.counts(call.connection, call.filter, by=call.by)
    return call.show(
        "list.html", rows=rows, count=count, page=number, shown=SHOWN, **_facets(facets)
    )


@page
def send_sheet(call: Call) -> Response:
    """The units of the queue as a sheet, for work without the page."""
    name = call.request.path_params["name"]
    if name not in sheets.WRITERS:
        raise FormatError(f"sheet: got {name[:20]!r}, expected {', '.join(sheets.WRITERS)}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"units.{name}"
        sheets.send(call.engine, path, name, call.filter, by=call.by)
        content = path.read_bytes()
    told = {"Content-Disposition": f'attachment; filename="units.{name}"'}
    return Response(content, media_type="application/octet-stream", headers=told)


@page
def show_filters(call: Call) -> Response:
    """The filters with their counts."""
    facets = queue.counts(call.connection, call.filter, by=call.by)
    return call.show("filters.html", **_facets(facets))


def _facets(found: dict[str, list[tuple[str, int]]]) -> dict[str, Any]:
    return {"facets": found, "facet_names": FACETS, "orders": list(Order)}


@page
def show_stale(call: Call) -> Response:
    """Decisions that a re-run left without a place."""
    rows = call.connection.execute(
        sa.select(STALE.c.why, DECISIONS)
        .join(DECISIONS, DECISIONS.c.unit_id == STALE.c.unit_id)
        .where(STALE.c.dismissed_by.is_(None), DECISIONS.c.track == Track.FIRST)
        .order_by(DECISIONS.c.seq)
    ).mappings()
    last = {row["unit_id"]: row for row in rows if row["kind"] != Kind.UNDO}
    stale = [
        {**row, "text": " ".join(part["text"] for part in json.loads(row["parts"]))}
        for row in last.values()
    ]
    return call.show("stale.html", stale=stale)


@page
def show_report(call: Call) -> Response:
    """Progress, effort, agreement, and how often the gate is wrong."""
    found = report(call.connection)
    return call.show("report.html", report=found, statuses=list(Status))
