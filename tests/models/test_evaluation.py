"""What is counted beside chrF and BLEU."""

import pytest

from trilogue.corpora.errors import ConfigError
from trilogue.models.evaluation import digits, evaluate, loops, lost_numbers


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("и и и и и", True),
        ("да, да, да", False),
        ("он сказал что он сказал что он сказал что", True),
        ("четыре встречи, четыре ответа", False),
    ],
)
def test_a_loop_is_three_runs_of_words_or_five_of_one(text: str, loop: bool) -> None:
    assert loops(text) is loop


def test_numbers_are_compared_without_separators() -> None:
    assert digits("1,000 of 12.5") == digits("12,5 из 1 000")
    assert lost_numbers(["In 1994 and 2020."], ["В 1994 году."]) == 0.5
    assert lost_numbers(["None."], ["Ни одного."]) == 0.0


def test_a_perfect_draft_scores_a_hundred_and_says_how_it_was_measured() -> None:
    russian = ["Президент подписал договор в понедельник."]
    quality = evaluate(["The president signed."], russian, russian)
    assert quality.chrf == pytest.approx(100)
    assert quality.copied < 10
    assert "nc:6" in quality.chrf_signature
    assert "tok:13a" in quality.bleu_signature


def test_files_of_different_length_are_refused() -> None:
    with pytest.raises(ConfigError, match="2 sources, 1 drafts, 2 references"):
        evaluate(["a", "b"], ["a"], ["a", "b"])
