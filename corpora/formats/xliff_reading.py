"""Reads XLIFF 1.2 and 2.x: ours without loss, anybody's with a list of what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.foreign import (
    Completion,
    language_of,
    unwanted,
    wanting,
)
from trilogue.corpora.formats.markup import (
    LANG,
    OnLeftOut,
    child,
    children,
    elements,
    text_of,
    untaken,
)
from trilogue.corpora.formats.properties import columns
from trilogue.corpora.formats.records import Record, Row
from trilogue.corpora.types import LeftOut, Verdict

_SPOKEN: Final = ("g", "mrk", "pc")
_UNTRANSLATED: Final = ("new", "needs-translation", "needs-adaptation", "needs-l10n")
_TAKEN: Final = ("source", "target", "seg-source", "context-group", "note")
_TAKEN_2: Final = ("segment", "metadata", "notes", "originalData")
_STATES: Final = {
    "initial": Verdict.REJECT,
    "translated": Verdict.REVIEW,
    "reviewed": Verdict.ACCEPT,
    "final": Verdict.ACCEPT,
}


def read_xliff(
    path: Path,
    *,
    on_left_out: OnLeftOut,
    source_lang: str | None = None,
    target_lang: str | None = None,
) -> Iterator[Record]:
    """The units of an XLIFF file: one for each segment that has a target.

    The verdict is what ``approved`` and ``state`` say, whoever set them.

    :param on_left_out: told of each unit and each piece of one that is not taken over.
    :param source_lang: where the file does not say.
    :param target_lang: where the file does not say; segments in others are left out.
    :raises FormatError: if it is no XLIFF 1.2 or 2, is not well-formed, or declares entities.
    """
    reader = _Reader(path, on_left_out, (source_lang, target_lang))
    wanted = ("start:xliff", "start:file", "trans-unit", "bin-unit", "unit", "file")
    for name, element in elements(path, "xliff", wanted):
        if name == "start:xliff":
            reader.begin(element)
        elif name == "start:file":
            reader.begin_file(element)
        elif name == "trans-unit":
            yield from reader.trans_unit(element)
        elif name == "unit":
            yield from reader.unit(element)
        elif name == "bin-unit":
            on_left_out(LeftOut(element.sourceline, "", "a unit that is no text"))


@dataclass(frozen=True, slots=True)
class _Side:
    """One segment as it stands in the file."""

    element: Any
    source: Any
    target: Any
    verdict: Verdict | None


_Languages = tuple[str | None, str | None]
"""Tags of source and target, as they are given."""


class _Reader:
    def __init__(self, path: Path, on_left_out: OnLeftOut, told: _Languages) -> None:
        self._path = path
        self._complete = Completion(path)
        self._tell = on_left_out
        self._unknown: set[str] = set()
        self._of_all = self._of_file = told
        self._wanted = told[1]

    def begin(self, xliff: Any) -> None:
        version = xliff.get("version", "none")
        if version != "1.2" and not version.startswith("2."):
            where = f"{self._path}:{xliff.sourceline}"
            raise FormatError(f"{where}: XLIFF version {version}, expected 1.2, 2.0 or 2.1")
        source, target = self._of_all
        self._of_all = (xliff.get("srcLang", source), xliff.get("trgLang", target))

    def begin_file(self, file: Any) -> None:
        source, target = self._of_all
        self._of_file = (
            file.get("source-language", source),
            file.get("target-language", target),
        )

    def trans_unit(self, unit: Any) -> Iterator[Record]:
        """XLIFF 1.2."""
        target = child(unit, "target")
        verdict = _verdict(unit.get("approved"), None if target is None else target.get("state"))
        found = (
            (context.get("context-type", ""), context.text or "")
            for group in children(unit, "context-group")
            for context in children(group, "context")
        )
        sides = [_Side(unit, child(unit, "source"), target, verdict)]
        yield from self._records(unit, found, sides)
        for note in children(unit, "note"):
            if note.get("from") != "trilogue":
                self._leave_out(note, note.text or "", "<note>: not taken over")
        for one in untaken(unit, _TAKEN):
            self._leave_out(*one)

    def unit(self, unit: Any) -> Iterator[Record]:
        """XLIFF 2."""
        found = (
            (meta.get("type", ""), meta.text or "")
            for metadata in children(unit, "metadata")
            for group in children(metadata, "metaGroup")
            if group.get("category") == "trilogue"
            for meta in children(group, "meta")
        )
        sides = [
            _Side(segment, child(segment, "source"), child(segment, "target"), verdict)
            for segment in children(unit, "segment")
            for verdict in (_STATES.get(segment.get("state")),)
        ]
        yield from self._records(unit, found, sides)
        for notes in children(unit, "notes"):
            for note in children(notes, "note"):
                if note.get("category") != "reason":
                    self._leave_out(note, note.text or "", "<note>: not taken over")
        for one in untaken(unit, _TAKEN_2):
            self._leave_out(*one)

    def _records(
        self, unit: Any, found: Iterator[tuple[str, str]], sides: list[_Side]
    ) -> Iterator[Record]:
        row = columns(
            found,
            lambda name: self._on_unknown(unit, name),
            lambda reason: self._leave_out(unit, "", reason),
        )
        if len(sides) == 1:  # a unit that was cut has no one segment to give its id to
            row["id"] = unit.get("id")
        for side in sides:
            record = self._record(side, row)
            if record is not None:
                yield record

    def _record(self, side: _Side, row: Row) -> Record | None:
        source, target = self._text(side.source), self._text(side.target)
        told: Row = {"source": source or "", "target": target or ""}
        missing = "source" if source is None else "target" if target is None else None
        missing = missing or wanting({**row, **told})
        if missing is not None:
            self._leave_out(side.element, source or target or "", f"no {missing}")
            return None
        tags = self._tags(side)
        source_lang, target_lang = map(language_of, tags)
        if source_lang is None or target_lang is None:
            what = f"languages {tags[0]}–{tags[1]}: not both of them are ours"
            self._leave_out(side.element, told["target"], what)
            return None
        if (reason := unwanted(target_lang, self._wanted)) is not None:
            self._leave_out(side.element, told["target"], reason)
            return None
        told |= {"source_lang": source_lang, "target_lang": target_lang}
        if side.verdict is not None:
            told["verdict"] = side.verdict.value
        try:
            return self._complete.record({**row, **told})
        except ValueError as error:
            self._leave_out(side.element, told["target"], str(error))
            return None

    def _tags(self, side: _Side) -> _Languages:
        """What a segment says of its languages itself goes before what its file says."""
        source, target = self._of_file
        return side.source.get(LANG, source), side.target.get(LANG, target)

    def _text(self, element: Any) -> str | None:
        if element is None:
            return None
        text, codes = text_of(element, _SPOKEN)
        if codes:
            self._leave_out(element, text, f"inline codes taken out: {', '.join(codes)}")
        return text

    def _on_unknown(self, unit: Any, name: str) -> None:
        if name not in self._unknown:
            self._unknown.add(name)
            self._leave_out(unit, "", f"property {name!r}, here and further on: none of ours")

    def _leave_out(self, element: Any, text: str, reason: str) -> None:
        self._tell(LeftOut(element.sourceline, text, reason))


def _verdict(approved: str | None, state: str | None) -> Verdict | None:
    """What XLIFF 1.2 says of a unit; None if it says nothing."""
    if approved == "yes" or state in ("final", "signed-off"):
        return Verdict.ACCEPT
    if state in _UNTRANSLATED:
        return Verdict.REJECT
    return None if approved is None and state is None else Verdict.REVIEW
