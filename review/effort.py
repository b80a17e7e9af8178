"""How much work an edit was: HTER, characters, time at the keyboard."""

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Indel
from sacrebleu.metrics.ter import TER

IDLE: Final = 30_000
"""Milliseconds without a key or a movement after which nobody counts as being at work."""


def hter(draft: str, edited: str) -> float | None:
    """Edits a word of the edited text, with shifts of phrases: Snover et al. 2006, by sacrebleu.

    :returns: ≥ 0, and 0 for no change; None if nothing is left of the text.
    """
    if draft == edited:
        return 0.0
    if not edited.strip():
        return None
    return float(_ter().sentence_score(draft, [edited]).score) / 100


def changed(draft: str, edited: str) -> int:
    """Characters that were inserted or deleted."""
    return int(Indel.distance(draft, edited))


@lru_cache(maxsize=1)
def _ter() -> TER:
    # Case and punctuation are what translators mend: they count. Armenian is not asian_support.
    return TER(normalized=False, no_punct=False, case_sensitive=True)
