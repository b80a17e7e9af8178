"""What a language's rules look words up in: abbreviations by what may follow them, and openers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class After(Enum):
    """What a full stop after an abbreviation can be followed by, and still end a sentence."""

    NEVER = "nothing: a title, 'e.g.': what follows belongs to it"
    NUMBER = "anything but a number: 'vol. 2', 'No. 10'; 'no.' and 'art.' are words as well"
    OPENER = "a word that opens sentences: 'the U.S. They' against 'the U.S. Senate'"
    CAPITAL = "a capital: 'at 2 p.m. Nobody', 'and so on'"
    COUNTED = "a capital, if a number stands before: 'в 2020 г. Мы' against 'г. Москва'"


@dataclass(frozen=True, slots=True)
class Tables:
    """One language's words, lower case, without the last full stop.

    :ivar abbreviations: an inner full stop is kept and followed by no space ("p.m", "т.е"), two
        words are joined by "_" ("et_al"); a key with a capital ("Mass") is looked up as it is.
    :ivar openers: words that, capitalised, open a sentence far more often than they are a name.
    :ivar inward: what follows a stop without ending the sentence ("p.m. Eastern", "p.m. Monday").
    :ivar saying: verbs that follow direct speech ("Stop!" John cried).
    :ivar exclaimed: interjections whose "!" goes on in the same sentence ("Oh! no").
    :ivar faltering: words that no sentence ends with: an ellipsis after them is a pause.
    :ivar leading: words that begin a phrase of time in front of the subject ("At 10 a.m. Putin").
    :ivar lax: whether sentences often open with a small letter, as on the English web.
    :ivar interrupted: whether a dash before a capital is where a speaker broke off.
    :ivar pronouns: words that end a sentence although they look like an initial ("It was I.").
    :ivar heads: what a number in front of a text may count: "Article 5. Language".
    """

    abbreviations: Mapping[str, After]
    openers: frozenset[str]
    inward: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    exclaimed: frozenset[str] = frozenset()
    faltering: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    lax: bool = False
    interrupted: bool = False
    pronouns: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()


def words(text: str) -> frozenset[str]:
    """The words of a table written as running text."""
    return frozenset(text.split())


def abbreviations(**lists: str) -> dict[str, After]:
    """Abbreviations by kind; each keyword is the name of a kind in lower case."""
    return {word: After[kind.upper()] for kind, text in lists.items() for word in text.split()}
