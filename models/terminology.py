"""Drafts made to use the terms of a glossary.

CTranslate2 cannot be told to use a term somewhere, but it can be told how an output begins. So a
draft that lacks a term is begun anew: up to each of its words in turn, then the term, and the model
goes on from there, or from the next word of the draft; with the term's last piece left away it may
inflect it. Of the drafts that then
hold the term the likeliest is kept, as the model itself scores it, unforced.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.corpora.glossary import Glossary, Term
from trilogue.models import guards
from trilogue.models.attempts import Part, Result
from trilogue.models.decoding import Hypothesis
from trilogue.models.marian_ctranslate2 import CTranslate2Engine
from trilogue.models.pieces import Pieces

VERSION: Final = 1
"""Raised when the same draft and glossary give another draft."""
PLACES: Final = 16
"""Words of a draft that a term is tried before."""


@dataclass(frozen=True)
class Terminology:
    """Mends the drafts of one translator by a glossary."""

    glossary: Glossary
    to: str
    engine: CTranslate2Engine
    read: Pieces

    @property
    def signature(self) -> str:
        """What decides the drafts."""
        return f"terms-{VERSION}-{self.glossary.signature}"

    def mended(self, part: Part, result: Result) -> Result:
        """The result with a draft that uses the terms, where the model can be brought to it.

        What was done is a flag; what could not be done is for the check of the glossary to say.
        """
        best, *others = result.hypotheses
        done: list[str] = []
        for term in self._wanting(part, best):
            if (better := self._with(part, best, term)) is not None:
                best, done = better, [*done, term.source]
        if not done:
            return result
        flags = (*result.flags, f"terms enforced: {'; '.join(done)}")
        return Result((best, *others), flags)

    def _wanting(self, part: Part, draft: Hypothesis) -> list[Term]:
        check = self.glossary.check(part.text, self.read.text(draft.tokens), to=self.to)
        return [*check.missing, *(term for term, _ in check.forbidden)]

    def _with(self, part: Part, draft: Hypothesis, term: Term) -> Hypothesis | None:
        """The likeliest draft in which a term is right and no other one is worse than before."""
        starts = list(dict.fromkeys(self._starts(draft.tokens, term)))
        shunned = [self.read.said(form) for one in term.forbidden for form in (one, _opening(one))]
        longest = 2 * len(draft.tokens) + 20
        found = self.engine.begun(part.framed, starts, shunned=shunned, longest=longest)
        wanting = {other.source for other in self._wanting(part, draft)} - {term.source}
        right = [
            tokens
            for tokens in dict.fromkeys(found)
            if {other.source for other in self._wanting(part, Hypothesis(tokens, 0.0))} <= wanting
        ]
        if not right:
            return None
        scored = zip(right, self.engine.scored(part.framed, right), strict=True)
        drafts = [Hypothesis(tokens, confidence) for tokens, confidence in scored]
        return min(drafts, key=lambda one: (*self._badness(part, one), -one.confidence))

    def _badness(self, part: Part, draft: Hypothesis) -> tuple[int, int]:
        """Faults, and numbers that are lost."""
        text = self.read.text(draft.tokens)
        faults = guards.faults(part.text, text, to=self.to)
        return len(faults), len(guards.missing_numbers(part.text, text, to=self.to))

    def _starts(self, tokens: Sequence[str], term: Term) -> Iterator[tuple[str, ...]]:
        """How the draft may begin with the term in it: before each word, and in its place."""
        if not term.targets:
            yield ()
            return
        places = [at for at, token in enumerate(tokens) if token.startswith("▁")] or [0]
        after = dict(zip(places, [*places[1:], len(tokens)], strict=True))
        for at in places[:: -(-len(places) // PLACES)]:
            for target in term.targets:
                pieces = self.read.said(target if at else _opening(target))
                start = (*tokens[:at], *pieces)
                yield start
                # The word that follows says that the term is whole.
                yield from ((*start, *tokens[next_ : next_ + 1]) for next_ in (at, after[at]))
                if len(pieces) > 1 and not pieces[-1].startswith("▁"):
                    yield (*tokens[:at], *pieces[:-1])


def _opening(term: str) -> str:
    """A term as it stands at the beginning of a sentence."""
    return term[:1].upper() + term[1:]
