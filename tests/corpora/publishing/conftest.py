"""A stub of the hub on this machine, made of the standard library: enough to publish and to load.

It keeps whole commits, refuses stale parents as the hub does, and remembers what was asked of it.
"""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

TOKEN = "hf_testSecretOfNobody"
LARGE = (".parquet",)


@dataclass
class Repo:
    """A dataset: its commits from the first on, each all of its files."""

    private: bool
    commits: list[tuple[str, dict[str, bytes]]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    def commit(self, files: dict[str, bytes]) -> str:
        """Make a commit; its id."""
        said = repr((len(self.commits), sorted(files)))
        self.commits.append((hashlib.sha1(said.encode()).hexdigest(), files))
        return self.head

    @property
    def head(self) -> str:
        return self.commits[-1][0]

    def files(self, revision: str) -> tuple[str, dict[str, bytes]] | None:
        """The commit of a branch, a tag or an id."""
        wanted = self.head if revision == "main" else self.tags.get(revision, revision)
        return next((one for one in self.commits if one[0] == wanted), None)


@dataclass
class Hub:
    """What the stub holds.

    :ivar asked: method and path of each request.
    :ivar before_commit: called when a commit arrives, for whatever may come between.
    :ivar broken: path → status that it answers instead.
    """

    url: str = ""
    repos: dict[str, Repo] = field(default_factory=dict)
    large: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    before_commit: Callable[[], None] = lambda: None
    broken: dict[str, int] = field(default_factory=dict)

    def python(self, code: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
        """Run Python with this hub for its hub: the client reads its endpoint when it is loaded."""
        told = {
            "HF_ENDPOINT": self.url,
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_TOKEN": TOKEN,
            "HF_HOME": str(home),
            "HF_HUB_VERBOSITY": "debug",
            # Whatever is not on this machine is refused at once: nobody listens at this port.
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
            "NO_PROXY": "127.0.0.1",
        }
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, **told},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )


