"""The stages of a build, shard by shard: what makes each, and whether it stands already."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from trilogue.align import pairing, scoring
from trilogue.corpora import corpus, membership, reading, segmenting
from trilogue.corpora.ids import Recipe
from trilogue.corpora.membership import Group, Shard
from trilogue.corpora.shards import footer_of, is_made, part
from trilogue.models import drafting
from trilogue.review import postedits
from trilogue.review.answers import Answer
from trilogue.scripts import tasks
from trilogue.scripts.executors import Task
from trilogue.scripts.tasks import Signatures
from trilogue.scripts.tools import Model, Staff, Tools

WAVES: Final = ("documents", "segments", "drafts", "seconds", "post_edits", "units", "scores")
"""One after the other; within a wave all shards and languages are independent."""


NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class Step:
    """One shard of one stage: what makes it, of what, by which recipe."""

    task: Task
    out: Path
    recipe: Recipe
    parents: tuple["Step", ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether the shard stands as this run wants it."""
        return is_made(self.out, by=self.recipe)


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of a build.

    :ivar members: streams the membership anew at each call.
    :ivar numbers: the shards of this run, None for all.
    :ivar segmenters: language → signature.
    :ivar staff: target language → who works on it.
    :ivar answers: what people decided, by document and target language.
    """

    root: Path
    tools: Tools
    members: Callable[[], Iterable[Shard]]
    numbers: range | None
    own_segmenters: dict[str, str]
    segmenters: dict[str, str]
    staff: dict[str, Staff]
    signatures: dict[str, Signatures]
    answers: Mapping[tuple[str, str], Sequence[Answer]] = field(default_factory=dict)

    def steps(self, wave: str) -> Iterator[Step]:
        """The steps of a wave, language by language, so that a worker seldom changes its model."""
        if wave in ("documents", "segments"):
            for shard, official in self._groups():
                yield self._text(wave, shard)
                for lang in self.staff:
                    if lang in official:
                        yield self._text(wave, official[lang])
            return
        for lang in self.staff:
            for shard, official in self._groups():
                step = self._language(wave, lang, shard, official.get(lang))
                if step is not None:
                    yield step

    def count(self, wave: str) -> int:
        """How many steps a wave has."""
        return sum(1 for _ in self.steps(wave))

    def _groups(self) -> Iterator[Group]:
        for shard, official in membership.groups(self.members()):
            if self.numbers is None or shard.number in self.numbers:
                yield shard, official

    def _text(self, wave: str, shard: Shard) -> Step:
        documents = self._documents(shard)
        return documents if wave == "documents" else self._segments(shard, documents)

    def _language(self, wave: str, lang: str, shard: Shard, official: Shard | None) -> Step | None:
        """The step of a shard, None where the wave has nothing to do."""
        if wave == "post_edits":
            return self._post_edits(lang, shard)
        segments = self._segments(shard, self._documents(shard))
        seconds = self._seconds(lang, shard.number, segments)
        if wave == "seconds":
            return seconds
        drafts = self._drafts(lang, shard.number, segments)
        if wave == "drafts":
            return drafts
        decided = self._post_edits(lang, shard)
        units = self._units(lang, shard.number, segments, drafts, official, decided)
        if wave == "units":
            return units
        return self._scores(lang, shard.number, units, drafts, seconds)

    def _place(self, stage: str, number: int) -> tuple[str, Path]:
        out = part(self.root / stage, number)
        return f"{stage}/{out.stem}", out

    def _documents(self, shard: Shard) -> Step:
        stage = f"{corpus.REFERENCES}/{shard.lang}" if shard.lang else corpus.DOCUMENTS
        name, out = self._place(stage, shard.number)
        task = tasks.ReadShard(name, self.tools, out, self.root, shard.members)
        return Step(task, out, reading.recipe(shard.members))

    def _segments(self, shard: Shard, documents: Step) -> Step:
        stage = f"{corpus.REFERENCE_SEGMENTS}/{shard.lang}" if shard.lang else corpus.SEGMENTS
        lang = shard.lang or "en"
        name, out = self._place(stage, shard.number)
        own = self.own_segmenters.get(lang)
        task = tasks.SegmentShard(name, self.tools, out, documents.out, lang, own)
        recipe = segmenting.recipe(documents.recipe.key, self.segmenters[lang])
        return Step(task, out, recipe, (documents,))

    def _drafts(self, lang: str, number: int, segments: Step) -> Step:
        model, signature = self.staff[lang].model, self.signatures[lang].translator
        return self._drafted(corpus.DRAFTS, number, segments, model, signature)

    def _seconds(self, lang: str, number: int, segments: Step) -> Step | None:
        """The second drafts of a shard, None if nobody asked for them."""
        model, signature = self.staff[lang].second, self.signatures[lang].second
        if model is None or signature is None:
            return None
        return self._drafted(corpus.SECONDS, number, segments, model, signature)

    def _drafted(
        self, stage: str, number: int, segments: Step, model: Model, signature: str
    ) -> Step:
        name, out = self._place(f"{stage}/{model.to}", number)
        task = tasks.DraftShard(name, self.tools, out, segments.out, model, stage)
        recipe = drafting.recipe(segments.recipe.key, signature, model.to, stage=stage)
        return Step(task, out, recipe, (segments,))

    def _post_edits(self, lang: str, shard: Shard) -> Step | None:
        """What people decided on the documents of a shard, None if that is nothing."""
        places = ((member.document_id, lang) for member in shard.members)
        found = tuple(answer for place in places for answer in self.answers.get(place, ()))
        if not found:
            return None
        name, out = self._place(f"{corpus.POST_EDITS}/{lang}", shard.number)
        task = tasks.PostEditShard(name, out, found, lang)
        return Step(task, out, postedits.recipe(found, lang))

    def _units(
        self,
        lang: str,
        number: int,
        segments: Step,
        drafts: Step,
        official: Shard | None,
        decided: Step | None,
    ) -> Step:
        name, out = self._place(f"{corpus.UNITS}/{lang}", number)
        inputs = [segments, drafts]
        paths = reference = None
        if official is not None:
            documents = self._documents(official)
            reference = self._segments(official, documents)
            paths = (documents.out, reference.out)
            inputs.append(reference)
        if decided is not None:
            inputs.append(decided)
        by = None if decided is None else decided.out
        matching = self.staff[lang].matching
        texts = segments.out, drafts.out
        pair = tasks.PairShard(name, self.tools, out, *texts, matching, paths, by)
        recipe = pairing.recipe(
            segments.recipe.key,
            drafts.recipe.key,
            lang,
            reference=None if reference is None else reference.recipe.key,
            aligner=None if reference is None else self.signatures[lang].aligner,
            post_edits=None if decided is None else decided.recipe.key,
        )
        return Step(pair, out, recipe, tuple(inputs))

    def _scores(
        self, lang: str, number: int, units: Step, drafts: Step, seconds: Step | None
    ) -> Step:
        name, out = self._place(f"{corpus.SCORES}/{lang}", number)
        judge, assessor = self.staff[lang].judge, self.signatures[lang].assessor
        if seconds is None:
            task = tasks.ScoreShard(name, self.tools, out, units.out, drafts.out, None, judge)
            return Step(task, out, scoring.recipe(units.recipe.key, assessor), (units, drafts))
        task = tasks.ScoreShard(name, self.tools, out, units.out, drafts.out, seconds.out, judge)
        recipe = scoring.recipe(units.recipe.key, assessor, seconds=seconds.recipe.key)
        return Step(task, out, recipe, (units, drafts, seconds))


def why(step: Step) -> str | None:
    """Why a shard has to be made, in a few words; None if it stands.

    :raises FormatError: if something else stands in its place.
    """
    if not step.out.exists():
        return NEW
    had = footer_of(step.out).recipe
    want = step.recipe
    if had.key == want.key:
        return None
    if had.version != want.version:
        return f"stage changed: version {had.version} → {want.version}"
    for name, value in want.options.items():
        if name in had.options and had.options[name] != value:
            return f"{name} changed: {had.options[name]} → {value}"
    by_stage = {parent.recipe.stage: parent for parent in step.parents}
    for name, key in want.parents.items():
        if name not in had.parents:
            return f"{name} is new"
        if had.parents[name] != key:
            above = why(by_stage[name]) if name in by_stage else None
            return above or f"{name} were made again"
    gone = sorted({*had.parents, *had.options} - {*want.parents, *want.options})
    return f"{', '.join(gone) or 'recipe'} is gone"
