"""The pieces of work of a build, as values that travel to a worker."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from trilogue.align import matching
from trilogue.align.pairing import Reference, pair_shard
from trilogue.align.scoring import score_shard
from trilogue.corpora import reading
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.membership import Member
from trilogue.corpora.segmenting import segment_shard
from trilogue.models.drafting import draft_shard
from trilogue.review.answers import Answer
from trilogue.review.postedits import post_edit_shard
from trilogue.scripts.tools import Judge, Matching, Model, Staff, Tools


@dataclass(frozen=True, slots=True)
class Count:
    """Which documents a file holds."""

    tools: Tools
    path: Path
    reader: str
    holds_model: ClassVar[bool] = False

    @property
    def name(self) -> str:
        return str(self.path)

    def run(self) -> reading.Census:
        return reading.census(self.path, self.reader, read=self.tools.read)


@dataclass(frozen=True, slots=True)
class Profiles:
    """What of a file's documents tells to which transcript or official version they belong.

    ``lang`` is the language that they must be in, None if that is as it may be.
    """

    tools: Tools
    path: Path
    reader: str
    lang: str | None
    holds_model: ClassVar[bool] = False

    @property
    def name(self) -> str:
        return str(self.path)

    def run(self) -> list[matching.Profile]:
        documents = self.tools.read(self.path, self.reader)
        for one in documents:
            if self.lang is not None and one.language != self.lang:
                got = f"--reference {self.lang}: got a document in {one.language!r}"
                raise ConfigError(f"{self.path}: {got}, expected {self.lang!r}; name its own")
        return [matching.profile(one) for one in documents]


@dataclass(frozen=True, slots=True)
class Signatures:
    """What a language's drafts, second drafts, ladders and assessments are made by."""

    translator: str
    second: str | None
    aligner: str
    assessor: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The signatures of those who work on a language.

    Loading is the proof that they can be had: it comes before anything is written.
    """

    tools: Tools
    staff: Staff
    holds_model: ClassVar[bool] = True

    @property
    def name(self) -> str:
        return f"models for {self.staff.model.to}"

    def run(self) -> Signatures:
        """:raises ConfigError: if the second opinion is the first one's own."""
        to, second = self.staff.model.to, self.staff.second
        signed = Signatures(
            self.tools.translator(self.staff.model).signature,
            None if second is None else self.tools.translator(second).signature,
            self.tools.aligner(self.staff.matching).signature,
            self.tools.assessor(self.staff.judge).signature,
        )
        # Terms that drafts are made to use stand at the end of their signature.
        if signed.second is not None and signed.translator.startswith(signed.second):
            what = f"{self.staff.model.name} drafts already, and would agree with itself"
            raise ConfigError(f"seconds: {to}: {what}. Name another model.")
        return signed


@dataclass(frozen=True, slots=True)
class ReadShard:
    """Documents, or official versions, into a shard."""

    name: str
    tools: Tools
    out: Path
    root: Path
    members: tuple[Member, ...]
    holds_model: ClassVar[bool] = False

    def run(self) -> int:
        return reading.read_shard(self.members, self.out, root=self.root, read=self.tools.read)


@dataclass(frozen=True, slots=True)
class SegmentShard:
    """A documents shard into a segments shard."""

    name: str
    tools: Tools
    out: Path
    source: Path
    lang: str
    own: str | None
    holds_model: ClassVar[bool] = False

    def run(self) -> int:
        segmenter = self.tools.segmenter(self.lang, self.own)
        return segment_shard(self.source, self.out, segmenter=segmenter)


@dataclass(frozen=True, slots=True)
class DraftShard:
    """A segments shard into a shard of drafts, or of another model's second drafts."""

    name: str
    tools: Tools
    out: Path
    source: Path
    model: Model
    stage: str
    holds_model: ClassVar[bool] = True

    def run(self) -> int:
        translator, to = self.tools.translator(self.model), self.model.to
        return draft_shard(self.source, self.out, translator=translator, to=to, stage=self.stage)


@dataclass(frozen=True, slots=True)
class PostEditShard:
    """What people decided on the documents of a shard into units."""

    name: str
    out: Path
    answers: tuple[Answer, ...]
    to: str
    holds_model: ClassVar[bool] = False

    def run(self) -> int:
        return post_edit_shard(self.answers, self.out, to=self.to)


@dataclass(frozen=True, slots=True)
class PairShard:
    """Segments, drafts, official versions (documents and segments) and what people decided into a
    units shard."""

    name: str
    tools: Tools
    out: Path
    segments: Path
    drafts: Path
    matching: Matching
    reference: tuple[Path, Path] | None
    post_edits: Path | None = None
    holds_model: ClassVar[bool] = True

    def run(self) -> int:
        official = None
        if self.reference is not None:
            official = Reference(*self.reference, self.tools.aligner(self.matching))
        return pair_shard(
            self.segments,
            self.drafts,
            self.out,
            to=self.matching.to,
            reference=official,
            post_edits=self.post_edits,
        )


@dataclass(frozen=True, slots=True)
class ScoreShard:
    """A units shard, with its own drafts and another model's, into a scores shard."""

    name: str
    tools: Tools
    out: Path
    units: Path
    drafts: Path
    seconds: Path | None
    judge: Judge
    holds_model: ClassVar[bool] = True

    def run(self) -> int:
        assessor = self.tools.assessor(self.judge)
        return score_shard(
            self.units, self.drafts, self.out, assessor=assessor, seconds=self.seconds
        )
