"""The aligner that the package brings: fitted weights, and the lexicon of two languages."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from trilogue.align.aligner import align_segments
from trilogue.align.lexicon import Lexicon
from trilogue.align.weights import AlignmentModel
from trilogue.corpora.types import Ladder
from trilogue.scripts.assessors import WEIGHTS

log: Final = logging.getLogger(__name__)
FITTED: Final = WEIGHTS / "alignment.json"
FEW: Final = 20
"""One in so many source segments with a counterpart is so little that it is said."""


@lru_cache
def fitted() -> AlignmentModel:
    """The weights of the evidence."""
    return AlignmentModel.load(FITTED)


@lru_cache
def find_lexicon(source_lang: str, target_lang: str) -> Lexicon | None:
    """The built-in lexicon of two languages, in either direction."""
    straight = WEIGHTS / f"lexicon-{target_lang}.npz"
    if source_lang == "en" and straight.exists():
        return Lexicon.load(straight)
    back = WEIGHTS / f"lexicon-{source_lang}.npz"
    if target_lang == "en" and back.exists():
        return Lexicon.load(back).reversed()
    return None


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str,
    target_lang: str,
    drafts: Sequence[str] | None = None,
) -> Ladder:
    """The ladder of two texts by what the package brings; what it lacks, and what is odd, is said.

    :raises AlignmentError: as :func:`trilogue.align.aligner.align_segments`.
    """
    lexicon = find_lexicon(source_lang, target_lang)
    if lexicon is None:
        left = "names, numbers, lengths" + ("" if drafts is None else " and the draft")
        told = "no lexicon for %s-%s: %s are all there is to go by"
        log.warning(told, source_lang, target_lang, left)
    ladder = align_segments(
        source,
        target,
        source_lang=source_lang,
        target_lang=target_lang,
        model=fitted(),
        lexicon=lexicon,
        drafts=drafts,
    )
    linked = sum(len(bead.source) for bead in ladder if bead.target)
    if FEW * linked < len(source):
        told = "%d of %d source segments have a counterpart: are these the same text?"
        log.warning(told, linked, len(source))
    return ladder
