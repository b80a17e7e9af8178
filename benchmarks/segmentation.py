"""Sentence boundaries: F1, the cost of hard-wrapping and speed, ours beside libraries, in one run.

    .venv/bin/python benchmarks/segmentation.py [--shared ../shared] [--size 100000]

A boundary is a place inside a paragraph, counted in characters that are not white space, where a
gold sentence ends; ends of paragraphs are given, so they are not counted. NTREX has no gold
sentences: there its lines, joined by five, stand for them, and a line of two sentences costs every
system the same. Libraries that are not installed are left out, and said to be; to have them all:
``pip install sentencex razdel blingfire pysbd spacy``.
"""

import argparse
import gzip
import importlib
import importlib.metadata
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.segmenters import Newlines, paragraphs, segmenter

Cut = Callable[[str], Sequence[str]]
LIBRARIES: Final = ("sentencex", "razdel", "blingfire", "pysbd", "spacy")
JOINED: Final = 5
PIECES: Final = (
    *(". ", " .", '."', "A.", "A. ", "! ", "(", ".( ", ".[1]", "— ", ". — ", "Mr. ", "1. "),
    *("I… I ", "1.1", "։", "։ ", "ա: ", "«ա: ", ":-)", "* * * ", " ====", '"Stop!" John ', "xx.Xx"),
    *(
        "\u200d",
        ".\n",
        "«a: ",
        "2 г. A",
        "😀",
        ". 😀",
        "*",
        "- ",
        "»",
        ". “",
        "…",
        "Article 5. ",
        "a",
    ),
)
"""What rules look at: marks, quotes, initials, enumerators, pauses, pictures, nothing at all."""

TESTS: Final = Path(__file__).parents[1] / "tests" / "corpora" / "segmenters"


@dataclass(frozen=True)
class Gold:
    """A text and its boundaries, as counts of characters that are not white space."""

    name: str
    paragraphs: list[str]
    boundaries: frozenset[int]
    ends: frozenset[int]


@dataclass(frozen=True)
class Score:
    """Of boundaries: shares in [0, 1]."""

    precision: float
    recall: float
    f1: float


def offsets(texts: Iterable[str]) -> Iterator[int]:
    """Where each text ends, counted in characters that are not white space."""
    reached = 0
    for text in texts:
        reached += len("".join(text.split()))
        yield reached


def read_gold(folder: Path, name: str) -> Gold:
    """A text with one paragraph a line (.txt) and one sentence a line (.gold)."""
    text, sentences = (
        [line for line in (folder / f"{name}{end}").read_text("utf-8").split("\n") if line.strip()]
        for end in (".txt", ".gold")
    )
    ends = frozenset(offsets(text))
    return Gold(name, text, frozenset(offsets(sentences)) - ends, ends)


def read_marked(path: Path) -> Gold:
    """Our own running text: a paragraph a line, " | " between its sentences."""
    lines = [line.split(" | ") for line in path.read_text("utf-8").splitlines()]
    text = [" ".join(line) for line in lines]
    ends = frozenset(offsets(text))
    cuts = frozenset(offsets(sentence for line in lines for sentence in line))
    return Gold(f"{path.stem}.prose", text, cuts - ends, ends)


def join_lines(path: Path) -> Gold:
    """Lines taken for sentences, put together by five."""
    lines = [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
    text = [" ".join(lines[i : i + JOINED]) for i in range(0, len(lines), JOINED)]
    ends = frozenset(offsets(text))
    return Gold(f"{path.stem}.ntrex-joined", text, frozenset(offsets(lines)) - ends, ends)


def score(gold: Gold, cut: Cut) -> Score:
    """How well a system's boundaries are the gold ones; a system that changes text is not lost."""
    found: set[int] = set()
    start = 0
    for paragraph, end in zip(gold.paragraphs, offsets(gold.paragraphs), strict=True):
        found.update(start + offset for offset in offsets(cut(paragraph)))
        start = end
    return _compare(gold, found)


def score_wrapped(gold: Gold, cut: Cut) -> Score:
    """The same after each paragraph was wrapped at 72 columns and joined by our policy."""
    lines = "\n\n".join(textwrap.fill(text, 72) for text in gold.paragraphs).split("\n")
    joined = paragraphs(lines, Newlines.AUTO)
    return _compare(gold, set(offsets(piece for text in joined for piece in cut(text))))


def _compare(gold: Gold, found: set[int]) -> Score:
    found = found - gold.ends
    right = len(found & gold.boundaries)
    precision, recall = right / max(1, len(found)), right / max(1, len(gold.boundaries))
    f1 = 2 * right / max(1, len(found) + len(gold.boundaries))
    return Score(precision, recall, f1)


def ours(language: str) -> Cut:
    """Trilogue's segmenter, by texts."""
    spans = segmenter(language).spans
    return lambda paragraph: [paragraph[start:end] for start, end in spans(paragraph)]


def library(name: str, language: str) -> Cut | None:
    """A library's way to cut, None if it does not know the language."""
    module: Any = importlib.import_module(name)
    if name == "sentencex":
        return lambda text: list(module.segment(language, text))
    if name == "razdel":
        return lambda text: [piece.text for piece in module.sentenize(text)]
    if name == "blingfire":
        return lambda text: str(module.text_to_sentences(text)).split("\n")
    if name == "pysbd":
        if language == "az":
            return None
        cutter = module.Segmenter(language=language, clean=False)
        return lambda text: [str(piece) for piece in cutter.segment(text)]
    nlp = module.blank(language)
    nlp.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in nlp(text).sents]


