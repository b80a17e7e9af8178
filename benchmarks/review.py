"""Fifty reviewers on one review, and a server that is killed in their midst.

    python benchmarks/review.py                       SQLite
    python benchmarks/review.py --postgresql          a PostgreSQL started for the run, fsync on

Each reviewer thinks, opens the next unit, types, looks at the memory, decides, again and again,
over HTTP on loopback, and keeps a log of their own: for five minutes, unless another number is
asked. The server process is killed with SIGKILL half-way and started again. In the end the logs
are held against the database: nothing lost, nothing doubled.
"""

import argparse
import http.client
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa

from trilogue.corpora import corpus, membership, schema
from trilogue.corpora.ids import Recipe, unit_id
from trilogue.corpora.membership import Member, Shard
from trilogue.corpora.shards import new_shard, part, write_lines
from trilogue.corpora.types import (
    Assessment,
    Block,
    BlockKind,
    Document,
    Origin,
    TranslationUnit,
    Turn,
    Verdict,
)
from trilogue.review import accounts
from trilogue.review.database import open_database, reading, writing
from trilogue.review.tables import DECISIONS
from trilogue.review.types import Role

LANGS = ("ru", "hy", "az")
SEGMENTS = 250
"""Segments a document."""
WORDS = "the of trade line year work council report bridge month region station plan order".split()


def main() -> None:
    """Run the benchmark and print its figures with its recipe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--decisions", type=int, default=36, help="of each reviewer")
    parser.add_argument("--think", type=float, default=8.0, help="seconds, mean")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "corpus"
        make_corpus(root, asked.units)
        with postgresql() if asked.postgresql else sqlite(root) as url:
            run(root, url, asked)


def run(root: Path, url: str, asked: argparse.Namespace) -> None:
    """Serve, review, kill, go on; then compare."""
    server = Server(root, url)
    try:
        measure(server, url, asked)
    finally:
        server.kill()


def measure(server: "Server", url: str, asked: argparse.Namespace) -> None:
    """The run itself."""
    begun = time.monotonic()
    server.start()
    first = time.monotonic() - begun
    engine = open_database(url)
    people = []
    with writing(engine) as connection:
        for number in range(asked.reviewers):
            name = f"reviewer {number}"
            people.append((name, accounts.add(connection, name, Role.TRANSLATOR)))
    crowd = [Reviewer(server, *one, asked.decisions, asked.think) for one in people]
    threads = [threading.Thread(target=one.work) for one in crowd]
    for one in crowd:
        one.sign_in()
    server.spent = -server.used()
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    half = asked.reviewers * asked.decisions // 2
    while sum(len(one.log) for one in crowd) < half:
        time.sleep(0.05)
    server.kill()
    server.start()
    for thread in threads:
        thread.join()
    spent = time.monotonic() - begun
    failed = [one.failed for one in crowd if one.failed]
    assert not failed, failed[0]
    compare(engine, crowd)
    requests = sum(one.requests for one in crowd)
    said = sum(len(one.log) for one in crowd)
    kind = "PostgreSQL" if url.startswith("postgresql") else "SQLite"
    print(
        f"review · {kind} · {asked.units:,} units · {asked.reviewers} reviewers ·"
        f" {said:,} decisions in {spent:.0f} s · think {asked.think} s · kill -9 once ·"
        f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(f"  first start, corpus read      {first:8.1f} s")
    print(f"  CPU of the server a request   {server.cpu() / requests * 1000:8.1f} ms")
    for name in ("open-next", "unit", "decide", "typed", "memory"):
        times = sorted(t for one in crowd for t in one.times.get(name, ()))
        p50, p95 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95))
        print(f"  {name:<10} p50 {p50:8.1f} ms   p95 {p95:8.1f} ms   n {len(times):,}")
    print(f"  decisions lost 0, doubled 0, sent again {sum(one.again for one in crowd)}")
    engine.dispose()


def compare(engine: sa.Engine, crowd: list["Reviewer"]) -> None:
    """Each reviewer's log against the database's: both say the same, and each thing once."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(DECISIONS.c.key, DECISIONS.c.unit_id)).all()
    kept = {row.key: row.unit_id for row in rows}
    said = {key: unit for one in crowd for key, unit in one.log}
    assert len(kept) == len(rows), "a key stands twice"
    assert len({row.unit_id for row in rows}) == len(rows), "a unit was decided twice"
    assert said.keys() <= kept.keys(), f"lost: {len(said.keys() - kept.keys())}"
    assert kept == said, f"nobody's: {len(kept.keys() - said.keys())}"


