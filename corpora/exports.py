"""``trilogue export``: the chosen units of a corpus, in the format of their next user's tool."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from trilogue.corpora.aligned import aligned
from trilogue.corpora.choice import Choice, languages, records
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.formats.jsonl import write_jsonl
from trilogue.corpora.formats.ladder import write_ladders
from trilogue.corpora.formats.moses import write_moses
from trilogue.corpora.formats.parquet import write_parquet
from trilogue.corpora.formats.records import Record
from trilogue.corpora.formats.tables import write_csv
from trilogue.corpora.formats.tmx import write_tmx
from trilogue.corpora.formats.xliff import write_xliff
from trilogue.corpora.formats.xliff2 import write_xliff2
from trilogue.corpora.formats.xlsx import write_xlsx
from trilogue.corpora.multiway import pivoted

Pair = tuple[str, str]

FORMATS: Final[dict[str, Callable[[Path, Iterable[Record], list[Pair]], int]]] = {
    "tmx": lambda path, units, pairs: write_tmx(path, units, source_lang=pairs[0][0]),
    "xliff": lambda path, units, pairs: write_xliff(path, units),
    "xliff2": lambda path, units, pairs: write_xliff2(path, units),
    "csv": lambda path, units, pairs: write_csv(path, units),
    "xlsx": lambda path, units, pairs: write_xlsx(path, units),
    "jsonl": lambda path, units, pairs: write_jsonl(path, units),
    "moses": lambda path, units, pairs: write_moses(path, units, pairs=pairs),
    "parquet": lambda path, units, pairs: write_parquet(path, units),
}
"""Name on the command line → writer."""
LADDER: Final = "ladder"
"""The one format that is not made of units, but of the segments of both sides."""
_OF_A_PAIR: Final = ("tmx", "xliff")
"""Formats that may hold several target languages, but whose readers often know one."""
ALL: Final = Choice()
log: Final = logging.getLogger(__name__)


def export(
    corpus: Corpus, name: str, out: Path, *, choice: Choice = ALL, pivot: Pair | None = None
) -> int:
    """Write the chosen units to a file, in the order of the text; how many.

    :param name: a key of :data:`FORMATS`, or :data:`LADDER`.
    :param out: replaced when all is written; for Moses and ladders, what the names of the files
        begin with.
    :param pivot: two target languages to pair through the English, instead of pairs with English.
    :raises ConfigError: if there is no such format, the corpus does not have the languages, or the
        format holds one only.
    :raises FormatError: if the corpus is not finished, or the format cannot hold a unit.
    """
    if name == LADDER:
        return _ladders(corpus, out, choice, pivot)
    if name not in FORMATS:
        raise ConfigError(f"export: format {name!r}, expected {', '.join((*FORMATS, LADDER))}")
    if pivot is not None:
        return FORMATS[name](out, _pivoted(corpus, choice, pivot), [pivot])
    wanted = languages(corpus, choice.languages)
    if name == "xliff2" and len(wanted) > 1:
        what = f"XLIFF 2 holds one language, the corpus has {', '.join(wanted)}"
        raise ConfigError(f"{corpus.root}: {what}; name one with --lang, or export as xliff")
    if name in _OF_A_PAIR and len(wanted) > 1:
        what = "CAT tools know one: OmegaT takes another's where a unit has none in the project's"
        log.warning("%s: holds %s. %s. --lang writes one.", out, ", ".join(wanted), what)
    return FORMATS[name](out, records(corpus, choice), [("en", lang) for lang in wanted])


def _ladders(corpus: Corpus, out: Path, choice: Choice, pivot: Pair | None) -> int:
    """A ladder without some of its beads is none, so that nothing but origins may be chosen."""
    if pivot is not None or choice.verdicts or choice.min_faithful is not None:
        expected = "expected no --only, --min-faithful or --pivot: a ladder has all its beads"
        raise ConfigError(f"export: {expected}; export as moses to choose units")
    return sum(
        write_ladders(out, aligned(corpus, lang, choice.origins), ("en", lang))
        for lang in languages(corpus, choice.languages)
    )


def _pivoted(corpus: Corpus, choice: Choice, pivot: Pair) -> Iterable[Record]:
    if choice.languages:
        raise ConfigError("export: got --lang and --pivot, expected one of them")
    languages(corpus, pivot)
    return pivoted(corpus, choice, *pivot)
