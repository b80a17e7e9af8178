"""Under what terms a corpus may be published, and what was taken out of it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from trilogue.corpora.errors import ConfigError, FormatError, PublishError
from trilogue.corpora.types import Document

TOMBSTONES: Final = "tombstones.jsonl"
"""In the corpus folder: what must not be published (any more), one JSON object a line."""

# What the hub calls the licences that transcripts come under.
_ON_THE_HUB: Final = (
    "apache-2.0",
    "cc0-1.0",
    "cc-by-2.0",
    "cc-by-2.5",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-sa-3.0",
    "cc-by-sa-4.0",
    "cc-by-nc-4.0",
    "cc-by-nc-sa-4.0",
    "cc-by-nc-nd-4.0",
    "cc-by-nd-4.0",
    "mit",
    "odc-by",
    "pddl",
)


class Tombstone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was taken down.

    :ivar id: of a unit or a document.
    :ivar date: ISO 8601 date of the request.
    """

    id: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Permit:
    """What the publisher tells of terms that the corpus does not settle by itself.

    :ivar licence: SPDX identifier for documents that state none; None refuses them.
    :ivar mixed: whether documents of different licences may stand in one dataset.
    """

    licence: str | None = None
    mixed: bool = False


def licences(documents: Iterable[Document], permit: Permit) -> dict[str, str]:
    """Document → the licence it is published under.

    :raises PublishError: if a document states none, or documents state different ones, and the
        permit does not allow for that.
    """
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for document in documents:
        licence = document.licence or permit.licence
        if licence is None:
            what = f"no licence is known for {document.source} ({document.title or document.id})"
            raise PublishError(f"{what}; tell it with --licence SPDX")
        found[document.id] = licence
        first.setdefault(licence, document.source)
    if len(first) > 1 and not permit.mixed:
        said = ", ".join(f"{licence} ({source})" for licence, source in first.items())
        raise PublishError(f"documents under different licences: {said}; pass --mixed-licences")
    return found


def on_the_hub(licence: str) -> str:
    """What the hub calls an SPDX licence: "other" if it has no name for it."""
    return licence.lower() if licence.lower() in _ON_THE_HUB else "other"


def tombstones(root: Path) -> list[Tombstone]:
    """What was taken down from a corpus, in the order it was written down.

    :raises FormatError: if a line is not a tombstone.
    """
    path = root / TOMBSTONES
    if not path.exists():
        return []
    found = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                found.append(msgspec.json.decode(line, type=Tombstone))
            except ValueError as error:
                expected = '{"id": "…", "date": "2026-11-24", "reason": "…"}'
                raise FormatError(f"{path}:{number}: {error}; expected {expected}") from None
    return found


def check_repo(repo: str) -> None:
    """:raises ConfigError: if it is no name of a dataset."""
    parts = repo.split("/")
    if len(parts) != 2 or not all(parts):
        raise ConfigError(f"--repo: got {repo!r}, expected USER/NAME")
