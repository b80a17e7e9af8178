"""A corpus of growing size: does the driver's memory stay, does time grow as the corpus does?

    .venv/bin/python benchmarks/scale.py [--sizes 1000 10000 100000] [--jobs 2] [--rounds 2]

Generates transcripts in the Kremlin page layout (a thousand to a file), builds them with the real
reader and segmenter, a translator that looks its sentences up, and a scorer that counts; and prints
for each size the CPU seconds of all its processes, wall time, and the driver's peak memory, and as
ratios to the smallest: CPU seconds a transcript (at most 1: linear), and memory. Then builds the
second size with Ray and with the pool, both with ``--jobs`` workers, in turn: the quickest counts.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

from trilogue.align.scores.text import Pair
from trilogue.corpora.types import Assessment, Draft, Ladder, Verdict
from trilogue.models.registry import Choice
from trilogue.scripts import tools
from trilogue.scripts.build import Request, make
from trilogue.scripts.executors.named import executor_of
from trilogue.scripts.recipe import Recipe
from trilogue.scripts.tools import Model, Tools

A_FILE = 1000
A_SHARD = 250
SENTENCES = {
    "Thank you for coming.": "Спасибо, что пришли.",
    "Trade between our countries grew by {} percent last year.": (
        "Торговля между нашими странами выросла за прошлый год на {} процентов."
    ),
    "We shall open {} new schools in the region.": "Мы откроем в регионе {} новых школ.",
    "I believe that this work must be continued.": "Считаю, что эту работу надо продолжить.",
}


class Table:
    """Translates the sentences of this benchmark."""

    signature = "table@1"

    def translate(self, texts: Sequence[str]) -> list[Draft]:
        return [Draft(self._one(text), self.signature) for text in texts]

    @staticmethod
    def _one(text: str) -> str:
        number = "".join(letter for letter in text if letter.isdigit())
        return SENTENCES[text.replace(number, "{}") if number else text].format(number)


class Counter:
    """Scores by length alone: the cost measured here is that of the corpus, not of the scores."""

    signature = "count@1"

    def align(self, source: Sequence[str], target: Sequence[str], drafts: Sequence[str]) -> Ladder:
        raise AssertionError("there are no official versions here")

    def assess(
        self,
        pairs: Sequence[Pair],
        *,
        second: Sequence[str | None] | None = None,
        document: Sequence[Hashable] | None = None,
    ) -> list[Assessment]:
        ratios = (len(pair.target) / len(pair.source) for pair in pairs)
        return [
            Assessment(None, None, Verdict.REVIEW, (), {"length": ratio}, self.signature)
            for ratio in ratios
        ]


def choose(to: str) -> Choice:
    return Choice("table", "it is quick")


def translator(model: Model) -> Table:
    return Table()


def counter(to: str) -> Counter:
    return Counter()


def transcripts(count: int) -> Iterator[str]:
    """Pages, each with a head and two speakers, no two alike."""
    for number in range(count):
        yield (
            f"Events\nMeeting number {number} with Nino Karali\n"
            f"Levon Sarian and Nino Karali spoke about schools.\n"
            f"May {number % 28 + 1}, {1990 + number % 30}\n18:20\nBatumi\n"
            f"Director Nino Karali: Thank you for coming. "
            f"Trade between our countries grew by {number} percent last year.\n"
            f"Secretary General Levon Sarian: We shall open {number + 3} new schools in the "
            f"region. I believe that this work must be continued.\n"
            f"Nino Karali: Thank you for coming.\n"
            f"Geography\nGeorgia\nPublication status\nPublished in section: News\n\n"
        )


def generate(folder: Path, count: int) -> list[Path]:
    """The transcripts as files."""
    pages = transcripts(count)
    paths = []
    for start in range(0, count, A_FILE):
        path = folder / f"page{start:07d}.txt"
        here = range(min(A_FILE, count - start))
        path.write_text("".join(next(pages) for _ in here), encoding="utf-8")
        paths.append(path)
    return paths


def one(folder: Path, executor: str, jobs: int) -> None:
    """Build the transcripts of a folder and print the cost as JSON: in a process of its own."""
    made = Tools(tools.read, tools.segmenter, choose, translator, counter, counter)
    recipe = Recipe(to=("ru",), documents_per_shard=A_SHARD)
    paths = tuple(sorted(folder.glob("*.txt")))
    start = time.perf_counter()
    with executor_of(executor, jobs) as workers:
        begun = time.perf_counter()
        said = make(Request(paths, folder / f"corpus-{executor}", recipe, made), workers)
        end = time.perf_counter()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    rows = {stage: counts["rows"] for stage, counts in said["stages"].items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    cost = {"cpu": cpu, "seconds": end - begun, "start": begun - start, "MiB": peak, "rows": rows}
    print(json.dumps(cost))


def measured(folder: Path, executor: str, jobs: int) -> dict[str, float]:
    """The cost of one build, in a fresh driver."""
    command = [sys.executable, __file__, "--one", str(folder), executor, "--jobs", str(jobs)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cost = json.loads(done.stdout.splitlines()[-1])
    return {**cost, "segments": cost["rows"]["segments"], "units": cost["rows"]["units/ru"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2, help="of Ray against the pool")
    parser.add_argument("--shared", help="not used: the transcripts are generated")
    parser.add_argument("--one", nargs=2, metavar=("FOLDER", "EXECUTOR"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(Path(given.one[0]), given.one[1], given.jobs)
        return
    print(
        f"read → segment → look up → score · {A_SHARD} transcripts a shard · {given.jobs} workers "
        f"· Python {platform.python_version()}\n{'transcripts':>12} {'segments':>9} {'CPU s':>8} "
        f"{'each':>6} {'wall s':>7} {'driver MiB':>11} {'ratio':>6}"
    )
    first: dict[str, float] = {}
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), size)
            cost = measured(Path(folder), "local", given.jobs)
            first = first or cost
            each = cost["cpu"] / first["cpu"] / (size / given.sizes[0])
            print(
                f"{size:>12,} {cost['segments']:>9,} {cost['cpu']:>8.1f} {each:>5.2f}× "
                f"{cost['seconds']:>7.1f} {cost['MiB']:>11.0f} {cost['MiB'] / first['MiB']:>5.2f}×",
                flush=True,
            )
    compare(given.sizes[:2][-1], given.jobs, given.rounds)


def compare(size: int, jobs: int, rounds: int) -> None:
    """Ray against the pool, in turn on the same transcripts; the quickest of each."""
    found: dict[str, list[dict[str, float]]] = {"local": [], "ray": []}
    for name in [*found] * rounds:
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), size)
            try:
                found[name].append(measured(Path(folder), name, jobs))
            except subprocess.CalledProcessError as error:
                print(f"{name}: left out: {error.stderr.splitlines()[-1]}")
                return
    pool, ray = (min(costs, key=lambda one: one["seconds"]) for costs in found.values())
    print(
        f"{size:,} transcripts, {jobs} workers, best of {rounds}: pool {pool['seconds']:.1f} s; "
        f"Ray {ray['seconds']:.1f} s, {ray['seconds'] / pool['seconds']:.2f}×, after "
        f"{ray['start']:.1f} s to start its cluster"
    )


if __name__ == "__main__":
    main()
