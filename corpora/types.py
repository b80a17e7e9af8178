"""What flows through Trilogue: documents, segments, drafts, units, scores, verdicts.

Everything here is immutable; stages make new values, they never change old ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class BlockKind(StrEnum):
    """What a block of a document is. Only ``SPEECH`` is segmented and translated."""

    TITLE = "title"
    SUMMARY = "summary"
    CAPTION = "caption"
    SPEECH = "speech"
    PROSE = "prose"
    DIRECTION = "direction"  # "(Laughter.)", "* * *"
    ELISION = "elision"  # "<…>"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a document: ``document.text[start:end]``.

    ``turn`` is the index of the turn that it belongs to, or None outside of speech; ``line`` is the
    line of the input file where it starts, from 1.
    """

    start: int
    end: int
    kind: BlockKind
    line: int
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted words.

    ``speaker`` is the normalised identity (title and case stripped, "Vladimir Putin"), ``printed``
    the label as it stands in the file, ``role`` what the label says beside the name.
    """

    speaker: str
    printed: str
    line: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the input that is in no block, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One transcript. ``text`` is NFC, its blocks joined by one line feed each.

    :ivar id: stable for the same content, whatever the file is called.
    :ivar source: name of the input file (no folder).
    :ivar date: ISO 8601 date, ``time`` HH:MM as printed.
    :ivar licence: SPDX identifier, None if it is not known.
    :ivar turn_languages: original language of each turn, where it is known (as "ru"), else None.
    """

    id: str
    source: str
    text: str
    blocks: tuple[Block, ...]
    turns: tuple[Turn, ...]
    language: str = "en"
    title: str | None = None
    date: str | None = None
    time: str | None = None
    place: str | None = None
    summary: str | None = None
    url: str | None = None
    licence: str | None = None
    attribution: str | None = None
    topics: tuple[str, ...] = ()
    geography: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    turn_languages: tuple[str | None, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """Our unit: ``document.text[start:end]``, a half-open span of code points.

    ``block`` and ``turn`` are indices into the document, ``position`` counts its segments.
    """

    id: str
    document_id: str
    position: int
    start: int
    end: int
    text: str
    block: int
    turn: int | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second model makes of a segment: another draft, or the first one translated back.

    ``language`` tells which: the target language, or the source's.
    """

    text: str
    model: str
    language: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Stored machine output for one segment.

    ``confidence`` is the model's length-normalised log-probability (≤ 0, high is good), None if the
    engine does not give it. ``flags`` says what a guard saw or did ("retried: loop", "split: 2").
    """

    text: str
    model: str
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    second: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Bead:
    """One m–n link: ascending indices of source and target segments, from 0; a side may be empty.

    ``cost`` is −log of how well the two sides correspond (low is good); ``probability`` that this
    bead is right, if it was computed.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    cost: float = 0.0
    probability: float | None = None


Ladder = tuple[Bead, ...]
"""A document's beads: monotone unless reordering was asked for, covering each index once."""


class Origin(StrEnum):
    """Where the target side of a unit comes from."""

    MACHINE = "machine"
    REFERENCE = "reference"
    POST_EDIT = "post-edit"


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A source and its translation, immutable; ``id`` hashes what it says and where it stands.

    The anchor (``document_id``, ``start``, ``end``, ``target_lang``, hash of ``source``) outlives a
    change of segmenter or model. ``flags`` are the draft's.
    """

    id: str
    document_id: str
    segment_ids: tuple[str, ...]
    start: int
    end: int
    source: str
    target: str
    source_lang: str
    target_lang: str
    origin: Origin
    model: str | None = None
    speaker: str | None = None
    turn: int | None = None
    bead_probability: float | None = None
    flags: tuple[str, ...] = ()


BY_PERSON: Final = "review: "
"""How flags and reasons begin that tell what a person decided."""


class Verdict(StrEnum):
    """What the gate says of a unit."""

    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that is known about one pair: the JSON object that ``trilogue score`` prints.

    ``faithful`` in [0, 1] and ``quality`` in [0, 100] are None where they were not measured, and so
    is each of ``scores``; never 0 or −1 for "unknown".
    """

    faithful: float | None
    quality: float | None
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    scores: Mapping[str, float | None] = field(default_factory=dict)
    signature: str = ""
