"""What is on record of the models and scores that a corpus names: found by their signatures."""

from collections.abc import Iterator
from typing import Final

import msgspec

from trilogue.align.calibration import Calibration
from trilogue.align.select import Policy, Thresholds
from trilogue.corpora.languages import TARGETS
from trilogue.corpora.publishing.provenance import Provenance
from trilogue.models.registry import licences
from trilogue.scripts.assessors import WEIGHTS

_HEADINGS: Final = {
    "script": "fitted by",
    "good": "pairs taken for good",
    "damage": "what was done to them, for a gate each",
    "quality": "quality fitted on",
}


def on_record() -> Provenance:
    """All that this installation knows; another one's calibrations have other signatures."""
    found = (
        Calibration.load(path)
        for lang in TARGETS
        if (path := WEIGHTS / f"calibration-{lang}.json").exists()
    )
    records = {one.signature: dict(_calibration(one)) for one in found}
    policy = Policy.load(WEIGHTS / "policy.toml")
    return Provenance(licences(), records | {policy.signature: dict(_policy(policy))})


def _calibration(found: Calibration) -> Iterator[tuple[str, str]]:
    for name, text in found.fitted_on.items():
        yield _HEADINGS.get(name, name), text
    validated = "; ".join(f"{name}: {value:g}" for name, value in found.validated.items())
    if validated:
        yield "measured on what was left out of the fit", validated


def _policy(policy: Policy) -> Iterator[tuple[str, str]]:
    for name, thresholds in (("all languages", policy.default), *policy.language.items()):
        yield f"for {name}, how sure a check must be", "; ".join(_thresholds(thresholds))


def _thresholds(thresholds: Thresholds) -> Iterator[str]:
    for name in ("faithful", "quality"):
        least = getattr(thresholds, name)
        if least is not None:
            yield f"accepted from {name} {least:g}"
    for name, check in thresholds.checks.items():
        levels = msgspec.structs.asdict(check).items()
        said = (f"{action} from {least:g}" for action, least in levels if least is not None)
        yield f"{name} {', '.join(said)}"
