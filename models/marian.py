"""Drafts by a Marian model: loaded, guarded, in the order of the texts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from trilogue.corpora.batches import batched
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.glossary import Glossary
from trilogue.corpora.stages import DraftCheck
from trilogue.corpora.types import Draft
from trilogue.models import attempts, clauses, guards, pieces, registry
from trilogue.models.attempts import Attempts, Part, Result
from trilogue.models.checkpoint import Checkpoint
from trilogue.models.decoding import Engine, Hypothesis
from trilogue.models.marian_ctranslate2 import CTranslate2Engine
from trilogue.models.marian_transformers import TransformersEngine
from trilogue.models.pieces import Pieces
from trilogue.models.terminology import Terminology

ENGINES: Final = ("ctranslate2", "transformers")
BATCH_TOKENS: Final = 1024
_TAG: Final = re.compile(r"\s*>>.*?<<")
WINDOW: Final = 1024
"""Lines that are drafted together when a stream is: they bound the memory."""


def load(
    model: str | Path,
    *,
    to: str,
    engine: str = "ctranslate2",
    beam: int | None = None,
    quantisation: str | None = None,
    workers: int | None = None,
    threads: int = 1,
    batch_tokens: int = BATCH_TOKENS,
    shortlist: bool = True,
    checks: Sequence[DraftCheck] = (),
    glossary: Glossary | None = None,
) -> "MarianTranslator":
    """A translator into one language.

    :param model: ``builtin``, a folder, or a model of the hub with or without ``@revision``.
    :param engine: ``ctranslate2``, or ``transformers`` as the reference and on a GPU.
    :param beam: width of the search, by default as the checkpoint asks for.
    :param quantisation: number type of CTranslate2, by default 8-bit weights.
    :param workers: batches decoded at a time, ``threads`` each; by default all cores are used.
    :param shortlist: whether to look only at the pieces of the language, if the checkpoint says
        which they are.
    :param checks: what else looks at each draft and puts flags on it.
    :param glossary: terms that the drafts are made to use, where CTranslate2 can.
    :raises ModelError: if the model cannot be had, is no Marian model, or lacks the language.
    :raises ConfigError: if an option makes no sense or an extra is missing.
    """
    if engine not in ENGINES:
        raise ConfigError(f"engine: got {engine!r}, expected one of {', '.join(ENGINES)}.")
    if batch_tokens < 1 or beam is not None and beam < 1:
        raise ConfigError(f"beam and batch: got {beam} and {batch_tokens}, expected 1 or more.")
    found = registry.find(model)
    read = Pieces(found, to=to)
    listed = to if shortlist else None
    decoder: Engine
    terms = None
    if engine == "transformers":
        _check_reference(quantisation, glossary)
        count = threads if workers is None else workers
        decoder = TransformersEngine(found, threads=count, shortlist_for=listed)
    else:
        decoder = CTranslate2Engine(
            found,
            quantisation=quantisation,
            workers=workers,
            threads=threads,
            shortlist_for=listed,
        )
        terms = Terminology(glossary, to, decoder, read) if glossary else None
    how = Options(beam, batch_tokens, tuple(checks), terms)
    return MarianTranslator(found, read, decoder, to=to, options=how)


def _check_reference(quantisation: str | None, glossary: Glossary | None) -> None:
    if quantisation is not None or glossary is not None:
        got = "a glossary to decode by" if glossary else f"quantisation {quantisation!r}"
        raise ConfigError(f"transformers: got {got}, which only ctranslate2 can. Leave it out.")


@dataclass(frozen=True, slots=True)
class Options:
    """How a translator drafts; see :func:`load`."""

    beam: int | None = None
    batch_tokens: int = BATCH_TOKENS
    checks: tuple[DraftCheck, ...] = ()
    terms: Terminology | None = None


class MarianTranslator:
    """A :class:`~trilogue.corpora.stages.Translator` on one of the engines.

    Drafts do not depend on who asks in which order, up to rounding: a batch is padded to its
    longest source, so the last digits of scores, and seldom a word, depend on the neighbours.
    """

    def __init__(
        self,
        model: Checkpoint,
        read: Pieces,
        engine: Engine,
        *,
        to: str,
        options: Options = Options(),
    ) -> None:
        self.name = f"{model.name}@{model.revision}"
        self.engine, self.beam = engine, options.beam or model.search.beam
        self._read, self._to = read, to
        self._checks, self._terms = options.checks, options.terms
        self._positions = model.shape.positions
        penalty = model.search.penalty
        self._attempts = Attempts(
            model,
            read,
            engine,
            to=to,
            beam=self.beam,
            penalty=penalty,
            batch_tokens=options.batch_tokens,
        )
        versions = f"guards-{guards.VERSION}.{attempts.VERSION} pieces-{pieces.VERSION}"
        how = f"beam-{self.beam} penalty-{penalty:g}"
        said = (
            self.name,
            to,
            engine.signature,
            how,
            versions,
            *(c.signature for c in self._checks),
        )
        self.signature = " ".join((*said, self._terms.signature) if self._terms else said)

    def translate(self, texts: Sequence[str]) -> list[Draft]:
        """One draft a text, in the order of the texts.

        :raises ModelError: if the engine fails, or one text alone is too much for the memory.
        """
        return [drafts[0] for drafts in self.nbest(texts, 1)]

    def nbest(self, texts: Sequence[str], count: int) -> list[list[Draft]]:
        """Up to ``count`` drafts a text, best first; ``count`` is at most the beam.

        :raises ConfigError: if ``count`` is more than the beam.
        """
        if not 1 <= count <= self.beam:
            what = f"got {count}, expected 1 to {self.beam}, the width of the beam"
            raise ConfigError(f"hypotheses: {what}. Ask for a wider beam.")
        plans = [self._plan(text) for text in texts]
        parts = list(dict.fromkeys(part for plan in plans for part in plan))
        results = dict(zip(parts, self._attempts.results(parts), strict=True))
        if self._terms is not None:
            results = {part: self._terms.mended(part, one) for part, one in results.items()}
        return [
            self._drafts(text, [results[part] for part in plan], count)
            for text, plan in zip(texts, plans, strict=True)
        ]

    def stream(
        self, texts: Iterable[str], *, count: int = 1, window: int = WINDOW
    ) -> Iterator[list[Draft]]:
        """As :meth:`nbest`, ``window`` texts at a time: memory does not grow with the input."""
        for some in batched(texts, window):
            yield from self.nbest(some, count)

    def framed(self, text: str) -> list[str]:
        """What the encoder reads for a text that is not too long: tag, pieces, end."""
        return self._read.framed(self._read.split(self._read.written(text)))

    def _plan(self, text: str) -> list[Part]:
        """The text whole, or in clauses; nothing for white space.

        Half of the positions is the limit: a draft that is longer than its source must fit too.
        """
        limit = self._positions // 2 - self._read.overhead
        written = self._read.written(text)
        whole = clauses.cut(written, lambda part: len(self._read.split(part)) <= limit)
        return [Part(part, tuple(self._read.framed(self._read.split(part)))) for part in whole]

    def _drafts(self, text: str, results: Sequence[Result], count: int) -> list[Draft]:
        if not results:
            return [Draft("", self.name)]
        best = self._draft(text, [result.hypotheses[0] for result in results])
        flags = self._flags(text, best.text, results)
        others = [
            self._draft(text, [result.hypotheses[rank] for result in results])
            for rank in range(1, min([count, *(len(result.hypotheses) for result in results)]))
        ]
        return [replace(best, flags=flags), *others]

    def _draft(self, text: str, found: Sequence[Hypothesis]) -> Draft:
        words = [self._read.text(hypothesis.tokens) for hypothesis in found]
        lengths = [len(hypothesis.tokens) + 1 for hypothesis in found]
        weighted = (one.confidence * n for one, n in zip(found, lengths, strict=True))
        confidence = sum(weighted) / sum(lengths)
        return Draft(" ".join(filter(None, words)), self.name, confidence)

    def _flags(self, text: str, draft: str, results: Sequence[Result]) -> tuple[str, ...]:
        """What the guards say of a draft: "split: 3", "retried: loop", "unknown: ☃", ….."""
        flags = [f"split: {len(results)}"] if len(results) > 1 else []
        flags += dict.fromkeys(flag for result in results for flag in result.flags)
        if _TAG.match(text):
            flags.append("tag escaped")
        written = self._read.written(text)
        if unknown := self._read.unknown(self._read.split(written)):
            flags.append(f"unknown: {unknown}")
        for check in self._checks:
            flags += check.flags(text, draft)
        if missing := guards.missing_numbers(text, draft, to=self._to):
            flags.append(f"numbers: {' '.join(missing)}")
        return tuple(flags)
