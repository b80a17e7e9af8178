"""Which model drafts a language: the table of candidates, and from a name to a checkpoint."""

import logging
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from trilogue.corpora.errors import ModelError
from trilogue.corpora.languages import language
from trilogue.models import checkpoint, hub
from trilogue.models.checkpoint import Checkpoint

log = logging.getLogger(__name__)

BUILTIN: Final = "builtin"


class Candidate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model that drafts a language.

    :ivar model: ``builtin``, or a model of the hub at a commit.
    :ivar tag: the target tag it wants, "" if it knows one language alone.
    :ivar chrf: on FLORES-200 dev, or as ``source`` says; None if nobody measured it.
    :ivar beam: width of the search that was chosen for it by measuring; None for its own.
    """

    model: str
    licence: str
    source: str
    tag: str = ""
    chrf: float | None = None
    beam: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The model that was chosen, and why, in words for the log."""

    model: str
    reason: str


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[Candidate, ...]]:
    """The candidates of each language, best first."""
    text = resources.files("trilogue.models").joinpath("registry.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, tuple[Candidate, ...]])


def licences() -> dict[str, str]:
    """The licence of every candidate, by its name without the revision."""
    candidates = (one for language in table().values() for one in language)
    return {one.model.partition("@")[0]: one.licence for one in candidates}


def is_here(model: str) -> bool:
    """Whether a candidate is on this machine."""
    if model == BUILTIN:
        return _has_builtin()
    where = hub.address(model)
    return where is not None and hub.cached(where) is not None


def pull(model: str) -> Path:
    """Fetch a model of the hub, by name, with or without its revision; the folder it lies in.

    A candidate's name stands for the revision that the table pins.

    :raises ModelError: if it is no address, cannot be fetched, or is no Marian checkpoint.
    """
    where = hub.address(_pinned(model))
    if where is None:
        raise ModelError(f"model: got {model!r}, expected owner/model[@revision] of the hub.")
    folder, revision = hub.fetch(where)
    return checkpoint.read(folder, name=where.name, revision=revision).folder


def _pinned(model: str) -> str:
    every = (one.model for language in table().values() for one in language)
    return next((pinned for pinned in every if pinned.partition("@")[0] == model), model)


def choose(to: str) -> Choice:
    """The best model that is on this machine; nothing is fetched unasked.

    :raises ModelError: if there is none, not even the one that comes with Trilogue.
    """
    tongue = language(to)
    better: list[Candidate] = []
    for candidate in table()[to]:
        if candidate.model == BUILTIN:
            if not _has_builtin():
                break
            reason = "it comes with Trilogue"
            if better:
                names = " and ".join(one.model.partition("@")[0] for one in better[:2])
                reason += f"; better ones are not on this machine: --model {names} fetches one"
            return Choice(BUILTIN, reason)
        if is_here(candidate.model):
            return Choice(candidate.model, f"the best for {tongue.name} on this machine")
        better.append(candidate)
    first = better[0].model if better else "another"
    raise ModelError(f"{tongue.name}: no model on this machine. Pass --model {first}, or a folder.")


def find(model: str | Path) -> Checkpoint:
    """The checkpoint of a name: ``builtin``, a folder, or ``owner/model[@revision]`` of the hub.

    :raises ModelError: if there is none, or it is no Marian checkpoint.
    """
    if model == BUILTIN:
        return _tuned(checkpoint.read(builtin_folder(), name=BUILTIN))
    folder = Path(model).expanduser()
    if folder.is_dir() and str(model):  # an empty name would be this very folder
        return checkpoint.read(folder, name=folder.resolve().name)
    where = hub.address(_pinned(str(model)))
    if where is None or isinstance(model, Path):
        expected = "a folder, owner/model[@revision] of the hub, or builtin"
        raise ModelError(f"model: got {str(model)!r}, expected {expected}.")
    place, revision = hub.fetch(where)
    return _tuned(checkpoint.read(place, name=where.name, revision=revision))


def _tuned(model: Checkpoint) -> Checkpoint:
    """The checkpoint with the search that the table says, where it says one."""
    every = (one for candidates in table().values() for one in candidates if one.beam)
    beam = next((one.beam for one in every if one.model.partition("@")[0] == model.name), None)
    return replace(model, search=replace(model.search, beam=beam)) if beam else model


def builtin_folder() -> Path:
    """Where the model that comes with Trilogue is."""
    return Path(str(resources.files("trilogue.models").joinpath("weights", "marian")))


def _has_builtin() -> bool:
    return (builtin_folder() / checkpoint.SAFE).is_file()
