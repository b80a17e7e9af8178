"""XLIFF 2.1: one language a file, one ``unit`` with one ``segment`` a unit of ours.

The verdict is the segment's ``state``; what XLIFF has no place for stands in its metadata module. A
character that XML cannot hold is ``<cp hex="000B"/>``.
"""

import re
from collections.abc import Iterable
from itertools import chain, groupby
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.markup import content
from trilogue.corpora.formats.output import new_text
from trilogue.corpora.formats.properties import PropertyWriter
from trilogue.corpora.formats.records import Record
from trilogue.corpora.formats.xliff import notes, original
from trilogue.corpora.types import Verdict

_NAMESPACES: Final = (
    'xmlns="urn:oasis:names:tc:xliff:document:2.0"'
    ' xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
)
_PROPERTIES: Final = PropertyWriter("mda:meta", "type", native=("verdict",))
_STATES: Final = {
    Verdict.ACCEPT: ' state="final"',
    Verdict.REVIEW: ' state="translated"',
    Verdict.REJECT: ' state="initial" subState="trilogue:rejected"',
}
_TOKEN: Final = re.compile(r"[\w.:\-]+")


def write_xliff2(path: Path, records: Iterable[Record]) -> int:
    """Write XLIFF 2.1; how many units.

    :raises FormatError: if the records are of more than one pair of languages, or an id has
        characters that XLIFF 2 does not allow in one.
    """
    stream = iter(records)
    first = next(stream, None)
    pair = ("en", None) if first is None else _pair(first)
    target = "" if pair[1] is None else f' trgLang="{pair[1]}"'
    count = 0
    with new_text(path) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(f'<xliff {_NAMESPACES} version="2.1" srcLang="{pair[0]}"{target}>\n')
        if first is None:  # the schema asks for a file, and for something in it
            file.write('<file id="f1"><group id="g1"/></file>\n')
        else:
            files = groupby(chain((first,), stream), key=lambda record: record.unit.document_id)
            for number, (_, group) in enumerate(files, start=1):
                for position, record in enumerate(group):
                    if position == 0:
                        file.write(f'<file id="f{number}" original="{original(record)}">\n')
                    _check_pair(record, pair)
                    file.write(_unit(record))
                    count += 1
                file.write("</file>\n")
        file.write("</xliff>\n")
    return count


def _pair(record: Record) -> tuple[str, str]:
    return record.unit.source_lang, record.unit.target_lang


def _check_pair(record: Record, pair: tuple[str, str | None]) -> None:
    if _pair(record) != pair:
        got, first = "–".join(_pair(record)), f"{pair[0]}–{pair[1]}"
        raise FormatError(
            f"unit {record.unit.id}: {got} after {first}: XLIFF 2 holds one pair; name a language"
        )


def _unit(record: Record) -> str:
    unit = record.unit
    if not _TOKEN.fullmatch(unit.id):
        raise FormatError(f"unit {unit.id!r}: XLIFF 2 has no such ids; export as XLIFF 1.2")
    state = _STATES[record.assessment.verdict] if record.assessment else ""
    reasons = list(notes(record, '<note category="reason">{}</note>'))
    lines = [
        f'<unit id="{unit.id}" canResegment="no">',
        '<mda:metadata><mda:metaGroup category="trilogue">',
        f"{_PROPERTIES.elements(record)}</mda:metaGroup></mda:metadata>",
        *(["<notes>", *reasons, "</notes>"] if reasons else []),
        f"<segment{state}>",
        f'<source xml:space="preserve">{content(unit.source, _placeholder)}</source>',
        f'<target xml:space="preserve">{content(unit.target, _placeholder)}</target>',
        "</segment></unit>\n",
    ]
    return "\n".join(lines)


def _placeholder(number: int, character: str) -> str:
    return f'<cp hex="{ord(character):04X}"/>'
