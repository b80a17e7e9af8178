"""Boundary F1 on the development texts beside the project, and counts on the real transcript."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from trilogue.corpora.segmenters import segmenter

ROOT: Final = Path(__file__).parents[3]
SHARED: Final = ROOT.parent / "shared"

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"{SHARED} is absent: the development data lies there"
)


@pytest.fixture(scope="module")
def benchmark(module_at: Callable[[Path], Any]) -> Any:
    return module_at(ROOT / "benchmarks" / "segmentation.py")


@pytest.mark.parametrize(
    ("name", "floor"),
    [("en.ewt-dev", 0.895), ("hy.armtdp-dev", 0.99), ("hy.bsut-dev", 0.97)],
)
def test_boundaries_are_found_as_well_as_when_last_measured(
    benchmark: Any, name: str, floor: float
) -> None:
    gold = benchmark.read_gold(SHARED / "bench" / "segmentation", name)
    assert benchmark.score(gold, benchmark.ours(name[:2])).f1 >= floor


LABEL = re.compile(r"(?:President of|Prime Minister of|Vladimir Putin)[^:.,]{0,60}: ?")


def test_the_real_transcript_has_137_spoken_sentences() -> None:
    """Labels are cut here by a plain rule; the readers have tests of their own."""
    lines = (SHARED / "transcripts" / "kremlin-2021-01-11.txt").read_text("utf-8").split("\n")
    spoken: list[str] = []
    speaking, skip = False, 0
    for line in lines:
        label = LABEL.match(line)
        speaking = bool(label) or speaking and line not in ("<…>", "Geography")
        skip = 3 if line == "See also" else skip - 1
        if speaking and skip <= 0:
            spoken.append(line[label.end() :] if label else line)
    cut = segmenter("en").spans
    assert (len(spoken), sum(len(cut(line)) for line in spoken)) == (69, 137)
