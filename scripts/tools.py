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
from trilogue.align.lexicon import Lexicon
from trilogue.align.pairing import Aligner
from trilogue.align.scoring import Assessing
from trilogue.align.weights import AlignmentModel
from trilogue.corpora import segmenters, transcripts
from trilogue.corpora.reading import Read, sha256_of
from trilogue.corpora.stages import Segmenter, Translator
from trilogue.corpora.types import Document, Ladder
from trilogue.models import registry
from trilogue.models.registry import Choice
from trilogue.scripts.aligners import FITTED, fitted
from trilogue.scripts.assessors import WEIGHTS, load_assessor

log: Final = logging.getLogger(__name__)
ALIGNER: Final = "align-2"
"""Raised when the aligner makes other ladders of the same evidence."""


@dataclass(frozen=True, slots=True)
class Model:
    """Which translator: "builtin", a folder or ``NAME@REVISION``, and how it decodes.

    :ivar beam: None for what the checkpoint asks for.
    """

    to: str
    name: str
    engine: str
    beam: int | None


@dataclass(frozen=True, slots=True)
class Tools:
    """Who does the work of each stage: functions at the top of a module, so that they pickle.

    :ivar choose: the model that drafts a language when none is asked for, and why.
    """

    read: Read
    segmenter: Callable[[str, str | None], Segmenter]
    choose: Callable[[str], Choice]
    translator: Callable[[Model], Translator]
    aligner: Callable[[str], Aligner]
    assessor: Callable[[str], Assessing]


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


@lru_cache
def translator(model: Model) -> Translator:
    """A Marian model, loaded."""
    from trilogue.models import marian

    return marian.load(model.name, to=model.to, engine=model.engine, beam=model.beam)


@dataclass(frozen=True, slots=True)
class OfficialAligner:
    """Aligns English with an official version, by lexicon and drafts."""

    to: str
    model: AlignmentModel
    lexicon: Lexicon
    signature: str

    def align(self, source: Sequence[str], target: Sequence[str], drafts: Sequence[str]) -> Ladder:
        """The ladder of a document; see :class:`trilogue.align.pairing.Aligner`."""
        return align_segments(
            source,
            target,
            source_lang="en",
            target_lang=self.to,
            model=self.model,
            lexicon=self.lexicon,
            drafts=drafts,
        )


@lru_cache
def aligner(to: str) -> Aligner:
    """The aligner that the package brings for a language, named after what it was fitted to."""
    lexicon = WEIGHTS / f"lexicon-{to}.npz"
    made_of = "+".join(sha256_of(path)[:12] for path in (FITTED, lexicon))
    return OfficialAligner(to, fitted(), Lexicon.load(lexicon), f"{ALIGNER} {made_of}")


@lru_cache
def assessor(to: str) -> Assessing:
    """The assessor that the package brings for the language."""
    return load_assessor("en", to)


TOOLS = Tools(read, segmenter, choose, translator, aligner, assessor)
