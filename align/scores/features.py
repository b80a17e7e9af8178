"""What the gates see: signals bent so that each only ever speaks for or against.

Every feature is finite and bounded, so that a strange pair moves a gate as far as the strangest
pair that it was fitted on, no further.
"""

from math import log1p, sqrt
from typing import Final

from trilogue.align.scores.measure import Measured

_KINDS: Final = (
    "digits_missing",
    "digits_extra",
    "digits_both",
    "mixed_missing",
    "mixed_extra",
    "words_missing",
    "words_extra",
    "words_both",
    "denied",
    "dropped",
    "dropped_loose",
    "fewer",
    "broken",
    "added",
    "added_loose",
    "more",
)
_SHAPES: Final = ("capitals", "figures", "source_word", "target_word", "shared")
FEATURES: Final = frozenset(
    {
        *_KINDS,
        *_SHAPES,
        "coverage",
        "belonging",
        "belonging_scaled",
        "coverage_least",
        "short",
        "long_by",
        "gap_source",
        "gap_target",
        "gap_source_scaled",
        "gap_target_scaled",
        "gap_difference",
        "lopsided",
        "rendered_source",
        "rendered_target",
        "named",
        "words",
        "unlike_numbers",
        "unlike_names",
        "plain_names",
        "missing",
        "extra",
        "swapped",
        "unexpected_script",
        "foreign",
        "copied",
        "repeated",
        "repeated_much",
        "punctuation",
        "neighbours",
        "bead",
        "agreement",
        "confidence",
    }
)


def features(measured: Measured) -> dict[str, float]:
    """The features of a pair; one whose signal was not measured is not there."""
    values, found = measured.values, {}
    counts = measured.features
    for name in _KINDS:
        found[name] = counts[name]
    for name in _SHAPES:
        found[name] = min(12.0, counts[name])
    words = counts["words"]
    found["words"] = log1p(min(words, 60.0))
    _coverage_features(measured, found, words)
    if (z := values["length"]) is not None:
        found["short"] = min(8.0, max(0.0, -z))
        found["long_by"] = min(8.0, max(0.0, z))
    missing, extra = values["numbers_missing"] or 0.0, values["numbers_extra"] or 0.0
    found["unlike_numbers"] = min(3.0, missing + extra)
    _name_features(measured, found)
    _form_features(measured, found, words)
    if (margin := values["neighbours"]) is not None:
        found["neighbours"] = max(-6.0, min(6.0, margin))
    if (bead := values["bead"]) is not None:
        found["bead"] = max(-5.0, min(5.0, 5.0 * (1.0 - 2.0 * bead)))
    if (second := values["agreement"]) is not None:
        found["agreement"] = second
    if (sure := values["confidence"]) is not None:
        found["confidence"] = max(-3.0, sure)
    return found


def _coverage_features(measured: Measured, found: dict[str, float], words: float) -> None:
    values = measured.values
    source, target, nats = (
        values["coverage_source"],
        values["coverage_target"],
        values["belonging"],
    )
    lost_source, lost_target = values["gap_source"], values["gap_target"]
    if source is None or target is None:
        return
    found["coverage_least"] = max(-1.2, min(3.0, source, target))
    found["coverage"] = max(-2.4, min(6.0, source + target))
    if nats is None or lost_source is None or lost_target is None:
        return
    scale = sqrt(2.0 * words + 3.0)
    found["belonging"] = max(-12.0, min(20.0, nats))
    found["belonging_scaled"] = max(-6.0, min(10.0, nats / scale))
    found["lopsided"] = max(-6.0, min(6.0, measured.features["lopsided"] / scale))
    found["rendered_source"] = measured.features["rendered_source"]
    found["rendered_target"] = measured.features["rendered_target"]
    found["gap_source"] = sqrt(min(40.0, lost_source))
    found["gap_target"] = sqrt(min(40.0, lost_target))
    found["gap_source_scaled"] = min(6.0, lost_source / scale)
    found["gap_target_scaled"] = min(6.0, lost_target / scale)
    found["gap_difference"] = max(-6.0, min(6.0, (lost_source - lost_target) / scale))


def _name_features(measured: Measured, found: dict[str, float]) -> None:
    missing, extra = measured.values["names_missing"], measured.values["names_extra"]
    missing, extra = missing or 0.0, extra or 0.0
    found["missing"], found["extra"] = min(8.0, missing), min(8.0, extra)
    found["swapped"] = min(8.0, missing, extra)
    found["unlike_names"] = min(14.0, missing + extra)
    found["plain_names"] = min(8.0, measured.features["plain_names"])
    found["named"] = log1p(measured.features["named"])


def _form_features(measured: Measured, found: dict[str, float], words: float) -> None:
    values, counts = measured.values, measured.features
    sure = min(1.0, counts["target_words"] / 4.0)
    script, foreign, copy = values["script"], values["language"], values["copy"]
    found["unexpected_script"] = 0.0 if script is None else sure * max(0.0, 1.0 - script)
    found["foreign"] = 0.0 if foreign is None else sure * max(-4.0, min(8.0, foreign))
    translatable = min(1.0, counts["translatable"] / 3.0)
    found["copied"] = 0.0 if copy is None else copy * translatable
    repeated = values["repetition"] or 0.0
    found["repeated"] = min(1.0, repeated)
    found["repeated_much"] = min(4.0, log1p(repeated))
    found["punctuation"] = 1.0 - (values["punctuation"] or 0.0)
