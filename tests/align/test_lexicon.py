"""Lexicons: learned, saved, read, and what is in those that ship."""

from pathlib import Path

import numpy as np
import pytest

from trilogue import models
from trilogue.align import ibm
from trilogue.align.lexicon import Lexicon
from trilogue.align.names import alike, skeletons
from trilogue.align.stems import stems
from trilogue.corpora.errors import FormatError

PAIRS = [
    ("the house", "дом"),
    ("the big house", "большой дом"),
    ("a big book", "большая книга"),
    ("the book", "книга"),
    ("my house", "мой дом"),
    ("my book", "моя книга"),
]


@pytest.fixture
def lexicon() -> Lexicon:
    pairs = [(stems(source, "en"), stems(target, "ru")) for source, target in PAIRS]
    return ibm.learn(pairs, source_lang="en", target_lang="ru")


def test_words_that_go_together_translate_each_other(lexicon: Lexicon) -> None:
    assert next(iter(lexicon.translations("house"))) == "дом"
    assert next(iter(lexicon.translations("книга", back=True))) == "book"
    assert lexicon.probability("house", "дом") > 0.5
    assert lexicon.translations("unknown") == {}


def test_a_lexicon_survives_its_file(lexicon: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "lexicon.npz"
    lexicon.save(path)
    again = Lexicon.load(path)
    assert again.source.stems == lexicon.source.stems
    assert np.array_equal(again.forward.columns, lexicon.forward.columns)
    np.testing.assert_allclose(
        again.forward.probabilities, lexicon.forward.probabilities, rtol=0.03
    )


def test_reversed_means_the_other_direction(lexicon: Lexicon) -> None:
    back = lexicon.reversed()
    assert back.probability("дом", "house") == lexicon.probability("house", "дом", back=True)


def test_a_file_that_is_no_lexicon_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.npz"
    path.write_text("house дом", encoding="utf-8")
    with pytest.raises(FormatError, match=r"lexicon\.npz: not a lexicon"):
        Lexicon.load(path)


@pytest.mark.parametrize(("language", "word"), [("ru", "прези"), ("hy", "նախագ"), ("az", "prezi")])
def test_the_lexicons_that_ship_know_a_president(language: str, word: str) -> None:
    path = Path(models.__path__[0]) / f"weights/lexicon-{language}.npz"
    assert next(iter(Lexicon.load(path).translations("presi"))) == word


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ինչպե՞ս եք", "hy", ["ինչպե", "եք"]),
        ("İqtisadiyyat ISTI", "az", ["iqtis", "ıstı"]),
        ("In 2021, don’t", "en", ["in", "2021", "don't"]),
    ],
)
def test_stems_know_the_letters_of_their_language(
    text: str, language: str, expected: list[str]
) -> None:
    assert stems(text, language) == expected


@pytest.mark.parametrize(
    ("language", "name"), [("ru", "пашинян"), ("hy", "փաշինյան"), ("az", "paşinyan")]
)
def test_a_name_keeps_its_consonants_in_every_script(language: str, name: str) -> None:
    assert skeletons(name, language) == skeletons("pashinyan", "en")
    found = alike(["pashinyan"], [name], source_lang="en", target_lang=language)
    assert (0, 0, 3) in found
