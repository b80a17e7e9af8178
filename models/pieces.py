"""Text to the pieces of a Marian vocabulary and back: one way, whichever engine decodes.

Same pieces as ``MarianTokenizer``, but for what is a trap there: a text that begins with ``>>…<<``
is text, and typographic punctuation is written plainly.
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import sentencepiece

from trilogue.corpora.errors import ModelError
from trilogue.models.checkpoint import END, UNKNOWN, Checkpoint

VERSION: Final = 2
"""Raised when the same text gets other pieces."""

PLAIN: Final = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "´": "'",
    "`": "'",
    "–": "-",
    "—": " - ",
    "―": " - ",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "…": "...",
}
"""Typographic punctuation as the Moses normaliser writes it; OPUS-MT was trained on its output.

The built-in model knows most of these marks, but has seen them seldom: written plainly, its drafts
of text with curly quotes and dashes gain .5 chrF in Azerbaijani, .8 in Armenian, none in Russian.
"""
_PLAINLY: Final = str.maketrans(PLAIN)

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BYTE: Final = re.compile(r"<0x([0-9A-F]{2})>")


class Pieces:
    """The tokens of a checkpoint, for one target language."""

    def __init__(self, model: Checkpoint, *, to: str) -> None:
        """:raises ModelError: if a sentencepiece model is broken, or ``to`` is not a target."""
        self._source = _load(model.folder / "source.spm")
        self._target = _load(model.folder / "target.spm")
        self._known = frozenset(model.source_tokens)
        self._special = frozenset((END, UNKNOWN, model.target_tokens[model.shape.padding]))
        tag = model.tag_for(to)
        self._prefix = [tag] if tag else []

    def written(self, text: str) -> str:
        """The text as the model is given it: NFC, single spaces, plain punctuation."""
        visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        return " ".join(visible.translate(_PLAINLY).split())

    def split(self, written: str) -> list[str]:
        """The pieces of a written text, those that are unknown as they stand."""
        pieces: list[str] = self._source.encode(written, out_type=str)
        return pieces

    def said(self, text: str) -> list[str]:
        """The pieces that the decoder would say a text in."""
        pieces: list[str] = self._target.encode(text, out_type=str)
        return pieces

    def framed(self, pieces: Sequence[str]) -> list[str]:
        """What the encoder reads: tag, pieces (unknown ones as such), end."""
        known = [piece if piece in self._known else UNKNOWN for piece in pieces]
        return [*self._prefix, *known, END]

    @property
    def overhead(self) -> int:
        """Tokens that :meth:`framed` adds."""
        return len(self._prefix) + 1

    def unknown(self, pieces: Sequence[str]) -> str:
        """The characters that the model cannot read, each once, in the order of the text."""
        found: dict[str, None] = {}
        spelt = bytearray()
        for piece in (*pieces, ""):
            if byte := _BYTE.fullmatch(piece):
                spelt.append(int(byte[1], 16))
                continue
            found.update(dict.fromkeys(spelt.decode("utf-8", "replace")))
            spelt.clear()
            if piece and piece not in self._known:
                found.update(dict.fromkeys(piece.replace("▁", "")))
        return "".join(found)

    def text(self, tokens: Sequence[str]) -> str:
        """The text of decoded tokens, tags and ends left out."""
        kept = [t for t in tokens if t not in self._special and not _is_tag(t)]
        return " ".join(self._target.decode_pieces(kept).replace("▁", " ").split())


def _is_tag(token: str) -> bool:
    return token.startswith(">>") and token.endswith("<<")


def _load(path: Path) -> sentencepiece.SentencePieceProcessor:
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelError(f"{path}: not a sentencepiece model. Fetch it again.") from error
