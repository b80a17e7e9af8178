"""A table of words mends a lexicon, and the shipped one is in it."""

from pathlib import Path

import pytest

from trilogue.align.lexicon import Lexicon
from trilogue.align.vocabulary import enriched, read_vocabulary
from trilogue.corpora.errors import FormatError
from trilogue.corpora.languages import TARGETS
from trilogue.scripts.assessors import WEIGHTS

TABLE = "# ours\nen\tru\taz\nceasefire\tперемирие\tatəşkəs\nmayor\t\tmer-\n"


def table(tmp_path: Path, text: str = TABLE) -> Path:
    path = tmp_path / "words.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_of_a_row_translate_each_other_both_ways(tmp_path: Path) -> None:
    found = enriched(Lexicon.empty("en", "ru"), read_vocabulary(table(tmp_path), "en", "ru"))
    assert found.probability("cease", "перем") == pytest.approx(0.3)
    assert found.probability("cease", "перем", back=True) == pytest.approx(0.3)
    assert found.frequency("перем", target=True) > 0
    assert not found.translations("mayor")  # its cell is empty


def test_an_enriched_lexicon_is_saved_and_loaded_as_it_is(tmp_path: Path) -> None:
    found = enriched(Lexicon.empty("en", "az"), read_vocabulary(table(tmp_path), "en", "az"))
    found.save(tmp_path / "l.npz")
    again = Lexicon.load(tmp_path / "l.npz")
    assert again.translations("cease") == pytest.approx(found.translations("cease"), rel=0.03)


def test_what_bitext_taught_stays_and_rows_stay_probabilities() -> None:
    lexicon = Lexicon.load(WEIGHTS / "lexicon-az.npz")
    again = enriched(lexicon, [(("ministry",), ("nazirlik",))])
    assert sum(again.translations("minis").values()) <= 1.02
    assert again.translations("thank") == lexicon.translations("thank")


@pytest.mark.parametrize("language", TARGETS)
def test_the_shipped_lexicons_know_politics(language: str) -> None:
    lexicon = Lexicon.load(WEIGHTS / f"lexicon-{language}.npz")
    for source, target in read_vocabulary(WEIGHTS / "vocabulary.tsv", "en", language):
        if len(source) == len(target) == 1:
            known = lexicon.stems(source[0], "en")[0]
            said = lexicon.stems(target[0].rstrip("-"), language)[0]
            assert lexicon.probability(known, said) > 0, (source, target)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("en\tru\nyes\n", "2: got 1 columns, expected 2"),
        ("en\taz\n", "1: no column ru, got en, az"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FormatError, match=f"words.tsv:{message}"):
        read_vocabulary(table(tmp_path, text), "en", "ru")
