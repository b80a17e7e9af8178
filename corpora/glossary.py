"""What terms are to be called in another language, and whether a translation calls them so.

A term is found in any inflected form of its words, in their order and without a word between; by
what rules, :mod:`trilogue.corpora.inflection` says. Files of terms are read by
:func:`trilogue.corpora.glossaries.read`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from trilogue.corpora.inflection import VERSION, is_form, words

SOURCE: Final = "en"
_KEPT: Final = 1 << 16
"""Words of which it is remembered which terms they begin: bounds the memory of a long stream."""


@dataclass(frozen=True, slots=True)
class Term:
    """An English term and its translations into one language.

    :ivar targets: what it may be called, the preferred one first; empty if only what it must not
        be called is known.
    :ivar forbidden: what it must not be called.
    :ivar note: for the translator.
    """

    source: str
    language: str
    targets: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermCheck:
    """The terms of one source text, by what its translation makes of them.

    :ivar found: called by one of their translations.
    :ivar missing: called by none of them, nor by anything forbidden.
    :ivar forbidden: terms and what they are called that they must not be; such a term is neither
        found nor missing.
    """

    found: tuple[Term, ...] = ()
    missing: tuple[Term, ...] = ()
    forbidden: tuple[tuple[Term, str], ...] = ()


@dataclass(frozen=True)
class Glossary:
    """Terms of any number of languages; see :meth:`of` to make one of terms that may repeat."""

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Glossary":
        """A glossary in which each term of a language stands once, with all its translations."""
        merged: dict[tuple[str, str], Term] = {}
        for term in terms:
            key = (term.source.strip(), term.language)
            merged[key] = _joined(merged[key], term) if key in merged else term
        return cls(tuple(merged.values()))

    def only(self, to: str) -> "Glossary | None":
        """The terms of one language, None if there is none: others change nothing for it."""
        terms = tuple(term for term in self.terms if term.language == to)
        return Glossary(terms) if terms else None

    @cached_property
    def signature(self) -> str:
        """A hash of all terms and the version of the rules: part of the recipe of what is checked.

        Notes are left out: they decide nothing.
        """
        rows = sorted((t.source, t.language, t.targets, t.forbidden) for t in self.terms)
        return f"glossary-{VERSION}-{hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"

    def asked(self, source: str, *, to: str) -> tuple[Term, ...]:
        """The terms with a translation into ``to`` that an English text holds, in its order.

        Inside of a longer term a shorter one does not count; a term in capitals alone, as "US",
        is found as it is written.
        """
        text = words(source, SOURCE)
        spans = sorted(self._spans(source, text, to), key=lambda one: (one[0], -one[1]))
        kept: dict[str, Term] = {}
        reached = 0
        for _, end, term in spans:
            if end > reached:
                kept.setdefault(term.source, term)
                reached = end
        return tuple(kept.values())

    def check(self, source: str, target: str, *, to: str) -> TermCheck:
        """What a translation makes of the terms of its source."""
        asked = self.asked(source, to=to)
        if not asked:
            return TermCheck()
        said = words(target, to)
        wrong = {term.source: _first(term.forbidden, said, to) for term in asked}
        right = {term.source: _first(term.targets, said, to) for term in asked}
        return TermCheck(
            tuple(t for t in asked if right[t.source] and not wrong[t.source]),
            tuple(t for t in asked if t.targets and not right[t.source] and not wrong[t.source]),
            tuple((t, called) for t in asked if (called := wrong[t.source])),
        )

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[tuple[list[str], Term]]]:
        """By language and first two letters: the words of each term, and the term."""
        index: dict[tuple[str, str], list[tuple[list[str], Term]]] = {}
        for term in self.terms:
            if sought := words(term.source, SOURCE):
                index.setdefault((term.language, sought[0][:2]), []).append((sought, term))
        return index

    def _spans(self, source: str, text: list[str], to: str) -> Iterator[tuple[int, int, Term]]:
        for at, word in enumerate(text):
            for sought, term in self._beginning(word, to):
                if _stands_at(sought, text, at, SOURCE) and _is_cased(term.source, source):
                    yield at, at + len(sought), term

    def _beginning(self, word: str, to: str) -> list[tuple[list[str], Term]]:
        """The terms that begin with a form of a word; most words of a text were seen before."""
        found = self._begun.get((to, word))
        if found is None:
            if len(self._begun) >= _KEPT:
                self._begun.clear()
            near = self._index.get((to, word[:2]), ())
            found = [one for one in near if is_form(one[0][0], word, SOURCE)]
            self._begun[to, word] = found
        return found

    @cached_property
    def _begun(self) -> dict[tuple[str, str], list[tuple[list[str], Term]]]:
        return {}


def _joined(one: Term, other: Term) -> Term:
    return Term(
        one.source,
        one.language,
        tuple(dict.fromkeys((*one.targets, *other.targets))),
        tuple(dict.fromkeys((*one.forbidden, *other.forbidden))),
        "; ".join(dict.fromkeys(note for note in (one.note, other.note) if note)),
    )


def _is_cased(term: str, text: str) -> bool:
    return term in text if len(term) > 1 and term.isupper() else True


def _first(called: Sequence[str], text: list[str], language: str) -> str | None:
    """The first of some terms that a text holds."""
    for term in called:
        sought = _words(term, language)
        if any(_stands_at(sought, text, at, language) for at in range(len(text))):
            return term
    return None


@lru_cache(maxsize=1 << 14)
def _words(term: str, language: str) -> tuple[str, ...]:
    return tuple(words(term, language))


def _stands_at(sought: Sequence[str], text: list[str], at: int, language: str) -> bool:
    if not sought or at + len(sought) > len(text):
        return False
    there = text[at : at + len(sought)]
    return all(is_form(one, other, language) for one, other in zip(sought, there, strict=True))


@dataclass(frozen=True)
class TermFlags:
    """A :class:`trilogue.corpora.stages.DraftCheck` by the terms of a glossary."""

    glossary: Glossary
    to: str

    @property
    def signature(self) -> str:
        """That of the glossary."""
        return self.glossary.signature

    def flags(self, source: str, draft: str) -> tuple[str, ...]:
        """As "terms found: border; railway", "terms forbidden: border (рубеж)"."""
        check = self.glossary.check(source, draft, to=self.to)
        kinds = (
            ("found", [term.source for term in check.found]),
            ("missing", [term.source for term in check.missing]),
            ("forbidden", [f"{term.source} ({called})" for term, called in check.forbidden]),
        )
        return tuple(f"terms {kind}: {'; '.join(terms)}" for kind, terms in kinds if terms)
