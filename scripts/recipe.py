"""The recipe of a build: a TOML file, every key of it known, every value checked.

to = ["ru", "hy", "az"]
documents_per_shard = 4

[segmenters]
en = "my_package.segmenters:make"

[models]
ru = "Helsinki-NLP/opus-mt-en-ru@5f9a"

Files that it names stand beside it, or under a whole path: wherever the build is called from, they
are the same.
"""

import re
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from trilogue.corpora.errors import ConfigError
from trilogue.corpora.languages import LANGUAGES, TARGETS


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a build is asked for. All of it but ``documents_per_shard`` can decide rows.

    :ivar to: target languages.
    :ivar documents_per_shard: for newly imported documents; what is imported stays where it is.
    :ivar reader: the layout of the transcripts, None to find out.
    :ivar speaker: who speaks before the first label.
    :ivar segmenters: language → ``module:factory``; ours where none is named.
    :ivar models: target language → "builtin", a folder, or ``NAME@REVISION``; the best that is on
        this machine where none is named.
    :ivar seconds: target language → another model, whose drafts tell how good the first one's are.
    :ivar aligners: target language → ``module:factory`` of what aligns its official versions; ours
        where none is named, with ``encoder``, a ``module:factory`` of what makes vectors, if given.
    :ivar policy: file of thresholds, ``calibrations`` target language → file of probabilities: what
        ``trilogue calibrate`` writes, the package's where none is named.
    :ivar glossary: file of terms that the units are checked for; with ``glossary_decode`` the
        drafts are made to use them, too.
    :ivar beam: width of the search; None for what each checkpoint asks for.
    """

    to: tuple[str, ...] = TARGETS
    documents_per_shard: Annotated[int, Meta(ge=1)] = 4
    reader: str | None = None
    speaker: str | None = None
    segmenters: dict[str, str] = {}
    models: dict[str, str] = {}
    seconds: dict[str, str] = {}
    aligners: dict[str, str] = {}
    encoder: str | None = None
    policy: str | None = None
    calibrations: dict[str, str] = {}
    glossary: str | None = None
    glossary_decode: bool = False
    engine: str = "ctranslate2"
    beam: Annotated[int, Meta(ge=1)] | None = None


def load(path: Path) -> Recipe:
    """Read a recipe.

    :raises ConfigError: if it is not TOML, or a key or value is not one of ours.
    """
    try:
        told = msgspec.toml.decode(path.read_bytes(), type=Recipe)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {_said(str(error))}") from None
    return checked(_placed(told, path.resolve().parent), where=str(path))


def _placed(recipe: Recipe, folder: Path) -> Recipe:
    """The recipe with whole paths: workers may stand elsewhere."""
    named = {name: getattr(recipe, name) for name in ("policy", "glossary")}
    return msgspec.structs.replace(
        recipe,
        calibrations={to: str(folder / file) for to, file in recipe.calibrations.items()},
        **{name: str(folder / file) for name, file in named.items() if file is not None},
    )


def checked(recipe: Recipe, *, where: str) -> Recipe:
    """The recipe, if its languages are in our table and its files are there.

    :raises ConfigError: otherwise.
    """
    if not recipe.to:
        raise ConfigError(f"{where}: to: got no language, expected some of {', '.join(TARGETS)}")
    for code in recipe.to:
        if code not in TARGETS:
            raise ConfigError(f"{where}: to: got {code!r}, expected some of {', '.join(TARGETS)}")
    for name, table, known in (
        ("segmenters", recipe.segmenters, tuple(LANGUAGES)),
        ("models", recipe.models, TARGETS),
        ("seconds", recipe.seconds, TARGETS),
        ("aligners", recipe.aligners, TARGETS),
        ("calibrations", recipe.calibrations, TARGETS),
    ):
        for code, value in table.items():
            if code not in known:
                expected = ", ".join(known)
                raise ConfigError(f"{where}: {name}: got {code!r}, expected some of {expected}")
            if not value:
                raise ConfigError(
                    f"{where}: {name}.{code}: got nothing. Name one, or leave it out."
                )
    for name, file in (
        ("policy", recipe.policy),
        ("glossary", recipe.glossary),
        *((f"calibrations.{code}", file) for code, file in recipe.calibrations.items()),
    ):
        if file is not None and not Path(file).is_file():
            raise ConfigError(f"{where}: {name}: {file}: no such file; check the name.")
    if recipe.glossary_decode and recipe.glossary is None:
        raise ConfigError(f"{where}: glossary_decode: no terms to use. Name a glossary.")
    return recipe


def _said(message: str) -> str:
    """msgspec's message with the path of the key as TOML has it."""
    known = ", ".join(Recipe.__struct_fields__)
    way = f"; the keys are {known}" if "unknown field" in message else ""
    return re.sub(r" - at `\$\.?([^`]*)`", r" at \1", message) + way
