"""The Protocols that stages take: a segmenter, a translator, a check of drafts, an encoder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from trilogue.corpora.types import Draft


class Segmenter(Protocol):
    """Cuts one paragraph into segments."""

    @property
    def signature(self) -> str:
        """Name and version: part of the recipe of what it cuts."""

    def spans(self, paragraph: str) -> list[tuple[int, int]]:
        """Half-open code-point offsets of the segments, ascending, without the white space between.

        Every character outside the spans is white space: joining what is inside and between gives
        the paragraph back.
        """


class Translator(Protocol):
    """Drafts segments in one target language."""

    @property
    def signature(self) -> str:
        """Exact model revision, engine and decoding options: part of the recipe of its drafts."""

    def translate(self, texts: Sequence[str]) -> list[Draft]:
        """One draft a text, in the order of the texts; an empty text has an empty draft.

        :raises ModelError: if the model fails.
        """


class DraftCheck(Protocol):
    """Says what a draft makes of its source, beside what the model's own guards see."""

    @property
    def signature(self) -> str:
        """What decides its answers: part of the recipe of the drafts."""

    def flags(self, source: str, draft: str) -> tuple[str, ...]:
        """What is to be kept with the draft: "terms missing: border", nothing if all is well."""


class Encoder(Protocol):
    """Makes vectors whose cosine says how far two texts mean the same."""

    @property
    def signature(self) -> str:
        """Exact model revision."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimensions)."""
