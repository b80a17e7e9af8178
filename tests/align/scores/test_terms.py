"""The check of terms: null without a glossary, a count and a reason where one is called wrongly."""

import pytest

from trilogue.align.scores import Assessor, Pair
from trilogue.align.select import Check, Policy, Thresholds
from trilogue.corpora.glossary import Glossary, Term

POLICY = Policy(Thresholds(checks={"term": Check(review=0.9, note=0.5)}), {})
TERMS = (
    Term("settlement", "ru", ("урегулирование",)),
    Term("border", "ru", ("граница", "рубеж"), ("кордон",)),
    Term("border", "hy", ("սահման",)),
)


def assessor(to: str, glossary: Glossary | None) -> Assessor:
    return Assessor("en", to, POLICY, glossary=glossary)


@pytest.mark.parametrize(
    ("source", "target", "missing", "forbidden", "reason"),
    [
        (
            "The settlement was discussed.",
            "Вопрос обсудили.",
            1.0,
            0.0,
            'term: "settlement" should be "урегулирование"',
        ),
        (
            "The borders are closed.",
            "Кордоны закрыты.",
            0.0,
            1.0,
            'term: "border" must not be "кордон", should be "граница" or "рубеж"',
        ),
        ("A settlement at the border.", "Об урегулировании на границах.", 0.0, 0.0, None),
        ("Nothing of the kind.", "Ничего подобного.", 0.0, 0.0, None),
    ],
)
def test_a_term_that_is_called_otherwise_is_counted_and_named(
    source: str, target: str, missing: float, forbidden: float, reason: str | None
) -> None:
    (found,) = assessor("ru", Glossary(TERMS)).assess([Pair(source, target)])
    assert found.scores["terms_missing"] == missing
    assert found.scores["terms_forbidden"] == forbidden
    assert [one for one in found.reasons if one.startswith("term")] == ([reason] if reason else [])


def test_without_a_glossary_nothing_is_measured_and_no_signature_changes() -> None:
    plain = assessor("ru", None)
    (found,) = plain.assess([Pair("The settlement was discussed.", "Вопрос обсудили.")])
    assert found.scores["terms_missing"] is None
    assert found.scores["terms_forbidden"] is None
    assert "glossary" not in plain.signature
    assert "+glossary-" in assessor("ru", Glossary(TERMS)).signature


def test_the_terms_of_one_language_decide_nothing_for_another() -> None:
    mine, more = Glossary(TERMS).only("hy"), Glossary(TERMS[2:]).only("hy")
    assert mine is not None and more is not None
    assert mine.signature == more.signature != Glossary(TERMS).signature
    assert Glossary(TERMS).only("az") is None


def test_the_policy_tells_forbidden_terms_from_missing_ones() -> None:
    one = assessor("ru", Glossary(TERMS))
    missing, forbidden = one.assess(
        [
            Pair("The settlement was discussed.", "Вопрос обсудили."),
            Pair("The borders are closed.", "Кордоны закрыты."),
        ]
    )
    assert missing.reasons[0].startswith("faithful: not measured")
    assert forbidden.reasons[-1] == missing.reasons[0]
    assert forbidden.reasons[0].startswith("term: ")


def test_many_terms_are_told_in_one_line() -> None:
    many = Glossary(tuple(Term(word, "ru", ("иное",)) for word in ("one", "two", "three", "four")))
    (found,) = assessor("ru", many).assess([Pair("One, two, three, four.", "Так.")])
    (reason,) = [one for one in found.reasons if one.startswith("term")]
    assert reason.endswith('"three" should be "иное"; and 1 more')
