"""Speeches and laws as they are: labels, short turns that repeat, numbered articles, parts cut."""

from pathlib import Path

import pytest

from trilogue import models
from trilogue.align.aligner import align_segments
from trilogue.align.lexicon import Lexicon
from trilogue.align.weights import AlignmentModel
from trilogue.corpora.types import Ladder

WEIGHTS = Path(models.__path__[0]) / "weights"
Pairs = list[tuple[str, str]]

TALKS: Pairs = [
    ("Chair:", "Председатель:"),
    ("Good morning, colleagues.", "Доброе утро, коллеги."),
    ("Please take your seats.", "Прошу занять свои места."),
    ("Minister Aram Sarkisian:", "Министр Арам Саркисян:"),
    ("Thank you.", "Спасибо."),
    (
        "Last year our trade grew by 14 percent.",
        "В прошлом году наша торговля выросла на 14 процентов.",
    ),
    ("We opened two border crossings.", "Мы открыли два пограничных пункта пропуска."),
    ("Chair:", "Председатель:"),
    ("Thank you.", "Спасибо."),
    ("Are there any questions?", "Есть ли вопросы?"),
    ("Elena Volkova:", "Елена Волкова:"),
    ("Yes.", "Да."),
    ("When will the bridge be ready?", "Когда будет готов мост?"),
    ("Minister Aram Sarkisian:", "Министр Арам Саркисян:"),
    ("In the spring of next year.", "Весной будущего года."),
    ("The work has already begun.", "Работы уже начались."),
    ("Elena Volkova:", "Елена Волкова:"),
    ("Thank you.", "Спасибо."),
    ("Chair:", "Председатель:"),
    ("Thank you.", "Спасибо."),
    ("The meeting is closed.", "Заседание закрыто."),
]
LAW: Pairs = [
    ("Article 1. Purpose of the Law", "Հոդված 1. Օրենքի նպատակը"),
    ("This Law regulates the use of water.", "Սույն օրենքը կարգավորում է ջրի օգտագործումը։"),
    ("Article 2. Terms", "Հոդված 2. Հասկացությունները"),
    (
        "In this Law the following terms are used:",
        "Սույն օրենքում օգտագործվում են հետևյալ հասկացությունները.",
    ),
    (
        "1) water – all surface and ground water;",
        "1) ջուր՝ մակերևութային և ստորերկրյա բոլոր ջրերը.",
    ),
    ("2) user – a person who uses water.", "2) օգտագործող՝ անձ, որն օգտագործում է ջուր։"),
    ("Article 3. Rights of the user", "Հոդված 3. Օգտագործողի իրավունքները"),
    (
        "The user has the right to receive information.",
        "Օգտագործողն իրավունք ունի ստանալու տեղեկատվություն։",
    ),
    ("The user has the right to go to court.", "Օգտագործողն իրավունք ունի դիմելու դատարան։"),
    ("Article 4. Payment", "Հոդված 4. Վճարումը"),
    (
        "Payment is made by 20 January of each year.",
        "Վճարումը կատարվում է մինչև յուրաքանչյուր տարվա հունվարի 20-ը։",
    ),
    ("Article 5. Entry into force", "Հոդված 5. Ուժի մեջ մտնելը"),
    (
        "This Law enters into force on 1 March 2021.",
        "Սույն օրենքն ուժի մեջ է մտնում 2021 թվականի մարտի 1-ին։",
    ),
]


@pytest.fixture(scope="module")
def model() -> AlignmentModel:
    return AlignmentModel.load(WEIGHTS / "alignment.json")


def aligned(
    source: list[str], target: list[str], lang: str, model: AlignmentModel, reorder: bool = False
) -> Ladder:
    lexicon = Lexicon.load(WEIGHTS / f"lexicon-{lang}.npz")
    return align_segments(
        source, target, source_lang="en", target_lang=lang, model=model, lexicon=lexicon,
        reorder=reorder,
    )  # fmt: skip


@pytest.mark.parametrize(("pairs", "lang"), [(TALKS, "ru"), (LAW, "hy")])
def test_each_line_finds_its_own(pairs: Pairs, lang: str, model: AlignmentModel) -> None:
    ladder = aligned([one for one, _ in pairs], [other for _, other in pairs], lang, model)
    assert [(bead.source, bead.target) for bead in ladder] == [
        ((i,), (i,)) for i in range(len(pairs))
    ]


@pytest.mark.parametrize(
    ("pairs", "lang", "cut"), [(TALKS, "ru", range(10, 16)), (LAW, "hy", range(6, 9))]
)
@pytest.mark.parametrize("side", ["source", "target"])
def test_a_part_that_one_side_lacks_is_left_alone(
    pairs: Pairs, lang: str, cut: range, side: str, model: AlignmentModel
) -> None:
    whole = range(len(pairs))
    kept = [i for i in whole if i not in cut]
    here, there = (kept, whole) if side == "source" else (whole, kept)
    ladder = aligned([pairs[i][0] for i in here], [pairs[j][1] for j in there], lang, model)
    # Compared by what is said: which of two turns of one speaker was cut, nobody can tell.
    found = [
        (pairs[here[b.source[0]]][0], pairs[there[b.target[0]]][1])
        for b in ladder
        if b.source and b.target
    ]
    assert found == [pairs[i] for i in kept]


def test_a_part_that_stands_in_another_place_is_found_if_asked_for(model: AlignmentModel) -> None:
    order = [*range(6), *range(9, 13), *range(6, 9)]
    source, target = [one for one, _ in LAW], [LAW[i][1] for i in order]
    ladder = aligned(source, target, "hy", model, reorder=True)
    found = {(b.source[0], order[b.target[0]]) for b in ladder if b.source and b.target}
    assert len(found & {(i, i) for i in range(13)}) >= 12
