"""What drafts when a person asks: model, second opinion, glossary, what of the source is lost."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trilogue.corpora.errors import ConfigError
from trilogue.corpora.stages import DraftCheck

if TYPE_CHECKING:
    from trilogue.align.scores import Assessor
    from trilogue.models.marian import MarianTranslator
    from trilogue.models.second import Seconded

NAMES: Final = "name:"


@dataclass(frozen=True)
class LostFlags:
    """A check of drafts: names, months and written-out numbers that the scores do not find.

    Numbers in digits are the guards' own.
    """

    to: str

    @cached_property
    def _assessor(self) -> "Assessor":
        from trilogue.scripts.assessors import load_assessor

        return load_assessor("en", self.to)

    @property
    def signature(self) -> str:
        """That of the scores."""
        return self._assessor.signature

    def flags(self, source: str, draft: str) -> tuple[str, ...]:
        """As "words for numbers: January", "name: "Lachin" not found in the target"."""
        from trilogue.align.scores import Pair
        from trilogue.align.scores.numbers import Firmness, numbers_in, unmatched

        lost, _ = unmatched(numbers_in(source, "en"), numbers_in(draft, self.to))
        words = [one.text for one in lost if one.firmness is Firmness.WORDS]
        (said,) = self._assessor.assess([Pair(source, draft)])
        names = [reason for reason in said.reasons if reason.startswith(NAMES)]
        return (*([f"words for numbers: {', '.join(words)}"] if words else []), *names)


@dataclass(frozen=True, slots=True)
class Wish:
    """How to draft into a language; see :func:`trilogue.scripts.verbs.draft`."""

    to: str
    model: str | None = None
    engine: str = "ctranslate2"
    beam: int | None = None
    count: int = 1
    workers: int | None = None
    second: str | None = None
    glossary: Path | None = None
    glossary_decode: bool = False


def drafter(wish: Wish) -> "MarianTranslator | Seconded":
    """The translator of a wish, loaded.

    :raises ModelError: if a model cannot be had, or is none.
    :raises FormatError: if the glossary is none.
    :raises ConfigError: if an option makes no sense, or an extra is missing.
    """
    from trilogue.corpora import glossaries
    from trilogue.corpora.glossary import TermFlags
    from trilogue.models import marian
    from trilogue.scripts.tools import choose

    checks: list[DraftCheck] = [LostFlags(wish.to)]
    glossary = glossaries.read(wish.glossary) if wish.glossary else None
    if glossary is not None:
        checks.append(TermFlags(glossary, wish.to))
    name = choose(wish.to).model if wish.model is None else wish.model
    first = marian.load(
        name,
        to=wish.to,
        engine=wish.engine,
        beam=_beam(wish, name),
        workers=wish.workers,
        checks=checks,
        glossary=glossary if wish.glossary_decode else None,
    )
    return first if wish.second is None else _seconded(wish, wish.second, first)


def _beam(wish: Wish, name: str) -> int | None:
    """The width of the search, None for the checkpoint's own: never below the drafts asked for."""
    from trilogue.models import registry

    if wish.count == 1:
        return wish.beam
    return max(wish.count, wish.beam or registry.find(name).search.beam)


def _seconded(wish: Wish, name: str, first: "MarianTranslator") -> "Seconded":
    from trilogue.models import marian, registry
    from trilogue.models.second import Seconded

    back = registry.find(name).is_reverse_of(wish.to)
    second = marian.load(
        name,
        to="en" if back else wish.to,
        engine=wish.engine,
        beam=wish.beam,
        workers=wish.workers,
    )
    if second.name == first.name:
        what = f"{second.name} drafts already, and would agree with itself"
        raise ConfigError(f"second: {what}. Name another model.")
    return Seconded(first, second, wish.to, back)
