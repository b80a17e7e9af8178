"""List the English stems that are nearly always written with a capital:

    python -m trilogue.scripts.fitting.proper --shared ../shared

Counted in the running text of the shippable bitext and of Kremlin pages; titles, first words and
what follows a quotation mark or a colon are left out. The list tells names from words that have a
capital for once (``align.scores.name_check``); nothing in it can be told back to a sentence.
"""

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from trilogue.align import scores
from trilogue.align.scores.name_check import openers
from trilogue.align.scores.text import Side

TITLES: Final = {"massive", "debian_mo", "aosp", "odoo", "chromium", "cldr", "iso_codes"}
"""Sources that write their terms with capitals."""
OUT: Final = Path(scores.__file__).with_name("proper-en.txt")
_LEAST: Final = 3
_SHARE: Final = 0.85
_FEWEST: Final = 5
"""Words of running text."""


def sentences(shared: Path) -> Iterator[str]:
    """English lines, each once."""
    seen: set[int] = set()
    paths = [shared / f"bitext/en-{language}.tsv.gz" for language in ("ru", "hy", "az")]
    for path in (*paths, shared / "mono/en.tsv.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                origin, text = line.rstrip("\n").split("\t")[:2]
                if origin not in TITLES and hash(text) not in seen:
                    seen.add(hash(text))
                    yield text


def proper(texts: Iterable[str]) -> list[str]:
    """The stems, sorted."""
    capital, plain = Counter[str](), Counter[str]()
    for text in texts:
        side = Side.of(text, "en")
        capitals = sum(word[0].isupper() for word in side.words)
        if len(side.words) < _FEWEST or 2 * capitals > len(side.words):
            continue
        opening = openers(side.text)
        for word, stem in zip(side.words[1:], side.stems[1:], strict=True):
            if len(word) > 1 and stem.isalpha() and word not in opening:
                (capital if word[0].isupper() else plain)[stem] += 1
    return sorted(
        stem
        for stem, count in capital.items()
        if count >= _LEAST and count >= _SHARE * (count + plain[stem])
    )


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), default="../shared")
def main(shared: Path) -> None:
    """Write align/scores/proper-en.txt."""
    found = proper(sentences(shared))
    OUT.write_text("\n".join(found) + "\n", encoding="utf-8")
    click.echo(f"{OUT}: {len(found)} stems")


if __name__ == "__main__":
    main()
