"""Checkpoints to be damaged, and folders in the layouts of the hub."""

import json
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest


@pytest.fixture
def copied(tiny: Path, tmp_path: Path) -> Path:
    """A copy of the small checkpoint."""
    return Path(shutil.copytree(tiny, tmp_path / "copied"))


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


def weights(config: Any) -> dict[str, Any]:
    """Random ones, far enough apart that rounding does not decide."""
    import torch
    from transformers import MarianMTModel

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
    """As ``opus-mt-en-ru``: one vocabulary, old pickled weights, the search in ``config.json``."""
    import torch
    from transformers import MarianConfig

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
    """As the ``tc-big`` models: a vocabulary a side, language tags, ``generation_config.json``."""
    import torch
    from transformers import MarianConfig

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
