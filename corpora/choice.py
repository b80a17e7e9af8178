"""Which units of a corpus leave it, in the order of the text, each with its document's terms."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from trilogue.corpora.batches import taker
from trilogue.corpora.corpus import Corpus, ScoredUnit
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.formats.records import Record, joint, terms_of
from trilogue.corpora.types import Document, Origin, Verdict


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted; an empty tuple or None asks for all.

    :ivar languages: target languages, exported one after another.
    :ivar min_faithful: units without the score, and below it, stay behind.
    """

    languages: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    origins: tuple[Origin, ...] = ()
    min_faithful: float | None = None

    def takes(self, scored: ScoredUnit) -> bool:
        """Whether a unit is wanted, its language aside."""
        found = scored.assessment
        if self.verdicts and found.verdict not in self.verdicts:
            return False
        if self.origins and scored.unit.origin not in self.origins:
            return False
        if self.min_faithful is None:
            return True
        return found.faithful is not None and found.faithful >= self.min_faithful


def languages(corpus: Corpus, wanted: Sequence[str]) -> tuple[str, ...]:
    """The target languages that are wanted, all of the corpus if none is named.

    :raises ConfigError: if the corpus has no units in one of them, or none at all.
    """
    have = corpus.languages()
    if not have:
        raise ConfigError(f"{corpus.root}: no units yet; run 'trilogue build' to its end")
    for lang in wanted:
        if lang not in have:
            raise ConfigError(
                f"{corpus.root}: no units in {lang!r}, expected one of {', '.join(have)}"
            )
    return tuple(dict.fromkeys(wanted)) or tuple(have)


def records(corpus: Corpus, choice: Choice) -> Iterator[Record]:
    """The chosen units, streamed.

    :raises ConfigError: if the corpus has no units in a language that is asked for.
    :raises FormatError: if the corpus is not finished or damaged.
    """
    for lang in languages(corpus, choice.languages):
        chosen = (scored for scored in corpus.scored(lang) if choice.takes(scored))
        yield from _with_terms(chosen, corpus.documents(), taker(corpus.references(lang)))


def _with_terms(
    units: Iterable[ScoredUnit],
    documents: Iterator[Document],
    official: Callable[[str], Sequence[Document]],
) -> Iterator[Record]:
    """All come in the order of the shards, so that one document at a time is enough."""
    document: Document | None = None
    versions: Sequence[Document] = ()
    for scored in units:
        unit = scored.unit
        while document is None or document.id != unit.document_id:
            document = next(documents, None)
            if document is None:
                what = f"its document {unit.document_id} is not in the corpus, or out of order"
                raise FormatError(f"unit {unit.id}: {what}; run 'trilogue build' again")
            versions = official(document.id)
        terms = terms_of(document, unit.turn)
        drafted = unit.origin is Origin.MACHINE
        yield Record(unit, scored.assessment, terms if drafted else joint(terms, versions))
