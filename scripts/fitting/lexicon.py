"""Fit the built-in lexicons: ``python -m trilogue.scripts.fitting.lexicon --shared ../shared``.

Only shippable bitext, and a table of our own (``vocabulary.tsv``); whatever shares seven words in a
row with a text we report on is left out.
"""

from collections import Counter
from pathlib import Path

import click

from trilogue.align import ibm, stems
from trilogue.align.vocabulary import enriched, read_vocabulary
from trilogue.corpora.languages import TARGETS
from trilogue.scripts.fitting.bitext import read_pairs

WEIGHTS = Path(__file__).resolve().parents[2] / "models/weights"


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), default="../shared")
@click.option("--out", type=click.Path(path_type=Path, exists=True), default=WEIGHTS)
@click.option("--to", "languages", multiple=True, default=TARGETS)
@click.option("--smallest", default=0.003, help="Less probable translations are left out.")
@click.option("--vocabulary", default=40_000, help="Stems kept a side.")
def main(
    shared: Path, out: Path, languages: tuple[str, ...], smallest: float, vocabulary: int
) -> None:
    """Learn a lexicon from English for each language and write it beside the other weights."""
    for language in languages:
        texts, weights, origins = [], [], Counter[str]()
        for pair in read_pairs(shared, language):
            texts.append((stems.stems(pair.source, "en"), stems.stems(pair.target, language)))
            weights.append(pair.weight)
            origins[pair.origin] += 1
        lexicon = ibm.learn(
            texts,
            source_lang="en",
            target_lang=language,
            weights=weights,
            rarest=1,
            smallest=smallest,
            largest_vocabulary=vocabulary,
        )
        lexicon = enriched(lexicon, read_vocabulary(WEIGHTS / "vocabulary.tsv", "en", language))
        path = out / f"lexicon-{language}.npz"
        lexicon.save(path)
        print(f"{path.name}: {len(texts):,} pairs, {path.stat().st_size:,} bytes")
        print("  " + ", ".join(f"{name} {count}" for name, count in origins.most_common()))


if __name__ == "__main__":
    main()
