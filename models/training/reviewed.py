"""What a corpus teaches a model: units that people settled, and drafts that hold it in place."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.types import Origin
from trilogue.models.training.cleaning import key

Part = Literal["train", "develop", "test"]
DEVELOP, TEST = 0.15, 0.15
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """A source and what should be said for it, in a language."""

    source: str
    target: str
    to: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """Reviewed pairs in three parts, and ``anchors``: the model's own drafts of other segments."""

    train: list[Lesson] = field(default_factory=list)
    develop: list[Lesson] = field(default_factory=list)
    test: list[Lesson] = field(default_factory=list)
    anchors: list[Lesson] = field(default_factory=list)

    def languages(self) -> list[str]:
        """The languages that were reviewed."""
        return sorted({lesson.to for lesson in self.train})


def part_of(source: str) -> Part:
    """Where a source belongs: by its words alone, so that repeated segments are never parted."""
    digest = hashlib.blake2b(key(source).encode(), digest_size=8).digest()
    place = int.from_bytes(digest, "big") / 2**64
    return "develop" if place < DEVELOP else "test" if place < DEVELOP + TEST else "train"


def lessons_of(corpus: Corpus) -> Lessons:
    """The post-edits of a corpus, and as anchors the drafts of what nobody has reviewed.

    :raises ConfigError: if there are too few post-edits to learn and to measure.
    """
    found = Lessons()
    for lang in corpus.languages():
        settled, drafted = _of_language(corpus, lang)
        for source, target in settled.items():
            parts = {"train": found.train, "develop": found.develop, "test": found.test}
            parts[part_of(source)].append(Lesson(source, target, lang))
        found.anchors.extend(
            Lesson(source, target, lang)
            for source, target in drafted.items()
            if source not in settled
        )
    smallest = min(len(found.train), len(found.develop) + len(found.test))
    if smallest < FEWEST // 2 or not found.develop or not found.test:
        got = len(found.train) + len(found.develop) + len(found.test)
        what = f"{got} post-edits, expected {3 * FEWEST} or more"
        raise ConfigError(f"{corpus.root}: {what}. Review more units, then build again.")
    return found


def _of_language(corpus: Corpus, lang: str) -> tuple[dict[str, str], dict[str, str]]:
    settled: dict[str, str] = {}
    drafted: dict[str, str] = {}
    for unit in corpus.units(lang):
        if not unit.source.strip() or not unit.target.strip():
            continue
        if unit.origin is Origin.POST_EDIT:
            settled[unit.source] = unit.target
        elif unit.origin is Origin.MACHINE:
            drafted[unit.source] = unit.target
    return settled, drafted
