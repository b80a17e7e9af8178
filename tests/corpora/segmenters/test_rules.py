"""What ends a sentence, and what only looks like it: ``traps/LANGUAGE.txt``, " | " a cut."""

from pathlib import Path
from typing import Final

import pytest

from trilogue.corpora.segmenters import segmenter

TRAPS: Final = [
    (path.stem, line)
    for path in sorted((Path(__file__).parent / "traps").glob("*.txt"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "line"), TRAPS)
def test_a_paragraph_is_cut_where_its_sentences_end(language: str, line: str) -> None:
    expected = line.split(" | ")
    paragraph = " ".join(expected)
    found = [paragraph[start:end] for start, end in segmenter(language).spans(paragraph)]
    assert found == expected


@pytest.mark.parametrize(
    ("language", "paragraph", "expected"),
    [
        ("en", "Please rise.Thank you.", ["Please rise.", "Thank you."]),
        ("en", "Visit Yandex.Taxi, Lragir.am or U.S.-made goods.", None),
        ("ru", "Мы ждём.Спасибо.", ["Мы ждём.", "Спасибо."]),
        ("ru", "Центр им.Королёва, т.е.Центр.", None),
    ],
)
def test_sentences_without_a_space_between_are_two_but_names_are_not(
    language: str, paragraph: str, expected: list[str] | None
) -> None:
    found = [paragraph[start:end] for start, end in segmenter(language).spans(paragraph)]
    assert found == (expected or [paragraph])
