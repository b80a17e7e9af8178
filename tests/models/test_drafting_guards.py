"""Each guard at work in a translator, on a trained checkpoint and inputs that set it off."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from trilogue.corpora.types import Draft
from trilogue.models import marian, registry
from trilogue.models.decoding import Decoding, Hypothesis
from trilogue.models.marian import MarianTranslator
from trilogue.models.pieces import Pieces


@pytest.fixture(scope="module")
def russian(tiny: Path) -> MarianTranslator:
    return marian.load(tiny, to="ru", quantisation="float32")


def draft(model: MarianTranslator, text: str) -> Draft:
    return model.translate([text])[0]


def test_a_text_over_the_limit_is_split_and_joined_and_said(russian: MarianTranslator) -> None:
    half = "The road is closed. " * 4
    whole = draft(russian, half)
    assert not any(flag.startswith("split") for flag in whole.flags)
    joined = draft(russian, half * 2)
    assert joined.flags[0] == "split: 2"
    assert joined.text == f"{whole.text} {whole.text}"
    assert joined.confidence == pytest.approx(whole.confidence)


def test_a_line_of_a_hundred_thousand_characters_is_drafted(russian: MarianTranslator) -> None:
    found = draft(russian, "The road is closed. " * 5000)
    assert any(flag.startswith("split: ") for flag in found.flags)
    assert found.text


def test_six_hundred_tokens_do_not_cost_their_neighbours(russian: MarianTranslator) -> None:
    long = " ".join(["Monday"] * 600)
    drafts = russian.translate(["Thank you.", long, "The road is closed."])
    assert [drafts[0].text, drafts[2].text] == ["Спасибо.", "Дорога закрыта."]


def test_unknown_characters_are_named(russian: MarianTranslator) -> None:
    assert "unknown: ☃" in draft(russian, "The road is closed ☃.").flags


def test_a_text_that_begins_like_a_tag_is_drafted_as_text(russian: MarianTranslator) -> None:
    found = draft(russian, ">>hye<< Thank you.")
    assert "tag escaped" in found.flags
    assert russian.framed(">>hye<< Thank you.")[0] == ">>rus<<"


def test_a_number_that_the_draft_lacks_is_named(russian: MarianTranslator) -> None:
    assert "numbers: 777" in draft(russian, "The road 777 is closed.").flags


def test_drafts_in_another_language_are_decoded_again_or_flagged(tiny: Path) -> None:
    """Of what it has not learnt, the small model answers some in the wrong language."""
    odd = ["Xyz xyz.", "Zzz", "We we we grew grew.", "border border", "Kolmogorov and his brother"]
    models = [marian.load(tiny, to=to, quantisation="float32") for to in ("ru", "hy", "az")]
    flags = [flag for model in models for found in model.translate(odd) for flag in found.flags]
    assert any("script" in flag for flag in flags)


def test_loops_of_a_model_that_learnt_too_little_are_decoded_again_or_flagged(
    checkpoints: ModuleType, tmp_path: Path
) -> None:
    model = marian.load(checkpoints.make(tmp_path, steps=40), to="ru", quantisation="float32")
    drafts = model.translate([row[0] for row in checkpoints.SENTENCES])
    flags = [flag for found in drafts for flag in found.flags]
    assert any("loop" in flag for flag in flags)


MORE = "Стороны не договорились о границе. Дорога закрыта. Спасибо."
TWISTS: dict[str, Callable[[str, str], str]] = {
    "too short": lambda english, target: target.split()[0],
    "too long": lambda english, target: f"{target} {MORE}",
    "copy": lambda english, target: english,
}


@pytest.mark.parametrize("fault", TWISTS)
def test_what_a_model_learnt_wrongly_is_decoded_again_or_flagged(
    checkpoints: ModuleType, tmp_path: Path, fault: str
) -> None:
    folder = checkpoints.make(tmp_path, steps=90, twist=TWISTS[fault])
    model = marian.load(folder, to="ru", quantisation="float32")
    texts = [row[0] for row in checkpoints.SENTENCES if len(row[0].split()) > 5]
    flags = [flag for found in model.translate(texts) for flag in found.flags]
    assert sum(fault in flag for flag in flags) > len(texts) // 2


class Scripted:
    """An engine that answers with some texts, the likeliest first, and later with others."""

    signature = "scripted"

    def __init__(self, read: Pieces, *answers: str | list[str]) -> None:
        self.read, self.asked = read, list[Decoding]()
        self.answers = [[one] if isinstance(one, str) else one for one in answers]

    def decode(
        self, batches: Sequence[Sequence[Sequence[str]]], decodings: Sequence[Decoding]
    ) -> list[list[list[Hypothesis]]]:
        self.asked += decodings
        return [
            [
                [Hypothesis(tuple(self.read.split(one)), -1.0) for one in self.answers.pop(0)]
                for _ in batch
            ]
            for batch in batches
        ]


GOOD = "Стороны не договорились о границе."


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("Стороны не не не не договорились.", "loop"),
        ("Стороны.", "too short"),
        (
            "Стороны не договорились о границе и о дороге, о воде, о докладе и о дне заседания",
            "too long",
        ),
        ("The parties did not agree on the border.", "copy"),
        ("Tərəflər sərhəd barədə razılığa gəlmədilər.", "script"),
        ("", "empty"),
    ],
)
def test_a_fault_is_decoded_again_in_another_way(tiny: Path, bad: str, fault: str) -> None:
    model = registry.find(tiny)
    read = Pieces(model, to="ru")
    engine = Scripted(read, bad, GOOD)
    found = draft(
        MarianTranslator(model, read, engine, to="ru"), "The parties did not agree on it."
    )
    assert found.text == GOOD
    assert found.flags == (f"retried: {fault}",)
    first, again = engine.asked
    assert (first.no_repeat, again.no_repeat) == (0, 3)
    assert again.shortest > first.shortest


def test_a_fault_that_stays_is_a_flag_of_the_first_draft(tiny: Path) -> None:
    model = registry.find(tiny)
    read = Pieces(model, to="ru")
    engine = Scripted(read, "Стороны.", "Да.")
    found = draft(
        MarianTranslator(model, read, engine, to="ru"), "The parties did not agree on it."
    )
    assert (found.text, found.flags) == ("Стороны.", ("too short",))


def test_another_of_the_beam_is_taken_where_the_likeliest_loses_a_number(tiny: Path) -> None:
    model = registry.find(tiny)
    read = Pieces(model, to="ru")
    lost, kept = "Торговля выросла.", "Торговля выросла на 12."
    engine = Scripted(read, [lost, kept, lost])
    translator = MarianTranslator(model, read, engine, to="ru")
    (drafts,) = translator.nbest(["The trade grew by 12."], 3)
    assert [one.text for one in drafts] == [kept, lost, lost]
    assert drafts[0].flags == ("another of the beam: numbers",)
    assert len(engine.asked) == 1


def test_another_of_the_beam_spares_the_second_try(tiny: Path) -> None:
    model = registry.find(tiny)
    read = Pieces(model, to="ru")
    engine = Scripted(read, ["Стороны.", GOOD])
    found = draft(
        MarianTranslator(model, read, engine, to="ru"), "The parties did not agree on it."
    )
    assert (found.text, found.flags) == (GOOD, ("another of the beam: too short",))
