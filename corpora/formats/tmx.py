"""TMX 1.4: translation memories, as OmegaT, Trados, memoQ and translate-toolkit read them.

A ``tu`` is one record. Its ``tuid`` is the unit's id; what TMX has no attribute for stands in
``prop`` elements. A character that XML cannot hold is ``<ph type="x-character">U+000B</ph>``.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import trilogue
from trilogue.corpora.formats.foreign import (
    Completion,
    language_of,
    unwanted,
    wanting,
)
from trilogue.corpora.formats.markup import (
    LANG,
    OnLeftOut,
    attribute,
    child,
    children,
    content,
    elements,
    text_of,
    untaken,
)
from trilogue.corpora.formats.output import new_text
from trilogue.corpora.formats.properties import PropertyWriter, columns
from trilogue.corpora.formats.records import Record, Row
from trilogue.corpora.types import LeftOut

_PROPERTIES: Final = PropertyWriter("prop", "type", native=("pivot", "created", "changed"))
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PIVOT: Final = "x-pivot"
_DATES: Final = (("created", "creationdate"), ("changed", "changedate"))
_NO_LOSS: Final = frozenset(
    ("tuid", "srclang", LANG, "lang", "creationdate", "changedate", "datatype", "segtype")
    + ("o-encoding", "o-tmf", "creationtool", "creationtoolversion")
)
"""Attributes that are taken over, or tell nothing of the words and those who wrote them."""


def write_tmx(path: Path, records: Iterable[Record], *, source_lang: str = "en") -> int:
    """Write a translation memory; how many units.

    It holds no time of the export: the same units make the same bytes.

    :param source_lang: of the file; a record of another says so itself.
    """
    count = 0
    with new_text(path) as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
            '<tmx version="1.4">\n<header creationtool="Trilogue"'
            f' creationtoolversion="{trilogue.__version__}" segtype="sentence" o-tmf="trilogue"'
            f' adminlang="en" srclang="{source_lang}" datatype="plaintext"/>\n<body>\n'
        )
        for record in records:
            file.write(_tu(record, source_lang))
            count += 1
        file.write("</body>\n</tmx>\n")
    return count


def read_tmx(
    path: Path,
    *,
    on_left_out: OnLeftOut,
    source_lang: str | None = None,
    target_lang: str | None = None,
) -> Iterator[Record]:
    """The units of a translation memory, anybody's: one for each translation of a source.

    :param on_left_out: told of each translation and each piece of one that is not taken over.
    :param source_lang: where neither the file nor the unit names its source language, or to
        overrule the file.
    :param target_lang: translations into others are left out; None: all are taken.
    :raises FormatError: if it is no TMX, is not well-formed, or declares entities.
    """
    reader = _Reader(path, on_left_out, target_lang)
    told = source_lang
    for name, element in elements(path, "tmx", ("start:header", "tu")):
        if name == "start:header":
            told = source_lang or language_of(element.get("srclang"))
            continue
        own = source_lang or language_of(element.get("srclang"))
        yield from reader.records(element, own or told or "en")


def _tu(record: Record, source_lang: str) -> str:
    unit = record.unit
    parts = [f'<tu tuid="{attribute(unit.id, unit.id)}"']
    if unit.source_lang != source_lang:
        parts.append(f' srclang="{attribute(unit.source_lang, unit.id)}"')
    if record.created is not None:
        parts.append(f' creationdate="{_stamp(record.created)}"')
    if record.changed is not None:
        parts.append(f' changedate="{_stamp(record.changed)}"')
    parts.append(">\n")
    parts.append(_PROPERTIES.elements(record))
    parts.append(_tuv(unit.source_lang, unit.source, date=_day(record.terms.date)))
    parts.append(_tuv(unit.target_lang, unit.target))
    if record.pivot is not None:
        parts.append(_tuv("en", record.pivot, prop=f'<prop type="{_PIVOT}">yes</prop>'))
    parts.append("</tu>\n")
    return "".join(parts)


def _tuv(lang: str, text: str, *, prop: str = "", date: str = "") -> str:
    seg = content(text, _placeholder)
    return f'<tuv xml:lang="{attribute(lang, lang)}"{date}>{prop}<seg>{seg}</seg></tuv>\n'


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):{_STAMP}}".zfill(16)  # strftime does not pad years


def _day(date: str | None) -> str:
    """The words of a speech are as old as the event; no attribute if its date is not known."""
    if date is None or not _DATE.fullmatch(date):
        return ""
    return f' creationdate="{date.replace("-", "")}T000000Z"'


def _placeholder(number: int, character: str) -> str:
    return f'<ph x="{number}" type="x-character">U+{ord(character):04X}</ph>'


class _Reader:
    """Turns ``tu`` elements into records, and tells what it cannot take over."""

    def __init__(self, path: Path, on_left_out: OnLeftOut, target_lang: str | None) -> None:
        self._complete = Completion(path)
        self._tell = on_left_out
        self._wanted = target_lang
        self._unknown: set[str] = set()

    def records(self, tu: Any, source_lang: str) -> Iterator[Record]:
        """One for each translation."""
        row = self._row(tu)
        sources, targets = self._sides(tu, source_lang, row)
        if len(sources) != 1:
            said = "; ".join(found["target"] for found in targets)
            self._leave_out(tu, said, f"{len(sources)} segments in {source_lang}, expected 1")
            return
        if not targets:
            self._leave_out(tu, sources[0], "no translation of it")
        told: Row = {**row, "source_lang": source_lang, "source": sources[0]}
        for target in targets:
            try:
                yield self._complete.record({**told, **target})
            except ValueError as error:
                self._leave_out(tu, target["target"], str(error))

    def _row(self, tu: Any) -> Row:
        """What the ``tu`` says beside its segments."""
        found = ((prop.get("type", ""), prop.text or "") for prop in children(tu, "prop"))
        row = columns(
            found,
            lambda name: self._on_unknown(tu, f"property {name!r}"),
            lambda reason: self._leave_out(tu, "", reason),
        )
        if tu.get("tuid") is not None:
            row["id"] = tu.get("tuid")
        for one in untaken(tu, ("prop", "tuv")):
            self._leave_out(*one)
        return row | self._attributes(tu)

    def _attributes(self, element: Any) -> Row:
        """The dates of a ``tu`` or ``tuv``; what else it says of its making is listed once."""
        for name in element.keys():
            if name not in _NO_LOSS:
                self._on_unknown(element, f"attribute {name!r}")
        row: Row = {}
        for column, date in _DATES:
            try:
                if element.get(date) is not None:
                    row[column] = _moment(date, element.get(date))
            except ValueError as error:
                self._leave_out(element, "", str(error))
        return row

    def _sides(self, tu: Any, source_lang: str, row: Row) -> tuple[list[str], list[Row]]:
        """The source segments, and what is said of each translation; a pivot goes to ``row``."""
        sources: list[str] = []
        targets: list[Row] = []
        for tuv in children(tu, "tuv"):
            tag = tuv.get(LANG) or tuv.get("lang")
            lang = language_of(tag)
            seg = child(tuv, "seg")
            text, codes = ("", []) if seg is None else text_of(seg, ("hi",))
            if seg is None or wanting({**row, "source": text, "target": text}):
                self._leave_out(tuv, "", f"no segment in {tag}")
                continue
            if codes:
                self._leave_out(tuv, text, f"inline codes taken out: {', '.join(codes)}")
            if self._is_pivot(tuv):
                row["pivot"] = text
                continue
            if lang is None:
                self._leave_out(tuv, text, f"language {tag!r} is none of ours")
            elif lang == source_lang:
                sources.append(text)
            elif (reason := unwanted(lang, self._wanted)) is not None:
                self._leave_out(tuv, text, reason)
            else:
                told = {"target": text, "target_lang": lang}
                targets.append(self._attributes(tuv) | told)
        return sources, targets

    def _is_pivot(self, tuv: Any) -> bool:
        """Whether it is the third language of ours; what anybody else's has beside its segment is
        listed."""
        names = [prop.get("type", "") for prop in children(tuv, "prop")]
        if _PIVOT in names:
            return True
        for name in names:
            self._on_unknown(tuv, f"property {name!r}")
        for one in untaken(tuv, ("prop", "seg")):
            self._leave_out(*one)
        return False

    def _on_unknown(self, element: Any, what: str) -> None:
        if what not in self._unknown:
            self._unknown.add(what)
            self._leave_out(element, "", f"{what}, here and further on: none of ours")

    def _leave_out(self, element: Any, text: str, reason: str) -> None:
        self._tell(LeftOut(element.sourceline, text, reason))


def _moment(name: str, text: str) -> str:
    """A TMX date as ISO 8601.

    :raises ValueError: if it is none.
    """
    try:
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC).isoformat()
    except ValueError:
        raise ValueError(f"{name}: got {text!r}, expected YYYYMMDDThhmmssZ") from None
