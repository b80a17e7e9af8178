"""Makes ``corpora/overlap.npz``: hashes of public test sets, for the dataset card to tell overlap.

python -m trilogue.scripts.fitting.overlap ../shared/bench corpora/overlap.npz
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

from trilogue.corpora.overlap import grams
from trilogue.corpora.splits import hash_of, normalised

SETS = {"FLORES-200 dev": "flores-dev/en.txt", "NTREX-128": "ntrex/en.txt"}


def main(bench: Path, out: Path) -> None:
    """Hash the English side of each set."""
    arrays: dict[str, Any] = {}
    for name, file in SETS.items():
        lines = (bench / file).read_text(encoding="utf-8").splitlines()
        words = [normalised(line) for line in lines]
        found = {gram for line in words for gram in grams(line)}
        arrays[f"{name}/size"] = np.array(len(lines))
        arrays[f"{name}/sentences"] = np.array(sorted(map(hash_of, words)), np.uint64)
        arrays[f"{name}/grams"] = np.array(sorted(found), np.uint64)
        print(f"{name}: {len(lines)} sentences, {len(found)} runs of eight words")
    np.savez(out, **arrays)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
