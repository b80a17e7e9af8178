"""Decoding with second thoughts: what the guards see leads to another hypothesis or another try."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from trilogue.corpora.errors import ModelError
from trilogue.models import guards
from trilogue.models.checkpoint import Checkpoint
from trilogue.models.decoding import Decoding, Engine, Hypothesis, grouped
from trilogue.models.guards import Fault
from trilogue.models.pieces import Pieces

log: Final = logging.getLogger(__name__)

VERSION: Final = 2
"""Raised when the same hypotheses lead to another draft."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is decoded at once: a text, or a clause of one that is too long."""

    text: str
    framed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The hypotheses of a part, the one that was chosen first, and what the guards saw and did."""

    hypotheses: tuple[Hypothesis, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """A hypothesis and what is wrong with it."""

    hypothesis: Hypothesis
    faults: tuple[Fault, ...]
    numbers: tuple[str, ...]

    @property
    def badness(self) -> tuple[int, int]:
        return len(self.faults), len(self.numbers)


class Attempts:
    """Decodes parts on an engine, in batches of like length."""

    def __init__(
        self,
        model: Checkpoint,
        read: Pieces,
        engine: Engine,
        *,
        to: str,
        beam: int,
        penalty: float,
        batch_tokens: int,
    ) -> None:
        self._name, self._positions = f"{model.name}@{model.revision}", model.shape.positions
        self._read, self._engine, self._to = read, engine, to
        self._beam, self._penalty, self._tokens = beam, penalty, batch_tokens

    def results(self, parts: Sequence[Part]) -> list[Result]:
        """One result a part. The best hypothesis stays the draft if nothing is wrong with it.

        Else the first of the beam with the least wrong is taken; if a fault is left, the part is
        decoded once more in another way, and the better of the two tries is kept. All is flagged.
        """
        first = self._run(parts, self._decoding)
        results = [self._chosen(part, found) for part, found in zip(parts, first, strict=True)]
        faulty = [at for at, (_, judged) in enumerate(results) if judged.faults]
        again = self._run([parts[at] for at in faulty], self._otherwise)
        for at, found in zip(faulty, again, strict=True):
            other, better = self._chosen(parts[at], found)
            was = results[at][1]
            if len(better.faults) < len(was.faults):
                flags = (f"retried: {', '.join(was.faults)}", *map(str, better.faults))
                results[at] = replace(other, flags=flags), better
            else:
                result = results[at][0]
                results[at] = replace(result, flags=(*result.flags, *map(str, was.faults))), was
        return [result for result, _ in results]

    def _chosen(self, part: Part, found: Sequence[Hypothesis]) -> tuple[Result, _Judged]:
        """The hypotheses with the one that has the least wrong first, and what is wrong with it."""
        top = self._judged(part, found[0])
        if top.badness == (0, 0):
            return Result(tuple(found)), top
        judged = [top, *(self._judged(part, one) for one in found[1:])]
        best = min(judged, key=lambda one: one.badness)  # the first of equals: the likeliest
        if best is top:
            return Result(tuple(found)), top
        others = (one.hypothesis for one in judged if one is not best)
        why = ", ".join([*map(str, top.faults), *(["numbers"] if top.numbers else [])])
        return Result((best.hypothesis, *others), (f"another of the beam: {why}",)), best

    def _judged(self, part: Part, found: Hypothesis) -> _Judged:
        draft = self._read.text(found.tokens)
        faults = guards.faults(part.text, draft, to=self._to)
        if len(found.tokens) >= self._decoding(part).longest:
            faults = (Fault.CUT_OFF, *faults)
        return _Judged(found, faults, guards.missing_numbers(part.text, draft, to=self._to))

    def _decoding(self, part: Part) -> Decoding:
        # Generous for a translation, mean to a loop: it ends long before the model's limit.
        longest = min(self._positions - 1, 3 * len(part.framed) + 20)
        return Decoding(self._beam, longest, penalty=self._penalty, hypotheses=self._beam)

    def _otherwise(self, part: Part) -> Decoding:
        """The second try: nothing said twice, and not much shorter than the source."""
        penalty = self._penalty + 0.2
        shortest = len(part.framed) // 2
        return replace(self._decoding(part), shortest=shortest, penalty=penalty, no_repeat=3)

    def _run(
        self, parts: Sequence[Part], how: Callable[[Part], Decoding]
    ) -> list[list[Hypothesis]]:
        """Decode in batches of like length; a batch that is too large for the memory is halved."""
        groups = grouped([len(part.framed) for part in parts], tokens=self._tokens)
        batches = [[parts[at].framed for at in group] for group in groups]
        # The longest source comes first: its bounds are the batch's.
        decodings = [how(parts[group[0]]) for group in groups]
        try:
            decoded = self._engine.decode(batches, decodings)
        except MemoryError as error:
            if len(parts) == 1 and self._tokens <= len(parts[0].framed):
                what = f"a text of {len(parts[0].framed)} tokens needs more memory than there is"
                raise ModelError(f"{self._name}: {what}. Take a narrower beam.") from error
            self._tokens //= 2
            log.warning("out of memory: going on with batches of %d tokens", self._tokens)
            return self._run(parts, how)
        results: list[list[Hypothesis]] = [[] for _ in parts]
        for group, found in zip(groups, decoded, strict=True):
            for at, hypotheses in zip(group, found, strict=True):
                results[at] = hypotheses
        return results
