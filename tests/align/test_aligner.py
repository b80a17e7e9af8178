"""The aligner on small texts: what it finds, what it leaves alone, what it refuses."""

import logging
from pathlib import Path

import numpy as np
import pytest

from trilogue import models
from trilogue.align import windows
from trilogue.align.aligner import align_segments
from trilogue.align.evidence import Evidence
from trilogue.align.lexicon import Lexicon
from trilogue.align.sides import side
from trilogue.align.weights import AlignmentModel
from trilogue.corpora.errors import AlignmentError, FormatError
from trilogue.corpora.types import Ladder

WEIGHTS = Path(models.__path__[0]) / "weights"
ENGLISH = [
    "Good afternoon, colleagues.",
    "Today we are opening a new hospital in Yerevan, and I thank the builders.",
    "It has 240 beds.",
    "The Minister of Health, Mr Petrosyan, will report on the programme.",
    "We will discuss the price of gas tomorrow.",
    "Thank you.",
]
RUSSIAN = [
    "Добрый день, коллеги!",
    "Сегодня мы открываем в Ереване новую больницу.",
    "Благодарю строителей.",
    "В ней 240 коек. О программе доложит министр здравоохранения господин Петросян.",
    "Спасибо.",
]
TRUE = [((0,), (0,)), ((1,), (1, 2)), ((2, 3), (3,)), ((4,), ()), ((5,), (4,))]


@pytest.fixture(scope="module")
def model() -> AlignmentModel:
    return AlignmentModel.load(WEIGHTS / "alignment.json")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(WEIGHTS / "lexicon-ru.npz")


def indices(ladder: Ladder) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in ladder]


def test_a_speech_finds_its_translation(model: AlignmentModel, lexicon: Lexicon) -> None:
    found = align_segments(
        ENGLISH, RUSSIAN, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
    )
    assert indices(found) == TRUE
    assert all(bead.probability is not None and 0 < bead.probability <= 1 for bead in found)
    assert all(bead.cost >= 0 for bead in found)


def test_the_other_direction_is_the_same_ladder(model: AlignmentModel, lexicon: Lexicon) -> None:
    found = align_segments(
        RUSSIAN,
        ENGLISH,
        source_lang="ru",
        target_lang="en",
        model=model,
        lexicon=lexicon.reversed(),
    )
    assert sorted((target, source) for source, target in indices(found)) == sorted(TRUE)


def test_drafts_stand_in_for_a_lexicon(model: AlignmentModel) -> None:
    drafts = [
        "Добрый день, коллеги.",
        "Сегодня открываем новую больницу в Ереване и благодарю строителей.",
        "В ней 240 коек.",
        "Министр здравоохранения г-н Петросян доложит о программе.",
        "Цену газа мы обсудим завтра.",
        "Спасибо.",
    ]
    found = align_segments(
        ENGLISH, RUSSIAN, source_lang="en", target_lang="ru", model=model, drafts=drafts
    )
    assert indices(found) == TRUE


def test_blank_segments_are_left_alone_where_they_stand(
    model: AlignmentModel, lexicon: Lexicon
) -> None:
    source = [ENGLISH[0], "", *ENGLISH[1:]]
    target = [*RUSSIAN, " "]
    found = align_segments(
        source, target, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
    )
    assert found[1].source == (1,) and found[1].target == ()
    assert found[-1].source == () and found[-1].target == (5,)
    assert sorted(i for bead in found for i in bead.source) == list(range(7))
    assert sorted(j for bead in found for j in bead.target) == list(range(6))


def test_an_empty_side_leaves_the_other_alone(model: AlignmentModel, lexicon: Lexicon) -> None:
    found = align_segments(
        ENGLISH, [], source_lang="en", target_lang="ru", model=model, lexicon=lexicon
    )
    assert indices(found) == [((i,), ()) for i in range(6)]


