"""Units out of other tools' files: which reader a file takes, and what it is turned into."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import ConfigError
from trilogue.corpora.exports import FORMATS, Pair
from trilogue.corpora.formats.jsonl import read_jsonl
from trilogue.corpora.formats.ladder import ladder_paths, read_ladders
from trilogue.corpora.formats.markup import OnLeftOut
from trilogue.corpora.formats.moses import moses_paths, read_moses
from trilogue.corpora.formats.parquet import read_parquet
from trilogue.corpora.formats.records import Record
from trilogue.corpora.formats.tables import read_csv
from trilogue.corpora.formats.tmx import read_tmx
from trilogue.corpora.formats.xliff_reading import read_xliff
from trilogue.corpora.formats.xlsx import read_xlsx


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says of a file that the file may not say itself.

    :ivar source_lang: None for what a translation memory says, English else.
    :ivar target_lang: of units whose file does not say; those that say another one are left out.
    """

    source_lang: str | None = None
    target_lang: str | None = None

    def pair(self, path: Path) -> Pair:
        """Both languages.

        :raises ConfigError: if the target's was not told.
        """
        if self.target_lang is None:
            raise ConfigError(f"{path}: the files do not say their languages; tell it with --to")
        return self.source_lang or "en", self.target_lang


Reader = Callable[[Path, Told, OnLeftOut], Iterator[Record]]

READERS: Final[dict[str, Reader]] = {
    "tmx": lambda path, told, tell: read_tmx(
        path,
        on_left_out=tell,
        source_lang=told.source_lang,
        target_lang=told.target_lang,
    ),
    "xliff": lambda path, told, tell: read_xliff(
        path,
        on_left_out=tell,
        source_lang=told.source_lang,
        target_lang=told.target_lang,
    ),
    "csv": lambda path, told, tell: read_csv(
        path,
        on_left_out=tell,
        source_lang=told.source_lang or "en",
        target_lang=told.target_lang,
    ),
    "xlsx": lambda path, told, tell: read_xlsx(
        path,
        on_left_out=tell,
        source_lang=told.source_lang or "en",
        target_lang=told.target_lang,
    ),
    "jsonl": lambda path, told, tell: read_jsonl(path),
    "moses": lambda path, told, tell: read_moses(path, told.pair(path), on_left_out=tell),
    "ladder": lambda path, told, tell: read_ladders(path, told.pair(path), on_left_out=tell),
    "parquet": lambda path, told, tell: read_parquet(path),
}
"""Name on the command line → reader."""
_BY_ENDING: Final = {
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
}
_OF_SEVERAL: Final = ("moses", "ladder")
"""Formats of several files, of which the path is what their names begin with."""


def import_units(
    path: Path, *, reader: str | None = None, told: Told = Told(), on_left_out: OnLeftOut
) -> Iterator[Record]:
    """The units of a file that ``trilogue export`` or another tool wrote, streamed.

    :param reader: a key of :data:`READERS`; None: by the ending of the name.
    :param on_left_out: told of each line and each piece of one that is not taken over.
    :raises ConfigError: if there is no such file or reader, or a language has to be told.
    :raises FormatError: if the file is not what its reader reads.
    """
    name = reader or _guessed(path, told)
    if name not in READERS:
        raise ConfigError(f"{path}: reader {name!r}, expected {', '.join(READERS)}")
    if name not in _OF_SEVERAL and not path.is_file():
        what = "a folder, expected a file" if path.is_dir() else "no such file; check the name"
        raise ConfigError(f"{path}: {what}")
    return READERS[name](path, told, on_left_out)


def convert(
    path: Path,
    out: Path,
    name: str,
    *,
    reader: str | None = None,
    told: Told = Told(),
    on_left_out: OnLeftOut,
) -> int:
    """Write the units of a file in another format; how many.

    :param name: a key of :data:`trilogue.corpora.exports.FORMATS`.
    :raises ConfigError, FormatError: as :func:`import_units`, and if ``name`` cannot hold a unit.
    """
    if name not in FORMATS:
        raise ConfigError(f"import: format {name!r}, expected one of {', '.join(FORMATS)}")
    units = import_units(path, reader=reader, told=told, on_left_out=on_left_out)
    pair = told.pair(out) if name == "moses" else (told.source_lang or "en", "")
    return FORMATS[name](out, units, [pair])


def _guessed(path: Path, told: Told) -> str:
    ending = path.suffix.lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if told.target_lang is not None and not path.is_file():
        pair = told.pair(path)
        if ladder_paths(path, pair)[0].exists():
            return "ladder"
        if moses_paths(path, pair)[0].exists():
            return "moses"
    expected = f"expected {', '.join(_BY_ENDING)}"
    raise ConfigError(f"{path}: {expected}; tell with --reader what it is")
