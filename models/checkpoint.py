"""A Marian checkpoint in the layout of the hub: what its folder holds, checked before use."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.errors import ModelError
from trilogue.corpora.languages import language
from trilogue.models.tensors import Array
from trilogue.models.tensors import read as read_weights

SAFE: Final = "model.safetensors"
PICKLED: Final = "pytorch_model.bin"
FILES: Final = (
    "config.json",
    "generation_config.json",
    "tokenizer_config.json",
    "vocab.json",
    "target_vocab.json",
    "source.spm",
    "target.spm",
    "shortlist.json",
)
"""What is read beside the weights."""
NEEDED: Final = ("config.json", "vocab.json", "source.spm", "target.spm")
END: Final = "</s>"
UNKNOWN: Final = "<unk>"
HASHED: Final = 12
FAMILIES: Final = {"ru": "zle", "hy": "hyx", "az": "trk"}
"""What OPUS-MT calls the family of a language, where one model reads all of it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The network, as ``config.json`` says it; ``positions`` bounds both input and output."""

    encoder_layers: int
    decoder_layers: int
    heads: int
    width: int
    positions: int
    activation: str
    scaled: bool
    start: int
    padding: int
    rows: int


@dataclass(frozen=True, slots=True)
class Search:
    """How a checkpoint asks to be decoded, as ``generation_config.json`` says it.

    Older ones say it in ``config.json``.

    :ivar beam: width, ``penalty`` the exponent of the length that scores are divided by.
    """

    beam: int = 4
    penalty: float = 1.0


@dataclass(frozen=True)
class Checkpoint:
    """A folder with a Marian checkpoint.

    :ivar name: how a draft names the model, without its revision.
    :ivar revision: commit of the hub, or hash of the files.
    """

    folder: Path
    name: str
    revision: str
    shape: Shape
    source_tokens: tuple[str, ...]
    target_tokens: tuple[str, ...]
    search: Search = Search()

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Target-language tags of a multilingual model, none for a model of one language."""
        return tuple(t for t in self.source_tokens if t.startswith(">>") and t.endswith("<<"))

    def is_reverse_of(self, to: str) -> bool:
        """Whether the model translates from a language, or its family, into English."""
        said = _json(self.folder / "tokenizer_config.json")
        into = said.get("target_lang") in _codes("en") or language("en").tag in self.tags
        return said.get("source_lang") in {*_codes(to), FAMILIES[to]} and into

    def tag_for(self, to: str) -> str | None:
        """The tag that asks this model for a language, None if it knows one language alone.

        :raises ModelError: if the model does not translate into ``to``.
        """
        tongue = language(to)
        asked = (tongue.tag, f">>{tongue.iso3}<<", f">>{tongue.code}<<")
        if self.tags:
            for tag in asked:
                if tag in self.tags:
                    return tag
            known = ", ".join(self.tags[:8]) + (", …" if len(self.tags) > 8 else "")
            what = f"no target {tongue.name}: got {known}, expected {asked[0]}"
            raise ModelError(f"{self.folder}: {what}. Name another model with --model.")
        target = _json(self.folder / "tokenizer_config.json").get("target_lang")
        if target is not None and target not in _codes(to):
            what = f"translates into {target!r}, expected {to!r} ({tongue.name})"
            raise ModelError(f"{self.folder}: {what}. Name another model with --model.")
        return None


def _codes(code: str) -> frozenset[str]:
    """What a checkpoint may call a language."""
    tongue = language(code)
    return frozenset((tongue.code, tongue.iso3, tongue.tag[2:-2]))


