"""Which segmenter: ours for a language, or a user's own by the name of its factory."""

from collections.abc import Iterable

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.factories import made_by
from trilogue.corpora.languages import language
from trilogue.corpora.segmenters import azerbaijani, english, russian
from trilogue.corpora.segmenters.armenian import ArmenianSegmenter
from trilogue.corpora.segmenters.rules import RuleSegmenter
from trilogue.corpora.stages import Segmenter

_TABLES = {"en": english.TABLES, "ru": russian.TABLES, "az": azerbaijani.TABLES}


def segmenter(code: str) -> Segmenter:
    """Our segmenter of a language.

    :param code: "en", "ru", "hy" or "az".
    :raises ConfigError: if the language is not in our table.
    """
    if language(code).code == "hy":
        return ArmenianSegmenter()
    return RuleSegmenter(code, _TABLES[code])


def load_segmenter(name: str) -> Segmenter:
    """A user's own segmenter.

    :param name: ``module:factory``; the factory takes no arguments and returns a segmenter.
    :raises ConfigError: if there is no such module or factory, or it makes something else.
    """
    made = made_by(name, kind="segmenter")
    if not isinstance(getattr(made, "signature", None), str) or not hasattr(made, "spans"):
        kind = type(made).__name__
        raise ConfigError(
            f"segmenter {name}: got a {kind}, expected an object with `signature` and `spans`"
        )
    segmenter: Segmenter = made
    return segmenter


def spans_of(paragraph: str, pieces: Iterable[str]) -> list[tuple[int, int]]:
    """Where the pieces stand that some library cut a paragraph into: what ``spans`` answers.

    :param pieces: in the order of the text; white space around them does not matter.
    :raises FormatError: if a piece is not in the rest of the paragraph.
    """
    spans: list[tuple[int, int]] = []
    for piece in filter(None, map(str.strip, pieces)):
        reached = spans[-1][1] if spans else 0
        start = paragraph.find(piece, reached)
        if start < 0:
            got = f"got a piece {piece[:40]!r} that is not in the rest of the paragraph"
            raise FormatError(f"segmenter: {got}, expected the text unchanged")
        spans.append((start, start + len(piece)))
    return spans
