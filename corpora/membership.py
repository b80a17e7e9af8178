"""Which document stands in which shard: fixed when it is imported, and only growing.

``membership.jsonl`` marks a folder as a corpus. Its first line names the schema; each further line
is a shard of documents, or the official versions in one language of the documents of a shard. It
is streamed: a corpus of a million documents costs the driver no memory.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trilogue.corpora import schema
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.shards import write_lines

MARKER: Final = "membership.jsonl"


@dataclass(frozen=True, slots=True)
class Member:
    """A document in its place.

    :ivar file: the input, relative to the corpus folder (so that both can move together).
    :ivar reader: the options it was read with, "" for none.
    :ivar reference_of: for an official version, the document that it translates.
    """

    document_id: str
    file: str
    sha256: str
    reader: str = ""
    reference_of: str | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """The members of one shard; ``lang`` is None for the transcripts themselves."""

    number: int
    members: tuple[Member, ...]
    lang: str | None = None


Group = tuple[Shard, dict[str, Shard]]
"""A shard of transcripts, and by language the shards of their official versions."""


def is_corpus(root: Path) -> bool:
    """Whether the folder is one of ours (of whatever schema)."""
    return (root / MARKER).is_file()


def check_root(root: Path) -> None:
    """Refuse a folder that a corpus may not be made in or read from.

    :raises ConfigError: if it is a file, or holds things but is no corpus.
    :raises FormatError: if it is a corpus of another schema.
    """
    if is_corpus(root):
        for _ in shards(root):
            return
    elif root.exists() and not root.is_dir():
        raise ConfigError(f"{root}: a file, expected a folder; name another with --corpus")
    elif root.exists() and any(not path.name.startswith(".") for path in root.iterdir()):
        what = "holds files but is not a corpus of ours"
        raise ConfigError(f"{root}: {what}; name a new or empty folder with --corpus")


def shards(root: Path) -> Iterator[Shard]:
    """The shards of a corpus in their order, streamed.

    :raises FormatError: if the file is damaged or of another schema.
    """
    path = root / MARKER
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            try:
                parts = json.loads(line)
                if number == 1:
                    _check_schema(path, int(parts["schema"]))
                else:
                    yield _shard(parts)
            except (KeyError, TypeError, ValueError) as error:
                way = "restore it from a copy; without it shards cannot be told apart"
                raise FormatError(f"{path}:{number}: damaged ({error}); {way}") from None


def groups(all_shards: Iterable[Shard]) -> Iterator[Group]:
    """Each shard of transcripts with the official versions that follow it."""
    transcripts: Shard | None = None
    official: dict[str, Shard] = {}
    for shard in all_shards:
        if shard.lang is not None:
            official[shard.lang] = shard
            continue
        if transcripts is not None:
            yield transcripts, official
        transcripts, official = shard, {}
    if transcripts is not None:
        yield transcripts, official


def write(root: Path, all_shards: Iterable[Shard]) -> None:
    """Write the membership anew, whole or not at all; ``all_shards`` may read the old one."""
    header = json.dumps({"trilogue": "corpus", "schema": schema.VERSION})
    write_lines(root / MARKER, _lines(header, all_shards))


class Spool:
    """Shards that wait on disk, not in memory, until all are known."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")

    def append(self, shard: Shard) -> None:
        """Add one at the end."""
        self._file.write(json.dumps(_parts(shard), ensure_ascii=False) + "\n")

    def __iter__(self) -> Iterator[Shard]:
        self._file.seek(0)
        for line in self._file:
            yield _shard(json.loads(line))


def relative(path: Path, root: Path) -> str:
    """How an input is named in a corpus."""
    return Path(os.path.relpath(path.resolve(), root.resolve())).as_posix()


def resolved(member: Member, root: Path) -> Path:
    """Inverse of :func:`relative`."""
    return Path(os.path.normpath(root.resolve() / member.file))


def _check_schema(path: Path, found: int) -> None:
    if found != schema.VERSION:
        what = f"a corpus of schema {found}, expected {schema.VERSION}"
        raise FormatError(f"{path}: {what}; use the Trilogue that made it")


def _lines(header: str, all_shards: Iterable[Shard]) -> Iterator[str]:
    yield header
    for shard in all_shards:
        yield json.dumps(_parts(shard), ensure_ascii=False)


def _parts(shard: Shard) -> dict[str, Any]:
    """One line: members grouped by their input, which would otherwise be said again and again."""
    inputs: list[dict[str, Any]] = []
    for member in shard.members:
        head = {"file": member.file, "sha256": member.sha256, "reader": member.reader}
        if not inputs or any(inputs[-1][name] != value for name, value in head.items()):
            inputs.append({**head, "documents": []})
        entry = [member.document_id]
        inputs[-1]["documents"].append(
            entry if member.reference_of is None else [*entry, member.reference_of]
        )
    lang = {} if shard.lang is None else {"lang": shard.lang}
    return {"shard": shard.number, **lang, "inputs": inputs}


def _shard(parts: dict[str, Any]) -> Shard:
    members = tuple(
        Member(entry[0], head["file"], head["sha256"], head["reader"], *entry[1:])
        for head in parts["inputs"]
        for entry in head["documents"]
    )
    return Shard(parts["shard"], members, parts.get("lang"))
