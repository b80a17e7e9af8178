"""Builds that are killed, starved or interrupted at any moment: what is on disk afterwards.

Real processes, with quick tools in place of models (``fake_trilogue.py``).
"""

import importlib.util
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

FAKES = Path(__file__).with_name("fake_trilogue.py")
DOCUMENTS = 4
SHARDS = DOCUMENTS * 9
RECIPE = """
to = ["ru", "az"]
documents_per_shard = 1
[seconds]
az = "another@1"
"""
SLOWLY = {"FAKE_SLEEP": "0.02"}


@dataclass(frozen=True)
class Scene:
    """Transcripts, and builds of them into one corpus."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "corpus"

    def begin(
        self, *options: str, limit: int | None = None, given: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        files = sorted(str(path) for path in self.folder.glob("*.txt"))
        recipe = self.folder / "recipe.toml"
        recipe.write_text(RECIPE, encoding="utf-8")
        command = [sys.executable, str(FAKES), "build", *files, "--corpus", str(self.root)]
        # Python renames bytecode into place that a limit cut short, and no later run can import it.
        unwritten = {} if limit is None else {"PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(
            [*command, "--recipe", str(recipe), "-j", "2", *options],
            env={**os.environ, **unwritten, **(given or {})},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_prepared(limit),
        )

    def run(
        self, *options: str, limit: int | None = None, given: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        process = self.begin(*options, limit=limit, given=given)
        _, errors = process.communicate(timeout=120)
        return process.returncode, errors

    def content(self) -> dict[str, object]:
        """Every file: the rows and the footer of shards, the text of others."""
        found: dict[str, object] = {}
        for path in sorted(p for p in self.root.rglob("*") if p.is_file()):
            name = path.relative_to(self.root).as_posix()
            if path.suffix == ".parquet":
                footer = pq.read_metadata(path).metadata[b"trilogue"]
                found[name] = (pq.read_table(path).to_pylist(), footer)
            else:
                found[name] = path.read_text(encoding="utf-8")
        return found

    def shards(self) -> int:
        return len(list(self.root.rglob("part-*.parquet")))


def _prepared(limit: int | None) -> Callable[[], None]:
    """What a driver begins with: files no larger than that, and ears for Ctrl-C.

    A test run in the background of a shell inherits that SIGINT is ignored.
    """

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return prepare


def scene(folder: Path) -> Scene:
    folder.mkdir()
    for number in range(DOCUMENTS):
        lines = [f"Levon: Trade grew by {number}{n} percent. Thank you." for n in range(3)]
        (folder / f"visit{number}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Scene(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a build leaves that nothing happened to."""
    undisturbed = scene(tmp_path_factory.mktemp("whole") / "scene")
    code, errors = undisturbed.run()
    assert (code, undisturbed.shards()) == (0, SHARDS), errors
    return undisturbed.content()


