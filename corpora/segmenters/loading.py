"""Which segmenter: ours for a language, or a user's own by the name of its factory."""

import importlib

from trilogue.corpora.errors import ConfigError
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
    module, _, factory = name.partition(":")
    if not module or not factory:
        raise ConfigError(f"segmenter: got {name!r}, expected module:factory")
    try:
        made = getattr(importlib.import_module(module), factory)()
    except (ImportError, AttributeError, TypeError) as error:
        raise ConfigError(
            f"segmenter {name}: {error}; expected an importable module and in it a factory "
            "without arguments. Is it on PYTHONPATH?"
        ) from error
    if not isinstance(getattr(made, "signature", None), str) or not hasattr(made, "spans"):
        kind = type(made).__name__
        raise ConfigError(
            f"segmenter {name}: got a {kind}, expected an object with `signature` and `spans`"
        )
    segmenter: Segmenter = made
    return segmenter
