"""Terms: does the target call the source's terms what the glossary calls them?

Signals ``terms_missing``, terms of the source that the target calls by none of their translations,
and ``terms_forbidden``, those that it calls what they must not be called: counts, low is good; None
without a glossary. A term counts in any inflected form, see :mod:`trilogue.corpora.glossary`.
"""

from collections.abc import Iterator
from typing import Final

from trilogue.corpora.glossary import Term, TermCheck

MISSING: Final = 1.5
"""Log-likelihood ratio of a term that is called otherwise: a pronoun or a synonym may be right."""
FORBIDDEN: Final = 4.0
"""That of a term that is called what it must not be."""
_MOST: Final = 3


def told(check: TermCheck) -> str:
    """Of terms in words: "settlement" should be "урегулирование"; empty if all is well."""
    found = list(_told(check))
    more = [f"and {len(found) - _MOST} more"] if len(found) > _MOST else []
    return "; ".join(found[:_MOST] + more)


def _told(check: TermCheck) -> Iterator[str]:
    for term, called in check.forbidden:
        way = f", should be {_called(term)}" if term.targets else ""
        yield f'"{term.source}" must not be "{called}"{way}'
    for term in check.missing:
        yield f'"{term.source}" should be {_called(term)}'


def _called(term: Term) -> str:
    return " or ".join(f'"{target}"' for target in term.targets)
