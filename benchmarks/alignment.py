"""Sentence alignment against gold ladders: NTREX, FLORES, Text+Berg, large and unrelated texts.

    .venv/bin/python benchmarks/alignment.py [--shared ../shared] [--weights FILE]

Strict F1 as ``trilogue evaluate ladder`` counts it, over all documents of a set. The sets are made
by ``shared/tools/make_noisy_docs.py`` with its default seed; FLORES dev is what weights were fitted
on (its lines, in other documents), so its figures flatter. No weight was fitted on NTREX, but
variants of the aligner were chosen with its figures in view.
"""

import argparse
import gzip
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from trilogue import models
from trilogue.align.aligner import align_segments
from trilogue.align.beads import Counts, compare
from trilogue.align.ladders import read_ladder
from trilogue.align.lexicon import Lexicon
from trilogue.align.weights import AlignmentModel
from trilogue.corpora.lines import file_lines
from trilogue.corpora.types import Bead, Ladder

WEIGHTS = Path(models.__path__[0]) / "weights"
NTREX = ["--docids", "DOCS"]
SETS = {
    "NTREX realistic": ("ntrex", ["--preset", "realistic", *NTREX]),
    "NTREX hard": ("ntrex", ["--preset", "hard", *NTREX]),
    "NTREX brutal, 6 a file": ("ntrex", ["--preset", "brutal", "--docs-per-file", "6", *NTREX]),
    "NTREX hard, one file": ("ntrex", ["--preset", "hard"]),
    "FLORES dev hard": ("flores-dev", ["--preset", "hard", "--pseudo", "40"]),
}
DRAFTS = {"ru": "bergamot-base", "hy": "opusmt", "az": "opusmt"}
LANGUAGES = ("ru", "hy", "az")
LENGTHS = (500, 2_000, 8_000, 24_000)
Document = tuple[list[str], list[str], list[str] | None, Ladder]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--weights", type=Path, default=WEIGHTS / "alignment.json")
    given = parser.parse_args()
    shared = given.shared
    if not (shared / "bench").is_dir():
        print(f"alignment: skipped, no data in {shared} (--shared)")
        return
    model = AlignmentModel.load(given.weights)
    lexicons = {lang: Lexicon.load(WEIGHTS / f"lexicon-{lang}.npz") for lang in LANGUAGES}
    numpy, seed = np.__version__, "make_noisy_docs.py default seed 17"
    print(f"aligning · en→ru, hy, az · strict F1 · {seed} · numpy {numpy} · one process")
    with tempfile.TemporaryDirectory() as folder:
        for name, (bench, options) in SETS.items():
            row = [_set(shared, Path(folder), bench, options, lang, model, lexicons[lang])
                   for lang in LANGUAGES]  # fmt: skip
            _print(name, row)
        bench, options = SETS["NTREX hard, one file"]
        row = [_set(shared, Path(folder), bench, options, lang, model, lexicons[lang], parts=50)
               for lang in LANGUAGES]  # fmt: skip
        _print("NTREX hard, one file, parts", row)
        with_drafts = ["--preset", "hard", "--pseudo", "40"]
        row = [
            _set(shared, Path(folder), "flores-dev", with_drafts, lang, model, lexicons[lang],
                 draft=DRAFTS[lang]) for lang in LANGUAGES
        ]  # fmt: skip
        _print("FLORES dev hard, with drafts", row)
    _text_berg(shared, model)
    _blocks(shared, model, lexicons)
    _unrelated(shared, model, lexicons)
    _growth(shared, model, lexicons["ru"])


def _print(name: str, row: list[tuple[float, float]]) -> None:
    figures = " ".join(f"{f1:.4f}" for f1, _ in row)
    print(f"  {name:<30} {figures}   {sum(seconds for _, seconds in row):.1f} s", flush=True)


def _set(
    shared: Path,
    folder: Path,
    bench: str,
    options: list[str],
    lang: str,
    model: AlignmentModel,
    lexicon: Lexicon,
    *,
    draft: str | None = None,
    parts: int = 0,
) -> tuple[float, float]:
    """Strict F1 over the documents of a set, and CPU seconds.

    :param parts: cut each document where a gold bead ends, after about this many beads.
    """
    counts = np.zeros(4, np.int64)
    start = time.process_time()
    given = _documents(shared, folder, bench, options, lang, draft)
    documents = (part for document in given for part in _parts(document, parts))
    for source, target, drafts, gold in documents:
        found = align_segments(
            source, target, source_lang="en", target_lang=lang, model=model, lexicon=lexicon,
            drafts=drafts,
        )  # fmt: skip
        strict = compare(gold, found).strict
        counts += (strict.right, strict.tested, strict.found, strict.wanted)
    return Counts(*counts.tolist()).f1, time.process_time() - start


