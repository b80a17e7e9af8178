"""What an exchange file holds of each unit: the unit, what is known of it, and on what terms.

Every format writes and reads :class:`Record`; the flat row is what JSON lines, Parquet and tables
have for columns, in this order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from operator import attrgetter
from typing import Any, Final

import msgspec

from trilogue.corpora.types import Assessment, Document, TranslationUnit

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a unit inherits from its document.

    :ivar file: name of the transcript's file.
    :ivar date: ISO 8601 date of the event.
    :ivar licence: SPDX expression; None if it is not known.
    :ivar original_lang: the language that the words were spoken in, None if it is not known.
    """

    file: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None
    attribution: str | None = None
    original_lang: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A unit as it is exchanged.

    :ivar assessment: None if the unit was never judged, as in other people's files.
    :ivar pivot: the segment in a third language through which source and target were paired.
    :ivar created, changed: in UTC, to the second; None if the unit does not say.
    """

    unit: TranslationUnit
    assessment: Assessment | None = None
    terms: Terms = Terms()
    pivot: str | None = None
    created: datetime | None = None
    changed: datetime | None = None


UNIT: Final = (
    "id",
    "document_id",
    "segment_ids",
    "start",
    "end",
    "source",
    "target",
    "source_lang",
    "target_lang",
    "origin",
    "model",
    "speaker",
    "turn",
    "bead_probability",
    "flags",
)
ASSESSMENT: Final = ("verdict", "faithful", "quality", "reasons", "scores", "signature")
TERMS: Final = ("file", "title", "date", "url", "licence", "attribution", "original_lang")
OWN: Final = ("pivot", "created", "changed")
COLUMNS: Final = (*UNIT, *ASSESSMENT, *TERMS, *OWN)

_OF_UNIT: Final = attrgetter(*UNIT)
_OF_TERMS: Final = attrgetter(*TERMS)
_UNJUDGED: Final[Mapping[str, Any]] = {
    "verdict": None,
    "faithful": None,
    "quality": None,
    "reasons": (),
    "scores": {},
    "signature": None,
}


def terms_of(document: Document, turn: int | None) -> Terms:
    """What the units of a turn inherit."""
    known = turn is not None and turn < len(document.turn_languages)
    return Terms(
        file=document.source,
        title=document.title,
        date=document.date,
        url=document.url,
        licence=document.licence,
        attribution=document.attribution,
        original_lang=document.turn_languages[turn] if known and turn is not None else None,
    )


def joint(terms: Terms, versions: Iterable[Document]) -> Terms:
    """The terms of a text beside official versions of it: those of all of them together.

    The licence of a pair is known if that of each side is.
    """
    for version in versions:
        known = terms.licence and version.licence
        both = dict.fromkeys((terms.licence or "", version.licence or "")) if known else {}
        named = (terms.attribution, version.attribution)
        terms = replace(
            terms,
            licence=" AND ".join(both) or None,
            attribution="; ".join(dict.fromkeys(filter(None, named))) or None,
        )
    return terms


def row_of(record: Record) -> Row:
    """The record as a flat row with the keys of :data:`COLUMNS`; dates are ISO 8601 strings."""
    found = record.assessment
    row: Row = dict(zip(UNIT, _OF_UNIT(record.unit), strict=True))
    row["origin"] = record.unit.origin.value
    if found is None:
        row.update(_UNJUDGED)
    else:
        row["verdict"] = found.verdict.value
        row["faithful"] = found.faithful
        row["quality"] = found.quality
        row["reasons"] = found.reasons
        row["scores"] = found.scores
        row["signature"] = found.signature
    row.update(zip(TERMS, _OF_TERMS(record.terms), strict=True))
    row["pivot"] = record.pivot
    row["created"] = _stamp(record.created)
    row["changed"] = _stamp(record.changed)
    return row


def record_of(row: Mapping[str, Any]) -> Record:
    """Inverse of :func:`row_of`; a column that is not there is not known.

    :raises ValueError: if the unit itself is incomplete, or a value is none that its column may
        hold.
    """
    judged = {"faithful": None, "quality": None, **_some(row, ASSESSMENT)}
    return Record(
        msgspec.convert(_some(row, UNIT), TranslationUnit),
        msgspec.convert(judged, Assessment) if judged.get("verdict") is not None else None,
        msgspec.convert(_some(row, TERMS), Terms),
        msgspec.convert(row.get("pivot"), str | None),
        _moment(row.get("created")),
        _moment(row.get("changed")),
    )


def finite(text: str) -> float:
    """The number that a text says.

    :raises ValueError: if it says none, or one that is not finite.
    """
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"got {text!r}, expected a number")
    return number


def _some(row: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    return {name: row[name] for name in names if name in row}


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".zfill(20)


def _moment(text: str | None) -> datetime | None:
    """:raises ValueError: if it is no date and time with a zone."""
    moment = msgspec.convert(text, datetime | None)
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"got {text!r}, expected a time with its zone, as 2021-01-11T14:30:00Z")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"got {text!r}, expected a time of the years 1 to 9999") from None