def test_two_empty_sides_are_refused(model: AlignmentModel) -> None:
    with pytest.raises(AlignmentError, match="source and target: got no text"):
        align_segments([""], [], source_lang="en", target_lang="ru", model=model)


def test_drafts_of_another_text_are_refused(model: AlignmentModel) -> None:
    with pytest.raises(
        AlignmentError, match="got 1 drafts of 6 source segments, expected one each"
    ):
        align_segments(
            ENGLISH, RUSSIAN, source_lang="en", target_lang="ru", model=model, drafts=["Да."]
        )


def test_exchanged_languages_are_said(model: AlignmentModel, lexicon: Lexicon) -> None:
    with pytest.raises(AlignmentError, match="source reads as ru, target as en; exchange"):
        align_segments(
            RUSSIAN, ENGLISH, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
        )


def test_one_side_a_hundred_times_longer_is_said(
    model: AlignmentModel, lexicon: Lexicon, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "trilogue"):
        align_segments(
            ENGLISH * 20,
            RUSSIAN[:1],
            source_lang="en",
            target_lang="ru",
            model=model,
            lexicon=lexicon,
        )
    assert "one side has 120 segments, the other 1" in caplog.text


def test_the_same_text_on_both_sides_is_one_to_one(model: AlignmentModel, lexicon: Lexicon) -> None:
    found = align_segments(
        ENGLISH, ENGLISH, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
    )
    assert indices(found) == [((i,), (i,)) for i in range(6)]


def test_a_model_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "alignment.json"
    path.write_text('{"format": "something"}', encoding="utf-8")
    with pytest.raises(FormatError, match=r"alignment\.json: format is something, expected"):
        AlignmentModel.load(path)


def test_what_one_side_leaves_out_is_not_taken_in_by_its_neighbour(
    model: AlignmentModel, lexicon: Lexicon
) -> None:
    source = [
        "The agenda has two items.",
        "The first is the budget of the hospital in Vanadzor.",
        "Last year it received 3.2 million euros, and half of that went into equipment.",
        "Nurses were left without a raise.",
        "I consider this a mistake.",
        "It is our mistake.",
        "Nobody else is to blame.",
    ]
    target = [
        "В повестке два пункта.",
        "Первый – бюджет больницы в Ванадзоре.",
        "В прошлом году она получила 3,2 миллиона евро.",
        "Половину потратили на оборудование.",
        "Считаю это ошибкой.",
        "Ошибка наша, винить больше некого.",
    ]
    found = align_segments(
        source, target, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
    )
    linked = [(b.source, b.target) for b in found if b.source and b.target]
    assert linked == [
        ((0,), (0,)), ((1,), (1,)), ((2,), (2, 3)), ((4,), (4,)), ((5, 6), (5,)),
    ]  # fmt: skip


def long_text() -> tuple[list[str], list[str]]:
    """Sixty speeches with numbers of their own; twenty of them have no translation."""
    source, target = [], []
    for number in range(60):
        source += [f"{text} Document {1000 + 7 * number}." for text in ENGLISH]
        if not 20 <= number < 40:
            target += [f"{text} Документ {1000 + 7 * number}." for text in RUSSIAN]
    return source, target


