"""The pieces of a language: what its targets are made of, without strays from a third alphabet."""

from pathlib import Path

from trilogue.models.training.cleaning import Pair
from trilogue.models.training.recipe import Data
from trilogue.models.training.shortlists import shortlists
from trilogue.models.training.vocabulary import PADDING, Vocabulary

BUILTIN = Path(__file__).parents[3] / "models/weights/marian/source.spm"


def found(lang: str, *targets: str, task: str = "forward") -> dict[Data, list[Pair]]:
    data = Data(path="x", lang=lang, task=task, share=1.0)  # type: ignore[arg-type]
    return {data: [Pair("English.", target, "x", 1.0) for target in targets]}


def test_a_language_has_its_pieces_and_no_stray_of_a_third_alphabet() -> None:
    vocabulary = Vocabulary(BUILTIN)
    texts = ["Հայաստանը և NATO-ն", "Հայաստանը президент"] * 3
    ids = shortlists(found("hy", *texts), vocabulary)["hy"]
    pieces = {vocabulary.tokens[at] for at in ids}
    [wanted] = vocabulary.encode(["Հայաստանը և NATO-ն"])
    assert {vocabulary.tokens[at] for at in wanted} <= pieces
    [stray] = vocabulary.encode(["президент"])
    assert not {vocabulary.tokens[at] for at in stray} & pieces - {"▁"}
    assert {"<0x00>", "<0xFF>"} <= pieces and PADDING not in pieces


def test_a_rare_piece_is_left_out_and_the_way_back_does_not_count() -> None:
    vocabulary = Vocabulary(BUILTIN)
    once = shortlists(found("ru", "Правительство"), vocabulary)["ru"]
    often = shortlists(found("ru", *["Правительство"] * 3), vocabulary)["ru"]
    assert set(once) < set(often)
    assert shortlists(found("ru", "Правительство", task="reverse"), vocabulary) == {}
