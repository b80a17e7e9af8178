"""A policy and calibrations fitted to what people decided, in a new folder."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec

from trilogue.align.calibration import Calibration
from trilogue.align.recalibration import Decided, Fit, fit
from trilogue.align.scores.assessor import VERSION
from trilogue.align.select import Policy, Thresholds
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.types import Assessment
from trilogue.scripts import labelled
from trilogue.scripts.assessors import SCORES, WEIGHTS, Own, load_calibration

POLICY: Final = "policy.toml"


@dataclass(frozen=True, slots=True)
class Start:
    """What a fit starts from, and how sure it has to be.

    :ivar policy: None for the package's.
    :ivar calibrations: language → what its pairs were assessed with, the package's where none is.
    :ivar false_accepts: the share of accepted pairs that may be wrong.
    """

    policy: Path | None = None
    calibrations: Mapping[str, Path] = field(default_factory=dict)
    false_accepts: float = 0.02


def calibrate_corpus(
    corpus: Path, out: Path, start: Start, *, langs: Sequence[str], database: str | None
) -> list[Fit]:
    """Fit to the decisions of a review; raises as :func:`calibrate`.

    :param langs: all of the corpus if there is none.
    """
    from trilogue.scripts.review_verbs import from_review

    labels = from_review("labels", "labels")
    url = database or from_review("database", "default_url")(corpus)
    engine = from_review("database", "open_database")(url)
    reader = Corpus(corpus)
    with from_review("database", "reading")(engine) as connection:

        def decided(lang: str) -> list[Decided]:
            said = labels(connection, lang)
            units = (one for one in reader.scored(lang) if one.unit.id in said)
            return [Decided(one.assessment, said[one.unit.id], one.unit.model) for one in units]

        return calibrate(decided, langs or reader.languages(), out, start)


def calibrate_table(table: Path, out: Path, start: Start, *, langs: Sequence[str]) -> list[Fit]:
    """Fit to the pairs of a table that say whether they are good; raises as :func:`calibrate`.

    :raises FormatError: if it is no table of labelled pairs.
    """
    if len(langs) != 1:
        got = ", ".join(langs) or "none"
        raise ConfigError(f"{table}: languages: got {got}, expected one. Pass --lang LANG once.")

    def decided(lang: str) -> list[Decided]:
        own = Own(start.policy, start.calibrations.get(lang))
        judged = labelled.assessed(table, source_lang="en", target_lang=lang, own=own)
        return [Decided(said, pair.good) for pair, said in judged if pair.good is not None]

    return calibrate(decided, langs, out, start)


def calibrate(
    decided: Callable[[str], list[Decided]], langs: Sequence[str], out: Path, start: Start
) -> list[Fit]:
    """Fit and write ``policy.toml`` and a calibration a language into a folder that is new.

    :param decided: asked for each of ``langs``.
    :raises ConfigError: if the folder holds something, decisions are too few, or the pairs were
        assessed with another calibration.
    """
    if not 0.0 < start.false_accepts < 1.0:
        got = f"got {start.false_accepts:g}"
        raise ConfigError(f"false accepts: {got}, expected more than 0, less than 1")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError(
            f"{out}: is there already; nothing is fitted in place. Name a new folder."
        )
    found: list[Fit] = []
    rules = Policy.load(start.policy or WEIGHTS / POLICY)
    for lang in langs:
        known = load_calibration("en", lang, start.calibrations.get(lang))
        if known is None:
            raise ConfigError(f"{lang}: no calibration to start from. Name one with --calibration.")
        said = decided(lang)
        _check_made_by(known, (one.assessment for one in said))
        one = fit(known, rules, lang, said, false_accepts=start.false_accepts)
        found.append(replace(one, calibration=_of_these_scores(one.calibration)))
        rules = one.policy
    out.mkdir(parents=True, exist_ok=True)
    for one in found:
        one.calibration.save(out / f"calibration-{one.language}.json")
    (out / POLICY).write_text(_toml(rules, found), encoding="utf-8")
    return found


def _check_made_by(known: Calibration, assessments: Iterable[Assessment]) -> None:
    """Bending one calibration by what another promised would be worse than leaving it."""
    lang = known.target_lang
    for said in assessments:
        for part in said.signature.split("+"):
            if part.startswith("calibration-") and part != known.signature:
                got = f"{lang}: got units scored by {part}, expected {known.signature}"
                way = f"Build the corpus again, or pass --calibration {lang}=FILE"
                raise ConfigError(f"{got}. {way}, the one that its recipe names.")


def _of_these_scores(calibration: Calibration) -> Calibration:
    """With the version of the scores on record: for others it would be wrong."""
    told = {**calibration.fitted_on, SCORES: VERSION}
    return msgspec.structs.replace(calibration, fitted_on=told)


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