def descendants(pid: int) -> Iterator[tuple[int, str]]:
    """The processes below one, with their command lines."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(c) for task in tasks for c in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        try:
            command = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        yield child, command
        yield from descendants(child)


def workers(pid: int) -> list[int]:
    return [child for child, command in descendants(pid) if "spawn_main" in command]


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.01)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return "Z" == Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def kill_driver_after(one: Scene, shards: int, seconds: float) -> None:
    """Kill a driver so many seconds after so many shards stand; its workers must go with it."""
    process = one.begin(given=SLOWLY)
    wait_for(lambda: one.shards() >= shards or process.poll() is not None)
    time.sleep(seconds)
    below = workers(process.pid)
    process.kill()
    process.communicate()
    wait_for(lambda: all(gone(pid) for pid in below), 10)


@pytest.mark.parametrize("shards", [0, SHARDS // 2])
def test_a_killed_driver_loses_and_doubles_nothing(
    tmp_path: Path, whole: dict[str, object], shards: int
) -> None:
    one = scene(tmp_path / "scene")
    kill_driver_after(one, shards, random.Random(shards).uniform(0, 0.1))
    code, errors = one.run()
    assert code == 0, errors
    assert one.content() == whole


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(20))
def test_a_driver_may_be_killed_at_any_moment(
    tmp_path: Path, whole: dict[str, object], moment: int
) -> None:
    one = scene(tmp_path / "scene")
    chance = random.Random(moment)
    kill_driver_after(one, chance.randrange(SHARDS), chance.uniform(0, 0.2))
    code, errors = one.run()
    assert code == 0, errors
    assert one.content() == whole


def kill_worker_after(one: Scene, shards: int, seconds: float) -> tuple[int, str]:
    """Kill one of the workers that are at it then; how the run ended."""
    process = one.begin(given=SLOWLY)
    wait_for(lambda: one.shards() >= shards and len(workers(process.pid)) > 0)
    time.sleep(seconds)
    for pid in workers(process.pid)[:1]:
        os.kill(pid, signal.SIGKILL)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def test_a_killed_worker_is_replaced_and_its_shard_made(
    tmp_path: Path, whole: dict[str, object]
) -> None:
    one = scene(tmp_path / "scene")
    code, errors = kill_worker_after(one, SHARDS // 3, 0.05)
    assert code == 0, errors
    assert one.content() == whole


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(20))
def test_a_worker_may_be_killed_at_any_moment(
    tmp_path: Path, whole: dict[str, object], moment: int
) -> None:
    one = scene(tmp_path / "scene")
    chance = random.Random(moment)
    code, errors = kill_worker_after(one, chance.randrange(SHARDS), chance.uniform(0, 0.2))
    assert code == 0, errors
    assert one.content() == whole


def test_a_shard_that_kills_its_workers_is_named_and_the_others_finish(
    tmp_path: Path, whole: dict[str, object]
) -> None:
    one = scene(tmp_path / "scene")
    code, errors = one.run("--to", "ru", given={"FAKE_KILL": "by 11 percent"})
    assert code == 1
    assert "drafts/ru/part-00001: its worker died 4 times, last by signal 9; it may" in errors
    assert errors.splitlines()[-1].endswith(
        "1 shards failed (drafts/ru/part-00001), 2 wait for them; "
        "finished shards are kept: mend the cause above and run the same command again"
    )
    assert one.shards() == DOCUMENTS * 5 - 3
    code, errors = one.run()
    assert code == 0, errors
    assert one.content() == whole


def test_an_interrupted_build_ends_at_once_and_goes_on_later(
    tmp_path: Path, whole: dict[str, object]
) -> None:
    one = scene(tmp_path / "scene")
    process = one.begin(given={"FAKE_SLEEP": "5"})
    wait_for(lambda: one.shards() >= DOCUMENTS * 2 and len(list(one.root.rglob(".*.tmp"))) > 0)
    below = workers(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    start = time.monotonic()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert time.monotonic() - start < 4
    assert errors.splitlines()[-1] == "trilogue: interrupted; what was finished is kept"
    assert "Traceback" not in errors
    wait_for(lambda: all(gone(pid) for pid in below), 10)
    assert not list(one.root.rglob(".*"))
    assert one.shards() == DOCUMENTS * 2
    code, errors = one.run()
    assert code == 0, errors
    assert one.content() == whole


def test_a_full_disk_fails_its_shard_by_name_and_the_next_run_makes_it(tmp_path: Path) -> None:
    one = scene(tmp_path / "scene")
    noise = " ".join(f"{random.Random(7).getrandbits(64 * 2000):x}"[n::9] for n in range(9))
    (one.folder / "visit9.txt").write_text(f"Levon: {noise}.\n", encoding="utf-8")
    code, errors = one.run(limit=16 * 1024)
    assert code == 1
    shard = "documents/part-00004"
    (line,) = [line for line in errors.splitlines() if line.startswith(shard)]
    assert line.endswith("documents/part-00004.parquet: File too large; free the way and run again")
    assert "8 wait" in errors.splitlines()[-1]
    assert not list(one.root.rglob(".*"))
    assert one.shards() == SHARDS
    code, errors = one.run()
    assert (code, one.shards()) == (0, SHARDS + 9), errors


def test_a_second_run_is_refused_while_the_first_is_at_work(tmp_path: Path) -> None:
    one = scene(tmp_path / "scene")
    process = one.begin(given={"FAKE_SLEEP": "5"})
    wait_for(lambda: one.shards() >= 1)
    code, errors = one.run()
    os.killpg(process.pid, signal.SIGINT)
    process.communicate()
    assert code == 2
    assert f"another run is at work: process {process.pid} on" in errors.splitlines()[-1]


def test_array_jobs_together_make_the_corpus(tmp_path: Path, whole: dict[str, object]) -> None:
    one = scene(tmp_path / "scene")
    jobs = [one.begin("--shards", "0-1"), one.begin("--shards", "2-3")]
    for job in jobs:
        _, errors = job.communicate(timeout=120)
        assert job.returncode == 0, errors
    assert one.shards() == SHARDS
    code, errors = one.run()
    assert (code, errors.splitlines()) == (
        0,
        [f"{one.root}: 0 shards made, {SHARDS} stood already"],
    )
    assert one.content() == whole


RAY = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed")


@RAY
def test_ray_makes_the_same_corpus_though_an_actor_is_killed(
    tmp_path: Path, whole: dict[str, object]
) -> None:
    one = scene(tmp_path / "scene")
    process = one.begin("--executor", "ray", given={"FAKE_SLEEP": "0.1"})

    def actors() -> list[int]:
        return [pid for pid, command in descendants(process.pid) if "ray::Holder" in command]

    wait_for(lambda: one.shards() > DOCUMENTS * 2 or process.poll() is not None)
    assert process.poll() is None, process.communicate()[1]
    killed = actors()[0]
    os.kill(killed, signal.SIGKILL)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert gone(killed)
    assert one.content() == whole


@RAY
@pytest.mark.slow
def test_a_driver_killed_with_ray_takes_its_actors_along(
    tmp_path: Path, whole: dict[str, object]
) -> None:
    one = scene(tmp_path / "scene")
    process = one.begin("--executor", "ray", given={"FAKE_SLEEP": "0.1"})
    wait_for(lambda: one.shards() > DOCUMENTS * 2 or process.poll() is not None)
    assert process.poll() is None, process.communicate()[1]
    # Ray's own agents may outlive it for a while; what writes shards may not.
    below = [pid for pid, name in descendants(process.pid) if "Holder" in name or "raylet" in name]
    assert below
    process.kill()
    process.communicate()
    wait_for(lambda: all(gone(pid) for pid in below), 30)
    code, errors = one.run()
    assert code == 0, errors
    assert one.content() == whole
