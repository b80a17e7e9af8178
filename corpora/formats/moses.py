"""Moses: parallel files of plain lines, and a third one that says which unit each line is.

``PATH.en-ru.en`` and ``PATH.en-ru.ru`` hold one segment a line; line *i* of ``PATH.en-ru.ids``
names the unit: id, document, start, end, origin, segments (by spaces), parted by tabs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TextIO

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.foreign import Completion, wanting
from trilogue.corpora.formats.markup import OnLeftOut
from trilogue.corpora.formats.output import new_text
from trilogue.corpora.formats.records import Record, Row
from trilogue.corpora.lines import decoded
from trilogue.corpora.types import LeftOut

# Whatever some tool takes for the end of a line would shift all lines after it.
_BREAKS: Final = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_IDS: Final = ("id", "document_id", "start", "end", "origin", "segment_ids")

Pair = tuple[str, str]


def moses_paths(path: Path, pair: Pair) -> tuple[Path, Path, Path]:
    """Source, target and id file of a pair of languages."""
    stem = f"{path.name}.{pair[0]}-{pair[1]}"
    source, target, ids = (path.with_name(f"{stem}.{end}") for end in (*pair, "ids"))
    return source, target, ids


def write_moses(path: Path, records: Iterable[Record], *, pairs: Sequence[Pair]) -> int:
    """Write three files a pair of languages, also where a pair has no units; how many units.

    :param path: what the names of the files begin with.
    :raises FormatError: if a segment holds a line break, or a record is of another pair.
    """
    count = 0
    with ExitStack() as stack:
        files = {
            pair: [stack.enter_context(new_text(name)) for name in moses_paths(path, pair)]
            for pair in pairs
        }
        for record in records:
            pair = (record.unit.source_lang, record.unit.target_lang)
            if pair not in files:
                expected = ", ".join("-".join(known) for known in files)
                what = f"{'-'.join(pair)}, expected {expected}"
                raise FormatError(f"unit {record.unit.id}: {what}")
            _write(files[pair], record)
            count += 1
    return count


def read_moses(path: Path, pair: Pair, *, on_left_out: OnLeftOut) -> Iterator[Record]:
    """The units of a pair of files, with their ids if there is an id file.

    :param on_left_out: told of each line without words on one side, if there is none.
    :raises FormatError: if the files are not of the same length, or a line is not UTF-8.
    """
    source, target, ids = moses_paths(path, pair)
    complete = Completion(source)
    ours = ids.exists()
    names = _lines(ids, ours=True) if ours else None
    targets = _lines(target, ours=ours)
    number = 0
    for number, text in enumerate(_lines(source, ours=ours), start=1):
        row: Row = {"source": text, "source_lang": pair[0], "target_lang": pair[1]}
        row["target"] = _next(targets, target, number)
        if names is not None:
            row |= _named(_next(names, ids, number), f"{ids}:{number}")
        missing = wanting(row)
        if missing is not None:
            on_left_out(LeftOut(number, row["source"] or row["target"], f"no {missing}"))
            continue
        try:
            yield complete.record(row)
        except ValueError as error:
            raise FormatError(f"{source}:{number}: {error}") from None
    for rest, name in ((targets, target), (names, ids)):
        if rest is not None and next(rest, None) is not None:
            raise FormatError(f"{name}: more lines than the {number} of {source}; {_WAY}")


def unbroken(line: str, where: str) -> str:
    """A text that may stand on a line of its own.

    :raises FormatError: if some tool would take it for two.
    """
    broken = _BREAKS.search(line)
    if broken:
        what = f"a line break (U+{ord(broken[0]):04X}) in {line!r}, which a line cannot hold"
        raise FormatError(f"{where}: {what}; export as tmx or jsonl")
    return line


_WAY: Final = "take files that were written together"


def _write(files: list[TextIO], record: Record) -> None:
    unit = record.unit
    named = (unit.id, unit.document_id, str(unit.start), str(unit.end), unit.origin.value)
    segments = " ".join(unit.segment_ids)
    if tuple(segments.split()) != unit.segment_ids or any("\t" in name for name in named):
        what = "an id with white space in it, which the id file cannot hold"
        raise FormatError(f"unit {unit.id}: {what}; export as tmx or jsonl")
    ids = "\t".join((*named, segments))
    for file, line in zip(files, (unit.source, unit.target, ids), strict=True):
        file.write(f"{unbroken(line, f'unit {unit.id}')}\n")


def _named(line: str, where: str) -> Row:
    parts = line.split("\t")
    if len(parts) != len(_IDS):
        raise FormatError(f"{where}: {len(parts)} fields, expected {len(_IDS)} ({', '.join(_IDS)})")
    row: Row = dict(zip(_IDS, parts, strict=True))
    try:
        row["start"], row["end"] = int(row["start"]), int(row["end"])
    except ValueError as error:
        raise FormatError(f"{where}: {error}") from None
    row["segment_ids"] = tuple(row["segment_ids"].split())
    return row


def _lines(path: Path, *, ours: bool) -> Iterator[str]:
    """Ours may begin with what elsewhere is a byte order mark; none ends with a carriage return."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            text = decoded(line, f"{path}:{number}", first=number == 1 and not ours)
            yield text.removesuffix("\n").removesuffix("\r")


def _next(lines: Iterator[str], path: Path, number: int) -> str:
    line = next(lines, None)
    if line is None:
        raise FormatError(f"{path}:{number}: missing; {_WAY}")
    return line
