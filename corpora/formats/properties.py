"""A record as named strings, ``x-…``: the way TMX and XLIFF carry what they have no place for."""

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

import msgspec

from trilogue.corpora.formats.markup import attribute, is_plain, plain, unholdable
from trilogue.corpora.formats.records import Record, Row, finite, row_of
from trilogue.corpora.types import Origin, Verdict

_SCORE: Final = "x-score-"
_JSON: Final = "x-json-"
_LISTS: Final = {"segment_ids": "x-segment", "flags": "x-flag", "reasons": "x-reason"}
_NAMES: Final = {
    "document_id": "x-document",
    "start": "x-start",
    "end": "x-end",
    "turn": "x-turn",
    "speaker": "x-speaker",
    "origin": "x-origin",
    "model": "x-model",
    "bead_probability": "x-bead-probability",
    "file": "x-file",
    "title": "x-title",
    "date": "x-date",
    "url": "x-url",
    "licence": "x-licence",
    "attribution": "x-attribution",
    "original_lang": "x-original-language",
    "pivot": "x-pivot",
    "created": "x-created",
    "changed": "x-changed",
    "verdict": "x-verdict",
    "faithful": "x-faithful",
    "quality": "x-quality",
    "signature": "x-signature",
}
_KINDS: Final[dict[str, Callable[[str], Any]]] = {
    "start": int,
    "end": int,
    "turn": int,
    "bead_probability": finite,
    "faithful": finite,
    "quality": finite,
    "origin": lambda value: Origin(value).value,
    "verdict": lambda value: Verdict(value).value,
}
_PLACE: Final = frozenset({"document_id", "start", "end"})
"""What each unit of ours says of itself."""
_COLUMN: Final = {prop: name for name, prop in (_NAMES | _LISTS).items()}


class PropertyWriter:
    """Writes the properties of records as elements, in a fixed order.

    What is not known has no property. A value with a character that XML cannot hold is a JSON
    string under ``x-json-…``.

    :param element: what the elements are called.
    :param attribute: which of their attributes names the property.
    :param native: columns that the format has a place of its own for.
    """

    def __init__(self, element: str, attribute: str, *, native: Collection[str]) -> None:
        self._head = f"<{element} {attribute}="
        self._tail = f"</{element}>\n"
        self._heads: dict[str, str] = {}
        self._native = frozenset(native)

    def elements(self, record: Record) -> str:
        """The elements, a line each.

        :raises FormatError: if a score has a name that XML cannot hold.
        """
        found = pairs(record, self._native)
        if not is_plain("\n".join([value for _, value in found])):
            found = [_holdable(name, value) for name, value in found]
        heads, tail = self._heads, self._tail
        for name, _ in found:
            if name not in heads:
                heads[name] = f'{self._head}"{attribute(name, record.unit.id)}">'
        return "".join([f"{heads[name]}{value}{tail}" for name, value in found])


def pairs(record: Record, native: Collection[str] = ()) -> list[tuple[str, str]]:
    """Names and values as they are, without the ``native`` columns."""
    row = row_of(record)
    found = [
        (name, value if isinstance(value, str) else repr(value))
        for column, name in _NAMES.items()
        if (value := row[column]) is not None and column not in native
    ]
    for column, name in _LISTS.items():
        found += [(name, item) for item in row[column]]
    for score, number in row["scores"].items():
        found.append((_SCORE + score, "" if number is None else repr(number)))
    return found


def columns(
    found: Iterator[tuple[str, str]],
    on_unknown: Callable[[str], object],
    on_wrong: Callable[[str], object],
) -> Row:
    """Inverse of :func:`pairs`: the columns that were given.

    :param on_unknown: told the name of each property that is none of ours.
    :param on_wrong: told of each value that is none that its property may have: it is not known.
    """
    row: Row = {}
    scores: dict[str, float | None] = {}
    for name, value in found:
        try:
            if name.startswith(_JSON):
                name, value = f"x-{name.removeprefix(_JSON)}", _string(value)
            column = _COLUMN.get(name)
            if name.startswith(_SCORE):
                scores[name.removeprefix(_SCORE)] = finite(value) if value else None
            elif column is None:
                on_unknown(name)
            elif column in _LISTS:
                row.setdefault(column, []).append(value)
            else:
                row[column] = _KINDS.get(column, str)(value)
        except ValueError as error:
            on_wrong(f"{name}: {error}")
    if scores:
        row["scores"] = scores
    if not _PLACE.issubset(row) and row.pop("document_id", None) is not None:
        on_unknown(_NAMES["document_id"])  # memoQ has a property of this name
    return row


def _holdable(name: str, value: str) -> tuple[str, str]:
    if unholdable(value):
        return _JSON + name.removeprefix("x-"), plain(json.dumps(value))
    return name, plain(value)


def _string(value: str) -> str:
    try:
        return msgspec.json.decode(value, type=str)
    except ValueError as error:
        raise ValueError(f"got {value!r}, expected a JSON string ({error})") from None
