"""A Marian checkpoint as a CTranslate2 model, made from the weights alone, without torch.

CTranslate2's own converter drops the last row of the vocabulary, whatever token it is, and starts
from a zero vector. Here every row stays, decoding starts from the row that the checkpoint names,
and padding can never be chosen because its bias is out of reach: both engines compute the same.
"""

import math
from pathlib import Path
from typing import Any, Final

import numpy as np

from trilogue.corpora.errors import ModelError
from trilogue.models import cache, checkpoint, shortlist
from trilogue.models.checkpoint import Checkpoint
from trilogue.models.tensors import Array

VERSION: Final = 2
"""Raised when the same checkpoint converts into other weights."""
SHORTLIST: Final = "vmap.txt"
"""As CTranslate2 calls it."""
NEVER: Final = -6e4
"""Below any logit, and still a number in half precision."""

Weights = dict[str, Array]


def converted(model: Checkpoint, quantisation: str, *, shortlist_for: str | None = None) -> Path:
    """The folder of the converted model, from the cache if it is there.

    :param quantisation: a CTranslate2 type: ``int8``, ``float32``, ``float16``, ``bfloat16``, ….
    :param shortlist_for: the target language whose shortlist it takes along, if there is one.
    :raises ModelError: if the weights do not fit the configuration.
    :raises ConfigError: if the cache cannot be written.
    """
    ids = shortlist.of(model, to=shortlist_for) if shortlist_for else ()
    safe = "".join(c if c.isalnum() or c in "-._" else "-" for c in model.name)
    kind = f"{quantisation}-{shortlist_for}" if ids else quantisation
    key = f"ctranslate2/{safe}@{model.revision}-{kind}-{VERSION}"

    def make(out: Path) -> None:
        _convert(model, quantisation, out)
        if ids:
            (out / SHORTLIST).write_text(shortlist.as_map(model, ids), encoding="utf-8")

    return cache.folder(key, make)


def _convert(model: Checkpoint, quantisation: str, out: Path) -> None:
    # Imported late: it imports torch wherever it is installed, which drafting itself never needs.
    from ctranslate2.specs import common_spec, transformer_spec

    activations = {
        "swish": common_spec.Activation.SWISH,
        "silu": common_spec.Activation.SWISH,
        "relu": common_spec.Activation.RELU,
        "gelu": common_spec.Activation.GELU,
    }
    shape = model.shape
    if shape.activation not in activations:
        what = f"activation {shape.activation!r}, expected one of {', '.join(activations)}"
        raise ModelError(f"{model.folder / 'config.json'}: {what}.")
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=False,
        activation=activations[shape.activation],
    )
    weights = checkpoint.tensors(model.folder)
    try:
        _fill(spec, model, weights)
    except KeyError as error:
        what = f"no weight {error}, expected it in a MarianMT checkpoint"
        raise ModelError(f"{checkpoint.weights_of(model.folder)}: {what}.") from error
    spec.register_source_vocabulary(list(model.source_tokens))
    spec.register_target_vocabulary(list(model.target_tokens))
    spec.config.unk_token = checkpoint.UNKNOWN
    spec.config.eos_token = checkpoint.END
    spec.config.bos_token = checkpoint.END
    spec.config.decoder_start_token = model.target_tokens[shape.start]
    spec.validate()
    spec.optimize(quantization=quantisation)
    spec.save(str(out))


def _fill(spec: Any, model: Checkpoint, weights: Weights) -> None:
    shape = model.shape
    source = _first(weights, "model.shared.weight", "model.encoder.embed_tokens.weight")
    target = _first(weights, "model.decoder.embed_tokens.weight", "model.shared.weight")
    out = _first(
        weights, "lm_head.weight", "model.decoder.embed_tokens.weight", "model.shared.weight"
    )
    if source.shape != (len(model.source_tokens), shape.width):
        got, want = source.shape, (len(model.source_tokens), shape.width)
        raise ModelError(f"{model.folder}: embeddings are {got}, expected {want}. Fetch it again.")
    scale = math.sqrt(shape.width) if shape.scaled else 1.0
    positions = sinusoids(shape.positions, shape.width)
    sides = (("encoder", spec.encoder, source), ("decoder", spec.decoder, target))
    for side, part, table in sides:
        embeddings = part.embeddings[0] if side == "encoder" else part.embeddings
        embeddings.weight = table
        part.scale_embeddings = scale
        part.position_encodings.encodings = positions
        for index, layer in enumerate(part.layer):
            _fill_layer(layer, f"model.{side}.layers.{index}", weights)
    spec.decoder.projection.weight = out
    bias = weights.get("final_logits_bias", np.zeros(len(out), np.float32)).reshape(-1).copy()
    bias[shape.padding] = NEVER
    spec.decoder.projection.bias = bias


def _fill_layer(layer: Any, name: str, weights: Weights) -> None:
    own = layer.self_attention
    _fill_linear(own.linear[0], weights, *(f"{name}.self_attn.{part}_proj" for part in "qkv"))
    _fill_linear(own.linear[1], weights, f"{name}.self_attn.out_proj")
    _fill_norm(own.layer_norm, weights, f"{name}.self_attn_layer_norm")
    if hasattr(layer, "attention"):
        cross = layer.attention
        _fill_linear(cross.linear[0], weights, f"{name}.encoder_attn.q_proj")
        _fill_linear(cross.linear[1], weights, *(f"{name}.encoder_attn.{p}_proj" for p in "kv"))
        _fill_linear(cross.linear[2], weights, f"{name}.encoder_attn.out_proj")
        _fill_norm(cross.layer_norm, weights, f"{name}.encoder_attn_layer_norm")
    _fill_linear(layer.ffn.linear_0, weights, f"{name}.fc1")
    _fill_linear(layer.ffn.linear_1, weights, f"{name}.fc2")
    _fill_norm(layer.ffn.layer_norm, weights, f"{name}.final_layer_norm")


def _fill_linear(spec: Any, weights: Weights, *names: str) -> None:
    """One product for several projections of the same input."""
    spec.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    spec.bias = np.concatenate([weights[f"{name}.bias"] for name in names])


def _fill_norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma = weights[f"{name}.weight"]
    spec.beta = weights[f"{name}.bias"]


def _first(weights: Weights, *names: str) -> Array:
    for name in names:
        if name in weights:
            return weights[name]
    raise KeyError(names[0])


def sinusoids(positions: int, width: int) -> Array:
    """Marian's position vectors, shape (positions, width): one half sines, one half cosines."""
    place = np.arange(positions)[:, None]
    angles = place / np.power(10000, 2 * (np.arange(width) // 2) / width)
    halves = [np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])]
    return np.concatenate(halves, axis=1).astype(np.float32)
