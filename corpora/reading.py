"""The documents stage: transcripts, as their reader understands them, into a shard."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from trilogue.corpora import schema
from trilogue.corpora.errors import FormatError
from trilogue.corpora.ids import Recipe, content_hash
from trilogue.corpora.membership import Member, resolved
from trilogue.corpora.shards import is_made, new_shard
from trilogue.corpora.types import Document

VERSION: Final = 2
"""Raised when the same file gives other documents."""

Read = Callable[[Path, str], Sequence[Document]]
"""Reads a transcript file with reader options ("" for none)."""


@dataclass(frozen=True, slots=True)
class Census:
    """What an input file holds, without its text."""

    sha256: str
    document_ids: tuple[str, ...]


def census(path: Path, reader: str, *, read: Read) -> Census:
    """Count the documents of a file, as the documents stage will find them.

    :raises FormatError: if it cannot be read, or holds one document twice.
    """
    found = tuple(document.id for document in read(path, reader))
    if len(set(found)) < len(found):
        twice = next(one for one in found if found.count(one) > 1)
        raise FormatError(f"{path}: holds document {twice} twice; remove one of them")
    return Census(sha256_of(path), found)


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recipe(members: Iterable[Member]) -> Recipe:
    """What decides the rows of a documents shard; where the files lie does not."""
    said = [
        part
        for member in members
        for part in (member.document_id, member.reader, member.reference_of or "")
    ]
    return Recipe("documents", VERSION, options={"documents": content_hash(*said)})


def read_shard(members: Sequence[Member], out: Path, *, root: Path, read: Read) -> int:
    """Write the documents of one shard; a shard already made by this recipe is left alone.

    :param members: in the order of the rows.
    :param root: the corpus folder, to find the members' files.
    :returns: rows written, 0 if there was nothing to do.
    :raises FormatError: if a file vanished, or no longer holds its document.
    """
    made_by = recipe(members)
    if is_made(out, by=made_by):
        return 0
    with new_shard(out, schema=schema.DOCUMENTS, recipe=made_by) as shard:
        for (_, reader), group in groupby(members, key=lambda m: (m.file, m.reader)):
            wanted = list(group)
            path = resolved(wanted[0], root)
            found = {document.id: document for document in _read(path, reader, read, out)}
            for member in wanted:
                if member.document_id not in found:
                    what = f"document {member.document_id} is no longer in it"
                    raise FormatError(f"{path}: {what}; restore it, or pass --replace")
                row = schema.document_row(
                    found[member.document_id], reference_of=member.reference_of
                )
                shard.write_rows([row])
    return len(members)


def _read(path: Path, reader: str, read: Read, out: Path) -> Sequence[Document]:
    if not path.is_file():
        raise FormatError(f"{path}: vanished, and {out} has to be made from it; put it back")
    return read(path, reader)
