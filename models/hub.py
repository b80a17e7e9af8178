"""Checkpoints of the Hugging Face hub: a pinned revision, fetched once, then read from disk."""

import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models.checkpoint import FILES, PICKLED, SAFE

log = logging.getLogger(__name__)

DEFAULT_REVISION: Final = "main"
_NAME: Final = re.compile(r"\w[\w.-]*/\w[\w.-]*")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")
SHORT: Final = 12


@dataclass(frozen=True, slots=True)
class Address:
    """A model of the hub, ``name`` as ``owner/model``; ``revision`` a commit, branch or tag."""

    name: str
    revision: str = DEFAULT_REVISION

    def __str__(self) -> str:
        return f"{self.name}@{self.revision}"


def address(text: str) -> Address | None:
    """The address in ``owner/model`` or ``owner/model@revision``, None if it is none."""
    name, _, revision = text.partition("@")
    if not _NAME.fullmatch(name) or text.endswith("@"):
        return None
    return Address(name, revision or DEFAULT_REVISION)


def cached(model: Address) -> Path | None:
    """The folder of a model that was fetched before, None if it was not."""
    try:
        return _snapshot(model, weights=SAFE, local=True) or _snapshot(
            model, weights=PICKLED, local=True
        )
    except ConfigError:  # without huggingface_hub nothing was fetched
        return None


def fetch(model: Address) -> tuple[Path, str]:
    """The folder of a model and its exact commit, from the cache of the hub or over the network.

    Only what Marian needs is fetched, and the weights as safetensors where there are some.

    :raises ModelError: if it is not there and cannot be fetched.
    :raises ConfigError: without huggingface_hub.
    """
    folder = cached(model)
    if folder is None:
        log.info("fetching %s from the hub", model)
        # Asking for one kind first saves the double download where a model has both.
        folder = _snapshot(model, weights=SAFE, local=False)
        if folder is None:
            folder = _snapshot(model, weights=PICKLED, local=False)
    if folder is None:
        raise ModelError(f"{model}: no weights: expected {SAFE} or {PICKLED}. Name another model.")
    commit = folder.name if _COMMIT.fullmatch(folder.name) else model.revision
    return folder, commit[:SHORT]


def _snapshot(model: Address, *, weights: str, local: bool) -> Path | None:
    """The folder with these weights, None if it has no such file or, if ``local``, is not here."""
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import (
            HfHubHTTPError,
            HFValidationError,
            LocalEntryNotFoundError,
            RepositoryNotFoundError,
            RevisionNotFoundError,
        )
    except ImportError:
        way = "Install trilogue[hub], or name a folder with --model."
        raise ConfigError(f"{model}: got no huggingface_hub, expected it. {way}") from None
    # Five tries that fail, each told twice, hide the one line that says what to do.
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    try:
        place = snapshot_download(
            model.name,
            revision=model.revision,
            allow_patterns=[*FILES, weights],
            local_files_only=local,
            endpoint=os.environ.get("HF_ENDPOINT"),
        )
    except HFValidationError as error:
        raise ModelError(f"{model}: no name of the hub's. Check the spelling.") from error
    except LocalEntryNotFoundError as error:
        if local:
            return None
        raise ModelError(_no_network(model)) from error
    except RepositoryNotFoundError as error:
        way = "Check the spelling; a private one needs HF_TOKEN."
        raise ModelError(f"{model}: the hub has no such model. {way}") from error
    except RevisionNotFoundError as error:
        raise ModelError(f"{model}: the hub has no such revision of it. Name another.") from error
    except (HfHubHTTPError, OSError) as error:
        raise ModelError(f"{_no_network(model)} ({_first_line(error)})") from error
    return Path(place) if (Path(place) / weights).is_file() else None


def _no_network(model: Address) -> str:
    what = f"{model}: not in the cache of the hub, and the hub cannot be reached"
    files = "config.json, vocab.json, source.spm, target.spm and the weights"
    return f"{what}. Put {files} into a folder and pass it with --model, or --model builtin."


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
