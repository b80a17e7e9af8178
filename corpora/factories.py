"""What users bring: objects made by a factory that they name."""

import importlib
from typing import Any

from trilogue.corpora.errors import ConfigError


def made_by(name: str, *, kind: str) -> Any:
    """What a user's factory makes; whether it is what was asked for, the caller checks.

    :param name: ``module:factory``; the factory takes no arguments.
    :param kind: what it should make, for messages.
    :raises ConfigError: if there is no such module or factory, or it cannot be called so.
    """
    module, _, factory = name.partition(":")
    if not module or not factory:
        raise ConfigError(f"{kind}: got {name!r}, expected module:factory")
    try:
        return getattr(importlib.import_module(module), factory)()
    except (ImportError, AttributeError, TypeError) as error:
        raise ConfigError(
            f"{kind} {name}: {error}; expected an importable module and in it a factory without "
            "arguments. Is it on PYTHONPATH?"
        ) from error
