"""Whether memory stays flat while `trilogue score` and `evaluate scores` take a long stream.

    .venv/bin/python benchmarks/score_stream.py [--pairs 500000] [--shared ../shared] [--to ru]

Each run is a process of its own; its peak is what the system says of it. The pairs are the training
bitext beside the project, said over again if it is short; without it, sentences with numbers. A
peak that grows with the pairs by more than the caches, which are bounded, is a fault.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

MADE_UP = (
    ("We have repaired {n} bridges and tunnels.", "Мы отремонтировали {n} мостов и тоннелей."),
    ("The talks in Yerevan took {n} hours.", "Переговоры в Ереване заняли {n} часов."),
    ("We will not close the {n} schools.", "Мы не закроем {n} школ."),
)
RUN = """
import resource, sys
from trilogue.scripts import cli
code = cli.run(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_SELF)
print(code, peak.ru_maxrss // 1024, peak.ru_utime, file=sys.stderr)
"""


def bitext(shared: Path, to: str) -> Iterator[tuple[str, str]]:
    """Pairs without an end."""
    path = shared / f"bitext/en-{to}.tsv.gz"
    if not path.is_file():
        yield from ((a.format(n=n), b.format(n=n)) for n in range(10**9) for a, b in MADE_UP)
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n").split("\t")[1:] for line in file]
    yield from cycle((cells[0], cells[1]) for cells in lines if len(cells) == 2)


def peak(command: list[str]) -> tuple[int, float]:
    """MiB and seconds of user time of a command of Trilogue."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    code, mebibytes, seconds = done.stderr.split()[-3:]
    assert code == "0", done.stderr
    return int(mebibytes), float(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=500_000)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--to", default="ru", choices=["ru", "hy", "az"])
    options = parser.parse_args()
    here = (options.shared / f"bitext/en-{options.to}.tsv.gz").is_file()
    print(f"en→{options.to} · {'the training bitext' if here else 'made-up sentences'} · one core")
    print(f"{'':<20}{'pairs':>10}{'peak MiB':>10}{'pairs/s of CPU':>16}")
    with tempfile.TemporaryDirectory() as folder:
        for count in (options.pairs // 25, options.pairs // 5, options.pairs):
            plain, table = Path(folder, "pairs.tsv"), Path(folder, "labelled.tsv")
            with plain.open("w", encoding="utf-8") as one, table.open("w", encoding="utf-8") as two:
                two.write("source\ttarget\tgood\treference\n")
                for n, (a, b) in enumerate(islice(bitext(options.shared, options.to), count)):
                    one.write(f"{a}\t{b}\n")
                    two.write(f"{a}\t{b}\t{n % 2}\t{b}\n")
            for name, command in (
                ("score", ["score", str(plain), "--from", "en", "--to", options.to]),
                ("evaluate scores", ["evaluate", "scores", str(table), "--to", options.to]),
            ):
                mebibytes, seconds = peak(command)
                print(
                    f"{name:<20}{count:>10,}{mebibytes:>10,}{count / seconds:>16,.0f}", flush=True
                )


if __name__ == "__main__":
    main()
