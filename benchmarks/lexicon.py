"""What the built-in lexicons know of text that they were not learned from.

    python benchmarks/lexicon.py [--shared ../shared]

On FLORES-200 dev and NTREX, which were kept out of the training text, for each language and both
ways, over running words, of either side, that begin with a letter and are rarer than one in 500
(articles and the like are met in any line):

- coverage: of the words of a text, those that the lexicon has an entry for;
- met: of all words, those with a translation (probability .05 or more) in the true counterpart;
- by chance: the same with the counterpart of another line, a tenth of the set away;
- precision: of the words met, those that are so for more than chance, 1 − chance / met;
- sure: of the words whose best translation has a probability of .5 or more, those whose counterpart
  has that very translation; in brackets how many of all words are so sure.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trilogue.align.lexicon import Lexicon
from trilogue.scripts.aligners import find_lexicon

LEAST, SURE, USUAL = 0.05, 0.5, 0.002
SETS = {"FLORES": "flores-dev", "NTREX": "ntrex"}


@dataclass(frozen=True, slots=True)
class Known:
    """What became of one running word: see the head of this file."""

    entry: bool
    met: bool
    chance: bool
    sure: bool
    right: bool


def followed(
    words: Sequence[str], counterpart: set[str], stranger: set[str], lexicon: Lexicon, back: bool
) -> Iterator[Known]:
    """Each word of a line, held against its counterpart and against a stranger."""
    for word in words:
        found = lexicon.translations(word, back=back)
        likely = {other for other, probability in found.items() if probability >= LEAST}
        best = next(iter(found), "")
        sure = found.get(best, 0.0) >= SURE
        met, chance = not likely.isdisjoint(counterpart), not likely.isdisjoint(stranger)
        yield Known(bool(found), met, chance, sure, sure and best in counterpart)


def telling(word: str, lexicon: Lexicon, *, back: bool) -> bool:
    """Whether a word counts: no number, and none that stands in any line."""
    return word[0].isalpha() and lexicon.frequency(word, target=back) < USUAL


def share(part: int, whole: int) -> str:
    """A share as it is printed."""
    return f"{part / whole:.3f}" if whole else "–"


def row(lexicon: Lexicon, here: list[str], there: list[str], *, back: bool) -> str:
    """The figures of one direction of a lexicon on a set of lines and their counterparts."""
    langs = (lexicon.source_lang, lexicon.target_lang)
    ours, theirs = langs[::-1] if back else langs
    lines = [
        [w for w in lexicon.stems(line, ours) if telling(w, lexicon, back=back)] for line in here
    ]
    bags = [
        {w for w in lexicon.stems(line, theirs) if telling(w, lexicon, back=not back)}
        for line in there
    ]
    away = len(bags) // 10
    found = [
        known
        for at, words in enumerate(lines)
        for known in followed(words, bags[at], bags[at - away], lexicon, back)
    ]
    met, chance = sum(one.met for one in found), sum(one.chance for one in found)
    sure, right = sum(one.sure for one in found), sum(one.right for one in found)
    figures = [share(sum(one.entry for one in found), len(found)), share(met, len(found))]
    figures += [share(chance, len(found)), share(met - chance, met), share(right, sure)]
    return "".join(f"{one:>11}" for one in figures) + f" ({share(sure, len(found))})"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    bench = parser.parse_args().shared / "bench"
    if not bench.is_dir():
        print(f"skipped: {bench} is not here; it is part of the shared data")
        return
    print(f"{'set':<8}{'from':>4}{'to':>4}   coverage        met  by chance  precision       sure")
    for name, folder in SETS.items():
        texts = {
            lang: (bench / folder / f"{lang}.txt").read_text(encoding="utf-8").splitlines()
            for lang in ("en", "ru", "hy", "az")
        }
        for lang in ("ru", "hy", "az"):
            lexicon = find_lexicon("en", lang) or Lexicon.empty("en", lang)
            forth = row(lexicon, texts["en"], texts[lang], back=False)
            print(f"{name:<8}{'en':>4}{lang:>4}{forth}")
            print(f"{name:<8}{lang:>4}{'en':>4}{row(lexicon, texts[lang], texts['en'], back=True)}")


if __name__ == "__main__":
    main()
