"""The aligner that the package brings: fitted weights, and the lexicon of two languages."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from trilogue.align.aligner import align_segments
from trilogue.align.ladders import complete
from trilogue.align.lattice import Floats
from trilogue.align.layout import Layouts
from trilogue.align.lexicon import Lexicon
from trilogue.align.pairing import Aligner
from trilogue.align.resegmenting import Part, parts, resegmented
from trilogue.align.vectors import load_encoder
from trilogue.align.weights import AlignmentModel
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.factories import made_by
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
    encoder: str | None = None,
    aligner: str | None = None,
    reorder: bool = False,
) -> Ladder:
    """The ladder of two texts by what the package brings; what it lacks, and what is odd, is said.

    :param encoder: ``module:factory`` of what makes vectors: more evidence.
    :param aligner: ``module:factory`` of one's own, instead of ours.
    :raises AlignmentError: as :func:`trilogue.align.aligner.align_segments`, or if an aligner of
        one's own answers with what is no ladder of these texts.
    :raises ConfigError: if there is no such encoder or aligner.
    """
    if aligner is not None:
        return load_aligner(aligner).align(source, target, drafts or [""] * len(source))
    ladder = align_segments(
        source,
        target,
        source_lang=source_lang,
        target_lang=target_lang,
        model=fitted(),
        lexicon=_lexicon(source_lang, target_lang, drafts is not None or encoder is not None),
        drafts=drafts,
        vectors=_encoded(encoder, source, target) if encoder is not None else None,
        reorder=reorder,
    )
    linked = sum(len(bead.source) for bead in ladder if bead.target)
    if FEW * linked < len(source):
        told = "%d of %d source segments have a counterpart: are these the same text?"
        log.warning(told, linked, len(source))
    return ladder


def _lexicon(source_lang: str, target_lang: str, more: bool) -> Lexicon | None:
    lexicon = find_lexicon(source_lang, target_lang)
    if lexicon is None:
        left = "names, numbers, lengths" + (" and what else is given" if more else "")
        told = "no lexicon for %s-%s: %s are all there is to go by"
        log.warning(told, source_lang, target_lang, left)
    return lexicon


def _encoded(name: str, source: Sequence[str], target: Sequence[str]) -> tuple[Floats, Floats]:
    encoder = load_encoder(name)
    log.info("vectors by %s", encoder.signature)
    return encoder.encode(source), encoder.encode(target)


def load_aligner(name: str) -> Aligner:
    """A user's own aligner: see :class:`trilogue.align.pairing.Aligner`.

    :param name: ``module:factory``; the factory takes no arguments.
    :raises ConfigError: if there is no such module or factory, or it makes something else.
    """
    made = made_by(name, kind="aligner")
    if not hasattr(made, "align"):
        kind = type(made).__name__
        raise ConfigError(f"aligner {name}: got a {kind}, expected an object with `align`")
    return _Own(made, str(getattr(made, "signature", name)))


class _Made(Protocol):
    """What a user's factory makes."""

    def align(self, source: Sequence[str], target: Sequence[str], drafts: Sequence[str]) -> Ladder:
        """The ladder of two lists of segments."""


@dataclass(frozen=True, slots=True)
class _Own:
    """A user's aligner, whose ladders are made sure to be of the texts, and whole."""

    made: _Made
    signature: str

    def align(
        self,
        source: Sequence[str],
        target: Sequence[str],
        drafts: Sequence[str],
        layouts: Layouts | None = None,
    ) -> Ladder:
        """Layout is not handed over: what a user's aligner takes is a promise."""
        found = self.made.align(source, target, drafts)
        return complete(found, source=len(source), target=len(target))


def align_anew(
    source: Sequence[str],
    target: Sequence[str],
    align: Callable[[Sequence[str], Sequence[str]], Ladder],
) -> tuple[Ladder, list[str], list[str], tuple[Sequence[Part], Sequence[Part]]]:
    """Two texts cut where clauses end, aligned, and put together where that is enough.

    :returns: the ladder, the new segments of both sides, and where they stand in the old ones.
    """
    sides = parts(source), parts(target)
    cut = resegmented(*sides, align(_said(source, sides[0]), _said(target, sides[1])))
    texts = _said(source, cut.source), _said(target, cut.target)
    return cut.ladder, *texts, (cut.source, cut.target)


def _said(texts: Sequence[str], found: Sequence[Part]) -> list[str]:
    return [texts[part.segment][part.start : part.end] for part in found]