@dataclass
class Server:
    """``trilogue review serve`` in a process of its own."""

    root: Path
    url: str
    port: int = 0
    process: subprocess.Popen[str] | None = None
    spent: float = 0.0

    def start(self) -> None:
        """Start, on the same port as before, and wait until it answers."""
        command = [sys.executable, "-m", "trilogue", "review", "serve", str(self.root)]
        options = ["--database", self.url, "--port", str(self.port)]
        self.process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                self.spent -= self.used()  # starting is no request
                return
        raise SystemExit("the server did not start")

    def kill(self) -> None:
        """SIGKILL."""
        assert self.process is not None
        self.spent += self.used()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def cpu(self) -> float:
        """Seconds of CPU, user and system, that requests took so far."""
        return self.spent + self.used()

    def used(self) -> float:
        """Seconds of CPU of the process."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Reviewer:
    """Somebody who decides, and remembers what."""

    server: Server
    name: str
    token: str
    decisions: int
    think: float
    log: list[tuple[str, str]] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    cookie: str = ""
    csrf: str = ""
    requests: int = 0
    again: int = 0
    failed: str = ""
    line: http.client.HTTPConnection | None = None

    def work(self) -> None:
        """All decisions of this reviewer."""
        rng = random.Random(self.name)
        try:
            lang = rng.choice(LANGS)
            while len(self.log) < self.decisions:
                time.sleep(rng.expovariate(1 / self.think))
                self.review(lang)
        except Exception as error:  # noqa: BLE001 - a thread's end is to be told
            self.failed = f"{self.name}: {error!r}"

    def sign_in(self) -> None:
        """A session."""
        answer = self.ask("sign-in", "POST", "/sign-in", {"name": self.name, "token": self.token})
        self.cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        assert self.cookie, answer.status

    def review(self, lang: str) -> None:
        """Open the next unit, type, look around, decide."""
        begun = time.monotonic()
        place = self.ask("next", "GET", f"/next?lang={lang}").getheader("location") or ""
        page = self.ask("unit", "GET", place)
        self.times.setdefault("open-next", []).append(time.monotonic() - begun)
        self.csrf = self.csrf or page.text.partition('name="csrf" content="')[2][:32]
        unit = place.split("?")[0].rsplit("/", 1)[-1]
        version = page.text.partition('name="version" value="')[2].partition('"')[0]
        text = f"{self.name} {len(self.log)}"
        self.ask("memory", "GET", f"/units/{unit}/memory")
        self.ask("typed", "POST", f"/units/{unit}/typed", {"text": text})
        key = secrets.token_hex(16)
        form = {"action": "accept", "version": version, "text": text, "key": key}
        before = self.again
        answer = self.ask("decide", "POST", f"/units/{unit}/decide?lang={lang}", form)
        assert answer.status == 303, f"{answer.status} {self.again - before} {answer.text[-300:]}"
        self.log.append((key, unit))

    def ask(
        self, name: str, method: str, path: str, form: dict[str, str] | None = None
    ) -> "Answer":
        """One request; after a lost connection the very same again."""
        body = None if form is None else urlencode({**form, "csrf": self.csrf})
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        tried = False
        while True:
            begun = time.monotonic()
            try:
                if self.line is None:
                    port = self.server.port
                    self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                self.line.request(method, path, body, headers)
                raw = self.line.getresponse()
                answer = Answer(raw.status, dict(raw.getheaders()), raw.read().decode())
            except (OSError, http.client.HTTPException):
                self.line = None
                self.again += 1
                time.sleep(0.2 if tried else 0)
                tried = True
                continue
            self.requests += 1
            self.times.setdefault(name, []).append(time.monotonic() - begun)
            assert answer.status < 400, f"{method} {path}: {answer.status} {answer.text[:300]}"
            return answer


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    text: str

    def getheader(self, name: str) -> str | None:
        """A header, whatever its case."""
        return {key.lower(): value for key, value in self.headers.items()}.get(name)


def make_corpus(root: Path, units: int) -> None:
    """A corpus of so many units in three languages, with seeded sources of about ten words."""
    rng = random.Random(7)
    documents = [_document(n, rng) for n in range(-(-units // (SEGMENTS * len(LANGS))))]
    root.mkdir()
    members = tuple(Member(one.id, one.source, "0") for one in documents)
    membership.write(root, [Shard(0, members)])
    _shard(root / corpus.DOCUMENTS, schema.DOCUMENTS, map(schema.document_row, documents), {})
    for lang in LANGS:
        found = [_unit(one, block, lang) for one in documents for block in one.blocks]
        made = _shard(root / corpus.UNITS / lang, schema.UNITS, map(schema.unit_row, found), {})
        scores = (schema.assessment_row(unit, _assessment(rng)) for unit in found)
        _shard(root / corpus.SCORES / lang, schema.SCORES, scores, {"units": made})
    write_lines(root / corpus.MANIFEST, ['{"complete": true, "stages": {}}'])


def _document(number: int, rng: random.Random) -> Document:
    lines = [" ".join(rng.choices(WORDS, k=rng.randint(4, 16))) + "." for _ in range(SEGMENTS)]
    blocks, start = [], 0
    for line, text in enumerate(lines, start=1):
        blocks.append(Block(start, start + len(text), BlockKind.SPEECH, line, 0))
        start += len(text) + 1
    turns = (Turn("Levon Sarian", "Levon Sarian", 1),)
    name = f"speech-{number}"
    return Document(name, f"{name}.txt", "\n".join(lines), tuple(blocks), turns)


def _unit(document: Document, block: Block, lang: str) -> TranslationUnit:
    source = document.text[block.start : block.end]
    place = {"document_id": document.id, "start": block.start, "end": block.end}
    said = {"source": source, "target": source.upper(), "target_lang": lang}
    return TranslationUnit(
        id=unit_id(**place, **said, origin=Origin.MACHINE),  # type: ignore[arg-type]
        segment_ids=(f"{document.id}:{block.line}",),
        source_lang="en",
        origin=Origin.MACHINE,
        speaker="Levon Sarian",
        turn=0,
        **place,  # type: ignore[arg-type]
        **said,
    )


def _assessment(rng: random.Random) -> Assessment:
    faithful = rng.random()
    verdict = Verdict.ACCEPT if faithful > 0.5 else Verdict.REVIEW
    reasons = () if faithful > 0.5 else ("number: source has 64, target has 46",)
    return Assessment(faithful, 50.0, verdict, reasons, {}, "seeded@1")


def _shard(folder: Path, table: object, rows: object, parents: dict[str, str]) -> str:
    recipe = Recipe(folder.name, 1, parents, {"folder": str(folder)})
    with new_shard(part(folder, 0), schema=table, recipe=recipe) as shard:
        shard.write_rows(list(rows))  # type: ignore[call-overload]
    return recipe.key


@contextmanager
def sqlite(root: Path) -> Iterator[str]:
    """The database in the corpus folder."""
    yield f"sqlite:///{root / 'decisions.sqlite'}"


@contextmanager
def postgresql() -> Iterator[str]:
    """A cluster of its own, on a socket, durable."""
    initdb = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1]
    folder = Path(tempfile.mkdtemp(prefix="trilogue-pg-"))
    as_user: Callable[..., object] = _as_postgres
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    control = [str(initdb.with_name("pg_ctl")), "-D", str(folder / "data"), "-w", "-s"]
    try:
        as_user(str(initdb), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust")
        options = f"-c listen_addresses= -k {folder} -c max_connections=200"
        as_user(*control, "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        as_user(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _as_postgres(*command: str) -> None:
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*user, *command], stdout=subprocess.DEVNULL, check=True, cwd="/")


if __name__ == "__main__":
    main()
