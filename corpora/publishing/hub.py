"""A folder onto the hub: one commit on the head that was looked at, then a tag.

Nothing is published by halves: the hub takes a commit whole or not at all, and refuses it if its
parent is no longer the head. Run again, it goes on where it was: files that arrived are not sent
twice, an unchanged dataset makes no commit, a commit without its tag gets one.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.errors import ConfigError, PublishError

_OWN: Final = ("data/", "plots/", "README.md", "LICENSE.md", "tombstones.jsonl")
"""What we publish, and so delete when it is gone; other files in a repository are its owner's."""
_TOKEN: Final = re.compile(r"hf_\w+|(?i:bearer)\s+\S+")
_CHUNK: Final = 1 << 20


class Action(StrEnum):
    """What a publication does to a file."""

    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """One file that differs."""

    action: Action
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on the hub by its content: SHA-256 of a large one, else the id of its git blob."""

    oid: str
    size: int
    large: bool


@dataclass(frozen=True, slots=True)
class Remote:
    """What stands on the hub.

    :ivar sha: the head; "" if there is no repository.
    :ivar tags: names, and the commits they point to.
    """

    sha: str = ""
    files: Mapping[str, RemoteFile] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: the head now, its tag, and what a commit changed, if one was made."""

    sha: str
    tag: str
    changes: tuple[Change, ...]


def connect() -> Any:
    """The hub's client; it finds its token and its endpoint by itself.

    :raises ConfigError: if huggingface_hub is not installed.
    """
    return _library().HfApi(library_name="trilogue")


def look(api: Any, repo: str) -> Remote:
    """What stands on the hub; nothing, if there is no such repository or we may not see it.

    :raises PublishError: if the hub cannot be asked.
    """
    hub = _library()
    with _one_line(repo):
        try:
            info = api.repo_info(repo, repo_type="dataset", files_metadata=True)
            refs = api.list_repo_refs(repo, repo_type="dataset")
        except hub.errors.RepositoryNotFoundError:
            return Remote()
    files = {file.rfilename: _remote_file(file) for file in info.siblings or ()}
    return Remote(info.sha or "", files, {tag.name: tag.target_commit for tag in refs.tags})


def difference(folder: Path, remote: Remote) -> list[Change]:
    """What has to change for the hub to hold the folder, by path."""
    local = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    changes = []
    for name in sorted(local.keys() | remote.files.keys()):
        there = remote.files.get(name)
        if name not in local:
            if there is not None and name.startswith(_OWN):
                changes.append(Change(Action.DELETE, name, there.size))
        elif there is None:
            changes.append(Change(Action.ADD, name, local[name].stat().st_size))
        elif not _same(local[name], there):
            changes.append(Change(Action.CHANGE, name, local[name].stat().st_size))
    return changes


def send(api: Any, folder: Path, repo: str, *, message: str) -> Published:
    """Publish a folder; the repository is made, private, if there is none.

    :raises PublishError: if the hub refuses, or somebody else published meanwhile.
    """
    with _one_line(repo):
        api.create_repo(repo, repo_type="dataset", private=True, exist_ok=True)
    remote = look(api, repo)
    changes = difference(folder, remote)
    sha = remote.sha
    if changes:
        with _one_line(repo):
            commit = api.create_commit(
                repo,
                [_operation(folder, change) for change in changes],
                commit_message=message,
                repo_type="dataset",
                parent_commit=sha,
            )
        sha = commit.oid
    return Published(sha, _tagged(api, repo, sha, remote), tuple(changes))


def _tagged(api: Any, repo: str, sha: str, remote: Remote) -> str:
    """The tag of a commit: the one it has, or the next number."""
    for name, target in remote.tags.items():
        if target == sha:
            return name
    numbers = [int(n[1:]) for n in remote.tags if n.startswith("v") and n[1:].isdecimal()]
    tag = f"v{max(numbers, default=0) + 1}"
    with _one_line(repo, after=f"commit {sha[:12]} is published, its tag {tag} is not: "):
        api.create_tag(repo, tag=tag, revision=sha, repo_type="dataset")
    return tag


def _operation(folder: Path, change: Change) -> Any:
    hub = _library()
    if change.action is Action.DELETE:
        return hub.CommitOperationDelete(path_in_repo=change.path)
    source = str(folder / change.path)
    return hub.CommitOperationAdd(path_in_repo=change.path, path_or_fileobj=source)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _remote_file(file: Any) -> RemoteFile:
    if file.lfs is not None:
        return RemoteFile(file.lfs.sha256, file.size or 0, True)
    return RemoteFile(file.blob_id or "", file.size or 0, False)


def _same(path: Path, there: RemoteFile) -> bool:
    size = path.stat().st_size
    if size != there.size:
        return False
    digest = hashlib.sha256() if there.large else hashlib.sha1(b"blob %d\0" % size)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == there.oid


@contextmanager
def _one_line(repo: str, *, after: str = "") -> Iterator[None]:
    """Turn what the client raises into one line with its way out, and never with a token."""
    hub = _library()
    try:
        yield
    except hub.errors.HfHubHTTPError as error:
        raise PublishError(f"{repo}: {after}{_refused(error)}") from None
    except (hub.errors.OfflineModeIsEnabled, hub.errors.HTTPError) as error:
        what = f"the hub cannot be reached ({_line(error)}); run it again when it can"
        raise PublishError(f"{repo}: {after}{what}") from None
    except RuntimeError as error:  # how the client says that an upload broke off
        what = (
            f"{_line(error)}; nothing was published: run it again, what arrived is not sent twice"
        )
        raise PublishError(f"{repo}: {after}{what}") from None
    except (OSError, ValueError) as error:
        raise PublishError(f"{repo}: {after}{_line(error)}") from None


def _refused(error: Any) -> str:
    code = error.response.status_code
    if code == 412:
        return "somebody published meanwhile: its head moved, nothing was changed; run it again"
    if code in (401, 403):
        way = "log in with 'hf auth login', or set HF_TOKEN to a token that may write"
        return f"the hub refused ({code}); {way}"
    return f"the hub answered {code}: {_line(error)}"


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return _TOKEN.sub("[token]", text)


def _library() -> Any:
    try:
        import huggingface_hub
    except ImportError:
        what = "publishing takes huggingface_hub, which is not installed"
        raise ConfigError(f"publish: {what}; pip install 'trilogue[publish]'") from None
    return huggingface_hub
