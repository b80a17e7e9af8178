"""Folders as Helsinki-NLP publishes them on the hub, here with random weights.

What stands in them follows the converter of transformers that made them: ``opus-mt-en-ru`` of 2020
(one vocabulary, pickled weights of old torch, the search in ``config.json``) and the ``tc-big``
models of 2022 (a vocabulary a side, language tags, ``generation_config.json``).
"""

import json
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
import torch
from transformers import MarianConfig, MarianMTModel

from trilogue.corpora.errors import ModelError
from trilogue.models import marian, registry
from trilogue.models.decoding import Decoding

LINES: Final = ["The road is closed.", "The ministers will meet on Monday.", "Thank you."]
SIZES: Final[dict[str, Any]] = {
    "d_model": 32,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "activation_function": "swish",
    "scale_embedding": True,
    "static_position_embeddings": True,
    "eos_token_id": 0,
    "forced_eos_token_id": 0,
}


def put(folder: Path, name: str, what: object) -> None:
    (folder / name).write_text(json.dumps(what), encoding="utf-8")


def weights(config: MarianConfig) -> dict[str, torch.Tensor]:
    """Random ones, far enough apart that rounding does not decide."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        model: Any = MarianMTModel(config)
        found = {name: torch.randn_like(value) * 0.3 for name, value in model.state_dict().items()}
    shared = found.get("model.shared.weight")
    for name in found:
        if shared is not None and ("embed_tokens" in name or name == "lm_head.weight"):
            found[name] = shared
        if "embed_positions" in name:
            found[name] = model.state_dict()[name]
        if "layer_norm.weight" in name:
            found[name] = torch.ones_like(found[name])
    if shared is None:
        found["lm_head.weight"] = found["model.decoder.embed_tokens.weight"]
    return found


@pytest.fixture
def of_2020(tmp_path: Path, checkpoints: ModuleType) -> Path:
    folder = tmp_path / "opus-mt-en-ru"
    folder.mkdir()
    tokens = [token for token in checkpoints.pieces_in(folder) if not token.startswith(">>")]
    put(folder, "vocab.json", {token: at for at, token in enumerate(tokens)})
    put(folder, "tokenizer_config.json", {"target_lang": "ru", "source_lang": "en"})
    padding = len(tokens) - 1
    config = MarianConfig(
        **SIZES,
        vocab_size=len(tokens),
        decoder_vocab_size=len(tokens),
        max_position_embeddings=512,
        pad_token_id=padding,
        decoder_start_token_id=padding,
    )
    said = config.to_dict() | {"num_beams": 6, "max_length": 512, "bad_words_ids": [[padding]]}
    put(folder, "config.json", said)
    path = folder / "pytorch_model.bin"
    torch.save(weights(config), path, _use_new_zipfile_serialization=False)
    return folder


@pytest.fixture
def of_2022(tmp_path: Path, checkpoints: ModuleType) -> Path:
    folder = tmp_path / "opus-mt-tc-big-en-zle"
    folder.mkdir()
    every = checkpoints.pieces_in(folder)
    source = [*every[:-1], *(f"more{at}" for at in range(9)), "<pad>"]
    target = [token for token in every[:-1] if not token.startswith(">>")]
    target += [f"другой{at}" for at in range(len(source) - len(target) - 1)] + ["<pad>"]
    put(folder, "vocab.json", {token: at for at, token in enumerate(source)})
    put(folder, "target_vocab.json", {token: at for at, token in enumerate(target)})
    said = {"source_lang": "eng", "target_lang": "zle", "separate_vocabs": True}
    put(folder, "tokenizer_config.json", {**said, "tokenizer_class": "MarianTokenizer"})
    padding = len(source) - 1
    config = MarianConfig(
        **SIZES,
        vocab_size=len(source),
        decoder_vocab_size=len(target),
        share_encoder_decoder_embeddings=False,
        tie_word_embeddings=False,
        max_position_embeddings=1024,
        pad_token_id=padding,
        decoder_start_token_id=padding,
    )
    put(folder, "config.json", config.to_dict())
    generation = {
        "num_beams": 4,
        "bad_words_ids": [[padding]],
        "forced_eos_token_id": 0,
        "max_length": 512,
        "renormalize_logits": True,
    }
    put(folder, "generation_config.json", generation)
    torch.save(weights(config), folder / "pytorch_model.bin")
    return folder


def outputs(folder: Path, engine: str) -> list[tuple[str, ...]]:
    numbers = "float32" if engine == "ctranslate2" else None
    model = marian.load(folder, to="ru", engine=engine, quantisation=numbers, workers=1)
    batch = [model.framed(line) for line in LINES]
    return [found[0].tokens for found in model.engine.decode([batch], [Decoding(1, 24)])[0]]


def test_a_folder_of_2020_decodes_as_transformers_does(of_2020: Path) -> None:
    found = registry.find(of_2020)
    assert (found.tags, found.tag_for("ru"), found.search.beam) == ((), None, 6)
    assert outputs(of_2020, "ctranslate2") == outputs(of_2020, "transformers")
    with pytest.raises(ModelError, match=r"translates into 'ru', expected 'hy' \(Armenian\)"):
        found.tag_for("hy")


def test_a_folder_of_2022_decodes_as_transformers_does(of_2022: Path) -> None:
    found = registry.find(of_2022)
    assert (found.tag_for("ru"), found.search.beam) == (">>rus<<", 4)
    assert found.source_tokens != found.target_tokens
    assert outputs(of_2022, "ctranslate2") == outputs(of_2022, "transformers")


def test_a_start_that_the_target_vocabulary_lacks_is_refused(of_2022: Path) -> None:
    config = json.loads((of_2022 / "config.json").read_text(encoding="utf-8"))
    target = json.loads((of_2022 / "target_vocab.json").read_text(encoding="utf-8"))
    config["decoder_vocab_size"] = len(target) - 1
    put(of_2022, "config.json", config)
    fewer = {token: at for token, at in target.items() if at < len(target) - 1}
    put(of_2022, "target_vocab.json", fewer)
    start = len(target) - 1
    with pytest.raises(
        ModelError, match=rf"decoding starts from {start}, of {start} target tokens"
    ):
        registry.find(of_2022)
