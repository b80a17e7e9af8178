"""The recipe of a build: a TOML file, every key of it known, every value checked.

to = ["ru", "hy", "az"]
documents_per_shard = 4

[segmenters]
en = "my_package.segmenters:make"

[models]
ru = "Helsinki-NLP/opus-mt-en-ru@5f9a"
"""

import re
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from trilogue.corpora.errors import ConfigError
from trilogue.corpora.languages import LANGUAGES, TARGETS, language


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a build is asked for. All of it but ``documents_per_shard`` can decide rows.

    :ivar to: target languages.
    :ivar documents_per_shard: for newly imported documents; what is imported stays where it is.
    :ivar reader: the layout of the transcripts, None to find out.
    :ivar speaker: who speaks before the first label.
    :ivar segmenters: language → ``module:factory``; ours where none is named.
    :ivar models: target language → "builtin", a folder, or ``NAME@REVISION``; the best that is on
        this machine where none is named.
    :ivar beam: width of the search; None for what each checkpoint asks for.
    """

    to: tuple[str, ...] = TARGETS
    documents_per_shard: Annotated[int, Meta(ge=1)] = 4
    reader: str | None = None
    speaker: str | None = None
    segmenters: dict[str, str] = {}
    models: dict[str, str] = {}
    engine: str = "ctranslate2"
    beam: Annotated[int, Meta(ge=1)] | None = None


def load(path: Path) -> Recipe:
    """Read a recipe.

    :raises ConfigError: if it is not TOML, or a key or value is not one of ours.
    """
    try:
        return checked(msgspec.toml.decode(path.read_bytes(), type=Recipe), where=str(path))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {_said(str(error))}") from None


def checked(recipe: Recipe, *, where: str) -> Recipe:
    """The recipe, if its languages are in our table.

    :raises ConfigError: otherwise.
    """
    if not recipe.to:
        raise ConfigError(f"{where}: to: got no language, expected some of {', '.join(TARGETS)}")
    for code in recipe.to:
        if code not in TARGETS:
            language(code)
            raise ConfigError(f"{where}: to: got {code!r}, expected some of {', '.join(TARGETS)}")
    for name, table, known in (
        ("segmenters", recipe.segmenters, tuple(LANGUAGES)),
        ("models", recipe.models, TARGETS),
    ):
        for code in table:
            if code not in known:
                expected = ", ".join(known)
                raise ConfigError(f"{where}: {name}: got {code!r}, expected some of {expected}")
    return recipe


def _said(message: str) -> str:
    """msgspec's message with the path of the key as TOML has it."""
    known = ", ".join(Recipe.__struct_fields__)
    way = f"; the keys are {known}" if "unknown field" in message else ""
    return re.sub(r" - at `\$\.?([^`]*)`", r" at \1", message) + way
