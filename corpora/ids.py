"""Names that content makes: the same words at the same place have the same id, on every machine."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from trilogue.corpora.types import Origin

LENGTH: Final = 24
"""Hexadecimal digits of an id: 96 bits, so a billion units meet no twin."""


def content_hash(*parts: str) -> str:
    """A name for a sequence of strings; ``("a", "bc")`` and ``("ab", "c")`` differ."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()[:LENGTH]


def anchor(document_id: str, start: int, end: int, target_lang: str, source: str) -> str:
    """Where a unit stands and what it translates: outlives a change of segmenter or model."""
    return content_hash("anchor", document_id, str(start), str(end), target_lang, source)


def unit_id(
    *,
    document_id: str,
    start: int,
    end: int,
    source: str,
    target: str,
    target_lang: str,
    origin: Origin,
) -> str:
    """The id of a unit: its anchor, what it says, and where that comes from."""
    where = anchor(document_id, start, end, target_lang, source)
    return content_hash("unit", where, str(origin), target)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the rows of a shard, and nothing else: no batch size, device or version of ours.

    :ivar version: of the stage, raised by hand when the same input gives other rows.
    :ivar parents: name of an input stage → key of the input shard.
    :ivar options: what was chosen for this stage: signatures of models, settings that change rows.
    """

    stage: str
    version: int
    parents: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The one name of this recipe."""
        return content_hash("recipe", self.to_json())

    def to_json(self) -> str:
        """The canonical form, one line."""
        parts = {
            "stage": self.stage,
            "version": self.version,
            "parents": dict(self.parents),
            "options": dict(self.options),
        }
        return json.dumps(parts, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """Inverse of :meth:`to_json`.

        :raises KeyError, TypeError, ValueError: if it is not one of ours.
        """
        parts = json.loads(text)
        return cls(parts["stage"], parts["version"], parts["parents"], parts["options"])
