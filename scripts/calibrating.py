"""A policy and calibrations fitted to the decisions of a review, in a new folder."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from trilogue.align.calibration import Calibration
from trilogue.align.recalibration import Fit, fit
from trilogue.align.select import Policy, Thresholds
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.scripts.assessors import WEIGHTS

POLICY: Final = "policy.toml"
Labels = Callable[[str], dict[str, bool]]
"""Language → unit id → whether people found the draft faithful."""


def calibrate(
    corpus: Path,
    out: Path,
    labels: Labels,
    *,
    langs: Sequence[str] = (),
    false_accepts: float = 0.02,
    policy: Path | None = None,
) -> list[Fit]:
    """Fit and write ``policy.toml`` and a calibration a language into a folder that is new.

    :param langs: all of the corpus if there is none.
    :raises ConfigError: if the folder holds something, or decisions are too few.
    """
    if not 0.0 < false_accepts < 1.0:
        raise ConfigError(
            f"false accepts: got {false_accepts:g}, expected more than 0, less than 1"
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError(
            f"{out}: is there already; nothing is fitted in place. Name a new folder."
        )
    found: list[Fit] = []
    rules = Policy.load(policy or WEIGHTS / POLICY)
    reader = Corpus(corpus)
    for lang in langs or reader.languages():
        judged = labels(lang)
        decided = [
            (one.assessment, judged[one.unit.id])
            for one in reader.scored(lang)
            if one.unit.id in judged
        ]
        known = Calibration.load(WEIGHTS / f"calibration-{lang}.json")
        found.append(fit(known, rules, lang, decided, false_accepts=false_accepts))
        rules = found[-1].policy
    out.mkdir(parents=True, exist_ok=True)
    for one in found:
        one.calibration.save(out / f"calibration-{one.language}.json")
    (out / POLICY).write_text(_toml(rules, found), encoding="utf-8")
    return found


def _toml(policy: Policy, found: Sequence[Fit]) -> str:
    lines = ["# Fitted by trilogue calibrate to people's decisions: see trilogue calibrate --help."]
    lines += [
        f"# {one.language}: {one.decisions} decisions; {one.accepted} would be accepted, "
        f"{one.wrong} of them wrong."
        for one in found
    ]
    lines += _table("default", policy.default)
    for lang, thresholds in sorted(policy.language.items()):
        lines += _table(f"language.{lang}", thresholds)
    return "\n".join(lines) + "\n"


def _table(name: str, thresholds: Thresholds) -> list[str]:
    lines = ["", f"[{name}]"]
    for level in ("faithful", "quality"):
        if (value := getattr(thresholds, level)) is not None:
            lines.append(f"{level} = {value!r}")
    if thresholds.checks:
        lines += ["", f"[{name}.checks]"]
    for check, levels in thresholds.checks.items():
        told = {
            key: value for key, value in msgspec.to_builtins(levels).items() if value is not None
        }
        cells = ", ".join(f"{key} = {value!r}" for key, value in told.items())
        lines.append(f"{check} = {{ {cells} }}" if cells else f"{check} = {{}}")
    return lines
