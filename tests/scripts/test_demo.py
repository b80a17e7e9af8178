"""``make demo`` on the real models: what it shows, and that no kill changes what it makes."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import datasets
import pyarrow.parquet as pq
import pytest
from translate.storage.tmx import tmxfile

CHECKOUT = Path(__file__).parents[2]
REAL = CHECKOUT.parent / "shared/transcripts/kremlin-2021-01-11.txt"

pytestmark = pytest.mark.slow


def begin(folder: Path, *options: str) -> subprocess.Popen[str]:
    """Start the demo, with the environment that the tests run in instead of one of its own."""
    stamp = folder / "installed"
    stamp.touch()
    binaries = Path(sys.executable).parent
    return subprocess.Popen(
        ["make", "demo", f"BIN={binaries}", f"THIN={stamp}", f"CORPUS={folder}/demo", *options],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def demo(folder: Path, *options: str) -> str:
    process = begin(folder, *options)
    shown, _ = process.communicate(timeout=600)
    assert process.returncode == 0, shown
    return shown


def content(folder: Path) -> dict[str, object]:
    """All files of the demo: the rows and the footer of shards, the text of others."""
    found: dict[str, object] = {}
    for path in sorted(path for path in (folder / "demo").rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".parquet":
            footer = pq.read_metadata(path).metadata[b"trilogue"]
            found[name] = (pq.read_table(path).to_pylist(), footer)
        else:
            found[name] = path.read_text(encoding="utf-8").replace(str(folder), "")
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a demo is that nothing happens to."""
    return tmp_path_factory.mktemp("whole")


@pytest.fixture(scope="module")
def whole(folder: Path) -> tuple[str, dict[str, object]]:
    """What it shows, and leaves."""
    shown = demo(folder)
    return shown, content(folder)


def test_the_demo_shows_figures_and_the_worst_units(whole: tuple[str, dict[str, object]]) -> None:
    shown, made = whole
    figures = [" ".join(line.split()) for line in shown.splitlines()]
    assert "documents 3" in figures
    assert any(line.startswith("ru reference ") for line in figures)
    assert sum(line.startswith("1. ") for line in figures) == 3
    memories = {f"corpus{pair}.tmx" for pair in ("", ".en-ru", ".en-hy", ".en-az")}
    exports = {*memories, "corpus.jsonl", "report.txt"}
    assert {f"demo/exports/{name}" for name in exports} <= made.keys()


def test_what_the_demo_exports_loads_in_other_tools(
    folder: Path, whole: tuple[str, dict[str, object]], tmp_path: Path
) -> None:
    root = folder / "demo"
    units = sum(pq.read_metadata(path).num_rows for path in root.glob("units/*/*.parquet"))
    with (root / "exports" / "corpus.tmx").open("rb") as file:
        memory = tmxfile(file)
    assert len(memory.units) == units
    assert all(unit.source and unit.target for unit in memory.units)
    stages = {path.parent for path in root.rglob("*.parquet")}
    assert len(stages) == 2 + 3 * 3 + 2
    for stage in stages:
        loaded = datasets.load_dataset("parquet", data_dir=str(stage), cache_dir=str(tmp_path))
        rows = sum(pq.read_metadata(path).num_rows for path in stage.iterdir())
        assert loaded["train"].num_rows == rows


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "before anything stands": lambda root: root.exists(),
    "among the drafts": lambda root: any(root.glob("drafts/*/part-*.parquet")),
    "among the scores": lambda root: any(root.glob("scores/assess/*/part-*.parquet")),
    "among the exports": lambda root: (root / "exports").exists(),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_demo_killed_at_any_moment_and_run_again_makes_the_same(
    moment: str, tmp_path: Path, whole: tuple[str, dict[str, object]]
) -> None:
    process = begin(tmp_path)
    end = time.monotonic() + 300
    while not MOMENTS[moment](tmp_path / "demo"):
        assert process.poll() is None and time.monotonic() < end, "the demo did not come to that"
        time.sleep(0.01)
    time.sleep(random.Random(moment).uniform(0, 0.5))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    demo(tmp_path)
    assert content(tmp_path) == whole[1]


@pytest.mark.skipif(not REAL.exists(), reason="the real transcripts are not beside the checkout")
def test_the_real_transcripts_are_four_documents_twelve_turns_and_137_sentences(
    tmp_path: Path,
) -> None:
    figures = [" ".join(line.split()) for line in demo(tmp_path, f"INPUT={REAL}").splitlines()]
    assert {"documents 4", "turns 12", "segments 137"} <= set(figures)
