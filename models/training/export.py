"""Trained weights as a Marian checkpoint: a folder that transformers and CTranslate2 both load."""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from trilogue.models import shortlist
from trilogue.models.training.network import Shape
from trilogue.models.training.vocabulary import Vocabulary

HALF_LOWEST = -60_000.0  # of the padding row's logit: it must never win
BEAMS, LONGEST = 4, 256
LENGTH_PENALTY = 2.5
"""Exponent: drafts of a small model come out short. Chosen on development pairs (DECISIONS.md)."""


def marian_weights(weights: Mapping[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    """Our weights under Marian's names; fused projections are cut, a zero padding row is added.

    :param weights: the state of a ``Network``, trained or averaged.
    """
    renamed: dict[str, Tensor] = {}
    parts = {"own": "self_attn", "cross": "encoder_attn"}
    simple = {
        "own_norm": "self_attn_layer_norm",
        "cross_norm": "encoder_attn_layer_norm",
        "last_norm": "final_layer_norm",
        "widen": "fc1",
        "narrow": "fc2",
    }
    for name, value in weights.items():
        if name == "table":
            padded = torch.cat([value, torch.zeros(1, shape.width)])
            renamed["model.shared.weight"] = padded
            continue
        side, index, part, *rest = name.split(".")
        layer = f"model.{side}.layers.{index}"
        if part in simple:
            renamed[".".join([layer, simple[part], *rest])] = value
        elif rest[0] == "out":
            renamed[f"{layer}.{parts[part]}.out_proj.{rest[1]}"] = value
        else:
            for letter, cut in zip("qkv", value.chunk(3), strict=True):
                renamed[f"{layer}.{parts[part]}.{letter}_proj.{rest[1]}"] = cut
    bias = torch.zeros(1, shape.vocabulary)
    bias[0, -1] = HALF_LOWEST
    renamed["final_logits_bias"] = bias
    return renamed


def configuration(shape: Shape) -> dict[str, Any]:
    """The ``config.json`` of a shape."""
    padding = shape.vocabulary - 1
    return {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "vocab_size": shape.vocabulary,
        "decoder_vocab_size": shape.vocabulary,
        "d_model": shape.width,
        "max_position_embeddings": shape.positions,
        "encoder_layers": shape.encoder_layers,
        "decoder_layers": shape.decoder_layers,
        "encoder_attention_heads": shape.heads,
        "decoder_attention_heads": shape.heads,
        "encoder_ffn_dim": shape.inner,
        "decoder_ffn_dim": shape.inner,
        "activation_function": "relu",
        "scale_embedding": True,
        "is_encoder_decoder": True,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        "normalize_before": False,
        "normalize_embedding": False,
        "static_position_embeddings": True,
        "dropout": 0.1,
        "attention_dropout": 0.0,
        "activation_dropout": 0.0,
        "pad_token_id": padding,
        "decoder_start_token_id": padding,
        "eos_token_id": 0,
        "forced_eos_token_id": 0,
        "bos_token_id": None,
        "use_cache": True,
    }


def generation(shape: Shape) -> dict[str, Any]:
    """The ``generation_config.json`` of a shape."""
    padding = shape.vocabulary - 1
    return {
        "num_beams": BEAMS,
        "length_penalty": LENGTH_PENALTY,
        "max_length": min(LONGEST, shape.positions),
        "bad_words_ids": [[padding]],
        "pad_token_id": padding,
        "decoder_start_token_id": padding,
        "eos_token_id": 0,
        "forced_eos_token_id": 0,
    }


def tokenisation(longest: int) -> dict[str, Any]:
    """The ``tokenizer_config.json``."""
    return {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "en",
        "target_lang": "ru+hy+az",
        "model_max_length": longest,
        "separate_vocabs": False,
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
    }


def export(
    weights: Mapping[str, Tensor],
    shape: Shape,
    vocabulary: Vocabulary,
    out: Path,
    *,
    card: str,
    shortlists: Mapping[str, Sequence[int]] | None = None,
    half: bool = True,
) -> None:
    """Write a checkpoint folder, whole or not at all; an older one there is replaced.

    :param card: the text of ``README.md``.
    :param shortlists: language → the ids that it is written in.
    :param half: float16 weights, else float32.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    kind = torch.float16 if half else torch.float32
    tensors = {
        name: value.to(kind).contiguous().clone()
        for name, value in marian_weights(weights, shape).items()
    }
    settings = {
        "config.json": configuration(shape) | {"dtype": "float16" if half else "float32"},
        "generation_config.json": generation(shape),
        "tokenizer_config.json": tokenisation(shape.positions),
    }
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".export-") as room:
        folder = Path(room, "checkpoint")
        folder.mkdir()
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        vocabulary.write(folder)
        for name, value in settings.items():
            (folder / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
        if shortlists:
            shortlist.save(folder, shortlists)
        (folder / "README.md").write_text(card, encoding="utf-8")
        if out.exists():
            shutil.rmtree(out)
        folder.rename(out)