def _documents(
    shared: Path, folder: Path, bench: str, options: list[str], lang: str, draft: str | None
) -> Iterator[Document]:
    data = shared / "bench" / bench
    out = folder / "-".join([bench, lang, draft or "", *options]).replace("/", "")
    resolved = [str(data / "docs.txt") if option == "DOCS" else option for option in options]
    extra = ["--mt", f"draft={data}/mt/{draft}.{lang}.txt"] if draft else []
    command = [sys.executable, str(shared / "tools/make_noisy_docs.py"), *resolved, *extra]
    files = ["--src", str(data / "en.txt"), "--tgt", str(data / f"{lang}.txt"), "--out", str(out)]
    subprocess.run([*command, *files], check=True, capture_output=True)
    for gold in sorted(out.glob("*.gold")):
        source, target = (list(file_lines(gold.with_suffix(end))) for end in (".src", ".tgt"))
        drafts = list(file_lines(Path(f"{gold.with_suffix('')}.mt.draft"))) if draft else None
        ladder = read_ladder(gold)
        # A side without segments is written as one empty line.
        sizes = [1 + max((i for b in ladder for i in s(b)), default=-1) for s in (_left, _right)]
        yield source[: sizes[0]], target[: sizes[1]], drafts, ladder


def _parts(document: Document, size: int) -> Iterator[Document]:
    """A document in pieces of some beads of its gold; whole if ``size`` is 0."""
    source, target, drafts, gold = document
    i = j = 0
    for first in range(0, len(gold), size or len(gold)):
        beads = gold[first : first + (size or len(gold))]
        last = i + sum(len(bead.source) for bead in beads)
        end = j + sum(len(bead.target) for bead in beads)
        moved = tuple(
            Bead(tuple(s - i for s in bead.source), tuple(t - j for t in bead.target))
            for bead in beads
        )
        yield source[i:last], target[j:end], drafts and drafts[i:last], moved
        i, j = last, end


def _left(bead: Bead) -> tuple[int, ...]:
    return bead.source


def _right(bead: Bead) -> tuple[int, ...]:
    return bead.target


def _text_berg(shared: Path, model: AlignmentModel) -> None:
    data = shared / "bench/text-berg-dev"
    source, target = list(file_lines(data / "dev.de")), list(file_lines(data / "dev.fr"))
    for name in ("google", "europarllight", None):
        drafts = name and list(file_lines(data / f"dev.de-mt-{name}.fr"))
        found = align_segments(
            source, target, source_lang="de", target_lang="fr", model=model, drafts=drafts
        )
        agreement = compare(read_ladder(data / "dev.defr"), found)
        low, high = agreement.interval
        figures = f"{agreement.strict.f1:.4f} ({low:.3f} to {high:.3f})"
        print(f"  Text+Berg dev, draft {name or 'none':<14} {figures}", flush=True)


def _blocks(shared: Path, model: AlignmentModel, lexicons: dict[str, Lexicon]) -> None:
    """NTREX and FLORES dev as one text of 1,967 lines, with a block of the target removed."""
    for lang, lexicon in lexicons.items():
        source, target = _joined(shared, "en"), _joined(shared, lang)
        figures = []
        for size in (0, 500, 800):
            kept = target[:600] + target[600 + size :]
            gold = tuple(
                Bead((i,), (i,) if i < 600 else () if i < 600 + size else (i - size,))
                for i in range(len(source))
            )
            found = align_segments(
                source, kept, source_lang="en", target_lang=lang, model=model, lexicon=lexicon
            )
            figures.append(f"{size}: {compare(gold, found).strict.f1:.4f}")
        print(f"  removed from 1,967 en→{lang}    {', '.join(figures)}", flush=True)


def _unrelated(shared: Path, model: AlignmentModel, lexicons: dict[str, Lexicon]) -> None:
    """NTREX documents against FLORES of the same length: share of source segments linked."""
    for lang, lexicon in lexicons.items():
        source, target = _joined(shared, "en")[:970], _joined(shared, lang)[970:]
        figures = []
        for length in (20, 100, 900):
            linked = total = 0
            for start in range(0, 900, length):
                part = slice(start, start + length)
                found = align_segments(
                    source[part], target[part], source_lang="en", target_lang=lang, model=model,
                    lexicon=lexicon,
                )  # fmt: skip
                linked += sum(len(bead.source) for bead in found if bead.target)
                total += length
            figures.append(f"{length} segments: {100 * linked / total:.1f} %")
        print(f"  unrelated, linked en→{lang}     {', '.join(figures)}", flush=True)


def _growth(shared: Path, model: AlignmentModel, lexicon: Lexicon) -> None:
    """CPU seconds of the whole alignment over the length, and the process's peak memory so far."""
    with gzip.open(shared / "bitext/en-ru.tsv.gz", "rt", encoding="utf-8") as lines:
        news = (line.rstrip("\n").split("\t") for line in lines if line.startswith("wmt_newstest"))
        pairs = list(islice(news, LENGTHS[-1]))
    for length in LENGTHS:
        source, target = [pair[1] for pair in pairs[:length]], [pair[2] for pair in pairs[:length]]
        start = time.process_time()
        align_segments(
            source, target, source_lang="en", target_lang="ru", model=model, lexicon=lexicon
        )
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        each = 1000 * seconds / length
        figures = f"{seconds:7.2f} s  {each:.2f} ms a segment  {peak:,.0f} MiB"
        print(f"  {length:>7,} lines of news, en→ru {figures}", flush=True)


def _joined(shared: Path, lang: str) -> list[str]:
    return [
        line
        for name in ("ntrex", "flores-dev")
        for line in file_lines(shared / "bench" / name / f"{lang}.txt")
    ]


if __name__ == "__main__":
    main()
