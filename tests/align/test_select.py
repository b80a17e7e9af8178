"""The gate: a policy gives verdicts and reasons, and one unit wins at an anchor."""

from dataclasses import replace
from pathlib import Path

import pytest

from trilogue.align.select import Finding, Policy, preferred
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.types import Origin, TranslationUnit, Verdict

TOML = """
[default]
faithful = 0.5
[default.checks]
copy = { reject = 0.9 }
name = { review = 0.8, note = 0.5 }
[language.az.checks]
name = { note = 0.5 }
"""


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(TOML, encoding="utf-8")
    return Policy.load(path)


def test_the_gravest_check_gives_the_verdict_and_comes_first(policy: Policy) -> None:
    findings = [Finding("name", 3.0, '"Lachin" not found'), Finding("copy", 6.0, "all of it")]
    verdict, reasons = policy.judge("ru", faithful=0.1, quality=None, findings=findings)
    assert verdict is Verdict.REJECT
    assert reasons == ("copy: all of it", 'name: "Lachin" not found')


def test_a_note_does_not_keep_a_pair_from_being_accepted(policy: Policy) -> None:
    findings = [Finding("name", 3.0, '"Lachin" not found')]
    verdict, reasons = policy.judge("az", faithful=0.9, quality=None, findings=findings)
    assert verdict is Verdict.ACCEPT
    assert reasons == ('name: "Lachin" not found',)


def test_a_low_probability_without_a_culprit_is_a_reason_of_its_own(policy: Policy) -> None:
    verdict, reasons = policy.judge("ru", faithful=0.2, quality=None, findings=[])
    assert verdict is Verdict.REVIEW
    assert reasons == ("faithful: 0.20 is below 0.5",)


def test_nothing_is_accepted_without_a_calibration(policy: Policy) -> None:
    verdict, reasons = policy.judge("ru", faithful=None, quality=None, findings=[])
    assert verdict is Verdict.REVIEW
    assert reasons == ("faithful: not measured, there is no calibration",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[default]\nfaithfull = 0.5", "unknown field `faithfull`"),
        ("[default.checks]\ncopy = { reject = 2.0 }", "default.checks.copy: got 2.0, expected 0"),
        ("default", "not a policy"),
    ],
)
def test_a_policy_with_a_mistake_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"mine\.toml: .*{message}"):
        Policy.load(path)


def test_a_persons_version_comes_before_the_official_one_and_that_before_the_machines() -> None:
    draft = TranslationUnit("1", "d", ("s",), 0, 6, "Hello.", "Привет.", "en", "ru", Origin.MACHINE)
    official = replace(draft, id="2", target="Здравствуйте.", origin=Origin.REFERENCE)
    edited = replace(draft, id="3", target="Добрый день.", origin=Origin.POST_EDIT)
    elsewhere = replace(draft, id="4", start=7, end=13)
    chosen = preferred([draft, edited, official, elsewhere])
    assert [unit.id for unit in chosen] == ["3", "4"]
    assert [unit.id for unit in preferred([official, draft])] == ["2"]