class Handler(BaseHTTPRequestHandler):
    """Answers as the hub does."""

    hub: Hub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def log_message(self, format: str, *args: object) -> None:
        """Tests look at what was asked instead."""

    def _answer(self, method: str) -> None:
        self._body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(urlsplit(self.path).path)
        self.hub.asked.append(f"{method} {path}")
        for part, status in self.hub.broken.items():
            if part in path:
                return self._json({"error": "the stub was told to"}, status)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}" and not path.startswith("/lfs/"):
            return self._json({"error": "no token"}, 401)
        for pattern, handle in ROUTES:
            match = re.fullmatch(pattern, f"{method} {path}")
            if match:
                return handle(self, *match.groups())
        return self._json({"error": f"the stub does not know {method} {path}"}, 404)

    def _json(self, said: object, status: int = 200, code: str = "") -> None:
        self._send(json.dumps(said).encode(), status, {"X-Error-Code": code} if code else {})

    def _send(self, data: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _repo(self, name: str) -> Repo | None:
        if name not in self.hub.repos:
            self._json({"error": "Repository not found"}, 404, "RepoNotFound")
            return None
        return self.hub.repos[name]

    def create(self) -> None:
        asked = json.loads(self._body)
        name = f"{asked['organization']}/{asked['name']}"
        if name in self.hub.repos:
            url = f"{self.hub.url}/datasets/{name}"
            return self._json({"error": "You already created this dataset repo", "url": url}, 409)
        private = asked.get("visibility") == "private" or asked.get("private") is True
        self.hub.repos[name] = Repo(private)
        self.hub.repos[name].commit({".gitattributes": b"*.parquet filter=lfs\n"})
        self._json({"url": f"{self.hub.url}/datasets/{name}"})

    def info(self, name: str, revision: str | None) -> None:
        repo = self._repo(name)
        if repo is None:
            return
        found = repo.files(revision or "main")
        if found is None:
            return self._json({"error": "Invalid rev id"}, 404, "RevisionNotFound")
        sha, files = found
        siblings = [{"rfilename": path, **entry(path, data)} for path, data in files.items()]
        said = {"_id": "0", "id": name, "sha": sha, "private": repo.private, "tags": []}
        self._json({**said, "siblings": siblings, "gated": False, "downloads": 0, "likes": 0})

    def refs(self, name: str) -> None:
        repo = self._repo(name)
        if repo is not None:
            tags = [
                {"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": sha}
                for tag, sha in repo.tags.items()
            ]
            branch = {"name": "main", "ref": "refs/heads/main", "targetCommit": repo.head}
            self._json({"branches": [branch], "tags": tags, "converts": []})

    def validate(self) -> None:
        self._json({"errors": [], "warnings": []})

    def preupload(self, name: str, revision: str) -> None:
        found = self._repo(name)
        if found is not None:
            files = [
                {
                    "path": file["path"],
                    "uploadMode": "lfs" if file["path"].endswith(LARGE) else "regular",
                    "shouldIgnore": False,
                }
                for file in json.loads(self._body)["files"]
            ]
            self._json({"files": files})

    def batch(self, name: str) -> None:
        objects = []
        for asked in json.loads(self._body)["objects"]:
            href = f"{self.hub.url}/lfs/{asked['oid']}"
            missing = asked["oid"] not in self.hub.large
            objects.append(
                {**asked, **({"actions": {"upload": {"href": href}}} if missing else {})}
            )
        self._json({"transfer": "basic", "objects": objects})

    def put(self, oid: str) -> None:
        if hashlib.sha256(self._body).hexdigest() != oid:
            return self._json({"error": "another content"}, 400)
        self.hub.large[oid] = self._body
        self._send(b"")

    def commit(self, name: str, revision: str) -> None:
        self.hub.before_commit()
        repo = self._repo(name)
        if repo is None:
            return
        lines = [json.loads(line) for line in self._body.splitlines()]
        header = next(line["value"] for line in lines if line["key"] == "header")
        if header.get("parentCommit") != repo.head:
            said = "A commit has happened since. Please refresh and try again."
            return self._json({"error": said}, 412)
        files = dict(repo.commits[-1][1])
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                files[value["path"]] = self.hub.large[value["oid"]]
            elif line["key"] == "deletedFile":
                del files[value["path"]]
        sha = repo.commit(files)
        self._json({"commitOid": sha, "commitUrl": f"{self.hub.url}/datasets/{name}/commit/{sha}"})

    def tag(self, name: str, revision: str) -> None:
        repo = self._repo(name)
        found = repo.files(revision) if repo else None
        if repo is not None and found is not None:
            repo.tags[json.loads(self._body)["tag"]] = found[0]
            self._json({})

    def tree(self, name: str, revision: str, folder: str | None) -> None:
        repo = self._repo(name)
        found = repo.files(revision) if repo else None
        if found is None:
            return
        start = f"{folder}/" if folder else ""
        inside = {path: data for path, data in found[1].items() if path.startswith(start)}
        if not inside:
            return self._json({"error": "not there"}, 404, "EntryNotFound")
        deep = "recursive=true" in self.path.lower()
        folders = {start + path[len(start) :].partition("/")[0] for path in inside} - set(inside)
        self._json(
            [
                *({"type": "directory", "path": path, "oid": "0", "size": 0} for path in folders),
                *(
                    {"type": "file", "path": path, "oid": "0", **entry(path, data)}
                    for path, data in inside.items()
                    if deep or "/" not in path[len(start) :]
                ),
            ]
        )

    def paths_info(self, name: str, revision: str) -> None:
        repo = self._repo(name)
        found = repo.files(revision) if repo else None
        if found is not None:
            asked = json.loads(self._body)["paths"] if self._body[:1] == b"{" else self._form()
            self._json(
                [
                    {"type": "file", "path": path, "oid": "0", **entry(path, found[1][path])}
                    for path in asked
                    if path in found[1]
                ]
            )

    def _form(self) -> list[str]:
        pairs = (pair.split("=", 1) for pair in self._body.decode().split("&") if "=" in pair)
        return [unquote(value) for name, value in pairs if name == "paths"]

    def resolve(self, name: str, revision: str, path: str) -> None:
        repo = self._repo(name)
        found = repo.files(revision) if repo else None
        if found is None:
            return
        sha, files = found
        if path not in files:
            return self._json({"error": "Entry not found"}, 404, "EntryNotFound")
        data = files[path]
        headers = {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": sha}
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            return self._send(data, 200, headers)
        start, end = int(asked[1]), int(asked[2] or len(data) - 1)
        headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
        return self._send(data[start : end + 1], 206, headers)


def entry(path: str, data: bytes) -> dict[str, Any]:
    """How the hub describes a file."""
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    large = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
    told = {"lfs": {**large, "oid": large["sha256"]}} if path.endswith(LARGE) else {}
    return {"size": len(data), "blobId": blob, **told}


REPO = r"([\w.-]+/[\w.-]+)"
ROUTES: list[tuple[str, Callable[..., None]]] = [
    (r"POST /api/repos/create", Handler.create),
    (r"POST /api/validate-yaml", Handler.validate),
    (rf"GET /api/datasets/{REPO}(?:/revision/(.+))?", Handler.info),
    (rf"GET /api/datasets/{REPO}/refs", Handler.refs),
    (rf"POST /api/datasets/{REPO}/preupload/(.+)", Handler.preupload),
    (rf"POST /datasets/{REPO}\.git/info/lfs/objects/batch", Handler.batch),
    (r"PUT /lfs/(\w+)", Handler.put),
    (rf"POST /api/datasets/{REPO}/commit/(.+)", Handler.commit),
    (rf"POST /api/datasets/{REPO}/tag/(.+)", Handler.tag),
    (rf"GET /api/datasets/{REPO}/tree/([^/]+)(?:/(.+))?", Handler.tree),
    (rf"POST /api/datasets/{REPO}/paths-info/(.+)", Handler.paths_info),
    (rf"(?:GET|HEAD) /datasets/{REPO}/resolve/([^/]+)/(.+)", Handler.resolve),
]


@pytest.fixture
def hub(socket_enabled: None) -> Iterator[Hub]:
    """A running stub; only this machine is ever asked."""
    found = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"hub": found}))
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
