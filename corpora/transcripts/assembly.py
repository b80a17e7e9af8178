"""From lines and what they were taken for to a document: nothing of the input is lost."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from trilogue.corpora.ids import content_hash
from trilogue.corpora.transcripts.directions import split_directions
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.lexicon import ALL_ROLES, VOICES
from trilogue.corpora.transcripts.names import (
    bare,
    calmed,
    full_name,
    is_shouted,
    pairs_of,
    split_label,
    unify,
)
from trilogue.corpora.transcripts.pages import Line, first_part
from trilogue.corpora.types import Block, BlockKind, Document, LeftOut, Turn

ORIGINALS: Final = {
    "russian": "ru",
    "english": "en",
    "armenian": "hy",
    "azerbaijani": "az",
    "german": "de",
    "french": "fr",
}
_IN_LANGUAGE: Final = re.compile(r"\b(?:in|speaks|speaking|from)\s+([A-Z][a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Placement:
    """What one line of the input was taken for.

    :ivar taken: "speech", "speaker", "title", "date", …; "left out: " and why.
    """

    line: int
    taken: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and the account of its lines."""

    document: Document
    placements: tuple[Placement, ...]


class Assembly:
    """Collects the lines of one document in order; :meth:`finish` makes the document.

    Each line goes to exactly one of :meth:`block`, :meth:`speaker`, :meth:`metadata` and
    :meth:`leave_out`; :meth:`speaker` takes the text behind the label with it.
    """

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self.warnings: list[str] = []
        self._texts: list[str] = []
        self._kinds: list[tuple[BlockKind, int, int | None]] = []
        self._labels: list[tuple[Label, int]] = []
        self._placements: list[Placement] = []
        self._left_out: list[LeftOut] = []

    @property
    def turns(self) -> int:
        """How many turns there are so far."""
        return len(self._labels)

    def block(self, line: Line, kind: BlockKind) -> None:
        """A paragraph; what is in brackets at its edges becomes a block of its own."""
        self._add(line.number, line.text, kind)
        self._place(line, str(kind), line.text)

    def speaker(self, line: Line, label: Label) -> None:
        """A label, and the speech that stands behind it on the same line if there is any."""
        self._labels.append((label, line.number))
        text = line.text[label.length :].strip()
        if text:
            self._add(line.number, text, BlockKind.SPEECH)
            self._place(line, "speech", f"{label.printed} | {text}")
        else:
            self._place(line, "speaker", label.printed)

    def metadata(self, line: Line, what: str, **fields: Any) -> None:
        """A line that goes into fields of the document, of which it may be one of several."""
        self._place(line, what, line.text)
        self.fields.update(fields)

    def leave_out(self, line: Line, reason: str) -> None:
        """A line that is in no block and no field."""
        if line.text:
            texts = [(line.number, first_part(line)), *line.more]
            self._left_out += [LeftOut(number, text, reason) for number, text in texts]
            self._place(line, f"left out: {reason}", line.text)

    def _place(self, line: Line, taken: str, text: str) -> None:
        self._placements.append(Placement(line.number, taken, text))
        goes_on = f"{taken} (goes on)" if not taken.startswith("left out") else taken
        self._placements += [Placement(number, goes_on, part) for number, part in line.more]

    def _add(self, number: int, text: str, kind: BlockKind) -> None:
        for part, what in split_directions(text, kind):
            inside = what in (BlockKind.SPEECH, BlockKind.DIRECTION, BlockKind.ELISION)
            turn = len(self._labels) - 1 if inside and self._labels else None
            self._texts.append(part)
            self._kinds.append((what, number, turn))

    def finish(self, source: str, *, language: str) -> Reading:
        """The document; names are made one identity a person across all its turns."""
        turns = self._turns(self.fields.get("persons", ()))
        blocks, start = [], 0
        for text, (kind, line, turn) in zip(self._texts, self._kinds, strict=True):
            blocks.append(Block(start, start + len(text), kind, line, turn))
            start += len(text) + 1
        document = Document(
            id="",
            source=source,
            text="\n".join(self._texts),
            blocks=tuple(blocks),
            turns=turns,
            language=language,
            turn_languages=tuple(_original(label) for label, _ in self._labels),
            left_out=tuple(self._left_out),
            warnings=tuple(self.warnings),
            **self.fields,
        )
        return Reading(_with_id(document), tuple(self._placements))

    def _turns(self, persons: Iterable[str]) -> tuple[Turn, ...]:
        """Turns with names and roles; short labels tell where the name in a long one starts."""
        labels = [label for label, _ in self._labels]
        cores = [calmed(core) if is_shouted(core) else core for core in (x.core for x in labels)]
        plain = [name for name, role in map(split_label, cores) if role is None]
        known = {name.casefold(): name for name in (*persons, *plain) if " " in name}
        split = [
            (label.name, label.role) if label.name else split_label(core, known)
            for label, core in zip(labels, cores, strict=True)
        ]
        one = unify([*(name for name, _ in split), *persons])
        told = pairs_of(
            "\n".join(
                text
                for text, (kind, _, _) in zip(self._texts, self._kinds, strict=True)
                if kind in (BlockKind.TITLE, BlockKind.SUMMARY, BlockKind.PROSE)
            )
        )
        return tuple(
            Turn(_in_full(one[name], told), label.printed, line, role)
            for (name, role), (label, line) in zip(split, self._labels, strict=True)
        )


def _in_full(name: str, told: Mapping[str, Collection[str]]) -> str:
    """A surname with the given name that the title or the summary has for it."""
    alone = " " not in name and name[:1].isupper() and bare(name) not in VOICES | ALL_ROLES
    return full_name(name, told) if alone and len(name) > 2 else name


def _original(label: Label) -> str | None:
    found = _IN_LANGUAGE.search(label.note or "")
    return ORIGINALS.get(found.group(1).lower()) if found else None


def _with_id(document: Document) -> Document:
    """The document under a name made from what it says; the file's name is not in it."""
    parts = [document.title or "", document.date or "", document.time or "", document.text]
    parts += [f"{block.kind}:{block.turn}" for block in document.blocks]
    parts += [turn.printed for turn in document.turns]
    values = {name: getattr(document, name) for name in Document.__dataclass_fields__}
    return Document(**{**values, "id": content_hash("document", *parts)})
