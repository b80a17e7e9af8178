"""The exported folder is the same function in our network, in transformers and in CTranslate2."""

from collections.abc import Callable
from pathlib import Path

import ctranslate2
import pytest
import torch
from transformers import MarianMTModel, MarianTokenizer

from trilogue.models.training.export import export
from trilogue.models.training.measure import greedy
from trilogue.models.training.network import NO_DROPOUT, Network
from trilogue.models.training.recipe import read_recipe
from trilogue.models.training.trainer import train
from trilogue.models.training.vocabulary import Vocabulary

TEXTS = ["The minister signs the new law.", "The teacher reads the letter.", "The law."]


@pytest.fixture
def exported(write_toy: Callable[..., Path], tmp_path: Path) -> tuple[Path, Network, Vocabulary]:
    """A toy trained until it says letters, not tags, with weights so large that nothing ties."""
    toy = write_toy(tmp_path, steps=90)
    recipe = read_recipe(toy)
    run = train(recipe, toy.parent, tmp_path / "run")
    vocabulary = Vocabulary(tmp_path / "run" / "pieces.spm")
    shape = recipe.shape(len(vocabulary))
    network = Network(shape)
    network.load_state_dict({name: 1.5 * value for name, value in run.network.state_dict().items()})
    out = tmp_path / "checkpoint"
    export(network.state_dict(), shape, vocabulary, out, card="# Toy\n", half=False)
    return out, network, vocabulary


def test_transformers_computes_the_same_states(exported: tuple[Path, Network, Vocabulary]) -> None:
    folder, network, vocabulary = exported
    model = MarianMTModel.from_pretrained(folder).train(False)
    source = torch.tensor([[2, 40, 41, 0], [2, 50, 0, vocabulary.padding]])
    inputs = torch.tensor([[vocabulary.padding, 60, 61], [vocabulary.padding, 70, 71]])
    with torch.no_grad():
        theirs = model(
            input_ids=source, attention_mask=source != vocabulary.padding, decoder_input_ids=inputs
        ).logits[..., :-1]
        memory, mask = network.encode(network.table, source, NO_DROPOUT)
        ours = network.decode(network.table, inputs, memory, mask, NO_DROPOUT) @ network.table.T
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)


def test_greedy_drafts_are_the_same_in_all_three(
    exported: tuple[Path, Network, Vocabulary], tmp_path: Path
) -> None:
    folder, network, vocabulary = exported
    tokenizer = MarianTokenizer.from_pretrained(folder)
    model = MarianMTModel.from_pretrained(folder).train(False)
    tagged = [f">>hye<< {text}" for text in TEXTS]
    encoded = tokenizer(tagged, return_tensors="pt", padding=True)
    generated = model.generate(**encoded, num_beams=1, do_sample=False, max_length=20)
    theirs = tokenizer.batch_decode(generated, skip_special_tokens=True)
    ctranslate2.converters.TransformersConverter(str(folder)).convert(str(tmp_path / "ct2"))
    engine = ctranslate2.Translator(str(tmp_path / "ct2"), "cpu", compute_type="float32")
    tokens = [tokenizer.convert_ids_to_tokens(tokenizer.encode(text)) for text in tagged]
    results = engine.translate_batch(tokens, beam_size=1, max_decoding_length=18)
    converted = [
        tokenizer.decode(
            tokenizer.convert_tokens_to_ids(result.hypotheses[0]), skip_special_tokens=True
        )
        for result in results
    ]
    ours = greedy(network, vocabulary, TEXTS, ">>hye<<", longest=18)
    assert theirs == converted
    assert [text.split() for text in ours] == [text.split() for text in theirs]


def test_the_tokenizer_of_transformers_gives_our_ids(
    exported: tuple[Path, Network, Vocabulary],
) -> None:
    folder, _, vocabulary = exported
    tokenizer = MarianTokenizer.from_pretrained(folder)
    (ours,) = vocabulary.encode([TEXTS[0]])
    assert tokenizer.encode(f">>rus<< {TEXTS[0]}") == [vocabulary.ids[">>rus<<"], *ours, 0]


def test_half_precision_halves_the_file_and_the_padding_row_stays_zero(
    exported: tuple[Path, Network, Vocabulary], tmp_path: Path
) -> None:
    folder, network, vocabulary = exported
    half = tmp_path / "half"
    export(network.state_dict(), network.shape, vocabulary, half, card="# Toy\n")
    sizes = [(place / "model.safetensors").stat().st_size for place in (half, folder)]
    assert sizes[0] < 0.6 * sizes[1]
    model = MarianMTModel.from_pretrained(half)
    assert not model.model.shared.weight[-1].any()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
