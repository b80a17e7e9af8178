"""What the checks found, in words: the bridge from gates to reasons."""

from collections.abc import Mapping
from typing import Final

from trilogue.align.calibration import log_odds
from trilogue.align.scores.measure import Measured, Values
from trilogue.align.scores.terms import FORBIDDEN, MISSING
from trilogue.align.scores.text import Pair
from trilogue.align.select import Finding

_SURE: Final = 12.0
"""Log-likelihood ratio of what needs no gate."""
_TOLD: Final = log_odds(0.9)
"""An omission this sure is told; that a clause is missing as well would say it twice."""


def empty_side(pair: Pair) -> Finding:
    """What to say of a pair that has nothing on one side or on both."""
    side = "target" if pair.source.strip() else "source"
    return Finding("empty", _SURE, f"the {side} is empty")


def findings(pair: Pair, measured: Measured, ratios: Mapping[str, float]) -> list[Finding]:
    """What each check has to say of a pair; the policy decides what comes of it.

    :param ratios: of the gates, empty without a calibration.
    """
    found = [
        Finding(check, ratios[check], evidence)
        for check, evidence in measured.evidence.items()
        if check in ratios
    ]
    for check, say in _SAY.items():
        if check in ratios and not (check == "clause" and ratios.get("omission", 0.0) >= _TOLD):
            found.append(Finding(check, ratios[check], say(measured.values)))
    if measured.values["markup"]:
        found.append(Finding("markup", 2.0, measured.evidence["markup"]))
    if (terms := measured.evidence.get("term")) is not None:
        sure = FORBIDDEN if measured.values["terms_forbidden"] else MISSING
        found.append(Finding("term", sure, terms))
    if pair.model is not None:
        found.append(_draft(pair.model, measured.values["right"]))
    found += [Finding("guard", 0.0, flag) for flag in pair.flags]
    return found


def _draft(model: str, right: float | None) -> Finding:
    """How often a draft of this model says what it should, however good it looks."""
    if right is None:
        return Finding("draft", _SURE, f"nobody has measured how often {model} is right")
    told = f"{model} gets {right:.0%} of drafts like this one right"
    return Finding("draft", -log_odds(right), told)


def _content(values: Values) -> str:
    return "the lexicon finds few of the words of either side on the other"


def _omission(values: Values) -> str:
    return f"part of the source is not in the target ({_z(values)})"


def _clause(values: Values) -> str:
    return f"a clause of the source is not in the target ({_z(values)})"


def _addition(values: Values) -> str:
    return f"part of the target is not in the source ({_z(values)})"


def _z(values: Values) -> str:
    z = values["length"]
    return "length not measured" if z is None else f"length {z:+.1f} standard deviations"


def _neighbours(values: Values) -> str:
    return "a neighbour's target fits this source better"


def _bead(values: Values) -> str:
    return f"the aligner gives this pair {values['bead']:.2f}"


_SAY: Final = {
    "content": _content,
    "omission": _omission,
    "clause": _clause,
    "addition": _addition,
    "neighbours": _neighbours,
    "alignment": _bead,
}
