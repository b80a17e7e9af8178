"""What post-edits do for the next drafts, and what they cost elsewhere.

Stand-in for a translator's work: NTREX, whose references play the post-edits (train, develop and
test by the hash of the source, as for a corpus); anchors are the model's own drafts of the first
half of FLORES dev, the guard is the second half, of which training sees nothing. Never shipped.
"""

import argparse
import logging
import resource
import tempfile
import time
from pathlib import Path

from trilogue.models import marian, registry
from trilogue.models.training.improving import chrf_of
from trilogue.models.training.reviewed import Lesson, Lessons, part_of
from trilogue.models.training.tuning import Tuning, tune

SHARED = Path(__file__).parents[1] / "../shared/bench"


def pairs_of(folder: Path, to: str) -> list[Lesson]:
    """The lines of a set as lessons."""
    texts = [
        (folder / f"{code}.txt").read_text(encoding="utf-8").splitlines() for code in ("en", to)
    ]
    return [Lesson(source, target, to) for source, target in zip(*texts, strict=True)]


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--to", nargs="+", default=["az"])
    parser.add_argument("--rates", nargs="+", type=float, default=[1e-4])
    parser.add_argument("--pairs", type=int, default=250, help="Post-edits of each language.")
    parser.add_argument("--epochs", type=int, default=4)
    given = parser.parse_args()
    if not SHARED.is_dir():
        print(f"tuning: no {SHARED}: skipped")
        return
    found = registry.find(given.model)
    lessons, guard = Lessons(), []
    for to in given.to:
        parts = {"train": lessons.train, "develop": lessons.develop, "test": lessons.test}
        for one in pairs_of(SHARED / "ntrex", to):
            parts[part_of(one.source)].append(one)
        left = [one for one in lessons.train if one.to == to][given.pairs :]
        lessons.train[:] = [one for one in lessons.train if one not in left]
        flores = pairs_of(SHARED / "flores-dev", to)
        guard += flores[len(flores) // 2 :]
        sources = [one.source for one in flores[: len(flores) // 2]]
        drafts = marian.load(given.model, to=to).translate(sources)
        lessons.anchors.extend(
            Lesson(source, draft.text, to) for source, draft in zip(sources, drafts, strict=True)
        )
    before = [chrf_of(given.model, some) for some in (lessons.test, guard)]
    for rate in given.rates:
        with tempfile.TemporaryDirectory() as room:
            began = time.process_time()
            tune(found, lessons, Tuning(rate=rate, epochs=given.epochs), Path(room, "tuned"))
            seconds = time.process_time() - began
            after = [chrf_of(Path(room, "tuned"), some) for some in (lessons.test, guard)]
        sizes = f"{len(lessons.train)} pairs, {len(lessons.test)} held out, {len(guard)} of guard"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"tuning · {found.name}@{found.revision} · rate {rate:g} · {sizes}"
            f" · {seconds:.0f} CPU s · peak {peak:,.0f} MiB"
        )
        for name, old, new in zip(("NTREX held out", "FLORES guard"), before, after, strict=True):
            for to in old:
                print(f"  {name:<16}{to}  chrF {old[to]:.1f} → {new[to]:.1f}")


if __name__ == "__main__":
    main()
