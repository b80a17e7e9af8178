"""A second opinion on each draft: two models seldom make the same mistake."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from trilogue.corpora.batches import batched
from trilogue.corpora.types import Draft, Opinion
from trilogue.models.marian import WINDOW, MarianTranslator

VERSION: Final = 1
"""Raised when the same models give other opinions."""


@dataclass(frozen=True)
class Seconded:
    """A translator whose drafts carry what a second model says.

    :ivar second: drafts the same source, or, if ``back``, translates the first one's drafts into
        English.
    :ivar to: the target language.
    """

    first: MarianTranslator
    second: MarianTranslator
    to: str
    back: bool = False

    @property
    def signature(self) -> str:
        """Both models'."""
        how = "back" if self.back else "second"
        return f"{self.first.signature} {how}-{VERSION} {self.second.signature}"

    def translate(self, texts: Sequence[str]) -> list[Draft]:
        """One draft a text, in the order of the texts; an empty one has no second opinion."""
        return [drafts[0] for drafts in self.nbest(texts, 1)]

    def nbest(self, texts: Sequence[str], count: int) -> list[list[Draft]]:
        """Up to ``count`` drafts a text, best first; the best carries the opinion."""
        found = self.first.nbest(texts, count)
        asked = [drafts[0].text for drafts in found] if self.back else texts
        language = "en" if self.back else self.to
        opinions = self.second.translate(asked)
        return [
            [replace(best, second=Opinion(other.text, other.model, language)), *others]
            if best.text
            else [best, *others]
            for (best, *others), other in zip(found, opinions, strict=True)
        ]

    def stream(
        self, texts: Iterable[str], *, count: int = 1, window: int = WINDOW
    ) -> Iterator[list[Draft]]:
        """As :meth:`nbest`, ``window`` texts at a time: memory does not grow with the input."""
        for some in batched(texts, window):
            yield from self.nbest(some, count)
