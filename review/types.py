"""What a person says of a unit, and who says it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What one entry of the log says."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    NOT_TRANSLATION = "not-translation"
    MERGE = "merge"  # with the next unit, which gets MERGED
    MERGED = "merged"
    SPLIT = "split"
    SPEAKER = "speaker"  # says who speaks; the translation is not decided by it
    UNDO = "undo"


class Status(StrEnum):
    """Where a unit stands: what the log says of it."""

    OPEN = "open"
    CONFIRM = "confirm"  # decided before a re-run, at the same anchor; to be confirmed
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    NOT_TRANSLATION = "not-translation"
    MERGED = "merged"
    SPLIT = "split"


STATUS_OF = {
    Kind.ACCEPT: Status.ACCEPTED,
    Kind.EDIT: Status.EDITED,
    Kind.REJECT: Status.REJECTED,
    Kind.NOT_TRANSLATION: Status.NOT_TRANSLATION,
    Kind.MERGE: Status.MERGED,
    Kind.MERGED: Status.MERGED,
    Kind.SPLIT: Status.SPLIT,
}
"""Where a unit stands after an entry that decides it."""

WAITING = (Status.OPEN, Status.CONFIRM)
"""What the queue offers."""


class Role(StrEnum):
    """What a person may do: each role may do what those before it may."""

    TRANSLATOR = "translator"
    REVIEWER = "reviewer"  # second reviews, and undoing other people's decisions
    ADMIN = "admin"  # accounts

    @property
    def level(self) -> int:
        """0, 1 or 2."""
        return list(Role).index(self)


class Track(StrEnum):
    """Whose voice an entry is: the one that counts, or the blind second one."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Account:
    """A person, by the name that the others see."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that a decision makes: a span of the document, its source and its translation.

    An accepted or edited unit is one part, a split one two; a merged one spans two units. A
    rejected unit is one part with an empty text: a person says that nothing translates it here.
    """

    start: int
    end: int
    source: str
    text: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Part":
        """From JSON."""
        return cls(row["start"], row["end"], row["source"], row["text"])

    def row(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person asks to be noted of a unit.

    :ivar key: made by the asker, unique: the same key sent twice is one decision.
    :ivar expected: version of the unit that the person saw.
    :ivar reason: why it was rejected.
    :ivar meaning: the draft said something else than the source: a wrong draft, not a rough one.
    :ivar speaker: who speaks, for :attr:`Kind.SPEAKER`.
    :ivar undoes: ``seq`` of the entry that is undone.
    :ivar active_ms: milliseconds of work, without idle time.
    """

    key: str
    unit_id: str
    kind: Kind
    expected: int
    parts: tuple[Part, ...] = ()
    reason: str = ""
    meaning: bool = False
    speaker: str = ""
    undoes: int | None = None
    track: Track = Track.FIRST
    active_ms: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision as it stands in the log.

    ``action`` is shared by the entries of one action (a merge writes two): they are undone as one.
    """

    seq: int
    action: str
    unit_id: str
    kind: Kind
    version: int
    parts: tuple[Part, ...]
    reason: str
    meaning: bool
    speaker: str
    undoes: int | None
    track: Track
    active_ms: int
    account_id: int
    at: int


@dataclass(frozen=True, slots=True)
class State:
    """What the entries of a unit come to.

    :ivar entry: the one that decides it, None while it waits.
    :ivar speaker: the one that a person named, "" if none did.
    """

    status: Status
    version: int
    entry: Entry | None = None
    speaker: str = ""
