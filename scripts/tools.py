"""The concrete readers, segmenters, models and scorers of a build: named here and nowhere else.

Functions of this module are called in workers; what is costly to make is kept for the next task.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from trilogue.align.aligner import align_segments
from trilogue.align.layout import Layouts
from trilogue.align.lexicon import Lexicon
from trilogue.align.pairing import Aligner
from trilogue.align.scoring import Assessing
from trilogue.align.vectors import Encoder, load_encoder
from trilogue.align.weights import AlignmentModel
from trilogue.corpora import glossaries, segmenters, transcripts
from trilogue.corpora.reading import Read, sha256_of
from trilogue.corpora.stages import Segmenter, Translator
from trilogue.corpora.types import Document, Ladder
from trilogue.models import registry
from trilogue.models.registry import Choice
from trilogue.scripts.aligners import FITTED, fitted, load_aligner
from trilogue.scripts.assessors import WEIGHTS, Own, load_assessor

log: Final = logging.getLogger(__name__)
ALIGNER: Final = "align-5"
"""Raised when the aligner makes other ladders of the same evidence."""


@dataclass(frozen=True, slots=True)
class Model:
    """Which translator: "builtin", a folder or ``NAME@REVISION``, and how it decodes.

    :ivar beam: None for what the checkpoint asks for.
    :ivar terms: a glossary that its drafts are made to use.
    """

    to: str
    name: str
    engine: str
    beam: int | None
    terms: Path | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """What assesses the units of a language: the package's assessor, with what a user brings."""

    to: str
    own: Own = Own()


@dataclass(frozen=True, slots=True)
class Matching:
    """What aligns the official versions in a language: ours, or what a user brings.

    :ivar own: ``module:factory`` of an aligner instead of ours.
    :ivar encoder: ``module:factory`` of what makes vectors for ours.
    """

    to: str
    own: str | None = None
    encoder: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works on a target language.

    :ivar second: whose drafts the others are compared with, None for nobody's.
    """

    model: Model
    second: Model | None
    judge: Judge
    matching: Matching


@dataclass(frozen=True, slots=True)
class Tools:
    """Who does the work of each stage: functions at the top of a module, so that they pickle.

    :ivar choose: the model that drafts a language when none is asked for, and why.
    """

    read: Read
    segmenter: Callable[[str, str | None], Segmenter]
    choose: Callable[[str], Choice]
    translator: Callable[[Model], Translator]
    aligner: Callable[[Matching], Aligner]
    assessor: Callable[[Judge], Assessing]


@lru_cache(maxsize=1)
def read(path: Path, options: str) -> tuple[Document, ...]:
    """The documents of a file; a file of many shards is parsed once by each worker.

    :param options: of the reader, as JSON, "" for none.
    """
    return tuple(transcripts.read(path, **(json.loads(options) if options else {})))


@lru_cache
def segmenter(lang: str, own: str | None) -> Segmenter:
    """A user's own segmenter, or ours for the language."""
    return segmenters.load_segmenter(own) if own else segmenters.segmenter(lang)


def choose(to: str) -> Choice:
    """The best model for a language on this machine; which and why is said."""
    choice = registry.choose(to)
    log.info("drafts in %s by %s: %s", to, choice.model, choice.reason)
    return choice


@lru_cache(maxsize=2)
def translator(model: Model) -> Translator:
    """A Marian model, loaded; few are held, since a worker goes through language by language."""
    from trilogue.models import marian

    terms = None if model.terms is None else glossaries.read(model.terms).only(model.to)
    return marian.load(
        model.name, to=model.to, engine=model.engine, beam=model.beam, glossary=terms
    )


@dataclass(frozen=True, slots=True)
class OfficialAligner:
    """Aligns English with an official version, by lexicon and drafts, and by vectors if asked."""

    to: str
    model: AlignmentModel
    lexicon: Lexicon
    encoder: Encoder | None
    signature: str

    def align(
        self,
        source: Sequence[str],
        target: Sequence[str],
        drafts: Sequence[str],
        layouts: Layouts | None = None,
    ) -> Ladder:
        """The ladder of a document; see :class:`trilogue.align.pairing.Aligner`."""
        by = self.encoder
        return align_segments(
            source,
            target,
            source_lang="en",
            target_lang=self.to,
            model=self.model,
            lexicon=self.lexicon,
            drafts=drafts,
            vectors=None if by is None else (by.encode(source), by.encode(target)),
            layouts=layouts,
        )


@lru_cache
def aligner(matching: Matching) -> Aligner:
    """A user's aligner, or ours for the language, named after what it was fitted to."""
    if matching.own is not None:
        return load_aligner(matching.own)
    lexicon = WEIGHTS / f"lexicon-{matching.to}.npz"
    made_of = "+".join(sha256_of(path)[:12] for path in (FITTED, lexicon))
    encoder = None if matching.encoder is None else load_encoder(matching.encoder)
    signed = [f"{ALIGNER} {made_of}", *([encoder.signature] if encoder else [])]
    return OfficialAligner(matching.to, fitted(), Lexicon.load(lexicon), encoder, " ".join(signed))


@lru_cache
def assessor(judge: Judge) -> Assessing:
    """The assessor of a language."""
    return load_assessor("en", judge.to, judge.own)


TOOLS = Tools(read, segmenter, choose, translator, aligner, assessor)
