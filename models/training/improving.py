"""From a corpus with post-edits to a better checkpoint, with figures of what it gained and lost."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sacrebleu

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.corpora.lines import file_lines
from trilogue.models import marian, registry
from trilogue.models.training.reviewed import Lesson, lessons_of
from trilogue.models.training.tuning import Tuning, tune

MOST_LOST = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """chrF into one language on one set, before and after."""

    on: str
    to: str
    segments: int
    before: float
    after: float


def improve(
    model: str, corpus: Path, out: Path, *, guard: Path | None = None, tuning: Tuning | None = None
) -> list[Change]:
    """Tune a model on the post-edits of a corpus, and write it if it has not forgotten the rest.

    :param guard: a folder with ``en.txt`` and ``LANG.txt``: more than half a point of chrF lost
        there, and nothing is written.
    :returns: what changed: on post-edits that were held out, and on the guard.
    :raises ConfigError: if ``out`` is there already, or there are too few post-edits.
    :raises ModelError: if nothing was learnt, or too much forgotten.
    """
    if out.exists():
        raise ConfigError(f"{out}: is there already. Name another folder with --out.")
    found, lessons = registry.find(model), lessons_of(Corpus(corpus))
    sets = [(f"{corpus} (held out)", lessons.test)]
    if guard is not None:
        sets.append((str(guard), list(_of_guard(guard, lessons.languages()))))
    before = [chrf_of(model, some) for _, some in sets]
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".improved-") as room:
        tuned = Path(room, "checkpoint")
        tune(found, lessons, tuning or Tuning(), tuned)
        after = [chrf_of(tuned, some) for _, some in sets]
        changes = [
            Change(name, to, sum(one.to == to for one in some), old[to], new[to])
            for (name, some), old, new in zip(sets, before, after, strict=True)
            for to in old
        ]
        _check(changes, guard)
        tuned.rename(out)
    return changes


def _of_guard(folder: Path, languages: Sequence[str]) -> Iterator[Lesson]:
    for to in languages:
        files = [folder / "en.txt", folder / f"{to}.txt"]
        for file in files:
            if not file.is_file():
                raise ConfigError(f"{file}: no such file. Put en.txt and {to}.txt there.")
        lines = [list(file_lines(file)) for file in files]
        if len(lines[0]) != len(lines[1]):
            what = f"{len(lines[1])} lines, expected {len(lines[0])} as in en.txt"
            raise ConfigError(f"{files[1]}: {what}.")
        for source, target in zip(*lines, strict=True):
            yield Lesson(source, target, to)


def chrf_of(model: str | Path, lessons: Sequence[Lesson]) -> dict[str, float]:
    """chrF of a model's drafts against the lessons, by language."""
    scores = {}
    for to in sorted({one.to for one in lessons}):
        pairs = [one for one in lessons if one.to == to]
        drafts = marian.load(model, to=to).translate([one.source for one in pairs])
        said = [draft.text for draft in drafts]
        scores[to] = sacrebleu.corpus_chrf(said, [[one.target for one in pairs]]).score
    return scores


def _check(changes: Sequence[Change], guard: Path | None) -> None:
    for one in changes:
        if guard is not None and one.on == str(guard) and one.after < one.before - MOST_LOST:
            what = f"{one.to}: chrF {one.before:.1f} became {one.after:.1f}"
            raise ModelError(
                f"{guard}: {what}, expected {one.before - MOST_LOST:.1f} or more. Lower --rate."
            )
