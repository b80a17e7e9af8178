"""How good drafts are: chrF and BLEU against a human translation, and what numbers alone show."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sacrebleu

from trilogue.corpora.errors import ConfigError

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
SMALLEST_LOOP = 3


@dataclass(frozen=True, slots=True)
class Quality:
    """Scores of a file of drafts.

    ``chrf`` and ``bleu`` 0–100, high is good, with sacrebleu's signatures; ``copied`` the chrF of
    the source itself (the floor); ``length`` characters of drafts per character of references;
    ``loops`` drafts in which three or more words come three times running; ``lost_numbers`` the
    share of numbers in sources that their draft lacks.
    """

    lines: int
    chrf: float
    bleu: float
    copied: float
    length: float
    loops: int
    lost_numbers: float
    chrf_signature: str
    bleu_signature: str


def loops(text: str) -> bool:
    """Whether one to eight words come at least three times running (single words five times)."""
    words = text.split()
    for size in range(1, 9):
        times = 5 if size == 1 else SMALLEST_LOOP
        for start in range(len(words) - size * times + 1):
            first = words[start : start + size]
            runs = (words[start + size * at : start + size * (at + 1)] for at in range(1, times))
            if all(run == first for run in runs):
                return True
    return False


def digits(text: str) -> Counter[str]:
    """The numbers in a text, without separators: 1,000 and 1 000 are not told apart from 1000."""
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", text)
    return Counter(re.sub(r"\D", "", found) for found in NUMBER.findall(joined))


def lost_numbers(sources: Sequence[str], drafts: Sequence[str]) -> float:
    """The share of numbers in the sources that are not in their drafts, 0 if there are none."""
    there, lost = 0, 0
    for source, draft in zip(sources, drafts, strict=True):
        wanted = digits(source)
        there += wanted.total()
        lost += (wanted - digits(draft)).total()
    return lost / there if there else 0.0


def evaluate(sources: Sequence[str], drafts: Sequence[str], references: Sequence[str]) -> Quality:
    """Score drafts against references, line by line.

    :raises ConfigError: if the files have different numbers of lines, or none.
    """
    sizes = (len(sources), len(drafts), len(references))
    if len(set(sizes)) > 1 or not sources:
        raise ConfigError(
            f"evaluate: {sizes[0]} sources, {sizes[1]} drafts, {sizes[2]} references, "
            "expected as many of each"
        )
    chrf, bleu = sacrebleu.CHRF(), sacrebleu.BLEU()
    against = [list(references)]
    scored, counted = (
        chrf.corpus_score(list(drafts), against),
        bleu.corpus_score(list(drafts), against),
    )
    return Quality(
        lines=len(sources),
        chrf=float(scored.score),
        bleu=float(counted.score),
        copied=float(sacrebleu.CHRF().corpus_score(list(sources), against).score),
        length=sum(map(len, drafts)) / max(1, sum(map(len, references))),
        loops=sum(map(loops, drafts)),
        lost_numbers=lost_numbers(sources, drafts),
        chrf_signature=str(chrf.get_signature()),
        bleu_signature=str(bleu.get_signature()),
    )
