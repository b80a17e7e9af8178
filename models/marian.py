"""Drafts by a Marian model: loaded, guarded, in the order of the texts."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.corpora.types import Draft
from trilogue.models import clauses, guards, pieces, registry
from trilogue.models.checkpoint import Checkpoint
from trilogue.models.decoding import Decoding, Engine, Hypothesis, grouped
from trilogue.models.guards import Fault
from trilogue.models.marian_ctranslate2 import CTranslate2Engine
from trilogue.models.marian_transformers import TransformersEngine
from trilogue.models.pieces import Pieces

log = logging.getLogger(__name__)

ENGINES: Final = ("ctranslate2", "transformers")
BEAM: Final = 4
BATCH_TOKENS: Final = 1024
_TAG: Final = re.compile(r"\s*>>.*?<<")
WINDOW: Final = 1024
"""Lines that are drafted together when a stream is: they bound the memory."""


def load(
    model: str | Path,
    *,
    to: str,
    engine: str = "ctranslate2",
    beam: int = BEAM,
    quantisation: str | None = None,
    workers: int | None = None,
    threads: int = 1,
    batch_tokens: int = BATCH_TOKENS,
) -> "MarianTranslator":
    """A translator into one language.

    :param model: ``builtin``, a folder, or a model of the hub with or without ``@revision``.
    :param engine: ``ctranslate2``, or ``transformers`` as the reference and on a GPU.
    :param quantisation: number type of CTranslate2, by default 8-bit weights.
    :param workers: batches decoded at a time, ``threads`` each; by default all cores are used.
    :raises ModelError: if the model cannot be had, is no Marian model, or lacks the language.
    :raises ConfigError: if an option makes no sense or an extra is missing.
    """
    if engine not in ENGINES:
        raise ConfigError(f"engine: got {engine!r}, expected one of {', '.join(ENGINES)}.")
    if beam < 1 or batch_tokens < 1:
        raise ConfigError(f"beam and batch: got {beam} and {batch_tokens}, expected 1 or more.")
    found = registry.find(model)
    read = Pieces(found, to=to)
    decoder: Engine
    if engine == "transformers":
        if quantisation is not None:
            what = "only CTranslate2 quantises"
            raise ConfigError(f"quantisation: got {quantisation!r} with {engine}; {what}.")
        decoder = TransformersEngine(found, threads=threads if workers is None else workers)
    else:
        decoder = CTranslate2Engine(
            found, quantisation=quantisation, workers=workers, threads=threads
        )
    return MarianTranslator(found, read, decoder, to=to, beam=beam, batch_tokens=batch_tokens)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is decoded at once: a text, or a clause of one that is too long."""

    text: str
    framed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Result:
    """The hypotheses of a part, best first, and what the guards saw and did."""

    hypotheses: tuple[Hypothesis, ...]
    flags: tuple[str, ...]


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
        beam: int = BEAM,
        batch_tokens: int = BATCH_TOKENS,
    ) -> None:
        self.name = f"{model.name}@{model.revision}"
        self.engine = engine
        self._read, self._to, self._beam = read, to, beam
        self._tokens = batch_tokens
        self._positions = model.shape.positions
        versions = f"guards-{guards.VERSION} pieces-{pieces.VERSION}"
        self.signature = f"{self.name} {to} {engine.signature} beam-{beam} {versions}"

    def translate(self, texts: Sequence[str]) -> list[Draft]:
        """One draft a text, in the order of the texts.

        :raises ModelError: if the engine fails, or one text alone is too much for the memory.
        """
        return [drafts[0] for drafts in self.nbest(texts, 1)]

    def nbest(self, texts: Sequence[str], count: int) -> list[list[Draft]]:
        """Up to ``count`` drafts a text, best first; ``count`` is at most the beam.

        :raises ConfigError: if ``count`` is more than the beam.
        """
        if not 1 <= count <= self._beam:
            what = f"got {count}, expected 1 to {self._beam}, the width of the beam"
            raise ConfigError(f"hypotheses: {what}. Ask for a wider beam.")
        plans = [self._plan(text) for text in texts]
        parts = list(dict.fromkeys(part for plan in plans for part in plan))
        results = dict(zip(parts, self._decode(parts, count), strict=True))
        return [
            self._drafts(text, [results[part] for part in plan], count)
            for text, plan in zip(texts, plans, strict=True)
        ]

    def stream(
        self, texts: Iterable[str], *, count: int = 1, window: int = WINDOW
    ) -> Iterator[list[Draft]]:
        """As :meth:`nbest`, ``window`` texts at a time: memory does not grow with the input."""
        ahead = iter(texts)
        while some := list(islice(ahead, window)):
            yield from self.nbest(some, count)

    def framed(self, text: str) -> list[str]:
        """What the encoder reads for a text that is not too long: tag, pieces, end."""
        return self._read.framed(self._read.split(self._read.written(text)))

    def _plan(self, text: str) -> list[_Part]:
        """The text whole, or in clauses; nothing for white space.

        Half of the positions is the limit: a draft that is longer than its source must fit too.
        """
        limit = self._positions // 2 - self._read.overhead
        written = self._read.written(text)
        whole = clauses.cut(written, lambda part: len(self._read.split(part)) <= limit)
        return [_Part(part, tuple(self._read.framed(self._read.split(part)))) for part in whole]

    def _decode(self, parts: Sequence[_Part], count: int) -> list[_Result]:
        first = self._run(parts, lambda part: self._decoding(part, count))
        seen = [self._faults(part, found) for part, found in zip(parts, first, strict=True)]
        faulty = [at for at, faults in enumerate(seen) if faults]
        again = self._run([parts[at] for at in faulty], lambda part: self._otherwise(part, count))
        results = [_Result(tuple(found), ()) for found in first]
        for at, found in zip(faulty, again, strict=True):
            left = self._faults(parts[at], found)
            if len(left) < len(seen[at]):
                flags = (f"retried: {', '.join(seen[at])}", *map(str, left))
                results[at] = _Result(tuple(found), flags)
            else:
                results[at] = _Result(tuple(first[at]), tuple(map(str, seen[at])))
        return results

    def _decoding(self, part: _Part, count: int) -> Decoding:
        # Generous for a translation, mean to a loop: it ends long before the model's limit.
        longest = min(self._positions - 1, 3 * len(part.framed) + 20)
        return Decoding(self._beam, longest, hypotheses=count)

    def _otherwise(self, part: _Part, count: int) -> Decoding:
        """The second try: nothing said twice, and not much shorter than the source."""
        how = self._decoding(part, count)
        return replace(how, shortest=len(part.framed) // 2, penalty=1.2, no_repeat=3)

    def _faults(self, part: _Part, found: Sequence[Hypothesis]) -> tuple[Fault, ...]:
        faults = guards.faults(part.text, self._read.text(found[0].tokens), to=self._to)
        if len(found[0].tokens) >= self._decoding(part, 1).longest:
            return (Fault.CUT_OFF, *faults)
        return faults

    def _run(
        self, parts: Sequence[_Part], how: Callable[[_Part], Decoding]
    ) -> list[list[Hypothesis]]:
        """Decode in batches of like length; a batch that is too large for the memory is halved."""
        groups = grouped([len(part.framed) for part in parts], tokens=self._tokens)
        batches = [[parts[at].framed for at in group] for group in groups]
        # The longest source comes first: its bounds are the batch's.
        decodings = [how(parts[group[0]]) for group in groups]
        try:
            decoded = self.engine.decode(batches, decodings)
        except MemoryError as error:
            if len(parts) == 1 and self._tokens <= len(parts[0].framed):
                what = f"a text of {len(parts[0].framed)} tokens needs more memory than there is"
                raise ModelError(f"{self.name}: {what}. Take a narrower beam.") from error
            self._tokens //= 2
            log.warning("out of memory: going on with batches of %d tokens", self._tokens)
            return self._run(parts, how)
        results: list[list[Hypothesis]] = [[] for _ in parts]
        for group, found in zip(groups, decoded, strict=True):
            for at, hypotheses in zip(group, found, strict=True):
                results[at] = hypotheses
        return results

    def _drafts(self, text: str, results: Sequence[_Result], count: int) -> list[Draft]:
        if not results:
            return [Draft("", self.name)]
        best = self._draft(text, [result.hypotheses[0] for result in results])
        flags = self._flags(text, best.text, results)
        others = [
            self._draft(text, [result.hypotheses[rank] for result in results])
            for rank in range(1, min(count, *(len(result.hypotheses) for result in results)))
        ]
        return [replace(best, flags=flags), *others]

    def _draft(self, text: str, found: Sequence[Hypothesis]) -> Draft:
        words = [self._read.text(hypothesis.tokens) for hypothesis in found]
        lengths = [len(hypothesis.tokens) + 1 for hypothesis in found]
        weighted = (one.confidence * n for one, n in zip(found, lengths, strict=True))
        confidence = sum(weighted) / sum(lengths)
        return Draft(" ".join(filter(None, words)), self.name, confidence)

    def _flags(self, text: str, draft: str, results: Sequence[_Result]) -> tuple[str, ...]:
        """What the guards say of a draft: "split: 3", "retried: loop", "unknown: ☃", ….."""
        flags = [f"split: {len(results)}"] if len(results) > 1 else []
        flags += dict.fromkeys(flag for result in results for flag in result.flags)
        if _TAG.match(text):
            flags.append("tag escaped")
        written = self._read.written(text)
        if unknown := self._read.unknown(self._read.split(written)):
            flags.append(f"unknown: {unknown}")
        if missing := guards.missing_numbers(text, draft, to=self._to):
            flags.append(f"numbers: {' '.join(missing)}")
        return tuple(flags)
