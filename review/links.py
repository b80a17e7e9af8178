"""Which words of source and draft translate each other, and which have no partner."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from trilogue.align.lexicon import Lexicon
from trilogue.align.stems import stem, words
from trilogue.align.words import word_links

Span = tuple[int, int]
Lexicons = Callable[[str, str], Lexicon | None]
"""Source and target language → the lexicon from one to the other, if there is one."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_USUAL: Final = 0.002
"""Share of a text from which on a word (articles, "is", "and") tells nothing by standing alone."""


def no_lexicon(source_lang: str, target_lang: str) -> None:
    """For a page without word links."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text.

    :ivar links: word → numbers of its links; the same number stands on the other side.
    :ivar alone: words that should have a partner and have none.
    """

    links: Mapping[Span, tuple[int, ...]] = field(default_factory=dict)
    alone: tuple[Span, ...] = ()


def linked(source: str, target: str, lexicon: Lexicon | None) -> tuple[Words, Words]:
    """The words of both texts; nothing is known of them without a lexicon."""
    if lexicon is None:
        return Words(), Words()
    here: dict[Span, tuple[int, ...]] = {}
    there: dict[Span, tuple[int, ...]] = {}
    for number, link in enumerate(word_links(source, target, lexicon), start=1):
        here[link.source] = (*here.get(link.source, ()), number)
        there[link.target] = (*there.get(link.target, ()), number)
    return (
        Words(here, _alone(source, here, lexicon, target=False)),
        Words(there, _alone(target, there, lexicon, target=True)),
    )


def _alone(
    text: str, links: Mapping[Span, object], lexicon: Lexicon, *, target: bool
) -> tuple[Span, ...]:
    lang = lexicon.target_lang if target else lexicon.source_lang
    taken = {at for start, end in links for at in range(start, end)}
    found = [match.span() for match in _WORD.finditer(text) if match.start() not in taken]
    return tuple(
        (start, end)
        for start, end in found
        if all(
            lexicon.frequency(stem(word), target=target) < _USUAL
            for word in words(text[start:end], lang)
        )
    )
