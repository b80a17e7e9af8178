"""The search on vectors alone against Vecalign's on the same vectors, and how it grows.

    .venv/bin/python benchmarks/search.py [--largest 200000] [--size 384]

Texts are made: each target segment's vector is its source's with noise of the same length, some
segments of either side have no counterpart, some are joined. Each run is a process of its own, on
one core; seconds are its CPU time, memory the peak of the process, vectors and all.
Vecalign (Thompson and Koehn 2019) is measured if ``sentweave``, a package of its code, is there.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
for _name in THREADS:
    os.environ[_name] = "1"

import numpy as np  # noqa: E402

from trilogue.align.search import best_ladder, rough_ladder  # noqa: E402
from trilogue.align.vectors import VectorEvidence, weighted  # noqa: E402
from trilogue.scripts.aligners import fitted  # noqa: E402

SEED = 1
LENGTHS = (5_000, 20_000, 80_000, 200_000)
KINDS = ((1, 1), (2, 1), (1, 2), (1, 0), (0, 1))
Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]
Pairs = dict[tuple[int, ...], tuple[int, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--largest", type=int, default=LENGTHS[-1])
    parser.add_argument("--size", type=int, default=384, help="numbers in a vector")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        _one(given.one[0], int(given.one[1]), given.size)
        return
    print(f"searching · vectors of {given.size} · seed {SEED} · numpy {np.__version__} · one core")
    print(f"  {'':<28}{'CPU s':>8}{'ratio':>8}{'MiB':>8}   beads right")
    for length in (length for length in LENGTHS if length <= given.largest):
        ours = _run("probabilities", length, given.size)
        for name in ("best ladder", "vecalign"):
            other = ours and _run(name, length, given.size)
            if other is None:
                print(f"  {length:>7,} {name:<20} skipped: no package sentweave")
                continue
            _print(length, name, other, ours)
        _print(length, "with probabilities", ours, ours)


def _print(length: int, name: str, found: list[float], ours: list[float]) -> None:
    seconds, memory, right = found
    ratio = f"{seconds / ours[0]:.1f}×"
    figures = f"{seconds:>8.2f}{ratio:>8}{memory:>8.0f}   {right:.4f}"
    print(f"  {length:>7,} {name:<20}{figures}", flush=True)


def _run(name: str, length: int, size: int) -> list[float] | None:
    command = [sys.executable, __file__, "--size", str(size), "--one", name, str(length)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 3:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    return [float(value) for value in done.stdout.split()]


def _one(name: str, length: int, size: int) -> None:
    source, target, gold = _texts(length, size)
    search = {"probabilities": _ours, "best ladder": _rough, "vecalign": _vecalign}[name]
    start = time.process_time()
    found = search(source, target)
    seconds = time.process_time() - start
    linked = [bead for bead in found if bead[0] and bead[1]]
    right = sum(gold.get(tuple(one)) == tuple(other) for one, other in linked)
    f1 = 2 * right / (len(linked) + len(gold))
    print(seconds, _peak(), f1)


def _texts(length: int, size: int) -> tuple[np.ndarray, np.ndarray, Pairs]:
    """Vectors of two texts, and their true beads."""
    rng = np.random.default_rng(SEED)
    source: list[np.ndarray] = []
    target: list[np.ndarray] = []
    gold: Pairs = {}
    while len(source) < length:
        m, n = KINDS[rng.choice(5, p=(0.8, 0.06, 0.06, 0.04, 0.04))]
        parts = rng.normal(size=(max(m, n), size)).astype(np.float32)
        if m and n:
            at = tuple(range(len(source), len(source) + m))
            gold[at] = tuple(range(len(target), len(target) + n))
        source += list(parts) if m > 1 else [parts.sum(0)] * m
        target += list(parts) if n > 1 else [parts.sum(0)] * n
    sides = []
    for vectors in (source, target):
        stacked = np.stack(vectors)
        noise = rng.normal(size=stacked.shape).astype(np.float32)
        sides.append(stacked + noise * np.linalg.norm(stacked, axis=1, keepdims=True) / size**0.5)
    return sides[0], sides[1], gold


def _ours(source: np.ndarray, target: np.ndarray) -> Beads:
    found = best_ladder(_evidence(source, target), fitted().sets["vectors"])
    return [(bead.source, bead.target) for bead in found]


def _rough(source: np.ndarray, target: np.ndarray) -> Beads:
    found = rough_ladder(_evidence(source, target), fitted().sets["vectors"])
    return [(bead.source, bead.target) for bead in found]


def _evidence(source: np.ndarray, target: np.ndarray) -> VectorEvidence:
    sides = [
        weighted(vectors, np.linalg.norm(vectors, axis=1), where=name)
        for name, vectors in (("source", source), ("target", target))
    ]
    return VectorEvidence(sides[0], sides[1], fitted().sets["vectors"])


def _vecalign(source: np.ndarray, target: np.ndarray) -> list[tuple[list[int], list[int]]]:
    """Its search, beads of up to eight segments in all, its other settings the package's own."""
    try:
        from sentweave.dp_utils import make_alignment_types, vecalign
    except ImportError:
        raise SystemExit(3) from None
    found = vecalign(
        _overlaps(source), _overlaps(target), make_alignment_types(8), 0.2, 9, 300, 20_000, 100
    )
    beads: list[tuple[list[int], list[int]]] = found[0]["final_alignments"]
    return beads


def _overlaps(vectors: np.ndarray) -> np.ndarray:
    """Vectors of 1 … 7 neighbours together, as Vecalign wants them."""
    out = [vectors.copy()]
    for k in range(1, 7):
        wider = out[-1].copy()
        wider[:-k] += vectors[k:]
        out.append(wider)
    return np.stack(out)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
