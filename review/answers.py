"""Snapshots: what people decided, as files that a build reads and nobody changes.

``DIR/review/snapshots/NNNNN-HASH.jsonl`` is a line for each decided unit, in the order of the text.
A build takes the one of the highest number. No names and no times: who decided when stays in the
database.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.ids import content_hash
from trilogue.corpora.shards import write_lines
from trilogue.review.types import Kind, Part

FOLDER: Final = "review/snapshots"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person made of a unit.

    :ivar unit_id: the unit that they saw.
    :ivar segment_ids: of what the parts stand for.
    """

    document_id: str
    lang: str
    unit_id: str
    kind: Kind
    parts: tuple[Part, ...]
    source_lang: str
    segment_ids: tuple[str, ...]
    speaker: str | None
    turn: int | None
    reason: str = ""

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        """The order of the text."""
        first = self.parts[0] if self.parts else Part(0, 0, "", "")
        return self.document_id, self.lang, first.start, first.end, self.unit_id

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def answer_of(row: Mapping[str, Any]) -> Answer:
    """Inverse of :meth:`Answer.line`.

    :raises KeyError, TypeError, ValueError: if it is none.
    """
    given = dict(row)
    given["kind"] = Kind(given["kind"])
    given["parts"] = tuple(Part.of(part) for part in given["parts"])
    given["segment_ids"] = tuple(given["segment_ids"])
    return Answer(**given)


def write(corpus: Path, answers: Iterable[Answer]) -> Path:
    """Write a snapshot; one that says what the last one says is not written again."""
    lines = [answer.line() for answer in sorted(answers, key=lambda one: one.order)]
    name = content_hash("decisions", *lines)
    last = latest(corpus)
    if last is not None and last.stem.partition("-")[2] == name:
        return last
    number = 0 if last is None else int(last.stem.partition("-")[0]) + 1
    path = corpus / FOLDER / f"{number:05d}-{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_lines(path, lines)
    return path


def latest(corpus: Path) -> Path | None:
    """The snapshot that a build takes, None if there is none."""
    found = sorted((corpus / FOLDER).glob("[0-9]*-*.jsonl"))
    return found[-1] if found else None


def read(path: Path) -> Iterator[Answer]:
    """The answers of a snapshot.

    :raises FormatError: if it was changed or damaged.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.stem.partition("-")[2] != content_hash("decisions", *lines):
        raise FormatError(f"{path}: changed since it was written; delete it and export again")
    for number, line in enumerate(lines, start=1):
        try:
            yield answer_of(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise FormatError(f"{path}:{number}: {error}; export the decisions again") from None
