"""The good pairs that scores are fitted on, by kind of text, and their features."""

import gzip
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from trilogue.align.scores.features import features
from trilogue.align.scores.measure import Measurer
from trilogue.align.scores.text import Pair
from trilogue.scripts.fitting.damage import Damaged, Pairs

ENGINES: Final = {
    "ru": ("google", "microsoft", "bergamot-base", "bergamot-base-memory", "bergamot-tiny"),
    "hy": ("google", "microsoft", "nllb", "opusmt"),
    "az": ("google", "microsoft", "nllb", "bergamot-tiny", "argos", "opusmt"),
}
GOOD: Final = ("google", "microsoft")
"""Engines whose output counts as faithful; of the others nobody knows."""
WEAK: Final = {"ru": "bergamot-tiny", "hy": "opusmt", "az": "argos"}
"""The second draft of the figures that the issue asks for."""
FLORES: Final = "flores"
MACHINE: Final = "mt "
"""Names of the kinds of text that are FLORES by people, and how those by machines begin."""
SOURCES: Final = {
    "news": ("wmt_newstest", "wmt_general", "tico19"),
    "prose": ("bilinguator", "tatoeba", "smartool", "xquad", "ud_pud"),
    "interface": ("aosp", "android_apps", "firefox_thunderbird", "chromium", "odoo", "discourse"),
    "documentation": ("react_docs", "react_dev", "vue_docs", "edx", "wikiedu"),
    "legal": ("mozilla_legal", "cc_legalcode", "un_sdg", "udhr", "contributor_covenant"),
}
"""Kinds of text → their sources in the bitext."""

Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Text:
    """Good pairs of one kind; ``whole`` texts stand in their order."""

    kind: str
    pairs: Pairs
    whole: bool = False


def lines(path: Path) -> list[str]:
    """The lines of a file, which ends with a line feed."""
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def parallel(folder: Path, language: str, engine: str | None = None) -> list[tuple[str, str]]:
    """Line-parallel pairs of a benchmark, translated by people or by an engine."""
    name = f"{language}.txt" if engine is None else f"mt/{engine}.{language}.txt"
    return list(zip(lines(folder / "en.txt"), lines(folder / name), strict=True))


def good_texts(shared: Path, language: str, *, most: int = 700, seed: int = 7) -> list[Text]:
    """FLORES dev by people and by good engines, and samples of the bitext by kind."""
    flores = shared / "bench/flores-dev"
    found = [Text(FLORES, parallel(flores, language), whole=True)]
    found += [Text(f"{MACHINE}{one}", parallel(flores, language, one), whole=True) for one in GOOD]
    kind_of = {source: kind for kind, sources in SOURCES.items() for source in sources}
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with gzip.open(shared / f"bitext/en-{language}.tsv.gz", "rt", encoding="utf-8") as bitext:
        for line in bitext:
            origin, source, target = line.rstrip("\n").split("\t")
            kind = kind_of.get(origin)
            if kind is not None and _is_text(source, target):
                pairs[kind].append((source, target))
    for kind in SOURCES:
        sample = pairs[kind]
        Random(f"{seed} {kind}").shuffle(sample)
        if len(sample) >= 100:
            found.append(Text(kind, sample[:most]))
    return found


def _is_text(source: str, target: str) -> bool:
    return source != target and 2 <= len(source.split()) <= 80 and any(map(str.isalpha, target))


def measure_all(
    measurer: Measurer, pairs: Sequence[Pair], *, second: Sequence[str | None] | None = None
) -> list[Row]:
    """The features of pairs that stand alone.

    :param second: another draft of each source, None where there is none.
    """
    sides = [measurer.sides(pair) for pair in pairs]
    seconds = [None] * len(pairs) if second is None else second
    return [
        features(measurer.measure(pair, *both, coverage, second=other))
        for pair, both, coverage, other in zip(
            pairs, sides, measurer.coverages(sides), seconds, strict=True
        )
    ]


def damaged_pairs(damaged: Damaged) -> list[tuple[str, str]]:
    """The pairs without their index."""
    return [(source, target) for _, source, target in damaged]
