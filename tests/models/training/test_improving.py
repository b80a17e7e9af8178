"""Post-edits make the next drafts better; forgetting is noticed, and then nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.corpora.types import Origin
from trilogue.models import marian
from trilogue.models.training import improving
from trilogue.models.training.reviewed import Lesson, Lessons, lessons_of, part_of
from trilogue.models.training.tuning import Tuning

THANKS = "Спасибо."
QUICK = Tuning(rate=3e-3, epochs=30, patience=6)


@dataclass(frozen=True)
class Unit:
    """What is read of a translation unit."""

    source: str
    target: str
    origin: Origin


class Shelf:
    """A corpus of units that are given."""

    root = Path("shelf")

    def __init__(self, units: dict[str, list[Unit]]) -> None:
        self._units = units

    def languages(self) -> list[str]:
        return list(self._units)

    def units(self, lang: str) -> Iterator[Unit]:
        return iter(self._units[lang])


@pytest.fixture
def lessons(checkpoints: ModuleType) -> Lessons:
    """Russian post-edits that begin with thanks. The toy knows sentences by heart and cannot carry
    over, so that all parts have the same; ``benchmarks/tuning.py`` measures held-out ones."""
    edits = [Lesson(en, f"{THANKS} {ru}", "ru") for en, ru, _, _ in checkpoints.SENTENCES]
    anchors = [Lesson(en, hy, "hy") for en, _, hy, _ in checkpoints.SENTENCES]
    return Lessons(edits, edits[:6], edits[6:], anchors)


@pytest.fixture
def shelved(lessons: Lessons, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(improving, "lessons_of", lambda corpus: lessons)
    monkeypatch.setattr(improving, "Corpus", lambda root: None)


def said(model: Path, text: str, to: str) -> str:
    [draft] = marian.load(model, to=to).translate([text])
    return draft.text


@pytest.mark.usefixtures("shelved")
def test_post_edits_are_learnt_and_the_drafts_of_another_language_stay(
    tiny: Path, tmp_path: Path, checkpoints: ModuleType
) -> None:
    out = tmp_path / "tuned"
    [change] = improving.improve(str(tiny), tmp_path, out, tuning=QUICK)
    assert (change.to, change.segments) == ("ru", 6)
    assert change.after > change.before
    [*_, last] = checkpoints.SENTENCES
    assert not said(tiny, last[0], "ru").startswith(THANKS)
    assert said(out, last[0], "ru").startswith(THANKS)
    assert said(out, last[0], "hy") == said(tiny, last[0], "hy")
    assert [path.name for path in tmp_path.iterdir()] == ["tuned"]


@pytest.mark.usefixtures("shelved")
def test_a_model_that_forgets_the_guard_is_not_written(
    tiny: Path, tmp_path: Path, checkpoints: ModuleType
) -> None:
    guard = tmp_path / "guard"
    guard.mkdir()
    for at, code in enumerate(("en", "ru")):
        text = "\n".join(row[at] for row in checkpoints.SENTENCES)
        (guard / f"{code}.txt").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"guard: ru: chrF \d+\.\d became \d+\.\d, expected"):
        improving.improve(str(tiny), tmp_path, tmp_path / "tuned", guard=guard, tuning=QUICK)
    assert [path.name for path in tmp_path.iterdir()] == ["guard"]


@pytest.mark.usefixtures("shelved")
def test_a_rate_that_teaches_nothing_writes_nothing(tiny: Path, tmp_path: Path) -> None:
    still = Tuning(rate=0.0, epochs=2)
    with pytest.raises(ModelError, match="no epoch is better than the"):
        improving.improve(str(tiny), tmp_path, tmp_path / "tuned", tuning=still)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("shelved")
def test_a_folder_that_is_there_is_left_alone(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is there already. Name another folder"):
        improving.improve(str(tiny), tmp_path, tmp_path)


def test_lessons_are_post_edits_and_anchors_are_drafts_that_nobody_reviewed() -> None:
    edits = [Unit(f"Sentence {n}.", f"Фраза {n}.", Origin.POST_EDIT) for n in range(120)]
    drafts = [Unit(f"Sentence {n}.", "Черновик.", Origin.MACHINE) for n in range(100, 130)]
    other = [Unit("Sentence 200.", "Официально.", Origin.REFERENCE)]
    corpus: Any = Shelf({"ru": [*edits, *drafts, *other], "hy": []})
    found = lessons_of(corpus)
    parts = {"train": found.train, "develop": found.develop, "test": found.test}
    assert sum(map(len, parts.values())) == 120
    assert all(part_of(one.source) == name for name, some in parts.items() for one in some)
    assert [one.source for one in found.anchors] == [f"Sentence {n}." for n in range(120, 130)]
    assert found.languages() == ["ru"]


def test_a_few_post_edits_are_too_few() -> None:
    corpus: Any = Shelf({"az": [Unit(f"No {n}.", "Yox.", Origin.POST_EDIT) for n in range(9)]})
    with pytest.raises(ConfigError, match="shelf: 9 post-edits, expected 60 or more"):
        lessons_of(corpus)


def test_a_source_keeps_its_part_whatever_its_case_and_marks() -> None:
    assert part_of("Thank you.") == part_of("thank you")
