"""Paragraphs, turns and speakers as anchors: what texts tell of them, and what they change."""

from pathlib import Path

import numpy as np
import pytest

from trilogue import models
from trilogue.align.aligner import align_segments
from trilogue.align.beads import compare
from trilogue.align.layout import PARAGRAPH, TURN, Layout, LayoutEvidence, Layouts, layout
from trilogue.align.lexicon import Lexicon
from trilogue.align.weights import AlignmentModel, Weights, size
from trilogue.corpora.types import Bead, Ladder

WEIGHTS = Path(models.__path__[0]) / "weights"
ENGLISH = [
    "Ten years ago that was unthinkable.",
    "How did we get here?",
    "By patience, mostly.",
]
RUSSIAN = [
    "Десять лет назад о таком и не мечтали.",
    "Вы это помните не хуже меня.",
    "Как нам это удалось?",
    "Прежде всего терпением.",
]


def aligned(source: list[str], target: list[str], layouts: Layouts | None = None) -> Ladder:
    return align_segments(
        source,
        target,
        source_lang="en",
        target_lang="ru",
        model=AlignmentModel.load(WEIGHTS / "alignment.json"),
        lexicon=Lexicon.load(WEIGHTS / "lexicon-ru.npz"),
        layouts=layouts,
    )


def test_a_blank_line_begins_a_paragraph_and_a_label_a_turn() -> None:
    found = layout(
        ["Chair:", "Please note: it is late.", "", "We go on.", "Dr Ann Lee: No.", "Lee: Yes."]
    )
    assert found.breaks == (TURN, 0, 0, PARAGRAPH, TURN, TURN)
    assert found.speakers == ("Chair",) * 4 + ("Dr Ann Lee", "Lee")


Side = tuple[list[str], list[int], list[str]]
"""Segments of a text, what begins with each, and who says it."""


def hearing() -> tuple[Side, Side, Ladder]:
    """A hearing and its free translation: a bead a line, "#" begins a turn, "+" a paragraph."""
    sides: tuple[Side, Side] = ([], [], []), ([], [], [])
    gold: list[Bead] = []
    speakers, begins = ["", ""], [TURN, TURN]
    for line in (Path(__file__).parent / "hearing.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            speakers, begins = line[2:].split(" # "), [TURN, TURN]
        elif line == "+":
            begins = [max(PARAGRAPH, kind) for kind in begins]
        else:
            bead: list[tuple[int, ...]] = []
            for k, parts in enumerate(line.split("|")):
                texts, breaks, names = sides[k]
                first = len(texts)
                for text in filter(None, map(str.strip, parts.split(" / "))):
                    texts.append(text)
                    breaks.append(begins[k])
                    names.append(speakers[k])
                    begins[k] = 0
                bead.append(tuple(range(first, len(texts))))
            gold.append(Bead(bead[0], bead[1]))
    return *sides, tuple(gold)


def test_a_hearing_is_aligned_better_by_its_paragraphs_and_turns() -> None:
    source, target, gold = hearing()
    nothing = tuple(Layout((0,) * len(side[0]), ("",) * len(side[0])) for side in (source, target))
    known = tuple(Layout(tuple(side[1]), tuple(side[2])) for side in (source, target))
    without, with_layout = (
        compare(gold, aligned(source[0], target[0], layouts=(layouts[0], layouts[1])))
        for layouts in (nothing, known)
    )
    assert with_layout.strict.f1 > without.strict.f1 + 0.02
    assert with_layout.strict.f1 > 0.88


def test_a_bead_does_not_reach_over_the_paragraphs_of_both_sides() -> None:
    source = [ENGLISH[0], "", *ENGLISH[1:]]
    target = [*RUSSIAN[:2], "", *RUSSIAN[2:]]
    linked = [(b.source, b.target) for b in aligned(source, target) if b.source and b.target]
    assert linked == [((0,), (0,)), ((2,), (3,)), ((3,), (4,))]
    assert ((1,), (1, 2)) in [(b.source, b.target) for b in aligned(ENGLISH, RUSSIAN)]


def test_a_lexicon_that_a_text_taught_is_not_trusted_with_what_it_lacks() -> None:
    model = AlignmentModel.load(WEIGHTS / "alignment.json")
    weights, learned = (m.sets["lexicon"].weights for m in (model, model.for_learned()))
    assert weights.support.any() and not learned.support.any()
    assert (learned.words == weights.words).all()


def test_breaks_of_one_side_alone_change_nothing() -> None:
    source = [ENGLISH[0], "", *ENGLISH[1:]]
    with_break = [b.probability for b in aligned(source, RUSSIAN) if b.source != (1,)]
    assert with_break == [b.probability for b in aligned(ENGLISH, RUSSIAN)]


def test_who_speaks_is_known_across_scripts() -> None:
    sides = (
        Layout((2,) * 4, ("Chair Anahit Terian", "Question", "Maria Lindqvist", "Anahit Terian")),
        Layout((2,) * 3, ("Анаит Терян", "Вопрос", "Мария Линдквист")),
    )
    found = LayoutEvidence(sides, source_lang="en", target_lang="ru")
    weights = Weights.of(np.zeros(size()))
    weights.speakers[:] = (1, -1)
    expected = [[1, 0, -1], [0, 0, 0], [-1, 0, 1], [1, 0, -1]]
    assert found.values(range(4), range(3), 1, 1, weights).tolist() == expected


@pytest.mark.parametrize(("m", "n", "inside"), [(1, 1, 0), (2, 1, 1), (3, 1, 3), (3, 2, 4)])
def test_breaks_within_a_bead_are_counted_by_kind(m: int, n: int, inside: int) -> None:
    sides = Layout((2, 1, 2, 0), ("",) * 4), Layout((2, 1, 2), ("",) * 3)
    weights = Weights.of(np.zeros(size()))
    weights.inside[:] = (1, 2)
    found = LayoutEvidence(sides, source_lang="en", target_lang="ru")
    assert found.values(range(4), range(3), m, n, weights)[0, 0] == inside