def test_windows_find_what_the_whole_matrix_finds(
    model: AlignmentModel, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = long_text()
    both = []
    for whole in (10**9, 0):
        monkeypatch.setattr(windows, "WHOLE", whole)
        both.append(
            align_segments(
                source, target, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
            )
        )
    assert indices(both[0]) == indices(both[1])
    linked = {bead.source[0] // 6 for bead in both[1] if bead.source and bead.target}
    assert linked.isdisjoint(range(20, 40))


def test_windows_are_small_where_both_texts_go_on(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "WHOLE", 0)
    source, target = (
        side(texts, lang) for texts, lang in zip(long_text(), ("en", "ru"), strict=True)
    )
    evidence = Evidence(source, target, ratio=1.0, lexicon=lexicon)
    cut = windows.windows(evidence.anchors(), *evidence.sizes)
    assert np.median([window.area for window in cut]) < 60 * 60


def test_the_score_of_a_bead_does_not_depend_on_what_is_scored_with_it(
    model: AlignmentModel, lexicon: Lexicon
) -> None:
    source, target = long_text()
    evidence = Evidence(side(source, "en"), side(target, "ru"), ratio=1.0, lexicon=lexicon)
    weights = model.sets["lexicon"].weights
    large = evidence.scores(range(4, 30), range(2, 28), weights)
    small = evidence.scores(range(10, 20), range(6, 20), weights)
    both = large[6:16, :, :, 4:18]
    possible = small > -1e20
    np.testing.assert_allclose(small[possible], both[possible], atol=1e-3)


def test_two_texts_that_have_nothing_in_common_stay_apart(
    model: AlignmentModel, lexicon: Lexicon
) -> None:
    other = [
        "Кошка спала на подоконнике.",
        "Дождь шёл третий день, и река поднялась до самых огородов.",
        "Бабушка достала из печи пирог с яблоками.",
        "Никто не помнил, куда делся старый самовар.",
    ]
    found = align_segments(
        ENGLISH * 4, other * 5, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
    )
    assert not any(bead.source and bead.target for bead in found)


SECOND = [
    "The second question is about the railway to Batumi.",
    "Its builders asked for 31 million euros last year.",
    "Parliament refused the loan in March.",
    "The old bridge over the river will be closed for repairs until October.",
    "Farmers from 14 villages wrote to the President about the water.",
]
SECOND_RUSSIAN = [
    "Второй вопрос касается железной дороги на Батуми.",
    "В прошлом году её строители попросили 31 миллион евро.",
    "В марте парламент отказал в кредите.",
    "Старый мост через реку будет закрыт на ремонт до октября.",
    "Крестьяне из 14 сёл написали Президенту о воде.",
]


@pytest.mark.parametrize("reorder", [False, True])
def test_sections_that_changed_places_are_found_when_asked_for(
    model: AlignmentModel, lexicon: Lexicon, caplog: pytest.LogCaptureFixture, reorder: bool
) -> None:
    with caplog.at_level(logging.WARNING, "trilogue"):
        found = align_segments(
            [*ENGLISH, *SECOND],
            [*SECOND_RUSSIAN, *RUSSIAN],
            source_lang="en",
            target_lang="ru",
            model=model,
            lexicon=lexicon,
            reorder=reorder,
        )
    linked = {(b.source, b.target) for b in found if b.source and b.target}
    first = {(s, tuple(t + 5 for t in ts)) for s, ts in TRUE if ts}
    second = {((6 + k,), (k,)) for k in range(5)}
    assert (linked >= first) + (linked >= second) == (2 if reorder else 1)
    assert sorted(i for bead in found for i in bead.source) == list(range(11))
    assert sorted(j for bead in found for j in bead.target) == list(range(10))
    assert ("stand in another place of the target" in caplog.text) is reorder


def test_texts_in_order_are_the_same_whether_reordering_is_allowed(
    model: AlignmentModel, lexicon: Lexicon
) -> None:
    ladders = [
        align_segments(
            ENGLISH, RUSSIAN, source_lang="en", target_lang="ru", model=model, lexicon=lexicon,
            reorder=reorder,
        )
        for reorder in (False, True)
    ]  # fmt: skip
    assert ladders[0] == ladders[1]


def test_vectors_of_another_text_are_refused(model: AlignmentModel) -> None:
    rows = np.ones((6, 2), np.float32)
    with pytest.raises(AlignmentError, match="got 6 vectors of 5 target segments, expected one"):
        align_segments(
            ENGLISH, RUSSIAN, source_lang="en", target_lang="ru", model=model, vectors=(rows, rows)
        )
