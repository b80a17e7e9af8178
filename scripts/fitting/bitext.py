"""The bitext that weights are fitted on: read, cleaned, weighted, and free of what we report on."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trilogue.align.stems import words

REPORTED: Final = ("bench/flores-dev", "bench/ntrex")
RUN: Final = 7
"""Words in a row that a pair may not share with a text we report on."""

PROSE: Final = frozenset(
    "bilinguator cc_legalcode react_dev react_docs smartool tatoeba tatoeba_manythings tico19 "
    "ud_pud udhr un_sdg vue_docs wmt_general wmt_newstest xquad opensource_guide mozilla_legal "
    "contributor_covenant wikiedu".split()
)
LEFT_OUT: Final = {"hy": frozenset({"bible"})}
"""The Armenian Bible is in the classical orthography."""
WEIGHTS: Final = {"massive": 0.3, "bible": 0.5}
INTERFACE: Final = 0.5
"""Weight of interface strings, which repeat a small vocabulary."""

_MARKUP: Final = re.compile(
    r"<[^<>]{1,80}>|&[a-zA-Z]+;|%\(?\w*\)?[-\d.]*[a-zA-Z%]|\$?\{[^{}]*\}|\{\{|\}\}|https?://\S+"
)
_ACCELERATOR: Final = re.compile(r"(?<!\w)[_&~](?=\w)|(?<=\w)[_&~](?=\w)")


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of stemless, cleaned texts and how much it counts."""

    source: str
    target: str
    origin: str
    weight: float


def read_pairs(shared: Path, language: str) -> Iterator[Pair]:
    """The shippable pairs of English and one language, once each, cleaned of markup.

    :param shared: the folder of data beside the project.
    """
    seen: set[tuple[str, str]] = set()
    reported = _runs_of(shared, "en"), _runs_of(shared, language)
    with gzip.open(shared / f"bitext/en-{language}.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            origin, source, target = line.rstrip("\n").split("\t")
            if origin in LEFT_OUT.get(language, ()):
                continue
            source, target = clean(source), clean(target)
            if (source, target) in seen or not _fits(source, target):
                continue
            seen.add((source, target))
            sides = ((source, "en", reported[0]), (target, language, reported[1]))
            if any(runs(words(text, code)) & known for text, code, known in sides):
                continue
            weight = 1.0 if origin in PROSE else WEIGHTS.get(origin, INTERFACE)
            yield Pair(source, target, origin, weight)


def clean(text: str) -> str:
    """The text without placeholders, tags, addresses and the marks of keyboard shortcuts."""
    return " ".join(_ACCELERATOR.sub("", _MARKUP.sub(" ", text)).split())


def runs(tokens: list[str]) -> set[str]:
    """The runs of words of a text; a shorter text is a run of its own from four words on."""
    if len(tokens) < RUN:
        return {" ".join(tokens)} if len(tokens) > 3 else set()
    return {" ".join(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)}


def _runs_of(shared: Path, language: str) -> set[str]:
    found: set[str] = set()
    for folder in REPORTED:
        for line in (shared / folder / f"{language}.txt").read_text(encoding="utf-8").splitlines():
            found |= runs(words(line, language))
    return found


def _fits(source: str, target: str) -> bool:
    """Whether a pair can be a translation: both sides with letters, other words, lengths alike."""
    if source == target or not any(map(str.isalpha, source)) or not any(map(str.isalpha, target)):
        return False
    return len(source) < 3 * len(target) + 20 and len(target) < 3 * len(source) + 20