def read(folder: Path, *, name: str, revision: str | None = None) -> Checkpoint:
    """Read and check a folder; the weights themselves are not read yet.

    :param revision: of the hub; without one the files are hashed.
    :raises ModelError: if it is no Marian checkpoint, or one that lacks something.
    """
    for needed in NEEDED:
        if not (folder / needed).is_file():
            what = f"no {needed}: expected a Marian checkpoint ({', '.join(NEEDED)} and {SAFE})"
            raise ModelError(f"{folder}: {what}. Name its folder, or a model of the hub.")
    config = _json(folder / "config.json")
    if config.get("model_type") != "marian":
        what = f"model_type is {config.get('model_type')!r}, expected 'marian'"
        raise ModelError(f"{folder / 'config.json'}: {what}. Only MarianMT checkpoints draft.")
    source = _vocabulary(folder / "vocab.json")
    other = folder / "target_vocab.json"
    shared = config.get("share_encoder_decoder_embeddings", True) or not other.is_file()
    target = source if shared else _vocabulary(other)
    shape = _shape(folder, config, len(source))
    if len(target) != (config.get("decoder_vocab_size") or shape.rows):
        what = f"{len(target)} tokens, expected {config.get('decoder_vocab_size') or shape.rows}"
        raise ModelError(f"{folder / 'vocab.json'}: {what} as config.json says. Fetch it again.")
    if max(shape.padding, shape.start) >= len(target):
        what = f"decoding starts from {shape.start}, of {len(target)} target tokens"
        raise ModelError(f"{folder / 'config.json'}: {what}: expected one of them.")
    weights_of(folder)
    revision = revision or hashed(folder)
    return Checkpoint(folder, name, revision, shape, source, target, _search(folder, config))


def hashed(folder: Path) -> str:
    """The first hexadecimal digits of a hash over weights, vocabulary and configuration."""
    digest = hashlib.sha256()
    for path in (*(folder / name for name in FILES), weights_of(folder)):
        if path.is_file():
            digest.update(path.name.encode())
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:HASHED]


def weights_of(folder: Path) -> Path:
    """The file of weights.

    :raises ModelError: if there is none.
    """
    for name in (SAFE, PICKLED):
        if (folder / name).is_file():
            return folder / name
    raise ModelError(f"{folder}: no weights: expected {SAFE} or {PICKLED}. Fetch it again.")


def tensors(folder: Path) -> dict[str, Array]:
    """The weights by name, in float32.

    :raises ModelError: if there are none, or the file is broken.
    """
    return read_weights(weights_of(folder))


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: not JSON ({error}). Fetch it again.") from error
    if not isinstance(found, dict):
        raise ModelError(f"{path}: got a {type(found).__name__}, expected an object.")
    return found


def _vocabulary(path: Path) -> tuple[str, ...]:
    """Tokens by id."""
    ids = _json(path)
    tokens = tuple(sorted(ids, key=ids.__getitem__))
    if sorted(ids.values()) != list(range(len(ids))):
        raise ModelError(f"{path}: ids are not 0 to {len(ids) - 1}, each once. Fetch it again.")
    for token in (END, UNKNOWN):
        if token not in ids:
            # Without an end nothing tells the decoder to stop: it would loop to its limit.
            raise ModelError(f"{path}: no {token} in the vocabulary, expected it. Fetch it again.")
    return tokens


def _search(folder: Path, config: dict[str, Any]) -> Search:
    path = folder / "generation_config.json"
    said = config | _json(path)
    usual = Search()
    beam = said.get("num_beams") or usual.beam
    penalty = said.get("length_penalty") or usual.penalty
    if not isinstance(beam, int) or beam < 1 or not isinstance(penalty, int | float):
        what = f"num_beams {beam!r} and length_penalty {penalty!r}, expected numbers"
        raise ModelError(f"{path}: {what}. Fetch it again.")
    return Search(beam, float(penalty))


def _shape(folder: Path, config: dict[str, Any], rows: int) -> Shape:
    path = folder / "config.json"
    try:
        padding = int(config["pad_token_id"])
        shape = Shape(
            encoder_layers=int(config["encoder_layers"]),
            decoder_layers=int(config["decoder_layers"]),
            heads=int(config["encoder_attention_heads"]),
            width=int(config["d_model"]),
            positions=int(config["max_position_embeddings"]),
            activation=str(config["activation_function"]),
            scaled=bool(config.get("scale_embedding", False)),
            start=int(config.get("decoder_start_token_id", padding)),
            padding=padding,
            rows=int(config["vocab_size"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: {error} is missing or no number. Fetch it again.") from error
    if config["decoder_attention_heads"] != shape.heads:
        raise ModelError(f"{path}: encoder and decoder differ in heads: expected the same number.")
    if rows != shape.rows or not 0 <= max(shape.padding, shape.start) < rows:
        what = f"{rows} tokens in vocab.json, vocab_size {shape.rows}, padding {shape.padding}"
        raise ModelError(f"{path}: {what}: expected them to agree. Fetch it again.")
    return shape
