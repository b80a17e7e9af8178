"""Fetching from the hub: the real client against a stub of the hub on this machine."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models import hub, marian, registry
from trilogue.models.hub import Address

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAME = "someone/opus-mt-en-mul"

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


class Hub(ThreadingHTTPServer):
    """A hub with one model; ``asked`` are the paths of all requests."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files, self.asked = files, list[str]()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def do_GET(self) -> None:
        self.answer(body=True)

    def answer(self, *, body: bool) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        listings = [f"/api/models/{NAME}/{kind}/{COMMIT}" for kind in ("revision", "tree")]
        if path == listings[0] or path == f"/api/models/{NAME}/revision/main":
            siblings = [{"rfilename": name} for name in self.server.files]
            self.send({"id": NAME, "sha": COMMIT, "siblings": siblings}, body)
        elif path == listings[1]:
            self.send([self.entry(name) for name in self.server.files], body)
        elif path.startswith(f"/{NAME}/resolve/") and path.split("/", 5)[5] in self.server.files:
            self.send(self.server.files[path.split("/", 5)[5]], body)
        elif path.startswith(f"/api/models/{NAME}/"):
            self.refuse("RevisionNotFound")
        else:
            self.refuse("RepoNotFound")

    def entry(self, name: str) -> dict[str, object]:
        data = self.server.files[name]
        return {"type": "file", "path": name, "size": len(data), "oid": etag(data)}

    def send(self, what: object, body: bool) -> None:
        data = what if isinstance(what, bytes) else json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{etag(data)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def refuse(self, code: str) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def etag(data: bytes) -> str:
    return hashlib.sha1(data).hexdigest()


@pytest.fixture
def stub(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    files = {path.name: path.read_bytes() for path in tiny.iterdir()}
    server = Hub({**files, "pytorch_model.bin": b"not wanted", "README.md": b"not wanted either"})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_pinned_model_is_fetched_and_drafts(stub: Hub) -> None:
    model = marian.load(f"{NAME}@{COMMIT}", to="ru")
    assert model.translate(["Thank you."])[0].text == "Спасибо."
    assert model.name == f"{NAME}@{COMMIT[:12]}"
    fetched = {path.rpartition("/")[2] for path in stub.asked if "/resolve/" in path}
    assert "model.safetensors" in fetched
    assert not fetched & {"pytorch_model.bin", "README.md"}


@pytest.mark.parametrize("layout", ["of_2020", "of_2022"])
def test_folders_as_opus_mt_publishes_them_are_pulled_and_draft_offline(
    stub: Hub, layout: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(layout)
    others = {"README.md": b"card", "tf_model.h5": b"not wanted", "rust_model.ot": b"nor this"}
    stub.files = {path.name: path.read_bytes() for path in folder.iterdir()} | others
    pulled = registry.pull(f"{NAME}@{COMMIT}")
    assert {path.name for path in pulled.iterdir()} == {path.name for path in folder.iterdir()}
    stub.asked.clear()
    model = marian.load(f"{NAME}@{COMMIT}", to="ru")
    assert model.translate(["Thank you."])[0].text
    assert (model.name, stub.asked) == (f"{NAME}@{COMMIT[:12]}", [])


def test_a_model_that_was_fetched_is_read_from_disk_without_the_hub(stub: Hub) -> None:
    hub.fetch(Address(NAME, COMMIT))
    stub.asked.clear()
    folder, revision = hub.fetch(Address(NAME, COMMIT))
    assert stub.asked == []
    assert (revision, folder.name) == (COMMIT[:12], COMMIT)


def test_a_branch_is_recorded_as_the_commit_it_was(stub: Hub) -> None:
    assert hub.fetch(Address(NAME))[1] == COMMIT[:12]


def test_pickled_weights_are_fetched_where_there_are_no_others(stub: Hub) -> None:
    del stub.files["model.safetensors"]
    folder, _ = hub.fetch(Address(NAME, COMMIT))
    assert (folder / "pytorch_model.bin").read_bytes() == b"not wanted"
    assert hub.cached(Address(NAME, COMMIT)) == folder


def test_a_model_without_weights_is_refused(stub: Hub) -> None:
    del stub.files["model.safetensors"], stub.files["pytorch_model.bin"]
    with pytest.raises(ModelError, match="no weights: expected model.safetensors or pytorch_model"):
        hub.fetch(Address(NAME, COMMIT))


def test_a_model_that_the_hub_lacks_is_said_so(stub: Hub) -> None:
    with pytest.raises(ModelError, match=r"someone/nothing@main: the hub has no such model"):
        hub.fetch(Address("someone/nothing"))


@pytest.mark.parametrize("name", ["a--b/c", "մի/մոդել", "a/b."])
def test_a_name_that_the_hub_cannot_have_is_said_so(name: str) -> None:
    with pytest.raises(ModelError, match=f"^{name}@main: no name of the hub's. Check the spelling"):
        hub.fetch(Address(name))


def test_a_revision_that_the_model_lacks_is_said_so(stub: Hub) -> None:
    with pytest.raises(ModelError, match=rf"{NAME}@v9: the hub has no such revision"):
        hub.fetch(Address(NAME, "v9"))


def test_without_a_network_it_is_said_what_to_put_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    expected = (
        rf"^{NAME}@main: not in the cache of the hub, and the hub cannot be reached\. "
        r"Put config\.json, vocab\.json, .* into a folder and pass it with --model"
    )
    with pytest.raises(ModelError, match=expected):
        hub.fetch(Address(NAME))


def test_without_its_client_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ConfigError, match=r"Install trilogue\[hub\]"):
        hub.fetch(Address(NAME))
    assert hub.cached(Address(NAME)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a/b", Address("a/b")),
        ("a/b-c.d@12ab", Address("a/b-c.d", "12ab")),
        ("a/b@", None),
        ("builtin", None),
        ("a/b/c", None),
        ("./b", None),
        ("../b", None),
    ],
)
def test_an_address_is_an_owner_a_model_and_maybe_a_revision(
    text: str, found: Address | None
) -> None:
    assert hub.address(text) == found


def test_the_default_is_the_best_model_on_this_machine(
    stub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = registry.Candidate(f"{NAME}@{COMMIT}", "Apache-2.0", "nobody")
    own = registry.Candidate("builtin", "Apache-2.0", "nobody")
    monkeypatch.setattr(registry, "table", lambda: {"ru": (best, own)})
    monkeypatch.setattr(registry, "_has_builtin", lambda: True)
    choice = registry.choose("ru")
    assert choice.model == "builtin"
    assert f"better ones are not on this machine: --model {NAME} fetches one" in choice.reason
    assert stub.asked == []  # nothing is fetched unasked
    hub.fetch(Address(NAME, COMMIT))
    assert registry.choose("ru") == registry.Choice(
        f"{NAME}@{COMMIT}", "the best for Russian on this machine"
    )


def test_no_model_at_all_names_the_one_to_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(registry, "_has_builtin", lambda: False)
    with pytest.raises(ModelError, match=r"Russian: no model on this machine\. Pass --model Hels"):
        registry.choose("ru")


def test_every_candidate_has_a_licence_a_source_and_a_commit() -> None:
    for to, candidates in registry.table().items():
        assert [one.model for one in candidates].count("builtin") == 1, to
        for one in candidates:
            assert one.licence in {"Apache-2.0", "CC-BY-4.0"}
            assert one.source
            where = hub.address(one.model)
            assert where is None or len(where.revision) == 40


def test_the_table_says_how_wide_to_search_where_that_was_measured() -> None:
    beams = {one.beam for every in registry.table().values() for one in every if one.beam}
    assert {registry.find("builtin").search.beam} == beams == {3}
    assert registry.find(registry.builtin_folder()).search.beam == 4  # a folder says it itself
