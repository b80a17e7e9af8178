"""The one table of languages: codes, scripts, tags."""

from dataclasses import dataclass
from typing import Final

from trilogue.corpora.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Language:
    """A language that Trilogue knows.

    ``tag`` is the target token of multilingual OPUS-MT and of the built-in model, ``alphabet`` the
    Unicode script of its letters as in ``unicodedata.name``, ``full_stops`` what ends a sentence.
    """

    code: str
    name: str
    iso3: str
    alphabet: str
    tag: str
    full_stops: str


LANGUAGES: Final = {
    language.code: language
    for language in (
        Language("en", "English", "eng", "LATIN", ">>eng<<", ".?!…"),
        Language("ru", "Russian", "rus", "CYRILLIC", ">>rus<<", ".?!…"),
        Language("hy", "Armenian", "hye", "ARMENIAN", ">>hye<<", "։:․.…"),
        Language("az", "Azerbaijani", "aze", "LATIN", ">>aze_Latn<<", ".?!…"),
    )
}
TARGETS: Final = ("ru", "hy", "az")


def language(code: str) -> Language:
    """The language of a two-letter code.

    :raises ConfigError: if it is not in the table.
    """
    try:
        return LANGUAGES[code]
    except KeyError:
        known = ", ".join(LANGUAGES)
        raise ConfigError(f"language: got {code!r}, expected one of {known}") from None
