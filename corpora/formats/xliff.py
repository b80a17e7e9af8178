"""XLIFF 1.2: what CAT tools take for a job. One ``file`` a document, one ``trans-unit`` a unit.

The verdict is told by ``approved`` and the target's ``state``, so that a decision taken in a CAT
tool comes back; the reasons stand in a ``note``, all else in a ``context-group``. A character that
XML cannot hold is ``<ph id="1" ctype="x-character">U+000B</ph>``.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import trilogue
from trilogue.corpora.formats.markup import attribute, content, plain, unholdable
from trilogue.corpora.formats.output import new_text
from trilogue.corpora.formats.properties import PropertyWriter
from trilogue.corpora.formats.records import Record
from trilogue.corpora.types import Origin, Verdict

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
)
_TOOL: Final = (
    '<header><tool tool-id="trilogue" tool-name="Trilogue"'
    f' tool-version="{trilogue.__version__}"/></header>'
)
_PROPERTIES: Final = PropertyWriter("context", "context-type", native=("verdict",))
_STATES: Final = {
    Verdict.REVIEW: "needs-review-translation",
    Verdict.REJECT: "needs-translation",
}


def write_xliff(path: Path, records: Iterable[Record]) -> int:
    """Write XLIFF 1.2, any number of languages in one file; how many units."""
    count = 0
    with new_text(path) as file:
        file.write(_HEAD)
        for _, group in groupby(records, key=_file_of):
            for number, record in enumerate(group):
                if number == 0:
                    file.write(_file(record))
                file.write(_unit(record))
                count += 1
            file.write("</body></file>\n")
        if not count:  # the schema asks for a file
            file.write('<file original="none" source-language="en" datatype="plaintext">')
            file.write(f"{_TOOL}<body></body></file>\n")
        file.write("</xliff>\n")
    return count


def _file_of(record: Record) -> tuple[str, str, str]:
    return record.unit.document_id, record.unit.source_lang, record.unit.target_lang


def _file(record: Record) -> str:
    unit = record.unit
    return (
        f'<file original="{original(record)}" source-language="{unit.source_lang}"'
        f' target-language="{unit.target_lang}" datatype="plaintext" tool-id="trilogue">\n'
        f"{_TOOL}\n<body>\n"
    )


def original(record: Record) -> str:
    """The name of the transcript, or of its document if that has none that XML can hold."""
    for name in (record.terms.file, record.unit.document_id):
        if name and not unholdable(name):
            return attribute(name, record.unit.id)
    return "unknown"


def _unit(record: Record) -> str:
    unit = record.unit
    source, target = content(unit.source, _placeholder), content(unit.target, _placeholder)
    lines = [
        f'<trans-unit id="{attribute(unit.id, unit.id)}"{_approved(record)} xml:space="preserve">',
        f"<source>{source}</source>",
        f"<target{_state(record)}>{target}</target>",
        '<context-group purpose="information">',
        f"{_PROPERTIES.elements(record)}</context-group>",
        *notes(record, '<note from="trilogue">{}</note>'),
        "</trans-unit>\n",
    ]
    return "\n".join(lines)


def notes(record: Record, form: str) -> Iterator[str]:
    """The reasons once more, for the eyes of the translator."""
    reasons = record.assessment.reasons if record.assessment else ()
    for reason in reasons:
        if not unholdable(reason):
            yield form.format(plain(reason))


def _approved(record: Record) -> str:
    if record.assessment is None:
        return ""
    return f' approved="{"yes" if record.assessment.verdict is Verdict.ACCEPT else "no"}"'


def _state(record: Record) -> str:
    if record.assessment is None:
        return ""
    machine = record.unit.origin is Origin.MACHINE
    state = _STATES.get(record.assessment.verdict, "translated" if machine else "final")
    qualifier = ' state-qualifier="leveraged-mt"' if machine else ""
    return f' state="{state}"{qualifier}'


def _placeholder(number: int, character: str) -> str:
    return f'<ph id="{number}" ctype="x-character">U+{ord(character):04X}</ph>'
