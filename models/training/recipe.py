"""What a training run is made of: a TOML file, read into frozen structures."""

from pathlib import Path
from typing import Literal

import msgspec

from trilogue.corpora.errors import ConfigError
from trilogue.models.training.network import Shape


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a recipe: an unknown key in it is an error."""


class Data(Strict, frozen=True, forbid_unknown_fields=True):
    """A file of bitext (source name, English, other) or of one language (source name, text).

    ``task`` forward teaches English to ``lang``, reverse the other way, denoise to mend
    damaged text of ``lang``, synthetic English (made by a machine, marked as such) to ``lang``;
    ``share`` is its part of the target tokens.
    """

    path: str
    lang: str
    task: Literal["forward", "reverse", "denoise", "synthetic"]
    share: float


class Development(Strict, frozen=True, forbid_unknown_fields=True):
    """Further development pairs, never trained on: the named sources of a bitext file."""

    path: str
    lang: str
    sources: tuple[str, ...]


class Pieces(Strict, frozen=True, forbid_unknown_fields=True):
    """The vocabulary: rows of the table without padding, and sampled characters per language."""

    rows: int = 16_000
    characters: int = 5_000_000
    model: str | None = None


class Sizes(Strict, frozen=True, forbid_unknown_fields=True):
    """The network, see ``network.Shape``."""

    width: int = 256
    heads: int = 8
    inner: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2


class Steps(Strict, frozen=True, forbid_unknown_fields=True):
    """How it is trained: the rate rises over ``warmup``, falls over the last ``decay`` steps."""

    steps: int
    tokens: int = 4096
    rate: float = 7e-4
    warmup: int = 800
    decay: int = 2000
    dropout: float = 0.1
    smoothing: float = 0.1
    clip: float = 1.0
    average: float = 0.999
    weight_decay: float = 0.01
    bfloat16: bool = True
    longest: int = 128
    measure: int = 500
    save_minutes: float = 10.0
    patience: int = 20
    rough_chrf: int = 3


class Stage(Strict, frozen=True, forbid_unknown_fields=True):
    """Part of a boxed run: up to ``until`` (0–1 of its time), pools by name and their shares.

    Pools are ``hy.forward`` and the like, by language and task; ``hy.back`` is real Armenian under
    English that the run itself made of it, ``hy.reverse-back`` the same for the way back.
    ``sampled`` is the share of texts cut into sampled pieces.
    """

    until: float
    shares: dict[str, float]
    sampled: float = 0.5


class Box(Strict, frozen=True, forbid_unknown_fields=True):
    """A run on one GPU, boxed in time: the rate and the stages follow the clock, not the steps.

    ``tokens`` bounds rows × longest side of a batch; at the moments ``back`` (0–1) the run
    translates its monolingual texts; ``decay`` is the last part of the time, over which the rate
    falls to nothing.
    """

    seconds: float
    stages: tuple[Stage, ...]
    tokens: int = 49_152
    workers: int = 12
    alpha: float = 0.5
    joined: float = 0.4
    back: tuple[float, ...] = ()
    decay: float = 0.35


class Recipe(Strict, frozen=True, forbid_unknown_fields=True):
    """A whole run. Paths are relative to the recipe's folder."""

    name: str
    seed: int
    data: tuple[Data, ...]
    training: Steps
    pieces: Pieces = Pieces()
    network: Sizes = Sizes()
    held: tuple[str, ...] = ()
    development: tuple[Development, ...] = ()
    development_pairs: int = 250
    start: str | None = None
    box: Box | None = None

    def shape(self, vocabulary: int) -> Shape:
        """The shape of the network for a vocabulary of that many rows, padding included."""
        sizes = self.network
        return Shape(
            vocabulary,
            sizes.width,
            sizes.heads,
            sizes.inner,
            sizes.encoder_layers,
            sizes.decoder_layers,
            positions=max(256, self.training.longest + 2),
        )


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    :raises ConfigError: if it is not TOML, or a key is unknown, missing or of another type.
    """
    try:
        recipe = msgspec.toml.decode(path.read_bytes(), type=Recipe)
    except (msgspec.DecodeError, OSError) as error:
        raise ConfigError(f"{path}: {error}") from error
    if not recipe.data or sum(data.share for data in recipe.data) <= 0:
        raise ConfigError(
            f"{path}: data: no shares, expected at least one file with a share above 0"
        )
    return recipe