def installed() -> dict[str, str]:
    """Libraries that are here, with their versions; the others are reported."""
    found = {}
    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError:
            print(f"left out: {name} is not installed")
        else:
            found[name] = importlib.metadata.version(name)
    return found


def print_quality(golds: list[Gold], libraries: dict[str, str]) -> None:
    """One block a text, one line a system."""
    for gold in golds:
        language = gold.name[:2]
        print(f"\n{gold.name}: {len(gold.boundaries):,} boundaries inside paragraphs")
        print(f"  {'':12}{'precision':>10}{'recall':>10}{'F1':>10}")
        cuts = {"trilogue": ours(language)}
        for name in libraries:
            cut = library(name, language)
            if cut is not None:
                cuts[name] = cut
        for name, cut in cuts.items():
            got = score(gold, cut)
            print(f"  {name:12}{got.precision:>10.4f}{got.recall:>10.4f}{got.f1:>10.4f}")
        wrapped = score_wrapped(gold, cuts["trilogue"])
        change = wrapped.f1 - score(gold, cuts["trilogue"]).f1
        print(f"  trilogue, hard-wrapped at 72 columns: F1 {wrapped.f1:.4f} ({change:+.4f})")


def print_traps(folder: Path, libraries: dict[str, str]) -> None:
    """How many of our tests' paragraphs (``traps/LANGUAGE.txt``, " | " a cut) come out right."""
    files = {path.stem: path.read_text("utf-8").splitlines() for path in folder.glob("*.txt")}
    languages = sorted(files)
    print("\ntraps: paragraphs cut right everywhere" + "".join(f"{x:>10}" for x in languages))
    for name in ("trilogue", *libraries):
        shares = []
        for language in languages:
            cut = ours(language) if name == "trilogue" else library(name, language)
            right = sum(_is_right(line, cut) for line in files[language]) if cut else None
            shares.append("–" if right is None else f"{right}/{len(files[language])}")
        print(f"  {name:36}" + "".join(f"{share:>10}" for share in shares))


def _is_right(line: str, cut: Cut) -> bool:
    expected = line.split(" | ")
    pieces = [piece for piece in cut(" ".join(expected)) if piece.strip()]
    return list(offsets(pieces)) == list(offsets(expected))


def print_speed(path: Path, libraries: dict[str, str]) -> None:
    """English on one core, in paragraphs of five sentences, and ours on all in one paragraph."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [line.rstrip("\n").partition("\t")[2] for line in file]
    texts = [" ".join(lines[i : i + JOINED]) for i in range(0, len(lines), JOINED)]
    print("\nspeed · English · one core                              MB/s     ratio")
    base = _print_rate("trilogue", ours("en"), texts, 0.0)
    _print_rate("trilogue, one paragraph", ours("en"), [" ".join(texts)], base)
    for name in libraries:
        cut = library(name, "en")
        assert cut is not None
        _print_rate(name, cut, texts[: 200 if name == "pysbd" else 4000], base)


def print_growth(size: int) -> None:
    """CPU time of twice the text over that of the text, for what a rule could stumble over.

    :param size: characters of the shorter text.
    """
    print(f"\ngrowth · CPU of 2n over n, n = {size:,} characters of one piece; linear is 2")
    for language in ("en", "ru", "hy", "az"):
        cut = ours(language)
        ratios = {}
        for piece in PIECES:
            once, twice = (
                min(_cpu(cut, "x. " + piece * (n // len(piece)) + " X") for _ in range(3))
                for n in (size, 2 * size)
            )
            ratios[piece] = twice / max(once, 1e-9)
        worst = max(ratios, key=ratios.__getitem__)
        middle = sorted(ratios.values())[len(ratios) // 2]
        print(f"  {language}: median {middle:.2f}, worst {ratios[worst]:.2f} ({worst!r})")


def _cpu(cut: Cut, text: str) -> float:
    began = time.process_time()
    cut(text)
    return time.process_time() - began


def _print_rate(name: str, cut: Cut, texts: list[str], base: float) -> float:
    began = time.process_time()
    for text in texts:
        cut(text)
    size = sum(len(text.encode()) for text in texts)
    rate = size / 1e6 / (time.process_time() - began)
    print(f"  {name:26} {size:>12,} bytes {rate:>14.2f} {rate / (base or rate):>8.3f}×")
    return rate


def main() -> None:
    """Print everything that the data beside the project allows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--size", type=int, default=100_000, help="characters of repeated pieces")
    arguments = parser.parse_args()
    shared: Path = arguments.shared
    libraries = installed()
    versions = ", ".join(f"{name} {version}" for name, version in libraries.items())
    print(f"segmentation · {shared} · {segmenter('en').signature} · {versions or 'no library'}")
    folder, ntrex = shared / "bench" / "segmentation", shared / "bench" / "ntrex"
    names = sorted(path.stem for path in folder.glob("*.gold"))
    golds = [read_gold(folder, name) for name in names]
    golds += [read_marked(path) for path in sorted((TESTS / "prose").glob("??.txt"))]
    golds += [join_lines(path) for path in sorted(ntrex.glob("??.txt"))]
    if not golds:
        print(f"left out: boundaries, {folder} and {ntrex} are absent")
    print_quality(golds, libraries)
    print_traps(TESTS / "traps", libraries)
    print_growth(arguments.size)
    mono = shared / "mono" / "en.tsv.gz"
    if mono.exists():
        print_speed(mono, libraries)
    else:
        print(f"left out: speed, {mono} is absent")


if __name__ == "__main__":
    main()
