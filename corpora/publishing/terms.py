"""Under what terms a corpus may be published, and what was taken out of it again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from trilogue.corpora.errors import ConfigError, FormatError, PublishError
from trilogue.corpora.types import Document, Origin, TranslationUnit

TOMBSTONES: Final = "tombstones.jsonl"
"""In the corpus folder: what must not be published (any more), one JSON object a line."""

LICENCES: Final = "LICENSE.md"
"""The list of documents with their terms; the hub takes no other name for the file of a licence."""

# SPDX → what the hub calls the licence, for those that transcripts come under.
_ON_THE_HUB: Final = {
    "Apache-2.0": "apache-2.0",
    "MIT": "mit",
    "ODC-By-1.0": "odc-by",
    "ODbL-1.0": "odbl",
    "PDDL-1.0": "pddl",
    "Unlicense": "unlicense",
    "GFDL-1.3-or-later": "gfdl",
    **{
        f"CC-{name}".upper(): f"cc-{name}"
        for name in (
            *("by-2.0", "by-2.5", "by-3.0", "by-4.0", "by-sa-3.0", "by-sa-4.0"),
            *("by-nc-2.0", "by-nc-3.0", "by-nc-4.0", "by-nd-4.0"),
            *("by-nc-sa-2.0", "by-nc-sa-3.0", "by-nc-sa-4.0", "by-nc-nd-3.0", "by-nc-nd-4.0"),
        )
    },
    "CC0-1.0": "cc0-1.0",
}
_SPDX: Final = {name.lower(): name for name in _ON_THE_HUB}


class Tombstone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was taken down.

    :ivar id: of a unit, a segment, a document or an official version.
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


def check_licences(documents: Iterable[Document], *, mixed: bool) -> None:
    """Refuse terms that are not known, or not the same.

    :param documents: transcripts and official versions.
    :raises PublishError: if one states no licence, or they state different ones and may not.
    """
    first: dict[str, str] = {}
    for document in documents:
        if document.licence is None:
            what = f"no licence is known for {document.source} ({document.title or document.id})"
            raise PublishError(f"{what}; tell it with --licence SPDX")
        first.setdefault(document.licence, document.source)
    if len(first) > 1 and not mixed:
        said = ", ".join(f"{licence} ({source})" for licence, source in first.items())
        raise PublishError(f"documents under different licences: {said}; pass --mixed-licences")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken down.

    :ivar ids: as the tombstones name it.
    :ivar versions: document and language of each official version among it.
    """

    ids: frozenset[str]
    versions: frozenset[tuple[str, str]]

    def takes(self, unit: TranslationUnit) -> bool:
        """Whether a unit goes; what a person decided beside an official version goes with it."""
        if not self.ids.isdisjoint((unit.id, unit.document_id, *unit.segment_ids)):
            return True
        place = unit.document_id, unit.target_lang
        return unit.origin is not Origin.MACHINE and place in self.versions


def on_the_hub(licence: str) -> str:
    """What the hub calls an SPDX licence: "other" if it has no name for it."""
    return _ON_THE_HUB.get(_SPDX.get(licence.lower(), ""), "other")


def name_on_the_hub(licence: str) -> str:
    """What an "other" licence is called there: small letters, digits, dots and hyphens."""
    return re.sub("[^a-z0-9.]+", "-", licence.lower()).strip("-.") or "unnamed"


def address(licence: str) -> str | None:
    """Where the text of an SPDX licence stands; None if it is none that we know."""
    name = _SPDX.get(licence.lower())
    return None if name is None else f"https://spdx.org/licenses/{name}.html"


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


_PART: Final = re.compile(r"(?!.*(--|\.\.))[A-Za-z0-9_]([\w.-]{0,94}[A-Za-z0-9_])?")


def check_repo(repo: str) -> None:
    """:raises ConfigError: if the hub would not take it for the name of a dataset."""
    parts = repo.split("/")
    if len(parts) != 2 or not all(_PART.fullmatch(part) for part in parts):
        expected = "USER/NAME of letters, digits, '-', '_' and '.'"
        raise ConfigError(f"--repo: got {repo!r}, expected {expected}")
