"""Sentence encoders of the hub, for the aligner: ``--encoder trilogue.models.encoders:labse``.

Each function here is a factory for ``module:factory``. They need the extra ``[encoders]`` and the
hub, or its cache.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from trilogue.corpora.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log: Final = logging.getLogger(__name__)
LABSE: Final = "sentence-transformers/LaBSE"
E5: Final = "intfloat/multilingual-e5-small"
BATCH: Final = 32

Floats = npt.NDArray[np.float32]


def labse() -> "HubEncoder":
    """LaBSE: the strongest of the two, 1.9 GB."""
    return hub_encoder(LABSE)


def multilingual_e5_small() -> "HubEncoder":
    """Multilingual E5, small: 0.5 GB; it wants to be told that a text is a query."""
    return hub_encoder(E5, prompt="query: ")


@dataclass(frozen=True, slots=True)
class HubEncoder:
    """A sentence-transformers model.

    :ivar prompt: stands before every text.
    """

    model: "SentenceTransformer"
    signature: str
    prompt: str = ""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        given = [self.prompt + text for text in texts]
        found = self.model.encode(given, batch_size=BATCH, normalize_embeddings=True)
        return np.asarray(found, np.float32)


def hub_encoder(name: str, *, prompt: str = "") -> HubEncoder:
    """Load a model; its signature is the commit that was loaded.

    :raises ConfigError: if sentence-transformers is not installed.
    :raises ModelError: if the model cannot be had.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ConfigError(f"encoder {name}: {error}; pip install 'trilogue[encoders]'") from error
    try:
        model = SentenceTransformer(name)
    except (OSError, ValueError) as error:
        what = f"{error}; connect to the hub once, or name an encoder of your own"
        raise ModelError(f"encoder {name}: {what}") from error
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    commit = getattr(config, "_commit_hash", None)
    return HubEncoder(model, f"{name}@{commit or 'unknown'}", prompt)
